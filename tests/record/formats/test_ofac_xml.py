"""OFAC's standard XML: names, aliases by quality, numbers, vessels, remarks, and what is refused.

The sample follows OFAC's published schema (``sdn.xsd``) and the shape of its ``consolidated.xml``.
"""

from __future__ import annotations

import gzip
from collections import Counter
from pathlib import Path

import pytest

from cordon.errors import InputError
from cordon.record.formats.ofac_xml import parse, recognises

HEAD = (
    b'<?xml version="1.0" standalone="yes"?><sdnList xmlns="https://sanctionslistservice.ofac.treas.gov/api/'
    b'PublicationPreview/exports/XML"><publshInformation><Publish_Date>03/28/2025</Publish_Date>'
    b"<Record_Count>3</Record_Count></publshInformation>"
)
PERSON = b"""<sdnEntry><uid>1</uid><firstName>John</firstName><lastName>DOE</lastName><title>Head of Things</title>
<sdnType>Individual</sdnType>
<remarks>Some remark; (Linked To: EXAMPLE TRADING LLC); (Linked To: NOBODY (X) CO.)</remarks>
<programList><program>SDGT</program><program>IFSR</program></programList>
<idList><id><uid>11</uid><idType>Passport</idType><idNumber>A1</idNumber><idCountry>Iran</idCountry>
<expirationDate>27 Oct 2019</expirationDate></id>
<id><uid>12</uid><idType>Gender</idType><idNumber>Male</idNumber></id>
<id><uid>13</uid><idType>Digital Currency Address - XBT</idType><idNumber>12QtD5B</idNumber></id>
<id><uid>14</uid><idType>Shoe Size</idType><idNumber>41</idNumber></id></idList>
<akaList><aka><uid>2</uid><type>a.k.a.</type><category>strong</category><lastName>DEER</lastName>
<firstName>Jon</firstName></aka>
<aka><uid>3</uid><type>a.k.a.</type><category>weak</category><lastName>THE DEER</lastName></aka>
<aka><uid>4</uid><type>f.k.a.</type><category>strong</category><lastName>ROE, John</lastName></aka></akaList>
<addressList><address><uid>5</uid><address1>1 Main Street</address1><city>Daqing</city>
<stateOrProvince>Heilongjiang</stateOrProvince><postalCode>163453</postalCode><country>China</country></address>
<address><uid>6</uid><country>Region: Gaza</country></address></addressList>
<nationalityList><nationality><uid>7</uid><country>Iran</country><mainEntry>true</mainEntry></nationality></nationalityList>
<citizenshipList><citizenship><uid>8</uid><country>Turkey</country></citizenship></citizenshipList>
<dateOfBirthList><dateOfBirthItem><uid>9</uid><dateOfBirth>circa 1961</dateOfBirth></dateOfBirthItem>
<dateOfBirthItem><uid>10</uid><dateOfBirth>22 Dec 1962 to 1963</dateOfBirth></dateOfBirthItem></dateOfBirthList>
<placeOfBirthList><placeOfBirthItem><uid>15</uid><placeOfBirth>Khansar, Iran</placeOfBirth></placeOfBirthItem>
</placeOfBirthList><hobby>chess</hobby></sdnEntry>"""
FIRM = b"""<sdnEntry><uid>2</uid><lastName>EXAMPLE TRADING LLC</lastName><sdnType>Entity</sdnType>
<programList><program>IFSR</program></programList></sdnEntry>"""
SHIP = b"""<sdnEntry><uid>3</uid><lastName>SEA STAR</lastName><sdnType>Vessel</sdnType>
<programList><program>CUBA</program></programList>
<idList><id><uid>16</uid><idType>Vessel Registration Identification</idType>
<idNumber>IMO 9240914</idNumber></id>
<id><uid>17</uid><idType>MMSI</idType><idNumber>572469210</idNumber></id></idList>
<vesselInfo><callSign>ABCD</callSign>
<vesselType>Tanker</vesselType><vesselFlag>Panama</vesselFlag><vesselOwner>EXAMPLE TRADING LLC</vesselOwner>
<tonnage>5,000</tonnage><grossRegisteredTonnage>3,000</grossRegisteredTonnage></vesselInfo></sdnEntry>"""
LIST = HEAD + PERSON + FIRM + SHIP + b"</sdnList>"


