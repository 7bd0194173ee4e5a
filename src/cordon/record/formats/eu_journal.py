"""The EU's lists as tables transcribed from the Official Journal: one CSV a legal act, one row a subject.

Cells hold the printed wording: days as ``24.3.2007``, countries in words, several values parted by ``; `` and a second
script in brackets. A subject that several acts list is several entities; the act, annex and number are its reference.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from cordon.errors import InputError
from cordon.model import Listing
from cordon.names.places import country_code
from cordon.names.text import script_of
from cordon.record.formats.reading import SPLIT_NAME, Draft, Gathering, Parsed, Place
from cordon.record.formats.sheet import has_header, rows

SOURCE = "eu-journal"
_REQUIRED = frozenset(("celex", "recordId", "annex", "programKey", "startDate", "schema", "name"))
_LISTING = frozenset(("celex", "recordId", "programKey", "annex", "measure", "startDate", "reason", "schema"))
_NAMES = ("name", "alias", "weakAlias", "previousName")
_COUNTRIES = frozenset(("country", "nationality", "jurisdiction", "flag"))
_DATES = frozenset(("birthDate", "incorporationDate"))
_DAY = re.compile(r"\b(\d{1,2})\.(\d{1,2})\.(\d{4})\b")
_YEAR = re.compile(r"\b(1[89]\d{2}|20\d{2})\b")
_BRACKET = re.compile(r"^(?P<outer>[^(]+)\((?P<inner>[^()]+)\)$")
_SEPARATOR = re.compile(r"\s*(?:;|·|\s/\s)\s*")


def iso_days(text: str) -> tuple[str, ...]:
    """Return the days of a cell as ISO dates; where there is none, its years."""
    days = tuple(f"{year}-{int(month):02}-{int(day):02}" for day, month, year in _DAY.findall(text))
    return days or tuple(dict.fromkeys(_YEAR.findall(text)))


def names_of(text: str) -> Iterator[str]:
    """Yield the names of a cell, a second script in brackets apart: "Sergei AKSENOV (Сергей АКСЕНОВ)" is two."""
    for part in _SEPARATOR.split(text):
        found = _BRACKET.match(part)
        if found and script_of(found["inner"]) not in ("", script_of(found["outer"])):
            yield found["outer"].strip()
            yield found["inner"].strip()
        elif part:
            yield part.strip()


def recognises(files: Mapping[str, bytes]) -> bool:
    """Whether the files are these tables."""
    return all(has_header(raw, "celex") for raw in files.values())


def parse(files: Mapping[str, bytes], *, source: str = SOURCE) -> Parsed:
    """Read the tables of one day.

    Args:
        files: the tables by file name, one for each legal act.
        source: code of the list.

    Raises:
        InputError: a table is not in this form, or an entry has no name.

    """
    gathering = Gathering(source, ", ".join(sorted(files)))
    for name in sorted(files):
        for line, row in rows(files[name], header="celex", origin=name):
            missing = _REQUIRED - row.keys()
            if missing or not row["name"]:
                raise InputError(
                    f"{name}, line {line}: lacks {', '.join(sorted(missing)) or 'a name'}",
                    hint="give the tables of eu-journal",
                    code="bad-csv",
                )
            _take(row, Place(name, line), gathering)
    return gathering.parsed()


def _take(row: Mapping[str, str], place: Place, gathering: Gathering) -> None:
    reference = f"{row['celex']}:{row['annex']}:{row['recordId']}"
    number = 1
    while gathering.get(reference if number == 1 else f"{reference}:{number}") is not None:
        number += 1
    if number > 1:
        gathering.unread["entry that stands twice in its annex"] += 1
        reference = f"{reference}:{number}"
    draft = gathering.draft(reference, row["schema"] or "LegalEntity", place)
    given = _mended(row, draft)
    for field, text in given.items():
        if text and field not in _LISTING:
            _take_cell(field, text, draft)
    draft.listings.append(_listing(row, gathering))


def _take_cell(field: str, text: str, draft: Draft) -> None:
    if field in _NAMES:
        draft.put(field, *names_of(text))
    elif field in _DATES:
        found = iso_days(text)
        if not found:
            draft.note(text, f"date that is not a date: {field}")
        draft.put(field, *found)
    elif field == "gender":
        draft.put(field, text.lower())
    elif field in _COUNTRIES:
        _take_countries(field, text, draft)
    else:
        draft.put(field, *text.split("; "))


def _take_countries(field: str, text: str, draft: Draft) -> None:
    codes = [country_code(part) for part in re.split(r"[;,/]|\band\b", text)]
    if None in codes:
        draft.note(f"{field}: {text}", "country or nationality not known")
    draft.put(field, *codes)


def _mended(row: Mapping[str, str], draft: Draft) -> dict[str, str]:
    """Return a row with a person's split name joined: one word as the name, and its family name as the first alias."""
    given = dict(row)
    names, aliases = list(names_of(row["name"])), list(names_of(row.get("alias", "")))
    apart = row["schema"] == "Person" and len(names) == 1 and len(names[0].split()) == 1 and bool(aliases)
    if apart and aliases[0].isupper() and aliases[0].isascii():
        given["name"] = f"{names[0]} {aliases[0]}"
        given["alias"] = "; ".join(aliases[1:])
        draft.note(f"{SPLIT_NAME}{names[0]} / {aliases[0]}")
    return given


def _listing(row: Mapping[str, str], gathering: Gathering) -> Listing:
    days = iso_days(row["startDate"])
    if not days:
        gathering.unread["entry without a start date"] += 1
    act = row["celex"]
    return Listing(
        source=gathering.source,
        authority="EU",
        programmes=(f"{act} ({row['programKey']})",),
        measures=(row["measure"],) if row.get("measure") else (),
        listed_on=days[0] if days and len(days[0]) == 10 else None,
        reference=f"{act} no. {row['recordId']}, annex {row['annex']}",
        reason=row.get("reason", ""),
    )
