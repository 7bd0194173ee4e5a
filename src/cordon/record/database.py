"""The record's database: SQLite in WAL mode, brought up to date by numbered steps."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path

from cordon.errors import RecordError

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
    """
CREATE TABLE fetched (
  source TEXT NOT NULL, name TEXT NOT NULL, etag TEXT, last_modified TEXT, checked TEXT NOT NULL,
  PRIMARY KEY (source, name)) WITHOUT ROWID;
CREATE TABLE replaced (
  source TEXT NOT NULL, day TEXT NOT NULL, sha256 TEXT NOT NULL, entities INTEGER NOT NULL, files TEXT NOT NULL,
  ignored TEXT NOT NULL, added TEXT NOT NULL);
""",
)
"""Each brings a data folder one step on; SQLite's ``user_version`` counts those that were taken.

``held``: an item is in the snapshots of days ``first`` <= day < ``until``; NULL while the newest still has it.
``sign``: the keys under which entries of several lists can be found to be one subject. ``fetched``: what a publisher's
server said of a file when it was last taken in or found unchanged, and when. ``replaced``: snapshots that a later file
of the same day took the place of; their originals are kept.
"""


@contextlib.contextmanager
def connected(path: Path) -> Iterator[sqlite3.Connection]:
    """Open a database for a while, made or brought up to date where needed.

    Raises:
        RecordError: it is damaged, or was written by a newer Cordon.

    """
    path.parent.mkdir(parents=True, exist_ok=True)
    connection = sqlite3.connect(path, isolation_level=None, timeout=60)
    try:
        connection.execute("PRAGMA journal_mode = WAL")
        _migrate(connection)
        yield connection
    except sqlite3.DatabaseError as error:
        raise RecordError(
            f"{path} cannot be read: {error}", hint="restore it from a backup", code="damaged-record"
        ) from error
    finally:
        connection.close()


@contextlib.contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Do everything inside or nothing."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")


def _migrate(connection: sqlite3.Connection) -> None:
    """Take the migrations that a data folder has not had yet."""
    done = connection.execute("PRAGMA user_version").fetchone()[0]
    if done > len(_MIGRATIONS):
        raise RecordError("the data folder was written by a newer Cordon", hint="install that one", code="newer-record")
    if done < len(_MIGRATIONS):
        with transaction(connection):
            done = connection.execute("PRAGMA user_version").fetchone()[0]  # another process may have been faster
            for statement in ";".join(_MIGRATIONS[done:]).split(";"):
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version = {len(_MIGRATIONS)}")
