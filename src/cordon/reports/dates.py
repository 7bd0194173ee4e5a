"""Dates as news prints them, as ranges of days.

``2021`` is a year and stays one, ``in December`` is the December before the report, ``last week`` counts from the
report's own date.

A small grammar of its own, since general date libraries lose precision, take ordinals for dates and are slow.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta

import msgspec

MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan", "february feb", "march mar", "april apr", "may", "june jun", "july jul", "august aug",
            "september sept sep", "october oct", "november nov", "december dec",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip
WEEKDAYS = {
    name: number
    for number, name in enumerate(["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"])
}
_COUNTS = {
    name: number
    for number, name in enumerate("zero one two three four five six seven eight nine ten eleven twelve".split())
} | {"a": 1, "an": 1, "several": 3, "few": 3, "couple": 2}

_MONTH = r"(?P<month>" + "|".join(sorted(MONTHS, key=len, reverse=True)) + r")\b\.?"
_YEAR = r"(?P<year>(?:19|20)\d{2})(?!\d)"
_DAY = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_PART = r"(?:(?P<part>early|mid|late|the beginning of|the start of|the end of|the middle of)[\s-]+(?:of\s+)?)?"
_WEEKDAY = r"(?P<weekday>" + "|".join(WEEKDAYS) + r")"


class Dated(msgspec.Struct, frozen=True, kw_only=True):
    """A date in a text, as a range of days.

    Args:
        start, end: place in the text.
        text: as written.
        first, last: ISO days, or None where it cannot be resolved (no publication date).
        since: it opens a period that is not said to end ("since 2014").

    """

    start: int
    end: int
    text: str
    first: str | None
    last: str | None
    since: bool = False


_Range = tuple[date, date]


def _day_range(year: int, month: int, day: int) -> _Range | None:
    try:
        value = date(year, month, day)
    except ValueError:
        return None
    return value, value


def _month_range(year: int, month: int) -> _Range:
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])


def _year_range(year: int) -> _Range:
    return date(year, 1, 1), date(year, 12, 31)


def _shift_months(day: date, months: int) -> tuple[int, int]:
    whole = day.year * 12 + day.month - 1 + months
    return whole // 12, whole % 12 + 1


def _numeric(found: re.Match[str], _today: date | None, _ahead: bool) -> _Range | None:
    first, second, year = int(found["a"]), int(found["b"]), int(found["year"])
    if year < 100:
        year += 2000 if year < 70 else 1900
    # Day first, as everywhere outside the United States, unless that cannot be.
    return _day_range(year, second, first) or _day_range(year, first, second)


def _iso(found: re.Match[str], _today: date | None, _ahead: bool) -> _Range | None:
    return _day_range(int(found["year"]), int(found["m"]), int(found["day"]))


def _calendar(found: re.Match[str], today: date | None, ahead: bool) -> _Range | None:
    """Resolve day, month and year, of which the year (and the day) may be missing."""
    groups = found.groupdict()
    month = MONTHS[groups["month"].lower()]
    day = int(groups["day"]) if groups.get("day") else None
    if groups.get("year"):
        year = int(groups["year"])
    elif today is None:
        return None
    else:
        later = (month, day or 1) > (today.month, today.day)
        year = today.year - 1 if later and not ahead else today.year + (not later and ahead and month < today.month)
    return _month_range(year, month) if day is None else _day_range(year, month, day)


def _last_month(found: re.Match[str], today: date | None, _ahead: bool) -> _Range | None:
    """Resolve "last July" and "next March"."""
    if today is None:
        return None
    month = MONTHS[found["month"].lower()]
    if found["which"].lower() == "next":
        return _month_range(today.year + (month <= today.month), month)
    return _month_range(today.year - (month >= today.month), month)


def _year(found: re.Match[str], _today: date | None, _ahead: bool) -> _Range | None:
    return _year_range(int(found["year"]))


def _decade(found: re.Match[str], _today: date | None, _ahead: bool) -> _Range | None:
    year = int(found["year"])
    return date(year, 1, 1), date(year + 9, 12, 31)


def _quarter(found: re.Match[str], _today: date | None, _ahead: bool) -> _Range | None:
    words = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": 4}
    number = found["number"].lower()
    quarter = int(number) if number.isdigit() else words[number]
    if found["span"].lower() == "half":
        return date(int(found["year"]), 1 if quarter == 1 else 7, 1), _month_range(
            int(found["year"]), 6 if quarter == 1 else 12
        )[1]
    return date(int(found["year"]), quarter * 3 - 2, 1), _month_range(int(found["year"]), quarter * 3)[1]


def _season(found: re.Match[str], _today: date | None, _ahead: bool) -> _Range | None:
    year = int(found["year"])
    first, last = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11), "winter": (12, 14)}[
        found["season"].lower()
    ]
    return date(year, first, 1), _month_range(year + (last > 12), (last - 1) % 12 + 1)[1]


def _weekday(found: re.Match[str], today: date | None, ahead: bool) -> _Range | None:
    if today is None:
        return None
    number = WEEKDAYS[found["weekday"].lower()]
    which = (found.groupdict().get("which") or "").lower()
    if which == "next" or (ahead and which != "last"):
        day = today + timedelta((number - today.weekday()) % 7 or 7)
    else:
        back = (today.weekday() - number) % 7
        day = today - timedelta(back or (7 if which == "last" else 0))
    return day, day


def _near_day(found: re.Match[str], today: date | None, _ahead: bool) -> _Range | None:
    if today is None:
        return None
    offset = {"today": 0, "yesterday": -1, "tomorrow": 1}[found["near"].lower()]
    day = today + timedelta(offset)
    return day, day


def _near_period(found: re.Match[str], today: date | None, _ahead: bool) -> _Range | None:
    """Resolve "last week", "this month", "next year", "earlier this year"."""
    if today is None:
        return None
    step = {"last": -1, "past": -1, "previous": -1, "this": 0, "next": 1, "coming": 1}[found["which"].lower()]
    unit = found["unit"].lower()
    if unit == "week":
        monday = today - timedelta(today.weekday()) + timedelta(7 * step)
        return monday, monday + timedelta(6)
    if unit == "month":
        return _month_range(*_shift_months(today, step))
    return _year_range(today.year + step)


def _ago(found: re.Match[str], today: date | None, _ahead: bool) -> _Range | None:
    if today is None:
        return None
    number = found["count"].lower()
    count = int(number) if number.isdigit() else _COUNTS[number]
    unit = found["unit"].lower().rstrip("s")
    try:
        if unit == "year":
            return _year_range(today.year - count)
        if unit == "month":
            return _month_range(*_shift_months(today, -count))
        day = today - timedelta(count * (7 if unit == "week" else 1))
    except (ValueError, OverflowError):
        return None
    return (day - timedelta(3), day + timedelta(3)) if unit == "week" else (day, day)


_FULL_MONTH_STOP = re.compile(
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december)\.$", re.IGNORECASE
)
_YEAR_LEADS = "in|by|of|to|from|year|late|since|until|after|early|during|before|through|around|between"

_Resolve = Callable[[re.Match[str], "date | None", bool], "_Range | None"]

# Longest form first: the first rule that matches at a place wins.
_RULES: tuple[tuple[re.Pattern[str], _Resolve], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), resolve)
    for pattern, resolve in (
        (r"\b(?P<year>(?:19|20)\d{2})[-/](?P<m>[01]\d)[-/](?P<day>[0-3]\d)(?:T[\d:.]+Z?)?\b", _iso),
        (rf"\b{_DAY}(?:\s+of)?[\s/.-]+{_MONTH},?[\s/.-]+{_YEAR}", _calendar),
        (rf"\b{_MONTH}\s+{_DAY},?\s+{_YEAR}", _calendar),
        (r"(?<![\d.,/])(?P<a>[0-3]?\d)[/.](?P<b>[0-3]?\d)[/.](?P<year>(?:19|20)?\d{2})(?![\d/.]\d)", _numeric),
        (rf"\b{_PART}{_MONTH},?\s+(?:of\s+)?{_YEAR}", _calendar),
        (
            rf"\b(?P<number>[1-4]|first|second|third|fourth|last)(?:st|nd|rd|th)?[\s-](?P<span>quarter|half)\s+(?:of\s+)?{_YEAR}",
            _quarter,
        ),
        (rf"\b(?P<span>Q)(?P<number>[1-4])\s+(?:of\s+)?{_YEAR}", _quarter),
        (rf"\b(?:the\s+)?(?P<season>spring|summer|autumn|fall|winter)\s+(?:of\s+)?{_YEAR}", _season),
        (rf"\b(?:(?P<which>last|next|this)\s+)?{_WEEKDAY}\b", _weekday),
        (rf"\b(?P<which>last|next)\s+{_MONTH}", _last_month),
        (rf"\b{_DAY}(?:\s+of)?\s+{_MONTH}(?!\w)", _calendar),
        (rf"\b{_MONTH}\s+{_DAY}(?![\d,.]*\d)(?!\s+(?:percent|million|billion))", _calendar),
        (
            rf"\b(?P<lead>(?:in|by|of|on|since|until|from|during|before|after|through)\s+){_PART}{_MONTH}(?![\w'’])",
            _calendar,
        ),
        (rf"\b(?P<part>early|mid|late)[\s-]+{_MONTH}(?![\w'’])", _calendar),
        (r"\b(?P<near>today|yesterday|tomorrow)\b", _near_day),
        (
            r"\b(?:(?:earlier|later)\s+)?(?P<which>last|past|previous|this|next|coming)\s+(?P<unit>week|month|year)\b",
            _near_period,
        ),
        (
            r"\b(?P<count>\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|several|few|couple)\s+(?:of\s+)?(?P<unit>days?|weeks?|months?|years?)\s+(?:ago|earlier|before)\b",
            _ago,
        ),
        (r"\bthe\s+(?P<year>(?:19|20)\d0)s\b", _decade),
        (rf"\b(?P<lead>(?:{_YEAR_LEADS})\s+){_PART}{_YEAR}(?!\s*[-%\d]|\.\d)", _year),
        (rf"\b(?P<lead>(?:and|or)\s){_YEAR}(?=\s*[,.;)]|\s*$)", _year),
        (rf"(?<=\(){_YEAR}(?=\))", _year),
    )
)
_SINCE = re.compile(r"\b(?:since|from)\s+(?:the\s+)?$", re.IGNORECASE)


def find_dates(text: str, *, published: str | None, offset: int = 0, ahead: bool = False) -> list[Dated]:
    """Return the dates in a text, in order, without overlaps.

    Args:
        text: a sentence.
        published: ISO date of the report, for relative and partial dates.
        offset: place of the text in the document.
        ahead: the sentence speaks of the future, so a bare month is the next one.

    """
    today = date.fromisoformat(published) if published else None
    taken: list[tuple[int, int]] = []
    found: list[Dated] = []
    for pattern, resolve in _RULES:
        for match in pattern.finditer(text):
            start, end = match.span()
            if match.groupdict().get("lead"):
                start = match.end("lead")
            while end > start and (text[end - 1].isspace() or _FULL_MONTH_STOP.search(text[start:end])):
                end -= 1
            if any(start < other_end and other_start < end for other_start, other_end in taken):
                continue
            days = resolve(match, today, ahead)
            if days is None and today is not None:
                # "31 February 2022" is no date, and its month and year are none either.
                taken.append((start, end))
                continue
            taken.append((start, end))
            since = bool(_SINCE.search(text[max(0, start - 12) : start]))
            first, last = (days[0].isoformat(), days[1].isoformat()) if days else (None, None)
            found.append(
                Dated(start=offset + start, end=offset + end, text=text[start:end], first=first, last=last, since=since)
            )
    return sorted(found, key=lambda dated: dated.start)


def _full_dates(text: str) -> Iterator[tuple[str, int]]:
    for pattern, resolve in _RULES[:4]:
        for match in pattern.finditer(text):
            days = resolve(match, None, False)
            if days is not None:
                yield days[0].isoformat(), match.end()


def first_date(text: str) -> tuple[str, int] | None:
    """Return the first full date (day, month and year) of a text as an ISO day, and where it ends."""
    return min(_full_dates(text), key=lambda pair: pair[1], default=None)


_CLOCK = re.compile(
    r"\b\d{1,2}[:.]\d{2}(?:[:.]\d{2})?\s*(?:[ap]\.?m\.?)?|\b(?:utc|gmt|est|edt|cet|et|bst|ist)\b|[+]\d{2}:?\d{2}",
    re.IGNORECASE,
)
_AROUND = re.compile(
    rf"\b(?:{'|'.join(WEEKDAYS)}|mon|tues?|wed|thurs?|fri|sat|sun|at|on|updated|published)\b\.?|[\s,|/()\-–—:•·]+",
    re.IGNORECASE,
)


def whole_date(line: str) -> str | None:
    """Return the ISO day of a line that is nothing but a date, in the many ways sites print it, else None."""
    found = first_date(line)
    if found is None:
        return None
    rest = line
    for pattern, _ in _RULES[:4]:
        rest = pattern.sub(" ", rest, count=1)
    rest = _AROUND.sub("", _CLOCK.sub(" ", rest))
    return found[0] if len(rest) <= 2 else None
