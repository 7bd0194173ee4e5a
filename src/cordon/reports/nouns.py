"""The common nouns a report is read by: what makes a run of words an organisation, goods, a site, a role."""

from __future__ import annotations

from functools import cache

from cordon.names.tables import rows, split


@cache
def nouns(kind: str) -> frozenset[str]:
    """Return the lower-case words and phrases of one kind (see ``data/nouns.tsv``)."""
    return frozenset(word for name, cell in rows("cordon.reports", "nouns.tsv") if name == kind for word in split(cell))


@cache
def heads(kind: str) -> frozenset[str]:
    """Return the nouns of a kind with their plurals."""
    return frozenset(form for word in nouns(kind) for form in (word, plural(word)))


@cache
def longest(kind: str) -> int:
    """Return how many words the longest phrase of a kind has."""
    return max(len(word.split()) for word in nouns(kind))


def plural(word: str) -> str:
    """Return the regular plural of an English noun."""
    if word.endswith("y") and word[-2:-1] not in tuple("aeiou"):
        return word[:-1] + "ies"
    return word + ("es" if word.endswith(("s", "x", "ch", "sh")) else "s")
