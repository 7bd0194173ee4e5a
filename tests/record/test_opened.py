"""The kept form of the newest record: never out of date, and made again when it is lost."""

from __future__ import annotations

from pathlib import Path

from cordon.model import Entity, Link
from cordon.record import Store
from cordon.record.formats.reading import Parsed


def add(store: Store, day: str, *names: str) -> None:
    entities = tuple(Entity(id=name, schema="Person", caption=name) for name in names)
    links = (Link(id="l", schema="Family", source=names[0], target=names[0]),)
    store.add("x-list", day, {"f": " ".join(names).encode()}, Parsed(entities, links, {}))


def test_it_answers_as_the_snapshots_do(tmp_path: Path) -> None:
    store = Store(tmp_path)
    add(store, "2024-01-01", "a", "b")
    first, again = store.record(), store.record()
    assert dict(first.entities) == dict(again.entities)
    assert (first.links, first.snapshots) == (again.links, again.snapshots)
    assert len(list((tmp_path / "opened").iterdir())) == 1


def test_a_new_snapshot_takes_its_place(tmp_path: Path) -> None:
    store = Store(tmp_path)
    add(store, "2024-01-01", "a")
    assert list(store.record().entities) == ["a"]
    add(store, "2024-01-02", "b")
    assert list(store.record().entities) == ["a", "b"]
    assert len(list((tmp_path / "opened").iterdir())) == 1
    assert list(store.record("2024-01-01").entities) == ["a"]


def test_a_damaged_one_is_made_again(tmp_path: Path) -> None:
    store = Store(tmp_path)
    add(store, "2024-01-01", "a")
    store.record()
    (kept,) = (tmp_path / "opened").iterdir()
    kept.write_bytes(b"\x93\x00")
    assert list(store.record().entities) == ["a"]
    assert list(store.record().entities) == ["a"]
