"""Snapshots on disk: the original bytes of every file, and every version of every entity, answerable as of any day.

SQLite in WAL mode holds what changes; a version of an entity is stored once, however many snapshots hold it, with the
run of snapshots it was in. Original files lie beside it, compressed, under their sha256. Snapshots may be added in any
order.
"""

from __future__ import annotations

import datetime
import hashlib
import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

import msgspec

from cordon.errors import InputError, RecordError
from cordon.model import Entity, Link, Listing, Snapshot
from cordon.record.formats.reading import Parsed
from cordon.record.record import Record

_SCHEMA = """
CREATE TABLE IF NOT EXISTS snapshot (
  source TEXT NOT NULL, day TEXT NOT NULL, sha256 TEXT NOT NULL, entities INTEGER NOT NULL, files TEXT NOT NULL,
  ignored TEXT NOT NULL, added TEXT NOT NULL, PRIMARY KEY (source, day)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS version (id INTEGER PRIMARY KEY, hash BLOB NOT NULL UNIQUE, body BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS held (
  source TEXT NOT NULL, item TEXT NOT NULL, kind TEXT NOT NULL, version INTEGER NOT NULL REFERENCES version (id),
  first TEXT NOT NULL, until TEXT);
CREATE INDEX IF NOT EXISTS held_by_item ON held (source, item);
PRAGMA user_version = 1;
"""
"""``held``: an item is in the snapshots of days ``first`` <= day < ``until``; NULL while the newest still has it."""

_entity_decoder = msgspec.json.Decoder(Entity)
_link_decoder = msgspec.json.Decoder(Link)


class Added(NamedTuple):
    """What adding a snapshot did.

    Attributes:
        snapshot: the snapshot, as it now stands.
        changed: False when the same bytes were there already.
        new_versions: versions of entities and links that were not known before.
        ignored: what the parser did not turn into anything, with how often.

    """

    snapshot: Snapshot
    changed: bool
    new_versions: int
    ignored: Mapping[str, int]


class _Run(NamedTuple):
    """A version of an item and the run of snapshots it was in."""

    item: str
    version: int
    first: str
    until: str | None


