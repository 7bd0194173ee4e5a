"""The EU's consolidated financial sanctions list as CSV 1.0 and 1.1.

The header of 1.1 is that of the published file, of which no copy was at hand; a damaged and shortened copy of 1.0 was.
"""

from __future__ import annotations

import gzip
from collections import Counter
from pathlib import Path

import pytest

from cordon.errors import InputError
from cordon.record.formats import eu_fsf_xml
from cordon.record.formats.eu_fsf_csv import parse, recognises

ACT = (
    "Type Regulation_OrganisationType Regulation_PublicationDate Regulation_EntryIntoForceDate Regulation_NumberTitle "
)
ACT += "Regulation_Programme Regulation_PublicationUrl"
KEYS = {
    "Entity": "LogicalId EU_ReferenceNumber UnitedNationId DesignationDate DesignationDetails Remark SubjectType "
    "SubjectType_ClassificationCode",
    "NameAlias": "LastName FirstName MiddleName WholeName NameLanguage Gender Title Function LogicalId "
    "RegulationLanguage Remark",
    "Address": "City Street PoBox ZipCode Region Place AsAtListingTime ContactInfo CountryIso2Code CountryDescription "
    "LogicalId RegulationLanguage Remark",
    "BirthDate": "BirthDate Day Month Year YearRangeFrom YearRangeTo Circa CalendarType ZipCode Region Place City "
    "CountryIso2Code CountryDescription LogicalId RegulationLanguage Remark",
    "Identification": "Number Diplomatic KnownExpired KnownFalse ReportedLost RevokedByIssuer IssuedBy IssuedDate "
    "ValidFrom ValidTo LatinNumber NameOnDocument TypeCode TypeDescription Region CountryIso2Code CountryDescription "
    "LogicalId RegulationLanguage Remark",
    "Citizenship": "Region CountryIso2Code CountryDescription LogicalId RegulationLanguage Remark",
}
NEW = [
    "fileGenerationDate",
    *(f"{section}_{key}" for section, keys in KEYS.items() for key in f"{keys} Regulation_{ACT}".split()),
]
SUBJECT = {
    "fileGenerationDate": "05/08/2026",
    "Entity_LogicalId": "9999",
    "Entity_EU_ReferenceNumber": "EU.9999.99",
    "Entity_Remark": "(Date of UN designation: 2022-12-01)\\n(Listed as an example)",
    "Entity_SubjectType": "P",
    "Entity_SubjectType_ClassificationCode": "person",
    "Entity_Regulation_Type": "amendment",
    "Entity_Regulation_PublicationDate": "2022-12-12",
    "Entity_Regulation_EntryIntoForceDate": "2022-12-13",
    "Entity_Regulation_NumberTitle": '"2022/2432 (OJ L318I); amending"',
    "Entity_Regulation_Programme": "RUS",
}
FACTS = (
    {
        "NameAlias_WholeName": "John Doe",
        "NameAlias_Gender": "M",
        "NameAlias_NameLanguage": "EN",
        "NameAlias_LogicalId": "1",
    },
    {
        "NameAlias_WholeName": "Джон Доу",
        "NameAlias_NameLanguage": "RU",
        "NameAlias_Regulation_PublicationDate": "2023-02-25",
    },
    {
        "Address_City": "Moscow",
        "Address_CountryIso2Code": "RU",
        "Address_CountryDescription": "RUSSIAN FEDERATION",
        "Address_ContactInfo": "PHONE[+7 1]\\nEMAIL[a@b.example]",
    },
    {"BirthDate_Year": "1961", "BirthDate_Month": "12", "BirthDate_Day": "22", "BirthDate_City": "Omsk"},
    {
        "Identification_Number": "P1",
        "Identification_TypeCode": "passport",
        "Identification_TypeDescription": "National passport",
        "Identification_IssuedDate": "2001-02-03",
    },
    {"Citizenship_CountryIso2Code": "RU", "Citizenship_CountryDescription": "RUSSIAN FEDERATION"},
)
OLD = (
    "Date_file;Entity_logical_id;Subject_type;Leba_numtitle;Leba_publication_date;Leba_url;Programme;Entity_remark;"
    "Naal_logical_id;Entity_logical_id;Naal_leba_publication_date;Naal_wholename;Naal_gender;Naal_language;"
    "Addr_city;Addr_country;Addr_other;Birt_date;Birt_place;Birt_country;Iden_number;Citi_country;EU_ref_num"
)
OLD_ROWS = (
    "04/07/2018;9;E;316/2012 (OJ L103);2012-04-13;;TAQA;;17;9;2002-05-29;Example Trust;;;;;;;;;;;EU.9.9",
    '04/07/2018;9;E;316/2012 (OJ L103);2012-04-13;;TAQA;;;;;;;;"Lahore, East";PAK;PHONE[1];;;;;;EU.9.9',
    "04/07/2018;9;E;316/2012 (OJ L103);2012-04-13;;TAQA;;;;;;;;;;;N/A;;;;;EU.9.9",
    "04/07/2018;9;E;316/2012 (OJ L103);2012-04-13;;TAQA"
    ";;;;;;;;;;;;;;P1 (passport-National passport) ((passport));;EU.9.9",
    "04/07/2018;9;E;316/2012 (OJ L103);2012-04-13;;TAQA;;;;;;;;;;;;;;;IRQ;EU.9.9",
)


