"""OFAC's vocabulary as the advanced data model brought it in: what its features, documents and relations mean.

Shared by the XML formats, which name the same feature types, document types, alias types and relation types
(``data/ofac_features.tsv``). A type that is not in the tables is kept as a note and counted. OFAC's own placeholder for
a country it does not know, "undetermined", is no country; names in Arabic carry direction marks, which are taken away.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable, Iterable, Mapping
from functools import cache, lru_cache
from typing import NamedTuple

from cordon.names.tables import rows
from cordon.record.formats.dates import any_date, iso_date
from cordon.record.formats.reading import Draft, Gathering, organisation_schema
from cordon.record.formats.xml import Element

SCHEMATA = {"individual": "Person", "entity": "Organization", "vessel": "Vessel", "aircraft": "Airplane"}
"""What OFAC's types of party are, by their names in lower case."""
RELATIONS: Mapping[str, tuple[str, bool]] = {
    "associate of": ("UnknownLink", False),
    "providing support to": ("UnknownLink", False),
    "acting for or on behalf of": ("UnknownLink", False),
    "playing a significant role in": ("UnknownLink", False),
    "owned or controlled by": ("Ownership", True),
    "property in the interest of": ("Ownership", True),
    "owns, controls, or operates": ("Ownership", False),
    "leader or official of": ("Directorship", False),
    "principal executive officer": ("Directorship", False),
    "family member of": ("Family", False),
}
"""FollowTheMoney schema of each relation, and whether its source is the second party (an owner owns)."""
_ALIASES = {"a.k.a.": "alias", "f.k.a.": "previousName", "n.k.a.": "alias", "name": "alias", "": "alias"}
_NAME_PARTS = {
    "first name": "firstName",
    "middle name": "middleName",
    "patronymic": "fatherName",
    "last name": "lastName",
    "matronymic": "motherName",
    "maiden name": "lastName",
}
_REGISTERS = {"OGRN": "ogrnCode", "INN": "innCode"}
_WHOLE_NAMES = frozenset(("nickname", "entity name", "vessel name", "aircraft name"))
_MARKS = dict.fromkeys((0x061C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A)))
_UNDETERMINED = "undetermined"
_Parts = list[tuple[str, str]]


class _Meaning(NamedTuple):
    field: str
    how: str


@cache
def _table() -> tuple[Mapping[str, _Meaning], tuple[tuple[str, _Meaning], ...]]:
    """Return the types with one name, and those known by how they begin."""
    found = {row[0].lower(): _Meaning(row[1], row[2]) for row in rows("cordon.record.formats", "ofac_features.tsv")}
    begins = tuple((kind[:-1], meaning) for kind, meaning in found.items() if kind.endswith("*"))
    return found, begins


@lru_cache(maxsize=4096)
def _meaning(kind: str) -> _Meaning | None:
    exact, begins = _table()
    plain = kind.replace("\u2019", "'").lower().strip()
    return exact.get(plain) or next((meaning for start, meaning in begins if plain.startswith(start)), None)


def without_marks(element: Element) -> Element:
    """Take the direction marks out of all text of an element, and return it."""
    if not element.characters.isascii():
        element.characters = element.characters.translate(_MARKS)
    for child in element.children:
        without_marks(child)
    return element


def keep_strange(element: Element, known: frozenset[str], draft: Draft) -> None:
    """Keep as notes, and count, the elements at any depth whose names are not known."""
    for child in element.children:
        if child.name in known:
            keep_strange(child, known, draft)
        else:
            draft.at(child).note(_all_text(child), f"element: {child.name}")


def _all_text(element: Element) -> str:
    return " ".join(filter(None, (element.text, *(_all_text(child) for child in element.children))))


def feature_field(kind: str) -> str:
    """Return the FollowTheMoney property of a feature type, or an empty string where it is not known."""
    known = _meaning(kind)
    return known.field if known else ""


def party_schema(kind: str, name: str, gathering: Gathering) -> str:
    """Return the schema of a party by OFAC's type and its name; a type that is not known is counted."""
    schema = SCHEMATA.get(kind.lower())
    if schema is None:
        gathering.unread[f"party type: {kind}"] += 1
        return "LegalEntity"
    return organisation_schema(name) if schema == "Organization" else schema


