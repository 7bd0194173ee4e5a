"""OFAC's advanced XML: codes looked up in the file's own tables, and a subject put together from five parts of it.

No published file was at hand. The sample is written by hand in the shape of OFAC's schema for ``SDN_ADVANCED.XML``,
with codes of its reference values and invented subjects.
"""

from __future__ import annotations

import csv
import gzip
import io
from pathlib import Path

import pytest

from cordon.errors import InputError
from cordon.record.formats.ofac_advanced import parse, recognises
from cordon.record.formats.ofac_features import feature_field, period
from cordon.record.formats.xml import records

CODES = """<ReferenceValueSets>
<AliasTypeValues><AliasType ID="1400">A.K.A.</AliasType><AliasType ID="1401">F.K.A.</AliasType>
<AliasType ID="1403">Name</AliasType></AliasTypeValues>
<AreaCodeValues><AreaCode ID="11109" CountryID="11109" Description="Iran" AreaCodeTypeID="1">IR</AreaCode>
<AreaCode ID="11291" CountryID="11291" Description="undetermined" AreaCodeTypeID="1"/></AreaCodeValues>
<CountryValues><Country ID="11109" ISO2="IR">Iran</Country>
<Country ID="11162" ISO2="PA">Panama</Country></CountryValues>
<DetailReferenceValues><DetailReference ID="91526">Male</DetailReference></DetailReferenceValues>
<DocNameStatusValues><DocNameStatus ID="1">Primary Latin</DocNameStatus><DocNameStatus ID="2">Others</DocNameStatus>
</DocNameStatusValues><EntryEventTypeValues><EntryEventType ID="1">Created</EntryEventType>
<EntryEventType ID="2">Amended</EntryEventType></EntryEventTypeValues>
<FeatureTypeValues><FeatureType ID="3" FeatureTypeGroupID="1">Vessel Flag</FeatureType>
<FeatureType ID="8" FeatureTypeGroupID="1">Birthdate</FeatureType><FeatureType ID="9">Place of Birth</FeatureType>
<FeatureType ID="10">Nationality Country</FeatureType><FeatureType ID="25">Location</FeatureType>
<FeatureType ID="26">Title</FeatureType><FeatureType ID="224">Gender</FeatureType>
<FeatureType ID="344">Digital Currency Address - XBT</FeatureType></FeatureTypeValues>
<IDRegDocDateTypeValues><IDRegDocDateType ID="1480">Issue Date</IDRegDocDateType></IDRegDocDateTypeValues>
<IDRegDocTypeValues><IDRegDocType ID="1571">Passport</IDRegDocType>
<IDRegDocType ID="1626">Vessel Registration Identification</IDRegDocType></IDRegDocTypeValues>
<LegalBasisValues><LegalBasis ID="1" LegalBasisShortRef="Unknown">Unknown</LegalBasis>
<LegalBasis ID="1828" LegalBasisShortRef="Executive Order 13224 (Terrorism)">EO 13224</LegalBasis></LegalBasisValues>
<ListValues><List ID="1550">SDN List</List><List ID="91512">Consolidated List</List></ListValues>
<LocPartTypeValues><LocPartType ID="1">Unknown</LocPartType><LocPartType ID="1451">ADDRESS1</LocPartType>
<LocPartType ID="1454">CITY</LocPartType></LocPartTypeValues>
<NamePartTypeValues><NamePartType ID="1520">Last Name</NamePartType><NamePartType ID="1521">First Name</NamePartType>
<NamePartType ID="1525">Entity Name</NamePartType><NamePartType ID="1526">Vessel Name</NamePartType>
</NamePartTypeValues>
<PartySubTypeValues><PartySubType ID="1" PartyTypeID="4">Vessel</PartySubType>
<PartySubType ID="3" PartyTypeID="2">Unknown</PartySubType><PartySubType ID="4" PartyTypeID="1">Unknown</PartySubType>
</PartySubTypeValues><PartyTypeValues><PartyType ID="1">Individual</PartyType><PartyType ID="2">Entity</PartyType>
<PartyType ID="4">Transport</PartyType></PartyTypeValues>
<RelationTypeValues><RelationType ID="15003">Owned or Controlled By</RelationType>
<RelationType ID="91422">Leader or official of</RelationType></RelationTypeValues>
<ReliabilityValues><Reliability ID="1560">Confirmed</Reliability><Reliability ID="1561">False</Reliability>
</ReliabilityValues><SanctionsTypeValues><SanctionsType ID="1">Program</SanctionsType>
<SanctionsType ID="1705">Block</SanctionsType></SanctionsTypeValues>
<ValidityValues><Validity ID="1">Valid</Validity><Validity ID="2">Fraudulent</Validity></ValidityValues>
</ReferenceValueSets>"""
PLACES = """<Locations><Location ID="25"><LocationAreaCode AreaCodeID="11109"/>
<LocationCountry CountryID="11109" CountryRelevanceID="1413"/>
<LocationPart LocPartTypeID="1454"><LocationPartValue Primary="true"><Comment/><Value>Tehran</Value></LocationPartValue>
<LocationPartValue Primary="false"><Comment>Arabic</Comment><Value>\u202bتهران\u202c</Value></LocationPartValue>
</LocationPart>
<LocationPart LocPartTypeID="1451"><LocationPartValue Primary="true"><Comment/><Value>1 Main Street</Value>
</LocationPartValue></LocationPart><FeatureVersionReference FeatureVersionID="6"/></Location>
<Location ID="26"><LocationPart LocPartTypeID="1"><LocationPartValue Primary="true"><Value>Iran</Value>
</LocationPartValue></LocationPart></Location>
<Location ID="27"><LocationAreaCode AreaCodeID="11291"/></Location>
<Location ID="28"><LocationCountry CountryID="11162"/></Location></Locations>"""
PAPERS = """<IDRegDocuments><IDRegDocument ID="2" IDRegDocTypeID="1571" IdentityID="11" IssuedBy-CountryID="11109"
ValidityID="2"><Comment/><IDRegistrationNo>A1</IDRegistrationNo><IssuingAuthority/>
<DocumentDate IDRegDocDateTypeID="1480"><DatePeriod><Start><From><Year>2014</Year><Month>3</Month><Day>3</Day></From>
</Start></DatePeriod></DocumentDate><DocumentedNameReference DocumentedNameID="11"/></IDRegDocument>
<IDRegDocument ID="3" IDRegDocTypeID="1626" IdentityID="31" ValidityID="1">
<IDRegistrationNo>IMO 9240914</IDRegistrationNo>
</IDRegDocument><IDRegDocument ID="4" IDRegDocTypeID="1571" IdentityID="404" ValidityID="1">
<IDRegistrationNo>B2</IDRegistrationNo></IDRegDocument></IDRegDocuments>"""


