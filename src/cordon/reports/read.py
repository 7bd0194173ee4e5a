"""Reads one document: mentions, actors, links, claims, checks, in that order."""

from __future__ import annotations

import msgspec

from cordon.index import name_index
from cordon.model import Entity, Snapshot
from cordon.record import Record
from cordon.reports.actors import Actor, Cast, assemble, link
from cordon.reports.amounts import Amount
from cordon.reports.checks import check_claims
from cordon.reports.claims import read_claims
from cordon.reports.dates import Dated
from cordon.reports.document import Document
from cordon.reports.dossier import Dossier
from cordon.reports.mention import Mention
from cordon.reports.mentions import Finder, Found
from cordon.reports.roles import Role, find_roles
from cordon.reports.sentences import sentences
from cordon.screening import Policy


def read(document: Document, record: Record, *, policy: Policy, as_of: str | None = None) -> Dossier:
    """Take a report apart and hold it against the record.

    Args:
        document: the report.
        record: what its people, organisations and vessels are looked up in.
        policy: thresholds of a match.
        as_of: ISO day; what the record learned later is not used. None uses all of it.

    """
    if as_of is not None:
        record = _known_by(record, as_of)
    parts = sentences(document.text)
    found = Finder(document, parts, name_index(record)).find()
    cast = assemble(found)
    roles, mentions = _roles(found, cast)
    link(cast, name_index(record), policy)
    claims = read_claims(found, cast, roles, mentions)
    checks = check_claims(claims, cast, published=document.published, snapshots=_snapshots(record.snapshots))
    shown = tuple(mention for own in found.by_sentence for mention in own if mention.shown)
    return Dossier(
        document=document,
        record=record.snapshots,
        as_of=as_of,
        mentions=shown,
        cast=cast,
        claims=tuple(claims),
        checks=tuple(checks),
        values=_values(found),
    )


def _values(found: Found) -> dict[tuple[int, int], Dated | Amount]:
    values: dict[tuple[int, int], Dated | Amount] = {(dated.start, dated.end): dated for dated in found.dates}
    values.update({(amount.start, amount.end): amount for amount in found.amounts})
    return values


def _known_by(record: Record, day: str) -> Record:
    """Return the record without listings that came after a day, and without entities that then have none."""
    kept: list[Entity] = []
    for entity in record.entities.values():
        listings = tuple(
            msgspec.structs.replace(item, delisted_on=None) if item.delisted_on and item.delisted_on > day else item
            for item in entity.listings
            if item.listed_on is None or item.listed_on <= day
        )
        if listings or not entity.listings:
            kept.append(msgspec.structs.replace(entity, listings=listings))
    return Record(kept, record.links, record.snapshots, record.same)


def _roles(found: Found, cast: Cast) -> tuple[dict[int, list[Role]], list[list[Mention]]]:
    """Return the roles by sentence and the mentions with their appositions; actors learn their roles."""
    roles: dict[int, list[Role]] = {}
    mentions: list[list[Mention]] = []
    for number, part in enumerate(found.sentences):
        own, extended = find_roles(part, found.by_sentence[number])
        roles[number] = own
        mentions.append(extended)
        for role in own:
            person = next(m for m in extended if m.start == role.person and m.kind == "Person")
            actor = cast.of(person)
            if actor is not None:
                _take_role(actor, role, extended, cast)
    return roles, mentions


def _take_role(actor: Actor, role: Role, mentions: list[Mention], cast: Cast) -> None:
    if role.text not in actor.roles:
        actor.roles = [*actor.roles, role.text]
    body = next((m for m in mentions if m.start == role.organization and m.kind in ("Organization", "Place")), None)
    employer = cast.of(body) if body is not None else None
    if employer is not None and employer.country and not actor.country:
        actor.country = employer.country


def _snapshots(snapshots: tuple[Snapshot, ...]) -> str:
    return ", ".join(f"{item.source} of {item.snapshot}" for item in snapshots)
