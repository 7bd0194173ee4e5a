"""What the lists say differently of one subject: a lost digit, a number given to somebody else, another birth date.

A conflict is a fact about two published entries, told as it stands; which of them is right is not for this module.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from rapidfuzz.distance import OSA

from cordon.model import Entity
from cordon.record.formats.reading import SPLIT_NAME
from cordon.record.linking import NUMBERS, names_overlap, numbers_of, reason_for

MIN_MISTYPED = 7
"""Fewest signs of a number for one to be called a mistyped form of another; shorter ones lie close by chance."""


_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class Conflict(NamedTuple):
    """Two entries, or one with itself, that cannot both be right.

    Attributes:
        kind: ``number mistyped``, ``number of two subjects``, ``birth date``, ``gender`` or ``split name``.
        entities: the ids of the entries.
        said: what each of them says, in the same order.
        linked: why they are taken for one subject; empty where they are not.

    """

    kind: str
    entities: tuple[str, ...]
    said: tuple[str, ...]
    linked: str = ""


def conflicts(entities: Mapping[str, Entity], pairs: Iterable[tuple[str, str]]) -> Iterator[Conflict]:
    """Yield the conflicts among entries; one about a number is told once, however many pairs of lists repeat it.

    Args:
        entities: the entries by id.
        pairs: ids of entries that share a sign, see `cordon.record.linking`.

    """
    told: set[tuple[str, frozenset[str]]] = set()
    for left, right in pairs:
        for found in _between(entities[left], entities[right]):
            key = (found.kind, frozenset(found.said))
            if found.kind.startswith("number") and key in told:
                continue
            told.add(key)
            yield found
    for entity in entities.values():
        for note in entity.values("notes"):
            if note.startswith(SPLIT_NAME):
                yield Conflict("split name", (entity.id,), (note.removeprefix(SPLIT_NAME),))


def _between(left: Entity, right: Entity) -> Iterator[Conflict]:
    if left.schema != "Person" or right.schema != "Person":
        return
    ids, reason = (left.id, right.id), reason_for(left, right)
    if reason is None:
        for said in _claimed_twice(left, right):
            yield Conflict("number of two subjects", ids, said)
        return
    for said in _mistyped(left, right):
        yield Conflict("number mistyped", ids, said, reason)
    for field, kind in (("birthDate", "birth date"), ("gender", "gender")):
        mine, others = left.values(field), right.values(field)
        if mine and others and not _compatible(mine, others):
            yield Conflict(kind, ids, ("; ".join(mine), "; ".join(others)), reason)


def _claimed_twice(left: Entity, right: Entity) -> Iterator[tuple[str, str]]:
    """Yield the numbers that two persons of quite different names share, with the names."""
    if names_overlap(left, right):
        return
    theirs = numbers_of(right, *NUMBERS)
    for bare, text in numbers_of(left, *NUMBERS).items():
        if bare in theirs:
            yield f"{left.caption}: {text}", f"{right.caption}: {theirs[bare]}"


def _mistyped(left: Entity, right: Entity) -> Iterator[tuple[str, str]]:
    """Yield numbers of one kind that differ by one sign lost, added, changed or swapped with its neighbour."""
    for field in ("idNumber", "passportNumber"):
        mine, others = numbers_of(left, field), numbers_of(right, field)
        for bare in mine.keys() - others.keys():
            for other in others.keys() - mine.keys():
                apart = bare.lstrip(_LETTERS) != other.lstrip(_LETTERS)  # a letter before a number is often left out
                long = min(len(bare), len(other)) >= MIN_MISTYPED
                if long and apart and OSA.distance(bare, other, score_cutoff=1) == 1:
                    yield mine[bare], others[other]


def _compatible(mine: Iterable[str], others: Iterable[str]) -> bool:
    """Whether any value of one side is a value of the other, or a less precise form of it."""
    return any(one.startswith(other) or other.startswith(one) for one in mine for other in others)