def alias(kind: str, status: str, *parts: tuple[str, str], weak: bool = False) -> str:
    """Return one alias with one name, its parts given with their groups."""
    values = "".join(
        f'<DocumentedNamePart><NamePartValue NamePartGroupID="{group}" ScriptID="215">{text}</NamePartValue>'
        "</DocumentedNamePart>"
        for group, text in parts
    )
    primary = str(kind == "1403").lower()
    return (
        f'<Alias FixedRef="1" AliasTypeID="{kind}" Primary="{primary}" LowQuality="{str(weak).lower()}">'
        f'<DocumentedName ID="11" FixedRef="1" DocNameStatusID="{status}">{values}</DocumentedName></Alias>'
    )


def party(number: int, kind: int, aliases: str, features: str = "") -> str:
    """Return one distinct party; its identity is numbered number1, its name part groups 1 to 4."""
    groups = "".join(
        f'<MasterNamePartGroup><NamePartGroup ID="{at}" NamePartTypeID="{code}"/></MasterNamePartGroup>'
        for at, code in ((1, 1520), (2, 1521), (3, 1525), (4, 1526))
    )
    return (
        f'<DistinctParty FixedRef="{number}"><Comment/><Profile ID="{number}00" PartySubTypeID="{kind}">'
        f'<Identity ID="{number}1" FixedRef="{number}" Primary="true" False="false">{aliases}<NamePartGroups>{groups}'
        f"</NamePartGroups></Identity>{features}</Profile></DistinctParty>"
    )


