"""FollowTheMoney JSON lines (``entities.ftm.json``): one entity a line, in and out of Cordon's model.

``Sanction`` lines become listings of the entity they name, interval lines (``Ownership``, ``Directorship`` ...) become
links, ``Address`` and other lines that describe neither a subject nor a link are left out and counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

import msgspec

from cordon.errors import InputError
from cordon.model import Entity, Link, Listing, Properties
from cordon.record.formats.reading import Parsed

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


class _Line(msgspec.Struct, frozen=True):
    """One line as it stands in the file."""

    id: str
    schema: str
    properties: dict[str, list[str]] = {}
    caption: str = ""
    datasets: list[str] = []


_decoder = msgspec.json.Decoder(_Line)


def _first(properties: Mapping[str, list[str]], *names: str) -> str | None:
    for name in names:
        if properties.get(name):
            return properties[name][0]
    return None


def _listing(line: _Line, source: str) -> Listing:
    given = line.properties
    basis = next((text[7:] for text in given.get("summary", ()) if text.startswith("basis: ")), "source")
    return Listing(
        source=line.datasets[0] if line.datasets else source,
        authority=_first(given, "authority") or "",
        programmes=tuple(given.get("program", ())),
        listed_on=_first(given, "listingDate", "startDate"),
        amended_on=tuple(given.get("modifiedAt", ())),
        delisted_on=_first(given, "endDate"),
        reference=_first(given, "authorityId", "recordId") or "",
        reason=_first(given, "reason") or "",
        basis=basis,
    )


def _link(line: _Line) -> Link | None:
    start, end = LINK_ENDS[line.schema]
    source, target = _first(line.properties, start), _first(line.properties, end)
    if source is None or target is None:
        return None
    role = _first(line.properties, "role", "relationship", "summary") or ""
    return Link(id=line.id, schema=line.schema, source=source, target=target, role=role)


def _decode(lines: Iterable[bytes], origin: str) -> Iterable[_Line]:
    for number, raw in enumerate(lines, 1):
        if not raw.strip():
            continue
        try:
            yield _decoder.decode(raw)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise InputError(
                f"{origin}, line {number}: not a FollowTheMoney entity: {error}",
                hint='expected {"id": ..., "schema": ..., "properties": {...}}',
                code="bad-ftm",
            ) from error


def parse(lines: Iterable[bytes], *, origin: str, source: str = "") -> Parsed:
    """Read FollowTheMoney JSON lines.

    Args:
        lines: the lines of the file, UTF-8.
        origin: what to call the file in an error.
        source: code of the list, for listings that name none.

    Raises:
        InputError: a line is not a FollowTheMoney entity.

    """
    subjects: list[_Line] = []
    listings: dict[str, list[Listing]] = {}
    links: list[Link] = []
    ignored: Counter[str] = Counter()
    for line in _decode(lines, origin):
        if line.schema in SUBJECT_SCHEMATA:
            subjects.append(line)
        elif line.schema == "Sanction":
            for owner in line.properties.get("entity", ()):
                listings.setdefault(owner, []).append(_listing(line, source))
        elif line.schema in LINK_ENDS and (link := _link(line)) is not None:
            links.append(link)
        else:
            ignored[line.schema] += 1
    entities = tuple(_entity(line, listings.get(line.id, [])) for line in subjects)
    return Parsed(entities, tuple(links), dict(ignored))


def _entity(line: _Line, listings: list[Listing]) -> Entity:
    properties: Properties = {name: tuple(values) for name, values in line.properties.items()}
    caption = line.caption or next(iter(line.properties.get("name", ())), line.id)
    ordered = sorted(listings, key=lambda listing: listing.listed_on or "")
    return Entity(
        id=line.id,
        schema=line.schema,
        caption=caption,
        properties=properties,
        datasets=tuple(line.datasets),
        listings=tuple(ordered),
    )
