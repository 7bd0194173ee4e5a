"""Claims in plain words, for people: the same on a terminal and on a page."""

from __future__ import annotations

from cordon.reports.actors import Cast
from cordon.reports.claims import Claim

KIND_HEADINGS = (
    ("Person", "People"),
    ("Organization", "Organisations"),
    ("Vessel", "Vessels"),
    ("Place", "Places"),
    ("Product", "Goods"),
    ("Programme", "Programmes"),
    ("Money", "Money"),
    ("Quantity", "Quantities"),
    ("Date", "Dates"),
)
"""Kinds of mention in the order they are told, with their headings."""


def names_of(ids: tuple[str, ...], cast: Cast) -> str:
    """Return captions joined as a list in English."""
    captions = [cast.get(key).caption for key in ids]
    return " and ".join([", ".join(captions[:-1]), captions[-1]]) if len(captions) > 1 else "".join(captions)


def attributed(claim: Claim, cast: Cast) -> str:
    """Return who says a claim, "White House warned"; empty where the report says it itself."""
    said = claim.attribution
    if said is None:
        return ""
    source = (
        cast.get(said.actor).caption
        if said.actor and said.text.lower() in ("he", "she", "it", "they", "them")
        else said.text
    )
    return f"{said.verb} {source}" if said.verb == "according to" else f"{source} {said.verb}"


def told_arguments(claim: Claim, cast: Cast) -> str:
    """Return the arguments of a claim in one line: who -> what, to whom, where, when, how much."""
    parts = [names_of(claim.agent, cast) or "?"]
    if claim.object:
        parts.append(f"→ {names_of(claim.object, cast)}")
    if claim.recipient:
        parts.append(f"to {names_of(claim.recipient, cast)}")
    if claim.place:
        parts.append(f"in {names_of(claim.place, cast)}")
    extras = []
    if claim.time is not None:
        extras.append(
            claim.time.text
            if claim.time.first is None
            else f"{claim.time.text} ({claim.time.first} to {claim.time.last})"
        )
    extras += [amount.text for amount in (claim.money, claim.quantity) if amount is not None]
    return " ".join(parts) + (f"  [{'; '.join(extras)}]" if extras else "")
