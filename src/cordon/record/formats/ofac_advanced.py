"""OFAC's lists as advanced XML: ``SDN_ADVANCED.XML`` and ``CONS_ADVANCED.XML``.

The file is relational: every code stands for a row of its ``ReferenceValueSets``, and a subject is spread over
``Locations``, ``IDRegDocuments``, ``DistinctParties``, ``ProfileRelationships`` and ``SanctionsEntries``, in that
order. Codes are read from the file itself; one that is not there is kept as it is and counted. An entity is a distinct
party (its ``FixedRef`` is the uid of OFAC's other files); relations and entries name its profile. The programme of an
entry is the comment of a measure of the type "Program"; each entry is a listing. A nationality may be a location whose
only part is the country's name. References back (which location or document mentions which feature) and OFAC's own
bookkeeping (scripts, calendars, the quality of a relation) are passed over.
"""

from __future__ import annotations

from collections.abc import Mapping

from cordon.model import Listing
from cordon.record.formats.ofac_csv import AUTHORITY
from cordon.record.formats.ofac_features import (
    count_outside,
    event_kind,
    feature_field,
    iso_day,
    join_name,
    keep_strange,
    location_parts,
    party_schema,
    period_in,
    put_address,
    put_country,
    put_name,
    put_name_part,
    relate,
    take_document,
    take_feature,
    without_marks,
)
from cordon.record.formats.reading import Draft, Gathering, Parsed, only_file
from cordon.record.formats.xml import Element, records, root_name

_ROOT = "Sanctions"
_WANTED = frozenset(
    "DateOfIssue ReferenceValueSets Location IDRegDocument DistinctParty ProfileRelationship SanctionsEntry "
    "SanctionsEntryLink".split()
)
_KNOWN = frozenset(
    (
        "Comment Profile Identity Alias DocumentedName DocumentedNamePart NamePartValue DocumentedNameCountry "
        "NamePartGroups MasterNamePartGroup NamePartGroup Feature FeatureVersion DatePeriod Start End From To Year "
        "Month Day Duration VersionDetail VersionLocation IdentityReference FeatureVersionReference "
        "DocumentedNameReference IDRegDocumentReference IDRegDocumentMention SanctionsEntryReference "
        "IDRegistrationNo IssuingAuthority DocumentDate LocationAreaCode LocationCountry LocationPart "
        "LocationPartValue Value EntryEvent Date SanctionsMeasure"
    ).split()
)
_NO_AUTHORITY = "unknown"
_Name = tuple[Element, Element, list[tuple[str, str, Element]]]


def recognises(files: Mapping[str, bytes]) -> bool:
    """Whether the files are this format."""
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
    reading = _Reading(Gathering(source, name))
    for element in records(raw, _WANTED, origin=name, root=_ROOT):
        reading.take(without_marks(element))
    return reading.finish()


