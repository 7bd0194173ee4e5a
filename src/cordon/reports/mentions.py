"""Finds the mentions of a document: rules for kinds, the record's own names, and short forms introduced in the text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from cordon.index import NameIndex
from cordon.names.places import Place, gazetteer
from cordon.names.tables import rows, word_set
from cordon.names.tokens import fold
from cordon.reports.amounts import Amount, find_money, find_quantities
from cordon.reports.dates import Dated, find_dates
from cordon.reports.document import Document
from cordon.reports.goods import find_goods
from cordon.reports.mention import Mention
from cordon.reports.nouns import heads, nouns
from cordon.reports.runs import FUNCTION_WORDS, NOT_NAMES, Run, find_runs, is_headline
from cordon.reports.sentences import Sentence

_FUTURE = re.compile(r"\b(?:will|shall|is expected|are expected|plans? to|is to|are to|scheduled|going to)\b")
_DESIGNATOR = re.compile(r"^[A-Z][A-Za-z]*[-‑]?\d+[A-Za-z]{0,3}$")
_PROGRAMME = re.compile(
    r"\b(?:Executive Order|E\.O\.|EO|Resolution|Regulation(?: \(E[CU]\))?(?: No\.?)?) ?\d[\d/]*\d|\b(?:SDN|Entity|Specially Designated"
    r" Nationals|Unverified|Denied Persons|Military End[- ]User) List\b"
)
_PLACE_WORDS = frozenset(["in", "at", "near", "outside", "across", "inside", "around", "via"])
_COMPANY_WORDS = frozenset(
    "company firm group maker bank manufacturer organization airline agency outlet newspaper".split()
)
_SCHEMA_KINDS = {"Person": "Person", "Vessel": "Vessel", "Airplane": "Vessel"}


@cache
def _titles() -> dict[str, str]:
    """Return each title with ``role`` or ``title``."""
    return {row[0]: row[2] for row in rows("cordon.names", "titles.tsv")}


class Found:
    """The mentions of one document with what they were found by."""

    def __init__(
        self,
        document: Document,
        parts: list[Sentence],
        mentions: list[list[Mention]],
        dates: list[Dated],
        amounts: list[Amount],
    ) -> None:
        self.document = document
        self.sentences = parts
        self.by_sentence = mentions
        self.dates = dates
        self.amounts = amounts


class Finder:
    """Finds mentions sentence by sentence, remembering what the document has named already.

    Args:
        document: the report.
        parts: its sentences.
        index: the names of the record.

    """

    def __init__(self, document: Document, parts: list[Sentence], index: NameIndex) -> None:
        self.document = document
        self.parts = parts
        self.index = index
        self.lowered = frozenset(word.text for part in parts for word in part.words if word.text.islower())
        self.people: set[str] = set()
        self.known: dict[str, str] = {}

    def find(self) -> Found:
        """Return all mentions; headlines are read last, with the names of the body known."""
        found: list[list[Mention]] = [[] for _ in self.parts]
        dates: list[Dated] = []
        amounts: list[Amount] = []
        self._learn_people()
        later = [number for number, part in enumerate(self.parts) if self._is_head(part)]
        for number in [*(n for n in range(len(self.parts)) if n not in set(later)), *later]:
            part = self.parts[number]
            ahead = bool(_FUTURE.search(part.text))
            own_dates = find_dates(part.text, published=self.document.published, offset=part.start, ahead=ahead)
            sums = find_money(part.text, offset=part.start)
            counts = [
                one
                for one in find_quantities(part.text, offset=part.start)
                if not _touches(
                    one.start, one.end, [*((d.start, d.end) for d in own_dates), *((m.start, m.end) for m in sums)]
                )
            ]
            dates += own_dates
            amounts += [*sums, *counts]
            found[number] = self._sentence(part, own_dates, sums, counts, head=number in later)
        return Found(self.document, self.parts, found, dates, amounts)

    def _learn_people(self) -> None:
        """Learn the surnames of the body first, so that a surname is a person even before the full name."""
        for part in self.parts:
            if not self._is_head(part):
                for mention in self._names(part, [], head=False):
                    if mention.kind != "Person":
                        self.known.pop(fold(mention.text), None)

    def _is_head(self, part: Sentence) -> bool:
        return part.start < self.document.body or is_headline(part)

    def _sentence(
        self, part: Sentence, dates: list[Dated], sums: list[Amount], counts: list[Amount], *, head: bool
    ) -> list[Mention]:
        fixed = [
            *(_mention(part, d.start, d.end, "Date") for d in dates),
            *(_mention(part, m.start, m.end, "Money") for m in sums),
            *(_mention(part, q.start, q.end, "Quantity") for q in counts),
        ]
        blocked = [(m.start, m.end) for m in fixed if m.kind != "Quantity"]
        for match in _PROGRAMME.finditer(part.text):
            start, end = part.start + match.start(), part.start + match.end()
            if not _touches(start, end, blocked):
                fixed.append(_mention(part, start, end, "Programme"))
                blocked.append((start, end))
        names = list(self._names(part, blocked, head=head))
        taken = [(m.start, m.end) for m in names if m.shown and m.kind != "Product"]
        goods = find_goods(part, [*taken, *blocked], [m for m in names if m.kind == "Product"])
        names = [
            m for m in names if m.kind != "Product" or not _touches(m.start, m.end, [(g.start, g.end) for g in goods])
        ]
        return sorted([*fixed, *names, *goods], key=lambda m: (m.start, -m.end))

    def _names(self, part: Sentence, blocked: list[tuple[int, int]], *, head: bool) -> Iterator[Mention]:
        for run in find_runs(part, blocked, lambda text: fold(text) in gazetteer()):
            for mention in self._classify(part, run, head=head):
                if mention.kind == "Person":
                    self.people.add(fold(mention.text).split(" ")[-1])
                if mention.shown:
                    self.known.setdefault(fold(mention.text), mention.kind)
                yield mention

    def _classify(self, part: Sentence, run: Run, *, head: bool) -> Iterator[Mention]:
        """Yield what a run of capitalised words names; long runs are taken apart."""
        start, end = run
        while start < end and part.words[start].lower in FUNCTION_WORDS and not part.words[start].text.isupper():
            start += 1
        if start >= end:
            return
        whole = self._known_name(part, start, end)
        if whole is not None:
            yield whole
            return
        if head:
            yield from self._in_headline(part, start, end)
            return
        if start == 0 and self._is_plain_opening(part, start, end):
            start += 1
            if start >= end or (whole := self._known_name(part, start, end)) is not None:
                if start < end and whole is not None:
                    yield whole
                return
        yield from self._split_place(part, start, end)

    def _is_plain_opening(self, part: Sentence, start: int, end: int) -> bool:
        """Tell whether the first word of a sentence is capitalised only for standing first."""
        word = part.words[start]
        lower = word.lower
        common = lower in self.lowered or lower in heads("product") or lower in heads("group") or lower in heads("body")
        if end - start == 1:
            return common or (
                lower not in self.known
                and not word.text.isupper()
                and fold(lower) not in self.people
                and lower not in gazetteer()
            )
        return (
            common
            and lower not in nouns("organization")
            and lower not in nouns("organization_start")
            and lower not in _titles()
        )

    def _split_place(self, part: Sentence, start: int, end: int) -> Iterator[Mention]:
        """Peel a leading nationality off a person's title, then classify what is left."""
        for size in (3, 2, 1):
            if end - start <= size:
                continue
            place = _place(_text(part, start, start + size))
            if place is None or place.kind == "institution":
                continue
            rest = start + size
            if self._title_words(part, rest, end) or self._is_given(part, rest) or self._known_name(part, rest, end):
                yield _place_mention(part, start, rest, place)
                yield from self._named(part, rest, end)
                return
        yield from self._named(part, start, end)

    def _named(self, part: Sentence, start: int, end: int) -> Iterator[Mention]:
        titled = self._title_words(part, start, end)
        if titled and start + titled < end:
            inner = self._known_name(part, start + titled, end)
            if inner is None or inner.kind == "Person":
                yield _mention(
                    part, part.words[start + titled].start, part.words[end - 1].end, "Person",
                    title=_text(part, start, start + titled), phrase_start=part.words[start].start,
                )  # fmt: skip
                return
        if titled and start + titled == end:
            return
        if (whole := self._known_name(part, start, end)) is not None:
            yield whole
            return
        inside = self._title_inside(part, start, end)
        if inside is not None:
            at, size = inside
            yield from self._named(part, start, at)
            yield _mention(
                part, part.words[at + size].start, part.words[end - 1].end, "Person",
                title=_text(part, at, at + size), phrase_start=part.words[at].start,
            )  # fmt: skip
            return
        kind = self._kind(part, start, end)
        if kind:
            yield _mention(part, part.words[start].start, part.words[end - 1].end, kind)

    def _kind(self, part: Sentence, start: int, end: int) -> str | None:
        """Return the kind of a run that no table knows, or None for no name at all."""
        words = part.words[start:end]
        lowers = [word.lower for word in words]
        before = part.words[start - 1].lower if start else ""
        after = part.words[end].lower if end < len(part.words) else ""
        if before in nouns("vessel"):
            return "Vessel"
        if any(_DESIGNATOR.match(word.text) for word in words):
            return "Product"
        if len(words) > 1 and self._is_given(part, start) and lowers[-1] not in nouns("organization"):
            return "Person"
        if any(lower in nouns("organization") for lower in lowers) or lowers[-1] in word_set(
            "cordon.names", "legal_forms.tsv"
        ):
            return "Organization"
        if len(words) == 1:
            return self._single_kind(words[0].text, before, after)
        if after in heads("product") and not self._is_given(part, start):
            return "Product"
        if before in _PLACE_WORDS:
            return "Place"
        if any(lower in self.lowered or lower in NOT_NAMES for lower in lowers) or len(words) > 4:
            return "Organization"
        return "Person"

    def _single_kind(self, text: str, before: str, after: str) -> str | None:
        lower = text.lower()
        if fold(text) in self.people:
            return "Person"
        if lower in NOT_NAMES or (lower in self.lowered and not text.isupper()):
            return None
        if after in heads("product"):
            return "Product"
        if text.isupper() and len(text) > 1:
            return "Organization"
        if before in nouns("role") or lower in word_set("cordon.names", "given_names.txt"):
            return "Person"
        if before in _PLACE_WORDS:
            return "Place"
        return "Organization"

    def _known_name(self, part: Sentence, start: int, end: int) -> Mention | None:
        """Return the mention of a span that a table, the record or the document itself knows as a whole."""
        if start >= end:
            return None
        text = _text(part, start, end)
        for further in (2, 1, 0):
            stop = end + further
            if stop <= len(part.words) and all(word.text.islower() for word in part.words[end:stop]):
                place = _place(_text(part, start, stop))
                if place is not None:
                    return _place_mention(part, start, stop, place)
        folded = fold(text)
        entities = self.index.named(text) if len(folded) > 2 else ()
        if entities and (end - start > 1 or text.isupper() or folded in self.known):
            kind = _SCHEMA_KINDS.get(entities[0].schema, "Organization")
            return _mention(part, part.words[start].start, part.words[end - 1].end, kind)
        if folded in self.known and self.known[folded] in ("Person", "Organization", "Vessel"):
            return _mention(part, part.words[start].start, part.words[end - 1].end, self.known[folded])
        return None

    def _in_headline(self, part: Sentence, start: int, end: int) -> Iterator[Mention]:
        """Yield the longest spans of a headline that are known from tables, the record or the body."""
        place = start
        while place < end:
            for stop in range(end, place, -1):
                found = self._known_name(part, place, stop)
                if found is None and stop == place + 1 and fold(part.words[place].text) in self.people:
                    found = _mention(part, part.words[place].start, part.words[place].end, "Person")
                if found is not None:
                    yield found
                    place = stop
                    break
            else:
                place += 1

    def _is_given(self, part: Sentence, start: int) -> bool:
        word = fold(part.words[start].text.split("-")[0]) if start < len(part.words) else ""
        return word in word_set("cordon.names", "given_names.txt")

    def _title_words(self, part: Sentence, start: int, end: int) -> int:
        """Return how many words from here on are titles ("Brigadier General", "Foreign Minister")."""
        size = 0
        while start + size < end:
            for length in (4, 3, 2, 1):
                stop = start + size + length
                if stop <= end and fold(_text(part, start + size, stop)) in _titles():
                    size += length
                    break
            else:
                break
        return size

    def _title_inside(self, part: Sentence, start: int, end: int) -> tuple[int, int] | None:
        """Return where a title stands between an organisation and a person: "Acme Group CEO Jane Doe"."""
        for at in range(start + 1, end - 1):
            size = self._title_words(part, at, end)
            if (
                size
                and at + size < end
                and end - at - size <= 4
                and (self._is_given(part, at + size) or _text(part, at, at + size).isupper())
            ):
                return at, size
        return None


def _touches(start: int, end: int, spans: Iterable[tuple[int, int]]) -> bool:
    return any(start < other_end and other_start < end for other_start, other_end in spans)


def _text(part: Sentence, start: int, end: int) -> str:
    return part.text[part.words[start].start - part.start : part.words[end - 1].end - part.start]


def _place(text: str) -> Place | None:
    found = gazetteer().get(fold(text))
    if not found or (len(text) == 2 and not text.isupper()):
        return None
    return found[0]


def _mention(part: Sentence, start: int, end: int, kind: str, *, title: str = "", phrase_start: int = -1) -> Mention:
    return Mention(
        start=start,
        end=end,
        text=part.text[start - part.start : end - part.start],
        kind=kind,
        title=title,
        phrase_start=phrase_start,
    )


def _place_mention(part: Sentence, start: int, end: int, place: Place) -> Mention:
    first, last = part.words[start].start, part.words[end - 1].end
    return Mention(
        start=first,
        end=last,
        text=part.text[first - part.start : last - part.start],
        kind="Organization" if place.kind == "institution" else "Place",
        country=place.country,
        state=place.kind in ("state", "metonym", "demonym"),
        shown=place.kind != "demonym",
    )
