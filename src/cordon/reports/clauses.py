"""One sentence as clauses: the subject an event has, the phrase its verb acts on, what stands behind a preposition."""

from __future__ import annotations

import re
from collections.abc import Iterable

from cordon.reports.amounts import Amount
from cordon.reports.dates import Dated
from cordon.reports.phrases import Phrase, after_preposition
from cordon.reports.sentences import Sentence
from cordon.reports.stance import find_attributions
from cordon.reports.triggers import Trigger

DIRECT = re.compile(
    r"^(?:\s|[\"“(]|\b(?:the|a|an|its|their|his|her|this|these|those|such|any|all|some|more|several|many|most|both|new|two|three|four|five|six|seven|eight|nine|ten|further|additional|another|extra|million|billion|at least|hundreds of|dozens of|thousands of|a number of|about|over|up to|as well as|former|senior|top|so-called|own|(?:[\w-]+\s+){0,5}(?:version|variant|model|copy|type|kind|number|series|batch|fleet|stock|range|shipment|shipments|supply|supplies|amounts?|quantities)s?\s+of|[a-z]+s\s+of|\w+['’]s|[a-z]+(?:ian|ese|ish|ed|al|ive|ous|ic|able|ly))\b|\d[\d,.]*|\w+-\w+|%|\$)*$",
    re.IGNORECASE,
)
_AMONG = re.compile(r"^[^.;:]*\b(?:including|among them|namely|such as)\s+(?:the\s+)?$", re.IGNORECASE)
_SUBJECT_GAP = re.compile(
    r"^\s*(?:\)|”|\")?\s*(?:,?\s*(?:who|which|that)\b)?\s*(?:,\s*)?(?:(?:also|later|then|now|reportedly|allegedly|jointly|recently|[a-z]+ly)\s*,?\s*)*$",
    re.IGNORECASE,
)
_PARENTHESIS = re.compile(r",[^,]*,|\([^)]*\)|[—–][^—–]*[—–]")
_CONTRAST = re.compile(r",?\s+(?:but|while|although|though|whereas)\b|;", re.IGNORECASE)
_OTHER_VERB = re.compile(r"\b(?:will|would|is|are|was|were|be|been|has|have|had|which|who|that|used|while)\b|[;:]")
_HANGING = frozenset("of for from by without and or after while before to in".split())
"""Words that hang a verb on the subject of the verb before."""
_CLAUSE_BREAK = re.compile(
    r"\b(?:that|which|who|whom|whether|because|if|when|where|said|says|told)\b|[:“\"]", re.IGNORECASE
)


