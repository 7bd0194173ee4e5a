"""Goods and sites by common nouns: "Shahed-136 drone", "ballistic missiles", "a joint drone production line"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from cordon.reports.mention import Mention
from cordon.reports.nouns import heads, longest, nouns
from cordon.reports.sentences import Sentence

_STOP_BEFORE = frozenset(
    "to of in the a an and or for with by as its their his her this that these those such any some no".split()
)
_NOT_GOODS_AFTER = frozenset(
    (
        "program",
        "programme",
        "factory",
        "plant",
        "facility",
        "industry",
        "production",
        "maker",
        "makers",
        "sales",
        "sector",
    )
)
_WEAK = frozenset(
    (
        "system part component gas tool good vehicle material mine shell gun fighter jet plane shipment cargo "
        "motor fuel camera"
    ).split()
)
"""Heads that name goods only with a modifier before them: "parts" alone may be of anything."""


def find_goods(part: Sentence, taken: Sequence[tuple[int, int]], named: Iterable[Mention]) -> list[Mention]:
    """Return the goods and sites a sentence names by common nouns.

    Args:
        part: the sentence.
        taken: spans of other names, which no goods may cross.
        named: product names already found ("Shahed-136"); they become part of the phrase they begin.

    """
    products = {mention.start: mention for mention in named}
    found: list[Mention] = []
    place = 0
    while place < len(part.words):
        kind, size = _head_at(part, place)
        if not kind or any(part.words[place].start < end and start < part.words[place].end for start, end in taken):
            place += 1
            continue
        first = _begin(part, place, kind, taken, products)
        end = place + size
        if first == place and _is_weak(part, place, end):
            place = end
            continue
        start, stop = part.words[first].start, part.words[end - 1].end
        found.append(
            Mention(
                start=start,
                end=stop,
                text=part.text[start - part.start : stop - part.start],
                kind="Product" if kind == "product" else "Place",
            )
        )
        place = end
    covered = [(mention.start, mention.end) for mention in found]
    found += [m for m in products.values() if not any(m.start < end and start < m.end for start, end in covered)]
    return sorted(found, key=lambda mention: mention.start)


def _head_at(part: Sentence, place: int) -> tuple[str, int]:
    """Return the kind and length of the head noun that begins at a word, or ("", 0)."""
    for kind in ("facility", "product"):
        for size in range(min(longest(kind), len(part.words) - place), 0, -1):
            words = part.words[place : place + size]
            if (
                any(word.capital and place + number for number, word in enumerate(words))
                and not words[0].text.isupper()
            ):
                continue
            if " ".join(word.lower for word in words) in heads(kind):
                after = part.words[place + size].lower if place + size < len(part.words) else ""
                joined = place + size < len(part.words) and _adjacent(part, place + size - 1)
                if joined and (after in heads("facility") or after in heads("product") or after in _NOT_GOODS_AFTER):
                    continue
                return kind, size
    return "", 0


def _adjacent(part: Sentence, index: int) -> bool:
    left, right = part.words[index], part.words[index + 1]
    return part.text[left.end - part.start : right.start - part.start].strip() == ""


def _begin(
    part: Sentence, place: int, kind: str, taken: Sequence[tuple[int, int]], products: dict[int, Mention]
) -> int:
    """Return the first word of the phrase: modifiers and product names before the head belong to it."""
    modifiers = nouns(f"{kind}_modifier") | nouns("product_modifier")
    first = place
    while first > 0 and _adjacent(part, first - 1):
        word = part.words[first - 1]
        inside = any(word.start < end and start < word.end for start, end in taken)
        if inside or word.lower in _STOP_BEFORE:
            break
        named = any(mention.start <= word.start < mention.end for mention in products.values())
        head = word.lower in heads("product") and not word.capital
        if not (
            named or word.lower in modifiers or head or re.fullmatch(r"[a-z]+-(?:made|built|designed)", word.lower)
        ):
            break
        first -= 1
    return first


def _is_weak(part: Sentence, place: int, end: int) -> bool:
    word = part.words[end - 1].lower
    return end - place == 1 and (word in _WEAK or word.rstrip("s") in _WEAK)
