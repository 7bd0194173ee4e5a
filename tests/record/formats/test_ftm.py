"""FollowTheMoney JSON lines in."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from cordon.errors import InputError
from cordon.record.formats.ftm import parse_lines

PERSON = {"id": "a", "schema": "Person", "caption": "A B", "properties": {"name": ["A B"]}}
SANCTION = {
    "id": "s",
    "schema": "Sanction",
    "datasets": ["x-list"],
    "properties": {
        "entity": ["a"],
        "authority": ["X"],
        "listingDate": ["2020-01-02"],
        "endDate": ["2021-01-01"],
        "summary": ["basis: first seen in snapshot; absent on 2020-01-01"],
    },
}
OWNERSHIP = {"id": "o", "schema": "Ownership", "properties": {"owner": ["b"], "asset": ["a"]}}


def lines(*objects: dict[str, object]) -> list[bytes]:
    return [json.dumps(item).encode() for item in objects]


def test_a_sanction_becomes_a_listing_of_its_entity_and_an_interval_a_link() -> None:
    parsed = parse_lines(lines(PERSON, SANCTION, OWNERSHIP, {"id": "d", "schema": "Document"}), origin="x")
    (listing,) = parsed.entities[0].listings
    assert (listing.source, listing.authority, listing.listed_on) == ("x-list", "X", "2020-01-02")
    assert listing.basis == "first seen in snapshot; absent on 2020-01-01"
    assert (parsed.links[0].source, parsed.links[0].target) == ("b", "a")
    assert parsed.ignored == {"schema: Document": 1}


@pytest.mark.parametrize(
    ("day", "held"), [("2020-01-01", False), ("2020-01-02", True), ("2020-12-31", True), ("2021-01-01", False)]
)
def test_a_listing_is_in_force_from_its_first_day_to_the_day_before_its_end(day: str, held: bool) -> None:
    assert bool(parse_lines(lines(PERSON, SANCTION), origin="x").entities[0].in_force(day)) is held


def test_a_line_that_is_no_entity_is_an_error_with_file_and_line() -> None:
    with pytest.raises(InputError, match=r"list\.json, line 2"):
        parse_lines([*lines(PERSON), b'{"schema": 3}'], origin="list.json")


def test_foreign_entity_files_are_read(shared: Path) -> None:
    path = shared / "lists" / "ftm" / "yente" / "zala" / "entities.ftm.json"
    parsed = parse_lines(path.read_bytes().splitlines(), origin=path.name)
    assert len(parsed.entities) == 17
    assert parsed.links
    packed = shared / "lists" / "ftm" / "yente" / "parteispenden" / "entities.ftm.json.gz"
    assert parse_lines(gzip.decompress(packed.read_bytes()).splitlines(), origin=packed.name).entities