class Reading:
    """One sentence while its claims are read."""

    def __init__(
        self, part: Sentence, phrases: list[Phrase], triggers: list[Trigger], dates: list[Dated], amounts: list[Amount]
    ) -> None:
        self.part = part
        self.phrases = phrases
        self.triggers = triggers
        self.dates = dates
        self.amounts = amounts
        self.attributions = find_attributions(part, phrases)
        self.agents: dict[int, Phrase | None] = {}
        self.objects: dict[int, Phrase | None] = {}

    def text(self, start: int, end: int) -> str:
        """Return the words between two places of the document."""
        return self.part.text[max(0, start - self.part.start) : max(0, end - self.part.start)]

    def clause(self, offset: int) -> tuple[int, int]:
        """Return the stretch between contrasts around an offset."""
        start, end = self.part.start, self.part.end
        for match in _CONTRAST.finditer(self.part.text):
            if self.part.start + match.end() <= offset:
                start = self.part.start + match.end()
            elif self.part.start + match.start() > offset:
                end = self.part.start + match.start()
                break
        return start, end

    def next_start(self, number: int) -> int:
        """Return where the words of a trigger end: at the next event that has a subject of its own, or the clause."""
        trigger = self.triggers[number]
        limit = self.clause(trigger.start)[1]
        for other in self.triggers[number + 1 :]:
            if other.start >= limit:
                break
            if other.shape != "noun" and self.text(trigger.end, other.group).strip() != "":
                limit = min(limit, max(other.group, trigger.end))
                break
        return limit

    def before(self, number: int) -> Phrase | None:
        """Return the subject of an event: the phrase its verb group follows, or the subject of the event before."""
        trigger = self.triggers[number]
        clause, _ = self.clause(trigger.start)
        lead = self.text(clause, trigger.group).rstrip()
        last_word = re.split(r"[\s,]+", lead)[-1].lower() if lead else ""
        infinitive = trigger.form == "base" and self.text(trigger.group, trigger.group + 3).lower() == "to "
        hangs = infinitive or (trigger.form == "ing" and lead.endswith(","))
        if number and (hangs or (last_word in _HANGING and trigger.shape != "passive")):
            return self._inherited(number, "to" if infinitive else last_word)
        ended = [p for p in self.phrases if clause <= p.start and p.end <= trigger.group]
        if last_word == "who":
            ended = [p for p in ended if p.kind == "Person"]
            return ended[-1] if ended else None
        found = self._nearest_subject(number, ended)
        if found is not None:
            return found
        if number and last_word != "that":
            inherited = self._inherited(number, last_word)
            if inherited is not None:
                return inherited
        if any(clause <= other.start for other in self.triggers[:number]):
            return None
        return self._first_of_clause(trigger, ended)

    def _nearest_subject(self, number: int, ended: list[Phrase]) -> Phrase | None:
        """Return the phrase right before the verb group, past relative pronouns, adverbs and insertions."""
        trigger = self.triggers[number]
        finite = [other for other in self.triggers[:number] if other.shape not in ("noun", "passive")]
        for phrase in sorted(ended, key=lambda p: -p.end):
            hangs = after_preposition(self.part, phrase.start)
            if _SUBJECT_GAP.match(_PARENTHESIS.sub(" ", self.text(phrase.end, trigger.group))):
                if hangs and phrase is not ended[0]:
                    continue
                return phrase
            if any(phrase.end <= other.start and other.end <= trigger.group for other in finite):
                return None
            if not hangs and self._is_subject(phrase, trigger):
                return phrase
        return None

    def _first_of_clause(self, trigger: Trigger, ended: list[Phrase]) -> Phrase | None:
        """Return the first phrase of a clause whose verb stands far off: "Russia and Iran press ahead with plans to"."""
        first = next((phrase for phrase in ended if not after_preposition(self.part, phrase.start)), None)
        if first is None or trigger.shape == "passive":
            return None
        gap = self.text(first.end, trigger.group)
        last = gap.split()[-1].lower() if gap.split() else ""
        return None if _CLAUSE_BREAK.search(gap) or (last.endswith("s") and not last.endswith("ss")) else first

    def _is_subject(self, phrase: Phrase, trigger: Trigger) -> bool:
        """Tell whether only a prepositional phrase or apposition stands between subject and verb."""
        gap = self.text(phrase.end, trigger.group).strip().lower()
        return re.match(r"^(?:in|of|from|at|based|with|on|for|aligned|,)\b", gap) is not None and not re.search(
            r"[.;]", gap
        )

    def _inherited(self, number: int, last_word: str) -> Phrase | None:
        for back in range(number - 1, -1, -1):
            other = self.triggers[back]
            if other.shape == "noun":
                continue
            accused = last_word in ("of", "with", "for") or " of " in self.text(other.end, self.triggers[number].start)
            if other.predicate in ("accuse", "charge", "warn") and accused:
                return self.objects.get(back) or self.agents.get(back)
            if other.predicate == "train" and last_word == "to":
                return self.objects.get(back)
            if other.shape == "passive" and last_word == "to":
                return self.agents.get(back) or self.objects.get(back)
            return self.agents.get(back) or (self.objects.get(back) if other.shape == "passive" else None)
        return None

    def direct_object(self, trigger: Trigger, limit: int) -> Phrase | None:
        """Return the phrase that directly follows a verb."""
        for phrase in self.phrases:
            if phrase.start >= trigger.object_after and phrase.start < max(limit, trigger.object_after + 1):
                if self.text(phrase.end, phrase.end + 2) in ("'s", "’s"):
                    continue
                gap = self.text(trigger.object_after, phrase.start)
                if (DIRECT.match(gap) or _AMONG.search(gap)) and len(gap) < 90:
                    return phrase
                return None
        return None

    def after(self, prepositions: str, start: int, limit: int, kinds: Iterable[str] = ()) -> Phrase | None:
        """Return the first phrase behind one of some prepositions within a stretch."""
        for phrase in self.phrases:
            if not start <= phrase.start < limit or (kinds and phrase.kind not in kinds):
                continue
            gap = self.text(start, phrase.start)
            if re.search(
                rf"\b(?:{prepositions})\s+(?:(?:the|a|an|its|their|his)\s+)?(?:[\w'’-]+\s+){{0,2}}?$",
                gap,
                re.IGNORECASE,
            ):
                return phrase
        return None

    def place_after(self, start: int, limit: int) -> Phrase | None:
        """Return the place an event is said to be in: "in Russia", with no other verb in between."""
        found = self.after("in|at|inside|near|across", start, limit, ("Place",))
        if found is None or _OTHER_VERB.search(self.text(start, found.start)):
            return None
        return found

    def inside(self, span: tuple[int, int]) -> Phrase | None:
        """Return the phrase within a span."""
        return next((p for p in self.phrases if p.start < span[1] and span[0] < p.end), None)
