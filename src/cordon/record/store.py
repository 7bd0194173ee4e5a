"""Snapshots on disk: every version of every entity, answerable as of any day, and the original bytes they came from.

SQLite in WAL mode holds what changes; a version of an entity is stored once, however many snapshots hold it, with the
run of snapshots it was in. Snapshots may be added in any order.
"""

from __future__ import annotations

import contextlib
import datetime
import hashlib
import sqlite3
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec

from cordon.errors import InputError, RecordError
from cordon.model import Entity, Link, Snapshot
from cordon.record.formats.reading import Parsed
from cordon.record.linking import linked, meetings, signs
from cordon.record.opened import Opened, opened_from, write_opened
from cordon.record.originals import Originals, digest_of
from cordon.record.record import Record
from cordon.record.runs import Run, dated, stretches

_MIGRATIONS = (
    """
CREATE TABLE snapshot (
  source TEXT NOT NULL, day TEXT NOT NULL, sha256 TEXT NOT NULL, entities INTEGER NOT NULL, files TEXT NOT NULL,
  ignored TEXT NOT NULL, added TEXT NOT NULL, PRIMARY KEY (source, day)) WITHOUT ROWID;
CREATE TABLE version (id INTEGER PRIMARY KEY, hash BLOB NOT NULL UNIQUE, body BLOB NOT NULL);
CREATE TABLE held (
  source TEXT NOT NULL, item TEXT NOT NULL, kind TEXT NOT NULL, version INTEGER NOT NULL REFERENCES version (id),
  first TEXT NOT NULL, until TEXT);
CREATE INDEX held_by_item ON held (source, item);
""",
    """
CREATE TABLE sign (sign TEXT NOT NULL, version INTEGER NOT NULL REFERENCES version (id), PRIMARY KEY (sign, version))
  WITHOUT ROWID;
CREATE INDEX held_by_name ON held (item);
CREATE TABLE quarantine (
  source TEXT NOT NULL, day TEXT NOT NULL, sha256 TEXT NOT NULL, entities INTEGER NOT NULL, files TEXT NOT NULL,
  reasons TEXT NOT NULL, added TEXT NOT NULL, PRIMARY KEY (source, day)) WITHOUT ROWID;
""",
)
"""Each brings a data folder one step on; SQLite's ``user_version`` counts those that were taken.

``held``: an item is in the snapshots of days ``first`` <= day < ``until``; NULL while the newest still has it.
``sign``: the keys under which entries of several lists can be found to be one subject.
"""

_entity_decoder = msgspec.json.Decoder(Entity)
_link_decoder = msgspec.json.Decoder(Link)


class Added(NamedTuple):
    """What adding a snapshot did.

    Attributes:
        snapshot: the snapshot, as it now stands.
        changed: False when the same bytes were there already.
        new_versions: versions of entities and links that were not known before.
        ignored: what the parser did not turn into anything, with how often.
        read: what it did: how many entities of each schema, how many listings and links.
        undated: the day is only the day on which the files were added.

    """

    snapshot: Snapshot
    changed: bool
    new_versions: int
    ignored: Mapping[str, int]
    read: Mapping[str, int]
    undated: bool = False


class Held(NamedTuple):
    """A version of an entity and the days between which its list held it; ``until`` is None while it still does."""

    first: str
    until: str | None
    entity: Entity


class Quarantined(NamedTuple):
    """A snapshot that was received and not taken in, and why."""

    snapshot: Snapshot
    reasons: tuple[str, ...]


