"""A list of the user's own: declared columns, everything else kept, mistakes named with what was meant."""

from __future__ import annotations

import gzip
import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from cordon.errors import InputError
from cordon.record.formats.own_table import declaration, parse, recognises
from cordon.record.formats.reading import Parsed

TABLE = (
    b"QID,Name,Alias,Previous Name,Type,Country,Start date,End date,Born,Colour\n"
    b"Q1,Joan Doe,Jo; J. Doe,Joan Roe,Person,Belarus,24.3.2007,,22 Dec 1961,red\n"
    b"Q1,Joan Doe,,,Person,Narnia,2020-01-02,2021-01-02,soon,blue\n"
    b",EXAMPLE TRADING LLC,,,Group,,someday,,,\n"
    b",EXAMPLE TRADING LLC,,,,,,,,\n"
)
GIVEN: dict[str, object] = {
    "columns": {
        "name": "Name",
        "alias": ["Alias"],
        "previousName": "Previous Name",
        "country": "Country",
        "birthDate": "Born",
        "listed_on": "Start date",
        "delisted_on": "End date",
    },
    "id": "QID",
    "schema": {"column": "Type", "values": {"Person": "Person"}},
    "authority": "Example Office",
    "programme": "Section 1",
    "separator": ";",
}


def declared(**changes: object) -> bytes:
    return json.dumps(GIVEN | changes).encode()


def read(raw: bytes = TABLE, name: str = "own.csv", **changes: object) -> Parsed:
    return parse({name: raw, "columns.json": declared(**changes)}, source="own-office")


def test_rows_of_one_id_are_one_subject_with_several_listings() -> None:
    entity = read().entities[0]
    assert (entity.id, entity.schema, entity.caption) == ("own-office:Q1", "Person", "Joan Doe")
    assert entity.properties["alias"] == ("Jo", "J. Doe")
    assert entity.properties["previousName"] == ("Joan Roe",)
    assert entity.properties["country"] == ("by",)
    assert entity.properties["birthDate"] == ("1961-12-22",)
    first, second = entity.listings
    assert (first.source, first.authority, first.programmes) == ("own-office", "Example Office", ("Section 1",))
    assert (first.listed_on, first.delisted_on, first.reference) == ("2007-03-24", None, "Q1")
    assert (second.listed_on, second.delisted_on) == ("2020-01-02", "2021-01-02")


def test_what_is_not_declared_or_not_understood_is_kept_and_counted() -> None:
    parsed = read()
    assert parsed.ignored == {
        "column not declared: Colour": 1,
        "country: Narnia": 1,
        "date: birthDate": 1,
        "date: listed_on": 1,
        "kind of subject: Group": 1,
    }
    notes = parsed.entities[0].properties["notes"]
    assert {"Colour: red", "Colour: blue", "country: Narnia", "birthDate: soon"} <= set(notes)


def test_a_row_without_an_id_has_a_digest_and_a_second_one_like_it_a_number() -> None:
    _, first, second = read().entities
    assert second.id == f"{first.id}:2"
    assert first.id == read(TABLE.replace(b"Q1,", b"Q2,")).entities[1].id
    assert (first.schema, second.schema) == ("Company", "Company")


def test_values_know_their_row() -> None:
    origin = read().origins["own-office:Q1"]
    assert [place.line for place in origin.entries] == [2, 3]
    assert origin.values["notes", "Colour: blue"].line == 3


def test_a_schema_may_hold_for_all_rows_or_for_none() -> None:
    assert {entity.schema for entity in read(schema="Organization").entities} == {"Organization"}
    assert {entity.schema for entity in read(schema=None).entities} == {"LegalEntity", "Company"}


@pytest.mark.parametrize("mark", [b"\t", b";"])
def test_other_separators_of_columns_are_seen(mark: bytes) -> None:
    raw = b"Name,Born\nJoan Doe,1961\n".replace(b",", mark)
    (entity,) = read(raw, columns={"name": "Name", "birthDate": "Born"}, id=None, schema="Person").entities
    assert entity.properties == {"name": ("Joan Doe",), "birthDate": ("1961",)}


@pytest.mark.parametrize(
    "raw",
    [
        b'[{"Name": "Joan Doe", "Alias": ["Jo", "J. Doe"], "Born": null, "Rank": {"a": 1}}]',
        b'{"Name": "Joan Doe", "Alias": ["Jo", "J. Doe"], "Born": null, "Rank": {"a": 1}}\n',
    ],
)
def test_json_arrays_and_json_lines_are_read(raw: bytes) -> None:
    parsed = read(
        raw, "own.json", columns={"name": "Name", "alias": "Alias", "birthDate": "Born"}, id=None, schema=None
    )
    (entity,) = parsed.entities
    assert entity.properties == {"name": ("Joan Doe",), "alias": ("Jo", "J. Doe"), "notes": ('Rank: {"a": 1}',)}
    assert parsed.ignored == {"column not declared: Rank": 1}


