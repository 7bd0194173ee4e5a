"""Aligns the words of two names and says how far the names agree, weighted by how rare each word is.

Each word of the subject is paired with the most similar free word of the listed name. A word that has no partner
where the other side has one to spare is a contradiction (another surname) and costs more than a word one side simply
lacks (a middle name).
"""

from __future__ import annotations

from collections.abc import Callable

import msgspec

from cordon.matching.words import token_similarity
from cordon.names.tokens import Token

CONTRADICTED = 1.6
"""Cost of a weight of words that differ on both sides."""
MISSING = 0.45
"""Cost of a weight of words that only one side has."""

LONE_WORD = 5
"""Letters up to which a name of one word must agree to the letter."""

Weigh = Callable[[str], float]


class Alignment(msgspec.Struct, frozen=True):
    """How two names pair up.

    Args:
        agreement: 0 to 1.
        shared: weight of the agreeing words, each 0 to 1: how much the agreement says.
        pairs: (subject word, listed word, similarity), an empty side where a word has no partner.

    """

    agreement: float
    shared: float
    pairs: tuple[tuple[str, str, float], ...]


def _comparable(tokens: tuple[Token, ...]) -> list[Token]:
    kept = [token for token in tokens if token.kind in ("word", "initial")]
    return kept or [token for token in tokens if token.kind != "title"] or list(tokens)


def _join_split_words(left: list[Token], right: list[Token]) -> list[Token]:
    """Return the left words with two neighbours joined wherever the right side writes them as one."""
    whole = {token.key for token in right}
    out: list[Token] = []
    place = 0
    while place < len(left):
        if place + 1 < len(left):
            first, second = left[place], left[place + 1]
            joined = first.key + second.key
            if joined in whole and first.key not in whole and second.key not in whole:
                out.append(Token(f"{first.text} {second.text}", joined, "word"))
                place += 2
                continue
        out.append(left[place])
        place += 1
    return out


def _pairs(left: list[Token], right: list[Token]) -> list[tuple[int, int, float]]:
    """Return the best pairing, greedily from the most similar pair down; ties keep word order."""
    scored = [
        (similarity, -abs(i - j), -i, -j)
        for i, one in enumerate(left)
        for j, other in enumerate(right)
        if (similarity := token_similarity(one, other)) > 0
    ]
    scored.sort(reverse=True)
    used_left: set[int] = set()
    used_right: set[int] = set()
    pairs = []
    for similarity, _, minus_i, minus_j in scored:
        i, j = -minus_i, -minus_j
        if i not in used_left and j not in used_right:
            used_left.add(i)
            used_right.add(j)
            pairs.append((i, j, similarity))
    return sorted(pairs)


def align(subject: tuple[Token, ...], listed: tuple[Token, ...], weigh: Weigh) -> Alignment:
    """Compare two tokenised names.

    Args:
        subject: tokens of the name being screened.
        listed: tokens of the listed name.
        weigh: gives the rarity of a folded word, 0 to 1.

    """
    left, right = _comparable(subject), _comparable(listed)
    left, right = _join_split_words(left, right), _join_split_words(right, left)
    pairs = _pairs(left, right)
    if min(len(left), len(right)) == 1:
        pairs = [pair for pair in pairs if pair[2] == 1.0 or _long_enough(left[pair[0]], right[pair[1]])]
    weight_left = [weigh(token.key) for token in left]
    weight_right = [weigh(token.key) for token in right]
    # An initial stands for a whole name: it is weighed as that name, and agrees only as far as an initial can.
    initial = any(token.kind == "initial" for token in (*left, *right))
    joint = max if initial else min
    shared = sum(similarity * joint(weight_left[i], weight_right[j]) for i, j, similarity in pairs)
    possible = sum(joint(weight_left[i], weight_right[j]) for i, j, _ in pairs)
    lone_left = sum(weight_left) - sum(weight_left[i] for i, _, _ in pairs)
    lone_right = sum(weight_right) - sum(weight_right[j] for _, j, _ in pairs)
    both = min(lone_left, lone_right)
    cost = CONTRADICTED * 2 * both + MISSING * (lone_left + lone_right - 2 * both)
    agreement = shared / (possible + cost) if possible + cost > 0 else 0.0
    return Alignment(agreement, shared, _told(left, right, pairs))


def _long_enough(left: Token, right: Token) -> bool:
    """Tell whether a lone word may differ at all: a short one, an acronym, agrees to the letter or not."""
    return min(len(left.key), len(right.key)) > LONE_WORD


def _told(
    left: list[Token], right: list[Token], pairs: list[tuple[int, int, float]]
) -> tuple[tuple[str, str, float], ...]:
    paired_left, paired_right = {i for i, _, _ in pairs}, {j for _, j, _ in pairs}
    told = [(left[i].key, right[j].key, round(similarity, 3)) for i, j, similarity in pairs]
    told += [(token.key, "", 0.0) for i, token in enumerate(left) if i not in paired_left]
    told += [("", token.key, 0.0) for j, token in enumerate(right) if j not in paired_right]
    return tuple(told)