class _Reading:
    """What was read so far: the code tables, and what waits for the subject it belongs to."""

    def __init__(self, gathering: Gathering) -> None:
        self.gathering = gathering
        self.codes: dict[tuple[str, str], Element] = {}
        self.locations: dict[str, Element] = {}
        self.documents: dict[str, list[Element]] = {}
        self.profiles: dict[str, Draft] = {}

    def take(self, element: Element) -> None:
        if element.name == "DateOfIssue":
            self.gathering.published = iso_day(element) or None
        elif element.name == "ReferenceValueSets":
            for code in element.children:
                self.codes |= {(row.name, row.attributes.get("ID", "")): row for row in code.children}
        elif element.name == "Location":
            self.locations[element.attributes.get("ID", "")] = element
        elif element.name == "IDRegDocument":
            self.documents.setdefault(element.attributes.get("IdentityID", ""), []).append(element)
        elif element.name == "DistinctParty":
            self.take_party(element)
        elif element.name == "ProfileRelationship":
            self.take_relation(element)
        elif element.name == "SanctionsEntry":
            self.take_entry(element)
        else:
            self.gathering.unread[f"element: {element.name}"] += 1

    def finish(self) -> Parsed:
        orphans = {
            "document of an unknown identity": sum(len(waiting) for waiting in self.documents.values()),
            "entity without a sanctions entry": sum(not draft.listings for draft in self.gathering.drafts.values()),
        }
        self.gathering.unread.update({what: count for what, count in orphans.items() if count})
        count_outside(self.gathering)
        return self.gathering.parsed()

    def word(self, table: str, code: str) -> str:
        """Return what a code stands for; one that is not in the file's tables stays a code, and is counted."""
        if not code:
            return ""
        row = self.codes.get((table, code))
        if row is None:
            self.gathering.unread[f"reference value: {table} {code}"] += 1
            return f"{table} {code}"
        return row.attributes.get("LegalBasisShortRef") or row.text or row.attributes.get("Description", "")

    def take_party(self, party: Element) -> None:
        reference = party.attributes.get("FixedRef", "")
        identities = sorted(party.each("Profile", "Identity"), key=lambda one: one.attributes.get("Primary") != "true")
        names = [name for identity in identities for name in self.names(identity)]
        caption = join_name((kind, value) for kind, value, _ in names[0][2]) if names else ""
        schema = party_schema(self.party_type(party.find("Profile")), caption, self.gathering)
        draft = self.gathering.draft(reference, schema, party.place(self.gathering.origin))
        for at, name in enumerate(names):
            self.take_name(draft, name, primary=identities[0] is name[0] or at == 0)
        for comment in (*party.all("Comment"), *party.each("Profile", "Comment")):
            draft.at(comment).put("notes", comment.text)
        for feature in party.each("Profile", "Feature"):
            for version in feature.all("FeatureVersion"):
                self.take_feature(draft, self.word("FeatureType", feature.attributes.get("FeatureTypeID", "")), version)
        for identity in identities:
            self.take_identity(draft, identity)
        for profile in party.all("Profile"):
            self.profiles[profile.attributes.get("ID", "")] = draft
        keep_strange(party, _KNOWN, draft)

    def take_identity(self, draft: Draft, identity: Element) -> None:
        code = identity.attributes.get("ID", "")
        if identity.attributes.get("False") == "true":
            draft.at(identity).note(f"identity {code}: false")
        for document in self.documents.pop(code, []):
            self.take_document(draft, document)

    def party_type(self, profile: Element | None) -> str:
        """Return the name of the subtype where it has one (Vessel, Aircraft), else of the type (Individual, Entity)."""
        code = profile.attributes.get("PartySubTypeID", "") if profile else ""
        row = self.codes.get(("PartySubType", code))
        if row is None or row.text.lower() not in ("", "unknown"):
            return self.word("PartySubType", code)
        return self.word("PartyType", row.attributes.get("PartyTypeID", ""))

    def names(self, identity: Element) -> list[_Name]:
        """Return the names of an identity, primary and Latin ones first: identity, alias, and parts by their kinds."""
        groups = {
            group.attributes.get("ID", ""): self.word("NamePartType", group.attributes.get("NamePartTypeID", ""))
            for group in identity.each("NamePartGroups", "MasterNamePartGroup", "NamePartGroup")
        }
        found: list[tuple[bool, bool, _Name]] = []
        for alias in identity.all("Alias"):
            for name in alias.all("DocumentedName"):
                values = name.each("DocumentedNamePart", "NamePartValue")
                parts = [(groups.get(one.attributes.get("NamePartGroupID", ""), ""), one.text, one) for one in values]
                status = self.word("DocNameStatus", name.attributes.get("DocNameStatusID", ""))
                other = not status.lower().startswith("primary")
                found.append((alias.attributes.get("Primary") != "true", other, (identity, alias, parts)))
        return [name for _, _, name in sorted(found, key=lambda one: one[:2])]

    def take_name(self, draft: Draft, name: _Name, *, primary: bool) -> None:
        """Put a name; the primary one of the primary identity with its parts."""
        _, alias, parts = name
        given = alias.attributes
        first = primary and given.get("Primary") == "true"
        whole = join_name((kind, value) for kind, value, _ in parts)
        kind = self.word("AliasType", given.get("AliasTypeID", ""))
        draft.at(parts[0][2] if parts else alias)
        put_name(draft, whole, kind, primary=first, weak=given.get("LowQuality") == "true")
        for part, value, element in parts if first else ():
            if part:
                put_name_part(draft.at(element), part, value)

    def take_feature(self, draft: Draft, kind: str, version: Element) -> None:
        dates = period_in(version)
        places = version.all("VersionLocation")
        details = version.all("VersionDetail")
        words = [self.word("DetailReference", one.attributes.get("DetailReferenceID", "")) for one in details]
        told = [(one, text) for one, word in zip(details, words, strict=True) if (text := one.text or word)]
        for one, text in told or ([] if places else [(version, "")]):
            take_feature(draft.at(one), kind, text, dates)
        for place in places:
            self.take_location(draft.at(place), kind, place.attributes.get("LocationID", ""))
        draft.at(version)
        for comment in version.values("Comment"):
            draft.note(f"{kind}: {comment}")
        if self.word("Reliability", version.attributes.get("ReliabilityID", "")) == "False":
            draft.note(" ".join((kind, *(text for _, text in told), *dates)) + ": reliability False")

    def take_location(self, draft: Draft, kind: str, code: str) -> None:
        """Put a location as the address, the country or the text its feature asks for."""
        location = self.locations.get(code)
        if location is None:
            draft.note(f"{kind}: Location {code}", "location that is not in the file")
            return
        draft.at(location)
        parts, others = location_parts(location, self.word)
        country = self.country(location)
        field = feature_field(kind)
        if field == "address":
            put_address(draft, parts, country)
            if others:
                put_address(draft, others, country)
        elif field in ("nationality", "jurisdiction", "flag", "pastFlags"):
            put_country(draft, field, country or " ".join(text for _, text in parts))
        else:
            take_feature(draft, kind, ", ".join(filter(None, (*(text for _, text in parts), country))))

    def country(self, location: Element) -> str:
        country, area = location.find("LocationCountry"), location.find("LocationAreaCode")
        if country is not None:
            return self.word("Country", country.attributes.get("CountryID", ""))
        row = self.codes.get(("AreaCode", area.attributes.get("AreaCodeID", ""))) if area else None
        return row.attributes.get("Description", "") if row else ""

    def take_document(self, draft: Draft, document: Element) -> None:
        given = document.attributes
        authority = document.value("IssuingAuthority")
        issuer = self.word("Country", given.get("IssuedBy-CountryID", ""))
        told = [f"issued by {text}" for text in (issuer, authority) if text]
        for date in document.all("DocumentDate"):
            word = self.word("IDRegDocDateType", date.attributes.get("IDRegDocDateTypeID", ""))
            told.append(f"{word} {' to '.join(period_in(date))}")
        validity = self.word("Validity", given.get("ValidityID", ""))
        told += [f"validity {validity}"] if validity.lower() not in ("", "valid", "unknown") else []
        told += document.values("Comment")
        kind = self.word("IDRegDocType", given.get("IDRegDocTypeID", ""))
        take_document(draft.at(document), kind, document.value("IDRegistrationNo"), authority, told)
        keep_strange(document, _KNOWN, draft)

    def take_relation(self, relation: Element) -> None:
        """Link two parties by their profiles; the id of a profile is that of its party where the file has no other."""
        given = relation.attributes
        first, second = (
            self.profiles[code].id.partition(":")[2] if code in self.profiles else code
            for code in (given.get("From-ProfileID", ""), given.get("To-ProfileID", ""))
        )
        kind = self.word("RelationType", given.get("RelationTypeID", ""))
        relate(self.gathering, first, second, kind, former=given.get("Former") == "true")

    def take_entry(self, entry: Element) -> None:
        draft = self.profiles.get(entry.attributes.get("ProfileID", ""))
        if draft is None:
            self.gathering.unread["sanctions entry of an unknown profile"] += 1
            return
        draft.entry(entry.place(self.gathering.origin))
        programmes: list[str] = []
        measures: list[str] = []
        for measure in entry.all("SanctionsMeasure"):
            word = self.word("SanctionsType", measure.attributes.get("SanctionsTypeID", ""))
            programme = word.lower() in ("program", "programme")
            (programmes if programme else measures).append(measure.value("Comment") if programme else word)
        basis = [self.word("LegalBasis", event.attributes.get("LegalBasisID", "")) for event in entry.all("EntryEvent")]
        programmes += [text for text in basis if text.lower() != _NO_AUTHORITY]
        programmes.append(self.word("List", entry.attributes.get("ListID", "")))
        draft.listings.append(self.listing(entry, draft, tuple(programmes), tuple(measures)))
        keep_strange(entry, _KNOWN, draft)

    def listing(self, entry: Element, draft: Draft, programmes: tuple[str, ...], measures: tuple[str, ...]) -> Listing:
        days: dict[str, list[str]] = {"listed": [], "amended": [], "delisted": []}
        for event in entry.all("EntryEvent"):
            word = self.word("EntryEventType", event.attributes.get("EntryEventTypeID", ""))
            day = iso_day(event.find("Date"))
            found = event_kind(word)
            if not found:
                draft.at(event).note(f"{word} {day}", f"entry event: {word}")
            elif day:
                days[found].append(day)
        return Listing(
            source=self.gathering.source,
            authority=AUTHORITY,
            programmes=tuple(dict.fromkeys(filter(None, programmes))),
            measures=tuple(dict.fromkeys(filter(None, measures))),
            listed_on=min(days["listed"], default=None),
            amended_on=tuple(sorted(set(days["amended"]))),
            delisted_on=max(days["delisted"], default=None),
            reference=draft.id.partition(":")[2],
            reason="; ".join(entry.values("EntryEvent", "Comment")),
        )
