"""The comparison of a subject with an entity: best name pair, then the other features, then one probability.

The log-odds start from how far the best pair of names agrees and how rare the agreeing words are; each further
feature adds or subtracts its weight.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

from cordon.matching import features
from cordon.matching.names import Alignment, align
from cordon.model import Entity, Evidence, Subject
from cordon.names.rarity import token_weight
from cordon.names.tokens import tokenise

AGREEMENT_SLOPE = 12.0
"""Log-odds per unit of name agreement."""
AGREEMENT_EVEN = 0.80
"""Name agreement at which an averagely rare name is as likely another's as not."""
RARITY_SLOPE = 1.5
"""Log-odds per agreeing word of full rarity, beyond the first."""
RARITY_CAP = 2.2
"""Agreeing words beyond this many say little more."""


def _name_log_odds(alignment: Alignment) -> float:
    rare = min(alignment.shared, RARITY_CAP) - 1.0
    return AGREEMENT_SLOPE * (alignment.agreement - AGREEMENT_EVEN) + RARITY_SLOPE * rare


def _best_name(
    subject: Subject, entity: Entity, names: tuple[str, ...], counts: Mapping[str, int], total: int
) -> Evidence:
    """Return the evidence of the best pair of names; its weight is the log-odds it alone amounts to."""
    person = entity.schema == "Person"
    best: Evidence | None = None
    for mine in subject.names:
        tokens = tokenise(mine, person=person)
        for theirs in names:
            alignment = align(tokens, tokenise(theirs, person=person), lambda key: token_weight(key, counts, total))
            weight = _name_log_odds(alignment)
            if best is None or weight > best.weight:
                best = Evidence(
                    feature="name",
                    subject=mine,
                    listed=theirs,
                    score=round(alignment.agreement, 3),
                    weight=weight,
                    tokens=alignment.pairs,
                )
    if best is None:
        # Without a name on either side, the other features speak alone.
        return Evidence(feature="name", subject="", listed="", score=0.0, weight=0.0)
    return best


def compare(
    subject: Subject, entity: Entity, *, counts: Mapping[str, int], total: int, weak_aliases: bool = True
) -> tuple[float, tuple[Evidence, ...]]:
    """Return the probability that subject and entity are the same, and the evidence, name first.

    Args:
        subject: what is being screened; at least one name or identifier.
        entity: the listed entity.
        counts: in how many entities of the record each word occurs.
        total: how many entities the record has.
        weak_aliases: compare with weak aliases too (OFAC FAQ 122-125).

    """
    names = entity.names if weak_aliases else entity.values("name", "alias", "previousName")
    evidence = [_best_name(subject, entity, names, counts, total)]
    others = (features.identifier, features.birth_date, features.country, features.schema)
    evidence += [found for feature in others if (found := feature(subject, entity)) is not None]
    log_odds = sum(item.weight for item in evidence)
    score = 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, log_odds))))
    return round(score, 4), tuple(evidence)
