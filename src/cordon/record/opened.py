"""The newest record as it was last put together from the store, kept ready to be opened in a moment.

A file that can be thrown away at any time: it is made again from the snapshots. Its name holds the digest of the
snapshots it stands for, so that one which is out of date is never read.
"""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

import msgspec

from cordon.model import Entity, Link
from cordon.record.linking import Same
from cordon.record.unhurried import unhurried

_VERSION = 1
"""Counts the shapes of `Opened`; another one makes old files unread."""


class Opened(msgspec.Struct, frozen=True):
    """What a record holds beside its snapshots."""

    entities: tuple[Entity, ...]
    links: tuple[Link, ...]
    same: dict[str, tuple[Same, ...]]


def _path(folder: Path, key: str) -> Path:
    return folder / "opened" / f"{key[:32]}.{_VERSION}.msgpack"


def opened_from(folder: Path, key: str) -> Opened | None:
    """Return the record that stands for a digest of snapshots, or None when there is none, or it is damaged.

    Args:
        folder: the data folder.
        key: digest of all snapshots.

    """
    try:
        raw = _path(folder, key).read_bytes()
    except OSError:
        return None
    try:
        with unhurried():
            return msgspec.msgpack.decode(raw, type=Opened)
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None


def write_opened(folder: Path, key: str, opened: Opened) -> None:
    """Keep a record for the next time, in place of older ones; where that cannot be, nothing happens."""
    path = _path(folder, key)
    with contextlib.suppress(OSError):
        path.parent.mkdir(parents=True, exist_ok=True)
        for old in path.parent.iterdir():
            old.unlink()
        partial = path.with_suffix(f".{os.getpid()}.partial")
        partial.write_bytes(msgspec.msgpack.encode(opened))
        partial.replace(path)
