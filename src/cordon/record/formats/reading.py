"""What a parser returns, and the small readings that several formats share."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from cordon.model import Entity, Link

_MONTHS = {name: number for number, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}
_DAY = re.compile(r"(\d{1,2}) ([A-Za-z]{3})[a-z]* (\d{4})")
_MONTH = re.compile(r"([A-Za-z]{3})[a-z]* (\d{4})")
_YEAR = re.compile(r"\d{4}")


class Parsed(NamedTuple):
    """What the files of one list held.

    Attributes:
        entities: subjects with their listings.
        links: relations between them.
        ignored: what was not turned into an entity, listing or link, with how often.

    """

    entities: tuple[Entity, ...]
    links: tuple[Link, ...]
    ignored: Mapping[str, int]


def iso_date(text: str) -> str | None:
    """Return an English date ("22 Dec 1961", "Dec 1961", "circa 1961") as an ISO prefix, or None."""
    plain = text.strip().removeprefix("circa ").strip()
    if found := _DAY.fullmatch(plain):
        month = _MONTHS.get(found[2].lower())
        return f"{found[3]}-{month:02}-{int(found[1]):02}" if month else None
    if found := _MONTH.fullmatch(plain):
        month = _MONTHS.get(found[1].lower())
        return f"{found[2]}-{month:02}" if month else None
    return plain if _YEAR.fullmatch(plain) else None
