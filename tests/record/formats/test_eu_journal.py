"""The EU's tables: names in two scripts, printed dates, and the name that the table splits."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from cordon.errors import InputError
from cordon.record.formats.eu_journal import iso_days, names_of, parse

HEADER = "celex,recordId,programKey,annex,measure,startDate,reason,schema,name,alias,nationality,birthDate,gender\n"
ROW = (
    "32014R0269,1270,EU-UKR,I.PERSONS,Asset freeze,12.12.2022,Because.,Person,"
    "Abdollah,MEHRABI; عبدلله مهرابی,Iranian,22.12.1961,male\n"
)


def test_a_row_is_an_entity_with_its_act_and_number_and_a_split_name_is_mended() -> None:
    (entity,) = parse({"32014R0269.csv": (HEADER + ROW).encode()}).entities
    assert (entity.id, entity.caption) == ("eu-journal:32014R0269:I.PERSONS:1270", "Abdollah MEHRABI")
    assert entity.properties["alias"] == ("عبدلله مهرابی",)
    assert (entity.properties["nationality"], entity.properties["birthDate"]) == (("ir",), ("1961-12-22",))
    (listing,) = entity.listings
    assert (listing.listed_on, listing.reference) == ("2022-12-12", "32014R0269 no. 1270, annex I.PERSONS")


@pytest.mark.parametrize(
    ("cell", "names"),
    [
        ("Sergei AKSENOV (Сергей АКСЕНОВ)", ["Sergei AKSENOV", "Сергей АКСЕНОВ"]),
        ("A (Holding) Ltd; B", ["A (Holding) Ltd", "B"]),
        ("Saeed AGHAJANI / Said AGA JANI", ["Saeed AGHAJANI", "Said AGA JANI"]),
    ],
)
def test_a_cell_of_names_is_taken_apart(cell: str, names: list[str]) -> None:
    assert list(names_of(cell)) == names


@pytest.mark.parametrize(
    ("cell", "days"),
    [
        ("24.3.2007", ("2007-03-24",)),
        ("1.1.1960 or 2.2.1961", ("1960-01-01", "1961-02-02")),
        ("March/April 1965", ("1965",)),
        ("unknown", ()),
    ],
)
def test_printed_dates_become_iso(cell: str, days: tuple[str, ...]) -> None:
    assert iso_days(cell) == days


def test_a_table_of_another_form_is_refused() -> None:
    with pytest.raises(InputError, match="has no column"):
        parse({"x.csv": b"name,alias\na,b\n"})


def test_the_tables_are_read_whole(shared: Path) -> None:
    folder = shared / "lists" / "eu" / "2026-08_journal" / "consolidated"
    parsed = parse({path.name[:-3]: gzip.decompress(path.read_bytes()) for path in folder.glob("*.csv.gz")})
    assert len(parsed.entities) == len({entity.id for entity in parsed.entities}) == 8_017
