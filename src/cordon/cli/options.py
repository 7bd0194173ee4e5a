"""Values of options, read and checked: dates, countries, schemata, sources."""

from __future__ import annotations

import datetime
import difflib
import re
from collections.abc import Iterable

import click

from cordon.errors import InputError
from cordon.names.places import country_code, country_names
from cordon.record import Record
from cordon.record.formats.ftm import SUBJECT_SCHEMATA
from cordon.screening import POLICIES

policy_option = click.option(
    "--policy",
    "policy_name",
    default="onboarding",
    show_default=True,
    metavar="POLICY",
    help=f"Thresholds: {', '.join(POLICIES)}.",
)
"""The option that every command with thresholds has."""

_PARTIAL = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")


def _nearest(value: str, known: Iterable[str]) -> str:
    ordered = sorted(known)
    near = difflib.get_close_matches(value, ordered, 1, 0.5)
    return f"did you mean {near[0]}?" if near else f"known: {', '.join(ordered)}"


def day(value: str | None, option: str) -> str | None:
    """Return an ISO day as given.

    Raises:
        InputError: it is no day of the calendar in the form YYYY-MM-DD.

    """
    if value is None:
        return None
    try:
        if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
            raise ValueError
        return datetime.date.fromisoformat(value).isoformat()
    except ValueError:
        raise InputError(
            f"{option}: not a date: {value!r}", hint="expected YYYY-MM-DD", code="bad-date", option=option
        ) from None


def partial_date(value: str, option: str) -> str:
    """Return an ISO date that may be a year or a month only.

    Raises:
        InputError: it is none of YYYY, YYYY-MM, YYYY-MM-DD.

    """
    if not _PARTIAL.fullmatch(value):
        raise InputError(
            f"{option}: not a date: {value!r}", hint="expected YYYY, YYYY-MM or YYYY-MM-DD", code="bad-date"
        )
    checked = day((value + "-01-01")[:10], option)
    return value if checked else ""


def country(value: str, option: str) -> str:
    """Return the code of a country given by code or English name.

    Raises:
        InputError: no such country is known.

    """
    code = country_code(value)
    if code is None:
        names = {name.lower(): name for name in country_names().values()}
        near = difflib.get_close_matches(value.lower(), names, 1, 0.6)
        hint = f"did you mean {names[near[0]]}?" if near else "expected a code such as IR, or an English name"
        raise InputError(f"{option}: unknown country: {value!r}", hint=hint, code="unknown-country")
    return code


def schema(value: str | None, option: str) -> str | None:
    """Return an FtM schema name, whatever its capitals.

    Raises:
        InputError: it is not one that can be screened.

    """
    if value is None:
        return None
    known = {name.lower(): name for name in SUBJECT_SCHEMATA}
    if value.lower() not in known:
        hint = _nearest(value, SUBJECT_SCHEMATA)
        raise InputError(f"{option}: unknown schema: {value!r}", hint=hint, code="unknown-schema")
    return known[value.lower()]


def sources(values: Iterable[str], record: Record, option: str) -> tuple[str, ...]:
    """Return list codes as given.

    Raises:
        InputError: the record has no such list.

    """
    given = tuple(values)
    for value in given:
        if value not in record.sources:
            hint = _nearest(value, record.sources)
            raise InputError(f"{option}: no such list in the record: {value!r}", hint=hint, code="unknown-source")
    return given
