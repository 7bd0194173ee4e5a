"""The UK's consolidated list of financial sanctions targets (``ConList``, CSV or XLSX), published until January 2026.

One row a name: rows of one ``Group ID`` are one subject. ``UK Sanctions List Date Designated`` is the listing date, and
``Listed On`` in the older layout of 29 columns.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from cordon.model import Listing
from cordon.record.formats.reading import Draft, Gathering, Parsed, Place, any_date, only_file
from cordon.record.formats.sheet import has_header, rows

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
_REFERENCE = re.compile(r"\(UK Sanctions List Ref\):\s*([A-Z]+\d+)")


def recognises(files: Mapping[str, bytes]) -> bool:
    """Whether the files are this list."""
    return len(files) == 1 and all(has_header(raw, "Group ID") for raw in files.values())


def parse(files: Mapping[str, bytes], *, source: str = SOURCE) -> Parsed:
    """Read the list.

    Args:
        files: the one CSV or XLSX file, by name.
        source: code of the list.

    Raises:
        InputError: it is not this list.

    """
    name, raw = only_file(files)
    gathering = Gathering(source, name)
    groups: dict[str, _Group] = {}
    for line, row in rows(raw, header="Group ID", origin=name):
        key = row.get("Group ID", "")
        group = groups.get(key)
        if group is None:
            schema = SCHEMATA.get(row.get("Group Type", "").lower(), "LegalEntity")
            group = groups[key] = _Group(gathering.draft(key, schema, Place(name, line)))
        else:
            group.draft.entry(Place(name, line))
        _take_name(group.draft, row)
        _take_row(group, row)
    for key, group in groups.items():
        group.draft.listings.append(_listing(source, key, group))
    return gathering.parsed()


class _Group:
    """The rows of one subject, and what they say of its listing."""

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.listed = ""
        self.amended = ""
        self.regimes: list[str] = []
        self.reference = ""


def _take_name(draft: Draft, row: Mapping[str, str]) -> None:
    name = " ".join(part for column in _GIVEN if (part := row.get(column, "")))
    kind, quality = row.get("Alias Type", "").lower(), row.get("Alias Quality", "").lower()
    if kind == "primary name":
        draft.put("name", name)
        if draft.schema == "Person":
            draft.name_parts(firstName=row.get("Name 1", ""), lastName=row.get("Name 6", ""))
    elif kind == "fka":
        draft.put("previousName", name)
    else:
        draft.put("weakAlias" if "low" in quality else "alias", name)


def _take_row(group: _Group, row: Mapping[str, str]) -> None:
    draft = group.draft
    for column, field in _COLUMNS.items():
        text = row.get(column, "")
        draft.put(field, *(part.strip() for part in ([text] if field == "notes" else _NUMBERED.split(text))))
    for part in _NUMBERED.split(row.get("DOB", "")):
        draft.date("birthDate", part)
    for part in _NUMBERED.split(row.get("Nationality", "")):
        draft.country("nationality", part.strip(" ,."))
    draft.country("country", row.get("Country", ""))
    place = ", ".join(part for column in ("Town of Birth", "Country of Birth") if (part := row.get(column, "")))
    draft.put("birthPlace", place)
    draft.put("address", ", ".join(part for column in _ADDRESS if (part := row.get(column, ""))))
    group.listed = (
        group.listed or any_date(row.get("UK Sanctions List Date Designated", "") or row.get("Listed On", "")) or ""
    )
    group.amended = max(group.amended, any_date(row.get("Last Updated", "")) or "")
    if (regime := row.get("Regime", "")) and regime not in group.regimes:
        group.regimes.append(regime)
    if found := _REFERENCE.search(row.get("Other Information", "")):
        group.reference = found[1]


def _listing(source: str, key: str, group: _Group) -> Listing:
    return Listing(
        source=source,
        authority="UK",
        programmes=tuple(group.regimes),
        listed_on=group.listed or None,
        amended_on=(group.amended,) if group.amended > group.listed else (),
        reference=group.reference or key,
    )