def test_a_declaration_is_made_from_options_and_read_back() -> None:
    made = declaration(
        {"name": ["Name"], "listed_on": ["Start date"], "measure": ["Type"]},
        id_column="QID",
        schema="Person",
        authority="Example Office",
        programme=None,
        separator="",
    )
    entity = parse({"own.csv": TABLE, "columns.json": made}).entities[0]
    assert entity.listings[0].measures == ("Person",)
    assert entity.listings[0].programmes == ()


@pytest.mark.parametrize(
    ("columns", "schema", "hint"),
    [
        ({"nmae": ["Name"]}, None, "did you mean 'name'?"),
        ({"name": ["Name"], "listedon": ["Start date"]}, None, "did you mean 'listed_on'?"),
        ({"name": ["Name"]}, "Persn", "did you mean 'Person'?"),
        ({"country": ["Country"]}, None, "say which one holds it"),
    ],
)
def test_a_declaration_that_cannot_be_is_refused(
    columns: Mapping[str, Sequence[str]], schema: str | None, hint: str
) -> None:
    with pytest.raises(InputError) as refused:
        declaration(columns, id_column=None, schema=schema, authority="X", programme=None, separator="")
    assert refused.value.hint == hint


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"columns": {"name": "Nme"}}, "no-such-column"),
        ({"columns": {"nam": "Name"}}, "unknown-property"),
        ({"columns": {"name": 3}}, "bad-declaration"),
        ({"colour": "red"}, "bad-declaration"),
        ({"schema": {"column": "Type", "values": {"x": "Persn"}}}, "unknown-schema"),
        ({"id": "QIDD"}, "no-such-column"),
    ],
)
def test_a_declaration_that_does_not_fit_is_refused(changes: dict[str, object], code: str) -> None:
    with pytest.raises(InputError) as refused:
        parse({"own.csv": TABLE, "columns.json": declared(**changes)})
    assert refused.value.code == code


def test_a_column_that_is_missing_is_named_with_the_nearest_one() -> None:
    with pytest.raises(InputError, match=r"own\.csv: has no column 'Nmae'.*did you mean 'Name'"):
        read(columns={"name": "Nmae"}, id=None, schema=None)


@pytest.mark.parametrize("raw", [b"", b"\x00\x01", b"[1, 2]", b'[{"Name": "a"}', b"PK\x03\x04broken", TABLE + b'"'])
def test_a_broken_table_is_refused(raw: bytes) -> None:
    with pytest.raises(InputError):
        read(raw)


def test_a_declaration_goes_with_one_table() -> None:
    assert recognises({"own.csv": TABLE, "columns.json": declared()})
    assert not recognises({"own.csv": TABLE})
    for files in ({"columns.json": declared()}, {"a": TABLE, "b": TABLE, "columns.json": declared()}, {"a": TABLE}):
        with pytest.raises(InputError):
            parse(files)


EXPORT = {
    "name": ["entity_name"],
    "alias": ["aliases"],
    "address": ["addresses"],
    "listed_on": ["date_added"],
    "reason": ["reason"],
    "programme": ["source_list_name"],
}
TABLES: dict[str, tuple[Mapping[str, Sequence[str]], str | None, int, int]] = {
    "other/us_dod_chinese_milcorps_sanctions.csv.gz": (
        {"name": ["Clean Name"], "alias": ["Alias", "Name"], "listed_on": ["Start date"], "delisted_on": ["End date"]},
        None,
        397,
        397,
    ),
    "other/us_fincen_special_measures_details.csv.gz": (
        {"name": ["Name"], "alias": ["Alias"], "country": ["Country"], "programme": ["Measure"]},
        None,
        490,
        490,
    ),
    "other/us_special_leg_section_1286.csv.gz": (
        {"name": ["name"], "alias": ["aliases"], "country": ["country"], "listed_on": ["report-date"]},
        None,
        443,
        443,
    ),
    "other/cn_sanctions_sanctions.csv.gz": (
        {"name": ["Name", "Chinese name"], "country": ["Country"], "listed_on": ["Date"], "programme": ["List"]},
        "QID",
        610,
        601,
    ),
    "export_control/2026-07/jp.json.gz": (EXPORT, "id", 835, 835),
    "export_control/2026-07/cn.json.gz": (EXPORT, "id", 240, 238),
}


@pytest.mark.parametrize("name", TABLES)
def test_every_row_of_real_tables_is_accounted_for(shared: Path, name: str) -> None:
    columns, key, count, entities = TABLES[name]
    made = declaration(columns, id_column=key, schema=None, authority="X", programme=None, separator=";")
    raw = gzip.decompress((shared / "lists" / name).read_bytes())
    parsed = parse({Path(name).stem: raw, "columns.json": made})
    assert sum(len(origin.entries) for origin in parsed.origins.values()) == count
    assert len(parsed.entities) == entities


def test_a_country_column_of_a_real_table_is_understood(shared: Path) -> None:
    raw = gzip.decompress((shared / "lists/other/us_fincen_special_measures_details.csv.gz").read_bytes())
    made = declaration(
        {"name": ["Name"], "country": ["Country"]},
        id_column=None,
        schema=None,
        authority="US FinCEN",
        programme=None,
        separator=";",
    )
    parsed = parse({"details.csv": raw, "columns.json": made})
    assert all(what.startswith("column not declared") for what in parsed.ignored)
