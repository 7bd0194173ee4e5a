"""OFAC's SDN and consolidated lists as CSV: ``sdn.csv`` with ``alt.csv``, ``add.csv`` and ``sdn_comments.csv``.

The files have no header and no date; ``-0-`` is null, programmes are joined as ``A] [B``, and birth dates, numbers,
weak aliases (quoted ``a.k.a.``) and ``Linked To:`` stand in the remarks (``data/ofac_remarks.tsv`` says what they
mean). A part of a remark that is not understood is kept as a note and counted.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from typing import NamedTuple

from cordon.errors import InputError
from cordon.model import Entity, Link, Listing
from cordon.names.places import country_code, country_of_place
from cordon.names.tables import rows
from cordon.record.formats.reading import Parsed, iso_date

SCHEMATA = {"individual": "Person", "vessel": "Vessel", "aircraft": "Airplane", "": "Organization"}
_COMPANY = re.compile(
    r"\b(?:LLC|L\.L\.C|LTD|LIMITED|INC|CO|COMPANY|CORP|CORPORATION|GMBH|S\.A|FZE|FZCO|DMCC|JSC|PJSC|OOO|OAO|ZAO|PLC)\b"
)
_PART = re.compile(r";\s*")
_WEAK = re.compile(r"(?:a|f|n)\.k\.a\. '(?P<name>.+)'")
_NUMBER = re.compile(r"^\s*(?:No\.?\s+)?(?P<number>[^(;]+?)\s*(?:\(|issued|expires|$)")
_LINKED = "Linked To:"
_DIGITAL = re.compile(r"Digital Currency Address - (?P<coin>\w+) (?P<address>\S+)")


class _Row:
    """One line of ``sdn.csv`` on its way to an entity."""

    def __init__(self, cells: list[str], line: int) -> None:
        self.uid, self.name, kind, self.programmes, title, call_sign, vessel_type = cells[:7]
        self.flag, self.owner, self.remarks = cells[9], cells[10], cells[11]
        self.schema = _schema(kind, self.name)
        self.line = line
        self.properties: dict[str, list[str]] = {}
        self.linked: list[str] = []
        self.put("position", title)
        self.put("callSign", call_sign)
        self.put("type", vessel_type)
        self.put("flag", country_code(self.flag) or "")

    def put(self, name: str, value: str) -> None:
        """Add a value to a property, once."""
        if value and value not in self.properties.setdefault(name, []):
            self.properties[name].append(value)


def _schema(kind: str, name: str) -> str:
    found = SCHEMATA.get(kind, "LegalEntity")
    return "Company" if found == "Organization" and _COMPANY.search(name.upper()) else found


@cache
def _meanings() -> tuple[tuple[str, str, str], ...]:
    """Return what remark parts mean, longest beginning first."""
    found = [(row[0], row[1], row[2]) for row in rows("cordon.record.formats", "ofac_remarks.tsv")]
    return tuple(sorted(found, key=lambda row: -len(row[0])))


def _cells(raw: bytes, columns: int, name: str) -> Iterator[tuple[int, list[str]]]:
    """Yield (line, cells) of a file; nulls become empty.

    Raises:
        InputError: a line has the wrong number of cells, or a quote is left open.

    """
    text = raw.decode("utf-8", errors="replace").rstrip("\x1a\r\n")
    reader = csv.reader(io.StringIO(text), strict=True)
    try:
        for cells in reader:
            if len(cells) < columns:
                raise InputError(
                    f"{name}, line {reader.line_num}: {len(cells)} cells where {columns} are expected",
                    hint="give OFAC's CSV as published",
                    code="bad-csv",
                )
            yield reader.line_num, ["" if cell.strip() == "-0-" else cell.strip() for cell in cells]
    except csv.Error as error:
        raise InputError(
            f"{name}, line {reader.line_num}: {error}", hint="give OFAC's CSV as published", code="bad-csv"
        ) from error


def natural_name(name: str, schema: str) -> str:
    """Return "MEHRABI, Abdollah" as "Abdollah MEHRABI"; names of others than persons are left as they are."""
    family, comma, given = name.partition(",")
    return f"{given.strip()} {family.strip()}" if comma and schema == "Person" else name


class _Part(NamedTuple):
    """One part of a remark, read: a value for a property, and what to count when it was not understood."""

    field: str
    value: str
    ignored: str = ""


@lru_cache(maxsize=262_144)
def _read_part(part: str, schema: str) -> _Part:
    """Read one part of a remark; the same parts come back in every version of a list."""
    text = part.removeprefix("alt. ").strip()
    if weak := _WEAK.fullmatch(text):
        return _Part("weakAlias", natural_name(weak["name"], schema))
    if text.startswith(_LINKED):
        return _Part(_LINKED, text.removeprefix(_LINKED).strip())
    if digital := _DIGITAL.fullmatch(text):
        return _Part("publicKey", digital["address"])
    known = next((meaning for meaning in _meanings() if text.startswith(meaning[0])), None)
    if known is None:
        return _Part("notes", text, "remark: " + re.sub(r"\S*\d\S*", "#", text)[:40])
    if known[2] == "note":
        return _Part("notes", text)
    value = _value(text.removeprefix(known[0]).strip(), known[2])
    return _Part(known[1], value) if value else _Part("notes", text, f"remark: unread {known[0]}")


def _take_remark(row: _Row, part: str, ignored: Counter[str]) -> None:
    read = _read_part(part, row.schema)
    if read.field == _LINKED:
        row.linked.append(read.value)
    else:
        row.put(read.field, read.value)
    if read.ignored:
        ignored[read.ignored] += 1


def _value(text: str, how: str) -> str:
    if how == "date":
        return iso_date(text.partition(" to ")[0]) or ""
    if how == "country":
        return country_code(text) or ""
    if how == "gender":
        return text.lower()
    if how == "number":
        found = _NUMBER.match(text)
        return found["number"].strip() if found else ""
    return text or "yes"


def parse(
    sdn: bytes, alt: bytes = b"", add: bytes = b"", *, source: str = "us-ofac-sdn", authority: str = "US OFAC"
) -> Parsed:
    """Read OFAC's CSV files of one day.

    Args:
        sdn: the primary file, 12 columns.
        alt: aliases, 5 columns; may be empty.
        add: addresses, 6 columns; may be empty.
        source: code of the list.
        authority: what its listings say who listed.

    Raises:
        InputError: a file is not in OFAC's form.

    """
    ignored: Counter[str] = Counter()
    found: dict[str, _Row] = {}
    for line, cells in _cells(sdn, 12, "sdn.csv"):
        row = _Row(cells, line)
        if row.uid in found:
            raise InputError(f"sdn.csv, line {line}: the id {row.uid} stands twice", code="duplicate-id")
        found[row.uid] = row
        for part in _PART.split(row.remarks.rstrip(".")):
            if part:
                _take_remark(row, part, ignored)
    _take_aliases(found, alt, ignored)
    _take_addresses(found, add, ignored)
    by_name = {row.name: row.uid for row in found.values()}
    entities = tuple(_entity(row, source, authority) for row in found.values())
    return Parsed(entities, tuple(_links(found, by_name, source, ignored)), dict(ignored))


def _take_aliases(found: Mapping[str, _Row], alt: bytes, ignored: Counter[str]) -> None:
    for _, cells in _cells(alt, 5, "alt.csv"):
        row = found.get(cells[0])
        if row is None:
            ignored["alias of an unknown id"] += 1
        else:
            row.put("previousName" if cells[2] == "fka" else "alias", natural_name(cells[3], row.schema))


def _take_addresses(found: Mapping[str, _Row], add: bytes, ignored: Counter[str]) -> None:
    for _, cells in _cells(add, 6, "add.csv"):
        row = found.get(cells[0])
        if row is None:
            ignored["address of an unknown id"] += 1
            continue
        row.put("address", ", ".join(part for part in cells[2:5] if part))
        if cells[4]:
            code = country_of_place(cells[4].removeprefix("Region: "))
            row.put("country", code or "")
            if code is None:
                ignored["country: " + cells[4]] += 1


def _entity(row: _Row, source: str, authority: str) -> Entity:
    name = natural_name(row.name, row.schema)
    given: dict[str, tuple[str, ...]] = {"name": (name,)}
    given |= {key: tuple(values) for key, values in row.properties.items() if values}
    listing = Listing(
        source=source,
        authority=authority,
        programmes=tuple(part.strip() for part in row.programmes.split("] [") if part.strip()),
        reference=row.uid,
    )
    return Entity(
        id=f"{source}:{row.uid}",
        schema=row.schema,
        caption=name,
        properties=given,
        datasets=(source,),
        listings=(listing,),
    )


def _links(found: Mapping[str, _Row], by_name: Mapping[str, str], source: str, ignored: Counter[str]) -> Iterator[Link]:
    for row in found.values():
        for number, name in enumerate(row.linked):
            target = by_name.get(name)
            if target is None:
                ignored["link to a name that is not on the list"] += 1
                continue
            yield Link(
                id=f"{source}:{row.uid}:linked:{number}",
                schema="UnknownLink",
                source=f"{source}:{row.uid}",
                target=f"{source}:{target}",
                role="Linked to",
            )
