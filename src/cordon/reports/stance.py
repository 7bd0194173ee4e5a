"""How a claim is put: who says it (attribution), how firmly (modality), and whether it is said to be so (polarity)."""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from cordon.reports.phrases import Phrase, after_preposition
from cordon.reports.sentences import Sentence

SAY = (
    "said|says|say|saying|stated|states|told|tells|added|adds|announced|announces|confirmed|confirms|warned|warns|claimed|claims|"
    "reported|reports|reporting|believes|believe|believed|noted|notes|wrote|writes|alleged|alleges|insisted|insists|"
    "acknowledged|acknowledges|admitted|admits|denied|denies|deny|declared|declares|revealed|reveals|disclosed|explained|"
    "estimates|estimated|argued|argues|assesses|assessed|concluded|concludes|suggested|suggests|found|fears|feared|thinks|"
    "told reporters|cautioned|vowed|hinted|indicated|indicates|predicted|expects|testified|asserted|asserts"
)
_INVERTED = (
    "said|says|added|adds|warned|warns|wrote|writes|noted|notes|explained|told|announced|claimed|insisted|according to"
)
_AUX = r"(?:(?:has|have|had|also|later|earlier|previously|repeatedly|recently|publicly|on\s+\w+day)\s+)*"
_SAYS = re.compile(
    rf"^\s*,?\s*(?:who\s+)?{_AUX}(?P<verb>{SAY})\b(?P<that>\s+(?:\w+\s+){{0,3}}?that\b|\s*[:,]?\s*[\"“]|\s*:)?",
    re.IGNORECASE,
)
_SAYS_AFTER = re.compile(rf"^\s*,?\s*[\"”]?\s*,?\s*(?P<verb>{SAY})\s*$", re.IGNORECASE)
_ACCORDING = re.compile(r"\b(?P<verb>according\s+to|in\s+the\s+words\s+of)\s+(?P<source>[^.;,]+)", re.IGNORECASE)
_BOUNDARY = re.compile(r",\s+(?:but|while|although|though|whereas|yet)\b|;\s|\bbut\b", re.IGNORECASE)
_PLAIN_SOURCE = re.compile(
    rf"(?P<source>\b(?:(?:[\w’'-]+\s+){{0,4}})(?:officials?|sources?|analysts?|experts?|reports?|statement|document|documents|people|prosecutors|investigators|authorities|spokes\w+|diplomats?|media|newspaper)(?:\s+(?:close\s+to|familiar\s+with|in|at|from|of|aligned\s+with)\s+[^,.;]{{1,40}}?)?)\s+{_AUX}(?P<verb>{SAY})\b",
    re.IGNORECASE,
)

