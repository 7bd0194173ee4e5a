"""From received files to the record: which day they are of, what they change, and whether they are taken in."""

from __future__ import annotations

import datetime
from collections.abc import Mapping

from cordon.errors import InputError
from cordon.record.assertions import judge, shrunk
from cordon.record.sources import is_delta, parse
from cordon.record.store import Added, Store, newest
from cordon.record.unhurried import unhurried

MIN_JUDGED = 50
"""Fewest entities of a snapshot against which the next one is judged; a shorter list may well lose a tenth."""


def add_files(
    store: Store,
    source: str,
    files: Mapping[str, bytes],
    day: str | None = None,
    *,
    replace: bool = False,
    force: bool = False,
) -> Added:
    """Read the files of one list on one day into the record; what has shrunk too much goes into quarantine.

    A delta is added to the newest snapshot before it: the files of both are one snapshot.

    Args:
        store: the record on disk.
        source: code of the list.
        files: the files by name, unpacked.
        day: ISO day they were received; None for the list's own day, or today where it carries none.
        replace: let them take the place of other files of that day.
        force: take them in whatever speaks against them.

    Raises:
        InputError: the files are in no form that is read, or a delta has no list that it changes.

    """
    if all(is_delta(raw) for raw in files.values()):
        day, replace = day or _today(), True
        files = _with_base(store, source, day, files)
    with unhurried():
        parsed = parse(source, files)
        taken = day or parsed.published or _today()
        before = _count_before(store, source, taken)
        doubts = judge(parsed, before=before, minimum=0, known_ids=())
        if before is not None and before >= MIN_JUDGED and shrunk(len(parsed.entities), before) and not force:
            snapshot = store.quarantine(source, taken, files, len(parsed.entities), doubts)
            return Added(snapshot, False, 0, parsed.ignored, {}, doubts=doubts, quarantined=True)
        added = store.add(source, taken, files, parsed, replace=replace)
    return added._replace(undated=day is None and parsed.published is None, doubts=doubts)


def _with_base(store: Store, source: str, day: str, deltas: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the files of the newest snapshot up to a day, and the deltas under names that put them behind it."""
    files = _changed_by(store, source, day)
    for name, raw in deltas.items():
        if raw in files.values():
            continue
        dated, number = _dated_name(name, day), 1
        while dated in files:
            number += 1
            dated = f"{day}_{number}_{name}"
        files[dated] = raw
    return files


def _count_before(store: Store, source: str, day: str) -> int | None:
    """Return how many entities the snapshot before a day held; None where it is the first."""
    before = [one for one in store.snapshots() if one.source == source and one.snapshot < day]
    return before[-1].entities if before else None


def _today() -> str:
    return datetime.date.today().isoformat()


def _dated_name(name: str, day: str) -> str:
    return name if name.startswith(day) else f"{day}_{name}"


def _changed_by(store: Store, source: str, day: str) -> dict[str, bytes]:
    """Return the files of the newest snapshot up to a day.

    Raises:
        InputError: there is none.

    """
    before = [one for one in store.snapshots() if one.source == source and one.snapshot <= day]
    if not before:
        raise InputError(
            f"{source}: a delta changes a list, and none of {day} or before is there",
            hint="add the whole list first, with its --date",
            code="no-base",
        )
    return store.files(source, newest(before, None)[0].snapshot)


def accept(store: Store, source: str, day: str) -> Added:
    """Take a snapshot out of quarantine into the record, in the place of another one of that day.

    Raises:
        RecordError: there is none of that list and day.

    """
    files = store.quarantined_files(source, day)
    with unhurried():
        return store.add(source, day, files, parse(source, files), replace=True)
