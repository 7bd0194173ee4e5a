"""OFAC's CSV: names, remarks taken apart, aliases, addresses, links, and what is refused."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from cordon.errors import InputError
from cordon.record.formats.dates import iso_date
from cordon.record.formats.ofac_csv import natural_name, parse

NULLS = b"-0- ,-0- ,-0- ,-0- ,-0- ,-0- ,-0- "
MEHRABI = (
    b'1,"MEHRABI, Abdollah",individual,NPWMD] [IFSR,' + NULLS + b',"DOB 22 Dec 1961; alt. DOB 1962; POB Khansar, Iran;'
    b" nationality Iran; Gender Male; Passport V47528711 (Iran) expires 27 Oct 2019; National ID No. 1229632603 (Iran);"
    b" a.k.a. 'THE ENGINEER'; Digital Currency Address - XBT 12QtD5BFwRsdNsAZY76UVE1xyCGNTojH9h;"
    b' Linked To: MAKER OF THINGS; Grand Vizier."\n'
)
MAKER = b'2,"MAKER OF THINGS","-0- ",IFSR,' + NULLS + b',"Tax ID No. 77-1 (Russia)."\n'
SHIP = (
    b'3,"SEA STAR","vessel",IRAN,-0- ,ABCD,Tanker,-0- ,-0- ,Panama,-0- ,'
    b'"Vessel Registration Identification IMO 9240914; MMSI 572469210."\n\x1a'
)


def test_a_row_becomes_an_entity_with_its_remarks_taken_apart() -> None:
    entity = parse({"sdn.csv": MEHRABI + MAKER}).entities[0]
    assert (entity.id, entity.schema, entity.caption) == ("us-ofac-sdn:1", "Person", "Abdollah MEHRABI")
    given = {name: list(values) for name, values in entity.properties.items()}
    assert given == {
        "name": ["Abdollah MEHRABI"],
        "lastName": ["MEHRABI"],
        "firstName": ["Abdollah"],
        "birthDate": ["1961-12-22", "1962"],
        "birthPlace": ["Khansar, Iran"],
        "nationality": ["ir"],
        "gender": ["male"],
        "passportNumber": ["V47528711"],
        "idNumber": ["1229632603"],
        "weakAlias": ["THE ENGINEER"],
        "publicKey": ["12QtD5BFwRsdNsAZY76UVE1xyCGNTojH9h"],
        "notes": ["Grand Vizier"],
    }
    assert entity.listings[0].programmes == ("NPWMD", "IFSR")
    assert entity.listings[0].listed_on is None


def test_what_is_not_understood_is_kept_and_counted() -> None:
    parsed = parse({"sdn.csv": MEHRABI})
    assert parsed.ignored["remark: Grand Vizier"] == 1
    assert parsed.ignored["link to a name that is not on the list"] == 1


def test_linked_to_becomes_a_link_between_entities() -> None:
    (link,) = parse({"sdn.csv": MEHRABI + MAKER}).links
    assert (link.source, link.target) == ("us-ofac-sdn:1", "us-ofac-sdn:2")


def test_a_ship_has_its_numbers_and_the_end_mark_of_the_file_is_no_row() -> None:
    (ship,) = parse({"sdn.csv": SHIP}).entities
    assert (ship.schema, ship.properties["imoNumber"], ship.properties["mmsi"]) == (
        "Vessel",
        ("9240914",),
        ("572469210",),
    )
    assert (ship.properties["flag"], ship.properties["callSign"]) == (("pa",), ("ABCD",))


def test_aliases_and_addresses_join_their_entity() -> None:
    alt = b'1,9,aka,"MEHRABI, Abdullah",-0-\n1,10,fka,"MEHRABY, A.",-0-\n8,11,aka,"NOBODY",-0-\n'
    add = b'1,5,"Km 5 Karaj Road",Tehran,Iran,-0-\n'
    parsed = parse({"sdn.csv": MEHRABI, "alt.csv": alt, "add.csv": add})
    given = parsed.entities[0].properties
    assert (given["alias"], given["previousName"]) == (("Abdullah MEHRABI",), ("A. MEHRABY",))
    assert (given["address"], given["country"]) == (("Km 5 Karaj Road, Tehran, Iran",), ("ir",))
    assert parsed.ignored["alias of an unknown id"] == 1


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (b"1,2,3\n", "3 cells"),
        (MAKER + MAKER, "stands twice"),
        (b'1,"open quote\n', "line"),
        (b"<html></html>\n", "1 cells"),
    ],
)
def test_what_is_no_list_of_ofac_is_refused_with_its_line(raw: bytes, why: str) -> None:
    with pytest.raises(InputError, match=why):
        parse({"sdn.csv": raw})


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("22 Dec 1961", "1961-12-22"),
        ("circa 1961", "1961"),
        ("Dec 1961", "1961-12"),
        ("December 1961", "1961-12"),
        ("unknown", None),
        ("45 Foo 1961", None),
    ],
)
def test_dates_keep_their_precision(text: str, iso: str | None) -> None:
    assert iso_date(text) == iso


def test_only_names_of_persons_are_turned_round() -> None:
    assert natural_name("KOTO MACHINERY CO., LTD", "Company") == "KOTO MACHINERY CO., LTD"


def test_the_published_lists_are_read_whole(shared: Path) -> None:
    folder = shared / "lists" / "ofac" / "2023-12-28"
    sdn, alt, add = (gzip.decompress((folder / f"{name}.csv.gz").read_bytes()) for name in ("sdn", "alt", "add"))
    parsed = parse({"sdn.csv": sdn, "alt.csv": alt, "add.csv": add})
    assert len(parsed.entities) == 13_821
    qods = next(entity for entity in parsed.entities if entity.id == "us-ofac-sdn:16418")
    assert "GHODS AVIATION INDUSTRIES" in qods.properties["alias"]
    unplaced = {what.removeprefix("country: ") for what in parsed.ignored if what.startswith("country")}
    no_state = {"undetermined", "Netherlands Antilles", "Kafia Kingi", "Northern Mali", "None Identified"}
    assert unplaced <= no_state | {"Commonwealth of Independent States"}
    older = gzip.decompress((shared / "lists" / "ofac_consolidated" / "2018-05-27" / "cons_prim.csv.gz").read_bytes())
    assert len(parse({"cons_prim.csv": older}, source="us-ofac-cons").entities) == 639
