"""Snapshots on disk: every version of every entity, answerable as of any day, and the original bytes they came from.

SQLite in WAL mode holds what changes; a version of an entity is stored once, however many snapshots hold it, with the
run of snapshots it was in. Snapshots may be added in any order.
"""

from __future__ import annotations

import datetime
import hashlib
import sqlite3
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import NamedTuple

import msgspec

from cordon.errors import InputError, RecordError
from cordon.model import Entity, Link, Snapshot
from cordon.record.database import connected, transaction
from cordon.record.formats.dates import valid_date
from cordon.record.formats.reading import Parsed
from cordon.record.linking import RULES, linked
from cordon.record.opened import Opened, opened_from, write_opened
from cordon.record.originals import Originals, digest_of
from cordon.record.record import Record
from cordon.record.versions import (
    Held,
    entities_by_number,
    entities_of,
    held_in,
    history_in,
    links_in,
    meetings_in,
    merge,
    unmerge,
)


class Added(NamedTuple):
    """What adding a snapshot did.

    Attributes:
        snapshot: the snapshot, as it now stands.
        changed: False when the same bytes were there already.
        new_versions: versions of entities and links that were not known before.
        ignored: what the parser did not turn into anything, with how often.
        read: what it did: how many entities of each schema, how many listings and links.
        undated: the day is only the day on which the files were added.
        doubts: what speaks against the files being the list, in sentences.
        quarantined: whether they were kept apart for it, and are not answered from.

    """

    snapshot: Snapshot
    changed: bool
    new_versions: int
    ignored: Mapping[str, int]
    read: Mapping[str, int]
    undated: bool = False
    doubts: tuple[str, ...] = ()
    quarantined: bool = False


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

    def connection(self, *, write: bool = False) -> AbstractContextManager[sqlite3.Connection]:
        """Open the database for a while.

        Args:
            write: whether anything will be changed; without it a folder that cannot be written to will do.

        Raises:
            RecordError: it cannot be read or written, or was written by a newer Cordon.

        """
        return connected(self._path, write=write)

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

    def add(self, source: str, day: str, files: Mapping[str, bytes], parsed: Parsed, *, replace: bool = False) -> Added:
        """Store the files of a list as received on a day, with what was read from them, in one transaction.

        Args:
            source: code of the list.
            day: ISO day of the snapshot.
            files: original bytes by file name.
            parsed: what they hold.
            replace: let them take the place of other files of that day, which are kept; what was itself replaced
                before does not come back.

        Raises:
            InputError: nothing was read from the files, or another file is there for the same day.

        """
        if not parsed.entities:
            raise InputError(
                f"{source}: no entity was read from {', '.join(files)}",
                hint="check the file and its format",
                code="empty-list",
            )
        _check_day(source, day)
        digest = digest_of(files)
        snapshot = Snapshot(source=source, snapshot=day, sha256=digest, entities=len(parsed.entities))
        names = {name: self.originals.keep(data) for name, data in files.items()}
        with self.connection(write=True) as connection, transaction(connection):
            there = connection.execute(
                "SELECT sha256 FROM snapshot WHERE source = ? AND day = ?", (source, day)
            ).fetchone()
            if there is not None and (there[0] == digest or _was_replaced(connection, source, day, digest)):
                connection.execute("DELETE FROM quarantine WHERE source = ? AND day = ?", (source, day))
                return Added(snapshot, False, 0, parsed.ignored, {})
            if there is not None and replace:
                _replace(connection, source, day)
            elif there is not None:
                raise InputError(
                    f"{source}: a different snapshot of {day} is there already",
                    hint="give another --date",
                    code="snapshot-exists",
                )
            fresh = merge(connection, source, day, parsed)
            connection.execute(
                "INSERT INTO snapshot VALUES (?, ?, ?, ?, ?, ?, ?)",
                (source, day, digest, len(parsed.entities), _json(names), _json(dict(parsed.ignored)), _now()),
            )
            connection.execute("DELETE FROM quarantine WHERE source = ? AND day = ?", (source, day))
        return Added(snapshot, True, fresh, parsed.ignored, _read(parsed))

    def remove(self, source: str, day: str) -> None:
        """Take a snapshot out of the answers; its original files are kept, and that it was there is remembered.

        Raises:
            RecordError: there is no snapshot of that list and day.

        """
        if all((one.source, one.snapshot) != (source, day) for one in self.snapshots()):
            raise RecordError(
                f"no snapshot of {source} of {day} is there",
                hint="cordon record list --all shows what is",
                code="no-snapshot",
            )
        with self.connection(write=True) as connection, transaction(connection):
            _replace(connection, source, day)

    def quarantine(
        self, source: str, day: str, files: Mapping[str, bytes], count: int, reasons: Sequence[str]
    ) -> Snapshot:
        """Keep the files of a snapshot that is not taken in, with the reasons; a later one of that day replaces it."""
        digest = digest_of(files)
        names = {name: self.originals.keep(data) for name, data in files.items()}
        with self.connection(write=True) as connection:
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

    def validators(self, source: str) -> dict[str, tuple[str | None, str | None]]:
        """Return what a publisher's server said of its files: (ETag, Last-Modified) by name."""
        with self.connection() as connection:
            found = connection.execute(
                "SELECT name, etag, last_modified FROM fetched WHERE source = ?", (source,)
            ).fetchall()
        return {name: (etag, modified) for name, etag, modified in found}

    def checked(self, source: str, validators: Mapping[str, tuple[str | None, str | None]]) -> None:
        """Remember that a list was looked at just now, and what the server said of its files where it sent them."""
        with self.connection(write=True) as connection, transaction(connection):
            connection.executemany(
                "INSERT OR REPLACE INTO fetched VALUES (?, ?, ?, ?, ?)",
                [(source, name, etag, modified, _now()) for name, (etag, modified) in validators.items()],
            )
            connection.execute("UPDATE fetched SET checked = ? WHERE source = ?", (_now(), source))

    def last_checked(self) -> dict[str, str]:
        """Return, by list, when it was last found in order at its publisher (ISO date and time, UTC)."""
        if not self.exists():
            return {}
        with self.connection() as connection:
            return dict(connection.execute("SELECT source, MAX(checked) FROM fetched GROUP BY source"))

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
                for entity in entities_of(connection, snapshot, self._days(snapshot.source, snapshot.snapshot)):
                    there = entities.get(entity.id)
                    entities[entity.id] = _united(there, entity) if there is not None else entity
                links += links_in(connection, snapshot.source, snapshot.snapshot)
            pairs = [pair for pair in meetings_in(connection, used) if pair[0] in entities and pair[1] in entities]
        return Opened(tuple(entities.values()), tuple(links), linked(entities, pairs))

    def meetings(self, as_of: str | None = None) -> tuple[tuple[str, str], ...]:
        """Return the pairs of ids that share a sign in the newest snapshots not after a day."""
        with self.connection() as connection:
            return tuple(meetings_in(connection, newest(self.snapshots(), as_of)))

    def history(self, item: str, as_of: str | None = None) -> dict[str, tuple[Held, ...]]:
        """Return, by list, every version of an entity with the snapshots between which it was held, oldest first.

        Args:
            item: id of the entity.
            as_of: ISO day; later snapshots are left out.

        """
        with self.connection() as connection:
            return history_in(connection, item, as_of or "9999")

    def held_on(self, source: str, day: str) -> dict[str, int]:
        """Return the entities that a list's snapshot of a day holds: the number of the version by id."""
        with self.connection() as connection:
            return held_in(connection, source, day)

    def links_on(self, source: str, day: str) -> tuple[Link, ...]:
        """Return the links that a list's snapshot of a day holds."""
        with self.connection() as connection:
            return tuple(links_in(connection, source, day))

    def versions(self, numbers: Iterable[int]) -> dict[int, Entity]:
        """Return the versions of some numbers."""
        with self.connection() as connection:
            return entities_by_number(connection, numbers)

    def _days(self, source: str, last: str) -> list[str]:
        return [item.snapshot for item in self.snapshots() if item.source == source and item.snapshot <= last]


