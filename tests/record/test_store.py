"""The store: every version kept once, any order of adding, any day answerable."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cordon.errors import InputError, RecordError
from cordon.model import Entity, Listing
from cordon.record import Store
from cordon.record.changes import compare_days
from cordon.record.formats.reading import Parsed

DAYS = [f"2024-01-0{number}" for number in range(1, 8)]


def person(key: str, name: str = "A") -> Entity:
    listing = Listing(source="x-list", authority="X", programmes=("P",))
    return Entity(id=key, schema="Person", caption=name, properties={"name": (name,)}, listings=(listing,))


def listed(*entities: Entity) -> Parsed:
    return Parsed(entities, (), {})


def add(store: Store, day: str, *entities: Entity) -> int:
    data = repr([(entity.id, entity.caption) for entity in entities]).encode()
    return store.add("x-list", day, {"list.json": data}, listed(*entities)).new_versions


def test_an_unchanged_entity_is_stored_once_and_an_unchanged_file_adds_nothing(tmp_path: Path) -> None:
    store = Store(tmp_path)
    assert add(store, DAYS[0], person("a"), person("b")) == 2
    assert add(store, DAYS[1], person("a"), person("b", "B")) == 1
    again = store.add(
        "x-list", DAYS[1], {"list.json": repr([("a", "A"), ("b", "B")]).encode()}, listed(person("a"), person("b", "B"))
    )
    assert (again.changed, again.new_versions) == (False, 0)
    assert len(store.snapshots()) == 2


def test_first_seen_is_bounded_by_the_snapshots_around_it(tmp_path: Path) -> None:
    store = Store(tmp_path)
    add(store, DAYS[0], person("a"))
    add(store, DAYS[2], person("a"), person("b"))
    add(store, DAYS[4], person("a"))
    record = store.record()
    (old,), (new,) = record.entities["a"].listings, record.entities["b"].listings
    assert (old.listed_on, old.basis) == (None, f"in the first snapshot at hand, {DAYS[0]}")
    assert (new.listed_on, new.delisted_on) == (DAYS[2], DAYS[4])
    assert new.basis == f"first seen in snapshot; absent on {DAYS[0]}"


def test_a_date_of_the_source_is_left_as_it_is(tmp_path: Path) -> None:
    store = Store(tmp_path)
    dated = Entity(
        id="a",
        schema="Person",
        caption="A",
        listings=(Listing(source="x-list", authority="X", listed_on="2001-02-03"),),
    )
    add(store, DAYS[0], person("b"))
    add(store, DAYS[1], dated, person("b"))
    (listing,) = store.record().entities["a"].listings
    assert (listing.listed_on, listing.basis) == ("2001-02-03", "source")


def entry(*listings: Listing) -> Entity:
    return Entity(id="a", schema="Person", caption="A", properties={"name": ("A",)}, listings=listings)


def act(reference: str, programme: str = "P", listed_on: str | None = None) -> Listing:
    return Listing(source="x-list", authority="X", programmes=(programme,), reference=reference, listed_on=listed_on)


def history(store: Store, *versions: Entity | None) -> tuple[Listing, ...]:
    for day, version in zip(DAYS, versions, strict=False):
        data = repr((day, version)).encode()
        store.add("x-list", day, {"f": data}, listed(person("other"), *([version] if version else [])))
    return store.record().entities["a"].listings


def test_a_further_listing_has_the_day_it_was_first_seen_itself(tmp_path: Path) -> None:
    first, second = history(Store(tmp_path), None, entry(act("1")), entry(act("1"), act("2")))
    assert (first.listed_on, second.listed_on) == (DAYS[1], DAYS[2])
    assert second.basis == f"first seen in snapshot; absent on {DAYS[1]}"


def test_two_acts_of_one_reference_are_told_apart_by_their_programmes(tmp_path: Path) -> None:
    first, second = history(Store(tmp_path), None, entry(act("1")), entry(act("1"), act("1", "Q")))
    assert (first.listed_on, second.listed_on) == (DAYS[1], DAYS[2])


def test_a_listing_that_is_dropped_while_its_entry_stays_is_delisted(tmp_path: Path) -> None:
    kept, dropped = history(Store(tmp_path), entry(act("1"), act("2", listed_on="2020-01-01")), entry(act("1")))
    assert (kept.reference, kept.delisted_on) == ("1", None)
    assert (dropped.reference, dropped.listed_on, dropped.delisted_on) == ("2", "2020-01-01", DAYS[1])


def test_the_end_of_a_listing_says_which_snapshots_bound_it(tmp_path: Path) -> None:
    (one,) = history(Store(tmp_path), entry(act("1", listed_on="2020-01-01")), None, None)
    assert (one.delisted_on, one.basis) == (DAYS[1], "source")
    assert one.delisted_basis == f"absent from the snapshot of {DAYS[1]}; still there on {DAYS[0]}"


def test_a_relisting_under_a_new_date_of_its_own_keeps_that_date(tmp_path: Path) -> None:
    old, new = act("1", listed_on="2020-01-01"), act("1", listed_on=DAYS[2])
    _, again = history(Store(tmp_path), entry(old), None, None, entry(new))
    assert (again.listed_on, again.basis) == (DAYS[2], "source")


def test_as_of_answers_with_the_newest_snapshot_not_after_the_day(tmp_path: Path) -> None:
    store = Store(tmp_path)
    add(store, DAYS[1], person("a", "old"))
    add(store, DAYS[3], person("a", "new"), person("b"))
    record = store.record(DAYS[2])
    assert [snapshot.snapshot for snapshot in record.snapshots] == [DAYS[1]]
    assert (record.entities["a"].caption, "b" in record.entities) == ("old", False)
    with pytest.raises(RecordError):
        store.record(DAYS[0])


def test_an_empty_list_and_a_second_file_for_a_day_are_refused_and_change_nothing(tmp_path: Path) -> None:
    store = Store(tmp_path)
    add(store, DAYS[0], person("a"))
    with pytest.raises(InputError, match="no entity"):
        store.add("x-list", DAYS[1], {"f": b""}, listed())
    with pytest.raises(InputError, match="is there already"):
        add(store, DAYS[0], person("b"))
    assert list(store.record().entities) == ["a"]
    assert len(store.snapshots()) == 1


def test_original_bytes_are_kept_under_their_hash(tmp_path: Path) -> None:
    import hashlib
    import zlib

    store = Store(tmp_path)
    store.add("x-list", DAYS[0], {"list.json": b"as received"}, listed(person("a")))
    digest = hashlib.sha256(b"as received").hexdigest()
    (kept,) = (tmp_path / "files").rglob("*.z")
    assert kept.stem == digest
    assert zlib.decompress(kept.read_bytes()) == b"as received"


def test_a_later_file_of_a_day_takes_the_place_of_the_first_where_that_is_wanted(tmp_path: Path) -> None:
    store = Store(tmp_path)
    add(store, DAYS[0], person("a"), person("b"))
    add(store, DAYS[1], person("a", "wrong"), person("c"))
    later = listed(person("a", "right"), person("b"))
    store.add("x-list", DAYS[1], {"list.json": b"later"}, later, replace=True)
    held = {key: one.caption for key, one in store.record().entities.items() if one.in_force(DAYS[1])}
    assert held == {"a": "right", "b": "A"}
    assert store.files("x-list", DAYS[1]) == {"list.json": b"later"}
    assert len(list((tmp_path / "files").rglob("*.z"))) == 3
    assert [one.snapshot for one in store.snapshots()] == DAYS[:2]
    again = store.add(
        "x-list", DAYS[1], {"list.json": repr([("a", "wrong"), ("c", "A")]).encode()}, later, replace=True
    )
    assert not again.changed, "what was replaced does not come back"


def test_a_data_folder_of_a_newer_cordon_is_refused(tmp_path: Path) -> None:
    store = Store(tmp_path)
    add(store, DAYS[0], person("a"))
    with store.connection() as connection:
        connection.execute("PRAGMA user_version = 99")
    with pytest.raises(RecordError, match="newer Cordon"):
        store.snapshots()


def test_a_damaged_database_is_told_and_not_taken_for_an_empty_one(tmp_path: Path) -> None:
    (tmp_path / "record.sqlite").write_bytes(b"not a database, not at all" * 100)
    with pytest.raises(RecordError, match="not a database"):
        Store(tmp_path).snapshots()


def test_a_quarantined_snapshot_does_not_answer_until_it_is_added(tmp_path: Path) -> None:
    store = Store(tmp_path)
    add(store, DAYS[0], person("a"))
    store.quarantine("x-list", DAYS[1], {"list.json": b"[]"}, 1, ["too small"])
    assert [one.snapshot for one in store.record().snapshots] == [DAYS[0]]
    (held_back,) = store.quarantined()
    assert (held_back.snapshot.snapshot, held_back.reasons) == (DAYS[1], ("too small",))
    assert store.quarantined_files("x-list", DAYS[1]) == {"list.json": b"[]"}
    store.add("x-list", DAYS[1], {"list.json": b"[]"}, listed(person("b")))
    assert store.quarantined() == ()
    with pytest.raises(RecordError, match="in quarantine"):
        store.quarantined_files("x-list", DAYS[1])


def test_two_lists_with_an_entity_of_one_id_give_one_entity_with_the_listings_of_both(tmp_path: Path) -> None:
    store = Store(tmp_path)
    for source in ("x-list", "y-list"):
        listing = Listing(source=source, authority=source)
        entity = Entity(id="a", schema="Person", caption="A", datasets=(source,), listings=(listing,))
        store.add(source, DAYS[0], {"f": source.encode()}, listed(entity))
    record = store.record()
    assert [listing.source for listing in record.entities["a"].listings] == ["x-list", "y-list"]
    assert len(record) == 1


def test_looking_at_a_folder_that_is_not_there_makes_nothing(tmp_path: Path) -> None:
    store = Store(tmp_path / "none")
    assert store.snapshots() == ()
    assert not (tmp_path / "none").exists()


contents = st.dictionaries(st.sampled_from("abc"), st.sampled_from(["one", "two"]), min_size=1)


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(st.sampled_from(DAYS), contents, min_size=1), contents, st.data())
def test_replacing_any_snapshot_leaves_every_other_day_as_it_was(
    history: dict[str, dict[str, str]], other: dict[str, str], data: st.DataObject
) -> None:
    day = data.draw(st.sampled_from(sorted(history)))
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder))
        for one, held in history.items():
            add(store, one, *(person(key, name) for key, name in sorted(held.items())))
        parsed = listed(*(person(key, name) for key, name in sorted(other.items())))
        store.add("x-list", day, {"f": b"other"}, parsed, replace=True)
        for one, held in {**history, day: other}.items():
            found = store.record(one).entities
            assert {key: entity.caption for key, entity in found.items() if entity.in_force(one)} == held
        with store.connection() as connection:
            empty = "SELECT count(*) FROM held WHERE until IS NOT NULL AND until <= first"
            assert connection.execute(empty).fetchone()[0] == 0


@settings(max_examples=60, deadline=None)
@given(st.dictionaries(st.sampled_from(DAYS), contents, min_size=1), st.randoms())
def test_whatever_the_order_of_adding_every_day_answers_as_its_snapshot_did(
    history: dict[str, dict[str, str]], shuffler: object
) -> None:
    order = list(history)
    shuffler.shuffle(order)  # type: ignore[attr-defined]
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder))
        for day in order:
            add(store, day, *(person(key, name) for key, name in sorted(history[day].items())))
        for day, held in history.items():
            record = store.record(day)
            now = {key: entity.caption for key, entity in record.entities.items() if entity.in_force(day)}
            assert now == held
        first, last = min(history), max(history)
        found = compare_days(store, "x-list", first, last)
        assert {entity.id for entity in found.added} == history[last].keys() - history[first].keys()
        assert {entity.id for entity in found.gone} == history[first].keys() - history[last].keys()
        both = history[first].keys() & history[last].keys()
        assert {one.entity.id for one in found.amended} == {
            key for key in both if history[first][key] != history[last][key]
        }
