"""The EU's consolidated financial sanctions list as XML 1.1.

The sample has the elements and attributes that the published file is known to have; no published file was at hand to
test on.
"""

from __future__ import annotations

import time

import pytest

from cordon.errors import InputError
from cordon.record.formats.eu_fsf_csv import parse as parse_csv
from cordon.record.formats.eu_fsf_xml import BASIS, parse, recognises

ACT = 'regulationType="amendment" organisationType="council"'
PERSON = f"""<sanctionEntity designationDate="" designationDetails="" unitedNationId="TAi.001"
 euReferenceNumber="EU.9999.99" logicalId="9999"><remark>(Date of UN designation: 2022-12-01)</remark>
<regulation {ACT} publicationDate="2022-12-12" entryIntoForceDate="2022-12-13" numberTitle="2022/2432 (OJ L318)"
 programme="RUS" logicalId="1"><publicationUrl>https://eur-lex.example/1</publicationUrl></regulation>
<regulation {ACT} publicationDate="2024-02-23" entryIntoForceDate="2024-02-24" numberTitle="2024/745 (OJ L)"
 programme="UKR" logicalId="2"><publicationUrl>https://eur-lex.example/2</publicationUrl></regulation>
<subjectType code="person" classificationCode="P"/>
<nameAlias firstName="" middleName="" lastName="" wholeName="Джон Доу" function="" gender="" title="" nameLanguage="RU"
 strong="true" regulationLanguage="en" logicalId="10"/>
<nameAlias firstName="John" middleName="Quincy" lastName="Doe" wholeName="John Quincy Doe" function="Head of examples"
 gender="M" title="Colonel" nameLanguage="EN" strong="true" regulationLanguage="en" logicalId="11">
<regulationSummary {ACT} publicationDate="2023-02-25" numberTitle="2023/429 (OJ L59)"
 publicationUrl="https://eur-lex.example/3"/></nameAlias>
<nameAlias firstName="" middleName="" lastName="" wholeName="Jon Doe" function="" gender="" title="" nameLanguage=""
 strong="true" regulationLanguage="en" logicalId="12"/>
<nameAlias firstName="" middleName="" lastName="" wholeName="Johnny" function="" gender="" title="" nameLanguage=""
 strong="false" regulationLanguage="en" logicalId="13"/>
<citizenship region="" countryIso2Code="RU" countryDescription="RUSSIAN FEDERATION" regulationLanguage="en"/>
<citizenship region="" countryIso2Code="00" countryDescription="UNKNOWN" regulationLanguage="en"/>
<birthdate circa="false" calendarType="GREGORIAN" city="Omsk" zipCode="" birthdate="1961-12-22" dayOfMonth="22"
 monthOfYear="12" year="1961" region="" place="" countryIso2Code="RU" countryDescription="RUSSIAN FEDERATION"/>
<birthdate circa="true" calendarType="GREGORIAN" city="" zipCode="" year="1962" monthOfYear="5" region="" place=""
 countryIso2Code="00" countryDescription="UNKNOWN"/>
<birthdate circa="false" calendarType="GREGORIAN" city="" zipCode="" yearRangeFrom="1963" yearRangeTo="1965" region=""
 place="" countryIso2Code="00" countryDescription="UNKNOWN"/>
<address city="Moscow" street="1 High Street" poBox="55" zipCode="AB1" region="" place="" asAtListingTime="false"
 countryIso2Code="RU" countryDescription="RUSSIAN FEDERATION">
<contactInfo key="EMAIL" value="a@b.example; c@d.example"/>
<contactInfo key="PHONE" value="+7 (1) 2"/><regulationSummary {ACT} publicationDate="2022-12-12"/></address>
<identification diplomatic="true" knownExpired="false" knownFalse="false" reportedLost="false" revokedByIssuer="false"
 issuedBy="Ministry" latinNumber="" nameOnDocument="" number="P1" region="" identificationTypeCode="passport"
 identificationTypeDescription="National passport" countryIso2Code="RU" countryDescription="RUSSIAN FEDERATION"/>
<identification number="N1" identificationTypeCode="id" identificationTypeDescription="National identification card"/>
<identification number="-" identificationTypeCode="other" identificationTypeDescription="Other"/>
</sanctionEntity>"""
COMPANY = """<sanctionEntity designationDate="2022-02-23" euReferenceNumber="EU.9998.98" logicalId="9998">
<regulation regulationType="amendment" publicationDate="2022-02-23" entryIntoForceDate="2022-02-23"
 numberTitle="2022/260 (OJ L42)" programme="UKR"/><subjectType code="enterprise" classificationCode="E"/>
<nameAlias wholeName="EXAMPLE TRADING LLC" strong="true"/>
<identification number="1247700291200" identificationTypeCode="regnumber"/>
<identification number="9707028663" identificationTypeCode="fiscalcode"/>
<identification number="EXAMRUMM" identificationTypeCode="swiftbic"/>
<identification number="9562233" identificationTypeCode="imo"/></sanctionEntity>"""


