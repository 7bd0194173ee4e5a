"""The same subject in several lists: which entries are one person, body or ship, and why that is thought.

Entries are linked, never merged: each keeps its own names, dates and listings. Two rules link: a number that only one
subject has, or names with a birth date (for bodies: the whole name, and no country against it). `signs` are the keys
under which two entries can meet at all; `reason_for` looks at both and decides.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from cordon.model import Entity
from cordon.names.sound import skeleton
from cordon.names.tokens import base_form, tokenise

OWN_NUMBERS = ("imoNumber", "leiCode", "ogrnCode", "publicKey", "uscCode")
"""Identifiers that are given once to one subject and stay with it whatever it is called (IMO resolution A.1117(30),
ISO 17442, the Russian state register, a wallet's address, the Chinese credit code)."""
NUMBERS = ("idNumber", "passportNumber", "socialSecurityNumber", "taxNumber", "innCode", "registrationNumber", "mmsi")
"""Identifiers that lists mistype, reuse or give without their country: they link only where the names agree."""
MIN_NUMBER = 5
"""Fewest letters and digits of a number that says anything."""
MAX_SHARING = 40
"""A sign that more entries share than this says nothing and is passed over."""
_THINGS = frozenset(("Vessel", "Airplane", "CryptoWallet", "Security"))
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
        if len(bare) >= MIN_NUMBER and any(sign.isdigit() for sign in bare):
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
    """Whether one entry has all the words of some name of the other: by sound for persons, as written for bodies."""
    if "Person" in (left.schema, right.schema):
        ours, theirs = ({_person_key(name) for name in entity.names} for entity in (left, right))
        return any(len(one & other) > 1 and (one <= other or other <= one) for one in ours for other in theirs)
    mine, others = ({frozenset(_body_key(name)) for name in entity.names} for entity in (left, right))
    return any(one and other and (one <= other or other <= one) for one in mine for other in others)


def names_overlap(left: Entity, right: Entity) -> bool:
    """Whether some names of two entries share at least half the words of the shorter one; enough beside a number."""
    key = _person_key if left.schema == "Person" else _body_key
    ours, theirs = ({frozenset(key(name)) for name in entity.names} for entity in (left, right))
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
    if shared and names_overlap(left, right):
        return f"names agree, same number {shared[0]}"
    if not names_agree(left, right):
        return None
    if left.schema == "Person":
        days = [day for day in _birth_days(left) if day in _birth_days(right)]
        return f"names agree, born on {days[0]}" if days else None
    return _same_body(left, right)


def _same_body(left: Entity, right: Entity) -> str | None:
    """Return why two bodies are one by name: the whole name is the same, and no country speaks against it.

    Within one list, where the publisher has told two entries apart, they must have a country in common.
    """
    strong = ("name", "alias", "previousName")
    keys = {_body_key(name): name for name in left.values(*strong)}
    shared = [keys[key] for key in (_body_key(name) for name in right.values(*strong)) if len(key) > 1 and key in keys]
    common = set(left.countries) & set(right.countries)
    apart = bool(left.countries) and bool(right.countries) and not common
    if not shared or apart or (left.datasets == right.datasets and not common):
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
