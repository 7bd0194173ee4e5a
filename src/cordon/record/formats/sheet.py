"""Rows of a spreadsheet or CSV file as dictionaries, under the header wherever it stands in the first lines."""

from __future__ import annotations

import csv
import datetime
import io
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterable, Iterator
from importlib import import_module
from xml.sax.saxutils import escape

from cordon.errors import InputError
from cordon.record.formats.reading import decoded

MAX_SHEET = 512 * 1024 * 1024
"""Largest spreadsheet read, unpacked, in bytes; the UK's list of 2025 unpacks to about 30 MB."""
_HEADER_WITHIN = 10
_HEAD = 65536


def rows(
    raw: bytes, *, header: str, origin: str, above: list[list[str]] | None = None, legacy: bool = False
) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield (line, cells by column) of a CSV or XLSX file; empty cells are empty strings, days are ISO.

    Cells beyond the header stand under "column N", so that no cell is lost.

    Args:
        raw: the file.
        header: a column that the header line has.
        origin: what to call the file in an error.
        above: where the rows above the header are put, for those who want them.
        legacy: whether the publisher is known to use Windows-1252.

    Raises:
        InputError: no such header, not a readable file, or the extra for spreadsheets is not installed.

    """
    lines = _sheet(raw, origin) if raw[:2] == b"PK" else _csv(raw, origin, legacy=legacy)
    columns: list[str] = []
    for seen, (number, cells) in enumerate(lines, 1):
        if columns:
            extra = (f"column {place}" for place in range(len(columns) + 1, len(cells) + 1))
            given = {column: cell for column, cell in zip((*columns, *extra), cells, strict=False) if column}
            if any(given.values()):
                yield number, given
        elif header in cells:
            columns = _apart(cells)
        elif seen >= _HEADER_WITHIN:
            break
        elif above is not None:
            above.append(cells)
    if not columns:
        raise InputError(
            f"{origin}: has no column {header!r}", hint="check that it is the publisher's file", code="bad-table"
        )


def _apart(header: list[str]) -> list[str]:
    """Return the columns of a header with a number behind the second of one name."""
    seen: Counter[str] = Counter()
    columns = []
    for name in header:
        seen[name] += 1
        columns.append(f"{name} ({seen[name]})" if name and seen[name] > 1 else name)
    return columns


def row_text(raw: bytes, line: int, origin: str) -> str:
    """Return one row of a spreadsheet as lines of "column: value", the header being its first row of text."""
    columns: list[str] = []
    for number, cells in _sheet(raw, origin):
        if number == line:
            named = zip([*columns, *[""] * len(cells)], cells, strict=False)
            return "\n".join(f"{column}: {cell}" if column else cell for column, cell in named if cell)
        if number <= _HEADER_WITHIN and sum(map(bool, cells)) > sum(map(bool, columns)):
            columns = cells
    return ""


def first_row(raw: bytes, origin: str) -> list[str]:
    """Return the cells of the first row, which may stand above the header."""
    lines = _sheet(raw, origin) if raw[:2] == b"PK" else _csv(raw[:_HEAD].rpartition(b"\n")[0], origin)
    return next((cells for _, cells in lines), [])


def has_header(raw: bytes, *columns: str) -> bool:
    """Whether a CSV file has all these columns in one of its first lines, or a spreadsheet has cells of these texts."""
    if raw[:2] == b"PK":
        return _has_texts(raw, columns)
    try:
        lines = _csv(raw[:_HEAD].rpartition(b"\n")[0], "")
        return any(set(columns) <= set(cells) for _, (_, cells) in zip(range(_HEADER_WITHIN), lines, strict=False))
    except InputError:
        return False


def _has_texts(raw: bytes, texts: Iterable[str]) -> bool:
    """Whether a spreadsheet's shared strings, or its first sheet where it has none, hold all these texts."""
    try:
        with zipfile.ZipFile(io.BytesIO(raw)) as packed:
            names = [name for name in packed.namelist() if name in ("xl/sharedStrings.xml", "xl/worksheets/sheet1.xml")]
            small = [name for name in sorted(names) if packed.getinfo(name).file_size <= MAX_SHEET]
            held = packed.read(small[0]).decode(errors="replace") if small else ""
    except (zipfile.BadZipFile, zlib.error, OSError, RuntimeError):
        return False
    return all(f">{escape(text)}<" in held for text in texts)


def _csv(raw: bytes, origin: str, *, legacy: bool = True) -> Iterator[tuple[int, list[str]]]:
    text = decoded(raw, origin, legacy=legacy)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    line = 1
    try:
        for cells in reader:
            yield line, [" ".join(cell.split()) for cell in cells]
            line = reader.line_num + 1
    except csv.Error as error:
        cut = "the file ends inside a quoted cell: it is cut off" if "end of data" in str(error) else str(error)
        raise InputError(
            f"{origin}, line {reader.line_num}: {cut}", hint="get the file again", code="bad-table"
        ) from error


def _delimiter(text: str) -> str:
    """Return what parts the cells of the first line: a comma, semicolon or tab, whichever stands there most."""
    first = text[: text.find("\n")] if "\n" in text else text
    return max(",;\t", key=first.count)


def _sheet(raw: bytes, origin: str) -> Iterator[tuple[int, list[str]]]:
    try:
        openpyxl = import_module("openpyxl")
    except ImportError as error:
        raise InputError(
            f"{origin}: is a spreadsheet", hint="pip install 'cordon[xlsx]' reads it", code="missing-extra"
        ) from error
    try:
        if sum(part.file_size for part in zipfile.ZipFile(io.BytesIO(raw)).infolist()) > MAX_SHEET:
            raise InputError(f"{origin}: unpacks to more than {MAX_SHEET:,} bytes", code="file-too-large")
        found: Iterable[tuple[object, ...]] = openpyxl.load_workbook(io.BytesIO(raw), read_only=True).active.iter_rows(
            values_only=True
        )
        for number, cells in enumerate(found, 1):
            yield number, [_cell(cell) for cell in cells]
    except (AttributeError, KeyError, OSError, SyntaxError, ValueError, zipfile.BadZipFile, zlib.error) as error:
        raise InputError(
            f"{origin}: is not a readable spreadsheet: {error}", hint="get the file again", code="bad-table"
        ) from error


def _cell(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime.datetime):
        return cell.date().isoformat()
    return " ".join(str(cell).split())