def export(*entities: str) -> bytes:
    return (
        '<?xml version="1.0" encoding="UTF-8"?><export xmlns="http://eu.europa.ec/fpi/fsd/export" '
        f'generationDate="2026-08-05T16:47:04.449+02:00" globalFileId="184961">{"".join(entities)}</export>'
    ).encode()


def test_a_person_is_read_with_every_kind_of_fact() -> None:
    parsed = parse({"eu.xml": export(PERSON)})
    (entity,) = parsed.entities
    assert (entity.id, entity.schema, entity.caption) == ("eu-fsf:9999", "Person", "John Quincy Doe")
    assert entity.properties == {
        "name": ("John Quincy Doe",),
        "firstName": ("John",),
        "middleName": ("Quincy",),
        "lastName": ("Doe",),
        "alias": ("Джон Доу", "Jon Doe"),
        "weakAlias": ("Johnny",),
        "nameLanguage": ("John Quincy Doe (en)", "Джон Доу (ru)"),
        "title": ("Colonel",),
        "position": ("Head of examples",),
        "gender": ("male",),
        "address": ("1 High Street, PO Box 55, AB1, Moscow, RUSSIAN FEDERATION",),
        "country": ("ru",),
        "email": ("a@b.example", "c@d.example"),
        "phone": ("+7 (1) 2",),
        "birthDate": ("1961-12-22", "1962-05", "1963", "1965"),
        "birthPlace": ("Omsk, RUSSIAN FEDERATION",),
        "passportNumber": ("P1",),
        "idNumber": ("N1",),
        "nationality": ("ru",),
        "sourceUrl": ("https://eur-lex.example/1", "https://eur-lex.example/2"),
        "notes": (
            "born circa 1962-05",
            "National passport P1: issued by Ministry, diplomatic, RUSSIAN FEDERATION",
            "UN reference: TAi.001",
            "(Date of UN designation: 2022-12-01)",
        ),
    }
    assert parsed.ignored == {}
    assert parsed.published == "2026-08-05"


def test_without_a_date_of_designation_the_earliest_act_stands_in_and_says_so() -> None:
    (listing,) = parse({"eu.xml": export(PERSON)}).entities[0].listings
    assert (listing.source, listing.authority, listing.reference) == ("eu-fsf", "EU", "EU.9999.99")
    assert (listing.listed_on, listing.basis) == ("2022-12-12", BASIS)
    assert listing.amended_on == ("2023-02-25", "2024-02-23")
    assert listing.programmes == ("RUS", "UKR", "2022/2432 (OJ L318)", "2024/745 (OJ L)")


def test_a_date_of_designation_is_the_listing_date() -> None:
    (listing,) = parse({"eu.xml": export(COMPANY)}).entities[0].listings
    assert (listing.listed_on, listing.amended_on, listing.basis) == ("2022-02-23", (), "source")


def test_an_enterprise_has_its_numbers_by_kind() -> None:
    (entity,) = parse({"eu.xml": export(COMPANY)}).entities
    assert entity.schema == "Company"
    assert entity.properties == {
        "name": ("EXAMPLE TRADING LLC",),
        "registrationNumber": ("1247700291200",),
        "taxNumber": ("9707028663",),
        "swiftBic": ("EXAMRUMM",),
        "imoNumber": ("9562233",),
    }


def test_a_subject_with_weak_names_only_has_no_primary_name() -> None:
    (entity,) = parse({"eu.xml": export(COMPANY.replace('strong="true"', 'strong="false"'))}).entities
    assert (entity.caption, entity.values("name", "weakAlias")) == ("EXAMPLE TRADING LLC", ("EXAMPLE TRADING LLC",))
    assert "name" not in entity.properties


def test_every_value_knows_its_element() -> None:
    raw = export(COMPANY, PERSON)
    place = parse({"eu.xml": raw}).origins["eu-fsf:9999"].values["passportNumber", "P1"]
    assert raw[place.start : place.end].startswith(b"<identification diplomatic")
    assert place.line == raw[: place.start].count(b"\n") + 1


