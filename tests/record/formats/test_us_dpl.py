"""The Denied Persons List: rows of one order joined, American dates, and ids that stay.

The sample has the columns of BIS's own ``dpl.txt``.
"""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from cordon.errors import InputError
from cordon.record.formats.us_dpl import parse, recognises

HEADER = (
    b'"Name"\t"Street_Address"\t"City"\t"State"\t"Country"\t"Postal_Code"\t"Effective_Date"\t"Expiration_Date"'
    b'\t"Standard_Order"\t"Last_Update"\t"Action"\t"FR_Citation"\n'
)
FIRST = (
    b'" JOAN DOE"\t"1 EXAMPLE STREET"\t"EL PASO"\t"TX"\t""\t"79905"\t"08/24/2022"\t"01/14/2032"'
    b'\t"Y"\t"2022-08-29"\t"F.R. NOTICE ADDED"\t"87 F.R. 52741 8/29/2022"\n'
)
SECOND = (
    b'"JOAN DOE"\t"2 EXAMPLE ROAD"\t"MINSK"\t""\t"BY"\t""\t"08/24/2022"\t"01/14/2032"'
    b'\t"y"\t"2023-01-02"\t""\t"87 F.R. 52741 8/29/22"\n'
)
COMPANY = b'"EXAMPLE TRADING LLC"\t""\t"ONTARIO"\t"CA"\t""\t""\t"13/45/2022"\t""\t"N"\t""\t""\t"87 F.R. 1 8/29/2022"\n'
LIST = HEADER + FIRST + SECOND + COMPANY


def test_rows_of_one_name_and_effective_date_are_one_subject() -> None:
    entity = parse({"dpl.txt": LIST}).entities[0]
    assert (entity.schema, entity.caption) == ("LegalEntity", "JOAN DOE")
    assert entity.properties["address"] == ("1 EXAMPLE STREET, EL PASO, TX, 79905", "2 EXAMPLE ROAD, MINSK, BY")
    assert entity.properties["country"] == ("us", "by")
    (listing,) = entity.listings
    assert (listing.source, listing.authority) == ("us-bis-dpl", "US BIS")
    assert (listing.listed_on, listing.amended_on, listing.delisted_on) == (
        "2022-08-24",
        ("2022-08-29", "2023-01-02"),
        "2032-01-14",
    )
    assert listing.programmes == ("87 F.R. 52741 8/29/2022", "87 F.R. 52741 8/29/22")
    assert listing.measures == ("Standard denial order",)


def test_both_rows_are_places_of_the_subject() -> None:
    parsed = parse({"dpl.txt": LIST})
    origin = parsed.origins[parsed.entities[0].id]
    assert [place.line for place in origin.entries] == [2, 3]
    assert origin.values["country", "by"].line == 3


def test_ids_do_not_depend_on_the_order_of_rows_or_on_addresses() -> None:
    forwards = {entity.id for entity in parse({"dpl.txt": LIST}).entities}
    backwards = {entity.id for entity in parse({"dpl.txt": HEADER + COMPANY + SECOND}).entities}
    assert forwards == backwards


def test_a_legal_form_makes_a_company_and_nothing_else_says_what_a_subject_is() -> None:
    assert parse({"dpl.txt": LIST}).entities[1].schema == "Company"


def test_a_state_without_a_postal_code_gives_no_country() -> None:
    assert "country" not in parse({"dpl.txt": LIST}).entities[1].properties


def test_a_date_that_is_none_is_kept_as_a_note_and_counted() -> None:
    parsed = parse({"dpl.txt": LIST})
    company = parsed.entities[1]
    assert "Effective_Date: 13/45/2022" in company.properties["notes"]
    assert company.listings[0].listed_on is None
    assert company.listings[0].measures == ("Denial order with terms of its own",)
    assert parsed.ignored == {"date: Effective_Date": 1}


def test_an_order_that_ends_on_two_days_is_two_listings() -> None:
    other = SECOND.replace(b"01/14/2032", b"01/14/2030")
    (entity,) = parse({"dpl.txt": HEADER + FIRST + other}).entities
    assert {listing.delisted_on for listing in entity.listings} == {"2032-01-14", "2030-01-14"}


def test_the_list_is_recognised_by_its_columns() -> None:
    assert recognises({"dpl.txt": LIST})
    assert not recognises({"dpl.txt": b"Name\tCity\na\tb\n"})


@pytest.mark.parametrize(
    ("raw", "code"),
    [
        (b"", "bad-table"),
        (b"<html></html>", "bad-table"),
        (LIST[:-4], "bad-table"),
        (HEADER + FIRST.replace(b'" JOAN DOE"', b'""'), "missing-id"),
        (b"\x00\x01" + LIST, "wrong-encoding"),
    ],
)
def test_another_or_a_broken_file_is_refused(raw: bytes, code: str) -> None:
    with pytest.raises(InputError) as refused:
        parse({"dpl.txt": raw})
    assert refused.value.code == code


def test_the_published_list_is_read_whole(shared: Path) -> None:
    raw = gzip.decompress((shared / "lists" / "us_csl" / "2023-11-30" / "dpl.txt.gz").read_bytes())
    parsed = parse({"dpl.txt": raw})
    assert len(parsed.entities) == 547
    assert sum(len(origin.entries) for origin in parsed.origins.values()) == 665
    assert parsed.ignored == {"country: NM": 1}
    assert all(listing.listed_on for entity in parsed.entities for listing in entity.listings)
