"""One match for one subject: the entries of several lists that the record links become one, with every listing.

Nothing is merged: the match names the entries it speaks of, and why they are taken for one subject.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from cordon.model import Match, Outcome
from cordon.record import Record


def joined(matches: Sequence[Match], record: Record) -> list[Match]:
    """Return matches with the entries of other lists for the same subject taken into them, in the same order.

    A match takes in what is linked to its own entry, and not what is linked to that in turn: a chain of links is no
    proof that its ends are one. The strongest outcome of the entries it takes in is its own.

    Args:
        matches: best first.
        record: the record they come from.

    """
    taken: set[str] = set()
    found = []
    scored = {match.entity.id: match for match in matches}
    for match in matches:
        if match.entity.id in taken:
            continue
        others = [one for one in record.same.get(match.entity.id, ()) if one.entity in record.entities]
        others = [one for one in others if one.entity not in taken]
        taken |= {match.entity.id, *(one.entity for one in others)}
        if not others:
            found.append(match)
            continue
        outcomes = {match.outcome, *(scored[one.entity].outcome for one in others if one.entity in scored)}
        listings = (item for one in others for item in record.entities[one.entity].listings)
        found.append(
            msgspec.structs.replace(
                match,
                outcome=Outcome.MATCH if Outcome.MATCH in outcomes else match.outcome,
                listings=(*match.listings, *listings),
                same=tuple((one.entity, one.reason) for one in others),
            )
        )
    return found
