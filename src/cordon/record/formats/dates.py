"""Dates as lists print them, as ISO prefixes: precision is kept, and a day that no calendar has is none."""

from __future__ import annotations

import datetime
import re

_MONTHS = {name: number for number, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}
_DAY = re.compile(r"(\d{1,2}) ([A-Za-z]{3})[a-z]* (\d{4})")
_MONTH = re.compile(r"([A-Za-z]{3})[a-z]* (\d{4})")
_YEAR = re.compile(r"\d{4}")
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")
_ISO = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")


def valid_date(text: str) -> str | None:
    """Return an ISO prefix of a day of the calendar, a month or a year as it is, or None where there is no such day."""
    try:
        datetime.date.fromisoformat((text + "-01-01")[:10])
    except ValueError:
        return None
    return text


def iso_date(text: str) -> str | None:
    """Return an English date ("22 Dec 1961", "Dec 1961", "circa 1961") as an ISO prefix, or None."""
    plain = text.strip().removeprefix("circa ").strip()
    if found := _DAY.fullmatch(plain):
        month = _MONTHS.get(found[2].lower())
        return valid_date(f"{found[3]}-{month:02}-{int(found[1]):02}") if month else None
    if found := _MONTH.fullmatch(plain):
        month = _MONTHS.get(found[1].lower())
        return valid_date(f"{found[2]}-{month:02}") if month else None
    return valid_date(plain) if _YEAR.fullmatch(plain) else None


def slashed_date(text: str, *, month_first: bool = False) -> str | None:
    """Return 22/12/1961 as an ISO prefix, or None; 00/00/1980 and dd/mm/1980 are a year, 00/05/1980 a month.

    Args:
        text: a date; what stands around it is passed over.
        month_first: the American order, 12/22/1961.

    """
    plain = re.sub(r"\bdd\b|\bmm\b", "00", text, flags=re.IGNORECASE)
    found = _SLASHED.search(plain)
    if found is None:
        return None
    month, day = (int(found[1]), int(found[2])) if month_first else (int(found[2]), int(found[1]))
    year = found[3]
    return valid_date(year if month == 0 else f"{year}-{month:02}" if day == 0 else f"{year}-{month:02}-{day:02}")


def any_date(text: str) -> str | None:
    """Return a date as an ISO prefix, or None: ISO (with or without a time), English, or day/month/year."""
    plain = text.strip()
    found = _ISO.match(plain)
    if found and (found.end() == len(plain) or plain[found.end()] in "T +Z"):
        return valid_date(found[0])
    return iso_date(plain) or slashed_date(plain)
