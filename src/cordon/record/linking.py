"""The same subject in several lists: which entries are one person, body or ship, and why that is thought.

Entries are linked, never merged: each keeps its own names, dates and listings. Two rules link: a number that only one
subject has, or names with a birth date (for bodies: the whole name, and no country against it). Where the publisher of
one list has told two entries apart, more is asked. `signs` are the keys under which two entries can meet at all;
`reason_for` looks at both and decides.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from cordon.model import Entity
from cordon.names.sound import skeleton
from cordon.names.tokens import base_form, fold, tokenise

OWN_NUMBERS = ("imoNumber", "leiCode", "ogrnCode", "uscCode")
"""Identifiers that are given once to one subject and stay with it whatever it is called (IMO resolution A.1117(30),
ISO 17442, the Russian state register, the Chinese credit code). A wallet's address is none: several people use one."""
NUMBERS = ("idNumber", "passportNumber", "socialSecurityNumber", "taxNumber", "innCode", "registrationNumber", "mmsi")
"""Identifiers that lists mistype, reuse or give without their country: they link only where the names agree."""
MIN_NUMBER = 5
"""Fewest letters and digits of a number that says anything."""
RULES = 2
"""Counts the rules by which entries are linked; what was put together under other ones is made again."""
MAX_SHARING = 40
"""A sign that more entries share than this says nothing and is passed over."""
_THINGS = frozenset(("Vessel", "Airplane", "CryptoWallet", "Security"))
_WORD = re.compile(r"[a-z]{3}")
"""Three small letters: a number with words in it, such as "date of birth: 1970"."""
_NOT_ALNUM = re.compile(r"[^0-9A-Z]+")


class Same(NamedTuple):
    """Another entry for the same subject, and why."""

    entity: str
    reason: str


def numbers_of(entity: Entity, *fields: str) -> dict[str, str]:
    """Return an entity's numbers by their bare letters and digits, as published."""
    found = {}
    for text in entity.values(*fields):
        bare = _NOT_ALNUM.sub("", text.upper()).removeprefix("IMO")
        if len(bare) >= MIN_NUMBER and any(sign.isdigit() for sign in bare) and not _WORD.search(text):
            found[bare] = text
    return found


@lru_cache(maxsize=200_000)
def _person_key(name: str) -> frozenset[str]:
    tokens = (token for token in tokenise(name, person=True) if token.kind == "word")
    return frozenset(skeleton(token.key) or token.key for token in tokens)


@lru_cache(maxsize=200_000)
def _body_key(name: str) -> tuple[str, ...]:
    return tuple(sorted({base_form(token.key) for token in tokenise(name) if token.kind == "word"}))


def _birth_days(entity: Entity) -> tuple[str, ...]:
    return tuple(day for day in entity.values("birthDate") if len(day) == 10)


def signs(entity: Entity) -> frozenset[str]:
    """Return the keys under which an entry can meet another of the same subject."""
    found = {f"own:{bare}" for bare in numbers_of(entity, *OWN_NUMBERS)}
    found |= {f"no:{bare}" for bare in numbers_of(entity, *NUMBERS)}
    if entity.schema == "Person":
        words = {word for name in entity.names for word in _person_key(name)}
        found |= {f"day:{day} {word}" for day in _birth_days(entity) for word in words}
    elif entity.schema not in _THINGS:
        keys = {_body_key(name) for name in entity.values("name", "alias", "previousName")}
        found |= {f"body:{' '.join(key)}" for key in keys if len(key) > 1}
    return frozenset(found)


def names_agree(left: Entity, right: Entity) -> bool:
    """Whether one person has all the words of some name of the other, by sound, and two of them at least."""
    ours, theirs = ({_person_key(name) for name in entity.names} for entity in (left, right))
    return any(len(one & other) > 1 and (one <= other or other <= one) for one in ours for other in theirs)


def names_overlap(left: Entity, right: Entity) -> bool:
    """Whether some names of two persons share at least half the words of the shorter one; enough beside a number."""
    ours, theirs = ({_person_key(name) for name in entity.names} for entity in (left, right))
    return any(one & other and 2 * len(one & other) >= min(len(one), len(other)) for one in ours for other in theirs)