def test_what_is_not_known_is_kept_and_counted() -> None:
    strange = (
        COMPANY.replace('code="enterprise" classificationCode="E"', 'code="cloud"')
        .replace('code="regnumber"', 'code="telex"')
        .replace('TypeCode="regnumber"', 'TypeCode="telex"')
        .replace('strong="true"/>', 'strong="true" mood="calm"/><weather>rain</weather>')
        .replace(
            "</sanctionEntity>", '<citizenship countryIso2Code="ZQ" countryDescription="Atlantis"/></sanctionEntity>'
        )
    )
    parsed = parse({"eu.xml": export(strange)})
    assert parsed.ignored == {
        "subject of an unknown kind": 1,
        "document: telex": 1,
        "field: namealias/mood": 1,
        "field: entity/weather": 1,
        "country: Atlantis": 1,
    }
    assert {"mood: calm", "weather: rain", "telex: 1247700291200"} <= set(parsed.entities[0].properties["notes"])


def test_a_birth_date_of_another_calendar_is_a_note() -> None:
    islamic = PERSON.replace('calendarType="GREGORIAN" city="Omsk"', 'calendarType="ISLAMIC" city="Omsk"')
    parsed = parse({"eu.xml": export(islamic)})
    assert parsed.entities[0].properties["birthDate"] == ("1962-05", "1963", "1965")
    assert parsed.ignored == {"birth date of another calendar": 1}


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (export(PERSON)[:-60], "unclosed|no element|not well-formed"),
        (export(PERSON, PERSON), "the id 9999 stands twice"),
        (export(COMPANY.replace('logicalId="9998"', "")), "without an id"),
        (b"<html/>", "begins with <html>"),
        (b'<!DOCTYPE a [<!ENTITY b "cc">]><export/>', "document type"),
    ],
)
def test_a_broken_or_hostile_file_is_refused(raw: bytes, why: str) -> None:
    with pytest.raises(InputError, match=why):
        parse({"eu.xml": raw})


def test_only_this_list_is_recognised() -> None:
    assert recognises({"eu.xml": export(COMPANY)})
    assert not recognises({"other.xml": b"<export/>"})
    assert not recognises({"eu.xml": export(COMPANY), "more.xml": export(COMPANY)})


CSV = """\
fileGenerationDate;Entity_LogicalId;Entity_EU_ReferenceNumber;Entity_DesignationDate;Entity_SubjectType;\
Entity_SubjectType_ClassificationCode;Entity_Regulation_Type;Entity_Regulation_PublicationDate;\
Entity_Regulation_EntryIntoForceDate;Entity_Regulation_NumberTitle;Entity_Regulation_Programme;NameAlias_WholeName;\
Identification_Number;Identification_TypeCode
05/08/2026;9998;EU.9998.98;2022-02-23;E;enterprise;amendment;2022-02-23;2022-02-23;2022/260 (OJ L42);UKR;\
EXAMPLE TRADING LLC;;
05/08/2026;9998;EU.9998.98;2022-02-23;E;enterprise;amendment;2022-02-23;2022-02-23;2022/260 (OJ L42);UKR;;\
1247700291200;regnumber
05/08/2026;9998;EU.9998.98;2022-02-23;E;enterprise;amendment;2022-02-23;2022-02-23;2022/260 (OJ L42);UKR;;\
9707028663;fiscalcode
05/08/2026;9998;EU.9998.98;2022-02-23;E;enterprise;amendment;2022-02-23;2022-02-23;2022/260 (OJ L42);UKR;;\
EXAMRUMM;swiftbic
05/08/2026;9998;EU.9998.98;2022-02-23;E;enterprise;amendment;2022-02-23;2022-02-23;2022/260 (OJ L42);UKR;;9562233;imo
"""


def test_the_csv_and_the_xml_give_the_same_entities() -> None:
    table, tree = parse_csv({"eu.csv": CSV.encode()}), parse({"eu.xml": export(COMPANY)})
    assert table.entities == tree.entities
    assert table.published == tree.published == "2026-08-05"


def test_a_long_list_is_read_in_good_time() -> None:
    many = [PERSON.replace('"9999"', f'"{number}"') for number in range(3_000)]
    started = time.process_time()
    assert len(parse({"eu.xml": export(*many)}).entities) == 3_000
    assert time.process_time() - started < 10
