"""The BIS Denied Persons List as BIS publishes it (``dpl.txt``, tab-separated).

One row an address: rows of one name and effective date are one subject. The citation does not part subjects, since BIS
prints it with slips from row to row (``11/222/2021``). The list has no ids and does not say what a subject is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from cordon.model import Listing
from cordon.record.formats.dates import any_date, slashed_date
from cordon.record.formats.reading import Draft, Gathering, Parsed, Place, body_schema, digest, only_file
from cordon.record.formats.sheet import has_header, rows

SOURCE = "us-bis-dpl"
AUTHORITY = "US BIS"
STATES = frozenset(
    "AL AK AZ AR CA CO CT DE DC FL GA HI ID IL IN IA KS KY LA ME MD MA MI MN MS MO MT NE NV NH NJ NM NY NC ND OH OK OR "
    "PA RI SC SD TN TX UT VT VA WA WV WI WY PR GU VI AS MP".split()
)
"""Postal codes of the states and territories of the United States."""
ORDERS = {"Y": "Standard denial order", "N": "Denial order with terms of its own"}
"""What the column of the standard order says."""
_ADDRESS = ("Street_Address", "City", "State", "Postal_Code", "Country")
_KNOWN = frozenset(
    ("Name", *_ADDRESS, "Effective_Date", "Expiration_Date", "Standard_Order", "Last_Update", "Action", "FR_Citation")
)
_ZIP = re.compile(r"\d{5}(?:-?\d{4})?")


def recognises(files: Mapping[str, bytes]) -> bool:
    """Whether the files are this list."""
    return len(files) == 1 and all(has_header(raw, "Name", "Effective_Date", "FR_Citation") for raw in files.values())


def parse(files: Mapping[str, bytes], *, source: str = SOURCE) -> Parsed:
    """Read the list.

    Args:
        files: the one file, by name.
        source: code of the list.

    Raises:
        InputError: it is not this list.

    """
    name, raw = only_file(files)
    gathering = Gathering(source, name)
    orders: dict[str, dict[tuple[str, str], _Order]] = {}
    for line, row in rows(raw, header="Effective_Date", origin=name, legacy=True):
        place = Place(name, line)
        key = _key(row)
        draft = gathering.get(key)
        if draft is None:
            draft = gathering.draft(key, body_schema(row["Name"]), place)
        else:
            draft.entry(place)
        _take(draft, row)
        parts = (row.get("Expiration_Date", ""), row.get("Standard_Order", "").upper())
        orders.setdefault(key, {}).setdefault(parts, _Order(row, draft)).add(row, draft)
    for key, given in orders.items():
        draft = gathering.drafts[f"{source}:{key}"]
        draft.listings += [order.listing(source) for order in given.values()]
    return gathering.parsed()


def _key(row: Mapping[str, str]) -> str:
    """Return the id of a subject: a digest of its name and effective date; an empty one where it has no name."""
    if not row["Name"]:
        return ""
    return digest(row["Name"], row.get("Effective_Date", ""))


def _take(draft: Draft, row: Mapping[str, str]) -> None:
    draft.put("name", row["Name"])
    draft.put("address", ", ".join(part for column in _ADDRESS if (part := row.get(column, ""))))
    country, state = row.get("Country", ""), row.get("State", "").upper()
    if not country and state in STATES and _ZIP.fullmatch(row.get("Postal_Code", "")):
        country = "US"
    draft.country("country", country)
    if row.get("Action"):
        draft.note(row["Action"])
    for column in row.keys() - _KNOWN:
        if row[column]:
            draft.note(f"{column}: {row[column]}", f"column: {column}")


class _Order:
    """A denial order, as its rows tell it."""

    def __init__(self, row: Mapping[str, str], draft: Draft) -> None:
        self.listed = _day(row, "Effective_Date", draft)
        self.ends = _day(row, "Expiration_Date", draft)
        self.standard = row.get("Standard_Order", "").upper()
        self.citations: list[str] = []
        self.amended: set[str] = set()

    def add(self, row: Mapping[str, str], draft: Draft) -> None:
        """Take what a row says of the order."""
        citation = row.get("FR_Citation", "")
        if citation and citation not in self.citations:
            self.citations.append(citation)
        if updated := _day(row, "Last_Update", draft):
            self.amended.add(updated)

    def listing(self, source: str) -> Listing:
        """Return the order as a listing."""
        return Listing(
            source=source,
            authority=AUTHORITY,
            programmes=tuple(self.citations),
            measures=(ORDERS.get(self.standard, "Denial order"),),
            listed_on=self.listed,
            amended_on=tuple(sorted(day for day in self.amended if day > (self.listed or ""))),
            delisted_on=self.ends,
        )


def _day(row: Mapping[str, str], column: str, draft: Draft) -> str | None:
    text = row.get(column, "")
    found = slashed_date(text, month_first=True) if "/" in text else any_date(text)
    if text and found is None:
        draft.note(f"{column}: {text}", f"date: {column}")
    return found
