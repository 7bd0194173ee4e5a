"""The EU's lists as tables transcribed from the Official Journal: one CSV a legal act, one row a subject.

Cells hold the printed wording: days as ``24.3.2007``, countries in words, several values parted by ``; `` and a second
script in brackets. A subject that several acts list is several entities; the act, annex and number are its reference.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator, Mapping

import msgspec

from cordon.errors import InputError
from cordon.model import Entity, Listing
from cordon.names.places import country_code
from cordon.names.text import script_of
from cordon.record.formats.reading import Parsed

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


def parse(files: Mapping[str, bytes]) -> Parsed:
    """Read the tables of one day.

    Args:
        files: the tables by file name, one for each legal act.

    Raises:
        InputError: a table is not in this form, or an entry stands twice.

    """
    ignored: Counter[str] = Counter()
    entities: dict[str, Entity] = {}
    for name in sorted(files):
        for line, row in _rows(files[name], name):
            entity = _entity(row, ignored)
            if entity.id in entities:
                ignored["entry that stands twice in its annex"] += 1
                entity = _renumbered(entity, entities)
            entities[entity.id] = entity
            if not entity.caption:
                raise InputError(f"{name}, line {line}: an entry without a name", code="bad-csv")
    return Parsed(tuple(entities.values()), (), dict(ignored))


def _renumbered(entity: Entity, entities: Mapping[str, Entity]) -> Entity:
    number = 2
    while f"{entity.id}:{number}" in entities:
        number += 1
    return msgspec.structs.replace(entity, id=f"{entity.id}:{number}")


def _rows(raw: bytes, name: str) -> Iterator[tuple[int, dict[str, str]]]:
    reader = csv.DictReader(io.StringIO(raw.decode("utf-8-sig", errors="replace")), strict=True)
    missing = _REQUIRED - set(reader.fieldnames or ())
    if missing:
        raise InputError(
            f"{name}: lacks the columns {', '.join(sorted(missing))}",
            hint="give the tables of eu-journal",
            code="bad-csv",
        )
    try:
        for row in reader:
            yield reader.line_num, {key: (value or "").strip() for key, value in row.items() if key}
    except csv.Error as error:
        raise InputError(f"{name}, line {reader.line_num}: {error}", code="bad-csv") from error


def _entity(row: Mapping[str, str], ignored: Counter[str]) -> Entity:
    given: dict[str, list[str]] = {}
    for field, text in row.items():
        if text and field not in _LISTING:
            given.setdefault(field, []).extend(_values(field, text, given, ignored))
    _mend_split_name(row["schema"], given)
    caption = given.get("name", [""])[0]
    return Entity(
        id=f"{SOURCE}:{row['celex']}:{row['annex']}:{row['recordId']}",
        schema=row["schema"] or "LegalEntity",
        caption=caption,
        properties={key: tuple(dict.fromkeys(values)) for key, values in given.items() if values},
        datasets=(SOURCE,),
        listings=(_listing(row, ignored),),
    )


def _values(field: str, text: str, given: dict[str, list[str]], ignored: Counter[str]) -> list[str]:
    if field in _NAMES:
        return list(names_of(text))
    if field in _DATES:
        found = iso_days(text)
        if not found:
            ignored[f"date that is not a date: {field}"] += 1
            given.setdefault("notes", []).append(text)
        return list(found)
    if field == "gender":
        return [text.lower()]
    if field in _COUNTRIES:
        codes = [country_code(part) for part in re.split(r"[;,/]|\band\b", text)]
        if None in codes:
            ignored["country or nationality not known"] += 1
            given.setdefault("notes", []).append(f"{field}: {text}")
        return [code for code in codes if code]
    return [part for part in text.split("; ") if part]


def _mend_split_name(schema: str, given: dict[str, list[str]]) -> None:
    """Join a person's name that the table has split: one word as the name, and its family name as the first alias."""
    name, aliases = given.get("name", []), given.get("alias", [])
    if (
        schema == "Person"
        and len(name) == 1
        and len(name[0].split()) == 1
        and aliases
        and aliases[0].isupper()
        and aliases[0].isascii()
    ):
        given["name"] = [f"{name[0]} {aliases[0]}"]
        given["alias"] = aliases[1:]


def _listing(row: Mapping[str, str], ignored: Counter[str]) -> Listing:
    days = iso_days(row["startDate"])
    if not days:
        ignored["entry without a start date"] += 1
    act = row["celex"]
    return Listing(
        source=SOURCE,
        authority="EU",
        programmes=(f"{act} ({row['programKey']})", *([row["measure"]] if row.get("measure") else [])),
        listed_on=days[0] if days and len(days[0]) == 10 else None,
        reference=f"{act} no. {row['recordId']}, annex {row['annex']}",
        reason=row.get("reason", ""),
    )
