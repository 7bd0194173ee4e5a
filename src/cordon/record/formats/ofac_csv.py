"""OFAC's SDN and consolidated lists as CSV: ``sdn.csv`` with ``alt.csv``, ``add.csv`` and ``sdn_comments.csv``.

The files have no header and no date; ``-0-`` is null, programmes are joined as ``A] [B``, and birth dates, numbers,
weak aliases (quoted ``a.k.a.``) and ``Linked To:`` stand in the remarks (``data/ofac_remarks.tsv`` says what they
mean). A part of a remark that is not understood is kept as a note and counted.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Mapping
from functools import cache, lru_cache
from typing import NamedTuple

from cordon.errors import InputError
from cordon.model import Listing
from cordon.names.places import country_code
from cordon.names.tables import rows
from cordon.record.formats.dates import iso_date
from cordon.record.formats.reading import Draft, Gathering, Parsed, Place, decoded, organisation_schema

AUTHORITY = "US OFAC"
_ROLES = {
    "sdn": "sdn",
    "cons_prim": "sdn",
    "alt": "alt",
    "cons_alt": "alt",
    "add": "add",
    "cons_add": "add",
    "comments": "comments",
    "cons_comments": "comments",
}
"""What each of OFAC's CSV files is, by its name without the ending."""
SCHEMATA = {"individual": "Person", "vessel": "Vessel", "aircraft": "Airplane", "": "Organization"}
_PART = re.compile(r";\s*")
_WEAK = re.compile(r"(?:a|f|n)\.k\.a\. '(?P<name>.+)'")
_AFTER_NUMBER = re.compile(r"\s(?:\(|issued\b|expires\b)")
_MAX_PART = 2_000
"""Longest part of a remark that is taken apart; the longest published one has under 300 characters."""
_LINKED = "Linked To:"
_DIGITAL = re.compile(r"Digital Currency Address - (?P<coin>\w+) (?P<address>\S+)")


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
    text = decoded(raw, name, legacy=True).rstrip("\x1a\r\n")
    reader = csv.reader(io.StringIO(text), strict=True)
    try:
        line = 1
        for cells in reader:
            if len(cells) < columns:
                raise InputError(
                    f"{name}, line {reader.line_num}: {len(cells)} cells where {columns} are expected",
                    hint="give OFAC's CSV as published",
                    code="bad-csv",
                )
            yield line, ["" if cell.strip() == "-0-" else cell.strip() for cell in cells]
            line = reader.line_num + 1
    except csv.Error as error:
        raise InputError(
            f"{name}, line {reader.line_num}: {error}", hint="give OFAC's CSV as published", code="bad-csv"
        ) from error


def natural_name(name: str, schema: str) -> str:
    """Return "MEHRABI, Abdollah" as "Abdollah MEHRABI"; names of others than persons are left as they are."""
    family, comma, given = name.partition(",")
    return f"{given.strip()} {family.strip()}" if comma and schema == "Person" else name


class _Part(NamedTuple):
    """One part of a remark, read: values for a property, and what to count when it was not understood."""

    field: str
    values: tuple[str, ...]
    ignored: str = ""


@lru_cache(maxsize=262_144)
def _read_part(part: str, schema: str) -> _Part:
    """Read one part of a remark; the same parts come back in every version of a list."""
    text = " ".join(part.split()).removeprefix("alt. ")
    if len(text) > _MAX_PART:
        return _Part("notes", (text,), "remark: too long to be taken apart")
    if weak := _WEAK.fullmatch(text):
        return _Part("weakAlias", (natural_name(weak["name"], schema),))
    if text.startswith(_LINKED):
        return _Part(_LINKED, (text.removeprefix(_LINKED).strip(),))
    if digital := _DIGITAL.fullmatch(text):
        return _Part("publicKey", (digital["address"],))
    known = next((meaning for meaning in _meanings() if text.startswith(meaning[0])), None)
    if known is None:
        return _Part("notes", (text,), "remark: " + _pattern(text))
    if known[2] == "note":
        return _Part("notes", (text,))
    values = _values(text.removeprefix(known[0]).strip(), known[2])
    return _Part(known[1], values) if all(values) else _Part("notes", (text,), f"remark: unread {known[0]}")


def _pattern(text: str) -> str:
    """Return how a remark begins, with words that hold digits as "#": what unread remarks are counted by."""
    words = ("#" if any(sign.isdigit() for sign in word) else word for word in text[:80].split())
    return " ".join(words)[:40]


def take_remarks(draft: Draft, remarks: str) -> list[str]:
    """Take OFAC's remarks apart into properties of a draft; return the names after ``Linked To:``."""
    linked: list[str] = []
    for part in _PART.split(remarks.removesuffix(".")):
        if not part:
            continue
        read = _read_part(part, draft.schema)
        if read.field == _LINKED:
            linked += read.values
        elif read.ignored:
            draft.note(read.values[0], read.ignored)
        else:
            draft.put(read.field, *read.values)
    return linked