def feature(kind: int, inside: str, reliability: int = 1560) -> str:
    """Return one feature in one version."""
    version = f'<FeatureVersion ID="6" ReliabilityID="{reliability}"><Comment/>{inside}</FeatureVersion>'
    return f'<Feature ID="5" FeatureTypeID="{kind}">{version}<IdentityReference IdentityID="11"/></Feature>'


def day(year: int, month: int, number: int) -> str:
    """Return a day as OFAC writes it."""
    return f"<Year>{year}</Year><Month>{month}</Month><Day>{number}</Day>"


BORN = (
    f"<DatePeriod><Start><From>{day(1962, 1, 1)}</From><To>{day(1962, 1, 1)}</To></Start>"
    f"<End><From>{day(1962, 12, 31)}</From><To>{day(1962, 12, 31)}</To></End></DatePeriod>"
    '<VersionDetail DetailTypeID="1430"/>'
)
PERSON = party(
    1,
    4,
    alias("1401", "2", ("1", "DEER"), ("2", "Jon"))
    + alias("1400", "2", ("1", "THE DEER"), weak=True)
    + alias("1403", "2", ("1", "دو"), ("2", "جون"))
    + alias("1403", "1", ("1", "DOE"), ("2", "John")),
    feature(8, BORN)
    + feature(9, '<VersionDetail DetailTypeID="1432">Khansar, Iran</VersionDetail>', reliability=1561)
    + feature(10, '<VersionDetail DetailTypeID="1433"/><VersionLocation LocationID="26"/>')
    + feature(25, '<VersionLocation LocationID="25"/>')
    + feature(25, '<VersionLocation LocationID="27"/>')
    + feature(25, '<VersionLocation LocationID="404"/>')
    + feature(26, '<VersionDetail DetailTypeID="1432">Head of Things</VersionDetail>')
    + feature(224, '<VersionDetail DetailTypeID="1431" DetailReferenceID="91526"/>')
    + feature(344, '<VersionDetail DetailTypeID="1432">12QtD5B</VersionDetail>')
    + feature(999, '<VersionDetail DetailTypeID="1432">41</VersionDetail>'),
)
FIRM = party(2, 3, alias("1403", "1", ("3", "EXAMPLE TRADING LLC")))
SHIP = party(3, 1, alias("1403", "1", ("4", "SEA STAR")), feature(3, '<VersionLocation LocationID="28"/>'))
RELATIONS = """<ProfileRelationships><ProfileRelationship ID="1" From-ProfileID="300" To-ProfileID="200"
RelationTypeID="15003" RelationQualityID="1" Former="true" SanctionsEntryID="7"><Comment/></ProfileRelationship>
<ProfileRelationship ID="2" From-ProfileID="100" To-ProfileID="200" RelationTypeID="91422" Former="false"/>
<ProfileRelationship ID="3" From-ProfileID="100" To-ProfileID="77" RelationTypeID="4" Former="false"/>
</ProfileRelationships>"""
ENTRIES = f"""<SanctionsEntries><SanctionsEntry ID="7" ProfileID="100" ListID="1550">
<EntryEvent ID="7" EntryEventTypeID="1" LegalBasisID="1828"><Comment/><Date>{day(2001, 12, 4)}</Date></EntryEvent>
<EntryEvent ID="8" EntryEventTypeID="2" LegalBasisID="1"><Comment/><Date>{day(2005, 1, 2)}</Date></EntryEvent>
<SanctionsMeasure ID="9" SanctionsTypeID="1705"><Comment/></SanctionsMeasure>
<SanctionsMeasure ID="10" SanctionsTypeID="1"><Comment>SDGT</Comment></SanctionsMeasure>
<SanctionsMeasure ID="11" SanctionsTypeID="1"><Comment>IFSR</Comment></SanctionsMeasure></SanctionsEntry>
<SanctionsEntry ID="12" ProfileID="100" ListID="91512"><EntryEvent ID="12" EntryEventTypeID="1" LegalBasisID="1">
<Date>{day(2014, 10, 10)}</Date></EntryEvent></SanctionsEntry>
<SanctionsEntry ID="13" ProfileID="200" ListID="1550"/><SanctionsEntry ID="14" ProfileID="404" ListID="1550"/>
</SanctionsEntries>"""
HEAD = (
    '<?xml version="1.0" encoding="utf-8"?><Sanctions Version="3" xmlns="https://sanctionslistservice.ofac.treas.gov/'
    f'api/PublicationPreview/exports/ADVANCED_XML"><DateOfIssue CalendarTypeID="1">{day(2026, 5, 1)}</DateOfIssue>'
    + CODES
)
PARTIES = f"<DistinctParties>{PERSON}{FIRM}{SHIP}</DistinctParties>"
LIST = (HEAD + PLACES + PAPERS + PARTIES + RELATIONS + ENTRIES + "</Sanctions>").encode()


