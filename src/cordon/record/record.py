"""A record in memory: entities, the links between them, and the snapshots they were read from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from types import MappingProxyType

import msgspec

from cordon.errors import RecordError
from cordon.model import Entity, Link, Listing, Snapshot
from cordon.record.linking import Same


class Record:
    """The union of the snapshots an answer is looked up in; never changed once made.

    Args:
        entities: every entity, whether its listings are in force or not.
        links: relations between them.
        snapshots: the files behind them.
        same: by id, the other entries for the same subject, with the reason for each.

    """

    def __init__(
        self,
        entities: Iterable[Entity],
        links: Iterable[Link] = (),
        snapshots: Iterable[Snapshot] = (),
        same: Mapping[str, tuple[Same, ...]] = MappingProxyType({}),
    ) -> None:
        self.entities: Mapping[str, Entity] = {entity.id: entity for entity in entities}
        self.links: tuple[Link, ...] = tuple(links)
        self.snapshots: tuple[Snapshot, ...] = tuple(snapshots)
        self.same = same

    def __len__(self) -> int:
        return len(self.entities)

    @cached_property
    def sources(self) -> tuple[str, ...]:
        """Codes of all lists that have a listing here, and of the snapshots they came in, sorted."""
        listed = {item.source for entity in self.entities.values() for item in entity.listings}
        return tuple(sorted(listed | {code for entity in self.entities.values() for code in entity.datasets}))

    def restricted(self, sources: Iterable[str]) -> Record:
        """Return the record with the listings of some lists only; entities without any left are not in it.

        Raises:
            RecordError: none of the entities is on those lists.

        """
        wanted = frozenset(sources)
        kept = []
        for entity in self.entities.values():
            own = wanted & set(entity.datasets)
            listings = coverage(entity.listings, wanted) or (entity.listings if own else ())
            if listings:
                kept.append(msgspec.structs.replace(entity, listings=listings))
        if not kept:
            raise RecordError(
                f"the record holds nothing from {', '.join(sorted(wanted))}",
                hint=f"it has: {', '.join(self.sources)}",
                code="empty-record",
            )
        return Record(kept, self.links, self.snapshots, self.same)


def coverage(listings: Iterable[Listing], sources: frozenset[str]) -> tuple[Listing, ...]:
    """Return the listings that come from the given lists."""
    return tuple(listing for listing in listings if listing.source in sources)