class Store:
    """The record on disk.

    Args:
        folder: the data folder; made when something is first added.

    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.originals = Originals(folder / "files")
        self._path = folder / "record.sqlite"

    def exists(self) -> bool:
        """Whether anything was ever added."""
        return self._path.is_file()

    @contextlib.contextmanager
    def connection(self) -> Iterator[sqlite3.Connection]:
        """Open the database for a while, brought up to date.

        Raises:
            RecordError: it is damaged, or was written by a newer Cordon.

        """
        self.folder.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(self._path, isolation_level=None, timeout=60)
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            _migrate(connection)
            yield connection
        except sqlite3.DatabaseError as error:
            raise RecordError(
                f"{self._path} cannot be read: {error}", hint="restore it from a backup", code="damaged-record"
            ) from error
        finally:
            connection.close()

    def snapshots(self) -> tuple[Snapshot, ...]:
        """Return all snapshots, by source and day."""
        if not self.exists():
            return ()
        with self.connection() as connection:
            found = connection.execute(
                "SELECT source, day, sha256, entities FROM snapshot ORDER BY source, day"
            ).fetchall()
        return tuple(Snapshot(source=s, snapshot=day, sha256=digest, entities=count) for s, day, digest, count in found)

    def files(self, source: str, day: str) -> dict[str, bytes]:
        """Return the original files of a list's snapshot of a day, by name.

        Raises:
            RecordError: there is no such snapshot, or a file is damaged.

        """
        with self.connection() as connection:
            found = connection.execute(
                "SELECT files FROM snapshot WHERE source = ? AND day = ?", (source, day)
            ).fetchone()
        if found is None:
            raise RecordError(f"no snapshot of {source} of {day} is there", code="no-snapshot")
        return {name: self.originals.read(digest) for name, digest in msgspec.json.decode(found[0]).items()}

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
        digest = digest_of(files)
        snapshot = Snapshot(source=source, snapshot=day, sha256=digest, entities=len(parsed.entities))
        names = {name: self.originals.keep(data) for name, data in files.items()}
        with self.connection() as connection, _transaction(connection):
            there = connection.execute(
                "SELECT sha256 FROM snapshot WHERE source = ? AND day = ?", (source, day)
            ).fetchone()
            if there is not None and there[0] == digest:
                return Added(snapshot, False, 0, parsed.ignored, {})
            if there is not None:
                raise InputError(
                    f"{source}: a different snapshot of {day} is there already",
                    hint="give another --date",
                    code="snapshot-exists",
                )
            fresh = self._merge(connection, source, day, parsed)
            connection.execute(
                "INSERT INTO snapshot VALUES (?, ?, ?, ?, ?, ?, ?)",
                (source, day, digest, len(parsed.entities), _json(names), _json(dict(parsed.ignored)), _now()),
            )
            connection.execute("DELETE FROM quarantine WHERE source = ? AND day = ?", (source, day))
        return Added(snapshot, True, fresh, parsed.ignored, _read(parsed))

    def quarantine(
        self, source: str, day: str, files: Mapping[str, bytes], count: int, reasons: Sequence[str]
    ) -> Snapshot:
        """Keep the files of a snapshot that is not taken in, with the reasons; a later one of that day replaces it."""
        digest = digest_of(files)
        names = {name: self.originals.keep(data) for name, data in files.items()}
        with self.connection() as connection:
            connection.execute(
                "INSERT OR REPLACE INTO quarantine VALUES (?, ?, ?, ?, ?, ?, ?)",
                (source, day, digest, count, _json(names), _json(list(reasons)), _now()),
            )
        return Snapshot(source=source, snapshot=day, sha256=digest, entities=count)

    def quarantined(self) -> tuple[Quarantined, ...]:
        """Return the snapshots that were received and not taken in, by source and day."""
        if not self.exists():
            return ()
        with self.connection() as connection:
            found = connection.execute(
                "SELECT source, day, sha256, entities, reasons FROM quarantine ORDER BY source, day"
            ).fetchall()
        return tuple(
            Quarantined(
                Snapshot(source=source, snapshot=day, sha256=digest, entities=count), tuple(msgspec.json.decode(why))
            )
            for source, day, digest, count, why in found
        )

    def quarantined_files(self, source: str, day: str) -> dict[str, bytes]:
        """Return the original files of a quarantined snapshot, by name.

        Raises:
            RecordError: there is none of that list and day.

        """
        with self.connection() as connection:
            found = connection.execute(
                "SELECT files FROM quarantine WHERE source = ? AND day = ?", (source, day)
            ).fetchone()
        if found is None:
            raise RecordError(
                f"nothing of {source} of {day} is in quarantine",
                hint="cordon record list shows what is",
                code="no-snapshot",
            )
        return {name: self.originals.read(digest) for name, digest in msgspec.json.decode(found[0]).items()}

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
                if new and isinstance(item, Entity):
                    _sign(connection, item, now[item.id])
            _update_runs(connection, source, kind, day, following, now)
        return fresh

    def record(self, as_of: str | None = None) -> Record:
        """Return the record as of a day: for each source the newest snapshot not after it, with what came before.

        Args:
            as_of: ISO day; None for the newest snapshots.

        Raises:
            RecordError: there is no snapshot from that day or before.

        """
        snapshots = self.snapshots()
        used = newest(snapshots, as_of)
        if not used:
            raise RecordError(
                f"no snapshot of {as_of or 'any day'} is there", hint="cordon record add adds one", code="no-snapshot"
            )
        key = _opened_key(snapshots)
        found = opened_from(self.folder, key) if used == newest(snapshots, None) else None
        if found is None:
            found = self._open(used)
            if used == newest(snapshots, None):
                write_opened(self.folder, key, found)
        return Record(found.entities, found.links, used, found.same)

    def _open(self, used: Sequence[Snapshot]) -> Opened:
        entities: dict[str, Entity] = {}
        links: list[Link] = []
        with self.connection() as connection:
            for snapshot in used:
                for entity in _entities(connection, snapshot, self._days(snapshot.source, snapshot.snapshot)):
                    there = entities.get(entity.id)
                    entities[entity.id] = _united(there, entity) if there is not None else entity
                links += _links(connection, snapshot)
            pairs = [pair for pair in _meetings(connection, used) if pair[0] in entities and pair[1] in entities]
        return Opened(tuple(entities.values()), tuple(links), linked(entities, pairs))

    def meetings(self, as_of: str | None = None) -> tuple[tuple[str, str], ...]:
        """Return the pairs of ids that share a sign in the newest snapshots not after a day."""
        with self.connection() as connection:
            return tuple(_meetings(connection, newest(self.snapshots(), as_of)))

    def history(self, item: str, as_of: str | None = None) -> dict[str, tuple[Held, ...]]:
        """Return, by list, every version of an entity with the snapshots between which it was held, oldest first.

        Args:
            item: id of the entity.
            as_of: ISO day; later snapshots are left out.

        """
        found: dict[str, list[Held]] = {}
        with self.connection() as connection:
            for source, first, until, body in connection.execute(
                "SELECT source, first, until, body FROM held JOIN version ON version.id = held.version "
                "WHERE item = ? AND kind = 'entity' AND first <= ? ORDER BY source, first",
                (item, as_of or "9999"),
            ):
                gone = until if until is not None and until <= (as_of or "9999") else None
                found.setdefault(source, []).append(Held(first, gone, _decode(body)))
        return {source: tuple(versions) for source, versions in found.items()}

    def held_on(self, source: str, day: str) -> dict[str, int]:
        """Return the entities that a list's snapshot of a day holds: the number of the version by id."""
        with self.connection() as connection:
            return dict(
                connection.execute(
                    "SELECT item, version FROM held WHERE source = ? AND kind = 'entity' "
                    "AND first <= ? AND (until IS NULL OR until > ?)",
                    (source, day, day),
                )
            )

    def versions(self, numbers: Iterable[int]) -> dict[int, Entity]:
        """Return the versions of some numbers."""
        with self.connection() as connection:
            return {
                number: _decode(body)
                for number in numbers
                for (body,) in connection.execute("SELECT body FROM version WHERE id = ?", (number,))
            }

    def _days(self, source: str, last: str) -> list[str]:
        return [item.snapshot for item in self.snapshots() if item.source == source and item.snapshot <= last]


