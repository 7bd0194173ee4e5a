"""Holds claims against the record: whether this one was listed, by that authority, at that time.

One verdict per person or body a claim is about. ``contradicted`` needs an entry that says otherwise; where the record
has no entry the verdict is ``not on record``, never a denial.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence

import msgspec

from cordon.model import Listing
from cordon.names.places import country_names
from cordon.reports.actors import Actor, Cast
from cordon.reports.claims import Claim
from cordon.reports.dates import Dated

AUTHORITY_COUNTRY: Mapping[str, str] = {
    "us-csl": "us",
    "eu-fsf": "eu",
    "eu-journal": "eu",
    "uk-sl": "gb",
    "uk-conlist": "gb",
    "ca-sema": "ca",
    "un-sc": "un",
    "au-dfat": "au",
    "ch-seco": "ch",
}
"""The state or union behind each list."""
_US_LISTS = ("us-bis-", "us-ofac-", "us-state-")
"""How the codes of the lists begin that the Consolidated Screening List is made of."""
_WORST_FIRST = ("contradicted", "not on record", "supported")
_CHECKED_KINDS = frozenset(("Person", "Organization", "Vessel"))


class Check(msgspec.Struct, frozen=True, kw_only=True):
    """One claim about one subject held against the record.

    Args:
        claim: id of the claim.
        about: id of the actor.
        verdict: ``supported``, ``contradicted`` or ``not on record``.
        because: one plain sentence.
        listings: the entries that decide it.

    """

    claim: str
    about: str
    verdict: str
    because: str
    listings: tuple[Listing, ...] = ()


def check_claims(claims: Sequence[Claim], cast: Cast, *, published: str | None, snapshots: str) -> list[Check]:
    """Return a check for each subject of each claim that says somebody was or was not sanctioned.

    Args:
        claims: the claims of a report.
        cast: its actors, linked to the record.
        published: ISO date of the report.
        snapshots: what was looked at, in words.

    """
    found = []
    for claim in claims:
        if claim.predicate not in ("sanction", "delist") or claim.modality != "asserted":
            continue
        for actor in (cast.get(key) for key in claim.object):
            if actor.kind in _CHECKED_KINDS and not actor.state:
                found.append(_check_each(claim, actor, _authorities(claim, cast), published, snapshots))
    return found


def _check_each(
    claim: Claim, actor: Actor, authorities: tuple[str, ...], published: str | None, snapshots: str
) -> Check:
    """Check a claim for each authority it names; all of them must bear it out."""
    if len(authorities) < 2 or actor.linked is None:
        return _check(claim, actor, authorities, published, snapshots)
    checks = [_check(claim, actor, (code,), published, snapshots) for code in authorities]
    worst = min((check.verdict for check in checks), key=_WORST_FIRST.index)
    because = " ".join(check.because for check in checks)
    return _verdict(claim, actor, worst, because, tuple(item for check in checks for item in check.listings))


def _authorities(claim: Claim, cast: Cast) -> tuple[str, ...]:
    """Return the codes of the states or unions that are said to have acted; none means any."""
    codes = (cast.get(key).country for key in claim.agent)
    return tuple(dict.fromkeys(code for code in codes if code))


def _check(claim: Claim, actor: Actor, authorities: tuple[str, ...], published: str | None, snapshots: str) -> Check:
    match = actor.linked
    name = actor.caption
    if match is None:
        near = (
            f"; the nearest entry, {actor.matches[0].entity.caption}, is not sure enough to decide"
            if actor.matches
            else ""
        )
        return _verdict(
            claim, actor, "not on record", f"{name} is not on the record looked at ({snapshots}){near}.", ()
        )
    listings = [item for item in match.listings if not authorities or _country_of(item.source) in authorities]
    if not listings:
        others = f"; {_told(name, match.listings)}" if match.listings else ""
        text = f"no {_who(authorities)} listing of {name} is on the record looked at ({snapshots}){others}"
        return _verdict(claim, actor, "not on record", f"{text[:1].upper()}{text[1:]}.", ())
    if claim.predicate == "delist":
        return _check_delisting(claim, actor, listings, published)
    return _check_listing(claim, actor, listings, published)


def _country_of(source: str) -> str | None:
    """Return the state or union behind a list by its code."""
    return "us" if source.startswith(_US_LISTS) else AUTHORITY_COUNTRY.get(source)


def _check_listing(claim: Claim, actor: Actor, listings: list[Listing], published: str | None) -> Check:
    """Compare the dates of listings with the time a claim gives, at the coarser precision."""
    agreeing = [item for item in listings if _agrees(item, claim, published)]
    begun = [item for item in listings if published is None or (item.listed_on or "") <= published]
    told = _told(actor.caption, agreeing or begun or listings)
    when = _when(claim.time)
    if claim.polarity == "negative":
        verdict = "contradicted" if agreeing else "supported"
        return _verdict(
            claim,
            actor,
            verdict,
            f"{told}{'' if agreeing else f', not {when}' if when else ', not before'}.",
            tuple(agreeing or listings),
        )
    if agreeing:
        return _verdict(claim, actor, "supported", f"{told}.", tuple(agreeing))
    if any(item.listed_on is None for item in listings):
        text = f"{told}, so the record cannot tell whether it was {when or 'before the report'}"
        return _verdict(claim, actor, "not on record", f"{text}.", tuple(listings))
    if claim.state and _ended_by(listings, published) and published:
        wrong = f"; no such listing was in force on {_day(published)}"
        return _verdict(claim, actor, "contradicted", f"{told}{wrong}.", tuple(listings))
    wrong = f", not {when}" if when else f", after this report of {_day(published)}" if published else ""
    if claim.time is None and all(item.delisted_on for item in listings):
        wrong = ", and that is no longer in force"
    return _verdict(claim, actor, "contradicted", f"{told}{wrong}.", tuple(listings))


def _ended_by(listings: Sequence[Listing], published: str | None) -> bool:
    """Tell whether a listing had begun by the report's date and had ended again."""
    return published is not None and any(
        item.listed_on is not None and item.listed_on <= published and not item.in_force(published) for item in listings
    )


