"""Words on a terminal: colour only where it is wanted, lines wrapped to the width, dates as people write them."""

from __future__ import annotations

import datetime
import os
import shutil
import sys
import textwrap
import unicodedata
from collections.abc import Sequence

import click

from cordon.model import Listing

OUTCOME_COLOUR = {"match": "red", "review": "yellow", "clear": "green"}


class Paper:
    """Where a command writes for people.

    Args:
        colour: force colour on or off; None follows the terminal and ``NO_COLOR``.

    """

    def __init__(self, colour: bool | None = None) -> None:
        wanted = sys.stdout.isatty() and "NO_COLOR" not in os.environ
        self.colour = wanted if colour is None else colour
        self.width = max(60, min(shutil.get_terminal_size((100, 24)).columns, 110))

    def style(self, text: str, *, fg: str | None = None, bold: bool = False, dim: bool = False) -> str:
        """Return text in a style, or as it is where colour is off."""
        return click.style(text, fg=fg, bold=bold, dim=dim) if self.colour else text

    def line(self, text: str = "") -> None:
        """Write a line as it is."""
        click.echo(text, color=self.colour)

    def heading(self, text: str, detail: str = "") -> None:
        """Write a heading with an empty line before it, and after it a detail as it is."""
        self.line()
        self.line(self.style(text.upper(), bold=True) + (f"  {printable(detail)}" if detail else ""))

    def labelled(self, label: str, text: str, *, indent: int, width: int) -> None:
        """Write a label and beside it text in lines that fit."""
        room = max(20, self.width - indent - width)
        lines = textwrap.wrap(printable(text), room, break_long_words=False, break_on_hyphens=False)
        for number, one in enumerate(lines):
            self.line(f"{' ' * indent}{label if number == 0 else '':<{width}}{one}")

    def wrapped(self, text: str, *, indent: int, hang: int = 0, dim: bool = False) -> None:
        """Write text in lines that fit, indented."""
        lines = textwrap.wrap(
            printable(text), self.width, initial_indent=" " * indent, subsequent_indent=" " * (indent + hang),
            break_long_words=False, break_on_hyphens=False,
        )  # fmt: skip
        for one in lines:
            self.line(self.style(one, dim=dim))


def printable(text: str) -> str:
    """Return text without control and direction characters, which could rewrite what a terminal shows."""
    kept = (" " if unicodedata.category(char) == "Cc" else char for char in text if unicodedata.category(char) != "Cf")
    return " ".join("".join(kept).split())


def day_in_words(iso: str | None) -> str:
    """Return an ISO date as "29 Oct 2021"; months and years as far as they are known."""
    if not iso:
        return "date unknown"
    try:
        day = datetime.date.fromisoformat((iso + "-01-01")[:10])
    except ValueError:
        return iso
    return f"{day.day} {day:%b %Y}" if len(iso) == 10 else f"{day:%b %Y}" if len(iso) == 7 else iso


def print_listings(paper: Paper, listings: Sequence[Listing], today: str, *, indent: int) -> None:
    """Write listings in columns, oldest first; those not in force on a day are dim."""
    for item in sorted(listings, key=lambda one: (one.listed_on or "", one.authority)):
        seen = "first seen " if item.basis.startswith("first seen") else ""
        word = "until" if item.delisted_basis == "source" else "gone by"
        until = f" {word} {day_in_words(item.delisted_on)}" if item.delisted_on else ""
        head = f"{' ' * indent}{item.authority:<9} {seen}{day_in_words(item.listed_on)}{until}"
        room = indent + 26
        programmes = printable(", ".join(item.programmes))
        line = f"{head:<{room}}  {programmes}" if len(head) + len(programmes) < paper.width else head
        paper.line(paper.style(line.rstrip(), dim=not item.in_force(today)))
        if len(line) == len(head) and programmes:
            paper.wrapped(programmes, indent=room + 2, dim=not item.in_force(today))
