"""Reads the fact tables beside this package: tab-separated, ``#`` starts a comment, first line after them is data."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib.resources import files


def rows(package: str, name: str) -> Iterator[list[str]]:
    """Yield the cells of every data row of a packaged table.

    Args:
        package: dotted package whose ``data`` folder holds the table.
        name: file name, e.g. ``countries.tsv``.

    """
    text = (files(package) / "data" / name).read_text(encoding="utf-8")
    for line in text.split("\n"):
        if line and not line.startswith("#"):
            yield [cell.strip() for cell in line.split("\t")]


def split(cell: str) -> tuple[str, ...]:
    """Return the values of a cell that holds several, separated by ``|``."""
    return tuple(part for part in (piece.strip() for piece in cell.split("|")) if part)


@cache
def word_set(package: str, name: str) -> frozenset[str]:
    """Return the first column of a packaged table as a set."""
    return frozenset(row[0] for row in rows(package, name))
