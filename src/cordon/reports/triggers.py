"""Where a sentence states an event: the words that express a predicate, active or passive, verb or noun.

Listing acts come in many fixed phrases ("imposed sanctions on", "was added to the SDN list", "under EU sanctions");
those are patterns of their own. Everything else is a verb or noun of the event vocabulary.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from cordon.reports.mention import Mention
from cordon.reports.nouns import heads
from cordon.reports.sentences import Sentence, Word
from cordon.reports.verbs import forms

BE = frozenset("is are was were be been being am get got gets 's 're".split())
HAVE = frozenset(["has", "have", "had", "having", "'ve"])
MODALS = frozenset("will would can could may might must shall should to did do does not never".split())
_NOUNISH_BEFORE = frozenset(
    (
        "the a an this that these those its his her their our my any some no each every new first joint of in "
        "on for by with from under against alleged further more such military nuclear economic illegal "
        "illicit possible potential several air drone missile terrorist deadly recent official state two "
        "three many"
    ).split()
)
_DEALS = frozenset(["deal", "agreement", "contract", "accord", "memorandum", "pact"])
_ADVERBS = frozenset(
    ("also already now then still just even again soon once previously recently allegedly reportedly jointly").split()
)


class Trigger(msgspec.Struct, frozen=True, kw_only=True):
    """Words that express an event.

    Args:
        start, end: place of the words.
        predicate: from the event vocabulary.
        shape: ``active``, ``passive``, ``noun`` or ``state`` (being under sanctions, not the act).
        group: where its verb group begins ("has agreed to" in "has agreed to provide").
        shared: word shape of the verb form (``base``, ``s``, ``ing``, ``past``, ``noun``).
        object_after: offset from which its object is looked for.
        object_span: span that holds its object, where the phrase itself encloses it.
        agent_span: span inside the phrase that names the agent ("under US sanctions").

    """

    start: int
    end: int
    predicate: str
    shape: str
    group: int
    form: str = ""
    object_after: int = -1
    object_span: tuple[int, int] | None = None
    agent_span: tuple[int, int] | None = None


_KINDS = r"(?:\w[\w'’-]*\s+){0,4}?"
_PHRASES: tuple[tuple[str, str, re.Pattern[str]], ...] = (
    ("sanction", "active", re.compile(rf"\b(?P<verb>impos(?:e[sd]?|ing)|levi(?:es|ed)|levy|announc(?:e[sd]?|ing)|introduc(?:e[sd]?|ing)|slapp(?:ed|ing)|slaps?|issu(?:e[sd]?|ing)|adopt(?:s|ed|ing)?|unveil(?:s|ed|ing)?|plac(?:e[sd]?|ing)|put(?:s|ting)?|appl(?:y|ies|ied)|enact(?:s|ed)?)\s+{_KINDS}(?:sanctions|restrictions|an?\s+asset\s+freeze|asset\s+freezes)\s+(?:on|against|targeting|upon)\b", re.IGNORECASE)),
    ("sanction", "passive", re.compile(r"\b(?:sanctions|an?\s+asset\s+freeze|restrictions)\s+(?:on|against)\s+(?P<object>[^,;]+?)\s+(?P<verb>(?:were|was|have been|had been|are)\s+(?:imposed|announced|introduced|adopted))\b", re.IGNORECASE)),
    ("sanction", "passive", re.compile(r"\bsanctions\s+(?P<verb>(?:were|was|have been|had been|are)\s+(?:imposed|announced|introduced))\s+(?:on|against)\b", re.IGNORECASE)),
    ("delist", "active", re.compile(rf"\b(?P<verb>lift(?:s|ed|ing)?|remov(?:e[sd]?|ing)|drop(?:s|ped|ping)?|eas(?:e[sd]?|ing)|end(?:s|ed|ing)?|revok(?:e[sd]?|ing)|waiv(?:e[sd]?|ing)|terminat(?:e[sd]?|ing))\s+{_KINDS}sanctions\s+(?:on|against|from|imposed on)\b", re.IGNORECASE)),
    ("delist", "enclosing", re.compile(r"\b(?P<verb>remov(?:e[sd]?|ing)|delet(?:e[sd]?|ing)|struck|strik(?:e|es|ing)|dropp(?:ed|ing)|tak(?:en|ing))\s+(?P<object>[^,;]{0,160}?)\s*(?:off|from)\s+(?:(?:the|its|their|a|an)\s+)?(?P<agent>(?:[\w.'’]+\s+){0,4}?)(?:sanctions\s+list|blacklist|sdn\s+list|entity\s+list|list\s+of\s+[\w\s]*?(?:sanction|designat|national)\w*|terror(?:ism)?\s+list)", re.IGNORECASE)),
    ("sanction", "enclosing", re.compile(r"\b(?P<verb>add(?:s|ed|ing)?|plac(?:e[sd]?|ing)|put(?:s|ting)?|includ(?:e[sd]?|ing)|nam(?:e[sd]?|ing))\s+(?P<object>[^,;]{0,160}?)\s*(?:to|on|onto|in)\s+(?:(?:the|its|their|a|an)\s+)?(?P<agent>(?:[\w.'’]+\s+){0,4}?)(?:sanctions\s+list|blacklist|sdn\s+list|specially\s+designated\s+nationals\s+list|entity\s+list|list\s+of\s+[\w\s]*?(?:sanction|designat|national)\w*)", re.IGNORECASE)),
    ("sanction", "enclosing", re.compile(r"\b(?P<verb>hit(?:s|ting)?|slap(?:s|ped|ping)?|target(?:s|ed|ing)?|punish(?:es|ed|ing)?)\s+(?P<object>[^,;]{0,160}?)\s*with\s+(?P<agent>(?:[\w.'’-]+\s+){0,4}?)sanctions\b", re.IGNORECASE)),
    ("sanction", "state", re.compile(r"\b(?:is|are|was|were|been|remains?|remained|stays?)\s+(?:still\s+|already\s+)?on\s+(?:the\s+|an?\s+)?(?P<agent>(?:[\w.'’-]+\s+(?:and\s+)?){0,4}?)(?:sanctions\s+lists?|blacklists?|sdn\s+list|entity\s+list)\b", re.IGNORECASE)),
    ("sanction", "state", re.compile(r"\b(?:under|subject\s+to|target\s+of|targeted\s+by|hit\s+(?:by|with)|facing|faces|covered\s+by)\s+(?P<agent>(?:[\w.'’-]+\s+(?:and\s+)?){0,4}?)sanctions\b", re.IGNORECASE)),
    ("sanction", "noun", re.compile(r"(?<!impose )(?<!imposed )(?<!lift )(?<!lifted )\bsanctions\s+(?:imposed\s+)?(?:on|against|targeting)\b", re.IGNORECASE)),
    ("seize", "active", re.compile(r"\b(?P<verb>fr(?:eeze|oze|eezes|eezing)|frozen)\s+(?:the\s+|all\s+|any\s+)?(?:assets|accounts|property|funds)\s+(?:of|belonging\s+to|held\s+by)\b", re.IGNORECASE)),
)  # fmt: skip


def find_triggers(part: Sentence, mentions: Sequence[Mention]) -> list[Trigger]:
    """Return the events a sentence states, in order."""
    phrases = _fixed_phrases(part)
    taken = [(trigger.start, trigger.end) for trigger in phrases]
    found = list(phrases)
    names = [(m.start, m.end) for m in mentions if m.kind not in ("Product", "Quantity") and m.shown]
    place = 0
    while place < len(part.words):
        trigger, size = _verb_at(part, place, mentions)
        place += size
        if trigger is None:
            continue
        if any(trigger.start < end and start < trigger.end for start, end in [*taken, *names]):
            continue
        found.append(trigger)
    return sorted(found, key=lambda trigger: trigger.start)


def _fixed_phrases(part: Sentence) -> list[Trigger]:
    found: list[Trigger] = []
    for predicate, shape, pattern in _PHRASES:
        for match in pattern.finditer(part.text):
            start, end = part.start + match.start(), part.start + match.end()
            if any(start < other.end and other.start < end for other in found):
                continue
            groups = match.groupdict()
            spans = {
                name: (part.start + match.start(name), part.start + match.end(name))
                for name in ("object", "agent", "verb")
                if groups.get(name)
            }
            at = spans.get("verb", (start, end))[0]
            group = group_start(part, _word_at(part, at))
            passive = shape == "passive" or (
                shape in ("active", "enclosing") and _passive_before(part, _word_at(part, at))
            )
            enclosed = spans.get("object")
            if enclosed and not part.text[enclosed[0] - part.start : enclosed[1] - part.start].strip():
                enclosed = None
            found.append(
                Trigger(
                    start=start,
                    end=end,
                    predicate=predicate,
                    shape="passive" if passive else shape if shape in ("state", "noun") else "active",
                    group=group if shape != "noun" else start,
                    form="phrase",
                    object_after=end,
                    object_span=enclosed,
                    agent_span=spans.get("agent"),
                )
            )
    return found


def _word_at(part: Sentence, offset: int) -> int:
    return next((number for number, word in enumerate(part.words) if word.end > offset), len(part.words) - 1)


def _verb_at(part: Sentence, place: int, mentions: Sequence[Mention]) -> tuple[Trigger | None, int]:
    """Return the event a word begins, if it does, and how many words to go on."""
    word = part.words[place]
    text, size = word.lower, 1
    if place + 1 < len(part.words) and f"{text} {part.words[place + 1].lower}" in forms():
        text, size = f"{text} {part.words[place + 1].lower}", 2
    options = forms().get(text)
    if options is None or (word.capital and place and not word.text.isupper() and _inside_title(part, place)):
        return None, 1
    end = part.words[place + size - 1].end
    for option in options:
        shape = _shape(part, place, size, option.shape, mentions)
        if shape:
            group = word.start if shape == "noun" else group_start(part, place)
            return (
                Trigger(
                    start=word.start,
                    end=end,
                    predicate=option.predicate,
                    shape=shape,
                    group=group,
                    form=option.shape,
                    object_after=end,
                ),
                size,
            )
    return None, size


def _inside_title(part: Sentence, place: int) -> bool:
    return part.words[place - 1].capital or (place + 1 < len(part.words) and part.words[place + 1].capital)


def _before(part: Sentence, place: int) -> Word | None:
    """Return the word before, past adverbs."""
    place -= 1
    while place >= 0 and (part.words[place].lower in _ADVERBS or part.words[place].lower.endswith("ly")):
        place -= 1
    return part.words[place] if place >= 0 else None


def _passive_before(part: Sentence, place: int) -> bool:
    before = _before(part, place)
    return before is not None and before.lower in BE


class _Around(msgspec.Struct, frozen=True):
    """What stands around a word: the words before (past adverbs) and after, lower case, and what the one before is."""

    before: str
    after: str
    subject: bool
    possessive: bool
    first: bool
    joins_verbs: bool


def _around(part: Sentence, place: int, size: int, mentions: Sequence[Mention]) -> _Around:
    before = _before(part, place)
    names = before is not None and any(m.end == before.end for m in mentions if m.kind != "Date")
    possessive = before is not None and part.text[before.end - part.start :].startswith(("'s", "’s", "s'", "’ "))
    lower = before.lower if before else ""
    return _Around(
        before=lower,
        after=part.words[place + size].lower if place + size < len(part.words) else "",
        subject=names and not possessive,
        possessive=possessive,
        first=place == 0,
        joins_verbs=lower not in ("and", "or") or _follows_verb(part, place),
    )


def _shape(part: Sentence, place: int, size: int, form: str, mentions: Sequence[Mention]) -> str:
    """Return how a word form is used here: ``active``, ``passive``, ``noun``, or "" when it states no event."""
    around = _around(part, place, size, mentions)
    if form == "noun":
        return "noun" if _is_noun(part.words[place].lower, around) else ""
    if form == "past":
        return _past_shape(part, place, around.before, around.after, mentions)
    if form == "ing":
        return _ing_shape(around)
    if form == "base":
        return "active" if _is_base_verb(around) else ""
    verbal = around.subject or around.before in ("he", "she", "it", "who", "which", "that", "and")
    return "active" if verbal and around.joins_verbs and around.after not in ("of", "on", "against") else ""


def _is_noun(word: str, around: _Around) -> bool:
    """Tell whether a noun of the vocabulary states an event: "Iran's supply of", "a deal between"."""
    if word in _DEALS:
        return around.after in ("between", "with") and around.before not in MODALS | {"and", ""}
    introduced = around.before in _NOUNISH_BEFORE or around.before in ("and", "planned", "continued")
    introduced = introduced or around.possessive or around.subject or around.first
    return introduced and around.after in ("of", "to", "from", "by", "against", "with", "between")


def _ing_shape(around: _Around) -> str:
    """Tell "supplying drones" from "the training of" and from "an assembly line"."""
    if around.before in ("the", "a", "an") or around.possessive or around.before.endswith("al"):
        return "noun" if around.after == "of" else ""
    return "" if around.after in heads("facility") else "active"


def _is_base_verb(around: _Around) -> bool:
    """Tell whether a base form is a verb: after "to", a modal, a pronoun, a name or a plural noun."""
    lower = around.before
    plural = lower.endswith("s") and lower not in _NOUNISH_BEFORE | BE | HAVE
    pronoun = lower in ("and", "or", "they", "we", "i", "you", "who", "which", "that")
    return (lower in MODALS or around.subject or pronoun or plural) and around.joins_verbs


def _follows_verb(part: Sentence, place: int) -> bool:
    """Tell whether a verb of any kind stands shortly before, so that "and" joins verbs."""
    return any(
        word.lower in forms() or word.lower in MODALS for word in part.words[max(0, place - 8) : max(0, place - 1)]
    )


def _past_shape(part: Sentence, place: int, before: str, after: str, mentions: Sequence[Mention]) -> str:
    if before in BE:
        return "passive"
    if before in HAVE or before in ("he", "she", "it", "they", "who", "which", "that", "we", "also"):
        return "active"
    word = part.words[place]
    if after == "by":
        return "passive"
    if (
        place
        and part.words[place - 1].end + 1 < word.start
        and "-" in part.text[part.words[place - 1].end - part.start : word.start - part.start]
    ):
        return ""
    follows_goods = any(
        m.end <= word.start
        and part.text[m.end - part.start : word.start - part.start].strip() == ""
        and m.kind in ("Product", "Quantity")
        for m in mentions
    )
    if follows_goods and after in ("to", "in", "from", "for", "at", "under", "on", "with", "last", "during"):
        return "passive"
    if before in ("the", "a", "an", "of", "its", "their", "his", "any", "no", "newly", "recently", "other"):
        return ""
    return "active"


_CATENATIVES = frozenset(
    (
        "failing refusing hoping seeking wanting intending threatening plan plans planning planned intend intends intended aim aims aimed seek seeks sought want wants "
        "wanted try tries trying tried prepare prepares preparing prepared consider considers considering "
        "considered begin begins began begun start starts started continue continues continued vow vowed vows "
        "pledge pledged pledges promise promised threaten threatened threatens refuse refused refuses fail "
        "failed fails hope hopes expected expects expect likely set due going agreed agree agrees agreeing "
        "able ready willing scheduled moving ahead forward looking working capacity ability believed said "
        "reported alleged known thought accused suspected used using helped help helping yet scheduled "
        "allowed ordered decided decide"
    ).split()
)
_GLUE = frozenset(
    ("to not never the ahead with for of capacity have having be been being is are was were has had that it").split()
)


def group_start(part: Sentence, place: int) -> int:
    """Return where the verb group of a verb begins: "is moving ahead with plans to" belongs to "construct"."""
    first = place
    step = place - 1
    glue = BE | HAVE | MODALS | _ADVERBS
    while step >= 0:
        word = part.words[step]
        gap = part.text[word.end - part.start : part.words[step + 1].start - part.start]
        if any(mark in gap for mark in ",;:()"):
            break
        lower = word.lower
        if lower in glue or lower.endswith("ly") or (lower in _CATENATIVES and not _as_noun(part, step)):
            first = step
        elif (
            lower not in _GLUE
            or (step == place - 1 and lower in ("of", "for", "with", "that", "it"))
            or lower in ("that", "it", "of")
        ):
            break
        step -= 1
    return part.words[first].start


def _as_noun(part: Sentence, place: int) -> bool:
    return place > 0 and part.words[place - 1].lower in ("its", "their", "his", "her", "this")
