"""Roles of people: titles before the name, appositions after it, and "X is the head of Y"."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from cordon.names.text import DASHES
from cordon.reports.mention import Mention
from cordon.reports.nouns import longest, nouns
from cordon.reports.sentences import Sentence

_ARTICLES = frozenset(
    "the a an its his her their then former one who is was serves served as current acting late ex".split()
)
_COPULA = re.compile(
    r"^\s*,?\s*(?:who\s+)?(?:is|was|became|serves as|served as|remains|works as|has been)\s+(?:the|a|an)?\s*"
)
LEADERS = frozenset(
    (
        "head chief commander ceo chairman chairwoman president director leader minister governor founder "
        "owner secretary supervisor chair"
    ).split()
)
"""Last words of the roles of somebody who leads."""


class Role(msgspec.Struct, frozen=True, kw_only=True):
    """What a person is said to be.

    Args:
        person: start of the person's mention.
        start, end: place of the role's words.
        text: the role as written.
        leads: whether it is the role of a leader.
        organization: start of the mention of the organisation or state it is of, or -1.

    """

    person: int
    start: int
    end: int
    text: str
    leads: bool
    organization: int = -1


def find_roles(part: Sentence, mentions: Sequence[Mention]) -> tuple[list[Role], list[Mention]]:
    """Return the roles in a sentence, and its mentions with appositions made part of their phrases."""
    roles: list[Role] = []
    extended: list[Mention] = []
    for mention in mentions:
        if mention.kind != "Person":
            extended.append(mention)
            continue
        own = [role for role in (_title(part, mention, mentions), _before(part, mention, mentions)) if role]
        after = _after(part, mention, mentions) or _copula(part, mention, mentions)
        own += [after] if after else []
        roles += own
        extended.append(_stretch(mention, own))
    return roles, extended


def _stretch(mention: Mention, roles: list[Role]) -> Mention:
    start = min([mention.outer_start, *(role.start for role in roles if role.start < mention.start)])
    end = max([mention.outer_end, *(role.end for role in roles if role.start >= mention.end)])
    return msgspec.structs.replace(mention, phrase_start=start, phrase_end=end)


def _at(part: Sentence, offset: int) -> int:
    """Return the number of the first word that begins at or after an offset."""
    return next((number for number, word in enumerate(part.words) if word.start >= offset), len(part.words))


def _role_phrase(part: Sentence, place: int) -> int:
    """Return how many words the role noun that begins at a word has, 0 for none."""
    for size in range(min(longest("role"), len(part.words) - place), 0, -1):
        phrase = " ".join(word.lower for word in part.words[place : place + size])
        if phrase in nouns("role") or (phrase.endswith("s") and phrase[:-1] in nouns("role")):
            return size
    return 0


def _make(part: Sentence, person: Mention, first: int, last: int, noun: str, body: Mention | None) -> Role:
    start = part.words[first].start
    end = max(part.words[last].end, body.end if body else 0)
    return Role(
        person=person.start,
        start=start,
        end=end,
        text=" ".join(part.text[start - part.start : end - part.start].split()),
        leads=noun.split(" ")[-1] in LEADERS,
        organization=body.start if body else -1,
    )


def _title(part: Sentence, person: Mention, mentions: Sequence[Mention]) -> Role | None:
    """Return the title that stands directly before the name, with the state or body it is of."""
    if not person.title:
        return None
    body = _neighbour(part, mentions, person.outer_start)
    start = body.start if body else person.outer_start
    text = " ".join(part.text[start - part.start : person.start - part.start].split())
    return Role(
        person=person.start,
        start=start,
        end=person.start,
        text=text,
        leads=person.title.lower().split(" ")[-1] in LEADERS,
        organization=body.start if body else -1,
    )


def _neighbour(part: Sentence, mentions: Sequence[Mention], offset: int) -> Mention | None:
    """Return the organisation or place that ends right before an offset, possessive or not."""
    for mention in mentions:
        gap = part.text[mention.end - part.start : offset - part.start] if mention.end <= offset else "x"
        if mention.kind in ("Organization", "Place") and re.fullmatch(rf"(?:['’]s)?[\s{re.escape(DASHES)}]*", gap):
            return mention
    return None


def _before(part: Sentence, person: Mention, mentions: Sequence[Mention]) -> Role | None:
    """Return a role written before the name: "IRGC commander X", "the head of Y, X"."""
    here = _at(part, person.outer_start)
    for size in range(min(longest("role"), here), 0, -1):
        phrase = " ".join(word.lower for word in part.words[here - size : here])
        if phrase in nouns("role") and part.words[here - 1].end + 1 >= person.outer_start:
            body = _neighbour(part, mentions, part.words[here - size].start)
            first = _at(part, body.start) if body else here - size
            role = _make(part, person, first, here - 1, phrase, None)
            return msgspec.structs.replace(role, organization=body.start if body else -1)
    own = _possessed(part, person, here)
    if own is not None:
        return own
    for body in mentions:
        gap = (
            part.text[body.end - part.start : person.outer_start - part.start] if body.end <= person.outer_start else ""
        )
        if body.kind in ("Organization", "Place") and gap.strip() == ",":
            first = _at(part, body.start)
            for back in range(2, 7):
                if first - back >= 0 and (size := _role_phrase(part, first - back)):
                    link = [word.lower for word in part.words[first - back + size : first]]
                    if link and link[0] in ("of", "at", "for") and set(link[1:]) <= {"the", "a"}:
                        noun = " ".join(word.lower for word in part.words[first - back : first - back + size])
                        return _make(part, person, first - back, first, noun, body)
    return None


def _possessed(part: Sentence, person: Mention, here: int) -> Role | None:
    """Return the role of "its managing director, X"."""
    if part.text[: person.outer_start - part.start].rstrip()[-1:] != ",":
        return None
    for size in range(min(longest("role"), here - 1), 0, -1):
        phrase = " ".join(word.lower for word in part.words[here - size : here])
        if phrase in nouns("role") and part.words[here - size - 1].lower in ("its", "their", "his", "her", "the"):
            return _make(part, person, here - size, here - 1, phrase, None)
    return None


def _after(part: Sentence, person: Mention, mentions: Sequence[Mention]) -> Role | None:
    """Return a role in apposition: "X, the former head of Y"."""
    rest = part.text[person.end - part.start :]
    opened = re.match(r"\s*(?:,|\(|[-–—])\s*", rest)
    if opened is None:
        return None
    return _described(part, person, mentions, _at(part, person.end + opened.end()))


def _copula(part: Sentence, person: Mention, mentions: Sequence[Mention]) -> Role | None:
    opened = _COPULA.match(part.text[person.end - part.start :])
    return _described(part, person, mentions, _at(part, person.end + opened.end())) if opened else None


def _described(part: Sentence, person: Mention, mentions: Sequence[Mention], place: int) -> Role | None:
    """Read "[the former] [Iranian] ROLE [of the BODY]" from a word on."""
    words = part.words
    while place < len(words) and words[place].lower in _ARTICLES:
        place += 1
    for skip in range(6):
        at = place + skip
        if at >= len(words) or (
            skip and "," in part.text[words[at - 1].end - part.start : words[at].start - part.start]
        ):
            return None
        size = _role_phrase(part, at)
        if size:
            noun = " ".join(word.lower for word in words[at : at + size])
            body = _body_after(part, mentions, at + size) or _neighbour(part, mentions, words[at].start)
            inside = body is not None and body.start >= words[at].start
            role = _make(part, person, place, at + size - 1, noun, body if inside else None)
            return msgspec.structs.replace(role, organization=body.start if body else -1)
        if words[at].lower in ("of", "in", "at", "for", "and", "that", "which", "said", "told"):
            return None
    return None


def _body_after(part: Sentence, mentions: Sequence[Mention], place: int) -> Mention | None:
    """Return the organisation after "of the", past a possessive state: "CEO of Iran's Quds Aviation Industry"."""
    words = part.words
    if place >= len(words) or words[place].lower not in ("of", "at", "for", "in", "with"):
        return None
    limit = words[min(place + 5, len(words) - 1)].end
    near = [m for m in mentions if words[place].end <= m.start <= limit and m.kind in ("Organization", "Place")]
    if not near:
        return None
    first = near[0]
    gap = part.text[words[place].end - part.start : first.start - part.start].strip().lower()
    if gap not in ("", "the", "a", "an", "its", "their", "his"):
        return None
    for other in near[1:]:
        between = part.text[first.end - part.start : other.start - part.start]
        if re.fullmatch(r"(?:['’]s)?\s+(?:own\s+)?", between) and other.kind == "Organization":
            first = other
    return first
