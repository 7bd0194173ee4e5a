"""Listings, matches and screenings in the JSON shape that programs rely on (``format`` 1)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec

from cordon.model import Listing, Match, Snapshot
from cordon.screening.screen import Screening

FORMAT = 1
"""Version of the JSON shape; it grows without breaking, and changes when something would break."""


def listing_dict(listing: Listing) -> dict[str, Any]:
    """Return a listing in the shape of the contract."""
    return {
        "source": listing.source,
        "authority": listing.authority,
        "programmes": list(listing.programmes),
        "measures": list(listing.measures),
        "listed_on": listing.listed_on,
        "amended_on": list(listing.amended_on),
        "delisted_on": listing.delisted_on,
        "reference": listing.reference,
        "reason": listing.reason,
        "basis": listing.basis,
        "delisted_basis": listing.delisted_basis,
    }


def match_dict(match: Match) -> dict[str, Any]:
    """Return a match in the shape of the contract."""
    entity = match.entity
    return {
        "entity": {
            "id": entity.id,
            "schema": entity.schema,
            "caption": entity.caption,
            "datasets": list(entity.datasets),
            "properties": {name: list(values) for name, values in entity.properties.items()},
        },
        "listings": [listing_dict(listing) for listing in match.listings],
        "same": [{"entity": key, "reason": reason} for key, reason in match.same],
        "score": match.score,
        "outcome": str(match.outcome),
        "evidence": [
            {
                "feature": item.feature,
                "subject": item.subject,
                "listed": item.listed,
                "score": item.score,
                "weight": round(item.weight, 3),
                "tokens": [list(pair) for pair in item.tokens],
            }
            for item in match.evidence
        ],
    }


def snapshot_list(snapshots: Sequence[Snapshot]) -> list[dict[str, Any]]:
    """Return snapshots in the shape of the contract."""
    return [msgspec.to_builtins(snapshot) for snapshot in snapshots]


def screening_dict(found: Screening) -> dict[str, Any]:
    """Return a screening in the shape of the contract."""
    subject = found.subject
    return {
        "format": FORMAT,
        "subject": {
            "names": list(subject.names),
            "schema": subject.schema,
            "birthDate": list(subject.birth_date),
            "country": list(subject.country),
            "identifiers": list(subject.identifiers),
        },
        "record": snapshot_list(found.record),
        "as_of": found.as_of,
        "outcome": str(found.outcome),
        "matches": [match_dict(match) for match in found.matches],
        "not_in_force": [match_dict(match) for match in found.not_in_force],
    }
