"""States, their adjectives, capitals and bodies: which country a word stands for."""

from __future__ import annotations

from functools import cache, lru_cache

import msgspec

from cordon.names.tables import rows, split
from cordon.names.tokens import fold


class Place(msgspec.Struct, frozen=True):
    """What a place word stands for.

    Args:
        country: lower-case country code (ISO 3166-1 alpha-2, or ``eu``, ``un``).
        kind: ``state`` (its name), ``demonym`` (Iranian), ``metonym`` (Tehran, the Kremlin), ``city``, or
            ``institution`` (a public body).
        name: the usual English name.
        authority: for an institution that lists, the authority it acts as.

    """

    country: str
    kind: str
    name: str
    authority: str = ""


@cache
def country_names() -> dict[str, str]:
    """Return the short English name of each country code."""
    return {row[0]: row[1] for row in rows("cordon.names", "countries.tsv")}


@cache
def gazetteer() -> dict[str, tuple[Place, ...]]:
    """Return every place word, folded, with what it may stand for: states first, cities last."""
    found: dict[str, list[Place]] = {}

    def add(text: str, place: Place) -> None:
        if key := fold(text):
            found.setdefault(key, []).append(place)

    for row in rows("cordon.names", "countries.tsv"):
        code, name, others, demonyms, capital, metonyms, cities = (row + [""] * 7)[:7]
        for text in (name, *split(others)):
            add(text, Place(code, "state", name))
        for text in split(demonyms):
            add(text, Place(code, "demonym", name))
        for text in split(metonyms):
            add(text, Place(code, "metonym", name))
        for text in (capital, *split(cities)):
            add(text, Place(code, "city", text))
    for row in rows("cordon.names", "institutions.tsv"):
        name, others, code, authority = (row + [""] * 4)[:4]
        for text in (name, *split(others)):
            add(text, Place(code, "institution", name, authority))
    return {key: tuple(places) for key, places in found.items()}


def country_code(text: str) -> str | None:
    """Return the country code of a country's name, adjective or code, or None when it is not one."""
    stripped = text.strip()
    if len(stripped) == 2 and stripped.lower() in country_names():
        return stripped.lower()
    for place in gazetteer().get(fold(stripped), ()):
        if place.kind in ("state", "demonym"):
            return place.country
    return None


@lru_cache(maxsize=4096)
def country_of_place(text: str) -> str | None:
    """Return the code of the country a state, region or city lies in, or None when it is not known."""
    found = country_code(text)
    if found is None:
        places = [place for place in gazetteer().get(fold(text), ()) if place.kind in ("city", "metonym")]
        return places[0].country if places else None
    return found