def _read(parsed: Parsed) -> dict[str, int]:
    """Return what a parser read, by kind."""
    found = dict(Counter(entity.schema for entity in parsed.entities).most_common())
    values = sum(len(values) for entity in parsed.entities for values in entity.properties.values())
    listings = sum(len(entity.listings) for entity in parsed.entities)
    return {**found, "listings": listings, "values": values, "links": len(parsed.links)}


def _migrate(connection: sqlite3.Connection) -> None:
    """Take the migrations that a data folder has not had yet."""
    done = connection.execute("PRAGMA user_version").fetchone()[0]
    if done > len(_MIGRATIONS):
        raise RecordError("the data folder was written by a newer Cordon", hint="install that one", code="newer-record")
    if done < len(_MIGRATIONS):
        with _transaction(connection):
            done = connection.execute("PRAGMA user_version").fetchone()[0]  # another process may have been faster
            for statement in ";".join(_MIGRATIONS[done:]).split(";"):
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {len(_MIGRATIONS)}")


@contextlib.contextmanager
def _transaction(connection: sqlite3.Connection) -> Iterator[None]:
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def _sign(connection: sqlite3.Connection, entity: Entity, version: int) -> None:
    connection.executemany("INSERT INTO sign VALUES (?, ?)", [(sign, version) for sign in signs(entity)])


