"""Sound keys: two romanisations of one name share a key, because what they disagree on is left out.

`sound` writes digraphs and rival letters one way and keeps vowels; `skeleton` then drops the vowels. Abdollah,
Abdullah and عبدالله share a skeleton; so do Qods, Quds and Ghods.
"""

from __future__ import annotations

import re
from functools import lru_cache

# Spellings that romanisation standards use for one sound (ICAO 9303, BGN/PCGN, ALA-LC, German and French habits).
_DIGRAPHS = (
    ("tsch", "c"), ("sch", "$"), ("shch", "$"), ("tch", "c"), ("dzh", "j"), ("dj", "j"), ("kh", "x"), ("gh", "k"),
    ("zh", "j"), ("sh", "$"), ("ch", "c"), ("th", "t"), ("ph", "f"), ("dh", "d"), ("ck", "k"), ("ts", "s"), ("tz", "s"),
    ("ou", "u"), ("oo", "u"), ("ee", "i"), ("ei", "i"), ("ai", "i"), ("ay", "i"), ("ey", "i"), ("iy", "i"), ("yi", "i"),
)  # fmt: skip
_LETTERS = str.maketrans({"q": "k", "w": "v", "y": "i", "c": "k"})
_DOUBLE = re.compile(r"(.)\1+")
_VOWELS = re.compile(r"[aeiou]")


@lru_cache(maxsize=65536)
def sound(token: str) -> str:
    """Return a lower-case ASCII token with each sound spelled one way; vowels are kept."""
    token = token.replace("x", "ks")
    for digraph, letter in _DIGRAPHS:
        if digraph in token:
            token = token.replace(digraph, letter.upper() if letter == "c" else letter)
    return _DOUBLE.sub(r"\1", token.translate(_LETTERS)).lower()


@lru_cache(maxsize=65536)
def skeleton(token: str) -> str:
    """Return the consonants of a token's sound; a first vowel is kept as ``a`` and a final ``h`` is dropped."""
    spoken = sound(token)
    if len(spoken) > 2 and spoken.endswith("h"):
        spoken = spoken[:-1]
    first = "a" if spoken[:1] in tuple("aeiou") else ""
    return _DOUBLE.sub(r"\1", first + _VOWELS.sub("", spoken))