def _values(text: str, how: str) -> tuple[str, ...]:
    """Return the values of a part, a range of dates as its two ends; one that is not understood is empty."""
    if how == "date":
        return tuple(iso_date(part) or "" for part in text.split(" to "))
    if how == "country":
        return (country_code(text) or "",)
    if how == "gender":
        return (text.lower(),)
    if how == "number":
        return (_AFTER_NUMBER.split(text.removeprefix("No.").removeprefix("No ").strip(), 1)[0].strip(" ;"),)
    return (text or "yes",)


def recognises(files: Mapping[str, bytes]) -> bool:
    """Whether the files are named as OFAC names its CSV files, ``sdn.csv`` or ``cons_prim.csv`` among them."""
    roles = {_role(name) for name in files}
    return "" not in roles and "sdn" in roles


def _role(name: str) -> str:
    return _ROLES.get(name.lower().rsplit(".", 1)[0].replace("sdn_comments", "comments"), "")


def parse(files: Mapping[str, bytes], *, source: str = "us-ofac-sdn") -> Parsed:
    """Read OFAC's CSV files of one day.

    Args:
        files: ``sdn.csv`` (12 columns) and, where at hand, ``alt.csv`` (5), ``add.csv`` (6) and ``sdn_comments.csv``
            (2), by name; or the ``cons_`` files.
        source: code of the list.

    Raises:
        InputError: a file is not in OFAC's form.

    """
    names = {_role(name): name for name in files}
    gathering = Gathering(source, names["sdn"])
    linked: dict[str, list[str]] = {}
    listed: dict[str, list[str]] = {}
    comments = _comments(files, names.get("comments"))
    for line, cells in _cells(files[names["sdn"]], 12, names["sdn"]):
        draft = _primary(cells, Place(names["sdn"], line), gathering)
        listed.setdefault(cells[1], []).append(cells[0])
        linked[cells[0]] = take_remarks(draft, cells[11] + comments.get(cells[0], ""))
        draft.listings.append(_listing(cells, source))
    if "alt" in names:
        _take_aliases(gathering, files[names["alt"]], names["alt"])
    if "add" in names:
        _take_addresses(gathering, files[names["add"]], names["add"])
    _link(gathering, linked, listed)
    return gathering.parsed()


def _comments(files: Mapping[str, bytes], name: str | None) -> dict[str, str]:
    """Return what goes on in the comments file: remarks longer than ``sdn.csv`` has room for."""
    if name is None:
        return {}
    return {cells[0]: cells[1] for _, cells in _cells(files[name], 2, name)}


def _primary(cells: list[str], place: Place, gathering: Gathering) -> Draft:
    uid, name, kind, _, title, call_sign, vessel_type, tonnage, gross, flag, owner, _ = cells[:12]
    schema = SCHEMATA.get(kind, "LegalEntity")
    schema = organisation_schema(name) if schema == "Organization" else schema
    draft = gathering.draft(uid, schema, place)
    draft.put("name", natural_name(name, schema))
    take_name_parts(draft, name)
    draft.put("position", title)
    draft.put("callSign", call_sign)
    draft.put("type", vessel_type)
    draft.put("tonnage", tonnage)
    draft.put("grossRegisteredTonnage", gross)
    draft.country("flag", flag)
    if owner:
        draft.note(f"owner: {owner}")
    return draft


def take_name_parts(draft: Draft, name: str) -> None:
    """Add the parts of a person's name printed as "MEHRABI, Abdollah"."""
    family, comma, given = name.partition(",")
    if comma and draft.schema == "Person":
        draft.name_parts(lastName=family, firstName=given)


def _take_aliases(gathering: Gathering, raw: bytes, file: str) -> None:
    for line, cells in _cells(raw, 5, file):
        draft = gathering.get(cells[0])
        if draft is None:
            gathering.unread["alias of an unknown id"] += 1
        else:
            draft.entry(Place(file, line, element=cells[1]))
            draft.put("previousName" if cells[2] == "fka" else "alias", natural_name(cells[3], draft.schema))


def _take_addresses(gathering: Gathering, raw: bytes, file: str) -> None:
    for line, cells in _cells(raw, 6, file):
        draft = gathering.get(cells[0])
        if draft is None:
            gathering.unread["address of an unknown id"] += 1
            continue
        draft.entry(Place(file, line, element=cells[1]))
        draft.put("address", ", ".join(part for part in cells[2:5] if part))
        draft.country("country", cells[4].removeprefix("Region: "))


def _listing(cells: list[str], source: str) -> Listing:
    programmes = tuple(part.strip() for part in cells[3].split("] [") if part.strip())
    return Listing(source=source, authority=AUTHORITY, programmes=programmes, reference=cells[0])


def _link(gathering: Gathering, linked: Mapping[str, list[str]], listed: Mapping[str, list[str]]) -> None:
    for uid, names in linked.items():
        for name in names:
            link_by_name(gathering, uid, name, listed)


def link_by_name(gathering: Gathering, uid: str, name: str, listed: Mapping[str, list[str]]) -> None:
    """Link an entry to the one of a name; the remark's own full stop may have eaten that of "CO."."""
    targets = listed.get(name) or listed.get(f"{name}.") or listed.get(name.removesuffix(".")) or []
    if len(targets) == 1:
        gathering.link("UnknownLink", uid, targets[0], "Linked to")
    elif targets:
        gathering.unread["link to a name that several entries bear"] += 1
    else:
        gathering.unread["link to a name that is not on the list"] += 1
