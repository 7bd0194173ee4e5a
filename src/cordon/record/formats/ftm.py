"""FollowTheMoney JSON lines (``entities.ftm.json``): one entity a line, into Cordon's model.

``Sanction`` lines become listings of the entity they name, interval lines (``Ownership``, ``Directorship`` ...) become
links, ``Address`` and other lines that describe neither a subject nor a link are left out and counted.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from typing import Literal, NamedTuple, TypeVar

import msgspec

from cordon.errors import InputError
from cordon.model import Entity, Link, Listing, Properties
from cordon.record.formats.dates import any_date
from cordon.record.formats.reading import Origin, Parsed, Place

SUBJECT_SCHEMATA = frozenset(
    ("Person", "Organization", "Company", "LegalEntity", "PublicBody", "Vessel", "Airplane", "CryptoWallet", "Security")
)
"""FtM schemata that can be screened against."""

LINK_ENDS: Mapping[str, tuple[str, str]] = {
    "Ownership": ("owner", "asset"),
    "Directorship": ("director", "organization"),
    "Membership": ("member", "organization"),
    "Employment": ("employee", "employer"),
    "Representation": ("agent", "client"),
    "Family": ("person", "relative"),
    "Associate": ("person", "associate"),
    "Succession": ("predecessor", "successor"),
    "UnknownLink": ("subject", "object"),
}
"""Source and target property of each FtM link schema."""


_DAYS: Mapping[str, tuple[str, ...]] = {"listed_on": ("listingDate", "startDate"), "delisted_on": ("endDate",)}


class _Line(msgspec.Struct, frozen=True):
    """One line as it stands in the file."""

    id: str
    schema: str
    properties: dict[str, list[str]] = {}
    caption: str = ""
    datasets: list[str] = []


class _Given(msgspec.Struct, frozen=True):
    """The entity of a change; one that is removed has its id only."""

    id: str
    schema: str = ""
    properties: dict[str, list[str]] = {}
    caption: str = ""
    datasets: list[str] = []


class _Change(msgspec.Struct, frozen=True):
    """One line of a delta."""

    op: Literal["ADD", "MOD", "DEL"]
    entity: _Given


_T = TypeVar("_T")
_decoder = msgspec.json.Decoder(_Line)
_change_decoder = msgspec.json.Decoder(_Change)


def _first(properties: Mapping[str, list[str]], *names: str) -> str | None:
    for name in names:
        if properties.get(name):
            return properties[name][0]
    return None


def _listing(line: _Line, source: str, ignored: Counter[str]) -> Listing:
    given = line.properties
    days = {field: _day(_first(given, *names), ignored) for field, names in _DAYS.items()}
    basis = next((text[7:] for text in given.get("summary", ()) if text.startswith("basis: ")), "source")
    return Listing(
        source=line.datasets[0] if line.datasets else source,
        authority=_first(given, "authority") or "",
        programmes=tuple(given.get("program", ())),
        measures=tuple(given.get("provisions", ())),
        listed_on=days["listed_on"],
        amended_on=tuple(day for text in given.get("modifiedAt", ()) if (day := _day(text, ignored))),
        delisted_on=days["delisted_on"],
        reference=_first(given, "authorityId", "recordId") or "",
        reason=_first(given, "reason") or "",
        basis=basis,
        id=line.id if source and len(given.get("entity", ())) == 1 else "",
    )


def _day(text: str | None, ignored: Counter[str]) -> str | None:
    """Return a day of the calendar as it is; one that is none is counted."""
    found = any_date(text) if text else None
    if text and found is None:
        ignored["date that is no day of the calendar"] += 1
    return found


def _link(line: _Line) -> Link | None:
    start, end = LINK_ENDS[line.schema]
    source, target = _first(line.properties, start), _first(line.properties, end)
    if source is None or target is None:
        return None
    role = _first(line.properties, "role", "relationship", "summary") or ""
    return Link(id=line.id, schema=line.schema, source=source, target=target, role=role)


def _decode(lines: Iterable[bytes], origin: str, decoder: msgspec.json.Decoder[_T]) -> Iterator[tuple[int, _T]]:
    for number, raw in enumerate(lines, 1):
        if not raw.strip():
            continue
        try:
            yield number, decoder.decode(raw)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            raise InputError(
                f"{origin}, line {number}: not a FollowTheMoney entity: {error}",
                hint='expected {"id": ..., "schema": ..., "properties": {...}}',
                code="bad-ftm",
            ) from error


def recognises(files: Mapping[str, bytes]) -> bool:
    """Whether the files are FollowTheMoney JSON lines, whole or as a delta."""
    return all(_is_ftm(raw) for raw in files.values())


def is_delta(raw: bytes) -> bool:
    """Whether a file is a delta: lines ``{"op": "ADD" | "MOD" | "DEL", "entity": {...}}``."""
    first = raw.lstrip()[:4096]
    return first.startswith(b"{") and re.match(rb'\{\s*"(?:op|entity)"\s*:', first) is not None


def _is_ftm(raw: bytes) -> bool:
    first = raw.lstrip()[:1_000_000].partition(b"\n")[0]
    return first.startswith(b"{") and (b'"schema"' in first or b'"op"' in first)


def parse(files: Mapping[str, bytes], *, source: str) -> Parsed:
    """Read a list, and apply the deltas among its files in the order of their names.

    Args:
        files: the files by name.
        source: code of the list.

    Raises:
        InputError: a line is not a FollowTheMoney entity, or an id stands twice.

    """
    found: dict[str, _Stood] = {}
    missing = 0
    for name in sorted(files, key=lambda one: (is_delta(files[one]), one)):
        if is_delta(files[name]):
            missing += _apply(files[name], name, found)
        else:
            for number, line in _decode(files[name].split(b"\n"), name, _decoder):
                if line.id in found:
                    raise InputError(
                        f"{name}, line {number}: the id {line.id} stands twice",
                        hint="get the file from its publisher again",
                        code="duplicate-id",
                    )
                found[line.id] = _Stood(line, Place(name, number))
    return _gathered(found.values(), source, missing)


def parse_lines(lines: Iterable[bytes], *, origin: str, source: str = "") -> Parsed:
    """Read FollowTheMoney JSON lines.

    Args:
        lines: the lines of the file, UTF-8.
        origin: what to call the file in an error.
        source: code of the list, for listings that name none.

    Raises:
        InputError: a line is not a FollowTheMoney entity.

    """
    return _gathered((_Stood(line, Place(origin, number)) for number, line in _decode(lines, origin, _decoder)), source)


class _Stood(NamedTuple):
    """A line and where it stood."""

    line: _Line
    place: Place


def _apply(raw: bytes, name: str, found: dict[str, _Stood]) -> int:
    """Apply a delta to lines by id; return how many it removes that are not there."""
    missing = 0
    for number, change in _decode(raw.split(b"\n"), name, _change_decoder):
        given = change.entity
        if change.op == "DEL":
            missing += found.pop(given.id, None) is None
        elif given.schema:
            line = _Line(given.id, given.schema, given.properties, given.caption, given.datasets)
            found[given.id] = _Stood(line, Place(name, number))
        else:
            raise InputError(f"{name}, line {number}: an entity without a schema", code="bad-ftm")
    return missing


def _gathered(stood: Iterable[_Stood], source: str, missing: int = 0) -> Parsed:
    subjects: list[_Line] = []
    listings: dict[str, list[Listing]] = {}
    places: dict[str, list[Place]] = {}
    links: list[Link] = []
    ignored: Counter[str] = Counter()
    for line, place in stood:
        if line.schema in SUBJECT_SCHEMATA:
            subjects.append(line)
            places.setdefault(line.id, []).insert(0, place)
        elif line.schema == "Sanction":
            for owner in line.properties.get("entity", ()):
                listings.setdefault(owner, []).append(_listing(line, source, ignored))
                places.setdefault(owner, []).append(place)
        elif line.schema in LINK_ENDS and (link := _link(line)) is not None:
            links.append(link)
        else:
            ignored[f"schema: {line.schema}"] += 1
    entities = tuple(_entity(line, listings.get(line.id, []), source) for line in subjects)
    orphans = listings.keys() - {line.id for line in subjects}
    ignored.update({"listing of an entity that is not there": len(orphans)} if orphans else {})
    ignored.update({"removal of what is not there": missing} if missing else {})
    origins = {line.id: Origin(tuple(places[line.id]), _values(line, places[line.id][0])) for line in subjects}
    return Parsed(entities, tuple(links), dict(ignored), origins)


def _values(line: _Line, place: Place) -> dict[tuple[str, str], Place]:
    return {(name, value): place for name, values in line.properties.items() for value in values}


def _entity(line: _Line, listings: list[Listing], source: str) -> Entity:
    properties: Properties = {name: tuple(values) for name, values in line.properties.items()}
    caption = line.caption or next(iter(line.properties.get("name", ())), line.id)
    ordered = sorted(listings, key=lambda listing: listing.listed_on or "")
    return Entity(
        id=line.id,
        schema=line.schema,
        caption=caption,
        properties=properties,
        datasets=tuple(dict.fromkeys((*line.datasets, *([source] if source else [])))),
        listings=tuple(ordered),
    )
