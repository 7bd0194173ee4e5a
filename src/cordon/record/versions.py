"""Versions of entities and links, each stored once, with the runs of snapshots they were in.

Functions over an open database: taking a snapshot's items in, and answering what a list held on a day, since when, and
what could be one subject.
"""

from __future__ import annotations

import hashlib
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import msgspec

from cordon.model import Entity, Link, Listing, Snapshot
from cordon.record.formats.reading import Parsed
from cordon.record.linking import meetings, signs
from cordon.record.runs import Run, dated_listings, stretches

_entity_decoder = msgspec.json.Decoder(Entity)
_link_decoder = msgspec.json.Decoder(Link)


_SMALL = 1024
"""Bytes below which packing a version costs more time than it saves room."""


def _packed(body: bytes) -> bytes:
    return zlib.compress(body) if len(body) > _SMALL else body


def unpacked(body: bytes) -> bytes:
    """Return the JSON of a version as it is stored: packed, or as it is.

    Raises:
        zlib.error: it is damaged.

    """
    return body if body[:1] == b"{" else zlib.decompress(body)


class Held(NamedTuple):
    """A version of an entity and the days between which its list held it; ``until`` is None while it still does."""

    first: str
    until: str | None
    entity: Entity


def merge(connection: sqlite3.Connection, source: str, day: str, parsed: Parsed) -> int:
    """Bring the runs of a source up to date with a snapshot; return how many versions were new."""
    following = connection.execute(
        "SELECT MIN(day) FROM snapshot WHERE source = ? AND day > ?", (source, day)
    ).fetchone()[0]
    fresh = 0
    for kind, items in (("entity", parsed.entities), ("link", parsed.links)):
        now: dict[str, int] = {}
        for item in items:
            body = msgspec.json.encode(item)
            now[item.id], new = _version(connection, body)
            fresh += new
            if new and isinstance(item, Entity):
                _sign(connection, item, now[item.id])
        _update_runs(connection, source, kind, day, following, now)
    return fresh


def unmerge(connection: sqlite3.Connection, source: str, day: str) -> None:
    """Undo what a snapshot brought: runs that began with it begin with the next one, runs that it ended go on to that.

    Args:
        connection: the open database.
        source: code of the list.
        day: ISO day of the snapshot.

    """
    following = connection.execute(
        "SELECT MIN(day) FROM snapshot WHERE source = ? AND day > ?", (source, day)
    ).fetchone()[0]
    connection.execute("DELETE FROM held WHERE source = ? AND first = ? AND until IS ?", (source, day, following))
    connection.execute("UPDATE held SET first = ? WHERE source = ? AND first = ?", (following, source, day))
    for rowid, item, kind, version in connection.execute(
        "SELECT rowid, item, kind, version FROM held WHERE source = ? AND until = ?", (source, day)
    ).fetchall():
        joined = connection.execute(
            "SELECT rowid, until FROM held WHERE source = ? AND item = ? AND kind = ? AND version = ? AND first = ?",
            (source, item, kind, version, following),
        ).fetchone()
        if joined is not None:
            connection.execute("DELETE FROM held WHERE rowid = ?", (joined[0],))
        until = joined[1] if joined is not None else following
        connection.execute("UPDATE held SET until = ? WHERE rowid = ?", (until, rowid))


def _version(connection: sqlite3.Connection, body: bytes) -> tuple[int, bool]:
    """Return (id, whether it is new) of a version with this body."""
    digest = hashlib.blake2b(body, digest_size=16).digest()
    found = connection.execute("SELECT id FROM version WHERE hash = ?", (digest,)).fetchone()
    if found is not None:
        return found[0], False
    done = connection.execute("INSERT INTO version (hash, body) VALUES (?, ?)", (digest, _packed(body)))
    return int(done.lastrowid or 0), True


def _sign(connection: sqlite3.Connection, entity: Entity, version: int) -> None:
    connection.executemany("INSERT INTO sign VALUES (?, ?)", [(sign, version) for sign in signs(entity)])


