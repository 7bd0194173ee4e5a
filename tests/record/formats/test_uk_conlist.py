"""The UK's ConList: rows grouped by subject, dates as printed, both layouts and both file types."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from cordon.errors import InputError
from cordon.record.formats.dates import any_date
from cordon.record.formats.uk_conlist import parse

HEADER = (
    "Name 6,Name 1,DOB,Nationality,Other Information,Group Type,Alias Type,Alias Quality,"
    "Regime,Listed On,Last Updated,Group ID\n"
)
LIST = (
    "Last Updated,14/04/2025\n"
    + HEADER
    + "MILLER,Jane,1) 22/12/1961 2) 00/00/1962,(1) Iran (2) Russia,(UK Sanctions List Ref):RUS9999. Note. "
    + "(UK Statement of Reasons):Is an example. (Gender):Female,Individual,"
    + "Primary name,,Russia,13/12/2022,21/03/2023,15701\n"
    + "MILER,Jane,,,,Individual,AKA,Low quality,Russia,13/12/2022,21/03/2023,15701\n"
).encode()


def test_the_rows_of_a_group_are_one_subject() -> None:
    (entity,) = parse({"ConList.csv": LIST}).entities
    assert (entity.id, entity.schema, entity.caption) == ("uk-conlist:15701", "Person", "Jane MILLER")
    assert entity.properties["weakAlias"] == ("Jane MILER",)
    assert entity.properties["birthDate"] == ("1961-12-22", "1962")
    assert entity.properties["nationality"] == ("ir", "ru")
    assert entity.properties["gender"] == ("female",)
    assert entity.properties["notes"] == ("Note",)
    (listing,) = entity.listings
    assert listing.reason == "Is an example."
    assert (listing.listed_on, listing.amended_on, listing.reference) == ("2022-12-13", ("2023-03-21",), "RUS9999")


def test_the_lists_own_day_stands_above_its_header() -> None:
    assert parse({"ConList.csv": LIST}).published == "2025-04-14"


def test_a_column_that_is_not_known_is_kept_and_counted() -> None:
    raw = LIST.replace(b"Group ID\n", b"Group ID,Mood\n").replace(b",15701\n", b",15701,calm\n")
    parsed = parse({"ConList.csv": raw})
    assert parsed.ignored["column: Mood"] == 2
    assert "Mood: calm" in parsed.entities[0].properties["notes"]


@pytest.mark.parametrize(
    ("text", "iso"),
    [
        ("22/12/1961", "1961-12-22"),
        ("00/00/1980", "1980"),
        ("00/05/1980", "1980-05"),
        ("2023-03-21", "2023-03-21"),
        ("x", None),
    ],
)
def test_printed_days_keep_their_precision(text: str, iso: str | None) -> None:
    assert any_date(text) == iso


@pytest.mark.parametrize("raw", [b"a,b\n1,2\n", b"PK\x03\x04broken", b""])
def test_another_file_is_refused(raw: bytes) -> None:
    with pytest.raises(InputError):
        parse({"ConList": raw})


def test_every_entry_of_a_published_list_has_its_date(shared: Path) -> None:
    raw = gzip.decompress((shared / "lists" / "uk" / "2018-04-13" / "ConList.csv.gz").read_bytes())
    parsed = parse({"ConList.csv": raw})
    assert parsed.published == "2018-04-13"
    assert all(entity.listings[0].listed_on for entity in parsed.entities)
