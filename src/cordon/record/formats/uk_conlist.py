"""The UK's consolidated list of financial sanctions targets (``ConList``, CSV or XLSX), published until January 2026.

One row a name: rows of one ``Group ID`` are one subject. ``UK Sanctions List Date Designated`` is the listing date, and
``Listed On`` in the older layout of 29 columns.
"""

from __future__ import annotations

import re
from collections import Counter

from cordon.errors import InputError
from cordon.model import Entity, Listing
from cordon.names.places import country_code, country_of_place
from cordon.record.formats.reading import Parsed
from cordon.record.formats.sheet import rows

SOURCE = "uk-conlist"
SCHEMATA = {"individual": "Person", "entity": "LegalEntity", "ship": "Vessel"}
_GIVEN = ("Name 1", "Name 2", "Name 3", "Name 4", "Name 5", "Name 6")
_ADDRESS = ("Address 1", "Address 2", "Address 3", "Address 4", "Address 5", "Address 6", "Post/Zip Code", "Country")
_COLUMNS = {
    "Name Non-Latin Script": "name",
    "Title": "title",
    "Position": "position",
    "Passport Number": "passportNumber",
    "National Identification Number": "idNumber",
    "NI Number": "idNumber",
    "Passport Details": "notes",
    "National Identification Detail": "notes",
    "Other Information": "notes",
}
"""FollowTheMoney property of each column that is taken as it stands."""
_NUMBERED = re.compile(r"\(\d+\)\s*|\b\d+\)\s*")
_DAY = re.compile(r"(\d{2})/(\d{2})/(\d{4})")
_REFERENCE = re.compile(r"\(UK Sanctions List Ref\):\s*([A-Z]+\d+)")


class _Group:
    """The rows of one subject."""

    def __init__(self, schema: str) -> None:
        self.schema = schema
        self.given: dict[str, list[str]] = {}
        self.primary = ""
        self.listed = ""
        self.amended = ""
        self.regimes: list[str] = []
        self.reference = ""

    def put(self, field: str, value: str | None) -> None:
        """Add a value, once."""
        if value and value not in self.given.setdefault(field, []):
            self.given[field].append(value)


def iso_day(text: str) -> str | None:
    """Return a day printed as 22/12/1961 as an ISO prefix; 00/00/1980 is a year, 00/05/1980 a month."""
    found = _DAY.search(text)
    if found is None:
        return text[:10] if re.match(r"\d{4}-\d{2}-\d{2}", text) else None
    day, month, year = found.groups()
    return year if month == "00" else f"{year}-{month}" if day == "00" else f"{year}-{month}-{day}"


def parse(raw: bytes, *, origin: str = "ConList") -> Parsed:
    """Read the list.

    Args:
        raw: the CSV or XLSX file.
        origin: what to call it in an error.

    Raises:
        InputError: it is not this list.

    """
    ignored: Counter[str] = Counter()
    groups: dict[str, _Group] = {}
    for line, row in rows(raw, header="Group ID", origin=origin):
        key = row.get("Group ID", "")
        if not key:
            raise InputError(f"{origin}, line {line}: a row without a Group ID", code="bad-table")
        kind = row.get("Group Type", "").lower()
        group = groups.setdefault(key, _Group(SCHEMATA.get(kind, "LegalEntity")))
        _take_name(group, row)
        _take_row(group, row, ignored)
    return Parsed(tuple(_entity(key, group) for key, group in groups.items()), (), dict(ignored))


def _take_name(group: _Group, row: dict[str, str]) -> None:
    name = " ".join(part for column in _GIVEN if (part := row.get(column, "")))
    kind, quality = row.get("Alias Type", "").lower(), row.get("Alias Quality", "").lower()
    if kind == "primary name":
        group.primary = group.primary or name
        group.put("name", name)
    elif kind == "fka":
        group.put("previousName", name)
    else:
        group.put("weakAlias" if "low" in quality else "alias", name)


def _take_row(group: _Group, row: dict[str, str], ignored: Counter[str]) -> None:
    for column, field in _COLUMNS.items():
        for part in _NUMBERED.split(row.get(column, "")) if field != "notes" else [row.get(column, "")]:
            group.put(field, part.strip())
    for part in _NUMBERED.split(row.get("DOB", "")):
        group.put("birthDate", iso_day(part))
    for part in _NUMBERED.split(row.get("Nationality", "")):
        _take_country(group, "nationality", part.strip(" ,."), ignored)
    _take_country(group, "country", row.get("Country", ""), ignored)
    place = ", ".join(part for column in ("Town of Birth", "Country of Birth") if (part := row.get(column, "")))
    group.put("birthPlace", place)
    group.put("address", ", ".join(part for column in _ADDRESS if (part := row.get(column, ""))))
    group.listed = (
        group.listed or iso_day(row.get("UK Sanctions List Date Designated", "") or row.get("Listed On", "")) or ""
    )
    group.amended = max(group.amended, iso_day(row.get("Last Updated", "")) or "")
    if (regime := row.get("Regime", "")) and regime not in group.regimes:
        group.regimes.append(regime)
    if found := _REFERENCE.search(row.get("Other Information", "")):
        group.reference = found[1]


def _take_country(group: _Group, field: str, text: str, ignored: Counter[str]) -> None:
    if not text:
        return
    code = country_code(text) or country_of_place(text)
    if code is None:
        ignored[f"{field} not known"] += 1
        group.put("notes", text)
    group.put(field, code)


def _entity(key: str, group: _Group) -> Entity:
    every = [name for field in ("name", "alias", "weakAlias", "previousName") for name in group.given.get(field, [])]
    caption = group.primary or (every[0] if every else key)
    listing = Listing(
        source=SOURCE,
        authority="UK",
        programmes=tuple(group.regimes),
        listed_on=group.listed or None,
        amended_on=(group.amended,) if group.amended > group.listed else (),
        reference=group.reference or key,
    )
    return Entity(
        id=f"{SOURCE}:{key}",
        schema=group.schema,
        caption=caption,
        properties={field: tuple(values) for field, values in group.given.items()},
        datasets=(SOURCE,),
        listings=(listing,),
    )
