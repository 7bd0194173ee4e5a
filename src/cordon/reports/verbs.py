"""The event vocabulary of claims as word forms: which predicate a verb form or noun may express."""

from __future__ import annotations

from functools import cache

import msgspec

from cordon.names.tables import rows, split


class Form(msgspec.Struct, frozen=True):
    """One way to write a predicate: its predicate and its shape (``base``, ``s``, ``ing``, ``past``, ``noun``)."""

    predicate: str
    shape: str


_NEVER_DOUBLED = tuple("wxy")
_DOUBLING = frozenset(("ship", "plan", "run", "hit", "set up", "control"))


def _regular_past(verb: str) -> str:
    if verb.endswith("e"):
        return verb + "d"
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return verb[:-1] + "ied"
    return verb + (verb[-1] if verb in _DOUBLING else "") + "ed"


def _ing(verb: str) -> str:
    first, _, rest = verb.partition(" ")
    tail = f" {rest}" if rest else ""
    if first.endswith("e") and not first.endswith("ee"):
        return first[:-1] + "ing" + tail
    return first + (first[-1] if first in ("ship", "plan", "run", "hit", "set") else "") + "ing" + tail


def _third(verb: str) -> str:
    first, _, rest = verb.partition(" ")
    tail = f" {rest}" if rest else ""
    if first.endswith("y") and first[-2] not in "aeiou":
        return first[:-1] + "ies" + tail
    return first + ("es" if first.endswith(("s", "x", "ch", "sh", "z")) else "s") + tail


def _forms_of(verb: str) -> list[tuple[str, str]]:
    base, _, irregular = verb.partition("/")
    past = irregular.split("/") if irregular else [_regular_past(base)]
    return [(base, "base"), (_third(base), "s"), (_ing(base), "ing"), *((form, "past") for form in dict.fromkeys(past))]


@cache
def forms() -> dict[str, tuple[Form, ...]]:
    """Return every word form with the predicates it may express."""
    found: dict[str, list[Form]] = {}
    for row in rows("cordon.reports", "predicates.tsv"):
        predicate, _plover, verbs, nouns = (row + [""] * 4)[:4]
        for verb in split(verbs):
            for text, shape in _forms_of(verb):
                found.setdefault(text, []).append(Form(predicate, shape))
        for noun in split(nouns):
            found.setdefault(noun, []).append(Form(predicate, "noun"))
    return {text: tuple(options) for text, options in found.items()}


@cache
def plover_codes() -> dict[str, str]:
    """Return the PLOVER root event of each predicate that has one."""
    return {row[0]: row[1] for row in rows("cordon.reports", "predicates.tsv") if len(row) > 1 and row[1]}
