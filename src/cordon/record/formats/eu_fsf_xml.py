"""The EU's consolidated financial sanctions list as XML (``xmlFullSanctionsList_1_1``), and what its CSV shares.

Everything stands in attributes: names, addresses, births, documents and citizenships are elements of a
``sanctionEntity``, each with the legal act it rests on. The file names no date of listing where ``designationDate`` is
empty; the earliest act that it names for the subject stands in for it. Names that are not ``strong`` are weak.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from cordon.model import Listing
from cordon.names.places import country_code
from cordon.record.formats.dates import any_date
from cordon.record.formats.reading import Draft, Gathering, Parsed, Place, body_schema, only_file
from cordon.record.formats.xml import Element, records, root_of

SOURCE = "eu-fsf"
BASIS = "earliest legal act named in the source"
SECTIONS = "regulation namealias address birthdate identification citizenship".split()
KNOWN = frozenset(
    "logicalid regulationlanguage remark region countryiso2code countrydescription eureferencenumber unitednationid "
    "designationdate designationdetails code subjecttype classificationcode type regulationtype organisationtype "
    "publicationdate entryintoforcedate numbertitle programme publicationurl lastname firstname middlename wholename "
    "namelanguage gender title function strong number city street pobox zipcode place asatlistingtime contactinfo "
    "birthdate dayofmonth monthofyear year yearrangefrom yearrangeto circa calendartype latinnumber "
    "identificationtypecode identificationtypedescription issuedby issuedate validfrom validto nameondocument "
    "diplomatic knownexpired knownfalse reportedlost revokedbyissuer".split()
)
"""What the elements hold, by attribute in lower case; ``regulation_`` stands before those of a fact's legal act."""
_DOCUMENTS = dict.fromkeys(
    "id other tradelic birthcert nationcert travelcardid electionid residentperm drivinglicence nrn".split(), "idNumber"
) | {"passport": "passportNumber", "ssn": "socialSecurityNumber", "imo": "imoNumber", "swiftbic": "swiftBic"}
_DOCUMENTS |= {"regnumber": "registrationNumber", "fiscalcode": "taxNumber"}
_DETAILS = {"issuedby": "issued by", "issuedate": "issued", "validfrom": "valid from", "validto": "valid to"}
_DETAILS |= {"nameondocument": "name on it", "region": "region", "diplomatic": "diplomatic", "reportedlost": "lost"}
_DETAILS |= {"knownexpired": "expired", "knownfalse": "false", "revokedbyissuer": "revoked by its issuer"}
_CONTACTS = {"PHONE": "phone", "FAX": "phone", "EMAIL": "email", "WEB": "website"}
_CONTACT = re.compile(r"([A-Z]+)\[(.*?)\](?=\s*(?:[A-Z]+\[|$))")
_NO_COUNTRY = ("", "00", "UNKNOWN")
_GENDERS = {"M": "male", "F": "female"}


class Fact(NamedTuple):
    """One element or row: its values by attribute in lower case, and where it stands."""

    given: Mapping[str, str]
    where: Element | Place

    def of(self, *keys: str) -> list[str]:
        """Return the values of some attributes that are not empty."""
        return [value for key in keys if (value := self.given.get(key, ""))]


class Subject(NamedTuple):
    """One entity of the list while it is read: itself, and its facts by section."""

    entity: Fact
    facts: Mapping[str, list[Fact]]

    def acts(self) -> Iterator[tuple[str, str]]:
        """Yield the days of publication and of entry into force of the acts that the subject and its facts rest on."""
        for section, facts in self.facts.items():
            begin = "" if section == "regulation" else "regulation_"
            for fact in facts:
                published = fact.given.get(f"{begin}publicationdate", "")
                yield published, fact.given.get(f"{begin}entryintoforcedate", "") or published


def recognises(files: Mapping[str, bytes]) -> bool:
    """Whether the files are this list."""
    roots = [root_of(raw) for raw in files.values()]
    return len(roots) == 1 and all(
        root is not None and root.name == "export" and "generationDate" in root.attributes for root in roots
    )


def parse(files: Mapping[str, bytes], *, source: str = SOURCE) -> Parsed:
    """Read the consolidated list.

    Args:
        files: the one file, by name.
        source: code of the list.

    Raises:
        InputError: it is not this list, not well formed, or hostile.

    """
    name, raw = only_file(files)
    gathering = Gathering(source, name)
    root = root_of(raw)
    gathering.published = any_date(root.attributes.get("generationDate", "")) if root is not None else None
    for element in records(raw, frozenset(("sanctionEntity",)), origin=name, root="export"):
        take(_subject(element), gathering, element.place(name))
    return gathering.parsed()