def test_a_person_is_put_together_from_all_parts_of_the_file() -> None:
    parsed = parse({"sdn.xml": LIST})
    entity = parsed.entities[0]
    assert (entity.id, entity.schema, entity.caption) == ("us-ofac-sdn:1", "Person", "John DOE")
    assert entity.properties == {
        "name": ("John DOE", "جون دو"),
        "lastName": ("DOE", "دو"),
        "firstName": ("John", "جون"),
        "previousName": ("Jon DEER",),
        "weakAlias": ("THE DEER",),
        "birthDate": ("1962",),
        "birthPlace": ("Khansar, Iran",),
        "notes": (
            "Place of Birth Khansar, Iran: reliability False",
            "Location: Location 404",
            "FeatureType 999 41",
            "Passport A1: issued by Iran, Issue Date 2014-03-03, validity Fraudulent",
        ),
        "nationality": ("ir",),
        "address": ("1 Main Street, Tehran, Iran", "تهران, Iran"),
        "country": ("ir",),
        "position": ("Head of Things",),
        "gender": ("male",),
        "publicKey": ("12QtD5B",),
        "currency": ("XBT",),
        "passportNumber": ("A1",),
    }
    assert parsed.published == "2026-05-01"


def test_an_entity_and_a_vessel_are_told_by_their_type_and_subtype() -> None:
    _, firm, ship = parse({"sdn.xml": LIST}).entities
    assert (firm.schema, firm.caption) == ("Company", "EXAMPLE TRADING LLC")
    assert ship.schema == "Vessel"
    assert ship.properties == {"name": ("SEA STAR",), "flag": ("pa",), "imoNumber": ("IMO 9240914",)}


def test_each_sanctions_entry_is_a_listing_with_the_days_of_its_events() -> None:
    first, second = parse({"sdn.xml": LIST}).entities[0].listings
    assert first.programmes == ("SDGT", "IFSR", "Executive Order 13224 (Terrorism)", "SDN List")
    assert (first.measures, first.listed_on, first.amended_on) == (("Block",), "2001-12-04", ("2005-01-02",))
    assert (second.programmes, second.listed_on, second.reference) == (("Consolidated List",), "2014-10-10", "1")


def test_relations_name_profiles_and_link_their_parties() -> None:
    links = parse({"sdn.xml": LIST}).links
    assert [(link.schema, link.source, link.target, link.role) for link in links] == [
        ("Ownership", "us-ofac-sdn:2", "us-ofac-sdn:3", "Owned or Controlled By (former)"),
        ("Directorship", "us-ofac-sdn:1", "us-ofac-sdn:2", "Leader or official of"),
        ("UnknownLink", "us-ofac-sdn:1", "us-ofac-sdn:77", "RelationType 4"),
    ]


def test_codes_that_are_not_in_the_file_and_parts_without_a_subject_are_counted() -> None:
    assert parse({"sdn.xml": LIST}).ignored == {
        "reference value: FeatureType 999": 1,
        "feature: FeatureType 999": 1,
        "location that is not in the file": 1,
        "reference value: RelationType 4": 1,
        "relation: RelationType 4": 1,
        "sanctions entry of an unknown profile": 1,
        "document of an unknown identity": 1,
        "entity without a sanctions entry": 1,
        "link to an entity outside the file": 1,
    }