_PLANNED = re.compile(
    r"\b(?:plan(?:s|ned|ning)?(?:\s+(?:to|for))?|intend(?:s|ed|ing)?\s+to|aim(?:s|ed|ing)?\s+(?:to|at)|consider(?:s|ed|ing)?|seek(?:s|ing)?\s+to|sought\s+to|want(?:s|ed)?\s+to|prepar(?:es|ed|ing)\s+to|agree(?:s|d|ing)?\s+(?:to|on)|hopes?\s+to|vow(?:s|ed)\s+to|pledge[sd]?\s+to|promise[sd]?\s+to|threaten(?:s|ed|ing)?\s+to|decided\s+to|proposed?|try(?:ing)?\s+to|tried\s+to|attempt(?:s|ed|ing)?\s+to|offer(?:s|ed)\s+to|planned)\b",
    re.IGNORECASE,
)
_EXPECTED = re.compile(
    r"\b(?:will|shall|won['’]t|(?:is|are|was|were)\s+(?:widely\s+)?(?:expected|set|due|scheduled|slated|likely|about)\s+to|expect(?:s|ed)?\s+to|going\s+to|likely|(?:is|are)\s+to(?=\s+\w)|would)\b",
    re.IGNORECASE,
)
_POSSIBLE = re.compile(
    r"\b(?:could|may|might|can|possibly|perhaps|potentially|if|whether|allegedly|reportedly|suspected\s+of|possibility|potential|unless|would)\b",
    re.IGNORECASE,
)
_NEGATIVE = re.compile(
    r"\b(?:not|never|n['’]t|no|none|neither|nor|without|fail(?:s|ed|ing|ure)?\s+to|refus(?:es|ed|ing)\s+to|has\s+yet\s+to|have\s+yet\s+to|had\s+yet\s+to|yet\s+to\s+be|stop(?:s|ped)\s+short|declin(?:es|ed)\s+to)\b|n['’]t\b",
    re.IGNORECASE,
)
_EMBEDDING_NEGATIVE = re.compile(
    r"\b(?:no|little|without(?:\s+any)?)\s+(?:\w+\s+)?(?:indication|evidence|sign|signs|proof|confirmation|suggestion|information)\b[^,;]*?\b(?:that|of)\b|\b(?:den(?:y|ies|ied|ying)|reject(?:s|ed|ing)?|dismiss(?:es|ed|ing)?|refut(?:es|ed|ing))\b(?:\s+(?:that|the|any|having|all|claims?|reports?|allegations?|accusations?|it))*|\b(?:it\s+is|is)\s+not\s+true\s+that\b",
    re.IGNORECASE,
)


class Attribution(msgspec.Struct, frozen=True, kw_only=True):
    """Who is said to say something, and where in the sentence that holds.

    Args:
        start, end: span of what is said.
        actor: id of the source's actor, or empty.
        text: the source as written.
        verb: the word that attributes, lower case.
        verb_start, verb_end: place of that word.

    """

    start: int
    end: int
    actor: str
    text: str
    verb: str
    verb_start: int
    verb_end: int


class Cue(msgspec.Struct, frozen=True):
    """A word that decides modality or polarity, with its place."""

    value: str
    start: int
    end: int
    text: str


def find_attributions(part: Sentence, phrases: Sequence[Phrase]) -> list[Attribution]:
    """Return who says what in a sentence; a wider attribution comes before one nested in it."""
    found = [*_according(part, phrases), *_said_before(part, phrases), *_said_after(part, phrases)]
    if not found:
        found += _plain_sources(part)
    return sorted(found, key=lambda item: (item.start, -item.end))


def _according(part: Sentence, phrases: Sequence[Phrase]) -> list[Attribution]:
    found = []
    for match in _ACCORDING.finditer(part.text):
        start, end = part.start + match.start("source"), part.start + match.end("source")
        named = next((p for p in phrases if p.start >= start and p.start - start <= 5 and p.end <= end + 1), None)
        whole = named is not None and end - named.end <= 1
        text = match["source"].strip()
        found.append(
            Attribution(
                start=part.start, end=part.end, actor=named.actors[0] if named and whole else "", text=text, verb="according to",
                verb_start=part.start + match.start("verb"), verb_end=part.start + match.end("verb"),
            )
        )  # fmt: skip
    return found


def _scope_end(part: Sentence, offset: int) -> int:
    """Return where what is said ends: at the next contrast, unless a quotation is open."""
    rest = part.text[offset - part.start :]
    quoted = rest.lstrip(" ,:").startswith(("“", '"'))
    stop = None if quoted else _BOUNDARY.search(rest)
    return offset + stop.start() if stop else part.end


def _said_before(part: Sentence, phrases: Sequence[Phrase]) -> list[Attribution]:
    """Read "X said (that) ...", "X accused Y of ..."."""
    found = []
    for phrase in phrases:
        match = _SAYS.match(part.text[phrase.end - part.start :])
        if match is None or after_preposition(part, phrase.start):
            continue
        start = phrase.end + match.end()
        if start >= part.end - 1:
            continue
        if (
            match["verb"].lower() in ("reports", "claims", "fears", "notes", "states", "found", "say")
            and not match["that"]
        ):
            continue
        found.append(
            Attribution(
                start=start, end=_scope_end(part, start), actor=phrase.actors[0], text=_written(part, phrase), verb=match["verb"].lower(),
                verb_start=phrase.end + match.start("verb"), verb_end=phrase.end + match.end("verb"),
            )
        )  # fmt: skip
    return found


