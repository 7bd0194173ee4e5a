"""What changed in a list between two days: added, amended field by field, gone."""

from __future__ import annotations

from typing import NamedTuple

from cordon.model import Entity
from cordon.record.record import Record


class Change(NamedTuple):
    """One field of an entity that is not what it was."""

    field: str
    before: tuple[str, ...]
    after: tuple[str, ...]


class Amended(NamedTuple):
    """An entity that is in both snapshots and not the same."""

    entity: Entity
    changes: tuple[Change, ...]


class Difference(NamedTuple):
    """What changed between two snapshots of a list."""

    added: tuple[Entity, ...]
    amended: tuple[Amended, ...]
    gone: tuple[Entity, ...]


def fields_of(entity: Entity, day: str) -> dict[str, tuple[str, ...]]:
    """Return what is compared of an entity on a day: schema, properties, and programmes of its listings in force."""
    programmes = tuple(part for listing in entity.in_force(day) for part in listing.programmes)
    return {"schema": (entity.schema,), **entity.properties, "programmes": programmes}


def compare_records(before: Record, after: Record, source: str, first: str, second: str) -> Difference:
    """Return what changed in one list between two days.

    Args:
        before: the record as of the first day.
        after: the record as of the second day.
        source: code of the list.
        first: the first ISO day.
        second: the second ISO day.

    """
    old, new = _held(before, source, first), _held(after, source, second)
    amended = []
    for key in old.keys() & new.keys():
        left, right = fields_of(old[key], first), fields_of(new[key], second)
        changes = tuple(
            Change(name, left.get(name, ()), right.get(name, ()))
            for name in sorted(left.keys() | right.keys())
            if left.get(name, ()) != right.get(name, ())
        )
        if changes:
            amended.append(Amended(new[key], changes))
    return Difference(
        added=tuple(new[key] for key in sorted(new.keys() - old.keys())),
        amended=tuple(sorted(amended, key=lambda one: one.entity.id)),
        gone=tuple(old[key] for key in sorted(old.keys() - new.keys())),
    )


def _held(record: Record, source: str, day: str) -> dict[str, Entity]:
    """Return the entities a list holds on a day, by id."""
    return {
        entity.id: entity
        for entity in record.entities.values()
        if any(listing.source == source and listing.in_force(day) for listing in entity.listings)
    }
