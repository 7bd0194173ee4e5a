"""What changed in a list: between two days, and in one entity from version to version."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from cordon.errors import RecordError
from cordon.model import Entity, Link
from cordon.record.store import Store, newest
from cordon.record.versions import Held

LISTING_FIELDS = ("programmes", "measures", "listed_on", "amended_on", "delisted_on", "reference", "reason")
"""Fields of a listing that are compared, beside the entity's properties."""


class Change(NamedTuple):
    """One field of an entity that is not what it was."""

    field: str
    before: tuple[str, ...]
    after: tuple[str, ...]


class Amended(NamedTuple):
    """An entity that is in both snapshots and not the same: as it is, as it was, and where they differ."""

    entity: Entity
    before: Entity
    changes: tuple[Change, ...]


class Difference(NamedTuple):
    """What changed between two snapshots of a list, and the days of the two."""

    before: str
    after: str
    added: tuple[Entity, ...]
    amended: tuple[Amended, ...]
    gone: tuple[Entity, ...]
    links_added: tuple[Link, ...] = ()
    links_gone: tuple[Link, ...] = ()

    @property
    def any(self) -> bool:
        """Whether anything changed."""
        return bool(self.added or self.amended or self.gone or self.links_added or self.links_gone)


class Event(NamedTuple):
    """One line of an entity's history.

    Attributes:
        day: ISO day of the snapshot that shows it.
        since: ISO day of the snapshot before, between which and ``day`` it happened; None where there is none.
        kind: ``first seen``, ``amended``, ``gone`` or ``back``.
        changes: field by field, for ``amended`` and ``back``.

    """

    day: str
    since: str | None
    kind: str
    changes: tuple[Change, ...] = ()


def fields_of(entity: Entity) -> dict[str, tuple[str, ...]]:
    """Return what is compared of an entity as its list gives it: schema, properties, and the fields of its listings."""
    found: dict[str, tuple[str, ...]] = {"schema": (entity.schema,), **entity.properties}
    for field in LISTING_FIELDS:
        values = (getattr(listing, field) for listing in entity.listings)
        parts = (value if isinstance(value, tuple) else (value,) for value in values if value)
        found[field] = tuple(dict.fromkeys(part for several in parts for part in several))
    return found


def changes_between(before: Entity, after: Entity) -> tuple[Change, ...]:
    """Return the fields in which two versions of an entity differ, by name."""
    old, new = fields_of(before), fields_of(after)
    return tuple(
        Change(field, old.get(field, ()), new.get(field, ()))
        for field in sorted(old.keys() | new.keys())
        if old.get(field, ()) != new.get(field, ())
    )


def compare_days(store: Store, source: str, first: str, second: str) -> Difference:
    """Return what changed in a list between two days, by the newest snapshots not after them.

    Args:
        store: the record on disk.
        source: code of the list.
        first: the first ISO day.
        second: the second ISO day.

    Raises:
        RecordError: there is no snapshot from one of the days or before.

    """
    days = [_snapshot_day(store, source, day) for day in (first, second)]
    old, new = (store.held_on(source, day) for day in days)
    wanted = {*(old[key] for key in old if old.get(key) != new.get(key))}
    wanted |= {new[key] for key in new if old.get(key) != new.get(key)}
    bodies = store.versions(wanted)
    amended = (
        Amended(bodies[new[key]], bodies[old[key]], changes_between(bodies[old[key]], bodies[new[key]]))
        for key in sorted(old.keys() & new.keys())
        if old[key] != new[key]
    )
    old_links, new_links = (store.links_on(source, day) for day in days)
    kept = set(old_links) & set(new_links)
    return Difference(
        links_added=tuple(link for link in new_links if link not in kept),
        links_gone=tuple(link for link in old_links if link not in kept),
        before=days[0],
        after=days[1],
        added=tuple(bodies[new[key]] for key in sorted(new.keys() - old.keys())),
        amended=tuple(amended),
        gone=tuple(bodies[old[key]] for key in sorted(old.keys() - new.keys())),
    )


def _snapshot_day(store: Store, source: str, day: str) -> str:
    used = newest((one for one in store.snapshots() if one.source == source), day)
    if not used:
        raise RecordError(
            f"no snapshot of {source} of {day} or before is there",
            hint="cordon record list shows what is, cordon record add adds one",
            code="no-snapshot",
        )
    return used[0].snapshot


def history_of(versions: Sequence[Held], days: Sequence[str]) -> tuple[Event, ...]:
    """Return the history of an entity in one list, oldest first.

    Args:
        versions: its versions, oldest first, as `Store.history` returns them.
        days: the days of all snapshots of the list, in order.

    """
    before: Mapping[str, str | None] = dict(zip(days, [None, *days], strict=False))
    events: list[Event] = []
    for number, held in enumerate(versions):
        last = versions[number - 1] if number else None
        if last is None:
            events.append(Event(held.first, before.get(held.first), "first seen"))
        else:
            kind = "amended" if last.until == held.first else "back"
            events.append(Event(held.first, before.get(held.first), kind, changes_between(last.entity, held.entity)))
        following = versions[number + 1] if number + 1 < len(versions) else None
        if held.until is not None and (following is None or following.first != held.until):
            events.append(Event(held.until, before.get(held.until), "gone"))
    return tuple(events)
