"""Claims: who is said to have done what to whom, when, where and how much.

Each event of a sentence becomes a claim when the words around it give it the arguments its predicate needs. Nothing is
guessed: an argument that cannot be read is left empty.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import msgspec

from cordon.reports.actors import Cast
from cordon.reports.amounts import Amount
from cordon.reports.dates import Dated
from cordon.reports.mention import Mention
from cordon.reports.mentions import Found
from cordon.reports.phrases import Memory, Phrase, after_preposition, phrases_of
from cordon.reports.roles import Role
from cordon.reports.sentences import Sentence
from cordon.reports.stance import Attribution, Cue, find_attributions, modality, polarity
from cordon.reports.triggers import Trigger, find_triggers
from cordon.reports.verbs import plover_codes


class Claim(msgspec.Struct, frozen=True, kw_only=True):
    """One claim, with its exact span.

    Args:
        id: ``c1``, ``c2`` ... in order of the text.
        start, end, text: the words that make it.
        predicate: from the event vocabulary; ``plover`` is its PLOVER root event or empty.
        agent, object, recipient, place: ids of actors by role.
        time: when it is said to have happened.
        money, quantity: how much.
        attribution: who says it, or None for the report itself.
        modality: ``asserted``, ``expected``, ``possible`` or ``planned``; ``polarity``: ``positive`` or ``negative``.
        cues: the words that decide modality and polarity.
        state: it speaks of a lasting state ("under sanctions") and not of the act.

    """

    id: str
    start: int
    end: int
    text: str
    predicate: str
    plover: str = ""
    agent: tuple[str, ...] = ()
    object: tuple[str, ...] = ()
    recipient: tuple[str, ...] = ()
    place: tuple[str, ...] = ()
    time: Dated | None = None
    money: Amount | None = None
    quantity: Amount | None = None
    attribution: Attribution | None = None
    modality: str = "asserted"
    polarity: str = "positive"
    cues: tuple[Cue, ...] = ()
    state: bool = False


_DIRECT = re.compile(
    r"^(?:\s|[\"“(]|\b(?:the|a|an|its|their|his|her|this|these|those|such|any|all|some|more|several|many|most|both|new|two|three|four|five|six|seven|eight|nine|ten|further|additional|another|extra|million|billion|at least|hundreds of|dozens of|thousands of|a number of|about|over|up to|as well as|former|senior|top|so-called|own|(?:[\w-]+\s+){0,5}(?:version|variant|model|copy|type|kind|number|series|batch|fleet|stock|range|shipment|shipments|supply|supplies|amounts?|quantities)s?\s+of|\w+['’]s|[a-z]+(?:ian|ese|ish|ed|al|ive|ous|ic|able|ly))\b|\d[\d,.]*|\w+-\w+|%|\$)*$",
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
_CLAUSE_BREAK = re.compile(
    r"\b(?:that|which|who|whom|whether|because|if|when|where|said|says|told)\b|[:“\"]", re.IGNORECASE
)
_WEAK_VERBS = frozenset("make makes made making give gives gave given giving send sends sent sending".split())
_SPEECH = frozenset(("warn", "deny", "accuse", "agree"))
_TRANSFER = frozenset(("supply", "sell", "export", "pay", "finance"))
_NEEDS_BOTH = frozenset(("lead", "own", "appoint", "connect", "seize", "attack", "charge", "pay"))
_OBJECT_KINDS = {
    "produce": ("Product", "Place"),
    "build": ("Product", "Place"),
    "buy": ("Product", "Organization", "Vessel", "Place"),
    "sell": ("Product", "Organization", "Vessel"),
    "export": ("Product",),
    "arrest": ("Person", "Organization"),
    "charge": ("Person", "Organization"),
    "appoint": ("Person"),
    "lead": ("Organization", "Place"),
    "own": ("Organization", "Vessel", "Place"),
    "visit": ("Place",),
    "sanction": ("Person", "Organization", "Vessel", "Place"),
    "delist": ("Person", "Organization", "Vessel", "Place"),
}


class _Reading:
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
        comma_ing = trigger.form == "ing" and lead.endswith(",")
        infinitive = trigger.form == "base" and self.text(trigger.group, trigger.group + 3).lower() == "to "
        if number and (
            infinitive
            or comma_ing
            or (
                last_word in ("of", "for", "from", "by", "without", "and", "or", "after", "while", "before", "to", "in")
                and trigger.shape != "passive"
            )
        ):
            return self._inherited(number, "to" if infinitive else last_word)
        ended = [p for p in self.phrases if clause <= p.start and p.end <= trigger.group]
        for phrase in sorted(ended, key=lambda p: -p.end):
            gap = _PARENTHESIS.sub(" ", self.text(phrase.end, trigger.group))
            if _SUBJECT_GAP.match(gap):
                inner = self._preposition_before(phrase)
                if inner and phrase is not ended[0] and trigger.shape != "reduced":
                    continue
                return phrase
            if any(
                phrase.end <= other.start and other.end <= trigger.group and other.shape not in ("noun", "passive")
                for other in self.triggers[:number]
            ):
                break
            if not self._preposition_before(phrase) and self._is_subject(phrase, trigger):
                return phrase
        if number and last_word != "that":
            inherited = self._inherited(number, last_word)
            if inherited is not None:
                return inherited
        if any(clause <= other.start for other in self.triggers[:number]):
            return None
        return self._first_of_clause(trigger, ended)

    def _first_of_clause(self, trigger: Trigger, ended: list[Phrase]) -> Phrase | None:
        """Return the first phrase of a clause whose verb stands far off: "Russia and Iran press ahead with plans to"."""
        first = next((phrase for phrase in ended if not self._preposition_before(phrase)), None)
        if first is None or trigger.shape == "passive":
            return None
        gap = self.text(first.end, trigger.group)
        last = gap.split()[-1].lower() if gap.split() else ""
        return None if _CLAUSE_BREAK.search(gap) or (last.endswith("s") and not last.endswith("ss")) else first

    def _preposition_before(self, phrase: Phrase) -> bool:
        return after_preposition(self.part, phrase.start)

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
            if other.predicate in ("accuse", "charge", "warn") and last_word in ("of", "with", "for"):
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
                if (_DIRECT.match(gap) or _AMONG.search(gap)) and len(gap) < 90:
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


def _arguments(reading: _Reading, number: int) -> tuple[Phrase | None, Phrase | None]:
    """Return (agent, object) of an event."""
    trigger = reading.triggers[number]
    limit = reading.next_start(number)
    if trigger.shape == "noun":
        owner = _owner(reading, trigger)
        agent = owner or reading.after("by", trigger.end, limit)
        if agent is None and trigger.predicate != "sanction":
            agent = _shared_owner(reading, number)
        if trigger.predicate == "sanction":
            return agent, reading.direct_object(trigger, limit)
        if trigger.predicate == "agree":
            return reading.after("between|with", trigger.end, limit) or agent, None
        return agent, reading.after("of", trigger.end, limit) or (
            reading.after("to|on|against", trigger.end, limit) if trigger.predicate in ("visit", "attack") else None
        )
    if trigger.shape == "state":
        return (reading.inside(trigger.agent_span) if trigger.agent_span else None), reading.before(number)
    if trigger.shape == "passive":
        agent = reading.after("by", trigger.end, limit)
        if agent is None and trigger.agent_span:
            agent = reading.inside(trigger.agent_span)
        if agent is None and trigger.form == "phrase":
            agent = _owner(reading, trigger)
        if trigger.object_span:
            return agent, reading.inside(trigger.object_span)
        if trigger.form == "phrase" and reading.text(trigger.start, trigger.start + 9).lower().startswith("sanctions"):
            return agent, reading.direct_object(trigger, limit)
        return agent, reading.before(number)
    agent = reading.before(number)
    if trigger.object_span:
        return agent, reading.inside(trigger.object_span)
    return agent, reading.direct_object(trigger, limit)


def _owner(reading: _Reading, trigger: Trigger) -> Phrase | None:
    """Return the phrase that possesses an event: "Iran's supply of", "EU sanctions on"."""
    for phrase in reading.phrases:
        gap = reading.text(phrase.end, trigger.start)
        if phrase.end <= trigger.start and re.fullmatch(r"(?:['’]s?)?\s*(?:[a-z-]+\s+){0,2}", gap):
            return phrase
    return None


def _shared_owner(reading: _Reading, number: int) -> Phrase | None:
    """Return the owner of a noun joined to an earlier one: "Iran's supply of drones and training of forces"."""
    trigger = reading.triggers[number]
    for back in range(number - 1, -1, -1):
        other = reading.triggers[back]
        if other.shape == "noun" and re.search(r"\band\s+(?:the\s+)?$", reading.text(other.end, trigger.start)):
            return reading.agents.get(back)
    return None


def _actors(phrase: Phrase | None) -> tuple[str, ...]:
    return phrase.actors if phrase is not None else ()


def _fits(trigger: Trigger, verb: str, agent: Phrase | None, target: Phrase | None, recipient: Phrase | None) -> bool:
    """Tell whether an event has the arguments without which it says nothing."""
    kinds = ("Product",) if verb in _WEAK_VERBS else _OBJECT_KINDS.get(trigger.predicate)
    if trigger.predicate in ("warn", "deny", "agree", "plan", "accuse"):
        # "Iran must be denied a weapon" denies nothing.
        return agent is not None and not (trigger.predicate == "deny" and trigger.shape == "passive")
    if trigger.predicate == "supply" and target is not None:
        given = agent is not None or recipient is not None or trigger.shape == "passive"
        return target.kind == "Product" and given
    if target is None or (kinds and target.kind not in kinds):
        return False
    return not (trigger.predicate in _NEEDS_BOTH and agent is None)


def _shift_recipient(
    reading: _Reading, trigger: Trigger, target: Phrase | None, limit: int
) -> tuple[Phrase | None, Phrase | None]:
    """Return (object, recipient) of a transfer, whichever of its three orders the sentence uses."""
    goods = "Product"
    if target is not None and target.kind not in goods and trigger.shape == "active":
        things = reading.after("with", target.end, limit, ("Product",))
        if things is None:
            things = next(
                (
                    p
                    for p in reading.phrases
                    if p.start >= target.end
                    and p.start < limit
                    and p.kind == "Product"
                    and _DIRECT.match(reading.text(target.end, p.start))
                ),
                None,
            )
        if things is not None:
            return things, target
    start = target.end if target is not None and target.start >= trigger.end else trigger.end
    recipient = reading.after("to|for", start, limit, ("Place", "Person", "Organization", "Vessel"))
    return target, recipient


def _time(reading: _Reading, number: int) -> Dated | None:
    """Return the date of an event: the one after it before the next, else the one that opens the sentence."""
    trigger = reading.triggers[number]
    limit = reading.next_start(number)
    after = [d for d in reading.dates if trigger.start <= d.start < max(limit, trigger.end)]
    if after:
        return after[0]
    clause, _ = reading.clause(trigger.start)
    earlier = [other for other in reading.triggers[:number] if other.start >= clause and other.shape != "noun"]
    floor = earlier[-1].end if earlier else clause
    before = [d for d in reading.dates if floor <= d.start < trigger.start]
    return before[-1] if before else None


def _amount(reading: _Reading, number: int, *, money: bool) -> Amount | None:
    trigger = reading.triggers[number]
    if trigger.predicate in _SPEECH and trigger.shape != "noun":
        return None
    limit = reading.next_start(number)
    if trigger.shape == "noun":
        near = [a for a in reading.amounts if bool(a.currency) == money and 0 <= trigger.start - a.end <= 2]
        if near:
            return near[0]
    found = [
        a for a in reading.amounts if bool(a.currency) == money and trigger.start <= a.start < max(limit, trigger.end)
    ]
    if found:
        return found[0]
    if trigger.shape == "passive":
        before = [
            a
            for a in reading.amounts
            if bool(a.currency) == money and reading.clause(trigger.start)[0] <= a.start < trigger.start
        ]
        return before[-1] if before else None
    return None


def _attribution(reading: _Reading, trigger: Trigger, extra: Sequence[Attribution]) -> Attribution | None:
    """Return who says an event: the innermost source whose words it is among."""
    inside = [
        item
        for item in [*reading.attributions, *extra]
        if item.start <= trigger.start < item.end and not (item.verb_start <= trigger.start < item.verb_end)
    ]
    return min(inside, key=lambda item: item.end - item.start, default=None)


def read_claims(found: Found, cast: Cast, roles: dict[int, list[Role]], mentions: list[list[Mention]]) -> list[Claim]:
    """Return the claims of a document, in order of the text.

    Args:
        found: what the document mentions.
        cast: who the mentions are.
        roles: roles by number of the sentence.
        mentions: mentions by sentence, with appositions made part of their phrases.

    """
    claims: list[Claim] = []
    memory = Memory()
    for number, part in enumerate(found.sentences):
        own = mentions[number]
        phrases = phrases_of(part, own, cast, memory)
        dates = [d for d in found.dates if part.start <= d.start < part.end]
        amounts = [a for a in found.amounts if part.start <= a.start < part.end]
        reading = _Reading(part, phrases, find_triggers(part, own), dates, amounts)
        claims += _sentence_claims(reading)
        claims += _role_claims(part, roles.get(number, []), own, cast, reading)
    claims.sort(key=lambda claim: (claim.start, claim.end))
    unique = list({(c.predicate, c.agent, c.object, c.recipient, c.start, c.end, c.time): c for c in claims}.values())
    return [msgspec.structs.replace(claim, id=f"c{number}") for number, claim in enumerate(unique, 1)]


def _sentence_claims(reading: _Reading) -> list[Claim]:
    claims: list[Claim] = []
    extra: list[Attribution] = []
    for number, trigger in enumerate(reading.triggers):
        agent, target = _arguments(reading, number)
        reading.agents[number], reading.objects[number] = agent, target
        limit = reading.next_start(number)
        recipient = None
        if trigger.predicate in _TRANSFER:
            target, recipient = _shift_recipient(reading, trigger, target, limit)
        if trigger.predicate in ("accuse", "deny", "warn") and agent is not None:
            extra.append(_speech(reading, trigger, agent))
        verb = reading.text(trigger.start, trigger.end).lower()
        if not _fits(trigger, verb, agent, target, recipient) or _is_only_mood(reading, number):
            continue
        if verb.startswith("designat") and target is not None and _names_to_office(reading, target, limit):
            continue
        if agent is not None and target is not None and agent.actors == target.actors:
            continue
        claim = _claim(reading, number, agent, target, recipient, extra)
        claims.append(claim)
        claims += _elliptical(reading, number, claim)
    return claims


def _names_to_office(reading: _Reading, target: Phrase, limit: int) -> bool:
    """Tell whether "designated X as minister" means an office and not a list."""
    after = reading.text(target.end, limit)
    return bool(re.search(r"\bas\b", after)) and not re.search(r"terror|sanction|national|proliferat|traffick", after)


def _is_only_mood(reading: _Reading, number: int) -> bool:
    """Tell whether a "plan" only colours the verb it governs, which is a claim of its own."""
    trigger = reading.triggers[number]
    return trigger.predicate == "plan" and any(
        other.group <= trigger.start < other.start for other in reading.triggers[number + 1 :]
    )


def _speech(reading: _Reading, trigger: Trigger, agent: Phrase) -> Attribution:
    """Return the attribution of what somebody warns of, denies, or accuses another of."""
    return Attribution(
        start=trigger.end, end=reading.clause(trigger.start)[1], actor=agent.actors[0], text=" ".join(reading.text(agent.start, agent.end).split()),
        verb=reading.text(trigger.start, trigger.end).lower(), verb_start=trigger.start, verb_end=trigger.end,
    )  # fmt: skip


def _claim(
    reading: _Reading,
    number: int,
    agent: Phrase | None,
    target: Phrase | None,
    recipient: Phrase | None,
    extra: Sequence[Attribution],
) -> Claim:
    trigger, part = reading.triggers[number], reading.part
    limit = reading.next_start(number)
    place = reading.place_after(trigger.end, limit) if trigger.predicate not in _SPEECH else None
    time = _time(reading, number)
    money, quantity = _amount(reading, number, money=True), _amount(reading, number, money=False)
    clause = reading.clause(trigger.start)[0]
    previous = max(
        [other.end for other in reading.triggers[:number] if other.end <= trigger.group and other.shape != "noun"],
        default=clause,
    )
    start = max(clause, previous) if trigger.shape != "noun" else trigger.start
    mood, mood_cue = (
        modality(part, max(start, trigger.group), trigger.end) if trigger.shape != "noun" else ("asserted", None)
    )
    if mood == "asserted" and trigger.shape != "noun":
        mood, mood_cue = _inherited_mood(reading, number, clause)
    sign, sign_cue = (
        polarity(part, clause, max(start, trigger.group), trigger.end)
        if trigger.shape != "noun"
        else ("positive", None)
    )
    if sign_cue is not None and trigger.predicate == "deny" and sign_cue.end >= trigger.start:
        sign, sign_cue = "positive", None
    spans = [(trigger.start, trigger.end)]
    spans += [(p.start, p.end) for p in (agent, target, recipient, place) if p is not None]
    spans += [(d.start, d.end) for d in (time, money, quantity) if d is not None]
    spans += [(cue.start, cue.end) for cue in (mood_cue, sign_cue) if cue is not None]
    first, last = min(s for s, _ in spans), max(e for _, e in spans)
    return Claim(
        id="", start=first, end=last, text=reading.text(first, last), predicate=trigger.predicate, plover=plover_codes().get(trigger.predicate, ""),
        agent=_actors(agent), object=_actors(target), recipient=_actors(recipient),
        place=tuple(a for a in _actors(place) if a not in _actors(target)), time=time, money=money, quantity=quantity,
        attribution=_attribution(reading, trigger, extra), modality=mood, polarity=sign,
        cues=tuple(cue for cue in (mood_cue, sign_cue) if cue is not None),
        state=trigger.shape in ("state", "noun") and trigger.predicate == "sanction",
    )  # fmt: skip


def _inherited_mood(reading: _Reading, number: int, clause: int) -> tuple[str, Cue | None]:
    """Return the mood of the verb an infinitive or participle hangs on: "were considering building"."""
    trigger = reading.triggers[number]
    lead = reading.text(clause, trigger.group).rstrip().lower()
    if number and trigger.form in ("base", "ing") and re.search(r"\b(?:to|of|and|for)$", lead):
        other = reading.triggers[number - 1]
        if other.shape != "noun" and other.start >= clause and other.predicate not in ("accuse", "warn", "charge"):
            return modality(reading.part, max(clause, other.group), other.end)
    return "asserted", None


def _elliptical(reading: _Reading, number: int, claim: Claim) -> list[Claim]:
    """Return the claims a verb carries over to further objects with dates of their own: "X in 2021 and Y in 2023"."""
    if claim.predicate not in ("sanction", "delist") or claim.time is None:
        return []
    found: list[Claim] = []
    limit = reading.clause(claim.start)[1]
    end = claim.time.end
    for phrase in reading.phrases:
        if phrase.start < end or phrase.kind not in ("Person", "Organization", "Vessel"):
            continue
        dated = next((d for d in reading.dates if d.start >= phrase.end and d.start < limit), None)
        joined = re.fullmatch(r"\s*,?\s*(?:and|while)\s+(?:the\s+)?", reading.text(end, phrase.start))
        if dated is None or joined is None or len(reading.text(phrase.end, dated.start)) > 12:
            break
        found.append(
            msgspec.structs.replace(
                claim, object=phrase.actors, time=dated, end=dated.end, text=reading.text(claim.start, dated.end)
            )
        )
        end = dated.end
    return found


def _role_claims(
    part: Sentence, roles: list[Role], mentions: list[Mention], cast: Cast, reading: _Reading
) -> list[Claim]:
    """Return a ``lead`` claim for each person said to lead a body."""
    found = []
    for role in roles:
        if not role.leads or role.organization < 0:
            continue
        person = next((m for m in mentions if m.start == role.person and m.kind == "Person"), None)
        body = next((m for m in mentions if m.start == role.organization and m.kind in ("Organization", "Place")), None)
        leader, led = (cast.of(person) if person else None), (cast.of(body) if body else None)
        if person is None or leader is None or led is None or led.state:
            continue
        start, end = min(person.start, role.start), max(person.end, role.end)
        says = Trigger(start=person.start, end=person.end, predicate="lead", shape="noun", group=person.start)
        found.append(
            Claim(
                id="", start=start, end=end, text=part.text[start - part.start : end - part.start], predicate="lead",
                agent=(leader.id,), object=(led.id,), attribution=_attribution(reading, says, ()), state=True,
            )
        )  # fmt: skip
    return found