def put_name(draft: Draft, name: str, kind: str, *, primary: bool, weak: bool) -> None:
    """Add a name as what OFAC says it is: primary, weak, former or other."""
    field = _ALIASES.get(kind.lower())
    if field is None:
        draft.note(f"{kind} {name}", f"alias type: {kind}")
    draft.put("name" if primary else "weakAlias" if weak else field or "alias", name)


def put_name_part(draft: Draft, kind: str, value: str) -> None:
    """Add a part of a person's name; a kind of part that is not known is kept as a note and counted."""
    field = _NAME_PARTS.get(kind.lower())
    if field and draft.schema == "Person":
        draft.put(field, value)
    elif field is None and kind.lower() not in _WHOLE_NAMES:
        draft.note(f"{kind} {value}", f"name part: {kind}")


def join_name(parts: Iterable[tuple[str, str]]) -> str:
    """Return a whole name from its (kind, value) parts in the order a name is said in, given names first."""
    order = list(_NAME_PARTS)
    ranked = sorted(parts, key=lambda part: order.index(part[0].lower()) if part[0].lower() in order else len(order))
    return " ".join(value for _, value in ranked if value)


def take_feature(draft: Draft, kind: str, value: str, dates: tuple[str, ...] = (), what: str = "feature") -> None:
    """Add a feature or the number of a document by its type.

    Args:
        draft: the subject, pointing to the element.
        kind: OFAC's name of the type.
        value: as published; may be empty where there are dates.
        dates: the ISO dates the publisher gives beside the value, for when the value is not read.
        what: what to call the type where it is not known.

    """
    known = _meaning(kind)
    if known is None or known.how == "note":
        draft.note(" ".join((kind, value or " to ".join(dates))).strip(), "" if known else f"{what}: {kind}")
    elif known.how == "date":
        _put_dates(draft, known.field, kind, value, dates)
    elif value:
        _put_value(draft, known, kind, value)
    else:
        draft.note(kind, f"{what} without a value: {kind}")


def _put_value(draft: Draft, known: _Meaning, kind: str, value: str) -> None:
    if known.how == "country":
        put_country(draft, known.field, value)
    elif known.how == "coin":
        draft.put(known.field, value)
        draft.put("currency", kind.rpartition(" - ")[2])
    elif known.how == "imo":
        draft.put(known.field if value.upper().startswith("IMO") else "registrationNumber", value)
    else:
        draft.put(known.field, value.lower() if known.how == "gender" else value)


def _put_dates(draft: Draft, field: str, kind: str, value: str, dates: tuple[str, ...]) -> None:
    found = [iso_date(part) or any_date(part) for part in value.split(" to ")] if value else [None]
    read = [day for day in found if day] if all(found) else list(dates)
    if not read:
        draft.note(f"{kind} {value}".strip(), f"date: {kind}")
    draft.put(field, *read)


def put_country(draft: Draft, field: str, text: str) -> None:
    """Add a country by OFAC's name, also of a region ("Region: Gaza"), unless it is "undetermined"."""
    if text.lower() != _UNDETERMINED:
        draft.country(field, text.removeprefix("Region: "))


def take_document(draft: Draft, kind: str, number: str, authority: str, details: Iterable[str]) -> None:
    """Add the number of an identity document; who issued it, when and until when are kept as a note."""
    field = _REGISTERS.get(authority.upper())
    if field:
        draft.put(field, number)
    else:
        take_feature(draft, kind, number, what="document")
    told = ", ".join(details)
    if told:
        draft.note(f"{kind} {number}: {told}")


def put_address(draft: Draft, parts: Iterable[tuple[str, str]], country: str) -> None:
    """Add an address from its (kind, value) parts as OFAC's CSV joins them, and its country."""
    known = dict.fromkeys(("ADDRESS1", "ADDRESS2", "ADDRESS3", "CITY", "STATE/PROVINCE", "POSTAL CODE", "REGION"), "")
    for kind, value in parts:
        if kind.upper() in known:
            known[kind.upper()] = value
        else:
            draft.note(f"address: {value}", f"address part: {kind}")
    a1, a2, a3, city, state, code, region = known.values()
    town = " ".join(part for part in (", ".join(part for part in (city, state) if part), code) if part)
    named = "" if country.lower() == _UNDETERMINED else country.removeprefix("Region: ")
    draft.put("address", ", ".join(part for part in (a1, a2, a3, town, region, named) if part))
    put_country(draft, "country", country)