def _subject(element: Element) -> Subject:
    given = _attributes(element)
    for child in element.all("subjectType"):
        given = _attributes(child) | given
    facts: dict[str, list[Fact]] = {section: [] for section in SECTIONS}
    for child in element.children:
        section = child.name.lower()
        if section in facts:
            facts[section].append(_fact(child))
        elif section not in ("subjecttype", "remark"):
            given[child.name] = _words(child)
    return Subject(Fact(given, element), facts)


def _attributes(element: Element) -> dict[str, str]:
    given = {key.lower(): " ".join(value.split()) for key, value in element.attributes.items() if value}
    return given | {"remark": " ".join(element.values("remark"))} if element.children else given


def _fact(element: Element) -> Fact:
    given = _attributes(element)
    for child in element.children:
        if child.name == "regulationSummary":
            summary = _attributes(child).items()
            given |= {f"regulation_{key.removeprefix('regulation')}": value for key, value in summary}
        elif child.name == "contactInfo":
            contact = f"{child.attributes.get('key', '')}[{child.attributes.get('value', '')}]"
            given["contactinfo"] = f"{given.get('contactinfo', '')} {contact}".strip()
        elif child.name == "publicationUrl":
            given["publicationurl"] = child.text
        elif child.name != "remark":
            given[child.name] = _words(child)
    return Fact(given, element)


def _words(element: Element) -> str:
    return " ".join(filter(None, (*element.attributes.values(), element.text, *map(_words, element.children))))


def take(subject: Subject, gathering: Gathering, place: Place) -> None:
    """Turn a subject into an entity with its listing.

    Args:
        subject: what was read of it.
        gathering: what has been read of the list.
        place: where its entry stands.

    Raises:
        InputError: it has no id, or one that stands twice.

    """
    names = _ordered(subject.facts["namealias"])
    kind = {value.lower() for value in subject.entity.of("code", "subjecttype", "classificationcode")}
    schema = "Person" if kind & {"p", "person"} else body_schema(_whole(names[0]) if names else "")
    draft = gathering.draft(subject.entity.given.get("logicalid", ""), schema, place)
    if not kind & {"p", "person", "e", "enterprise"}:
        draft.note(f"kind: {' '.join(sorted(kind))}", "subject of an unknown kind")
    for number, fact in enumerate(names):
        _take_name(draft.at(fact.where), fact, first=number == 0)
    for section, taking in _TAKING.items():
        for fact in subject.facts[section]:
            taking(draft.at(fact.where), fact)
    _take_rest(draft, subject)
    draft.listings.append(_listing(subject, gathering.source))


def _ordered(names: list[Fact]) -> list[Fact]:
    """Return the names with the primary one first: strong, and in English or no language that is told."""

    def rank(fact: Fact) -> tuple[bool, bool, bool]:
        foreign = fact.given.get("namelanguage", "").upper() not in ("", "EN")
        return not _whole(fact), not _strong(fact), foreign

    first = min(names, key=rank, default=None)
    return [] if first is None else [first, *(fact for fact in names if fact is not first)]


def _strong(fact: Fact) -> bool:
    return fact.given.get("strong", "").lower() != "false"


def _whole(fact: Fact) -> str:
    return fact.given.get("wholename", "") or " ".join(fact.of("firstname", "middlename", "lastname"))


def _take_name(draft: Draft, fact: Fact, *, first: bool) -> None:
    name = _whole(fact)
    if name not in draft.properties.get("name", ()):
        draft.put("weakAlias" if not _strong(fact) else "name" if first else "alias", name)
    if first and draft.schema == "Person":
        for field, key in (("firstName", "firstname"), ("middleName", "middlename"), ("lastName", "lastname")):
            draft.put(field, fact.given.get(key, ""))
    if name and (language := fact.given.get("namelanguage", "").lower()):
        draft.put("nameLanguage", f"{name} ({language})")
    draft.put("title", fact.given.get("title", ""))
    draft.put("position", fact.given.get("function", ""))
    for gender in fact.of("gender"):
        draft.put("gender", _GENDERS.get(gender))
        if gender not in _GENDERS:
            draft.note(f"gender: {gender}", f"gender: {gender}")


def _take_country(draft: Draft, field: str, fact: Fact) -> None:
    code, words = fact.given.get("countryiso2code", ""), fact.given.get("countrydescription", "")
    known = [text for text in (code, words) if text.upper() not in _NO_COUNTRY]
    draft.country(field, next((text for text in known if country_code(text)), known[-1] if known else ""))


def _country_words(fact: Fact) -> list[str]:
    words = fact.of("countrydescription", "countryiso2code")[:1]
    return [text for text in words if text.upper() not in _NO_COUNTRY]


