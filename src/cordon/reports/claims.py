"""Claims: who is said to have done what to whom, when, where and how much.

Each event of a sentence becomes a claim when the words around it give it the arguments its predicate needs. Nothing is
guessed: an argument that cannot be read is left empty.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import msgspec

from cordon.reports.actors import Cast
from cordon.reports.amounts import Amount
from cordon.reports.arguments import SPEECH, TRANSFER, amount_of, arguments_of, fits, recipient_of, time_of
from cordon.reports.clauses import Reading
from cordon.reports.dates import Dated
from cordon.reports.mention import Mention
from cordon.reports.mentions import Found
from cordon.reports.phrases import Memory, Phrase, phrases_of
from cordon.reports.roles import Role
from cordon.reports.sentences import Sentence
from cordon.reports.stance import Attribution, Cue, modality, polarity
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


def _actors(phrase: Phrase | None) -> tuple[str, ...]:
    return phrase.actors if phrase is not None else ()


def _attribution(reading: Reading, trigger: Trigger, extra: Sequence[Attribution]) -> Attribution | None:
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
        reading = Reading(part, phrases, find_triggers(part, own), dates, amounts)
        claims += _sentence_claims(reading)
        claims += _role_claims(part, roles.get(number, []), own, cast, reading)
    claims.sort(key=lambda claim: (claim.start, claim.end))
    unique = list({(c.predicate, c.agent, c.object, c.recipient, c.start, c.end, c.time): c for c in claims}.values())
    return [msgspec.structs.replace(claim, id=f"c{number}") for number, claim in enumerate(unique, 1)]


def _sentence_claims(reading: Reading) -> list[Claim]:
    claims: list[Claim] = []
    extra: list[Attribution] = []
    for number, trigger in enumerate(reading.triggers):
        agent, target = arguments_of(reading, number)
        reading.agents[number], reading.objects[number] = agent, target
        limit = reading.next_start(number)
        recipient = None
        if trigger.predicate in TRANSFER:
            target, recipient = recipient_of(reading, trigger, target, limit)
        if trigger.predicate in ("accuse", "deny", "warn") and agent is not None:
            extra.append(_speech(reading, trigger, agent))
        verb = reading.text(trigger.start, trigger.end).lower()
        if not fits(trigger, verb, agent, target, recipient) or _is_only_mood(reading, number):
            continue
        if verb.startswith("designat") and target is not None and _names_to_office(reading, target, limit):
            continue
        if agent is not None and target is not None and agent.actors == target.actors:
            continue
        claim = _claim(reading, number, agent, target, recipient, extra)
        claims.append(claim)
        claims += _elliptical(reading, number, claim)
    return claims


def _names_to_office(reading: Reading, target: Phrase, limit: int) -> bool:
    """Tell whether "designated X as minister" means an office and not a list."""
    after = reading.text(target.end, limit)
    return bool(re.search(r"\bas\b", after)) and not re.search(r"terror|sanction|national|proliferat|traffick", after)


def _is_only_mood(reading: Reading, number: int) -> bool:
    """Tell whether a "plan" only colours the verb it governs, which is a claim of its own."""
    trigger = reading.triggers[number]
    return trigger.predicate == "plan" and any(
        other.group <= trigger.start < other.start for other in reading.triggers[number + 1 :]
    )


def _speech(reading: Reading, trigger: Trigger, agent: Phrase) -> Attribution:
    """Return the attribution of what somebody warns of, denies, or accuses another of."""
    return Attribution(
        start=trigger.end,
        end=reading.clause(trigger.start)[1],
        actor=agent.actors[0],
        text=" ".join(reading.text(agent.start, agent.end).split()),
        verb=reading.text(trigger.start, trigger.end).lower(),
        verb_start=trigger.start,
        verb_end=trigger.end,
    )


def _claim(
    reading: Reading,
    number: int,
    agent: Phrase | None,
    target: Phrase | None,
    recipient: Phrase | None,
    extra: Sequence[Attribution],
) -> Claim:
    trigger = reading.triggers[number]
    limit = reading.next_start(number)
    place = reading.place_after(trigger.end, limit) if trigger.predicate not in SPEECH else None
    time = time_of(reading, number)
    money, quantity = amount_of(reading, number, money=True), amount_of(reading, number, money=False)
    mood, mood_cue, sign, sign_cue = _stance(reading, number)
    spans = [(trigger.start, trigger.end)]
    spans += [(p.start, p.end) for p in (agent, target, recipient, place) if p is not None]
    spans += [(d.start, d.end) for d in (time, money, quantity) if d is not None]
    spans += [(cue.start, cue.end) for cue in (mood_cue, sign_cue) if cue is not None]
    first, last = min(s for s, _ in spans), max(e for _, e in spans)
    return Claim(
        id="",
        start=first,
        end=last,
        text=reading.text(first, last),
        predicate=trigger.predicate,
        plover=plover_codes().get(trigger.predicate, ""),
        agent=_actors(agent),
        object=_actors(target),
        recipient=_actors(recipient),
        place=tuple(a for a in _actors(place) if a not in _actors(target)),
        time=time,
        money=money,
        quantity=quantity,
        attribution=_attribution(reading, trigger, extra),
        modality=mood,
        polarity=sign,
        cues=tuple(cue for cue in (mood_cue, sign_cue) if cue is not None),
        state=trigger.shape in ("state", "noun") and trigger.predicate == "sanction",
    )


def _stance(reading: Reading, number: int) -> tuple[str, Cue | None, str, Cue | None]:
    """Return modality and polarity of an event, each with the word that decides it."""
    trigger, part = reading.triggers[number], reading.part
    if trigger.shape == "noun":
        return "asserted", None, "positive", None
    clause = reading.clause(trigger.start)[0]
    earlier = [other.end for other in reading.triggers[:number] if other.end <= trigger.group and other.shape != "noun"]
    start = max([clause, trigger.group, *earlier])
    mood, mood_cue = modality(part, start, trigger.end)
    if mood == "asserted":
        mood, mood_cue = _inherited_mood(reading, number, clause)
    sign, sign_cue = polarity(part, clause, start, trigger.end)
    if sign_cue is not None and trigger.predicate == "deny" and sign_cue.end >= trigger.start:
        # The denial itself is asserted; it is what is denied that is negative.
        sign, sign_cue = "positive", None
    return mood, mood_cue, sign, sign_cue


def _inherited_mood(reading: Reading, number: int, clause: int) -> tuple[str, Cue | None]:
    """Return the mood of the verb an infinitive or participle hangs on: "were considering building"."""
    trigger = reading.triggers[number]
    lead = reading.text(clause, trigger.group).rstrip().lower()
    if number and trigger.form in ("base", "ing") and re.search(r"\b(?:to|of|and|for)$", lead):
        other = reading.triggers[number - 1]
        if other.shape != "noun" and other.start >= clause and other.predicate not in ("accuse", "warn", "charge"):
            return modality(reading.part, max(clause, other.group), other.end)
    return "asserted", None


def _elliptical(reading: Reading, number: int, claim: Claim) -> list[Claim]:
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
    part: Sentence, roles: list[Role], mentions: list[Mention], cast: Cast, reading: Reading
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
                id="",
                start=start,
                end=end,
                text=part.text[start - part.start : end - part.start],
                predicate="lead",
                agent=(leader.id,),
                object=(led.id,),
                attribution=_attribution(reading, says, ()),
                state=True,
            )
        )
    return found