def new(*facts: dict[str, str], columns: list[str] = NEW) -> bytes:
    lines = [";".join(columns), *(";".join({**SUBJECT, **fact}.get(key, "") for key in columns) for fact in facts)]
    return "\n".join(lines).encode("utf-8-sig")


def old(*rows: str) -> bytes:
    return "\n".join((OLD, *rows)).encode()


def damaged(raw: bytes) -> bytes:
    """Return a list as a spreadsheet program leaves it that took it for a table with commas."""
    lines = raw.decode("utf-8-sig").replace("Date_file", "Date_filexxxx").splitlines()
    quoted = [line.replace('"', '""').replace(",", "\t") for line in lines]
    return "".join(f'"{line}\t\t\t"\n' for line in quoted).encode()


def test_the_rows_of_a_logical_id_are_one_entity() -> None:
    parsed = parse({"eu.csv": new(*FACTS)})
    (entity,) = parsed.entities
    assert (entity.id, entity.schema, entity.caption) == ("eu-fsf:9999", "Person", "John Doe")
    assert entity.properties == {
        "name": ("John Doe",),
        "alias": ("Джон Доу",),
        "nameLanguage": ("John Doe (en)", "Джон Доу (ru)"),
        "gender": ("male",),
        "address": ("Moscow, RUSSIAN FEDERATION",),
        "country": ("ru",),
        "phone": ("+7 1",),
        "email": ("a@b.example",),
        "birthDate": ("1961-12-22",),
        "birthPlace": ("Omsk",),
        "passportNumber": ("P1",),
        "nationality": ("ru",),
        "notes": (
            "National passport P1: issued 2001-02-03",
            "(Date of UN designation: 2022-12-01) (Listed as an example)",
        ),
    }
    assert (parsed.published, parsed.ignored) == ("2026-08-05", {})


def test_the_listing_rests_on_the_acts_of_all_rows() -> None:
    (listing,) = parse({"eu.csv": new(*FACTS)}).entities[0].listings
    assert (listing.reference, listing.authority) == ("EU.9999.99", "EU")
    assert listing.programmes == ("RUS", "2022/2432 (OJ L318I); amending")
    assert (listing.listed_on, listing.amended_on) == ("2022-12-13", ("2023-02-25",))
    assert listing.basis == eu_fsf_xml.BASIS


def test_every_value_knows_its_row() -> None:
    origin = parse({"eu.csv": new(*FACTS)}).origins["eu-fsf:9999"]
    assert [(place.line, place.last) for place in origin.entries] == [(2, 7)]
    assert (origin.values["name", "John Doe"].line, origin.values["nationality", "ru"].line) == (2, 7)


