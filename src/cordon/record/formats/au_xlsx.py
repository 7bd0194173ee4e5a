"""Australia's consolidated list (DFAT, ``Australian_Sanctions_Consolidated_List.xlsx``, XLSX or CSV).

Until 2025 it was ``regulation8_consolidated.xlsx``, without the columns of measures and alias strength. One row a name:
12, 12a, 12b and 12b1 are one subject, and most columns stand again in each of its rows. Dates are printed in many ways
and several share a cell. The listing date is in a sentence (``Listed on 2 Sep. 2014 (amended on ...)``); where that
names only an instrument, the control date is taken when it is of the instrument's year.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping

from cordon.model import Listing
from cordon.names.places import country_code
from cordon.record.formats.dates import any_date
from cordon.record.formats.reading import Draft, Gathering, Parsed, Place, only_file, organisation_schema
from cordon.record.formats.sheet import has_header, rows

SOURCE = "au-dfat"
AUTHORITY = "Australia"
_NAME = "Name of Individual or Entity"
_FIELDS = {
    "primary name": "name",
    "original script": "name",
    "aka": "alias",
    "alias": "alias",
    "formerly known as": "previousName",
    "fka": "previousName",
    "previously listed as": "previousName",
}
"""Property of each name type."""
_MEASURES = ("Targeted Financial Sanction", "Travel Ban", "Arms Embargo", "Maritime Restriction")
_KNOWN = frozenset(
    (
        *("Reference", _NAME, "Type", "Name Type", "Alias Strength", "Date of Birth", "Place of Birth", "Citizenship"),
        *("Address", "Additional Information", "Listing Information", "IMO Number", "Committees", "Control Date"),
        *("Instrument of Designation", *_MEASURES),
    )
)
_NOTHING = frozenset(("", "na", "n/a", "n.a.", "nil", "none", "unknown", "not available"))
_REFERENCE = re.compile(r"\d+")
_LETTERED = re.compile(r"(?:^|[\s,;])\(?[a-z]\)\s*")
_BRACKETED = re.compile(r"\([^()]*\)")
_BETWEEN = re.compile(r"(?:between |from )?(?P<first>\d{4})\s*(?:-|–|/| to | and )\s*(?P<last>\d{4})")
_ABOUT = re.compile(
    r"^(?:(?:approximately|approx\.?|circa|about|around|c\.|ca\.|alt\.?|dob:?|born|date of birth:?)(?:\s+|(?=\d)))+",
    re.IGNORECASE,
)
_PRINTED = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?[.\s-]*([A-Za-z]{3})[a-z]*[.,]?[\s-]*(\d{4})\.?")
_AMERICAN = re.compile(r"\b([A-Za-z]{3,9})\.? (\d{1,2}), ?(\d{4})\b")
_DOTTED = re.compile(r"\b(\d{1,2})[./] ?(\d{1,2})[./] ?(\d{4})\b")
_COMMA = re.compile(r"(\b[A-Za-z]{3,9}\.?), ?(?=\d{4}\b)")
_MONTH = re.compile(r"([A-Za-z]{3})[a-z]*[.,]?\s*(\d{4})")
_RANGE = re.compile(r" to | and |\s[-–]\s")
_FROM = re.compile(r"^(?:between|from)\s+", re.IGNORECASE)
_NUMBER = re.compile(r"[1-5]\d{4}(?:\.0)?")
_EARLIEST = "1800"
"""Years before it are of another calendar."""
_EXCEL = datetime.date(1899, 12, 30)
_MONTHS = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*"
_DATE = rf"\d{{1,2}}[.\s]*{_MONTHS}\.?,?\s*\d{{4}}|\d{{1,2}}/\d{{1,2}}/\d{{4}}|\d{{4}}-\d{{2}}-\d{{2}}"
_DATES = re.compile(_DATE)
_LISTED = re.compile(
    rf"\b(?:listed|designated|added)(?:\b|(?=on\b))"
    rf"(?:(?!{_DATE}|last |re-?listed|amended|expired).){{0,160}}?(?P<day>{_DATE})",
    re.IGNORECASE,
)
_LATER = re.compile(r"amended|listed", re.IGNORECASE)
_NOT_LISTING = re.compile(r"\b(?:formerly|previously|last|re)[\s-]*$", re.IGNORECASE)
_INSTRUMENT = re.compile(r"\b(?:Instrument|List|Designation)(?: \(No\.? ?\d+\))? (20\d\d)(?: \[F\d+L\d+\])?\W*$")
"""The year of the instrument a listing sentence ends with."""


def recognises(files: Mapping[str, bytes]) -> bool:
    """Whether the files are this list."""
    return len(files) == 1 and all(has_header(raw, "Reference", _NAME, "Committees") for raw in files.values())


def parse(files: Mapping[str, bytes], *, source: str = SOURCE) -> Parsed:
    """Read the list.

    Args:
        files: the one XLSX or CSV file, by name.
        source: code of the list.

    Raises:
        InputError: it is not this list, or a name stands twice with the same reference.

    """
    name, raw = only_file(files)
    gathering = Gathering(source, name)
    groups: dict[str, _Group] = {}
    seen: set[str] = set()
    for line, row in rows(raw, header=_NAME, origin=name):
        key = _key(row, seen)
        group = groups.get(key)
        if group is None:
            schema = _schema(row)
            group = groups[key] = _Group(key, gathering.draft(key, schema, Place(name, line)))
        else:
            group.draft.entry(Place(name, line))
        _take_name(group.draft, row)
        group.take(row)
    for group in groups.values():
        group.draft.listings.append(group.listing(source))
    return gathering.parsed()


def _key(row: Mapping[str, str], seen: set[str]) -> str:
    """Return the number of a subject; a reference seen before becomes one that is refused as standing twice."""
    reference = row.get("Reference", "").removesuffix(".0")
    found = _REFERENCE.match(reference)
    if found is None or reference in seen:
        return ""
    seen.add(reference)
    return found[0]


def _schema(row: Mapping[str, str]) -> str:
    kind = row.get("Type", "").lower()
    if kind == "individual":
        return "Person"
    if kind == "vessel" or row.get("IMO Number"):
        return "Vessel"
    return organisation_schema(row[_NAME]) if kind == "entity" else "LegalEntity"


def _take_name(draft: Draft, row: Mapping[str, str]) -> None:
    kind = row.get("Name Type", "").lower()
    field = _FIELDS.get(kind, "alias")
    if kind not in _FIELDS:
        draft.note(f"{row[_NAME]}: {row.get('Name Type', '')}", f"name type: {row.get('Name Type', '')}")
    weak = field == "alias" and row.get("Alias Strength", "").lower() in ("weak", "low")
    draft.put("weakAlias" if weak else field, row[_NAME])


class _Group:
    """The rows of one subject: each text is taken once, however many rows it stands in."""

    def __init__(self, key: str, draft: Draft) -> None:
        self.key = key
        self.draft = draft
        self.cells: dict[str, list[str]] = {}

    def take(self, row: Mapping[str, str]) -> None:
        """Take the columns of a row that are not the name."""
        for column, text in row.items():
            given = self.cells.setdefault(column, [])
            if text.lower() in _NOTHING or text in given:
                continue
            given.append(text)
            _take_cell(self.draft, column, text)

    def first(self, column: str) -> str:
        """Return the first text of a column, or an empty string."""
        return next(iter(self.cells.get(column, ())), "")

    def listing(self, source: str) -> Listing:
        """Return the listing its rows tell."""
        listed, amended = listing_days(" ".join(self.cells.get("Listing Information", ())))
        control = any_date(self.first("Control Date"))
        instrument = self.first("Listing Information") or self.first("Instrument of Designation")
        year = _INSTRUMENT.search(instrument)
        if listed is None and control and not amended and year and control.startswith(year[1]):
            listed = control
        days = {*amended, control or ""} - {"", listed}
        return Listing(
            source=source,
            authority=AUTHORITY,
            programmes=(*self.cells.get("Committees", ()), *self.cells.get("Instrument of Designation", ())),
            measures=tuple(name for name in _MEASURES if self.first(name).lower() in ("true", "yes", "1")),
            listed_on=listed,
            amended_on=tuple(sorted(day for day in days if listed is None or day > listed)),
            reference=self.key,
        )


def _take_cell(draft: Draft, column: str, text: str) -> None:
    if column == "Date of Birth":
        _take_dates(draft, text)
    elif column == "Place of Birth":
        draft.put("birthPlace", *parts_of(text))
    elif column == "Citizenship":
        _take_citizenship(draft, text)
    elif column == "Address":
        for part in parts_of(text):
            draft.put("address", part)
            draft.put("country", country_code(_BRACKETED.sub("", part).rpartition(",")[2].strip(" .")))
    elif column == "IMO Number":
        draft.put("imoNumber", text.removesuffix(".0"))
    elif column in ("Additional Information", "Listing Information"):
        draft.note(text)
    elif column not in _KNOWN:
        draft.note(f"{column}: {text}", f"column: {column}")


def parts_of(text: str) -> list[str]:
    """Return the parts of a cell that numbers them with letters ("a) Kabul b) Herat"), else the cell as one part."""
    lettered = _LETTERED.match(text) is not None
    given = _LETTERED.split(text) if lettered else [text]
    return [part for piece in given if (part := piece.strip(" ;,")).lower() not in _NOTHING]


def _take_dates(draft: Draft, text: str) -> None:
    field = {"Person": "birthDate", "Vessel": "buildDate"}.get(draft.schema, "incorporationDate")
    plain = _DOTTED.sub(r"\1/\2/\3", _COMMA.sub(r"\1 ", _AMERICAN.sub(r"\2 \1 \3", text)))
    plain = _BRACKETED.sub(_outside, plain)
    if "(" in text:
        draft.note(f"Date of Birth: {text}")
    for part in parts_of(plain):
        for piece in re.split(r";|>>|,| or ", part):
            found = dates_of(piece.strip(" .,"))
            draft.put(field, *found)
            if not found and piece.strip(" .,"):
                draft.note(f"Date of Birth: {piece.strip()}", "date: Date of Birth")


def _outside(bracket: re.Match[str]) -> str:
    """Return what a bracket in a cell of dates stands for: its date where it holds nothing else, else a separator."""
    return bracket[0][1:-1] if dates_of(bracket[0][1:-1]) else ";"


def dates_of(text: str) -> tuple[str, ...]:
    """Return a printed date as an ISO prefix, a range as its two ends; nothing where it is not understood."""
    plain = _ABOUT.sub("", text.strip())
    if one := _one_date(plain):
        return (one,)
    if found := _BETWEEN.fullmatch(plain.lower()):
        return (found["first"], found["last"])
    ends = [_one_date(_ABOUT.sub("", end.strip())) for end in _RANGE.split(_FROM.sub("", plain))]
    return tuple(end for end in ends if end) if len(ends) > 1 and all(ends) else ()


def _one_date(plain: str) -> str | None:
    found: str | None = None
    if _NUMBER.fullmatch(plain):
        return (_EXCEL + datetime.timedelta(days=int(float(plain)))).isoformat()
    if day := _PRINTED.fullmatch(plain):
        found = any_date(f"{day[1]} {day[2]} {day[3]}")
    elif month := _MONTH.fullmatch(plain):
        found = any_date(f"{month[1]} {month[2]}")
    elif plain[:1].isdigit():
        found = any_date(plain)
    return found if found and found[:4] >= _EARLIEST else None


def _take_citizenship(draft: Draft, text: str) -> None:
    for part in parts_of(text):
        if country_code(part) is not None:
            draft.country("nationality", part)
            continue
        for piece in re.split(r"[;/,]| and ", _BRACKETED.sub("", part)):
            draft.country("nationality", piece.strip(" ."))


def listing_days(text: str) -> tuple[str | None, set[str]]:
    """Return the first day a listing sentence says a subject was listed on, and the later days it names."""
    days = {iso for found in _DATES.findall(text) for iso in dates_of(found)}
    if (whole := any_date(text)) and _DATES.fullmatch(text.strip()):
        return whole, set()
    for found in _LISTED.finditer(text):
        if _NOT_LISTING.search(text[: found.start()]):
            continue
        listed = next(iter(dates_of(found["day"])), None)
        if listed is not None:
            return listed, {day for day in days if day > listed}
    later = _LATER.search(text)
    return None, {iso for found in _DATES.findall(text[later.start() :] if later else "") for iso in dates_of(found)}
