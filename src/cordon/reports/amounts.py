"""Sums of money and counted things as news prints them: "$1 billion", "at least 6,000 drones", "hundreds of missiles"."""

from __future__ import annotations

import re

import msgspec

_SYMBOLS = {
    "$": "USD",
    "€": "EUR",
    "£": "GBP",
    "¥": "JPY",
    "US$": "USD",
    "₽": "RUB",
    "₺": "TRY",
    "₩": "KRW",
    "₹": "INR",
}
_UNITS = {
    "dollar": "USD", "euro": "EUR", "pound": "GBP", "ruble": "RUB", "rouble": "RUB", "rial": "IRR", "toman": "IRT",
    "yuan": "CNY", "renminbi": "CNY", "yen": "JPY", "dirham": "AED", "lira": "TRY", "won": "KRW", "rupee": "INR",
    "franc": "CHF", "riyal": "SAR",
}  # fmt: skip
_SCALES = {"hundred": 1e2, "thousand": 1e3, "k": 1e3, "million": 1e6, "mn": 1e6, "m": 1e6, "billion": 1e9, "bn": 1e9, "b": 1e9, "trillion": 1e12, "tn": 1e12}  # fmt: skip
_NUMBER_WORDS = {
    name: value
    for value, name in enumerate(
        (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen twenty"
).split()
    )
} | {"thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "a dozen": 12, "dozen": 12, "hundred": 100, "a hundred": 100, "a thousand": 1000}  # fmt: skip
_VAGUE = {"dozens of": 24, "scores of": 40, "hundreds of": 200, "thousands of": 2000, "tens of thousands of": 20_000, "hundreds of thousands of": 200_000, "millions of": 2_000_000}  # fmt: skip

_BOUND = (
    r"(?:(?P<bound>at least|at most|more than|over|above|upwards of|less than|fewer than|under|below|up to|nearly|almost|"
    r"about|around|approximately|roughly|some|an estimated|as many as|no more than|no fewer than)\s+)?"
)
_BOUNDS = {
    "at least": "at least", "more than": "at least", "over": "at least", "above": "at least", "upwards of": "at least",
    "no fewer than": "at least", "at most": "at most", "less than": "at most", "fewer than": "at most",
    "under": "at most", "below": "at most", "up to": "at most", "as many as": "at most", "no more than": "at most",
}  # fmt: skip
_FIGURE = r"(?P<figure>\d{1,3}(?:[,  ]\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
_SCALE = r"(?:[\s-]?(?P<scale>hundred|thousand|million|billion|trillion|mn|bn|tn|[mbk])(?![A-Za-z]))?"
_CURRENCY_WORD = "|".join(_UNITS)
_MONEY = re.compile(
    _BOUND + r"(?:(?P<symbol>US\$|[$€£¥₽₺₩₹]|\b(?:USD|EUR|GBP|RUB|IRR|CNY|AED|CHF|JPY)\b)\s?" + _FIGURE + _SCALE + "|" + r"\b"
    + _FIGURE.replace("figure", "figure2") + _SCALE.replace("scale", "scale2")
    + r"\s(?:(?:U\.?S\.?|American|Russian|Iranian|Canadian)\s)?(?P<unit>(?:" + _CURRENCY_WORD
    + r")s?|USD|EUR|GBP|RUB|IRR|CNY|AED|CHF|JPY)\b)",
    re.IGNORECASE,
)  # fmt: skip
_WORDS = "|".join(sorted(_NUMBER_WORDS, key=len, reverse=True))
_VAGUE_WORDS = "|".join(sorted(_VAGUE, key=len, reverse=True))
_NOUN = r"(?P<unit>(?:[A-Za-z][\w'’-]*\s){0,3}?(?:[a-z][a-z-]*s|[a-z-]*men|people|aircraft|personnel|percent)\b)"
_QUANTITY = re.compile(
    r"(?<![\w$€£.,-])" + _BOUND + r"(?:(?P<vague>" + _VAGUE_WORDS + r")|" + _FIGURE + _SCALE + r"|(?P<word>" + _WORDS
    + r"))\s(?:of\s(?:the\s|its\s|their\s)?)?" + _NOUN,
    re.IGNORECASE,
)  # fmt: skip
_NO_UNIT = re.compile(
    r"\b(?:is|was|are|were|has|have|as|this|his|its|us|plus|which|that|and|or|in|on|of|to|for|from|with|by|at|the|who|"
    r"countries|nations|sides|states|years?|months?|weeks?|days?|hours?|minutes?|times|said|according)\b",
    re.IGNORECASE,
)


class Amount(msgspec.Struct, frozen=True, kw_only=True):
    """A sum of money or a counted thing.

    Args:
        start, end: place in the text.
        text: as written.
        number: the figure; for "hundreds of" the least it can mean.
        bound: ``exactly``, ``about``, ``at least`` or ``at most``.
        currency: ISO 4217 code, empty for a counted thing.
        unit: what is counted, empty for money.

    """

    start: int
    end: int
    text: str
    number: float
    bound: str
    currency: str = ""
    unit: str = ""


def _figure(text: str, scale: str | None) -> float:
    return float(re.sub(r"[,  ]", "", text)) * _SCALES.get((scale or "").lower(), 1)


def _bound(text: str | None) -> str:
    return _BOUNDS.get(text.lower(), "about") if text else "exactly"


def find_money(text: str, *, offset: int = 0) -> list[Amount]:
    """Return the sums of money in a text, in order."""
    found = []
    for match in _MONEY.finditer(text):
        figure, scale = (match["figure"], match["scale"]) if match["figure"] else (match["figure2"], match["scale2"])
        symbol = match["symbol"]
        if symbol:
            currency = _SYMBOLS.get(symbol.upper(), symbol.upper())
        else:
            unit = match["unit"]
            currency = _UNITS.get(unit.lower().rstrip("s"), unit.upper())
        start = match.start()
        found.append(
            Amount(
                start=offset + start,
                end=offset + match.end(),
                text=match.group(),
                number=_figure(figure, scale),
                bound=_bound(match["bound"]),
                currency=currency,
            )
        )
    return found


def find_quantities(text: str, *, offset: int = 0) -> list[Amount]:
    """Return the counted things in a text, in order; sums of money, dates and durations are not among them."""
    found = []
    for match in _QUANTITY.finditer(text):
        unit = match["unit"]
        if _NO_UNIT.search(unit):
            continue
        if match["vague"]:
            number, bound = float(_VAGUE[match["vague"].lower()]), "about"
        elif match["word"]:
            if match["word"].lower() == "one":
                continue
            number, bound = float(_NUMBER_WORDS[match["word"].lower()]), _bound(match["bound"])
        else:
            number, bound = _figure(match["figure"], match["scale"]), _bound(match["bound"])
        found.append(
            Amount(
                start=offset + match.start(),
                end=offset + match.end(),
                text=match.group(),
                number=number,
                bound=bound,
                unit=unit,
            )
        )
    return found