def test_a_column_that_is_not_known_is_kept_and_counted() -> None:
    parsed = parse({"eu.csv": new({**FACTS[0], "NameAlias_Mood": "calm"}, columns=[*NEW, "NameAlias_Mood"])})
    assert parsed.ignored == {"field: namealias/mood": 1}
    assert "mood: calm" in parsed.entities[0].properties["notes"]


def test_version_1_0_has_a_documents_kind_behind_its_number_and_countries_by_three_letters() -> None:
    parsed = parse({"eu.csv": old(*OLD_ROWS)})
    (entity,) = parsed.entities
    assert (entity.id, entity.schema) == ("eu-fsf:9", "LegalEntity")
    assert entity.properties == {
        "name": ("Example Trust",),
        "address": ("Lahore, East, PAK",),
        "country": ("pk",),
        "phone": ("1",),
        "passportNumber": ("P1",),
        "nationality": ("iq",),
    }
    (listing,) = entity.listings
    assert (listing.listed_on, listing.amended_on) == ("2002-05-29", ("2012-04-13",))
    assert (listing.reference, listing.programmes) == ("EU.9.9", ("TAQA", "316/2012 (OJ L103)"))
    assert (parsed.published, parsed.ignored) == ("2018-07-04", {})


@pytest.mark.parametrize("raw", [old(*OLD_ROWS), new(*FACTS)])
def test_a_copy_whose_lines_are_one_quoted_cell_each_is_the_same_list(raw: bytes) -> None:
    whole, copy = parse({"eu.csv": raw}), parse({"eu.csv": damaged(raw)})
    assert recognises({"eu.csv": damaged(raw)})
    assert copy.entities == whole.entities


def test_a_name_whose_letters_a_copy_lost_is_a_note_not_a_name() -> None:
    lost = OLD_ROWS[0].replace("Example Trust", "???????? Trust")
    parsed = parse({"eu.csv": old(OLD_ROWS[0], lost)})
    assert parsed.entities[0].names == ("Example Trust",)
    assert parsed.entities[0].properties["notes"] == ("name with letters lost: ???????? Trust",)
    assert parsed.ignored == {"field: namealias/name with letters lost": 1}


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (b"", "not the header"),
        (b"a;b\n1;2\n", "not the header"),
        (old(OLD_ROWS[0], '04/07/2018;"9;E'), "line 3: unexpected end"),
        (old(OLD_ROWS[0].replace(";9;", ";;")), "line 2: an entry without an id"),
        (b"Date_file;\x00", "not a text file"),
    ],
)
def test_a_broken_file_is_refused(raw: bytes, why: str) -> None:
    with pytest.raises(InputError, match=why):
        parse({"eu.csv": raw})


def test_only_this_list_is_recognised() -> None:
    assert recognises({"eu.csv": new(FACTS[0])})
    assert recognises({"eu.csv": old(OLD_ROWS[0])})
    assert not recognises({"eu.csv": b"Date_file;Group ID\n1;2\n"})
    assert not recognises({"eu.xml": b"<export/>"})
    assert not recognises({"eu.csv": b"\x00\x01"})


def test_the_published_copy_is_read_whole(shared: Path) -> None:
    path = shared / "lists" / "eu" / "2018-07-04_fsf_csv_1_0_short" / "EUSanctionsShort.csv.gz"
    raw = gzip.decompress(path.read_bytes())
    assert raw.count(b"\n") - 1 == 999, "the rows"
    parsed = parse({"EUSanctionsShort.csv": raw})
    assert recognises({"EUSanctionsShort.csv": raw})
    assert len(parsed.entities) == 93
    assert Counter(entity.schema for entity in parsed.entities)["Person"] == 61
    assert parsed.published == "2018-07-04"
    assert set(parsed.ignored) == {"field: namealias/name with letters lost"}
    entries = [place for origin in parsed.origins.values() for place in origin.entries]
    assert sum(max(place.last - place.line, 0) + 1 for place in entries) == 999
    assert all(entity.names and entity.listings[0].listed_on for entity in parsed.entities)
    first = next(entity for entity in parsed.entities if entity.id == "eu-fsf:1")
    assert (first.properties["passportNumber"], first.listings[0].reference) == (("AD001095",), "EU.36.64")