def _update_runs(
    connection: sqlite3.Connection, source: str, kind: str, day: str, following: str | None, now: Mapping[str, int]
) -> None:
    """Cut, extend and open runs so that exactly the versions of ``now`` are held on a day.

    A run that covers the day with another version is cut there, and goes on at the following snapshot if it reached it.
    """
    covering = connection.execute(
        "SELECT rowid, item, version, first, until FROM held "
        "WHERE source = ? AND kind = ? AND first < ? AND (until IS NULL OR until > ?)",
        (source, kind, day, day),
    ).fetchall()
    kept: set[str] = set()
    for rowid, item, version, _first, until in covering:
        if now.get(item) == version:
            kept.add(item)
            continue
        connection.execute("UPDATE held SET until = ? WHERE rowid = ?", (day, rowid))
        if following is not None and (until is None or until > following):
            connection.execute(
                "INSERT INTO held VALUES (?, ?, ?, ?, ?, ?)", (source, item, kind, version, following, until)
            )
    for item, version in now.items():
        if item in kept:
            continue
        later = connection.execute(
            "SELECT rowid FROM held WHERE source = ? AND item = ? AND version = ? AND first = ?",
            (source, item, version, following),
        ).fetchone()
        if later is not None:
            connection.execute("UPDATE held SET first = ? WHERE rowid = ?", (day, later[0]))
        else:
            connection.execute(
                "INSERT INTO held VALUES (?, ?, ?, ?, ?, ?)", (source, item, kind, version, day, following)
            )


def entities_of(connection: sqlite3.Connection, snapshot: Snapshot, days: Sequence[str]) -> Iterator[Entity]:
    """Yield every entity a source held up to a snapshot, with its dates; those gone carry the day they were gone."""
    runs: dict[str, list[Run]] = {}
    for row in connection.execute(
        "SELECT item, version, first, until FROM held "
        "WHERE source = ? AND kind = 'entity' AND first <= ? ORDER BY item, first",
        (snapshot.source, snapshot.snapshot),
    ):
        runs.setdefault(row[0], []).append(Run(*row))
    by_item = {item: stretches(own) for item, own in runs.items()}
    wanted = {run.version for own in by_item.values() for stretch in own for run in stretch}
    bodies = {key: body for key, body in connection.execute("SELECT id, body FROM version") if key in wanted}
    for own in by_item.values():
        listings: list[Listing] = []
        versions: list[Entity] = []
        back_after: str | None = None
        for stretch in own:
            versions = [_decode(bodies[run.version]) for run in stretch]
            listings += dated_listings(versions, stretch, days, back_after)
            back_after = stretch[-1].until
        yield msgspec.structs.replace(versions[-1], listings=tuple(listings))


def _decode(body: bytes) -> Entity:
    return _entity_decoder.decode(unpacked(body))


def meetings_in(connection: sqlite3.Connection, used: Iterable[Snapshot]) -> Iterator[tuple[str, str]]:
    """Yield the pairs of ids whose latest versions up to some snapshots share a sign."""
    latest: dict[int, str] = {}
    for snapshot in used:
        latest |= {
            version: item
            for item, version, _ in connection.execute(
                "SELECT item, version, MAX(first) FROM held "
                "WHERE source = ? AND kind = 'entity' AND first <= ? GROUP BY item",
                (snapshot.source, snapshot.snapshot),
            )
        }
    signed = connection.execute("SELECT sign, version FROM sign ORDER BY sign")
    yield from meetings((sign, latest[version]) for sign, version in signed if version in latest)


def history_in(connection: sqlite3.Connection, item: str, last: str) -> dict[str, tuple[Held, ...]]:
    """Return, by list, every version of an entity up to a day, oldest first."""
    found: dict[str, list[Held]] = {}
    for source, first, until, body in connection.execute(
        "SELECT source, first, until, body FROM held JOIN version ON version.id = held.version "
        "WHERE item = ? AND kind = 'entity' AND first <= ? ORDER BY source, first",
        (item, last),
    ):
        gone = until if until is not None and until <= last else None
        found.setdefault(source, []).append(Held(first, gone, _decode(body)))
    return {source: tuple(versions) for source, versions in found.items()}


def held_in(connection: sqlite3.Connection, source: str, day: str) -> dict[str, int]:
    """Return the entities that a list's snapshot of a day holds: the number of the version by id."""
    return dict(
        connection.execute(
            "SELECT item, version FROM held WHERE source = ? AND kind = 'entity' "
            "AND first <= ? AND (until IS NULL OR until > ?)",
            (source, day, day),
        )
    )


def links_in(connection: sqlite3.Connection, source: str, day: str) -> Iterator[Link]:
    """Yield the links that a list's snapshot of a day holds, by id."""
    for (body,) in connection.execute(
        "SELECT body FROM version JOIN held ON held.version = version.id WHERE source = ? AND kind = 'link' "
        "AND first <= ? AND (until IS NULL OR until > ?) ORDER BY item",
        (source, day, day),
    ):
        yield _link_decoder.decode(unpacked(body))


def entities_by_number(connection: sqlite3.Connection, numbers: Iterable[int]) -> dict[int, Entity]:
    """Return the versions of some numbers."""
    return {
        number: _decode(body)
        for number in numbers
        for (body,) in connection.execute("SELECT body FROM version WHERE id = ?", (number,))
    }
