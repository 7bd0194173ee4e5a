"""The nouns of Cordon: entity, listing, link, subject, evidence, match.

Plain, typed and immutable; no behaviour beyond reading one's own fields.

Entities follow the FollowTheMoney (FtM) vocabulary: ``schema`` is an FtM schema name (``Person``, ``Company``,
``Vessel`` ...) and ``properties`` maps FtM property names to values. Dates are ISO 8601 prefixes, so ``1961`` is a
year and ``1961-12`` a month: precision is kept, never invented.
"""

from __future__ import annotations

import enum
from collections.abc import Mapping

import msgspec

Properties = Mapping[str, tuple[str, ...]]

NAME_PROPERTIES = ("name", "alias", "previousName", "weakAlias")
"""FtM properties that hold a whole name, strongest first. ``weakAlias`` is OFAC's "low quality" alias (FAQ 122-125),
UN "Low" and UK/EU "weak"."""


class Listing(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=False):
    """One authority's act on one entity (FtM ``Sanction``).

    Args:
        source: code of the publisher's list, e.g. ``us-ofac-sdn``.
        authority: the authority as people call it, e.g. ``US OFAC``.
        programmes: the programmes or legal acts it rests on.
        measures: what it imposes, in the authority's words, e.g. ``Asset freeze``.
        listed_on: ISO date from which it is in force, or None when no date is known.
        amended_on: ISO dates on which the authority changed it.
        delisted_on: first ISO date on which it is no longer in force, or None.
        reference: the authority's own number for the entry.
        reason: why, in one sentence.
        basis: where ``listed_on`` comes from: ``source``, or ``first seen in snapshot`` with what bounds it.
        delisted_basis: where ``delisted_on`` comes from: ``source``, or the two snapshots that bound it.
        id: the publisher's own id of the act, where a file carries one (FtM ``Sanction``).

    """

    source: str
    authority: str
    programmes: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    listed_on: str | None = None
    amended_on: tuple[str, ...] = ()
    delisted_on: str | None = None
    reference: str = ""
    reason: str = ""
    basis: str = "source"
    delisted_basis: str = "source"
    id: str = ""

    def in_force(self, day: str) -> bool:
        """Tell whether the listing is in force on an ISO day; an unknown start counts as in force."""
        started = self.listed_on is None or self.listed_on <= day
        return started and (self.delisted_on is None or day < self.delisted_on)


class Link(msgspec.Struct, frozen=True, kw_only=True):
    """A relation between two entities (FtM ``Ownership``, ``Directorship``, ``UnknownLink`` ...), source to target."""

    id: str
    schema: str
    source: str
    target: str
    role: str = ""


class Entity(msgspec.Struct, frozen=True, kw_only=True):
    """A person, organisation, company, vessel, aircraft or wallet with its listings."""

    id: str
    schema: str
    caption: str
    properties: Properties = {}
    datasets: tuple[str, ...] = ()
    listings: tuple[Listing, ...] = ()

    def values(self, *names: str) -> tuple[str, ...]:
        """Return the values of the named properties, in that order, without repeats."""
        return tuple(dict.fromkeys(value for name in names for value in self.properties.get(name, ())))

    @property
    def names(self) -> tuple[str, ...]:
        """Every name, strong ones first."""
        return self.values(*NAME_PROPERTIES)

    @property
    def countries(self) -> tuple[str, ...]:
        """ISO 3166-1 alpha-2 codes of nationality, jurisdiction and country, lower case."""
        return self.values("nationality", "country", "jurisdiction", "mainCountry")

    def in_force(self, day: str) -> tuple[Listing, ...]:
        """Return the listings in force on an ISO day."""
        return tuple(listing for listing in self.listings if listing.in_force(day))


class Subject(msgspec.Struct, frozen=True, kw_only=True, rename={"birth_date": "birthDate"}):
    """What is being screened: the names of one subject and whatever else is known of it."""

    names: tuple[str, ...]
    schema: str | None = None
    birth_date: tuple[str, ...] = ()
    country: tuple[str, ...] = ()
    identifiers: tuple[str, ...] = ()


class Evidence(msgspec.Struct, frozen=True, kw_only=True):
    """One compared feature.

    Args:
        feature: ``name``, ``birthDate``, ``country``, ``identifier`` or ``schema``.
        subject: what the subject has.
        listed: what the listed entity has.
        score: agreement, 0 (contradicted) to 1 (the same).
        weight: what it adds to the log-odds of the match; negative where it speaks against.
        tokens: for names, the pairs behind the score: (subject token, listed token, similarity); an empty side
            means the token has no partner.

    """

    feature: str
    subject: str
    listed: str
    score: float
    weight: float = 0.0
    tokens: tuple[tuple[str, str, float], ...] = ()


class Outcome(enum.StrEnum):
    """What a policy makes of a subject or a match."""

    MATCH = "match"
    REVIEW = "review"
    CLEAR = "clear"


class Match(msgspec.Struct, frozen=True, kw_only=True):
    """A scored candidate with its evidence.

    Args:
        entity: the listed entity.
        score: the estimated probability that it is the subject, 0 to 1.
        outcome: what the policy makes of it.
        evidence: what the score rests on.
        listings: those of the entity, and of other lists' entries for the same subject.
        same: those entries: (id, why they are taken for one subject).

    """

    entity: Entity
    score: float
    outcome: Outcome
    evidence: tuple[Evidence, ...]
    listings: tuple[Listing, ...]
    same: tuple[tuple[str, str], ...] = ()

    def in_force(self, day: str) -> bool:
        """Tell whether any of the listings is in force on an ISO day."""
        return any(listing.in_force(day) for listing in self.listings)


class Snapshot(msgspec.Struct, frozen=True, kw_only=True):
    """One source's file as received: what an answer was looked up in."""

    source: str
    snapshot: str
    sha256: str
    entities: int = 0
