"""OFAC's lists as standard XML: ``sdn.xml`` and ``consolidated.xml``.

Holds what the CSV holds, in elements: names in two parts, numbers and most features together in ``idList``, links only
by name in the remarks ("(Linked To: ...)"). There are no listing dates. The publication date is American, and its
element is spelt ``publshInformation``. Older files have another namespace; it is not looked at.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from cordon.model import Listing
from cordon.record.formats.dates import slashed_date
from cordon.record.formats.ofac_csv import AUTHORITY, link_by_name, natural_name, take_name_parts, take_remarks
from cordon.record.formats.ofac_features import (
    party_schema,
    put_address,
    put_country,
    put_name,
    take_document,
    take_feature,
    without_marks,
)
from cordon.record.formats.reading import Draft, Gathering, Parsed, only_file
from cordon.record.formats.xml import Element, records, root_name

_ROOT = "sdnList"
_WANTED = frozenset(("publshInformation", "publishInformation", "sdnEntry"))
_KNOWN = frozenset(
    (
        "uid firstName lastName sdnType title remarks programList idList akaList addressList nationalityList "
        "citizenshipList dateOfBirthList placeOfBirthList vesselInfo"
    ).split()
)
_ITEMS: Mapping[str, frozenset[str]] = {
    "program": frozenset(),
    "id": frozenset("uid idType idNumber idCountry issueDate expirationDate".split()),
    "aka": frozenset("uid type category lastName firstName".split()),
    "address": frozenset("uid address1 address2 address3 city stateOrProvince postalCode country".split()),
    "nationality": frozenset("uid country mainEntry".split()),
    "citizenship": frozenset("uid country mainEntry".split()),
    "dateOfBirthItem": frozenset("uid dateOfBirth mainEntry".split()),
    "placeOfBirthItem": frozenset("uid placeOfBirth mainEntry".split()),
}
"""What stands in each list of an entry, and what stands in that."""
_VESSEL: Mapping[str, str] = {
    "callSign": "Vessel Call Sign",
    "vesselType": "Vessel Type",
    "vesselFlag": "Vessel Flag",
    "vesselOwner": "Vessel Owner",
    "tonnage": "Vessel Tonnage",
    "grossRegisteredTonnage": "Vessel Gross Registered Tonnage",
}
_ADDRESS: Mapping[str, str] = {
    "address1": "ADDRESS1",
    "address2": "ADDRESS2",
    "address3": "ADDRESS3",
    "city": "CITY",
    "stateOrProvince": "STATE/PROVINCE",
    "postalCode": "POSTAL CODE",
}
_LINKED = re.compile(r"\((Linked To: .*?)\)\.?(?=;|$|\s*\(Linked To:)")


def recognises(files: Mapping[str, bytes]) -> bool:
    """Whether the files are this list."""
    return len(files) == 1 and all(root_name(raw) == _ROOT for raw in files.values())


def parse(files: Mapping[str, bytes], *, source: str = "us-ofac-sdn") -> Parsed:
    """Read the SDN list or the consolidated non-SDN list.

    Args:
        files: the one file, by name.
        source: code of the list.

    Raises:
        InputError: it is not this format, not well formed, or hostile.

    """
    name, raw = only_file(files)
    gathering = Gathering(source, name)
    linked: dict[str, list[str]] = {}
    listed: dict[str, list[str]] = {}
    for element in records(raw, _WANTED, origin=name, root=_ROOT):
        if element.name == "sdnEntry":
            draft = _take(without_marks(element), gathering)
            linked[element.value("uid")] = _take_remarks(element, draft)
            listed.setdefault(_printed(element), []).append(element.value("uid"))
        else:
            gathering.published = slashed_date(element.value("Publish_Date"), month_first=True)
    _link(gathering, linked, listed)
    return gathering.parsed()


def _printed(element: Element) -> str:
    """Return a name as OFAC prints it: "HANIYA, Ismail"."""
    return ", ".join(part for key in ("lastName", "firstName") if (part := element.value(key)))


def _take(entry: Element, gathering: Gathering) -> Draft:
    printed = _printed(entry)
    schema = party_schema(entry.value("sdnType"), printed, gathering)
    draft = gathering.draft(entry.value("uid"), schema, entry.place(gathering.origin))
    put_name(draft, _said(entry, draft.schema), "", primary=True, weak=False)
    take_name_parts(draft, printed)
    for title in entry.all("title"):
        draft.at(title).put("position", title.text)
    for alias in entry.each("akaList", "aka"):
        weak = alias.value("category") == "weak"
        put_name(draft.at(alias), _said(alias, draft.schema), alias.value("type"), primary=False, weak=weak)
    for address in entry.each("addressList", "address"):
        parts = [(kind, text) for key, kind in _ADDRESS.items() if (text := address.value(key))]
        put_address(draft.at(address), parts, address.value("country"))
    for document in entry.each("idList", "id"):
        _take_id(document, draft)
    _take_person(entry, draft)
    for fact in (child for info in entry.all("vesselInfo") for child in info.children):
        take_feature(draft.at(fact), _VESSEL.get(fact.name, fact.name), fact.text)
    _take_strange(entry, draft)
    programmes = tuple(dict.fromkeys(entry.values("programList", "program")))
    draft.listings.append(
        Listing(source=gathering.source, authority=AUTHORITY, programmes=programmes, reference=entry.value("uid"))
    )
    return draft


def _said(element: Element, schema: str) -> str:
    """Return a name in the order it is said in, as the CSV gives it."""
    if element.value("firstName"):
        return f"{element.value('firstName')} {element.value('lastName')}".strip()
    return natural_name(element.value("lastName"), schema)


def _take_id(document: Element, draft: Draft) -> None:
    told = [f"issued by {text}" for text in document.values("idCountry")]
    told += [f"issued {text}" for text in document.values("issueDate")]
    told += [f"expires {text}" for text in document.values("expirationDate")]
    take_document(draft.at(document), document.value("idType"), document.value("idNumber"), "", told)


def _take_person(entry: Element, draft: Draft) -> None:
    for born in entry.each("dateOfBirthList", "dateOfBirthItem"):
        take_feature(draft.at(born), "Birthdate", born.value("dateOfBirth"))
    for place in entry.each("placeOfBirthList", "placeOfBirthItem"):
        draft.at(place).put("birthPlace", place.value("placeOfBirth"))
    for country in (*entry.each("nationalityList", "nationality"), *entry.each("citizenshipList", "citizenship")):
        put_country(draft.at(country), "nationality", country.value("country"))


def _take_strange(entry: Element, draft: Draft) -> None:
    """Keep and count the elements that are not known."""
    strange = [child for child in entry.children if child.name not in _KNOWN]
    items = [item for child in entry.children if child.name.endswith("List") for item in child.children]
    strange += [item for item in items if item.name not in _ITEMS]
    strange += [part for item in items for part in item.children if part.name not in _ITEMS.get(item.name, {part.name})]
    for element in strange:
        draft.at(element).note(element.text, f"element: {element.name}")


def _take_remarks(entry: Element, draft: Draft) -> list[str]:
    """Take the remarks apart; the brackets the XML puts around a link are not in the CSV."""
    names: list[str] = []
    for remarks in entry.all("remarks"):
        names += take_remarks(draft.at(remarks), _LINKED.sub(r"\1", remarks.text))
    return names


def _link(gathering: Gathering, linked: Mapping[str, list[str]], listed: Mapping[str, list[str]]) -> None:
    for uid, names in linked.items():
        for name in names:
            link_by_name(gathering, uid, name, listed)