class Store:
    """The record on disk.

    Args:
        folder: the data folder; made when something is first added.

    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._path = folder / "record.sqlite"

    def exists(self) -> bool:
        """Whether anything was ever added."""
        return self._path.is_file()

    def _connect(self) -> sqlite3.Connection:
        fresh = not self.exists()
        if fresh:
            self.folder.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(self._path, isolation_level=None)
        connection.execute("PRAGMA journal_mode = WAL")
        if fresh or connection.execute("PRAGMA user_version").fetchone()[0] == 0:
            connection.executescript(_SCHEMA)
        return connection

    def snapshots(self) -> tuple[Snapshot, ...]:
        """Return all snapshots, by source and day."""
        if not self.exists():
            return ()
        connection = self._connect()
        try:
            found = connection.execute(
                "SELECT source, day, sha256, entities FROM snapshot ORDER BY source, day"
            ).fetchall()
        finally:
            connection.close()
        return tuple(Snapshot(source=s, snapshot=day, sha256=digest, entities=count) for s, day, digest, count in found)

    def add(self, source: str, day: str, files: Mapping[str, bytes], parsed: Parsed) -> Added:
        """Store the files of a list as received on a day, with what was read from them, in one transaction.

        Args:
            source: code of the list.
            day: ISO day of the snapshot.
            files: original bytes by file name.
            parsed: what they hold.

        Raises:
            InputError: nothing was read from the files, or another file is there for the same day.

        """
        if not parsed.entities:
            raise InputError(
                f"{source}: no entity was read from {', '.join(files)}",
                hint="check the file and its format",
                code="empty-list",
            )
        digest = hashlib.sha256(b"".join(hashlib.sha256(files[name]).digest() for name in sorted(files))).hexdigest()
        snapshot = Snapshot(source=source, snapshot=day, sha256=digest, entities=len(parsed.entities))
        connection = self._connect()
        try:
            there = connection.execute(
                "SELECT sha256 FROM snapshot WHERE source = ? AND day = ?", (source, day)
            ).fetchone()
            if there is not None:
                if there[0] == digest:
                    return Added(snapshot, False, 0, parsed.ignored)
                raise InputError(
                    f"{source}: a different snapshot of {day} is there already",
                    hint="give another --date",
                    code="snapshot-exists",
                )
            names = {name: self._keep(data) for name, data in files.items()}
            connection.execute("BEGIN IMMEDIATE")
            fresh = self._merge(connection, source, day, parsed)
            connection.execute(
                "INSERT INTO snapshot VALUES (?, ?, ?, ?, ?, ?, ?)",
                (source, day, digest, len(parsed.entities), _json(names), _json(dict(parsed.ignored)), _now()),
            )
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
        finally:
            connection.close()
        return Added(snapshot, True, fresh, parsed.ignored)

    def _keep(self, data: bytes) -> str:
        """Write original bytes under their sha256, unless they are there, and return it."""
        digest = hashlib.sha256(data).hexdigest()
        path = self.folder / "files" / digest[:2] / f"{digest}.z"
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            partial = path.with_suffix(".partial")
            partial.write_bytes(zlib.compress(data, 9))
            partial.replace(path)
        return digest

    def _merge(self, connection: sqlite3.Connection, source: str, day: str, parsed: Parsed) -> int:
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
            _update_runs(connection, source, kind, day, following, now)
        return fresh

    def record(self, as_of: str | None = None) -> Record:
        """Return the record as of a day: for each source the newest snapshot not after it, with what came before.

        Args:
            as_of: ISO day; None for the newest snapshots.

        Raises:
            RecordError: there is no snapshot from that day or before.

        """
        used = _newest(self.snapshots(), as_of)
        if not used:
            raise RecordError(
                f"no snapshot of {as_of or 'any day'} is there", hint="cordon record add adds one", code="no-snapshot"
            )
        entities: list[Entity] = []
        links: list[Link] = []
        connection = self._connect()
        try:
            for snapshot in used:
                entities += _entities(connection, snapshot, self._days(snapshot.source, snapshot.snapshot))
                links += _links(connection, snapshot)
        finally:
            connection.close()
        return Record(entities, links, used)

    def _days(self, source: str, last: str) -> list[str]:
        return [item.snapshot for item in self.snapshots() if item.source == source and item.snapshot <= last]


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()


def _now() -> str:
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")


def _version(connection: sqlite3.Connection, body: bytes) -> tuple[int, bool]:
    """Return (id, whether it is new) of a version with this body."""
    digest = hashlib.blake2b(body, digest_size=16).digest()
    found = connection.execute("SELECT id FROM version WHERE hash = ?", (digest,)).fetchone()
    if found is not None:
        return found[0], False
    done = connection.execute("INSERT INTO version (hash, body) VALUES (?, ?)", (digest, zlib.compress(body)))
    return int(done.lastrowid or 0), True


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


def _newest(snapshots: Iterable[Snapshot], as_of: str | None) -> tuple[Snapshot, ...]:
    """Return the newest snapshot of each source that is not after a day."""
    newest: dict[str, Snapshot] = {}
    for snapshot in snapshots:
        if as_of is None or snapshot.snapshot <= as_of:
            newest[snapshot.source] = snapshot
    return tuple(newest.values())


def _entities(connection: sqlite3.Connection, snapshot: Snapshot, days: list[str]) -> Iterator[Entity]:
    """Yield every entity a source held up to a snapshot, with its dates; those gone carry the day they were gone."""
    runs: dict[str, list[_Run]] = {}
    for row in connection.execute(
        "SELECT item, version, first, until FROM held "
        "WHERE source = ? AND kind = 'entity' AND first <= ? ORDER BY item, first",
        (snapshot.source, snapshot.snapshot),
    ):
        runs.setdefault(row[0], []).append(_Run(*row))
    wanted = {stretch[-1].version for own in runs.values() for stretch in _stretches(own)}
    bodies = {key: body for key, body in connection.execute("SELECT id, body FROM version") if key in wanted}
    for own in runs.values():
        stretches = _stretches(own)
        entity = _decode(bodies[own[-1].version])
        listings = [
            _dated(listing, stretch, days, again=number > 0)
            for number, stretch in enumerate(stretches)
            for listing in (entity if stretch is stretches[-1] else _decode(bodies[stretch[-1].version])).listings
        ]
        yield msgspec.structs.replace(entity, listings=tuple(listings))


def _decode(body: bytes) -> Entity:
    return _entity_decoder.decode(zlib.decompress(body))


def _stretches(runs: list[_Run]) -> list[list[_Run]]:
    """Return the runs of an item grouped into stretches without a gap: it was there, gone, and there again."""
    stretches = [[runs[0]]]
    for run in runs[1:]:
        if stretches[-1][-1].until == run.first:
            stretches[-1].append(run)
        else:
            stretches.append([run])
    return stretches


def _dated(listing: Listing, stretch: list[_Run], days: list[str], *, again: bool) -> Listing:
    """Return a listing with the dates that snapshots bound, where the source gives none or the list had dropped it.

    Args:
        listing: as the source gives it.
        stretch: the runs of one stretch of snapshots.
        days: days of all snapshots of the list up to the one that answers.
        again: the list held it before, and dropped it in between.

    """
    first, last = stretch[0].first, stretch[-1].until
    gone = last if last is not None and last <= days[-1] else None
    before = [day for day in days if day < first]
    if listing.listed_on is not None and not again:
        return msgspec.structs.replace(listing, delisted_on=listing.delisted_on or gone)
    if not before:
        basis, listed_on = f"in the first snapshot at hand, {first}", None
    elif again:
        own = f", with the list's own date of {listing.listed_on}" if listing.listed_on else ""
        basis, listed_on = f"first seen in snapshot; back{own}; absent on {before[-1]}", first
    else:
        basis, listed_on = f"first seen in snapshot; absent on {before[-1]}", first
    amended = listing.amended_on or tuple(run.first for run in stretch[1:])
    return msgspec.structs.replace(listing, listed_on=listed_on, amended_on=amended, delisted_on=gone, basis=basis)


def _links(connection: sqlite3.Connection, snapshot: Snapshot) -> Iterator[Link]:
    for (body,) in connection.execute(
        "SELECT body FROM version JOIN held ON held.version = version.id "
        "WHERE source = ? AND kind = 'link' AND first <= ? AND (until IS NULL OR until > ?)",
        (snapshot.source, snapshot.snapshot, snapshot.snapshot),
    ):
        yield _link_decoder.decode(zlib.decompress(body))
