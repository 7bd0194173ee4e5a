"""The original bytes of every file, compressed, each under its sha256: what an answer can be replayed from."""

from __future__ import annotations

import contextlib
import hashlib
import os
import zlib
from collections.abc import Mapping
from pathlib import Path

from cordon.errors import RecordError

_ENDING = ".z"


class Originals:
    """Files by their digest.

    Args:
        folder: where they are kept; made when something is first kept.

    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def _path(self, digest: str) -> Path:
        return self.folder / digest[:2] / f"{digest}{_ENDING}"

    def keep(self, data: bytes) -> str:
        """Write bytes under their sha256, unless they are there, and return it.

        Raises:
            RecordError: the disk is full, or cannot be written to.

        """
        digest = hashlib.sha256(data).hexdigest()
        path = self._path(digest)
        if path.exists():
            return digest
        partial = path.with_name(f"{digest}.{os.getpid()}.partial")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            partial.write_bytes(zlib.compress(data, 9))
            partial.replace(path)
        except OSError as error:
            with contextlib.suppress(OSError):
                partial.unlink()
            raise RecordError(
                f"{self.folder}: cannot be written: {error.strerror}",
                hint="make room or let it be written to; nothing that was there is lost",
                code="unwritable-record",
            ) from error
        return digest

    def read(self, digest: str) -> bytes:
        """Return the bytes of a digest.

        Raises:
            RecordError: they are missing, damaged, or not what they were.

        """
        try:
            data = zlib.decompress(self._path(digest).read_bytes())
        except FileNotFoundError as error:
            raise _damaged(digest, "is missing") from error
        except (OSError, zlib.error) as error:
            raise _damaged(digest, f"cannot be read: {error}") from error
        if hashlib.sha256(data).hexdigest() != digest:
            raise _damaged(digest, "is not what it was when it was added")
        return data


def _damaged(digest: str, why: str) -> RecordError:
    return RecordError(
        f"the original file {digest[:12]} {why}",
        hint="cordon record verify names the snapshots it belongs to; restore it from a backup",
        code="damaged-record",
    )


def digest_of(files: Mapping[str, bytes]) -> str:
    """Return the digest of a set of files: of the digests of their contents, in the order of their names."""
    return hashlib.sha256(b"".join(hashlib.sha256(files[name]).digest() for name in sorted(files))).hexdigest()
