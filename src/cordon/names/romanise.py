"""Any script to plain lower-case ASCII, word by word.

Arabic and Persian are written without most vowels, so their words become consonants with the long vowels only; the
sound key of `sound` makes them comparable with a vocalised Latin spelling. Everything else goes through ``anyascii``.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from anyascii import anyascii

# Letter values after the ALA-LC tables for Arabic and Persian; letters with one sound in names share a value.
_ARABIC = {
    "ا": "a", "أ": "a", "إ": "e", "آ": "a", "ٱ": "a", "ء": "", "ئ": "i", "ؤ": "u", "ع": "a",
    "ب": "b", "پ": "p", "ت": "t", "ث": "s", "ج": "j", "چ": "ch", "ح": "h", "خ": "kh", "د": "d",
    "ذ": "z", "ر": "r", "ز": "z", "ژ": "zh", "س": "s", "ش": "sh", "ص": "s", "ض": "z", "ط": "t",
    "ظ": "z", "غ": "gh", "ف": "f", "ق": "gh", "ک": "k", "ك": "k", "گ": "g", "ل": "l", "م": "m",
    "ن": "n", "ه": "h", "ة": "h", "ۀ": "h", "ى": "i", "ی": "i", "ي": "i", "و": "u",
    "ے": "i", "ڈ": "d", "ٹ": "t", "ڑ": "r",
}  # fmt: skip
_LONG = "اآأیيىو"


def _arabic(word: str) -> str:
    letters = [char for char in unicodedata.normalize("NFKC", word) if not unicodedata.combining(char)]
    out = []
    for place, char in enumerate(letters):
        before = letters[place - 1] if place else ""
        after = letters[place + 1] if place + 1 < len(letters) else ""
        beside_vowel = not before or before in "اآ" or (after != "" and after in _LONG and after != char)
        if char == "و":
            out.append("v" if beside_vowel else "u")
        elif char in "یيى" and after and (not before or before in "اآ" or after in "اآ"):
            out.append("y")
        else:
            out.append(_ARABIC.get(char, anyascii(char)))
    return "".join(out)


@lru_cache(maxsize=65536)
def romanise(word: str) -> str:
    """Return a word of any script as lower-case ASCII letters and digits."""
    if word.isascii():
        return word.lower()
    if any("\u0600" <= char <= "\u06ff" or "\ufb50" <= char <= "\ufeff" for char in word):
        latin = _arabic(word)
    else:
        latin = anyascii(word)
    return "".join(char for char in latin.lower() if char.isalnum())
