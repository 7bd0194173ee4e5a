"""The arguments of an event: agent, object, recipient, time and amount, and whether it has those it needs."""

from __future__ import annotations

import re

from cordon.reports.amounts import Amount
from cordon.reports.clauses import DIRECT, Reading
from cordon.reports.dates import Dated
from cordon.reports.phrases import Phrase
from cordon.reports.triggers import Trigger

SPEECH = frozenset(("warn", "deny", "accuse", "agree"))
"""Predicates of speaking: place, sums and counts in their clause belong to what is said."""
TRANSFER = frozenset(("supply", "sell", "export", "pay", "finance"))
"""Predicates with a recipient."""
_WEAK_VERBS = frozenset("make makes made making give gives gave given giving send sends sent sending".split())
"""Verbs of so many meanings that only goods as their object make them an event of ours."""
_NEEDS_BOTH = frozenset(("lead", "own", "appoint", "connect", "seize", "attack", "charge", "pay"))
"""Predicates that say nothing without an agent, unless in the passive."""
_OBJECT_KINDS = {
    "produce": ("Product", "Place"),
    "build": ("Product", "Place"),
    "buy": ("Product", "Organization", "Vessel", "Place"),
    "sell": ("Product", "Organization", "Vessel"),
    "export": ("Product",),
    "arrest": ("Person", "Organization"),
    "charge": ("Person", "Organization"),
    "appoint": ("Person",),
    "lead": ("Organization", "Place"),
    "own": ("Organization", "Vessel", "Place"),
    "visit": ("Place",),
    "sanction": ("Person", "Organization", "Vessel", "Place"),
    "delist": ("Person", "Organization", "Vessel", "Place"),
}
"""Kinds of mention that a predicate can act on."""


def arguments_of(reading: Reading, number: int) -> tuple[Phrase | None, Phrase | None]:
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


def _owner(reading: Reading, trigger: Trigger) -> Phrase | None:
    """Return the phrase that possesses an event: "Iran's supply of", "EU sanctions on"."""
    for phrase in reading.phrases:
        gap = reading.text(phrase.end, trigger.start)
        if phrase.end <= trigger.start and re.fullmatch(r"(?:['’]s?)?\s*(?:[a-z-]+\s+){0,2}", gap):
            return phrase
    return None


def _shared_owner(reading: Reading, number: int) -> Phrase | None:
    """Return the owner of a noun joined to an earlier one: "Iran's supply of drones and training of forces"."""
    trigger = reading.triggers[number]
    for back in range(number - 1, -1, -1):
        other = reading.triggers[back]
        if other.shape == "noun" and re.search(r"\band\s+(?:the\s+)?$", reading.text(other.end, trigger.start)):
            return reading.agents.get(back)
    return None


def fits(trigger: Trigger, verb: str, agent: Phrase | None, target: Phrase | None, recipient: Phrase | None) -> bool:
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
    return not (trigger.predicate in _NEEDS_BOTH and agent is None and trigger.shape != "passive")


def recipient_of(
    reading: Reading, trigger: Trigger, target: Phrase | None, limit: int
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
                    and DIRECT.match(reading.text(target.end, p.start))
                ),
                None,
            )
        if things is not None:
            return things, target
    start = target.end if target is not None and target.start >= trigger.end else trigger.end
    recipient = reading.after("to|for", start, limit, ("Place", "Person", "Organization", "Vessel"))
    return target, recipient


def time_of(reading: Reading, number: int) -> Dated | None:
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


def amount_of(reading: Reading, number: int, *, money: bool) -> Amount | None:
    """Return the sum of money, or the counted thing, that belongs to an event."""
    trigger = reading.triggers[number]
    if trigger.predicate in SPEECH and trigger.shape != "noun":
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