def period(start: str, start_to: str, end: str, end_to: str) -> tuple[str, ...]:
    """Return the dates of a period: one ISO prefix for a day, month or year, else its two ends.

    Args:
        start: the earliest day it may begin.
        start_to: the latest day it may begin.
        end: the earliest day it may end.
        end_to: the latest day it may end.

    """
    if start_to in ("", start) and end in ("", end_to):
        return _span(start, end_to) if end_to and start else tuple(filter(None, (start or end_to,)))
    return tuple(dict.fromkeys((_span(start, start_to or start)[0], _span(end or end_to, end_to or end)[-1])))


def _span(first: str, last: str) -> tuple[str, ...]:
    if first == last:
        return (first,)
    if first[5:] == "01-01" and last == f"{first[:4]}-12-31":
        return (first[:4],)
    if first[8:] == "01" and first[:7] == last[:7] and int(last[8:] or 0) == _days(first):
        return (first[:7],)
    return (first, last)


def _days(day: str) -> int:
    month = int(day[5:7])
    return monthrange(int(day[:4]), month)[1] if 1 <= month <= 12 else 0


def iso_day(element: Element | None) -> str:
    """Return the ISO prefix of an element's Year, Month and Day; empty where there is no year."""
    found: list[str] = []
    for key, width in (("Year", 4), ("Month", 2), ("Day", 2)):
        text = element.value(key) if element else ""
        if not (text.isascii() and text.isdecimal() and len(text) <= width):
            break
        found.append(text.zfill(width))
    return "-".join(found)


def period_in(element: Element) -> tuple[str, ...]:
    """Return the dates of an element's first DatePeriod, as `period`."""
    found = element.find("DatePeriod")
    if found is None:
        return ()
    ends = (("Start", "From"), ("Start", "To"), ("End", "From"), ("End", "To"))
    start, start_to, end, end_to = (iso_day(found.find(*path)) for path in ends)
    return period(start, start_to, end or end_to, end_to or end)


def event_kind(word: str) -> str:
    """Return what an event of a sanctions entry did: listed, amended, delisted, or an empty string."""
    plain = word.lower()
    if any(part in plain for part in ("delist", "remov", "delet")):
        return "delisted"
    if any(part in plain for part in ("amend", "updat", "modif", "chang")):
        return "amended"
    return "listed" if any(part in plain for part in ("creat", "list", "add", "publish", "design")) else ""


def location_parts(location: Element, word: Callable[[str, str], str]) -> tuple[_Parts, _Parts]:
    """Return the (kind, value) parts of a location, the primary ones and those in another script."""
    found: tuple[_Parts, _Parts] = ([], [])
    for part in location.all("LocationPart"):
        kind = word("LocPartType", part.attributes.get("LocPartTypeID", ""))
        for value in part.all("LocationPartValue"):
            found[value.attributes.get("Primary") == "false"].append((kind, value.value("Value")))
    return found


def relate(gathering: Gathering, first: str, second: str, kind: str, *, former: bool = False) -> None:
    """Link two parties by OFAC's relation type, read from the first to the second; a type not known is counted."""
    known = RELATIONS.get(kind.lower())
    if known is None:
        gathering.unread[f"relation: {kind}"] += 1
    schema, turned = known or ("UnknownLink", False)
    start, end = (second, first) if turned else (first, second)
    gathering.link(schema, start, end, f"{kind} (former)" if former else kind)


def count_outside(gathering: Gathering) -> None:
    """Count the links that lead to an entity which is not in the file."""
    outside = sum(not (link.source in gathering.drafts and link.target in gathering.drafts) for link in gathering.links)
    if outside:
        gathering.unread["link to an entity outside the file"] += outside
