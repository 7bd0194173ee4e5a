"""Noun phrases that can be arguments: mentions, groups of a nationality ("Iranian officials"), pronouns and "the company".

Each phrase knows the actors it stands for. Coordinated phrases ("A, head of B, and C") are read as one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from cordon.reports.actors import Actor, Cast
from cordon.reports.mention import Mention
from cordon.reports.nouns import heads, nouns
from cordon.reports.sentences import Sentence

_DETERMINERS = r"(?:(?:the|a|an|its|their|his|her|this|that|these|those|such|all|some|several|many|any|other|two|three|four|\d+|hundreds\s+of|dozens\s+of|thousands\s+of|more|new|former|senior|high-level|high-ranking|top|first|iran's|russia's)\s+)*"
_JOIN = re.compile(
    r"^\s*,?\s*(?:and|or|&|as well as|along with|together with|,)\s*" + _DETERMINERS + "$", re.IGNORECASE
)
_ONLY_COMMA = re.compile(r"^\s*,\s*" + _DETERMINERS + "$", re.IGNORECASE)
_PAIR = re.compile(
    r"\b(?:the|both|these)\s+(?:two\s+)?(?:countries|nations|states|sides|governments|neighbours|neighbors|allies|partners)\b|\bboth\s+(?:countries|nations|sides|states)\b",
    re.IGNORECASE,
)
_PAIR_OF_PEOPLE = re.compile(
    r"\b(?:the\s+two\s+(?:men|women|officials|executives|people|individuals)|the\s+pair|the\s+duo|both\s+men)\b",
    re.IGNORECASE,
)
_COMPANY = re.compile(
    r"\b(?:the|this|that)\s+(?:company|firm|group|organization|organisation|manufacturer|maker|airline|bank|agency|ministry|entity|body)\b",
    re.IGNORECASE,
)
_SITE = re.compile(r"\b(?:the|this|that)\s+(?:new\s+)?(?:facility|factory|plant|site|complex|line)\b", re.IGNORECASE)
_PRONOUN = re.compile(r"\b(?:he|she|him|her|they|them|it)\b", re.IGNORECASE)
PREPOSITIONS = frozenset(
    "in of to from with by on for at against under between near inside over about through via into".split()
)
_EXPLETIVE = re.compile(
    r"^it\s+(?:is|was|has been|will be|would be|appears|seems)\b[^.;]{0,60}?\b(?:that|whether|if|to)\b", re.IGNORECASE
)
_PLURAL = frozenset(("they", "them"))


class Phrase(msgspec.Struct, frozen=True, kw_only=True):
    """A noun phrase with the actors it stands for.

    Args:
        start, end: place, with article, title and apposition.
        actors: ids of its actors.
        kind: kind of mention; a pronoun has that of what it stands for.
        plural: it stands for more than one.

    """

    start: int
    end: int
    actors: tuple[str, ...]
    kind: str
    plural: bool = False


class Memory:
    """Who was spoken of last, sentence by sentence: what pronouns may stand for."""

    def __init__(self) -> None:
        self.recent: list[tuple[str, Actor]] = []
        self.groups: list[tuple[str, ...]] = []
        self.subject: Phrase | None = None

    def saw(self, kind: str, actor: Actor) -> None:
        """Remember that an actor was named."""
        self.recent.append((kind, actor))

    def last(self, kinds: Sequence[str], count: int = 1, *, states: bool | None = None) -> tuple[str, ...]:
        """Return the last ``count`` different actors of some kinds, in the order they were named."""
        found: list[str] = []
        for kind, actor in reversed(self.recent):
            if kind in kinds and actor.id not in found and (states is None or actor.state == states):
                found.append(actor.id)
                if len(found) == count:
                    break
        return tuple(reversed(found))


def phrases_of(part: Sentence, mentions: Sequence[Mention], cast: Cast, memory: Memory) -> list[Phrase]:
    """Return the noun phrases of a sentence in order, coordinated ones joined, and remember who was named."""
    single: list[Phrase] = []
    for mention in mentions:
        actor = cast.of(mention)
        if actor is None or mention.kind in ("Date", "Money", "Quantity", "Programme"):
            continue
        start, end, actor, kind = _grouped(part, mention, actor, cast)
        single.append(Phrase(start=start, end=end, actors=(actor.id,), kind=kind))
    single += _stand_ins(part, single, cast, memory)
    for mention in mentions:
        actor = cast.of(mention)
        if actor is not None:
            memory.saw(mention.kind, actor)
    joined = _coordinate(part, sorted(_outermost(single), key=lambda phrase: phrase.start))
    memory.groups += [phrase.actors for phrase in joined if len(phrase.actors) > 1]
    memory.subject = next((phrase for phrase in joined if not after_preposition(part, phrase.start)), memory.subject)
    return joined


def after_preposition(part: Sentence, offset: int) -> bool:
    """Tell whether a phrase hangs on a preposition, so that it is no subject."""
    words = part.text[: offset - part.start].lower().split()
    words = [word for word in words if word not in ("the", "a", "an", "its", "their")]
    return bool(words) and words[-1] in PREPOSITIONS


def _grouped(part: Sentence, mention: Mention, actor: Actor, cast: Cast) -> tuple[int, int, Actor, str]:
    """Widen a nationality to the group it describes: "Iranian officials" is the state, "Iranian delegation" a body."""
    if mention.kind != "Place" or not actor.state:
        return mention.outer_start, mention.outer_end, actor, mention.kind
    after = [word for word in part.words if word.start >= mention.end][:4]
    words: list[str] = []
    for number, word in enumerate(after):
        gap_from = after[number - 1].end if number else mention.end
        if part.text[gap_from - part.start : word.start - part.start].strip() or not word.text[:1].islower():
            break
        words.append(word.lower)
        for size in range(len(words), 0, -1):
            head = " ".join(words[-size:])
            if head in nouns("group") or head in heads("group"):
                return mention.start, word.end, actor, "Place"
            if head in nouns("body"):
                text = part.text[mention.start - part.start : word.end - part.start]
                key = ("body", f"{actor.country} {text.lower()}")
                return mention.start, word.end, cast.add(key, "Organization", text, actor.country), "Organization"
    return mention.outer_start, mention.outer_end, actor, mention.kind


def _outermost(phrases: list[Phrase]) -> list[Phrase]:
    """Return the phrases that are not inside another: an apposition is no argument of its own."""
    return [
        phrase
        for phrase in phrases
        if not any(
            other is not phrase
            and other.start <= phrase.start
            and phrase.end <= other.end
            and (other.end - other.start) > (phrase.end - phrase.start)
            for other in phrases
        )
    ]


def _stand_ins(part: Sentence, named: list[Phrase], cast: Cast, memory: Memory) -> list[Phrase]:
    found: list[Phrase] = []

    def add(match: re.Match[str], actors: tuple[str, ...], kind: str) -> None:
        start, end = part.start + match.start(), part.start + match.end()
        taken = any(start < other.end and other.start < end for other in [*named, *found])
        if actors and not taken:
            found.append(Phrase(start=start, end=end, actors=actors, kind=kind, plural=len(actors) > 1))

    for match in _PAIR.finditer(part.text):
        add(match, _pair(part, match, named, cast, memory), "Place")
    for match in _PAIR_OF_PEOPLE.finditer(part.text):
        add(match, memory.last(("Person",), 2), "Person")
    for match in _COMPANY.finditer(part.text):
        add(match, memory.last(("Organization",)), "Organization")
    for match in _SITE.finditer(part.text):
        add(match, memory.last(("Place",), states=False), "Place")
    for match in _PRONOUN.finditer(part.text):
        word = match.group().lower()
        before = [phrase for phrase in named if phrase.end <= part.start + match.start()]
        if word == "her" and part.text[match.end() : match.end() + 2].strip():
            following = part.text[match.end() :].lstrip()[:1]
            if following.isalpha():
                continue
        if word == "it" and _EXPLETIVE.match(part.text[match.start() :]):
            continue
        actors = _antecedent(part, word, before, memory)
        if actors:
            add(match, actors, cast.get(actors[0]).kind)
    return found


def _pair(part: Sentence, match: re.Match[str], named: list[Phrase], cast: Cast, memory: Memory) -> tuple[str, ...]:
    """Return the two states "the two countries" stands for: of this sentence, else of those before."""
    here = [p.actors[0] for p in named if p.end <= part.start + match.start() and cast.get(p.actors[0]).state]
    both = tuple(dict.fromkeys(here))[-2:]
    if len(both) == 2:
        return both
    for group in reversed(memory.groups):
        if len(group) == 2 and all(cast.get(key).state for key in group):
            return group
    return memory.last(("Place",), 2, states=True)


def _antecedent(part: Sentence, word: str, before: list[Phrase], memory: Memory) -> tuple[str, ...]:
    """Return what a pronoun stands for where it is safe to say, else nothing."""
    if word in _PLURAL:
        people = [p for p in before if p.kind in ("Person", "Organization")]
        groups = _coordinate(part, sorted(people, key=lambda p: p.start))
        plural = next((p for p in reversed(groups) if len(p.actors) > 1), None)
        if plural is not None:
            return plural.actors
        if not before and memory.subject is not None and memory.subject.plural:
            return memory.subject.actors
        return memory.groups[-1] if memory.groups else ()
    kinds = ("Person",) if word != "it" else ("Organization", "Place")
    near = next((p for p in before if p.kind in kinds and not after_preposition(part, p.start)), None)
    near = near or next((p for p in reversed(before) if p.kind in kinds), None)
    if near is not None:
        return near.actors[-1:]
    if word == "it" and memory.subject is not None and memory.subject.kind in kinds and not memory.subject.plural:
        return memory.subject.actors
    return memory.last(kinds)


def _coordinate(part: Sentence, phrases: list[Phrase]) -> list[Phrase]:
    """Join phrases that only "and", "or" or a comma separates, of one kind."""
    joined: list[Phrase] = []
    for phrase in phrases:
        last = joined[-1] if joined else None
        if last is not None and phrase.start >= last.end and _alike(last.kind, phrase.kind):
            gap = part.text[last.end - part.start : phrase.start - part.start]
            if _JOIN.match(gap) and not (_ONLY_COMMA.match(gap) and not _list_goes_on(part, phrase, phrases)):
                actors = tuple(dict.fromkeys((*last.actors, *phrase.actors)))
                joined[-1] = Phrase(start=last.start, end=phrase.end, actors=actors, kind=last.kind, plural=True)
                continue
        joined.append(phrase)
    return joined


def _alike(left: str, right: str) -> bool:
    actors = ("Person", "Organization", "Vessel")
    return left == right or (left in actors and right in actors)


def _list_goes_on(part: Sentence, phrase: Phrase, phrases: list[Phrase]) -> bool:
    """Tell whether a comma before a phrase separates a list ("A, B and C") and not an apposition."""
    rest = part.text[phrase.end - part.start : phrase.end - part.start + 30]
    return re.match(r"\s*,?\s*(?:and|or|,|&)\s", rest) is not None and any(
        other.start > phrase.end for other in phrases
    )
