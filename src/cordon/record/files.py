"""The files of a list as received: read, unpacked, from an archive told apart by day; none larger than any list."""

from __future__ import annotations

import gzip
import io
import lzma
import re
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import IO, NamedTuple

from cordon.errors import InputError
from cordon.record.formats.dates import valid_date

MAX_BYTES = 256 * 1024 * 1024
"""Largest file read, unpacked; the largest official list is OFAC's advanced XML of about 100 MB."""
_OPENERS: Mapping[bytes, Callable[[io.BytesIO], IO[bytes] | gzip.GzipFile]] = MappingProxyType(
    {b"\x1f\x8b": lambda raw: gzip.GzipFile(fileobj=raw), b"\xfd7": lzma.LZMAFile}
)
_ARCHIVES = (".tar", ".tar.gz", ".tgz", ".tar.xz", ".txz", ".tar.bz2")
_MEMBER_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})[^/]*/[^/]+$")


class Dated(NamedTuple):
    """The files of one list on one day.

    Attributes:
        day: the ISO day; None where it is for the files to say.
        files: the files by name.
        later: whether they are to take the place of files of the same day that came before.

    """

    day: str | None
    files: Mapping[str, bytes]
    later: bool = False


def unpacked(raw: bytes, name: str) -> tuple[str, bytes]:
    """Return (name without the packing's ending, unpacked bytes); a spreadsheet, itself a zip, is left as it is.

    Raises:
        InputError: the packing is broken, or the file unpacks to more than `MAX_BYTES`.

    """
    try:
        if raw[:2] == b"PK" and not name.lower().endswith(".xlsx"):
            with zipfile.ZipFile(io.BytesIO(raw)) as archive:
                members = [member for member in archive.infolist() if not member.is_dir()]
                if len(members) != 1:
                    raise InputError(
                        f"{name}: holds {len(members)} files where one is expected",
                        hint="unpack it and give its files",
                        code="wrong-files",
                    )
                name = Path(members[0].filename).name
                with archive.open(members[0]) as packed:
                    raw = packed.read(MAX_BYTES + 1)
        elif (opener := _OPENERS.get(raw[:2])) is not None:
            with opener(io.BytesIO(raw)) as packed:
                raw = packed.read(MAX_BYTES + 1)
            name = name.rsplit(".", 1)[0]
    except (OSError, EOFError, zlib.error, lzma.LZMAError, zipfile.BadZipFile, RuntimeError) as error:
        raise InputError(
            f"{name}: cannot be unpacked: {error}", hint="get the file again", code="broken-file"
        ) from error
    if len(raw) > MAX_BYTES:
        raise _too_large(name)
    return name, raw


def _too_large(name: str) -> InputError:
    return InputError(
        f"{name}: has more than {MAX_BYTES:,} bytes, which no list has",
        hint="get the file from its publisher again",
        code="file-too-large",
    )


def read_files(paths: list[Path], day: str | None) -> Iterator[Dated]:
    """Yield the files of a list, one set a day; an archive of dated folders yields a set for each, oldest first.

    Args:
        paths: the files of one day, or one tar archive with members like ``2023-01-06T184401Z/sdn.csv``.
        day: their ISO day, if it is known.

    Raises:
        InputError: a file cannot be read or unpacked.

    """
    if len(paths) == 1 and paths[0].name.lower().endswith(_ARCHIVES):
        yield from _read_archive(paths[0])
        return
    files: dict[str, bytes] = {}
    for path in paths:
        if path.exists() and not path.is_file():
            raise InputError(f"{path}: cannot be read: not a file", code="unreadable-file")
        try:
            size = path.stat().st_size
            raw = path.read_bytes() if size <= MAX_BYTES else b""
        except OSError as error:
            raise InputError(f"{path}: cannot be read: {error.strerror}", code="unreadable-file") from error
        if size > MAX_BYTES:
            raise _too_large(path.name)
        name, data = unpacked(raw, path.name)
        if name in files:
            raise InputError(
                f"{path}: a second file named {name}", hint="give each file of a list its own name", code="same-name"
            )
        files[name] = data
    yield Dated(day, files)


def _read_archive(path: Path) -> Iterator[Dated]:
    """Yield the files of each folder of an archive, in the order of their names."""
    try:
        with tarfile.open(path, "r:*") as packed:
            before = ""
            for day, members in _folders(packed, path.name):
                yield Dated(day, dict(_member(packed, one) for one in members), day == before)
                before = day
    except (OSError, EOFError, tarfile.TarError, lzma.LZMAError, zlib.error) as error:
        raise InputError(
            f"{path}: cannot be read as an archive: {error}", hint="get the file again", code="broken-file"
        ) from error


def _folders(packed: tarfile.TarFile, name: str) -> list[tuple[str, list[tarfile.TarInfo]]]:
    """Return the folders with a day in their name and their files, in order; what stands elsewhere is passed over."""
    folders: dict[str, list[tarfile.TarInfo]] = {}
    for member in packed.getmembers():
        found = _MEMBER_DAY.search(member.name)
        if member.isfile() and found is not None and valid_date(found[1]):
            folders.setdefault(member.name.rpartition("/")[0], []).append(member)
    if not folders:
        raise InputError(
            f"{name}: holds no folder with a day in its name",
            hint="expected members like 2023-01-06/sdn.csv; give the files of one day themselves",
            code="wrong-files",
        )
    return [(found[1], folders[one]) for one in sorted(folders) if (found := _MEMBER_DAY.search(f"{one}/x"))]


def _member(packed: tarfile.TarFile, member: tarfile.TarInfo) -> tuple[str, bytes]:
    """Return the name and bytes of a member, unpacked if it is packed itself."""
    handle = packed.extractfile(member)
    if handle is None or member.size > MAX_BYTES:
        raise _too_large(member.name)
    return unpacked(handle.read(), Path(member.name).name)