def test_each_value_knows_the_element_it_stands_in_wherever_that_is() -> None:
    origin = parse({"sdn.xml": LIST}).origins["us-ofac-sdn:1"]
    papers = origin.values["passportNumber", "A1"]
    assert LIST[papers.start : papers.end].startswith(b'<IDRegDocument ID="2"')
    place = origin.values["address", "1 Main Street, Tehran, Iran"]
    assert LIST[place.start : place.end].startswith(b'<Location ID="25"')
    assert [LIST[entry.start : entry.end][:20] for entry in origin.entries] == [
        b"<DistinctParty Fixed",
        b'<SanctionsEntry ID="',
        b'<SanctionsEntry ID="',
    ]


@pytest.mark.parametrize(
    ("ends", "dates"),
    [
        (("1962-11-23", "1962-11-23", "1962-11-23", "1962-11-23"), ("1962-11-23",)),
        (("1962-01-01", "1962-01-01", "1962-12-31", "1962-12-31"), ("1962",)),
        (("1964-02-01", "1964-02-01", "1964-02-29", "1964-02-29"), ("1964-02",)),
        (("1960-01-01", "1960-12-31", "1962-01-01", "1962-12-31"), ("1960", "1962")),
        (("1960-05-01", "1960-05-01", "1960-08-31", "1960-08-31"), ("1960-05-01", "1960-08-31")),
        (("1971", "", "", ""), ("1971",)),
        (("", "", "", ""), ()),
    ],
)
def test_a_period_keeps_the_precision_it_was_published_with(
    ends: tuple[str, str, str, str], dates: tuple[str, ...]
) -> None:
    assert period(*ends) == dates


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (LIST[:-40], "no element|unclosed|not well-formed"),
        (b"<sanctionsData/>", "begins with <sanctionsData>"),
        ((HEAD + PARTIES + PARTIES + "</Sanctions>").encode(), "the id 1 stands twice"),
        ((HEAD + "<DistinctParty/></Sanctions>").encode(), "without an id"),
        (b'<!DOCTYPE a [<!ENTITY b "cc">]><Sanctions/>', "document type"),
    ],
)
def test_a_broken_or_hostile_file_is_refused(raw: bytes, why: str) -> None:
    with pytest.raises(InputError, match=why):
        parse({"sdn.xml": raw})


@pytest.mark.parametrize("year", ["x", "\u00b2", "123456", ""])
def test_a_year_that_is_none_is_no_date(year: str) -> None:
    raw = LIST.replace(b"<Year>1962</Year>", f"<Year>{year}</Year>".encode())
    parsed = parse({"sdn.xml": raw})
    assert "birthDate" not in parsed.entities[0].properties
    assert parsed.ignored["date: Birthdate"] == 1


def test_only_this_format_is_recognised() -> None:
    assert recognises({"a.xml": LIST})
    assert not recognises({"a.xml": b"<sdnList/>"})


def test_every_document_type_of_the_real_extract_is_one_of_the_codes_known(shared: Path) -> None:
    """The extract has the codes of the documents; their words stand in the enhanced export of the same time."""
    folder = shared / "lists" / "ofac"
    papers = gzip.decompress((folder / "2024-03-13_from_advanced" / "idregdocuments.csv.gz").read_bytes())
    used = {row["IDRegDocTypeID"] for row in csv.DictReader(io.StringIO(papers.decode("utf-8-sig")))}
    export = gzip.decompress((folder / "2024-08-28" / "IRGC_sanctions.xml.gz").read_bytes())
    words = _reference_values(export, "ID DOCUMENT TYPE")
    assert len(used & words.keys()) > 60
    assert [word for code, word in words.items() if code in used and not feature_field(word)] == []


def _reference_values(raw: bytes, kind: str) -> dict[str, str]:
    rows = records(raw, frozenset(("referenceValue",)), origin="export.xml", root="sanctionsData")
    return {row.attributes["refId"]: row.value("value") for row in rows if row.value("type") == kind}
