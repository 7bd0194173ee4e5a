"""A list of the user's own: CSV, TSV, XLSX, a JSON array of objects or JSON lines, read by a declaration.

The declaration is a second file, ``columns.json``: which column holds which FollowTheMoney property or part of the
listing, which one the id, what kind of subject the rows are, and whose list it is. Columns it does not name are kept
as notes. Where there is no id, it is a digest of the row's name and reference, and ``:2`` for a second one like it.
"""

from __future__ import annotations

import difflib
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import msgspec

from cordon.errors import InputError
from cordon.model import Listing
from cordon.record.formats.dates import any_date
from cordon.record.formats.ftm import SUBJECT_SCHEMATA
from cordon.record.formats.objects import json_rows
from cordon.record.formats.reading import Draft, Gathering, Parsed, Place, body_schema, decoded
from cordon.record.formats.sheet import has_header, rows

DECLARATION = "columns.json"
LISTING_FIELDS = ("listed_on", "amended_on", "delisted_on", "programme", "reason", "reference", "measure")
"""What a column can say of the listing."""
PROPERTIES = frozenset(
    "name alias weakAlias previousName nameLanguage firstName lastName middleName secondName fatherName title position "
    "birthDate birthPlace deathDate gender nationality country jurisdiction mainCountry address idNumber "
    "passportNumber socialSecurityNumber taxNumber innCode ogrnCode okpoCode vatCode uscCode registrationNumber "
    "licenseNumber leiCode dunsCode swiftBic bikCode imoNumber mmsi callSign flag pastFlags type model operator "
    "tonnage grossRegisteredTonnage buildDate serialNumber icaoCode publicKey currency phone email website legalForm "
    "sector incorporationDate dissolutionDate ticker isinCode summary notes".split()
)
"""FollowTheMoney properties a column can hold."""
_COUNTRIES = frozenset(("nationality", "country", "jurisdiction", "mainCountry", "flag", "pastFlags"))
_DATES = frozenset(("birthDate", "deathDate", "buildDate", "incorporationDate", "dissolutionDate"))
_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{4})")


