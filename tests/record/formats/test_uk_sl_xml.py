"""The UK Sanctions List as XML.

The sample has the elements that the published file is known to have, under the names its CSV uses too; no published
file was at hand to test on.
"""

from __future__ import annotations

import csv
import io
import itertools
import time

import pytest

from cordon.errors import InputError
from cordon.record.formats.uk_sl_csv import parse as parse_csv
from cordon.record.formats.uk_sl_xml import parse, recognises

PERSON = """<Designation><LastUpdated>21/03/2023</LastUpdated><DateDesignated>13/12/2022</DateDesignated>
<UniqueID>RUS9999</UniqueID><OFSIGroupID>15701</OFSIGroupID><UNReferenceNumber>TAi.001</UNReferenceNumber>
<Names><Name><Name1>JOHNNY</Name1><NameType>Alias</NameType><AliasStrength>Low quality a.k.a</AliasStrength></Name>
<Name><Name1>JOHN</Name1><Name2>QUINCY</Name2><Name6>DOE</Name6><NameType>Primary Name</NameType></Name>
<Name><Name1>JON</Name1><Name6>DOE</Name6><NameType>Primary Name Variation</NameType></Name></Names>
<NonLatinNames><NonLatinName><NameNonLatinScript>Джон Доу</NameNonLatinScript>
<NonLatinScriptType>Cyrillic</NonLatinScriptType>
<NonLatinScriptLanguage>Russian</NonLatinScriptLanguage></NonLatinName></NonLatinNames>
<Titles><Title>Colonel</Title></Titles><RegimeName>The Example Regulations 2019</RegimeName>
<IndividualEntityShip>Individual</IndividualEntityShip><DesignationSource>UK</DesignationSource>
<SanctionsImposed>Asset freeze|Travel Ban</SanctionsImposed>
<SanctionsImposedIndicators><AssetFreeze>true</AssetFreeze><TravelBan>true</TravelBan></SanctionsImposedIndicators>
<OtherInformation>Is an example.</OtherInformation><UKStatementofReasons>For the test.</UKStatementofReasons>
<Addresses><Address><AddressLine1>1 High Street</AddressLine1><AddressPostalCode>AB1</AddressPostalCode>
<AddressCountry>Russia</AddressCountry></Address></Addresses>
<PhoneNumbers><PhoneNumber>+7 1</PhoneNumber></PhoneNumbers><EmailAddresses><EmailAddress>a@b.example; c@d.example
</EmailAddress></EmailAddresses><Websites><Website>b.example</Website></Websites>
<IndividualDetails><Individual><DOBs><DOB>22/12/1961</DOB><DOB>dd/mm/1962</DOB><DOB>00/05/1963</DOB></DOBs>
<Nationalities><Nationality>Russia</Nationality><Nationality>Iran</Nationality></Nationalities>
<NationalIdentifierDetails><NationalIdentifier><NationalIdentifierNumber>N1</NationalIdentifierNumber>
<NationalIdentifierAdditionalInformation>Tax card</NationalIdentifierAdditionalInformation></NationalIdentifier>
</NationalIdentifierDetails><PassportDetails><Passport><PassportNumber>P1</PassportNumber>
<PassportAdditionalInformation>Issued 2001</PassportAdditionalInformation></Passport></PassportDetails>
<Positions><Position>Head of examples</Position></Positions><BirthDetails><Location><TownOfBirth>Omsk</TownOfBirth>
<CountryOfBirth>Russia</CountryOfBirth></Location></BirthDetails><Genders><Gender>Male</Gender></Genders>
</Individual></IndividualDetails></Designation>"""
ENTITY = """<Designation><DateDesignated>24/02/2022</DateDesignated><UniqueID>RUS9998</UniqueID>
<Names><Name><Name6>EXAMPLE TRADING LLC</Name6><NameType>Primary name</NameType></Name></Names>
<RegimeName>Russia</RegimeName><IndividualEntityShip>Entity</IndividualEntityShip>
<SanctionsImposedIndicators><AssetFreeze>true</AssetFreeze><TrustServicesSanctions>true</TrustServicesSanctions>
<TravelBan>false</TravelBan></SanctionsImposedIndicators>
<EntityDetails><Entity><TypeOfEntities><TypeOfEntity>Trade</TypeOfEntity></TypeOfEntities>
<ParentCompanies><ParentCompany>EXAMPLE HOLDING</ParentCompany></ParentCompanies>
<Subsidiaries><Subsidiary>EXAMPLE SUB</Subsidiary></Subsidiaries><BusinessRegistrationNumbers>
<BusinessRegistrationNumber>OGRN: 1247700291200KPP: 770701001INN: 9707028663</BusinessRegistrationNumber>
</BusinessRegistrationNumbers></Entity></EntityDetails></Designation>"""
SHIP = """<Designation><UniqueID>RUS9997</UniqueID><DateDesignated>01/02/2024</DateDesignated>
<Names><Name><Name6>EXAMPLE STAR</Name6><NameType>Primary Name</NameType></Name></Names>
<IndividualEntityShip>Ship</IndividualEntityShip><ShipDetails><Ship><IMONumbers><IMONumber>9562233</IMONumber></IMONumbers>
<CurrentOwnerOperators><CurrentOwnerOperator>EXAMPLE TRADING LLC</CurrentOwnerOperator></CurrentOwnerOperators>
<PreviousOwnerOperators/><CurrentBelievedFlagOfShips><CurrentBelievedFlagOfShip>Gabon</CurrentBelievedFlagOfShip>
</CurrentBelievedFlagOfShips><PreviousFlags><PreviousFlag>Panama</PreviousFlag></PreviousFlags>
<TypeOfShipDetails><TypeOfShip>Oil tanker</TypeOfShip></TypeOfShipDetails>
<TonnageOfShipDetails><TonnageOfShip>5,000</TonnageOfShip></TonnageOfShipDetails>
<LengthOfShipDetails><LengthOfShip>100m</LengthOfShip></LengthOfShipDetails>
<YearsBuilt><YearBuilt>1999</YearBuilt></YearsBuilt><HullIdentificationNumbers>
<HullIdentificationNumber>H1</HullIdentificationNumber></HullIdentificationNumbers></Ship></ShipDetails></Designation>"""