def _said_after(part: Sentence, phrases: Sequence[Phrase]) -> list[Attribution]:
    """Read "..., X said." and "...", said X."""
    found = []
    text = part.text.rstrip(" .”\"'")
    for phrase in phrases:
        tail = text[phrase.end - part.start :]
        match = _SAYS_AFTER.match(tail) if phrase.end - part.start <= len(text) else None
        inverted = re.search(
            rf"[,”\"]\s*(?P<verb>{_INVERTED})\s+(?:(?:the|a|an)\s+)?$",
            part.text[: phrase.start - part.start],
            re.IGNORECASE,
        )
        if match is not None and re.search(
            r"[,”\"]\s*(?:(?:the|a|an|one|another)\s+)?$", part.text[: phrase.start - part.start]
        ):
            verb_start = phrase.end + match.start("verb")
        elif inverted is not None:
            match, verb_start = inverted, part.start + inverted.start("verb")
        else:
            continue
        found.append(
            Attribution(
                start=part.start, end=min(phrase.start, verb_start), actor=phrase.actors[0], text=_written(part, phrase),
                verb=match["verb"].lower(), verb_start=verb_start, verb_end=verb_start + len(match["verb"]),
            )
        )  # fmt: skip
    return found


def _plain_sources(part: Sentence) -> list[Attribution]:
    """Read sources that are nobody in particular: "Western officials said"."""
    match = _PLAIN_SOURCE.search(part.text)
    if match is None or not match["verb"].islower():
        return []
    before = not part.text[: match.start()].strip(" “\"'") or match.start() < 25
    start, end = (part.start + match.end(), part.end) if before else (part.start, part.start + match.start())
    text = re.sub(r"^(?:the|that|but|and|as)\s+", "", match["source"].strip(), flags=re.IGNORECASE)
    return [
        Attribution(
            start=start, end=end, actor="", text=text, verb=match["verb"].lower(),
            verb_start=part.start + match.start("verb"), verb_end=part.start + match.end("verb"),
        )
    ]  # fmt: skip


def _written(part: Sentence, phrase: Phrase) -> str:
    return " ".join(part.text[phrase.start - part.start : phrase.end - part.start].split())


def modality(part: Sentence, start: int, end: int) -> tuple[str, Cue | None]:
    """Return how firmly a span puts its event, with the word that decides it.

    Args:
        part: the sentence.
        start: where the verb's clause begins.
        end: where the event's verb ends.

    """
    window = part.text[start - part.start : end - part.start]
    for value, pattern in (("planned", _PLANNED), ("possible", _POSSIBLE), ("expected", _EXPECTED)):
        match = None
        for candidate in pattern.finditer(window):
            match = candidate
        if match is not None:
            if value == "possible" and match.group().lower() == "would":
                continue
            return value, Cue(value, start + match.start(), start + match.end(), match.group())
    return "asserted", None


def polarity(part: Sentence, clause: int, start: int, end: int) -> tuple[str, Cue | None]:
    """Return whether an event is said to be so, with the word that denies it.

    Args:
        part: the sentence.
        clause: where the clause begins; an embedding denial ("no indication that") may stand from here on.
        start: where the event's verb group begins.
        end: where it ends.

    """
    window = part.text[start - part.start : end - part.start]
    match, base = _NEGATIVE.search(window), start
    if match is None:
        match, base = _EMBEDDING_NEGATIVE.search(part.text[clause - part.start : end - part.start]), clause
    if match is None:
        return "positive", None
    return "negative", Cue("negative", base + match.start(), base + match.end(), match.group())
