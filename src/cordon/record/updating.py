"""Keeping lists up to date: fetched from their publishers or a mirror, judged, and taken in, quarantined or left.

Whatever goes wrong, the last good snapshot stays and still answers; what happened is told with its age.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Literal, NamedTuple

from cordon.errors import CordonError
from cordon.model import Entity, Snapshot
from cordon.record.assertions import MAX_SHRINK, MAX_SHRINK_UNPROVEN, judge
from cordon.record.fetch import Fetched, NotModified, Validators, fetch, from_mirror
from cordon.record.files import unpacked
from cordon.record.originals import digest_of
from cordon.record.publishers import Publisher
from cordon.record.sources import parse
from cordon.record.store import Added, Store
from cordon.record.unhurried import unhurried

State = Literal["added", "unchanged", "quarantined", "failed"]
Fetch = Callable[..., Fetched | NotModified]
Progress = Callable[[str, int, int | None], None]


class Updated(NamedTuple):
    """What became of one list.

    Attributes:
        source: code of the list.
        state: what became of it.
        reasons: why it failed or is in quarantine, in sentences.
        snapshot: the newest snapshot that answers now; None when there is none.
        added: what adding did, where it was added.

    """

    source: str
    state: State
    reasons: tuple[str, ...]
    snapshot: Snapshot | None
    added: Added | None = None


class _Received(NamedTuple):
    files: Mapping[str, bytes]
    validators: Mapping[str, Validators]
    proven: bool = True


def update(
    store: Store,
    publisher: Publisher,
    *,
    mirror: Path | None = None,
    today: str | None = None,
    progress: Progress | None = None,
    fetching: Fetch = fetch,
) -> Updated:
    """Bring one list up to date.

    Args:
        store: the record on disk.
        publisher: where its files are, and what must hold of them.
        mirror: folder to read from instead of the publisher's addresses.
        today: ISO day of the snapshot where the files carry none; today when None.
        progress: told the name of a file, the bytes so far and those expected, now and then.
        fetching: what fetches an address; another one in tests.

    """
    try:
        received = _received(store, publisher, mirror, progress, fetching)
        if received is None:
            store.checked(publisher.source, {})
            return Updated(publisher.source, "unchanged", (), _newest(store, publisher.source))
        return _take(store, publisher, received, today or datetime.date.today().isoformat())
    except CordonError as error:
        return Updated(publisher.source, "failed", (str(error),), _newest(store, publisher.source))


def in_mirror(folder: Path, publisher: Publisher) -> bool:
    """Whether a mirror has any file of a list, packed or not; see `cordon.record.fetch.from_mirror`."""
    places = [place / remote.name for remote in publisher.files for place in (folder / publisher.source, folder)]
    return any(path.is_file() or path.with_name(f"{path.name}.gz").is_file() for path in places)


def _newest(store: Store, source: str) -> Snapshot | None:
    return next((one for one in reversed(store.snapshots()) if one.source == source), None)


def _received(
    store: Store, publisher: Publisher, mirror: Path | None, progress: Progress | None, fetching: Fetch
) -> _Received | None:
    """Return the files of a list, unpacked; None when the publisher says that none of them has changed."""
    if mirror is not None:
        given = [(remote.name, from_mirror(mirror, remote, publisher.source)) for remote in publisher.files]
        return _Received(dict(unpacked(raw, name) for name, raw in given), {})
    known = store.validators(publisher.source) if _newest(store, publisher.source) else {}
    found = [
        fetching(
            remote.url,
            kind=remote.kind,
            validators=Validators(*known.get(remote.name, (None, None))),
            progress=_named(progress, remote.name),
        )
        for remote in publisher.files
    ]
    if all(isinstance(one, NotModified) for one in found):
        return None
    files: dict[str, bytes] = {}
    validators: dict[str, Validators] = {}
    proven = True
    for remote, one in zip(publisher.files, found, strict=True):
        whole = one if isinstance(one, Fetched) else fetching(remote.url, kind=remote.kind)
        if isinstance(whole, Fetched):
            name, raw = unpacked(whole.data, remote.name)
            files[name] = raw
            validators[remote.name] = whole.validators
            proven = proven and whole.proven
    return _Received(files, validators, proven)


def _named(progress: Progress | None, name: str) -> Callable[[int, int | None], None] | None:
    return None if progress is None else lambda done, total: progress(name, done, total)


def _entities(store: Store, snapshot: Snapshot | None) -> tuple[Entity, ...]:
    if snapshot is None:
        return ()
    return tuple(store.versions(store.held_on(snapshot.source, snapshot.snapshot).values()).values())


def _take(store: Store, publisher: Publisher, received: _Received, today: str) -> Updated:
    source, before = publisher.source, _newest(store, publisher.source)
    if before is not None and before.sha256 == digest_of(received.files):
        store.checked(source, received.validators)
        return Updated(source, "unchanged", (), before)
    with unhurried():
        parsed = parse(source, received.files)
        day = parsed.published or today
        reasons = list(
            judge(
                parsed,
                before=before.entities if before is not None else None,
                minimum=publisher.minimum,
                known_ids=publisher.known_ids,
                max_shrink=MAX_SHRINK if received.proven else MAX_SHRINK_UNPROVEN,
                entities_before=_entities(store, before),
            )
        )
        if before is not None and day < before.snapshot:
            reasons.append(f"its own date, {day}, is before that of the newest snapshot, {before.snapshot}")
        if reasons:
            store.quarantine(source, day, received.files, len(parsed.entities), reasons)
            return Updated(source, "quarantined", tuple(reasons), before)
        added = store.add(source, day, received.files, parsed, replace=True)
    store.checked(source, received.validators)
    return Updated(source, "added", (), added.snapshot, added)
