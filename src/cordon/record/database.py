"""The record's database: SQLite in WAL mode, brought up to date by numbered steps."""

from __future__ import annotations

import contextlib
import os
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
def connected(path: Path, *, write: bool) -> Iterator[sqlite3.Connection]:
    """Open a database for a while, made or brought up to date where needed.

    Args:
        path: its file.
        write: whether anything will be changed.

    Raises:
        RecordError: it is damaged, cannot be written where it must be, or was written by a newer Cordon.

    """
    connection: sqlite3.Connection | None = None
    try:
        connection = _opened(path, write=write)
        yield connection
    except (sqlite3.Error, OSError) as error:
        raise RecordError(f"{path}: {error}", hint=_hint(error), code="damaged-record") from error
    finally:
        if connection is not None:
            connection.close()


def _hint(error: Exception) -> str:
    """Return what to do about an error of the database or the disk."""
    if isinstance(error, OSError) or "full" in str(error) or "readonly" in str(error) or "unable to open" in str(error):
        return "make room or let it be written to; nothing that was there is lost"
    return "restore it from a backup"


def _opened(path: Path, *, write: bool) -> sqlite3.Connection:
    """Open a database; one that cannot be written to as it stands, where only reading is wanted."""
    writable = os.access(path.parent, os.W_OK) and (not path.exists() or os.access(path, os.W_OK))
    if not write and path.exists() and not writable:
        connection = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro&immutable=1", uri=True, isolation_level=None)
    else:
        path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(path, isolation_level=None, timeout=60)
        connection.execute("PRAGMA journal_mode = WAL")
    _migrate(connection)
    return connection


@contextlib.contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Do everything inside or nothing."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:  # where the disk is full, SQLite has rolled back by itself
            connection.execute("ROLLBACK")
        raise


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
