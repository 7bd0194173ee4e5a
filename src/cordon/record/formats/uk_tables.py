"""The UK Sanctions List as five tables: subjects, and their names, births, identifiers and countries.

``subjects.csv`` has a row a designation; the other tables are joined to it on ``unique_id`` and repeat facts. The
tables hold neither regimes nor reasons nor addresses but for their country; a birth country is all of a birth place.
Their births are attached to the wrong subjects, and are kept as notes only.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from cordon.errors import InputError
from cordon.model import Listing
from cordon.record.formats.dates import any_date
from cordon.record.formats.reading import Draft, Gathering, Parsed, Place, body_schema
from cordon.record.formats.sheet import has_header, rows
from cordon.record.formats.uk_sl_csv import SCHEMATA, SOURCE, take_registration

_COLUMNS: Mapping[str, frozenset[str]] = {
    "subjects": frozenset(
        "unique_id subject_type un_reference_number ofsi_group_id date_designated last_updated".split()
    ),
    "names": frozenset(
        "name_id unique_id name_type alias_strength full_name name_1 name_2 name_3 name_4 name_5 name_6".split()
    ),
    "dobs": frozenset("dob_id unique_id year month day precision parse_issues".split()),
    "identifiers": frozenset("id unique_id ofsi_group_id raw_value identifier_type additional_info".split()),
    "countries": frozenset("id unique_id raw_value country_type iso resolution_method iso_available".split()),
}
"""Columns of each table, by what it holds."""
_TELLING = {
    "subjects": "subject_type",
    "names": "name_type",
    "dobs": "precision",
    "identifiers": "identifier_type",
    "countries": "country_type",
}
"""A column that only this table has."""
_IDENTIFIERS = {"passport": "passportNumber", "national": "idNumber", "imo": "imoNumber"}
_COUNTRIES = {"nationality": "nationality", "address": "country", "flag": "flag", "previous_flag": "pastFlags"}
BIRTHS = "birth date: the tables attach them to other subjects than the UK's own list"
"""Why births are counted and not taken."""
_NAME_TYPES = ("primary", "primary_variation", "alias")


def recognises(files: Mapping[str, bytes]) -> bool:
    """Whether the files are such tables, ``subjects.csv`` among them."""
    return len(files) > 1 and "subjects" in (found := _tables(files)) and len(found) == len(files)


def parse(files: Mapping[str, bytes], *, source: str = SOURCE) -> Parsed:
    """Read the tables of one day.

    Args:
        files: the tables by file name; ``subjects.csv`` and any of the others.
        source: code of the list.

    Raises:
        InputError: a file is none of these tables, or there is no table of subjects.

    """
    tables = _tables(files)
    if "subjects" not in tables or len(tables) != len(files):
        raise InputError(
            f"{', '.join(sorted(files))}: are not the tables of this list, each once",
            hint="give subjects.csv with subject_names.csv and the other tables",
            code="wrong-files",
        )
    gathering = Gathering(source, tables["subjects"])
    schemata = _schemata(files, tables)
    for line, row in rows(files[tables["subjects"]], header="unique_id", origin=tables["subjects"]):
        _take_subject(gathering, row, Place(tables["subjects"], line), schemata)
    for table, taking in _TAKING.items():
        if table in tables:
            _take_table(gathering, table, files[tables[table]], tables[table], taking)
    return gathering.parsed()


def _tables(files: Mapping[str, bytes]) -> dict[str, str]:
    """Return the file name of each table that is there, told by its columns."""
    found: dict[str, str] = {}
    for name, raw in files.items():
        for table, column in _TELLING.items():
            if has_header(raw, "unique_id", column):
                found.setdefault(table, name)
                break
    return found


def _schemata(files: Mapping[str, bytes], tables: Mapping[str, str]) -> dict[str, str]:
    """Return the schema that its first primary name tells of each subject, for those neither people nor ships."""
    schemata: dict[str, str] = {}
    if "names" in tables:
        for _, row in rows(files[tables["names"]], header="unique_id", origin=tables["names"]):
            if row.get("name_type") == "primary":
                schemata.setdefault(row["unique_id"], body_schema(row.get("full_name", "")))
    return schemata


def _take_subject(gathering: Gathering, row: Mapping[str, str], place: Place, schemata: Mapping[str, str]) -> None:
    key, kind = row["unique_id"], row["subject_type"]
    draft = gathering.draft(key, SCHEMATA.get(kind) or schemata.get(key, "LegalEntity"), place)
    if kind not in (*SCHEMATA, "entity"):
        draft.note(f"kind: {kind}", f"kind: {kind}")
    for column, label in (("ofsi_group_id", "OFSI Group ID"), ("un_reference_number", "UN reference")):
        draft.put("notes", f"{label}: {row[column]}" if row.get(column) else "")
    _take_unknown(draft, row, "subjects")
    listed, updated = any_date(row.get("date_designated", "")), any_date(row.get("last_updated", ""))
    later = updated is not None and (listed is None or updated > listed)
    draft.listings.append(
        Listing(
            source=gathering.source,
            authority="UK",
            listed_on=listed,
            amended_on=(updated,) if later and updated else (),
            reference=key,
        )
    )


def _take_table(
    gathering: Gathering, table: str, raw: bytes, name: str, taking: Callable[[Draft, Mapping[str, str]], None]
) -> None:
    """Take the rows of a table; those of one subject that follow each other are one entry."""
    here: Draft | None = None
    seen: set[tuple[str, ...]] = set()
    for line, row in rows(raw, header="unique_id", origin=name):
        draft = gathering.get(row["unique_id"])
        if draft is None:
            gathering.unread[f"{name}: row of an unknown id"] += 1
            continue
        place = Place(name, line)
        if draft is not here:
            here, seen = draft.entry(place), set()
        else:
            draft.entries[-1] = draft.entries[-1]._replace(last=line)
        known = tuple(value for column, value in row.items() if column not in ("id", "name_id", "dob_id"))
        if known not in seen:
            seen.add(known)
            taking(draft.at(place), row)
            _take_unknown(draft, row, table)


def _take_unknown(draft: Draft, row: Mapping[str, str], table: str) -> None:
    for column in row.keys() - _COLUMNS[table]:
        if row[column]:
            draft.note(f"{column}: {row[column]}", f"column: {table}/{column}")


def _take_name(draft: Draft, row: Mapping[str, str]) -> None:
    name, kind = row.get("full_name", ""), row.get("name_type", "")
    if kind not in _NAME_TYPES:
        draft.note(f"{kind or 'name of no kind'}: {name}", f"name type: {kind}")
    if kind == "primary":
        draft.put("name", name)
        if draft.schema == "Person":
            middle = " ".join(part for number in range(2, 6) if (part := row.get(f"name_{number}", "")))
            draft.name_parts(firstName=row.get("name_1", ""), middleName=middle, lastName=row.get("name_6", ""))
    else:
        draft.put("weakAlias" if "low" in row.get("alias_strength", "") else "alias", name)


def _take_birth(draft: Draft, row: Mapping[str, str]) -> None:
    """Keep a birth date as a note: the tables of 2026 give 951 of 970 persons another one than the UK's own list does.

    A wrong birth date would speak against the very person who is listed; none says nothing.
    """
    parts = [row.get(column, "") for column in ("year", "month", "day")]
    if row.get("precision") == "year_only":
        parts = parts[:1]
    elif row.get("precision") == "month_year":
        parts = parts[:2]
    date = "-".join(part.zfill(2) for part in parts if part) or row.get("parse_issues", "")
    draft.note(f"birth date, not to be relied on: {date}", BIRTHS)


def _take_identifier(draft: Draft, row: Mapping[str, str]) -> None:
    kind, details = row.get("identifier_type", ""), row.get("additional_info", "")
    number = row.get("raw_value", "").lstrip("'")  # what spreadsheets put before a number that is text
    if kind == "business_registration_numbers":
        take_registration(draft, number)
    elif kind in _IDENTIFIERS:
        draft.put(_IDENTIFIERS[kind], number)
    else:
        draft.note(f"{kind}: {number}", f"identifier: {kind}")
    title = "Passport" if kind == "passport" else "National identifier"
    draft.put("notes", f"{title} {number}: {details}" if details else "")


def _take_country(draft: Draft, row: Mapping[str, str]) -> None:
    kind, words = row.get("country_type", ""), row.get("raw_value", "")
    if kind == "birth":
        draft.put("birthPlace", words)
    elif kind in _COUNTRIES and row.get("iso"):
        draft.put(_COUNTRIES[kind], row["iso"].lower())
    elif kind in _COUNTRIES:
        draft.country(_COUNTRIES[kind], words)
    else:
        draft.note(f"{kind}: {words}", f"country type: {kind}")


_TAKING: Mapping[str, Callable[[Draft, Mapping[str, str]], None]] = {
    "names": _take_name,
    "dobs": _take_birth,
    "identifiers": _take_identifier,
    "countries": _take_country,
}
