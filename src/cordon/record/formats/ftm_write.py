"""Cordon's entities as FollowTheMoney JSON lines, whole or as the operations of a delta.

An entity becomes its own line and a ``Sanction`` line for each listing, as `cordon.record.formats.ftm` reads them.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Iterator
from typing import Any, Literal

from cordon.model import Entity, Link, Listing
from cordon.record.formats.ftm import LINK_ENDS

Operation = Literal["ADD", "MOD", "DEL"]


def ftm_objects(entity: Entity) -> Iterator[dict[str, Any]]:
    """Yield an entity and its listings as FollowTheMoney objects."""
    yield {
        "id": entity.id,
        "caption": entity.caption,
        "schema": entity.schema,
        "properties": {name: list(values) for name, values in entity.properties.items()},
        "datasets": list(entity.datasets),
    }
    numbers: Counter[str] = Counter()
    for listing in entity.listings:
        told = f"{listing.source} {listing.reference}"
        numbers[told] += 1
        key = hashlib.sha256(f"{told} {numbers[told]}".encode()).hexdigest()[:12]
        yield _sanction(listing.id or f"{entity.id}:sanction:{key}", entity, listing)


def _sanction(key: str, entity: Entity, listing: Listing) -> dict[str, Any]:
    given = {
        "entity": [entity.id],
        "authority": [listing.authority],
        "program": listing.programmes,
        "provisions": listing.measures,
        "listingDate": [listing.listed_on],
        "modifiedAt": listing.amended_on,
        "endDate": [listing.delisted_on],
        "authorityId": [listing.reference],
        "reason": [listing.reason],
    }
    return {
        "id": key,
        "schema": "Sanction",
        "properties": {name: [value for value in values if value] for name, values in given.items() if any(values)},
        "datasets": [listing.source],
    }


def link_line(operation: Operation, link: Link) -> str:
    """Return the line of a delta for a link that was added or removed."""
    start, end = LINK_ENDS[link.schema]
    given = {start: [link.source], end: [link.target], "role": [link.role] if link.role else []}
    properties = {name: values for name, values in given.items() if values}
    whole = {"id": link.id, "schema": link.schema, "properties": properties}
    return _line(operation, {"id": link.id} if operation == "DEL" else whole)


def delta_lines(operation: Operation, entity: Entity, *, before: Entity | None = None) -> Iterator[str]:
    """Yield the lines of a delta for an entity that was added, modified or removed.

    Args:
        operation: what happened to it.
        entity: as it is now, or as it was when it was removed.
        before: as it was, where it was modified; listings it has no longer are removed, new ones added.

    """
    old = {item["id"] for item in ftm_objects(before)} if before is not None else set()
    kept = set()
    for item in ftm_objects(entity):
        kept.add(item["id"])
        if operation == "DEL":
            yield _line("DEL", {"id": item["id"]})
        else:
            yield _line("ADD" if before is not None and item["id"] not in old else operation, item)
    for key in sorted(old - kept):
        yield _line("DEL", {"id": key})


def _line(operation: Operation, item: dict[str, Any]) -> str:
    return json.dumps({"op": operation, "entity": item}, ensure_ascii=False)