def test_a_person_is_read_with_every_kind_of_name_number_and_place() -> None:
    parsed = parse({"sdn.xml": LIST})
    entity = parsed.entities[0]
    assert (entity.id, entity.schema, entity.caption) == ("us-ofac-sdn:1", "Person", "John DOE")
    assert entity.properties == {
        "name": ("John DOE",),
        "lastName": ("DOE",),
        "firstName": ("John",),
        "position": ("Head of Things",),
        "alias": ("Jon DEER",),
        "weakAlias": ("THE DEER",),
        "previousName": ("John ROE",),
        "address": ("1 Main Street, Daqing, Heilongjiang 163453, China", "Gaza"),
        "country": ("cn", "ps"),
        "passportNumber": ("A1",),
        "notes": ("Passport A1: issued by Iran, expires 27 Oct 2019", "Shoe Size 41", "chess", "Some remark"),
        "gender": ("male",),
        "publicKey": ("12QtD5B",),
        "currency": ("XBT",),
        "birthDate": ("1961", "1962-12-22", "1963"),
        "birthPlace": ("Khansar, Iran",),
        "nationality": ("ir", "tr"),
    }
    assert parsed.published == "2025-03-28"


def test_a_listing_has_its_programmes_and_no_date_as_the_file_gives_none() -> None:
    (listing,) = parse({"sdn.xml": LIST}).entities[0].listings
    assert (listing.authority, listing.programmes, listing.reference) == ("US OFAC", ("SDGT", "IFSR"), "1")
    assert (listing.listed_on, listing.amended_on) == (None, ())


def test_a_vessel_is_read_with_what_stands_in_its_own_element() -> None:
    entity = parse({"sdn.xml": LIST}).entities[2]
    assert entity.schema == "Vessel"
    assert entity.properties == {
        "name": ("SEA STAR",),
        "imoNumber": ("IMO 9240914",),
        "mmsi": ("572469210",),
        "callSign": ("ABCD",),
        "type": ("Tanker",),
        "flag": ("pa",),
        "notes": ("Vessel Owner EXAMPLE TRADING LLC",),
        "tonnage": ("5,000",),
        "grossRegisteredTonnage": ("3,000",),
    }


def test_a_subject_is_linked_to_the_names_in_its_remarks_that_are_on_the_list() -> None:
    parsed = parse({"sdn.xml": LIST})
    (link,) = parsed.links
    assert (link.schema, link.source, link.target) == ("UnknownLink", "us-ofac-sdn:1", "us-ofac-sdn:2")
    assert parsed.ignored["link to a name that is not on the list"] == 1


def test_what_is_not_understood_is_counted() -> None:
    assert parse({"sdn.xml": LIST}).ignored == {
        "document: Shoe Size": 1,
        "element: hobby": 1,
        "remark: Some remark": 1,
        "link to a name that is not on the list": 1,
    }


def test_each_value_knows_the_element_it_stands_in() -> None:
    origin = parse({"sdn.xml": LIST}).origins["us-ofac-sdn:1"]
    place = origin.values["weakAlias", "THE DEER"]
    assert LIST[place.start : place.end].startswith(b"<aka><uid>3</uid>")
    assert origin.values["notes", "chess"].line > origin.entries[0].line


def test_a_subject_of_an_unknown_type_is_kept_and_counted() -> None:
    parsed = parse({"sdn.xml": LIST.replace(b"<sdnType>Entity", b"<sdnType>Submarine")})
    assert parsed.entities[1].schema == "LegalEntity"
    assert parsed.ignored["party type: Submarine"] == 1


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (LIST[:-40], "no element|unclosed|not well-formed"),
        (b"<sdn/>", "begins with <sdn>"),
        (HEAD + FIRM + FIRM + b"</sdnList>", "the id 2 stands twice"),
        (HEAD + b"<sdnEntry><lastName>X</lastName></sdnEntry></sdnList>", "without an id"),
        (b'<!DOCTYPE a [<!ENTITY b "cc">]><sdnList/>', "document type"),
    ],
)
def test_a_broken_or_hostile_file_is_refused(raw: bytes, why: str) -> None:
    with pytest.raises(InputError, match=why):
        parse({"sdn.xml": raw})


def test_only_this_format_is_recognised() -> None:
    assert recognises({"a.xml": LIST})
    assert not recognises({"a.xml": b"<sanctionsData/>"})
    assert not recognises({"a.xml": LIST, "b.xml": LIST})


@pytest.mark.parametrize(
    ("day", "links", "people"), [("2024-05-06", 283, 79), ("2025-01-15", 282, 80), ("2025-03-28", 282, 80)]
)
def test_the_real_consolidated_list_is_read_whole(shared: Path, day: str, links: int, people: int) -> None:
    path = shared / "lists" / "ofac_consolidated" / day / "consolidated.xml.gz"
    parsed = parse({"consolidated.xml": gzip.decompress(path.read_bytes())}, source="us-ofac-cons")
    assert (len(parsed.entities), len(parsed.links), parsed.published) == (443, links, day)
    assert Counter(entity.schema for entity in parsed.entities)["Person"] == people
    assert all(entity.properties["name"] for entity in parsed.entities)
    odd = {what for what in parsed.ignored if not what.startswith(("remark: ", "link to a name"))}
    assert odd == set()
