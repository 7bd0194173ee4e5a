"""Canada's list: persons, entities and ships, with the listing date where the file has one."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from cordon.errors import InputError
from cordon.record.formats.ca_xml import parse

LIST = """<?xml version="1.0"?><data-set><record><Country>Iran / Iran</Country><LastName>Miller</LastName>
<GivenName>Jane</GivenName><Aliases>J. Miller, Джейн Миллер (born A, B)</Aliases>
<Schedule>1, Part 2</Schedule><Item>64</Item>
<DateOfBirthOrShipBuildDate>1968-05</DateOfBirthOrShipBuildDate><TitleOrShip>Dr.</TitleOrShip>
<DateOfListing>2023-03-23</DateOfListing></record>
<record><Country>Russia / Russie</Country><EntityOrShip>SEA STAR</EntityOrShip><TitleOrShip>Oil Tanker</TitleOrShip>
<ShipIMONumber>9240914</ShipIMONumber><Item>7</Item><Colour>red</Colour></record></data-set>""".encode()


def test_a_person_and_a_ship_are_read() -> None:
    parsed = parse({"sema-lmes.xml": LIST})
    person, ship = parsed.entities
    assert (person.id, person.schema, person.caption) == (
        "ca-sema:Iran-Schedule-1-Part-2-item-64",
        "Person",
        "Jane Miller",
    )
    assert person.properties["alias"] == ("J. Miller", "Джейн Миллер (born A, B)")
    assert (person.properties["birthDate"], person.properties["position"]) == (("1968-05",), ("Dr.",))
    listing = person.listings[0]
    assert (listing.listed_on, listing.programmes) == ("2023-03-23", ("SEMA Iran",))
    assert (ship.schema, ship.properties["imoNumber"], ship.listings[0].listed_on) == ("Vessel", ("9240914",), None)
    assert parsed.ignored == {"element: Colour": 1}
    assert ship.properties["notes"] == ("red",)


def test_another_file_is_refused() -> None:
    with pytest.raises(InputError, match="begins with <html>"):
        parse({"sema-lmes.xml": b"<html></html>"})


@pytest.mark.parametrize(("day", "count"), [("2020-04-15", 1369), ("2025-03-20", 4759)])
def test_the_published_lists_are_read_whole(shared: Path, day: str, count: int) -> None:
    parsed = parse(
        {"sema-lmes.xml": gzip.decompress((shared / "lists" / "ca" / day / "sema-lmes.xml.gz").read_bytes())}
    )
    assert len(parsed.entities) == len({entity.id for entity in parsed.entities}) == count
    if day > "2025":
        assert all(entity.listings[0].listed_on for entity in parsed.entities)
