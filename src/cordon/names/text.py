"""Unicode hygiene: what a person sees is what gets compared.

Removes what is invisible (zero-width, bidi controls, soft hyphens), folds what looks the same (full-width forms,
apostrophes, dashes, Latin letters faked with Cyrillic or Greek ones) and says which script a text is in. It does not
romanise; see `romanise`.
"""

from __future__ import annotations

import re
import unicodedata

APOSTROPHES = "'`´‘’‚‛′ʼʻʿʾ＇"
DASHES = "-‐‑‒–—―−﹘﹣－"

_APOSTROPHE = re.compile(f"[{APOSTROPHES}]")
_DASH = re.compile(f"[{re.escape(DASHES)}]")
_SPACE = re.compile(r"\s+")
_WORD = re.compile(r"[^\W_]+", re.UNICODE)

# Unicode confusables (UTS 39) between Latin and the two scripts used to fake it.
_LATIN_LOOKALIKES = str.maketrans(
    "АВЕЅІЈКМНОРСТУХаеіјорсухѕԁԛԝΑΒΕΖΗΙΚΜΝΟΡΤΥΧορν",
    "ABESIJKMHOPCTYXaeijopcyxsdqwABEZHIKMNOPTYXopv",
)
_CYRILLIC_LOOKALIKES = str.maketrans("ABEKMHOPCTYXaeopcyxi", "АВЕКМНОРСТУХаеорсухі")


def clean(text: str) -> str:
    """Return the text in NFKC without invisible characters, with plain apostrophes, dashes and single spaces."""
    if text.isascii() and text.isprintable():
        return _SPACE.sub(" ", text).strip()
    kept = []
    for char in unicodedata.normalize("NFKC", text):
        category = unicodedata.category(char)
        if category == "Cf":
            continue
        kept.append(" " if category in ("Cc", "Zl", "Zp", "Co", "Cs", "Cn") else char)
    text = _APOSTROPHE.sub("'", "".join(kept))
    return _SPACE.sub(" ", _DASH.sub("-", text)).strip()


def script_of(text: str) -> str:
    """Return the script of most letters of a text as Unicode names it (``LATIN``, ``ARABIC`` ...), or ``""``."""
    if text.isascii():
        return "LATIN" if any(char.isalpha() for char in text) else ""
    counts: dict[str, int] = {}
    for char in text:
        if char.isalpha():
            script = unicodedata.name(char, "").split(" ", 1)[0]
            counts[script] = counts.get(script, 0) + 1
    return max(counts, key=lambda script: counts[script]) if counts else ""


def unmask(word: str) -> str:
    """Return a word with look-alike letters of a second script replaced by those of its main one.

    A word that mixes Latin with Cyrillic or Greek letters is not spelled so by anybody honest (UTS 39, mixed-script
    confusables). A word wholly in one script is left alone.
    """
    if word.isascii():
        return word
    scripts = {unicodedata.name(char, "").split(" ", 1)[0] for char in word if char.isalpha()}
    if "LATIN" not in scripts or not scripts & {"CYRILLIC", "GREEK"}:
        return word
    latin = word.translate(_LATIN_LOOKALIKES)
    if script_of(word) == "CYRILLIC" and not latin.isascii():
        return word.translate(_CYRILLIC_LOOKALIKES)
    return latin


def words(text: str) -> list[str]:
    """Split cleaned text into words of letters and digits; possessive ``'s`` and joining apostrophes vanish."""
    text = re.sub(r"'s\b", "", text, flags=re.IGNORECASE).replace("'", "")
    return [unmask(word) for word in _WORD.findall(text)]
