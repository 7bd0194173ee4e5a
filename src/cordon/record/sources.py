"""The lists Cordon knows by code, and which parser reads the files of each."""

from __future__ import annotations

import datetime
import difflib
import gzip
import io
import lzma
import re
import tarfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from cordon.errors import InputError
from cordon.record.formats import ca_xml, eu_journal, ftm, ofac_csv, uk_conlist, un_xml
from cordon.record.formats.reading import Parsed


class Source(NamedTuple):
    """A publisher's list.

    Attributes:
        code: what it is called on the command line and in answers.
        authority: who lists.
        title: what the publisher calls it.

    """

    code: str
    authority: str
    title: str


SOURCES: Mapping[str, Source] = MappingProxyType(
    {
        source.code: source
        for source in (
            Source("us-ofac-sdn", "US OFAC", "Specially Designated Nationals and Blocked Persons List"),
            Source("us-ofac-cons", "US OFAC", "Consolidated (non-SDN) Sanctions List"),
            Source("un-sc", "UN", "United Nations Security Council Consolidated List"),
            Source("uk-conlist", "UK", "Consolidated List of Financial Sanctions Targets"),
            Source("ca-sema", "Canada", "Consolidated Canadian Autonomous Sanctions List"),
            Source("eu-journal", "EU", "EU restrictive measures, as tables of the Official Journal"),
        )
    }
)
"""Lists with a parser of their own; any other can be added as FollowTheMoney JSON lines under its own code."""

MAX_BYTES = 256 * 1024 * 1024
"""Largest file read, unpacked; the largest official list is OFAC's advanced XML of about 100 MB."""
_CODE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_MEMBER_DAY = re.compile(r"(\d{4}-\d{2}-\d{2})[^/]*/[^/]+$")
_OFAC_PARTS = {"sdn": "sdn", "cons_prim": "sdn", "alt": "alt", "cons_alt": "alt", "add": "add", "cons_add": "add"}


class Dated(NamedTuple):
    """The files of one list on one day."""

    day: str
    files: Mapping[str, bytes]


def _unpacked(raw: bytes, name: str) -> tuple[str, bytes]:
    """Return (name without the packing's ending, unpacked bytes).

    Raises:
        InputError: the packing is broken, or the file unpacks to more than `MAX_BYTES`.

    """
    opener = gzip.open if raw[:2] == b"\x1f\x8b" else lzma.open if raw[:6] == b"\xfd7zXZ\x00" else None
    if opener is not None:
        try:
            with opener(io.BytesIO(raw)) as packed:
                raw = packed.read(MAX_BYTES + 1)
        except (OSError, EOFError, lzma.LZMAError) as error:
            raise InputError(
                f"{name}: cannot be unpacked: {error}", hint="get the file again", code="broken-file"
            ) from error
        name = name.rsplit(".", 1)[0]
    if len(raw) > MAX_BYTES:
        raise InputError(f"{name}: unpacks to more than {MAX_BYTES:,} bytes", code="file-too-large")
    return name, raw


def read_files(paths: list[Path], day: str | None) -> Iterator[Dated]:
    """Yield the files of a list, one set a day; an archive of dated folders yields one set for each, oldest first.

    Args:
        paths: the files of one day, or one tar archive with members like ``2023-01-06T184401Z/sdn.csv``.
        day: their ISO day; today when None.

    Raises:
        InputError: a file cannot be read or unpacked.

    """
    if len(paths) == 1 and ".tar" in paths[0].name:
        yield from _read_archive(paths[0])
        return
    files: dict[str, bytes] = {}
    for path in paths:
        try:
            raw = path.read_bytes()
        except OSError as error:
            raise InputError(f"{path}: cannot be read: {error.strerror}", code="unreadable-file") from error
        name, data = _unpacked(raw, path.name)
        files[name] = data
    yield Dated(day or datetime.date.today().isoformat(), files)


def _read_archive(path: Path) -> Iterator[Dated]:
    """Yield the newest member of each day of an archive."""
    try:
        with tarfile.open(path, "r:*") as packed:
            newest = {
                found[1]: member
                for member in sorted(packed.getmembers(), key=lambda one: one.name)
                if (found := _MEMBER_DAY.search(member.name))
            }
            for day, member in sorted(newest.items()):
                handle = packed.extractfile(member)
                if handle is not None and member.size <= MAX_BYTES:
                    yield Dated(day, {Path(member.name).name: handle.read()})
    except (OSError, tarfile.TarError, lzma.LZMAError) as error:
        raise InputError(
            f"{path}: cannot be read as an archive: {error}", hint="get the file again", code="broken-file"
        ) from error


def parse(code: str, files: Mapping[str, bytes]) -> Parsed:
    """Read the files of one list on one day.

    Raises:
        InputError: the code is not well formed, or the files are not in a form that is read.

    """
    if all(name.endswith((".json", ".jsonl", ".ftm")) for name in files):
        _check_code(code)
        return ftm.parse(
            (line for name in sorted(files) for line in files[name].splitlines()),
            origin=", ".join(sorted(files)),
            source=code,
        )
    if code not in SOURCES:
        near = difflib.get_close_matches(code, SOURCES, 1)
        hint = (
            f"did you mean {near[0]}?"
            if near
            else f"known: {', '.join(SOURCES)}; any list in FollowTheMoney JSON lines"
        )
        raise InputError(f"no parser for the files of {code!r}: {', '.join(files)}", hint=hint, code="unknown-source")
    if code in _ONE_FILE:
        return _parse_one(code, files)
    return eu_journal.parse(files) if code == eu_journal.SOURCE else _parse_ofac(code, files)


_ONE_FILE = MappingProxyType(
    {un_xml.SOURCE: un_xml.parse, ca_xml.SOURCE: ca_xml.parse, uk_conlist.SOURCE: uk_conlist.parse}
)
"""Parsers of lists that come as one file."""


def _parse_one(code: str, files: Mapping[str, bytes]) -> Parsed:
    if len(files) != 1:
        raise InputError(
            f"{code}: the list is one file, not {len(files)}", hint="add one day at a time", code="wrong-files"
        )
    ((name, raw),) = files.items()
    return _ONE_FILE[code](raw, origin=name)


def _parse_ofac(code: str, files: Mapping[str, bytes]) -> Parsed:
    roles = {name: _OFAC_PARTS.get(name.rsplit(".", 1)[0].lower(), "") for name in files}
    unknown = [name for name, role in roles.items() if not role]
    parts = {role: files[name] for name, role in roles.items()}
    if unknown or "sdn" not in parts:
        raise InputError(
            f"{code}: cannot use {', '.join(unknown or files)}",
            hint="expected sdn.csv, with alt.csv and add.csv if you have them",
            code="wrong-files",
        )
    alt, add = parts.get("alt", b""), parts.get("add", b"")
    return ofac_csv.parse(parts["sdn"], alt, add, source=code, authority=SOURCES[code].authority)


def _check_code(code: str) -> None:
    if not _CODE.fullmatch(code):
        raise InputError(
            f"not a code for a list: {code!r}",
            hint="small letters, digits and hyphens, e.g. my-list",
            code="bad-source",
        )
