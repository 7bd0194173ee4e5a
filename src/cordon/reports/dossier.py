"""The dossier of a report, and the JSON shape of it that programs rely on (``format`` 1)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from cordon.model import Snapshot
from cordon.reports.actors import Actor, Cast
from cordon.reports.amounts import Amount
from cordon.reports.checks import Check
from cordon.reports.claims import Claim
from cordon.reports.dates import Dated
from cordon.reports.document import Document
from cordon.reports.mention import Mention
from cordon.screening.shape import FORMAT, listing_dict, match_dict, snapshot_list


class Dossier(msgspec.Struct, frozen=True, kw_only=True):
    """A report taken apart and held against the record.

    Args:
        document: the report.
        record: the snapshots it was checked against.
        as_of: ISO day on which the record is asked; None for all it knows.
        mentions: what is named, in order.
        cast: who is who.
        claims: what is claimed.
        checks: claims held against the record.
        values: the dates and amounts behind mentions, by (start, end).

    """

    document: Document
    record: tuple[Snapshot, ...]
    as_of: str | None
    mentions: tuple[Mention, ...]
    cast: Cast
    claims: tuple[Claim, ...]
    checks: tuple[Check, ...]
    values: Mapping[tuple[int, int], Dated | Amount] = {}

    @property
    def actors(self) -> list[Actor]:
        """Everybody and everything the report names, in order."""
        return self.cast.actors

    @property
    def listed(self) -> list[Actor]:
        """The actors that are, or may be, an entity of the record."""
        return [actor for actor in self.cast.actors if actor.matches]

    @property
    def to_look_at(self) -> bool:
        """Whether there is something for a person to look at: a listed subject or a contradicted claim."""
        return bool(self.listed) or any(check.verdict == "contradicted" for check in self.checks)


def _time(time: Dated | None) -> Mapping[str, Any] | None:
    if time is None:
        return None
    return {"text": time.text, "from": time.first, "to": time.last, "since": time.since}


def _amount(amount: Amount | None) -> Mapping[str, Any] | None:
    if amount is None:
        return None
    shared = {"text": amount.text, "bound": amount.bound}
    number: float | int = int(amount.number) if amount.number.is_integer() else amount.number
    if amount.currency:
        return {**shared, "amount": number, "currency": amount.currency}
    return {**shared, "number": number, "unit": amount.unit}


def _claim(claim: Claim) -> dict[str, Any]:
    said = claim.attribution
    return {
        "id": claim.id,
        "start": claim.start,
        "end": claim.end,
        "text": claim.text,
        "predicate": claim.predicate,
        "plover": claim.plover or None,
        "arguments": {
            "agent": list(claim.agent),
            "object": list(claim.object),
            "recipient": list(claim.recipient),
            "place": list(claim.place),
            "time": _time(claim.time),
            "money": _amount(claim.money),
            "quantity": _amount(claim.quantity),
        },
        "attribution": {
            "source": (said.actor or said.text) if said else None,
            "text": said.text if said else None,
            "verb": said.verb if said else None,
        },
        "modality": claim.modality,
        "polarity": claim.polarity,
        "cues": [{"value": c.value, "start": c.start, "end": c.end, "text": c.text} for c in claim.cues],
    }


def _mention(mention: Mention, dossier: Dossier) -> dict[str, Any]:
    actor = dossier.cast.of(mention)
    shown: dict[str, Any] = {
        "start": mention.start,
        "end": mention.end,
        "text": mention.text,
        "kind": mention.kind,
        "entity": actor.id if actor else None,
    }
    value = dossier.values.get((mention.start, mention.end))
    if isinstance(value, Dated):
        shown["time"] = _time(value)
    elif isinstance(value, Amount):
        shown["amount"] = _amount(value)
    return shown


def dossier_dict(dossier: Dossier, *, with_text: bool = False) -> dict[str, Any]:
    """Return the dossier in the shape of the contract.

    Args:
        dossier: the dossier.
        with_text: include the text that offsets refer to.

    """
    document = dossier.document
    told: dict[str, Any] = {
        "format": FORMAT,
        "document": {
            "name": document.name,
            "title": document.title,
            "publisher": document.publisher,
            "author": document.author,
            "published": document.published,
            "sha256": document.sha256,
        },
        "record": snapshot_list(dossier.record),
        "as_of": dossier.as_of,
        "mentions": [_mention(mention, dossier) for mention in dossier.mentions],
        "entities": [
            {
                "id": actor.id,
                "schema": actor.schema,
                "caption": actor.caption,
                "names": actor.names,
                "country": actor.country or None,
                "roles": actor.roles,
                "matches": [match_dict(match) for match in actor.matches],
            }
            for actor in dossier.actors
        ],
        "claims": [_claim(claim) for claim in dossier.claims],
        "checks": [
            {
                "claim": check.claim,
                "about": check.about,
                "verdict": check.verdict,
                "because": check.because,
                "listings": [listing_dict(listing) for listing in check.listings],
            }
            for check in dossier.checks
        ],
    }
    if with_text:
        told["document"]["text"] = document.text
    return told
