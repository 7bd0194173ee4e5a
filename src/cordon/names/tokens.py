"""A name as comparable tokens: romanised, folded, with titles, particles and legal forms told apart."""

from __future__ import annotations

import re
from functools import cache, lru_cache

import msgspec

from cordon.names.romanise import romanise
from cordon.names.tables import rows
from cordon.names.text import clean, words

PARTICLES = frozenset(
    (
        "al el ul ad an as ash at az ar bin ibn ben bint abu umm de del della di da do dos van von der den la "
        "le of and the for y e und et"
    ).split()
)
"""Words inside a name that carry no weight of their own."""

_SPELLINGS = (
    ("isation", "ization"),
    ("our", "or"),
    ("centre", "center"),
    ("defence", "defense"),
    ("programme", "program"),
)
_AND = re.compile(r"(?<=\s)&(?=\s)")


class Token(msgspec.Struct, frozen=True):
    """One word of a name.

    Args:
        text: the word as written.
        key: lower-case ASCII form that comparisons use.
        kind: ``word``, ``initial``, ``particle``, ``title`` or ``form`` (legal form).

    """

    text: str
    key: str
    kind: str


@cache
def _phrases(table: str) -> dict[int, frozenset[tuple[str, ...]]]:
    """Return the phrases of a table's first column by their number of words."""
    found: dict[int, set[tuple[str, ...]]] = {}
    for row in rows("cordon.names", table):
        phrase = tuple(row[0].split())
        found.setdefault(len(phrase), set()).add(phrase)
    return {length: frozenset(found[length]) for length in sorted(found, reverse=True)}


def _marked(keys: list[str], table: str) -> set[int]:
    """Return the places of the words that belong to a phrase of the table, longest phrase first."""
    places: set[int] = set()
    for length, phrases in _phrases(table).items():
        for start in range(len(keys) - length + 1):
            if tuple(keys[start : start + length]) in phrases and places.isdisjoint(range(start, start + length)):
                places.update(range(start, start + length))
    return places


def _title_places(keys: list[str]) -> set[int]:
    """Return the places of leading titles and trailing honorifics; at least one word is always left."""
    marked = _marked(keys, "titles.tsv")
    leading: set[int] = set()
    for place in range(len(keys)):
        if place not in marked:
            break
        leading.add(place)
    return leading if len(leading) < len(keys) else set()


def base_form(key: str) -> str:
    """Return an organisation word without plural or British spelling, so that Industry meets Industries."""
    for british, american in _SPELLINGS:
        if key.endswith(british):
            key = key[: -len(british)] + american
    if len(key) > 4 and key.endswith("ies"):
        return key[:-3] + "y"
    if len(key) > 4 and key.endswith("s") and not key.endswith(("ss", "us", "is")):
        return key[:-1]
    return key


@lru_cache(maxsize=65536)
def tokenise(name: str, *, person: bool = False) -> tuple[Token, ...]:
    """Return the tokens of a name in order.

    Args:
        name: any name in any script.
        person: treat leading titles as titles, and do not look for legal forms.

    """
    written = words(_AND.sub("and", clean(name)))
    keys = [romanise(word) for word in written]
    pairs = [(word, key) for word, key in zip(written, keys, strict=True) if key]
    keys = [key for _, key in pairs]
    titles = _title_places(keys) if person else set()
    forms = set() if person else _marked(keys, "legal_forms.tsv")
    if len(forms | titles) == len(keys):
        forms = set()
    return tuple(
        Token(word, key, _kind(key, place in titles, place in forms, person)) for place, (word, key) in enumerate(pairs)
    )


def _kind(key: str, title: bool, form: bool, person: bool) -> str:
    if title:
        return "title"
    if form:
        return "form"
    if len(key) == 1 and person:
        return "initial"
    return "particle" if key in PARTICLES else "word"


@lru_cache(maxsize=65536)
def fold(name: str) -> str:
    """Return a name as its romanised lower-case words, one space between them: what exact lookups compare."""
    return " ".join(key for key in (romanise(word) for word in words(clean(name))) if key)
