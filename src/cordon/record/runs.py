"""Runs: in which snapshots of its list a version of an item was, and the dates that follow from it.

An item is in the snapshots of days ``first`` <= day < ``until``; ``until`` is None while the newest still has it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import msgspec

from cordon.model import Entity, Listing


class Run(NamedTuple):
    """A version of an item and the run of snapshots it was in."""

    item: str
    version: int
    first: str
    until: str | None


def stretches(runs: Sequence[Run]) -> list[list[Run]]:
    """Return the runs of an item grouped into stretches without a gap: it was there, gone, and there again."""
    found = [[runs[0]]]
    for run in runs[1:]:
        if found[-1][-1].until == run.first:
            found[-1].append(run)
        else:
            found.append([run])
    return found


class Span(NamedTuple):
    """The snapshots in which an entry held one listing.

    Attributes:
        first: ISO day of the first.
        until: ISO day of the first snapshot without it; None while the newest has it.
        back_after: ISO day on which an earlier span of it had ended; None for the first span.
        amended: ISO days of snapshots that show another version of its entry.

    """

    first: str
    until: str | None
    back_after: str | None
    amended: tuple[str, ...]


def dated(listing: Listing, span: Span, days: Sequence[str]) -> Listing:
    """Return a listing with the dates that snapshots bound, where the source gives none or the list had dropped it.

    Args:
        listing: as the source gives it.
        span: the snapshots that hold it.
        days: days of all snapshots of the list up to the one that answers.

    """
    gone = span.until if span.until is not None and span.until <= days[-1] else None
    ended: dict[str, str | None] = {}
    if gone is not None and listing.delisted_on is None:
        last = max(day for day in days if day < gone)
        ended = {"delisted_on": gone, "delisted_basis": f"absent from the snapshot of {gone}; still there on {last}"}
    own = listing.listed_on
    if own is not None and (span.back_after is None or own >= span.back_after):
        return msgspec.structs.replace(listing, **ended) if ended else listing
    before = [day for day in days if day < span.first]
    if not before:
        basis, listed_on = f"in the first snapshot at hand, {span.first}", None
    elif span.back_after is not None:
        told = f", with the list's own date of {own}" if own else ""
        basis, listed_on = f"first seen in snapshot; back{told}; absent on {before[-1]}", span.first
    else:
        basis, listed_on = f"first seen in snapshot; absent on {before[-1]}", span.first
    amended = listing.amended_on or span.amended
    return msgspec.structs.replace(listing, listed_on=listed_on, amended_on=amended, basis=basis, **ended)


def dated_listings(
    versions: Sequence[Entity], stretch: Sequence[Run], days: Sequence[str], back_after: str | None
) -> list[Listing]:
    """Return the listings of one stretch with their dates: those of its last version, and those it lost before.

    Args:
        versions: the versions of the stretch, in its order.
        stretch: their runs, without a gap.
        days: days of all snapshots of the list up to the one that answers.
        back_after: ISO day on which the stretch before had ended; None for the first.

    """
    found = []
    last = versions[-1]
    for listing in last.listings:
        begun = _begun(listing, versions)
        amended = tuple(run.first for run in stretch[begun + 1 :])
        span = Span(stretch[begun].first, stretch[-1].until, back_after if begun == 0 else None, amended)
        found.append(dated(listing, span, days))
    for place, version in enumerate(versions[:-1]):
        later = {_key(one) for entity in versions[place + 1 :] for one in entity.listings}
        for listing in version.listings:
            if _key(listing) not in later:
                found.append(dated(listing, Span(stretch[0].first, stretch[place + 1].first, back_after, ()), days))
    return found


def _key(listing: Listing) -> tuple[str, str]:
    return listing.source, listing.reference


def _begun(listing: Listing, versions: Sequence[Entity]) -> int:
    """Return the place of the version from which on an entry has held a listing; the first where it has one only."""
    several = sum(1 for one in versions[-1].listings if _key(one) == _key(listing)) > 1
    begun = len(versions) - 1
    while begun > 0:
        before = versions[begun - 1].listings
        there = [one for one in before if _key(one) == _key(listing)]
        if not there or (several and all(one.programmes != listing.programmes for one in there)):
            break
        begun -= 1
    return begun