def listing_of(*designations: str) -> bytes:
    return f"<Designations><DateGenerated>29/04/2026</DateGenerated>{''.join(designations)}</Designations>".encode()


def test_a_person_is_read_with_every_kind_of_name_and_number() -> None:
    parsed = parse({"uk.xml": listing_of(PERSON)})
    (entity,) = parsed.entities
    assert (entity.id, entity.schema, entity.caption) == ("uk-sl:RUS9999", "Person", "JOHN QUINCY DOE")
    assert entity.properties == {
        "name": ("JOHN QUINCY DOE", "Джон Доу"),
        "nameLanguage": ("Джон Доу (ru)",),
        "alias": ("JON DOE",),
        "weakAlias": ("JOHNNY",),
        "firstName": ("JOHN",),
        "middleName": ("QUINCY",),
        "lastName": ("DOE",),
        "address": ("1 High Street, AB1, Russia",),
        "country": ("ru",),
        "birthPlace": ("Omsk, Russia",),
        "birthDate": ("1961-12-22", "1962", "1963-05"),
        "passportNumber": ("P1",),
        "idNumber": ("N1",),
        "title": ("Colonel",),
        "gender": ("male",),
        "position": ("Head of examples",),
        "phone": ("+7 1",),
        "website": ("b.example",),
        "email": ("a@b.example", "c@d.example"),
        "nationality": ("ru", "ir"),
        "notes": (
            "Passport P1: Issued 2001",
            "National identifier N1: Tax card",
            "Is an example.",
            "OFSI Group ID: 15701",
            "UN reference: TAi.001",
            "Designation source: UK",
        ),
    }
    assert parsed.ignored == {}
    assert parsed.published == "2026-04-29"


def test_the_listing_has_the_publishers_dates_measures_and_reasons() -> None:
    ((listing,),) = (entity.listings for entity in parse({"uk.xml": listing_of(PERSON)}).entities)
    assert (listing.authority, listing.reference, listing.reason) == ("UK", "RUS9999", "For the test.")
    assert (listing.listed_on, listing.amended_on) == ("2022-12-13", ("2023-03-21",))
    assert listing.programmes == ("The Example Regulations 2019",)
    assert listing.measures == ("Asset freeze", "Travel Ban")


def test_an_entity_has_its_numbers_taken_apart_and_its_measures_from_the_indicators() -> None:
    (entity,) = parse({"uk.xml": listing_of(ENTITY)}).entities
    assert entity.schema == "Company"
    assert entity.properties == {
        "name": ("EXAMPLE TRADING LLC",),
        "legalForm": ("Trade",),
        "innCode": ("9707028663",),
        "ogrnCode": ("1247700291200",),
        "registrationNumber": ("OGRN: 1247700291200KPP: 770701001INN: 9707028663",),
        "notes": ("Parent company: EXAMPLE HOLDING", "Subsidiary: EXAMPLE SUB"),
    }
    assert entity.listings[0].measures == ("Asset freeze", "Trust services sanctions")


def test_a_ship_is_a_vessel_with_its_flags() -> None:
    (entity,) = parse({"uk.xml": listing_of(SHIP)}).entities
    assert entity.schema == "Vessel"
    assert entity.properties == {
        "name": ("EXAMPLE STAR",),
        "imoNumber": ("9562233",),
        "flag": ("ga",),
        "pastFlags": ("pa",),
        "type": ("Oil tanker",),
        "tonnage": ("5,000",),
        "buildDate": ("1999",),
        "serialNumber": ("H1",),
        "notes": ("Current owner/operator: EXAMPLE TRADING LLC", "Length of ship: 100m"),
    }


