"""Australia's list: rows grouped by number, dates as printed, listing days out of sentences.

The columns of the sample are those DFAT publishes since 2025; the published file at hand is of 2024 and has fewer.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from cordon.errors import InputError
from cordon.record.formats.au_xlsx import dates_of, listing_days, parse, parts_of, recognises

HEADER = (
    "Reference,Name of Individual or Entity,Type,Name Type,Alias Strength,Date of Birth,Place of Birth,Citizenship,"
    "Address,Additional Information,Listing Information,IMO Number,Committees,Control Date,Instrument of Designation,"
    "Targeted Financial Sanction,Travel Ban,Arms Embargo,Maritime Restriction\n"
)
SHARED = (
    '"a) 22 Dec. 1961; b) Approximately 1958-1960 c) perhaps in spring","a) Kabul, Afghanistan b) Herat, Afghanistan",'
    '"Russian and Ukrainian","1 Example Street, Kabul, Afghanistan","Title: a) Mullah",'
    '"Listed on 2 Sep. 2014 (amended on 1 Sep. 2017 and 28/08/2020)",,1988 (Taliban),2020-08-28,'
    "Example Regulation 2013,true,TRUE,false,false\n"
)
LIST = (
    HEADER
    + f"12,DOE Joan,Individual,Primary Name,,{SHARED}"
    + f"12a,Joan Roe,individual,Alias,Weak,{SHARED}"
    + f"12b,Jo Doe,Individual,aka,,{SHARED}"
    + f"12b1,\u062c,Individual,Original script,,{SHARED}"
    + f"12c,Joan Poe,Individual,Formerly known as,,{SHARED}"
    + f"12d,Jay,Individual,Nickname,,{SHARED}"
    + "13,EXAMPLE TRADING LLC,Entity,Primary Name,,,,,NA,,"
    + "Example Amendment (No. 4) Instrument 2022,,Autonomous (Russia),"
    + "2022-02-26,,true,false,false,false\n"
    + "14,SEA STAR,Vessel,Primary Name,,,,,,,,9240914,Autonomous (Vessels),2025-06-18,"
    + "Example (Sanctioned Vessels) Designation 2025,false,false,false,true\n"
).encode()


def test_the_rows_of_a_number_are_one_subject() -> None:
    entity = parse({"list.csv": LIST}).entities[0]
    assert (entity.id, entity.schema, entity.caption) == ("au-dfat:12", "Person", "DOE Joan")
    assert entity.properties["name"] == ("DOE Joan", "ج")
    assert entity.properties["weakAlias"] == ("Joan Roe",)
    assert entity.properties["alias"] == ("Jo Doe", "Jay")
    assert entity.properties["previousName"] == ("Joan Poe",)
    assert entity.properties["birthDate"] == ("1961-12-22", "1958", "1960")
    assert entity.properties["birthPlace"] == ("Kabul, Afghanistan", "Herat, Afghanistan")
    assert entity.properties["nationality"] == ("ru", "ua")
    assert entity.properties["country"] == ("af",)


def test_the_listing_is_the_sentence_the_regime_and_the_measures() -> None:
    (listing,) = parse({"list.csv": LIST}).entities[0].listings
    assert (listing.listed_on, listing.amended_on) == ("2014-09-02", ("2017-09-01", "2020-08-28"))
    assert listing.programmes == ("1988 (Taliban)", "Example Regulation 2013")
    assert listing.measures == ("Targeted Financial Sanction", "Travel Ban")
    assert (listing.authority, listing.reference) == ("Australia", "12")


def test_what_stands_in_every_row_of_a_subject_is_counted_once() -> None:
    parsed = parse({"list.csv": LIST})
    assert parsed.ignored == {"date: Date of Birth": 1, "name type: Nickname": 1}
    assert "Date of Birth: perhaps in spring" in parsed.entities[0].properties["notes"]


def test_the_control_date_is_the_listing_date_when_it_is_of_the_year_of_the_instrument() -> None:
    _, company, ship = parse({"list.csv": LIST}).entities
    assert (company.schema, company.listings[0].listed_on) == ("Company", "2022-02-26")
    assert (ship.schema, ship.properties["imoNumber"]) == ("Vessel", ("9240914",))
    assert (ship.listings[0].listed_on, ship.listings[0].measures) == ("2025-06-18", ("Maritime Restriction",))
    late = parse({"list.csv": LIST.replace(b"2022-02-26", b"2023-02-26")}).entities[1].listings[0]
    assert (late.listed_on, late.amended_on) == (None, ("2023-02-26",))


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("8 Dec. 1987", ("1987-12-08",)),
        ("12. Sep 1974", ("1974-09-12",)),
        ("24 August 1962", ("1962-08-24",)),
        ("23/02/1961", ("1961-02-23",)),
        ("1967-12-29", ("1967-12-29",)),
        ("25569", ("1970-01-01",)),
        ("Sep. 1958", ("1958-09",)),
        ("circa 1970", ("1970",)),
        ("c. 1958", ("1958",)),
        ("Approximately 1955- 1958", ("1955", "1958")),
        ("Between 1967 and 1969", ("1967", "1969")),
        ("1 Jan. 1963 to 5 Feb. 1964", ("1963-01-01", "1964-02-05")),
        ("alt DOB: 19/11/1956", ("1956-11-19",)),
        ("24/06/1402", ()),
        ("30-35 years old", ()),
    ],
)
def test_printed_dates_keep_their_precision(text: str, iso: tuple[str, ...]) -> None:
    assert dates_of(text) == iso


@pytest.mark.parametrize(
    ("cell", "dates"),
    [
        ("1945, 1946, 1958", ("1945", "1946", "1958")),
        ("29 March, 1965", ("1965-03-29",)),
        ('"March 16, 1972"', ("1972-03-16",)),
        ("05.09.1990", ("1990-09-05",)),
        ("15 May 1968 (as one name) 1970 (as another)", ("1968-05-15", "1970")),
        ("a) 1959 b) (Aug. 1961)", ("1959", "1961-08")),
    ],
)
def test_a_cell_may_hold_several_dates(cell: str, dates: tuple[str, ...]) -> None:
    quoted = cell if cell.startswith('"') else f'"{cell}"'
    row = f"1,DOE Joan,Individual,Primary Name,,{quoted},,,,,,,X,2020-01-01,,,,,\n"
    (entity,) = parse({"list.csv": (HEADER + row).encode()}).entities
    assert entity.properties["birthDate"] == dates


@pytest.mark.parametrize(
    ("text", "listed", "later"),
    [
        ("Listed on: 6 July 2017", "2017-07-06", set()),
        ("2013-03-07", "2013-03-07", set()),
        ("Listed by UN 1267 and 1989 Committee on 25 January 2012.", "2012-01-25", set()),
        ("Listedon 8 Jun. 2007 (amended on 13 Dec. 2011, 1 May 2019)", "2007-06-08", {"2011-12-13", "2019-05-01"}),
        (
            "Designated under the Regulations on 2 March 2012. Relisted on 12 January 2024.",
            "2012-03-02",
            {"2024-01-12"},
        ),
        ("Listed on: 5 Oct. 2018 Last listed on 19 Sep 2024", "2018-10-05", {"2024-09-19"}),
        ("Instrument of first listing: List 2001 (No. 2). Last listed on: 16/09/2022", None, {"2022-09-16"}),
        ("Assets received after 23 May 2003 are not. Listed under Resolution 1483 (2003)", None, set()),
        ("", None, set()),
    ],
)
def test_listing_days_come_out_of_the_sentence(text: str, listed: str | None, later: set[str]) -> None:
    assert listing_days(text) == (listed, later)


def test_lettered_parts_are_taken_apart_and_others_left() -> None:
    assert parts_of("a) Kabul; b)Herat") == ["Kabul", "Herat"]
    assert parts_of("Kabul (city a) Afghanistan") == ["Kabul (city a) Afghanistan"]


def test_the_list_is_recognised_by_its_columns() -> None:
    assert recognises({"list.csv": LIST})
    assert not recognises({"list.csv": b"Reference,Name\n1,a\n"})


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"a,b\n1,2\n",
        b"PK\x03\x04broken",
        LIST + LIST.splitlines(keepends=True)[1],
        HEADER.encode() + b",DOE Joan,Individual,Primary Name,,,,,,,,,X,,,,,,\n",
    ],
)
def test_another_or_a_broken_file_is_refused(raw: bytes) -> None:
    with pytest.raises(InputError):
        parse({"list": raw})


def test_the_published_list_is_read_whole(shared: Path) -> None:
    raw = (shared / "lists" / "au" / "2024-12-17" / "regulation8_consolidated.xlsx").read_bytes()
    assert recognises({"regulation8_consolidated.xlsx": raw})
    parsed = parse({"regulation8_consolidated.xlsx": raw})
    assert len(parsed.entities) == 3062
    assert sum(len(origin.entries) for origin in parsed.origins.values()) == 9553
    assert sum(entity.schema == "Person" for entity in parsed.entities) == 2316
    assert sum("birthDate" in entity.properties for entity in parsed.entities) == 2221
    assert sum(entity.listings[0].listed_on is None for entity in parsed.entities) == 133
    assert parsed.ignored["date: Date of Birth"] == 12
    assert sum(parsed.ignored.values()) == 17