def _check_delisting(claim: Claim, actor: Actor, listings: list[Listing], published: str | None) -> Check:
    ended = [
        item
        for item in listings
        if item.delisted_on is not None
        and _within(item.delisted_on, claim.time)
        and (claim.time is not None or published is None or item.delisted_on <= published)
    ]
    told = _told(actor.caption, ended or listings)
    if ended:
        return _verdict(
            claim, actor, "supported" if claim.polarity == "positive" else "contradicted", f"{told}.", tuple(ended)
        )
    verdict = "contradicted" if claim.polarity == "positive" else "supported"
    when = f" {_when(claim.time)}" if claim.time else f" by {_day(published)}" if published else ""
    return _verdict(claim, actor, verdict, f"{told}; the record shows no end of it{when}.", tuple(listings))


def _within(day: str, time: Dated | None) -> bool:
    return time is None or time.first is None or time.last is None or time.first <= day <= time.last


def _agrees(item: Listing, claim: Claim, published: str | None) -> bool:
    """Tell whether a listing bears a claim out.

    An act must fall in the time given; a state must hold at some point of it. Without a time, it must have happened
    before the report.
    """
    listed, time = item.listed_on, claim.time
    if listed is None:
        return time is None
    if published is not None and listed > published and (time is None or time.last is None or time.last <= published):
        return False
    if time is None or time.first is None or time.last is None:
        return item.delisted_on is None or not claim.state or published is None or item.delisted_on > published
    if claim.state and not time.since:
        return listed <= time.last and (item.delisted_on is None or item.delisted_on > time.first)
    if time.since and claim.state:
        return listed <= time.last and (item.delisted_on is None or item.delisted_on > (published or time.last))
    bounds = item.basis.partition("absent on ")[2][:10]
    return time.first <= listed <= time.last or (
        bool(bounds) and bounds < time.first <= listed and time.first == time.last
    )


def _verdict(claim: Claim, actor: Actor, verdict: str, because: str, listings: tuple[Listing, ...]) -> Check:
    return Check(claim=claim.id, about=actor.id, verdict=verdict, because=because, listings=listings)


def _who(authorities: tuple[str, ...]) -> str:
    names = {"us": "US", "gb": "UK", "eu": "EU", "un": "UN"}
    known = country_names()
    return " or ".join(names.get(code, known.get(code, code)) for code in authorities) or "sanctions"


def _told(name: str, listings: Sequence[Listing]) -> str:
    """Return listings as a clause: "US OFAC listed Jane Doe on 29 October 2021"."""
    parts = []
    for item in sorted(listings, key=lambda one: one.listed_on or ""):
        seen = " (first seen in the list of that day)" if item.basis.startswith("first seen") else ""
        day = f"on {_day(item.listed_on)}" if item.listed_on else "on a day the source does not give"
        until = f" until {_day(item.delisted_on)}" if item.delisted_on else ""
        parts.append((item.authority, f"{day}{until}{seen}"))
    unique = list(dict.fromkeys(parts))
    first = f"{unique[0][0]} listed {name} {unique[0][1]}"
    return " and ".join([first, *(f"{authority} {day}" for authority, day in unique[1:])])


def _when(time: Dated | None) -> str:
    if time is None or time.first is None:
        return ""
    if time.first == time.last:
        return f"on {_day(time.first)}"
    if time.since:
        return f"since {time.text}"
    return (
        f"in {time.first[:4]}" if time.first[5:] == "01-01" and (time.last or "")[5:] == "12-31" else f"in {time.text}"
    )


def _day(iso: str) -> str:
    day = datetime.date.fromisoformat(iso)
    return f"{day.day} {day:%B} {day.year}"
