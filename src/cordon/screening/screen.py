"""One subject against one record under one policy."""

from __future__ import annotations

import msgspec

from cordon.errors import InputError, RecordError
from cordon.index import NameIndex, name_index
from cordon.matching import compare
from cordon.model import Entity, Evidence, Match, Outcome, Snapshot, Subject
from cordon.names.tokens import fold
from cordon.record import Record
from cordon.screening.joining import joined
from cordon.screening.policy import Policy

MAX_NAME = 1_000
"""Longest name in characters; the longest on any official list has under 400."""


class Screening(msgspec.Struct, frozen=True, kw_only=True):
    """The answer to one screening.

    Args:
        subject: what was screened.
        record: the snapshots it was screened against.
        as_of: ISO day whose listings count.
        outcome: the worst outcome of all matches.
        matches: best first; each is in force on that day.
        not_in_force: entities that would match, but are not listed on that day (not yet, or no longer).

    """

    subject: Subject
    record: tuple[Snapshot, ...]
    as_of: str
    outcome: Outcome
    matches: tuple[Match, ...]
    not_in_force: tuple[Match, ...] = ()


def checked(subject: Subject) -> Subject:
    """Return the subject if it can be screened.

    Raises:
        InputError: it has neither a name with a letter or digit nor an identifier, or a name is absurdly long.

    """
    for name in subject.names:
        if len(name) > MAX_NAME:
            raise InputError(
                f"the name is {len(name):,} characters long; at most {MAX_NAME:,} are screened",
                hint="give the name alone, not the text around it",
                code="name-too-long",
            )
        if not fold(name):
            raise InputError(
                f"nothing to screen in the name {name!r}", hint="give at least one letter or digit", code="empty-name"
            )
    if not subject.names and not subject.identifiers:
        raise InputError("nothing to screen", hint="give a name or an identifier", code="empty-subject")
    return subject


def score_entity(subject: Subject, entity: Entity, index: NameIndex, policy: Policy) -> Match | None:
    """Return the match of a subject with one entity, or None where the policy clears it."""
    total = len(index.record)
    score, evidence = compare(subject, entity, counts=index.counts, total=total)
    outcome = policy.outcome(score)
    if outcome is Outcome.CLEAR:
        return None
    if outcome is Outcome.MATCH and not policy.weak_alias_alone and _rests_on_weak_alias(evidence, entity):
        strong, _ = compare(subject, entity, counts=index.counts, total=total, weak_aliases=False)
        outcome = Outcome.MATCH if policy.outcome(strong) is Outcome.MATCH else Outcome.REVIEW
    return Match(entity=entity, score=score, outcome=outcome, evidence=evidence, listings=entity.listings)


def _rests_on_weak_alias(evidence: tuple[Evidence, ...], entity: Entity) -> bool:
    """Tell whether the best name is a weak alias and no identifier or birth date confirms it."""
    confirmed = any(item.feature in ("identifier", "birthDate") and item.weight > 0 for item in evidence)
    return not confirmed and evidence[0].listed in entity.properties.get("weakAlias", ())


def screen(subject: Subject, record: Record, *, policy: Policy, as_of: str) -> Screening:
    """Screen a subject.

    Args:
        subject: what to look for.
        record: what to look in.
        policy: thresholds and scope.
        as_of: ISO day whose listings count.

    Raises:
        InputError: the subject holds nothing to screen.
        RecordError: the record is empty, or holds nothing of the lists in scope.

    """
    if not len(record):
        raise RecordError("the record is empty", hint="add a list first", code="empty-record")
    checked(subject)
    if policy.sources:
        record = record.restricted(policy.sources)
    index = name_index(record)
    scored = (
        score_entity(subject, entity, index, policy) for entity in index.candidates(subject.names, subject.identifiers)
    )
    found = sorted((one for one in scored if one is not None), key=lambda match: (-match.score, match.entity.id))
    matches = joined(found, record)
    in_force = [match for match in matches if match.in_force(as_of)]
    not_in_force = [match for match in matches if not match.in_force(as_of)]
    outcome = Outcome.CLEAR
    if in_force:
        outcome = Outcome.MATCH if any(m.outcome is Outcome.MATCH for m in in_force) else Outcome.REVIEW
    return Screening(
        subject=subject,
        record=record.snapshots,
        as_of=as_of,
        outcome=outcome,
        matches=tuple(in_force),
        not_in_force=tuple(not_in_force),
    )
