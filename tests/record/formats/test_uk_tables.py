"""The UK Sanctions List as five joined tables."""

from __future__ import annotations

import gzip
from collections import Counter
from pathlib import Path

import pytest

from cordon.errors import InputError
from cordon.record.formats.uk_tables import BIRTHS, parse, recognises

FILES = {
    "subjects.csv": b"unique_id,subject_type,un_reference_number,ofsi_group_id,date_designated,last_updated\n"
    b"RUS9999,individual,TAi.001,15701,13/12/2022,21/03/2023\n"
    b"RUS9998,entity,,15702,24/02/2022,24/02/2022\n",
    "subject_names.csv": b"name_id,unique_id,name_type,alias_strength,full_name,"
    b"name_6,name_1,name_2,name_3,name_4,name_5\n"
    b"0,RUS9999,alias,low_quality_aka,JOHNNY,,JOHNNY,,,,\n"
    b"1,RUS9999,primary,,JOHN QUINCY DOE,DOE,JOHN,QUINCY,,,\n"
    b"2,RUS9999,primary_variation,,JON DOE,DOE,JON,,,,\n"
    b"3,RUS9998,primary,,EXAMPLE TRADING LLC,EXAMPLE TRADING LLC,,,,,\n",
    "subject_dobs.csv": b"dob_id,unique_id,year,month,day,precision,parse_issues\n"
    b"0,RUS9999,1961,12,22,exact,\n1,RUS9999,1962,,,year_only,non_numeric_month\n2,RUS9999,1963,05,,month_year,\n",
    "subject_identifiers.csv": b"id,unique_id,ofsi_group_id,raw_value,identifier_type,additional_info\n"
    b"0,RUS9999,15701,P1,passport,Issued 2001\n1,RUS9999,15701,P1,passport,Issued 2001\n"
    b"2,RUS9998,15702,INN: 9707028663,business_registration_numbers,\n",
    "subject_countries.csv": b"id,unique_id,raw_value,country_type,iso,resolution_method,iso_available\n"
    b"0,RUS9999,Iran,nationality,IR,synonym,True\n1,RUS9999,Former USSR,birth,,unmapped,False\n"
    b"2,RUS9998,Russia,address,RU,synonym,True\n",
}


def test_the_tables_are_joined_on_the_id() -> None:
    parsed = parse(FILES)
    person, company = parsed.entities
    assert (person.id, person.schema, person.caption) == ("uk-sl:RUS9999", "Person", "JOHN QUINCY DOE")
    assert person.properties == {
        "name": ("JOHN QUINCY DOE",),
        "firstName": ("JOHN",),
        "middleName": ("QUINCY",),
        "lastName": ("DOE",),
        "alias": ("JON DOE",),
        "weakAlias": ("JOHNNY",),
        "passportNumber": ("P1",),
        "nationality": ("ir",),
        "birthPlace": ("Former USSR",),
        "notes": (
            "OFSI Group ID: 15701",
            "UN reference: TAi.001",
            "birth date, not to be relied on: 1961-12-22",
            "birth date, not to be relied on: 1962",
            "birth date, not to be relied on: 1963-05",
            "Passport P1: Issued 2001",
        ),
    }
    assert (person.listings[0].listed_on, person.listings[0].amended_on) == ("2022-12-13", ("2023-03-21",))
    assert (company.schema, company.properties["innCode"]) == ("Company", ("9707028663",))
    assert (company.properties["country"], company.listings[0].amended_on) == (("ru",), ())
    assert parsed.ignored == {BIRTHS: 3}


def test_every_value_knows_its_table_and_row() -> None:
    origin = parse(FILES).origins["uk-sl:RUS9999"]
    assert origin.values["notes", "birth date, not to be relied on: 1962"][:2] == ("subject_dobs.csv", 3)
    names = [place for place in origin.entries if place.file == "subject_names.csv"]
    assert [(place.line, place.last) for place in names] == [(2, 4)]


def test_rows_of_an_unknown_id_and_unknown_kinds_are_counted() -> None:
    files = dict(FILES)
    files["subject_dobs.csv"] += b"3,RUS0000,1961,12,22,exact,\n"
    files["subject_identifiers.csv"] += b"3,RUS9998,15702,T1,telex,\n"
    files["subject_countries.csv"] += (
        b"3,RUS9998,Atlantis,address,,unmapped,False\n4,RUS9998,Iran,moon,IR,direct,True\n"
    )
    parsed = parse(files)
    assert parsed.ignored == {
        "subject_dobs.csv: row of an unknown id": 1,
        "identifier: telex": 1,
        "country: Atlantis": 1,
        "country type: moon": 1,
        BIRTHS: 3,
    }
    assert {"telex: T1", "country: Atlantis", "moon: Iran"} <= set(parsed.entities[1].properties["notes"])


def test_the_tables_are_recognised_by_their_columns_and_only_together() -> None:
    assert recognises(FILES)
    assert recognises({f"2026-{name}": raw for name, raw in FILES.items()})
    assert not recognises({"subjects.csv": FILES["subjects.csv"]})
    assert not recognises({name: raw for name, raw in FILES.items() if name != "subjects.csv"})
    assert not recognises({**FILES, "more.csv": b"a,b\n1,2\n"})


def test_other_files_and_a_subject_that_stands_twice_are_refused() -> None:
    with pytest.raises(InputError, match="are not the tables"):
        parse({"names.csv": FILES["subject_names.csv"]})
    twice = FILES["subjects.csv"] + b"RUS9998,entity,,15702,24/02/2022,24/02/2022\n"
    with pytest.raises(InputError, match="line 4: the id RUS9998 stands twice"):
        parse({**FILES, "subjects.csv": twice})


def test_the_published_tables_are_read_whole(shared: Path) -> None:
    folder = shared / "lists" / "uk" / "2026-05-07_uksl_normalised"
    files = {path.stem: gzip.decompress(path.read_bytes()) for path in sorted(folder.glob("*.csv.gz"))}
    counts = {name: raw.count(b"\n") - 1 for name, raw in files.items()}
    assert counts == {
        "subject_countries.csv": 88029,
        "subject_dobs.csv": 3538,
        "subject_identifiers.csv": 22787,
        "subject_names.csv": 15050,
        "subjects.csv": 6046,
    }
    assert recognises(files)
    parsed = parse(files)
    assert parsed.ignored == {BIRTHS: 3538}
    kinds = Counter(entity.schema for entity in parsed.entities)
    assert (kinds["Person"], kinds["Vessel"], kinds["Company"] + kinds["LegalEntity"]) == (3883, 632, 1531)
    assert all(entity.listings[0].listed_on for entity in parsed.entities)
    assert all(entity.values("name") for entity in parsed.entities)
    assert sum(len(entity.names) for entity in parsed.entities) == 15042
    entity = next(entity for entity in parsed.entities if entity.id == "uk-sl:RUS1696")
    assert (entity.properties["nationality"], entity.listings[0].listed_on) == (("ir",), "2022-12-13")