def reason_for(left: Entity, right: Entity) -> str | None:
    """Return why two entries are the same subject, in a few words, or None when nothing says so."""
    if (left.schema == "Person") != (right.schema == "Person") or (left.schema in _THINGS) != (right.schema in _THINGS):
        return None
    own = numbers_of(left, *OWN_NUMBERS)
    shared = [text for bare, text in own.items() if bare in numbers_of(right, *OWN_NUMBERS)]
    if shared:
        return f"same number {shared[0]}"
    if left.schema in _THINGS:
        return None
    numbers = numbers_of(left, *NUMBERS)
    shared = [text for bare, text in numbers.items() if bare in numbers_of(right, *NUMBERS)]
    if left.schema == "Person":
        agree = names_agree(left, right)
        if shared and (agree or (left.datasets != right.datasets and names_overlap(left, right))):
            return f"names agree, same number {shared[0]}"
        return _same_birth(left, right) if agree else None
    if shared and _same_strong_name(left, right):
        return f"names agree, same number {shared[0]}"
    return _same_body(left, right)


def _same_birth(left: Entity, right: Entity) -> str | None:
    """Return why two persons whose names agree are one by their birth date.

    A first of January often stands for a year, and one of several dates is a guess: beside these, and within one list,
    whose publisher has told the two apart, the primary names must agree too.
    """
    ours, theirs = _birth_days(left), _birth_days(right)
    days = [day for day in ours if day in theirs]
    sure = [day for day in days if not day.endswith("-01-01")]
    vague = not sure or len(ours) > 1 or len(theirs) > 1 or left.datasets == right.datasets
    if not days or (vague and not _primary_names_agree(left, right)):
        return None
    return f"names agree, born on {(sure or days)[0]}"


def _primary_names_agree(left: Entity, right: Entity) -> bool:
    ours, theirs = ({_person_key(name) for name in entity.values("name")} for entity in (left, right))
    return any(len(one & other) > 1 and (one <= other or other <= one) for one in ours for other in theirs)


def _same_strong_name(left: Entity, right: Entity) -> bool:
    strong = ("name", "alias", "previousName")
    ours, theirs = ({_body_key(name) for name in entity.values(*strong)} for entity in (left, right))
    return any(key for key in ours & theirs)


def _same_body(left: Entity, right: Entity) -> str | None:
    """Return why two bodies are one by name.

    With a country in common any whole name will do; without one it must be the first name of both. Within one list,
    where the publisher has told two entries apart, it must be the same to the letter and the country too.
    """
    common = set(left.countries) & set(right.countries)
    if not common and left.countries and right.countries:
        return None
    if left.datasets == right.datasets:
        same = fold(left.caption) == fold(right.caption) and len(_body_key(left.caption)) > 1
        return f"same name {left.caption}, same country {sorted(common)[0]}" if same and common else None
    fields = ("name", "alias", "previousName") if common else ("name",)
    keys = {_body_key(name): name for name in left.values(*fields)}
    shared = [keys[key] for key in (_body_key(name) for name in right.values(*fields)) if len(key) > 1 and key in keys]
    if not shared:
        return None
    return f"same name {shared[0]}" + (f", same country {sorted(common)[0]}" if common else "")


def meetings(signed: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Yield the pairs of ids that share a sign, each once, in order.

    Args:
        signed: (sign, id) pairs, sorted by sign.

    """
    seen: set[tuple[str, str]] = set()
    for _, group in itertools.groupby(signed, key=lambda pair: pair[0]):
        ids = sorted({item for _, item in group})
        if len(ids) <= MAX_SHARING:
            for pair in itertools.combinations(ids, 2):
                if pair not in seen:
                    seen.add(pair)
                    yield pair


def linked(entities: Mapping[str, Entity], pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[Same, ...]]:
    """Return, by id, the other entries for the same subject with the reason for each."""
    found: dict[str, list[Same]] = {}
    for left, right in pairs:
        reason = reason_for(entities[left], entities[right])
        if reason:
            found.setdefault(left, []).append(Same(right, reason))
            found.setdefault(right, []).append(Same(left, reason))
    return {key: tuple(others) for key, others in found.items()}