def _meetings(connection: sqlite3.Connection, used: Iterable[Snapshot]) -> Iterator[tuple[str, str]]:
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


def _united(left: Entity, right: Entity) -> Entity:
    """Return an entity that two lists give under one id, with the listings of both."""
    return msgspec.structs.replace(
        left,
        datasets=tuple(dict.fromkeys((*left.datasets, *right.datasets))),
        listings=tuple(dict.fromkeys((*left.listings, *right.listings))),
    )


def _opened_key(snapshots: Iterable[Snapshot]) -> str:
    told = " ".join(f"{item.source} {item.snapshot} {item.sha256}" for item in snapshots)
    return hashlib.sha256(told.encode()).hexdigest()


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


def newest(snapshots: Iterable[Snapshot], as_of: str | None) -> tuple[Snapshot, ...]:
    """Return the newest snapshot of each source that is not after a day."""
    newest: dict[str, Snapshot] = {}
    for snapshot in snapshots:
        if as_of is None or snapshot.snapshot <= as_of:
            newest[snapshot.source] = snapshot
    return tuple(newest.values())


def _entities(connection: sqlite3.Connection, snapshot: Snapshot, days: list[str]) -> Iterator[Entity]:
    """Yield every entity a source held up to a snapshot, with its dates; those gone carry the day they were gone."""
    runs: dict[str, list[Run]] = {}
    for row in connection.execute(
        "SELECT item, version, first, until FROM held "
        "WHERE source = ? AND kind = 'entity' AND first <= ? ORDER BY item, first",
        (snapshot.source, snapshot.snapshot),
    ):
        runs.setdefault(row[0], []).append(Run(*row))
    by_item = {item: stretches(own) for item, own in runs.items()}
    wanted = {stretch[-1].version for own in by_item.values() for stretch in own}
    bodies = {key: body for key, body in connection.execute("SELECT id, body FROM version") if key in wanted}
    for own in by_item.values():
        entity = _decode(bodies[own[-1][-1].version])
        listings = [
            dated(listing, stretch, days, again=number > 0)
            for number, stretch in enumerate(own)
            for listing in (entity if stretch is own[-1] else _decode(bodies[stretch[-1].version])).listings
        ]
        yield msgspec.structs.replace(entity, listings=tuple(listings))


def _decode(body: bytes) -> Entity:
    return _entity_decoder.decode(zlib.decompress(body))


def _links(connection: sqlite3.Connection, snapshot: Snapshot) -> Iterator[Link]:
    for (body,) in connection.execute(
        "SELECT body FROM version JOIN held ON held.version = version.id "
        "WHERE source = ? AND kind = 'link' AND first <= ? AND (until IS NULL OR until > ?)",
        (snapshot.source, snapshot.snapshot, snapshot.snapshot),
    ):
        yield _link_decoder.decode(zlib.decompress(body))
