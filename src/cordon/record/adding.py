"""From received files to the record: which day they are of, what they change, and whether they are taken in."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from cordon.errors import InputError
from cordon.model import Snapshot
from cordon.record.assertions import judge
from cordon.record.sources import is_delta, parse
from cordon.record.store import Added, Store, newest
from cordon.record.unhurried import unhurried


def add_files(
    store: Store, source: str, files: Mapping[str, bytes], day: str | None = None, *, replace: bool = False
) -> Added:
    """Read the files of one list on one day into the record.

    A delta is added to the newest snapshot before it: the files of both are one snapshot.

    Args:
        store: the record on disk.
        source: code of the list.
        files: the files by name, unpacked.
        day: ISO day they were received; None for the list's own day, or today where it carries none.
        replace: let them take the place of other files of that day.

    Raises:
        InputError: the files are in no form that is read, or a delta has no list that it changes.

    """
    if all(is_delta(raw) for raw in files.values()):
        day = day or _today()
        files = {**_changed_by(store, source, day), **{_dated_name(name, day): raw for name, raw in files.items()}}
    with unhurried():
        parsed = parse(source, files)
        added = store.add(source, day or parsed.published or _today(), files, parsed, replace=replace)
    doubts = judge(parsed, before=_count_before(store, added.snapshot), minimum=0, known_ids=())
    return added._replace(undated=day is None and parsed.published is None, doubts=doubts)


def _count_before(store: Store, snapshot: Snapshot) -> int | None:
    """Return how many entities the snapshot before one held; None where it is the first."""
    before = [one for one in store.snapshots() if one.source == snapshot.source and one.snapshot < snapshot.snapshot]
    return before[-1].entities if before else None


def _today() -> str:
    return datetime.date.today().isoformat()


def _dated_name(name: str, day: str) -> str:
    return name if name.startswith(day) else f"{day}_{name}"


def _changed_by(store: Store, source: str, day: str) -> dict[str, bytes]:
    """Return the files of the newest snapshot before a day.

    Raises:
        InputError: there is none.

    """
    before = [one for one in store.snapshots() if one.source == source and one.snapshot < day]
    if not before:
        raise InputError(
            f"{source}: a delta changes a list, and none of before {day} is there",
            hint="add the whole list first, with its --date",
            code="no-base",
        )
    return store.files(source, newest(before, None)[0].snapshot)


def accept(store: Store, source: str, day: str) -> Added:
    """Take a snapshot out of quarantine into the record.

    Raises:
        RecordError: there is none of that list and day.

    """
    files = store.quarantined_files(source, day)
    return store.add(source, day, files, parse(source, files))
