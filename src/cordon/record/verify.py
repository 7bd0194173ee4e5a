"""Everything that is kept, read and hashed again: whether an answer could still be replayed."""

from __future__ import annotations

import hashlib
import zlib
from typing import NamedTuple

import msgspec

from cordon.errors import RecordError
from cordon.record.originals import digest_of
from cordon.record.store import Store
from cordon.record.versions import unpacked


class Verified(NamedTuple):
    """What was looked at, and one sentence for everything that is not as it was."""

    snapshots: int
    files: int
    versions: int
    problems: tuple[str, ...]


def verify(store: Store) -> Verified:
    """Read every original file and every version of every entity, and hash them again.

    Args:
        store: the record on disk.

    Raises:
        RecordError: the database cannot be opened at all.

    """
    if not store.exists():
        return Verified(0, 0, 0, ())
    problems: list[str] = []
    with store.connection() as connection:
        for (sentence,) in connection.execute("PRAGMA integrity_check"):
            if sentence != "ok":
                problems.append(f"database: {sentence}")
        snapshots = connection.execute(
            "SELECT source, day, sha256, files FROM snapshot "
            "UNION ALL SELECT source, day, sha256, files FROM quarantine "
            "UNION ALL SELECT source, day, sha256, files FROM replaced"
        ).fetchall()
        versions = 0
        for number, digest, body in connection.execute("SELECT id, hash, body FROM version"):
            versions += 1
            if not _is_whole(body, digest):
                problems.append(f"version {number}: is not what it was when it was added")
    files = 0
    for source, day, digest, names in snapshots:
        given = msgspec.json.decode(names, type=dict[str, str])
        files += len(given)
        problems += _snapshot_problems(store, f"{source} of {day}", digest, given)
    return Verified(len(snapshots), files, versions, tuple(problems))


def _is_whole(body: bytes, digest: bytes) -> bool:
    try:
        return hashlib.blake2b(unpacked(body), digest_size=16).digest() == digest
    except zlib.error:
        return False


def _snapshot_problems(store: Store, what: str, digest: str, names: dict[str, str]) -> list[str]:
    held: dict[str, bytes] = {}
    problems = []
    for name, own in names.items():
        try:
            held[name] = store.originals.read(own)
        except RecordError as error:
            problems.append(f"{what}, {name}: {error.message}")
    if not problems and digest_of(held) != digest:
        problems.append(f"{what}: the digest of its files is not the one of the snapshot")
    return problems
