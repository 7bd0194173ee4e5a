"""The history of an entity line by line, and the difference of two days field by field."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pytest

from cordon.errors import RecordError
from cordon.model import Entity, Link, Listing
from cordon.record import Store
from cordon.record.changes import compare_days, history_of
from cordon.record.formats.ftm import parse
from cordon.record.formats.ftm_write import delta_lines, ftm_objects, link_line
from cordon.record.formats.reading import Parsed

DAYS = [f"2024-01-0{number}" for number in range(1, 6)]


def person(name: str = "Jane DOE", programmes: tuple[str, ...] = ("P",), **properties: str) -> Entity:
    listing = Listing(source="x-list", authority="X", programmes=programmes, reference="1")
    given = {field: (value,) for field, value in properties.items()}
    return Entity(
        id="x-list:1",
        schema="Person",
        caption=name,
        properties={"name": (name,), **given},
        datasets=("x-list",),
        listings=(listing,),
    )


def without_ids(entity: Entity) -> Entity:
    listings = tuple(msgspec.structs.replace(listing, id="") for listing in entity.listings)
    return msgspec.structs.replace(entity, listings=listings)


OTHER = Entity(id="x-list:2", schema="Person", caption="B", listings=(Listing(source="x-list", authority="X"),))


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """A list in which a person appears, gets another programme, is gone, and comes back with a birth date."""
    store = Store(tmp_path)
    history = [(), (person(),), (person(programmes=("P", "Q")),), (), (person(birthDate="1970"),)]
    for day, entities in zip(DAYS, history, strict=True):
        store.add("x-list", day, {"f": day.encode()}, Parsed((OTHER, *entities), (), {}))
    return store


def test_a_history_has_a_line_for_everything_that_happened(store: Store) -> None:
    events = history_of(store.history("x-list:1")["x-list"], DAYS)
    assert [(event.day, event.since, event.kind) for event in events] == [
        (DAYS[1], DAYS[0], "first seen"),
        (DAYS[2], DAYS[1], "amended"),
        (DAYS[3], DAYS[2], "gone"),
        (DAYS[4], DAYS[3], "back"),
    ]
    assert [(one.field, one.before, one.after) for one in events[1].changes] == [("programmes", ("P",), ("P", "Q"))]


def test_a_history_as_of_a_day_knows_nothing_of_later_days(store: Store) -> None:
    events = history_of(store.history("x-list:1", DAYS[2])["x-list"], DAYS)
    assert [event.kind for event in events] == ["first seen", "amended"]


def test_a_difference_names_the_snapshots_it_compares(store: Store) -> None:
    found = compare_days(store, "x-list", DAYS[0], DAYS[2])
    assert (found.before, found.after) == (DAYS[0], DAYS[2])
    assert ([entity.id for entity in found.added], found.amended, found.gone) == (["x-list:1"], (), ())
    assert [entity.id for entity in compare_days(store, "x-list", DAYS[2], "2024-01-04").gone] == ["x-list:1"]
    assert not compare_days(store, "x-list", DAYS[2], DAYS[2]).any


def test_a_link_that_leads_elsewhere_is_a_difference(tmp_path: Path) -> None:
    store = Store(tmp_path)
    for day, target in zip(DAYS, ("x-list:2", "x-list:3"), strict=False):
        link = Link(id="l", schema="UnknownLink", source="x-list:1", target=target, role="Linked to")
        store.add("x-list", day, {"f": day.encode()}, Parsed((person(),), (link,), {}))
    found = compare_days(store, "x-list", DAYS[0], DAYS[1])
    assert [link.target for link in found.links_added] == ["x-list:3"]
    assert [link.target for link in found.links_gone] == ["x-list:2"]
    line = json.loads(link_line("ADD", found.links_added[0]))
    assert line["entity"]["properties"] == {"subject": ["x-list:1"], "object": ["x-list:3"], "role": ["Linked to"]}


def test_a_day_before_every_snapshot_is_an_error(store: Store) -> None:
    with pytest.raises(RecordError, match="no snapshot of x-list of 2023-12-31 or before"):
        compare_days(store, "x-list", "2023-12-31", DAYS[2])


def test_a_delta_turns_the_one_list_into_the_other(store: Store) -> None:
    found = compare_days(store, "x-list", DAYS[1], DAYS[2])
    lines = [line for one in found.amended for line in delta_lines("MOD", one.entity, before=one.before)]
    assert [json.loads(line)["op"] for line in lines] == ["MOD", "MOD"]
    base = "".join(json.dumps(item) + "\n" for item in ftm_objects(person())).encode()
    merged = parse({"a.ftm.json": base, "b.delta.json": "\n".join(lines).encode()}, source="x-list")
    assert [without_ids(entity) for entity in merged.entities] == [person(programmes=("P", "Q"))]


def test_a_delta_removes_a_listing_that_is_no_longer_there() -> None:
    none = msgspec.structs.replace(person(), listings=())
    operations = [json.loads(line)["op"] for line in delta_lines("MOD", none, before=person())]
    assert operations == ["MOD", "DEL"]


def test_what_is_written_as_followthemoney_is_read_back_the_same() -> None:
    raw = "".join(json.dumps(item) + "\n" for item in ftm_objects(person(birthDate="1970"))).encode()
    read = parse({"a.ftm.json": raw}, source="x-list").entities
    assert [without_ids(entity) for entity in read] == [person(birthDate="1970")]
    again = "".join(json.dumps(item) + "\n" for entity in read for item in ftm_objects(entity)).encode()
    assert parse({"a.ftm.json": again}, source="x-list").entities == read, "the publisher's own ids are kept"