class _Kind(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A column that tells what a row is."""

    column: str
    values: dict[str, str] = {}


class _Declared(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the declaration says."""

    columns: dict[str, str | list[str]]
    id: str | None = None
    schema: str | _Kind | None = None
    authority: str = ""
    programme: str | None = None
    separator: str = ""

    def names(self, key: str) -> list[str]:
        """Return the columns that hold a property or part of the listing."""
        given = self.columns.get(key, [])
        return [given] if isinstance(given, str) else given

    def all(self) -> list[str]:
        """Return every column it names, each once."""
        kind = [self.schema.column] if isinstance(self.schema, _Kind) else []
        given = [name for key in self.columns for name in self.names(key)]
        return list(dict.fromkeys([*given, *([self.id] if self.id else []), *kind]))


class _Row(NamedTuple):
    """One row of the table, each cell as its values."""

    place: Place
    cells: Mapping[str, Sequence[str]]

    def first(self, column: str | None) -> str:
        """Return the first value of a column, or an empty string."""
        return next(iter(self.cells.get(column or "", ())), "")


def declaration(
    columns: Mapping[str, Sequence[str]],
    *,
    id_column: str | None,
    schema: str | None,
    authority: str,
    programme: str | None,
    separator: str,
) -> bytes:
    """Return a declaration as the file that goes with a table.

    Args:
        columns: by FollowTheMoney property or part of the listing, the columns that hold it.
        id_column: column of the list's own id, if it has one.
        schema: FollowTheMoney schema of all rows, or None when it is not known.
        authority: whose list it is.
        programme: what every listing rests on, if anything.
        separator: what parts several values of a cell; empty when a cell is one value.

    Raises:
        InputError: a key is no property, the schema is not known, or no column holds the name.

    """
    given: dict[str, str | list[str]] = {key: list(names) for key, names in columns.items()}
    declared = _Declared(given, id_column, schema, authority, programme, separator)
    _check(declared, "the declaration")
    return msgspec.json.format(msgspec.json.encode(declared), indent=2)


def recognises(files: Mapping[str, bytes]) -> bool:
    """Whether the files are a table with its declaration."""
    return DECLARATION in files


def parse(files: Mapping[str, bytes], *, source: str = "own") -> Parsed:
    """Read a table by its declaration.

    Args:
        files: the table and ``columns.json``, by name.
        source: code of the list.

    Raises:
        InputError: the declaration or the table cannot be read, or they do not fit each other.

    """
    declared = _declared(files.get(DECLARATION, b""))
    tables = [name for name in files if name != DECLARATION]
    if len(tables) != 1:
        why = f"{', '.join(tables) or DECLARATION}: a declaration goes with one table, not {len(tables)}"
        raise InputError(why, hint="add one table at a time", code="wrong-files")
    reading = _Reading(declared, Gathering(source, tables[0]))
    for row in _table(files[tables[0]], declared, tables[0]):
        reading.take(row)
    return reading.gathering.parsed()


def _declared(raw: bytes) -> _Declared:
    try:
        declared = msgspec.json.decode(raw, type=_Declared)
    except (msgspec.DecodeError, msgspec.ValidationError) as error:
        raise InputError(f"{DECLARATION}: {error}", hint="mend the declaration", code="bad-declaration") from error
    _check(declared, DECLARATION)
    return declared


def _check(declared: _Declared, origin: str) -> None:
    known = (*LISTING_FIELDS, *sorted(PROPERTIES))
    for key in declared.columns:
        if key not in known:
            raise _unknown(f"{origin}: {key!r} is no property", key, known, "unknown-property")
    if not any(declared.columns.get(key) for key in ("name", "alias", "lastName")):
        raise InputError(f"{origin}: names no column for name", hint="say which one holds it", code="no-name-column")
    schema = declared.schema
    for given in schema.values.values() if isinstance(schema, _Kind) else [schema] if schema else []:
        if given not in SUBJECT_SCHEMATA:
            raise _unknown(f"{origin}: {given!r} is no schema", given, SUBJECT_SCHEMATA, "unknown-schema")


def _unknown(what: str, given: str, known: Iterable[str], code: str) -> InputError:
    choices = {choice.lower(): choice for choice in known}
    near = difflib.get_close_matches(given.lower(), choices, n=1, cutoff=0.4)
    among = ", ".join(choices.values())
    return InputError(what, hint=f"did you mean {choices[near[0]]!r}?" if near else f"known are {among}", code=code)


def _table(raw: bytes, declared: _Declared, origin: str) -> Iterator[_Row]:
    wanted = declared.all()
    if raw.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in (b"[", b"{"):
        given = [
            (place, {key: tuple(_texts(cell)) for key, cell in row.items()}) for place, row in json_rows(raw, origin)
        ]
        found = [_Row(place, cells) for place, cells in given]
        _fit(wanted, dict.fromkeys(key for row in found for key in row.cells), origin)
        yield from found
        return
    if not has_header(raw, *wanted):
        _fit(wanted, _header(raw, wanted, origin), origin)
    for line, cells in rows(raw, header=wanted[0], origin=origin):
        yield _Row(Place(origin, line), {column: (cell,) if cell else () for column, cell in cells.items()})


def _fit(wanted: Iterable[str], have: Iterable[str], origin: str) -> None:
    columns = list(have)
    for name in wanted:
        if name not in columns:
            raise _unknown(f"{origin}: has no column {name!r}", name, columns, "no-such-column")


def _header(raw: bytes, wanted: Sequence[str], origin: str) -> list[str]:
    """Return the columns of a table that lacks some of those wanted."""
    for name in wanted:
        if has_header(raw, name):
            return next((list(cells) for _, cells in rows(raw, header=name, origin=origin)), [name])
    first = "" if raw[:2] == b"PK" else decoded(raw, origin).partition("\n")[0]
    return [cell.strip(' "\r') for cell in re.split(r"[,;\t]", first)]


def _texts(value: object) -> Iterator[str]:
    """Yield the values of a JSON cell: of a list each, of an object its JSON, of null none."""
    if isinstance(value, list):
        for item in value:
            yield from _texts(item)
    elif isinstance(value, str):
        if text := " ".join(value.split()):
            yield text
    elif value is not None:
        yield json.dumps(value, ensure_ascii=False)


class _Reading:
    """A table while it is read."""

    def __init__(self, declared: _Declared, gathering: Gathering) -> None:
        self.declared = declared
        self.gathering = gathering
        self.named = frozenset(declared.all())

    def values(self, row: _Row, key: str) -> list[str]:
        """Return what a row holds for a property or part of the listing, each cell taken apart at the separator."""
        given = [text for name in self.declared.names(key) for text in row.cells.get(name, ())]
        mark = self.declared.separator
        if not mark or key in ("notes", "reason"):
            return given
        return [part for text in given for piece in text.split(mark) if (part := piece.strip())]

    def take(self, row: _Row) -> None:
        """Take a row: a new subject, or a further entry of one."""
        draft = self._draft(row)
        for field in self.declared.columns:
            if field not in LISTING_FIELDS:
                for text in self.values(row, field):
                    _put(draft, field, text)
        for column, texts in row.cells.items():
            if column not in self.named and texts:
                draft.note(f"{column}: {'; '.join(texts)}")
                self.gathering.unread[f"column not declared: {column}"] = 1
        listing = self._listing(row, draft)
        if listing not in draft.listings:
            draft.listings.append(listing)

    def _draft(self, row: _Row) -> Draft:
        own = row.first(self.declared.id)
        if own and (draft := self.gathering.get(own)) is not None:
            return draft.entry(row.place)
        names = self.values(row, "name")
        if not names:
            self.gathering.unread["row without a name"] += 1
        if not own:
            own = self.gathering.unused(*(names or self.values(row, "alias")), *self.values(row, "reference"))
        return self.gathering.draft(own, self._schema(row, next(iter(names), "")), row.place)

    def _schema(self, row: _Row, name: str) -> str:
        kind = self.declared.schema
        if isinstance(kind, str):
            return kind
        told = row.first(kind.column) if kind is not None else ""
        schema = kind.values.get(told, told) if kind is not None else ""
        if schema in SUBJECT_SCHEMATA:
            return schema
        if told:
            self.gathering.unread[f"kind of subject: {told}"] += 1
        return body_schema(name)

    def _listing(self, row: _Row, draft: Draft) -> Listing:
        days = {key: _days(draft, key, self.values(row, key)) for key in ("listed_on", "amended_on", "delisted_on")}
        programme = self.declared.programme
        return Listing(
            source=self.gathering.source,
            authority=self.declared.authority,
            programmes=(*([programme] if programme else []), *self.values(row, "programme")),
            measures=tuple(self.values(row, "measure")),
            listed_on=next(iter(days["listed_on"]), None),
            amended_on=tuple(days["amended_on"]),
            delisted_on=next(iter(days["delisted_on"]), None),
            reference=next(iter(self.values(row, "reference")), row.first(self.declared.id)),
            reason=" ".join(self.values(row, "reason")),
        )


def _put(draft: Draft, field: str, text: str) -> None:
    if field in _COUNTRIES:
        draft.country(field, text)
    elif field in _DATES:
        draft.date(field, _iso(text))
    else:
        draft.put(field, text.lower() if field == "gender" else text)


def _iso(text: str) -> str:
    found = _DOTTED.fullmatch(text.strip())
    return f"{found[3]}-{int(found[2]):02}-{int(found[1]):02}" if found else text


def _days(draft: Draft, key: str, texts: Iterable[str]) -> list[str]:
    found = {text: any_date(_iso(text)) for text in texts}
    for text in (text for text, day in found.items() if day is None):
        draft.note(f"{key}: {text}", f"date: {key}")
    return [day for day in found.values() if day]