def _replace(connection: sqlite3.Connection, source: str, day: str) -> None:
    """Take a snapshot out of the answers, and remember that it was there."""
    where = "WHERE source = ? AND day = ?"
    connection.execute(f"INSERT INTO replaced SELECT * FROM snapshot {where}", (source, day))
    connection.execute(f"DELETE FROM snapshot {where}", (source, day))
    unmerge(connection, source, day)


def _was_replaced(connection: sqlite3.Connection, source: str, day: str, digest: str) -> bool:
    found = connection.execute(
        "SELECT 1 FROM replaced WHERE source = ? AND day = ? AND sha256 = ?", (source, day, digest)
    ).fetchone()
    return found is not None


def _read(parsed: Parsed) -> dict[str, int]:
    """Return what a parser read, by kind."""
    found = dict(Counter(entity.schema for entity in parsed.entities).most_common())
    values = sum(len(values) for entity in parsed.entities for values in entity.properties.values())
    listings = sum(len(entity.listings) for entity in parsed.entities)
    return {**found, "listings": listings, "values": values, "links": len(parsed.links)}


def _united(left: Entity, right: Entity) -> Entity:
    """Return an entity that two lists give under one id, with the values and listings of both."""
    fields = dict.fromkeys((*left.properties, *right.properties))
    return msgspec.structs.replace(
        left,
        properties={field: tuple(dict.fromkeys((*left.values(field), *right.values(field)))) for field in fields},
        datasets=tuple(dict.fromkeys((*left.datasets, *right.datasets))),
        listings=tuple(dict.fromkeys((*left.listings, *right.listings))),
    )


def _opened_key(snapshots: Iterable[Snapshot]) -> str:
    told = " ".join(f"{item.source} {item.snapshot} {item.sha256}" for item in snapshots)
    return hashlib.sha256(f"{RULES} {told}".encode()).hexdigest()


def _json(value: object) -> str:
    return msgspec.json.encode(value).decode()


def _check_day(source: str, day: str) -> None:
    if valid_date(day) is None or len(day) != 10 or day > _latest_day():
        raise InputError(
            f"{source}: {day} is no day on which a file can have been received",
            hint="give the day with --date",
            code="bad-date",
        )


def _latest_day() -> str:
    """Return the last day that has begun anywhere on earth."""
    return (datetime.datetime.now(datetime.UTC) + datetime.timedelta(hours=14)).date().isoformat()


def _now() -> str:
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")


def newest(snapshots: Iterable[Snapshot], as_of: str | None) -> tuple[Snapshot, ...]:
    """Return the newest snapshot of each source that is not after a day."""
    newest: dict[str, Snapshot] = {}
    for snapshot in snapshots:
        if as_of is None or snapshot.snapshot <= as_of:
            newest[snapshot.source] = snapshot
    return tuple(newest.values())
