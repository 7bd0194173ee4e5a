"""Text to sentences and words, each with its place. A sentence never crosses a paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator

import msgspec

_PARAGRAPH = re.compile(r"[^\n]+(?:\n(?!\s*\n)[^\n]+)*")
_END = re.compile(r"[.!?…。؟]+[\"'”’)\]»]*(?=\s|$)|[;](?=\s*\n)")
_ABBREVIATIONS = frozenset(
    (
        "mr mrs ms dr prof st gen col lt maj capt brig adm sgt cmdr rev hon sen rep gov pres jr sr no nos vs "
        "etc inc ltd co corp llc jan feb mar apr jun jul aug sep sept oct nov dec dept est fig approx art "
        "para sec eg ie al mt ft bros messrs"
    ).split()
)
_LAST_WORD = re.compile(r"([^\W_]+(?:\.[^\W_]+)*)\.$")
_WORD = re.compile(r"(?:[A-Z]\.){2,}|[^\W_]+(?:[.,](?=\d)\d+)*(?:[-‐‑–'’&/][^\W_]+)*|[$€£¥]", re.UNICODE)
_POSSESSIVE = re.compile(r"['’][sS]$")
_TAILS = frozenset(
    (
        "based backed made designed led owned flagged linked aligned run supplied built controlled produced "
        "sanctioned listed born funded registered allied affiliated trained manufactured held"
    ).split()
)
_SOFT_WRAP = 48
"""A line shorter than this was not broken by a margin: the next line is another thing."""
_BULLETS = ("-", "•", "*", "·")


class Word(msgspec.Struct, frozen=True):
    """A word with its place in the document; a possessive ending is not part of it."""

    text: str
    start: int
    end: int

    @property
    def lower(self) -> str:
        """The word in lower case."""
        return self.text.lower()

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital letter."""
        return self.text[:1].isupper()


class Sentence(msgspec.Struct, frozen=True):
    """A sentence with its place in the document and its words."""

    text: str
    start: int
    end: int
    words: tuple[Word, ...]


def _words(text: str, start: int) -> Iterator[Word]:
    for found in _WORD.finditer(text):
        piece, place = found.group(), start + found.start()
        possessive = _POSSESSIVE.search(piece)
        if possessive:
            piece = piece[: possessive.start()]
        head, hyphen, tail = piece.rpartition("-")
        if hyphen and tail.lower() in _TAILS and head[:1].isupper():
            yield Word(head, place, place + len(head))
            yield Word(tail, place + len(head) + 1, place + len(piece))
        elif "/" in piece and not any(char.isdigit() for char in piece) and len(piece) > 3:
            for part in re.finditer(r"[^/]+", piece):
                yield Word(part.group(), place + part.start(), place + part.end())
        else:
            yield Word(piece, place, place + len(piece))


def _is_end(text: str, found: re.Match[str]) -> bool:
    """Tell whether a full stop ends a sentence: not after an abbreviation or initial, and not before a small letter."""
    after = text[found.end() : found.end() + 40].lstrip()
    if found.group().startswith("."):
        last = _LAST_WORD.search(text[max(0, found.start() - 30) : found.start() + 1])
        if last and (last.group(1).lower() in _ABBREVIATIONS or len(last.group(1)) == 1 or "." in last.group(1)):
            # "the U.S. The" ends a sentence, "the U.S. Treasury" does not.
            return "." in last.group(1) and bool(re.match(r"(?:The|A|An|It|He|She|They|In|On|But|This|That)\b", after))
    return not after or not after[0].islower()


def _paragraph_pieces(text: str, start: int) -> Iterator[tuple[int, int]]:
    """Yield sentence spans inside one paragraph; a short line without a full stop stands alone, as headlines do."""
    place = 0
    line_start = 0
    for found in re.finditer(rf"\n|{_END.pattern}", text):
        if found.group() == "\n":
            line = text[line_start : found.start()]
            line_start = found.end()
            if len(line) >= _SOFT_WRAP and not text[found.end() : found.end() + 8].lstrip().startswith(_BULLETS):
                continue
            yield start + place, start + found.start()
            place = found.end()
        elif _is_end(text, found):
            yield start + place, start + found.end()
            place = found.end()
    yield start + place, start + len(text)


def sentences(text: str, *, begin: int = 0) -> list[Sentence]:
    """Return the sentences of a text in order.

    Args:
        text: the document's text.
        begin: offset to start at.

    """
    found = []
    for paragraph in _PARAGRAPH.finditer(text, begin):
        for start, end in _paragraph_pieces(paragraph.group(), paragraph.start()):
            piece = text[start:end]
            start += len(piece) - len(piece.lstrip())
            end = start + len(piece.strip())
            if start < end:
                found.append(Sentence(text[start:end], start, end, tuple(_words(text[start:end], start))))
    return found
