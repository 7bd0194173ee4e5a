"""Rows of a spreadsheet or CSV file as dictionaries, under the header wherever it stands in the first lines."""

from __future__ import annotations

import csv
import datetime
import io
import zipfile
from collections.abc import Iterable, Iterator
from importlib import import_module

from cordon.errors import InputError

_HEADER_WITHIN = 10


def rows(raw: bytes, *, header: str, origin: str) -> Iterator[tuple[int, dict[str, str]]]:
    """Yield (line, cells by column) of a CSV or XLSX file; empty cells are empty strings, days are ISO.

    Args:
        raw: the file.
        header: a column that the header line has.
        origin: what to call the file in an error.

    Raises:
        InputError: no such header, not a readable file, or the extra for spreadsheets is not installed.

    """
    lines = _sheet(raw, origin) if raw[:2] == b"PK" else _csv(raw, origin)
    columns: list[str] = []
    for number, cells in enumerate(lines, 1):
        if columns:
            given = {column: cell for column, cell in zip(columns, cells, strict=False) if column}
            if any(given.values()):
                yield number, given
        elif header in cells:
            columns = cells
        elif number > _HEADER_WITHIN:
            break
    if not columns:
        raise InputError(
            f"{origin}: has no column {header!r}", hint="check that it is the publisher's file", code="bad-table"
        )


def _csv(raw: bytes, origin: str) -> Iterator[list[str]]:
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("cp1252", errors="replace")
    reader = csv.reader(io.StringIO(text), strict=True)
    try:
        for cells in reader:
            yield [" ".join(cell.split()) for cell in cells]
    except csv.Error as error:
        raise InputError(
            f"{origin}, line {reader.line_num}: {error}", hint="get the file again", code="bad-csv"
        ) from error


def _sheet(raw: bytes, origin: str) -> Iterator[list[str]]:
    try:
        openpyxl = import_module("openpyxl")
    except ImportError as error:
        raise InputError(
            f"{origin}: is a spreadsheet", hint="pip install 'cordon[xlsx]' reads it", code="missing-extra"
        ) from error
    try:
        found: Iterable[tuple[object, ...]] = openpyxl.load_workbook(io.BytesIO(raw), read_only=True).active.iter_rows(
            values_only=True
        )
        for cells in found:
            yield [_cell(cell) for cell in cells]
    except (KeyError, OSError, ValueError, zipfile.BadZipFile) as error:
        raise InputError(
            f"{origin}: is not a readable spreadsheet: {error}", hint="get the file again", code="bad-table"
        ) from error


def _cell(cell: object) -> str:
    if cell is None:
        return ""
    if isinstance(cell, datetime.datetime):
        return cell.date().isoformat()
    return " ".join(str(cell).split())
