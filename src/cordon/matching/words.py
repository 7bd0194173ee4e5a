"""How alike two words of a name are, 0 to 1."""

from __future__ import annotations

from functools import lru_cache

from rapidfuzz.distance import OSA

from cordon.names.sound import skeleton, sound
from cordon.names.tokens import Token, base_form

SAME_SOUND = 0.97
"""Two spellings with one consonant skeleton: a difference of romanisation, not of name."""
INITIAL = 0.75
"""An initial against a name that begins with it: it agrees as far as it goes."""
NEAR = 0.74
"""Least edit similarity of two words of four letters or more: one edit in four."""
SAME_SKELETON_EDIT = 0.62
"""Least edit similarity of two words with one skeleton: Hasan and Hussein share h-s-n and are two names."""
_SHORT = 4


@lru_cache(maxsize=131072)
def key_similarity(left: str, right: str) -> float:
    """Return how alike two folded words are: 1 for equal, 0 where they are different words."""
    if left == right:
        return 1.0
    left, right = base_form(left), base_form(right)
    if left == right:
        return 0.98
    heard_left, heard_right = sound(left), sound(right)
    if heard_left == heard_right:
        return SAME_SOUND
    spoken = OSA.normalized_similarity(heard_left, heard_right)
    bones = skeleton(left)
    if bones == skeleton(right) and _skeleton_tells(bones, spoken, left, right):
        return SAME_SOUND
    if min(len(left), len(right)) < _SHORT or left.isdigit() or right.isdigit():
        return 0.0
    near = max(spoken, OSA.normalized_similarity(left, right))
    return near * 0.97 if near >= NEAR else 0.0


def _skeleton_tells(bones: str, spoken: float, left: str, right: str) -> bool:
    """Tell whether a shared skeleton means one name: two consonants alone are shared by too many."""
    if len(bones) < 3:
        return spoken >= NEAR
    return spoken >= SAME_SKELETON_EDIT or _unvocalised(left, right)


def _unvocalised(left: str, right: str) -> bool:
    """Tell whether one side is written without most of its vowels, as romanised Arabic script is."""
    short, long = sorted((left, right), key=len)
    vowels = sum(char in "aeiou" for char in short)
    return vowels * 3 <= len(short) and sum(char in "aeiou" for char in long) > vowels


def token_similarity(left: Token, right: Token) -> float:
    """Return how alike two tokens are; an initial agrees with any word that begins with it."""
    if "initial" in (left.kind, right.kind):
        if left.key[:1] != right.key[:1]:
            return 0.0
        return 1.0 if left.key == right.key else INITIAL
    return key_similarity(left.key, right.key)