def test_every_value_knows_its_element() -> None:
    raw = listing_of(PERSON)
    place = parse({"uk.xml": raw}).origins["uk-sl:RUS9999"].values["passportNumber", "P1"]
    assert raw[place.start : place.end].startswith(b"<Passport>")
    assert raw[place.start : place.end].endswith(b"</Passport>")


def test_what_is_not_known_is_kept_and_counted() -> None:
    strange = (
        PERSON.replace("<Titles>", "<Moods><Mood>calm</Mood></Moods><Titles>")
        .replace(">dd/mm/1962<", ">unknown<")
        .replace(">Russian<", ">Volapuk<")
        .replace(">Iran<", ">Atlantis<")
        .replace(">Primary Name Variation<", ">Stage name<")
    )
    parsed = parse({"uk.xml": listing_of(strange)})
    assert parsed.ignored == {
        "element: Mood": 1,
        "date: birthDate": 1,
        "language: Volapuk": 1,
        "country: Atlantis": 1,
        "name type: stage name": 1,
    }
    assert "Mood: calm" in parsed.entities[0].properties["notes"]
    assert "JON DOE" in parsed.entities[0].properties["alias"]


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (listing_of(PERSON)[:-60], "unclosed|no element|not well-formed"),
        (listing_of(PERSON, PERSON), "stands twice"),
        (listing_of(PERSON.replace("RUS9999", "")), "without an id"),
        (b"<html/>", "begins with <html>"),
        (b'<!DOCTYPE a [<!ENTITY b "cc">]><Designations/>', "document type"),
    ],
)
def test_a_broken_or_hostile_file_is_refused(raw: bytes, why: str) -> None:
    with pytest.raises(InputError, match=why):
        parse({"uk.xml": raw})


def test_only_this_list_is_recognised() -> None:
    assert recognises({"uk.xml": listing_of(SHIP)})
    assert not recognises({"un.xml": b"<CONSOLIDATED_LIST/>"})
    assert not recognises({"uk.xml": listing_of(SHIP), "other.xml": listing_of(SHIP)})


SHARED = {
    "Last Updated": "21/03/2023",
    "Unique ID": "RUS9999",
    "OFSI Group ID": "15701",
    "UN Reference Number": "TAi.001",
    "Title": "Colonel",
    "Name non-latin script": "Джон Доу",
    "Non-latin script type": "Cyrillic",
    "Non-latin script language": "Russian",
    "Regime Name": "The Example Regulations 2019",
    "Designation Type": "Individual",
    "Designation source": "UK",
    "Sanctions Imposed": "Asset freeze|Travel Ban",
    "Other Information": "Is an example.",
    "UK Statement of Reasons": "For the test.",
    "Address Line 1": "1 High Street",
    "Address Postal Code": "AB1",
    "Address Country": "Russia",
    "Phone number": "+7 1",
    "Website": "b.example",
    "Email address": "a@b.example; c@d.example",
    "Date Designated": "13/12/2022",
    "National Identifier number": "N1",
    "National Identifier additional information": "Tax card",
    "Passport number": "P1",
    "Passport additional information": "Issued 2001",
    "Position": "Head of examples",
    "Gender": "Male",
    "Town of birth": "Omsk",
    "Country of birth": "Russia",
}
NAMES = (
    {"Name 1": "JOHNNY", "Name type": "Alias", "Alias strength": "Low quality a.k.a"},
    {"Name 1": "JOHN", "Name 2": "QUINCY", "Name 6": "DOE", "Name type": "Primary Name"},
    {"Name 1": "JON", "Name 6": "DOE", "Name type": "Primary Name Variation"},
)


def combinations() -> bytes:
    """Return the person above as the CSV has it: a row for every name, birth date and nationality."""
    facts = itertools.product(NAMES, ("22/12/1961", "dd/mm/1962", "00/05/1963"), ("Russia", "Iran"))
    rows = [{**SHARED, **name, "D.O.B": born, "Nationality(/ies)": nation} for name, born, nation in facts]
    text = io.StringIO("Report Date: 29-Apr-2026\n")
    text.seek(0, io.SEEK_END)
    names = [f"Name {number}" for number in range(1, 7)]
    writer = csv.DictWriter(text, [*SHARED, *names, "Name type", "Alias strength", "D.O.B", "Nationality(/ies)"])
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def test_the_csv_and_the_xml_give_the_same_entities() -> None:
    table, tree = parse_csv({"uk.csv": combinations()}), parse({"uk.xml": listing_of(PERSON)})
    assert table.entities == tree.entities
    assert table.entities[0].id == "uk-sl:RUS9999"
    assert table.published == tree.published == "2026-04-29"
    assert table.ignored == tree.ignored == {}


def test_a_long_list_is_read_in_good_time() -> None:
    many = [PERSON.replace("RUS9999", f"RUS{number}") for number in range(3_000)]
    started = time.process_time()
    assert len(parse({"uk.xml": listing_of(*many)}).entities) == 3_000
    assert time.process_time() - started < 10