def _place_words(fact: Fact) -> list[str]:
    box = [f"PO Box {value}" for value in fact.of("pobox")]
    return fact.of("number", "street") + box + fact.of("place", "zipcode", "city", "region") + _country_words(fact)


def _take_address(draft: Draft, fact: Fact) -> None:
    draft.put("address", ", ".join(_place_words(fact)))
    _take_country(draft, "country", fact)
    contacts = fact.given.get("contactinfo", "")
    for key, value in _CONTACT.findall(contacts):
        if key in _CONTACTS:
            draft.put(_CONTACTS[key], *(part.strip() for part in re.split(r"[,;]", value)))
        else:
            draft.note(f"{key}: {value}", f"contact: {key}")
    if rest := _CONTACT.sub("", contacts).strip():
        draft.note(rest, "contact that is not understood")


def _take_birth(draft: Draft, fact: Fact) -> None:
    given = fact.given
    parts = [given.get(key, "") for key in ("year", "monthofyear", "dayofmonth")]
    until = next((place for place, part in enumerate(parts) if not part.strip("0")), 3)
    dates = fact.of("birthdate") or ["-".join(part.zfill(2) for part in parts[:until])]
    dates = [date for date in dates if date] or fact.of("yearrangefrom", "yearrangeto")
    if given.get("calendartype", "").upper() not in ("", "GREGORIAN"):
        draft.note(f"born {' to '.join(dates)} ({given['calendartype']})", "birth date of another calendar")
    else:
        for date in dates:
            draft.date("birthDate", date)
        if given.get("circa", "").lower() == "true" and dates:
            draft.note(f"born circa {' to '.join(dates)}")
    draft.put("birthPlace", ", ".join(_place_words(fact)))


def _take_document(draft: Draft, fact: Fact) -> None:
    given = fact.given
    code, numbers = given.get("identificationtypecode", "").lower(), fact.of("number", "latinnumber")
    if code not in _DOCUMENTS:
        draft.note(f"{code}: {' '.join(numbers)}", f"document: {code}")
    draft.put(_DOCUMENTS.get(code, "idNumber"), *(number for number in numbers if any(map(str.isalnum, number))))
    states = [(words, given.get(key, "")) for key, words in _DETAILS.items()]
    details = [f"{words} {value}".removesuffix(" true") for words, value in states if value not in ("", "false")]
    if details := [*details, *_country_words(fact)]:
        kind = given.get("identificationtypedescription", "") or code
        draft.note(f"{kind} {' / '.join(numbers)}: {', '.join(details)}")


def _take_citizenship(draft: Draft, fact: Fact) -> None:
    _take_country(draft, "nationality", fact)
    draft.put("notes", *(f"citizenship, region: {region}" for region in fact.of("region")))


_TAKING: Mapping[str, Callable[[Draft, Fact], None]] = {
    "address": _take_address,
    "birthdate": _take_birth,
    "identification": _take_document,
    "citizenship": _take_citizenship,
    "regulation": lambda draft, fact: draft.put("sourceUrl", fact.given.get("publicationurl", "")),
}


def _take_rest(draft: Draft, subject: Subject) -> None:
    """Keep the remarks, the UN's reference, and whatever is not known, as notes."""
    draft.at(subject.entity.where).put("notes", *subject.entity.of("designationdetails"))
    draft.put("notes", *(f"UN reference: {reference}" for reference in subject.entity.of("unitednationid")))
    for section, facts in (("entity", [subject.entity]), *subject.facts.items()):
        for fact in facts:
            draft.at(fact.where).put("notes", *fact.of("remark"))
            for key in [key for key in fact.given if key not in KNOWN]:
                if fact.given[key] and key.removeprefix("regulation_") not in KNOWN:
                    draft.note(f"{key}: {fact.given[key]}", f"field: {section}/{key}")


def _listing(subject: Subject, source: str) -> Listing:
    given = subject.entity.given
    days = [(any_date(published), any_date(begun)) for published, begun in set(subject.acts())]
    designated = any_date(given.get("designationdate", ""))
    listed = designated or min(filter(None, (begun for _, begun in days)), default=None)
    acts = [name for key in ("programme", "numbertitle") for act in subject.facts["regulation"] for name in act.of(key)]
    return Listing(
        source=source,
        authority="EU",
        programmes=tuple(dict.fromkeys(acts)),
        listed_on=listed,
        amended_on=tuple(sorted({day for day, _ in days if day and listed and day > listed})),
        reference=given.get("eureferencenumber", "") or given.get("logicalid", ""),
        basis="source" if designated or listed is None else BASIS,
    )
