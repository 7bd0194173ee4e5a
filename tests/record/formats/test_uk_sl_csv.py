"""The UK Sanctions List as CSV: a date above the header, and a row for every combination of facts.

The header is that of the published file; no published file was at hand to test on.
"""

from __future__ import annotations

import csv
import io

import pytest

from cordon.errors import InputError
from cordon.record.formats import uk_conlist
from cordon.record.formats.uk_sl_csv import parse, recognises

COLUMNS = (
    "Last Updated|Unique ID|OFSI Group ID|UN Reference Number|Name 6|Name 1|Name 2|Name 3|Name 4|Name 5|Name type|"
    "Alias strength|Title|Name non-latin script|Non-latin script type|Non-latin script language|Regime Name|"
    "Designation Type|Designation source|Sanctions Imposed|Other Information|UK Statement of Reasons|Address Line 1|"
    "Address Line 2|Address Line 3|Address Line 4|Address Line 5|Address Line 6|Address Postal Code|Address Country|"
    "Phone number|Website|Email address|Date Designated|D.O.B|Nationality(/ies)|National Identifier number|"
    "National Identifier additional information|Passport number|Passport additional information|Position|Gender|"
    "Town of birth|Country of birth|Type of entity|Subsidiaries|Parent company|Business registration number (s)|"
    "IMO number|Current owner/operator (s)|Previous owner/operator (s)|Current believed flag of ship|Previous flags|"
    "Type of ship|Tonnage of ship|Length of ship|Year Built|Hull identification number (HIN)"
).split("|")
PERSON = {
    "Last Updated": "21/03/2023",
    "Unique ID": "RUS9999",
    "Name 6": "DOE",
    "Name 1": "JOHN",
    "Name type": "Primary Name",
    "Regime Name": "Russia",
    "Designation Type": "Individual",
    "Sanctions Imposed": "Asset freeze|Travel Ban",
    "Date Designated": "13/12/2022",
    "D.O.B": "dd/mm/1961",
    "Passport number": "P1",
}
ALIAS = {
    **PERSON,
    "Name 1": "JON",
    "Name type": "Alias",
    "Alias strength": "Good quality a.k.a",
    "Passport number": "P2",
}
SHIP = {
    "Unique ID": "RUS9997",
    "Name 6": "EXAMPLE STAR",
    "Name type": "Primary Name",
    "Designation Type": "Ship",
    "Date Designated": "01/02/2024",
    "IMO number": "IMO9562233",
    "Current owner/operator (s)": "EXAMPLE TRADING LLC",
    "Previous owner/operator (s)": "EXAMPLE HOLDING",
    "Current believed flag of ship": "Gabon",
    "Previous flags": "Panama",
    "Hull identification number (HIN)": "H1",
}


def table(*rows: dict[str, str], columns: list[str] = COLUMNS) -> bytes:
    text = io.StringIO()
    text.write("Report Date: 29-Apr-2026\n")
    writer = csv.DictWriter(text, columns)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode("utf-8-sig")


def test_the_rows_of_an_id_are_one_entity_and_repeat_each_other() -> None:
    both = {**ALIAS, "Passport number": "P1"}
    parsed = parse({"uk.csv": table(PERSON, ALIAS, both)})
    (entity,) = parsed.entities
    assert (entity.id, entity.schema, entity.caption) == ("uk-sl:RUS9999", "Person", "JOHN DOE")
    assert entity.properties == {
        "name": ("JOHN DOE",),
        "firstName": ("JOHN",),
        "lastName": ("DOE",),
        "alias": ("JON DOE",),
        "passportNumber": ("P1", "P2"),
        "birthDate": ("1961",),
    }
    assert entity.listings[0].measures == ("Asset freeze", "Travel Ban")
    assert (entity.listings[0].listed_on, entity.listings[0].amended_on) == ("2022-12-13", ("2023-03-21",))
    assert (parsed.published, parsed.ignored) == ("2026-04-29", {})


def test_a_ship_keeps_its_owners_as_notes() -> None:
    (entity,) = parse({"uk.csv": table(SHIP)}).entities
    assert entity.schema == "Vessel"
    assert entity.properties["imoNumber"] == ("IMO9562233",)
    assert entity.properties["notes"] == (
        "Current owner/operator: EXAMPLE TRADING LLC",
        "Previous owner/operator: EXAMPLE HOLDING",
    )


def test_an_entry_is_its_rows_and_every_value_knows_its_row() -> None:
    origin = parse({"uk.csv": table(SHIP, PERSON, ALIAS)}).origins["uk-sl:RUS9999"]
    assert [(place.line, place.last) for place in origin.entries] == [(4, 5)]
    assert origin.values["name", "JOHN DOE"].line == 4
    assert origin.values["alias", "JON DOE"].line == 5


def test_rows_of_an_id_that_stand_apart_are_one_entity_still() -> None:
    parsed = parse({"uk.csv": table(PERSON, SHIP, ALIAS)})
    assert [len(parsed.origins[entity.id].entries) for entity in parsed.entities] == [2, 1]
    assert parsed.entities[0].properties["alias"] == ("JON DOE",)
    assert len(parsed.entities[0].listings) == 1


def test_the_older_name_of_a_column_is_understood() -> None:
    columns = ["Individual, Entity, Ship" if column == "Designation Type" else column for column in COLUMNS]
    row = {"Individual, Entity, Ship" if key == "Designation Type" else key: value for key, value in SHIP.items()}
    assert parse({"uk.csv": table(row, columns=columns)}).entities[0].schema == "Vessel"


def test_a_column_that_is_not_known_is_kept_and_counted() -> None:
    parsed = parse({"uk.csv": table({**SHIP, "Mood": "calm"}, columns=[*COLUMNS, "Mood"])})
    assert parsed.ignored == {"column: mood": 1}
    assert "mood: calm" in parsed.entities[0].properties["notes"]


@pytest.mark.parametrize("raw", [b"", b"a,b\n1,2\n", b"<Designations/>", b"PK\x03\x04broken"])
def test_another_file_is_refused(raw: bytes) -> None:
    with pytest.raises(InputError):
        parse({"uk.csv": raw})


def test_a_row_without_an_id_is_refused_with_its_line() -> None:
    with pytest.raises(InputError, match="line 4: an entry without an id"):
        parse({"uk.csv": table(PERSON, {**SHIP, "Unique ID": ""})})


def test_only_this_list_is_recognised() -> None:
    raw = table(SHIP)
    assert recognises({"UK-Sanctions-List.csv": raw})
    assert not uk_conlist.recognises({"UK-Sanctions-List.csv": raw})
    assert not recognises({"ConList.csv": b"Last Updated,14/04/2025\nName 6,Alias Type,Group ID\nDOE,AKA,1\n"})
