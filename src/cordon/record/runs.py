"""Runs: in which snapshots of its list a version of an item was, and the dates that follow from it.

An item is in the snapshots of days ``first`` <= day < ``until``; ``until`` is None while the newest still has it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import msgspec

from cordon.model import Listing


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


def dated(listing: Listing, stretch: Sequence[Run], days: Sequence[str], *, again: bool) -> Listing:
    """Return a listing with the dates that snapshots bound, where the source gives none or the list had dropped it.

    Args:
        listing: as the source gives it.
        stretch: the runs of one stretch of snapshots.
        days: days of all snapshots of the list up to the one that answers.
        again: the list held it before, and dropped it in between.

    """
    first, last = stretch[0].first, stretch[-1].until
    gone = last if last is not None and last <= days[-1] else None
    if listing.listed_on is not None and not again:
        if gone is None:
            return listing
        return msgspec.structs.replace(listing, delisted_on=listing.delisted_on or gone)
    before = [day for day in days if day < first]
    if not before:
        basis, listed_on = f"in the first snapshot at hand, {first}", None
    elif again:
        own = f", with the list's own date of {listing.listed_on}" if listing.listed_on else ""
        basis, listed_on = f"first seen in snapshot; back{own}; absent on {before[-1]}", first
    else:
        basis, listed_on = f"first seen in snapshot; absent on {before[-1]}", first
    amended = listing.amended_on or tuple(run.first for run in stretch[1:])
    return msgspec.structs.replace(listing, listed_on=listed_on, amended_on=amended, delisted_on=gone, basis=basis)
