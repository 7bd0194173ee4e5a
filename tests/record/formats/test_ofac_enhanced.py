"""OFAC's enhanced XML: names in their scripts, a listing per list, features, relations, deltas, and what is refused.

The samples follow OFAC's published exports; the one of a subject that changed follows what users of the delta files
describe, as none of the deltas at hand has one.
"""

from __future__ import annotations

import gzip
import io
import zipfile
from collections import Counter
from pathlib import Path

import pytest

from cordon.errors import InputError
from cordon.record.formats.ofac_enhanced import changed_in_part, is_delta, parse, parse_delta, recognises

HEAD = (
    '<?xml version="1.0" encoding="utf-8"?><sanctionsData xmlns="https://sanctionslistservice.ofac.treas.gov/api/'
    'PublicationPreview/exports/ENHANCED_XML"><publicationInfo><dataAsOf>2024-05-24T15:59:26.45-04:00</dataAsOf>'
    "</publicationInfo><referenceValues/><featureTypes/><entities>"
)
DELTA = (
    '<?xml version="1.0"?><sanctionsData xmlns="https://www.treasury.gov/ofac/DeltaFile/1.0"><publicationInfo>'
    "<datePublished>2025-01-13T00:00:00-05:00</datePublished><publicationType>Standard Action</publicationType>"
    "</publicationInfo><entities>"
)
TAIL = "</entities></sanctionsData>"


def name(number: int, first: str, last: str, *, primary: bool = False, kind: str = "", weak: bool = False) -> str:
    """Return one name in one script, as OFAC writes it."""
    alias = f'<aliasType refId="1400">{kind}</aliasType>' if kind else ""
    return (
        f'<name id="{number}"><isPrimary>{str(primary).lower()}</isPrimary>{alias}'
        f"<isLowQuality>{str(weak).lower()}</isLowQuality>"
        f"<translations>{script(number, first, last)}</translations></name>"
    )


def script(number: int, first: str, last: str, *, primary: bool = True) -> str:
    """Return a name in one script."""
    kinds = (("First Name", first), ("Last Name", last)) if first else (("Entity Name", last),)
    parts = "".join(f"<namePart><type>{kind}</type><value>{value}</value></namePart>" for kind, value in kinds)
    given = f"<formattedFirstName>{first}</formattedFirstName>" if first else ""
    return (
        f'<translation id="{number}"><isPrimary>{str(primary).lower()}</isPrimary><script refId="1">Latin</script>'
        f"{given}<formattedLastName>{last}</formattedLastName><nameParts>{parts}</nameParts></translation>"
    )


def feature(kind: str, value: str, more: str = "") -> str:
    """Return one feature."""
    return f"<feature><type>{kind}</type><value>{value}</value>{more}<isPrimary>true</isPrimary></feature>"


def period(*days: str) -> str:
    """Return the four days of a date."""
    keys = ("fromDateBegin", "fromDateEnd", "toDateBegin", "toDateEnd")
    return "".join(f"<{key}>{day}</{key}>" for key, day in zip(keys, days, strict=True))


def entity(number: int, kind: str, inside: str, attributes: str = "") -> str:
    """Return one subject."""
    return (
        f'<entity id="{number}"{attributes}><generalInfo><identityId>{number}</identityId>'
        f"<entityType>{kind}</entityType><title>Head of Things</title><remarks>Holds a key.</remarks></generalInfo>"
        f"{inside}</entity>"
    )


PERSON = entity(
    1,
    "Individual",
    '<sanctionsLists><sanctionsList refId="1" id="2" datePublished="2006-04-12">SDN List</sanctionsList>'
    '<sanctionsList refId="3" id="4" datePublished="2014-10-10">Consolidated List</sanctionsList></sanctionsLists>'
    "<sanctionsPrograms><sanctionsProgram>IFSR</sanctionsProgram></sanctionsPrograms>"
    "<sanctionsTypes><sanctionsType>Block</sanctionsType></sanctionsTypes>"
    "<legalAuthorities><legalAuthority>Executive Order 13224 (Terrorism)</legalAuthority></legalAuthorities><names>"
    + name(12, "Jon", "DEER", kind="F.K.A.")
    + name(13, "", "THE DEER", kind="A.K.A.", weak=True)
    + name(14, "Johnny", "DOE", kind="N.K.A.")
    + name(11, "John", "DOE", primary=True).replace(
        "</translations>", script(15, "\u202bجون\u202c", "\u202bدو\u202c", primary=False) + "</translations>"
    )
    + "</names><addresses><address><country>Iran</country><translations><translation>"
    "<script>Latin</script><addressParts>"
    "<addressPart><type>CITY</type><value>Tehran</value></addressPart>"
    "<addressPart><type>POSTAL CODE</type><value>11365</value></addressPart>"
    "<addressPart><type>ADDRESS1</type><value>1 Main Street</value></addressPart></addressParts>"
    "</translation></translations></address></addresses><features>"
    + feature("Birthdate", "circa 1961")
    + feature(
        "Birthdate",
        "1964 to 1966",
        f"<valueDate>{period('1964-01-01', '1964-12-31', '1966-01-01', '1966-12-31')}</valueDate>",
    )
    + feature(
        "Birthdate",
        "the spring of 1970",
        f"<valueDate>{period('1970-04-01', '1970-04-01', '1970-04-30', '1970-04-30')}</valueDate>",
    )
    + feature("Place of Birth", "Khansar, Iran", "<reliability>False</reliability>")
    + feature("Gender", "Female")
    + feature("Nationality Country", "Iran")
    + feature("Nationality Country", "undetermined")
    + feature("Digital Currency Address - XBT", "12QtD5B", "<comments>seen in use</comments>")
    + feature("Shoe Size", "41")
    + "</features><identityDocuments><identityDocument><type>Passport</type><name>DOE, John</name><documentNumber>A1"
    "</documentNumber><isValid>false</isValid><issuingCountry>Iran</issuingCountry><expirationDate>"
    + period("2019-10-27", "2019-10-27", "2019-10-27", "2019-10-27")
    + "</expirationDate></identityDocument><identityDocument><type>Registration ID</type><documentNumber>1027739609391"
    "</documentNumber><issuingAuthority>OGRN</issuingAuthority></identityDocument></identityDocuments><relationships>"
    '<relationship><type>Leader or official of</type><relatedEntity entityId="2">EXAMPLE TRADING LLC</relatedEntity>'
    '</relationship><relationship><type>Owned or Controlled By</type><relatedEntity entityId="99">ROE</relatedEntity>'
    '</relationship><relationship><type>Sings with</type><relatedEntity entityId="2">EXAMPLE TRADING LLC'
    "</relatedEntity></relationship></relationships><hobbies><hobby>chess</hobby></hobbies>",
)
FIRM = entity(2, "Entity", f"<names>{name(21, '', 'EXAMPLE TRADING LLC', primary=True)}</names>")
LIST = (HEAD + PERSON + FIRM + TAIL).encode()


def test_a_person_is_read_with_every_kind_of_name_feature_and_document() -> None:
    parsed = parse({"sdn.xml": LIST})
    entity = parsed.entities[0]
    assert (entity.id, entity.schema, entity.caption) == ("us-ofac-sdn:1", "Person", "John DOE")
    assert {key: value for key, value in entity.properties.items() if key != "notes"} == {
        "name": ("John DOE", "جون دو"),
        "firstName": ("John", "جون"),
        "lastName": ("DOE", "دو"),
        "previousName": ("Jon DEER",),
        "weakAlias": ("THE DEER",),
        "alias": ("Johnny DOE",),
        "position": ("Head of Things",),
        "address": ("1 Main Street, Tehran 11365, Iran",),
        "country": ("ir",),
        "birthDate": ("1961", "1964", "1966", "1970-04"),
        "birthPlace": ("Khansar, Iran",),
        "gender": ("female",),
        "nationality": ("ir",),
        "publicKey": ("12QtD5B",),
        "currency": ("XBT",),
        "passportNumber": ("A1",),
        "ogrnCode": ("1027739609391",),
    }
    assert parsed.published == "2024-05-24"


def test_what_has_no_property_of_its_own_is_kept_as_a_note() -> None:
    assert parse({"sdn.xml": LIST}).entities[0].properties["notes"] == (
        "Holds a key.",
        "Place of Birth Khansar, Iran: reliability False",
        "Digital Currency Address - XBT 12QtD5B: seen in use",
        "Shoe Size 41",
        "Passport A1: issued by Iran, expires 2019-10-27, not valid",
        "Registration ID 1027739609391: issued by OGRN",
        "chess",
    )


def test_a_subject_has_one_listing_for_each_list_with_the_day_it_was_published_there() -> None:
    first, second = parse({"sdn.xml": LIST}).entities[0].listings
    assert (first.listed_on, first.measures, first.reference) == ("2006-04-12", ("Block",), "1")
    assert first.programmes == ("IFSR", "Executive Order 13224 (Terrorism)", "SDN List")
    assert (second.listed_on, second.programmes[-1]) == ("2014-10-10", "Consolidated List")


def test_a_relation_is_linked_from_the_owner_or_the_director_with_its_words_kept() -> None:
    parsed = parse({"sdn.xml": LIST})
    assert [(link.schema, link.source, link.target, link.role) for link in parsed.links] == [
        ("Directorship", "us-ofac-sdn:1", "us-ofac-sdn:2", "Leader or official of"),
        ("Ownership", "us-ofac-sdn:99", "us-ofac-sdn:1", "Owned or Controlled By"),
        ("UnknownLink", "us-ofac-sdn:1", "us-ofac-sdn:2", "Sings with"),
    ]


def test_what_is_not_understood_is_counted() -> None:
    assert parse({"sdn.xml": LIST}).ignored == {
        "feature: Shoe Size": 1,
        "relation: Sings with": 1,
        "element: hobbies": 1,
        "link to an entity outside the file": 1,
    }


def test_each_value_knows_the_element_it_stands_in() -> None:
    origin = parse({"sdn.xml": LIST}).origins["us-ofac-sdn:1"]
    assert origin.entries[0].element == "1"
    place = origin.values["publicKey", "12QtD5B"]
    assert LIST[place.start : place.end].startswith(b"<feature><type>Digital Currency Address - XBT")


def test_a_delta_gives_what_is_added_whole_and_the_ids_of_what_is_removed() -> None:
    added = FIRM.replace('<entity id="2"', '<entity id="2" action="add"')
    removed = entity(3, "Individual", "", ' action="remove"')
    parsed, gone = parse_delta((DELTA + added + removed + TAIL).encode(), "delta.xml")
    assert [one.id for one in parsed.entities] == ["us-ofac-sdn:2"]
    assert gone == {"us-ofac-sdn:3"}
    assert parsed.published == "2025-01-13"


def test_a_subject_of_which_a_delta_has_only_the_changed_parts_is_counted_not_read() -> None:
    part = (
        '<entity id="4"><sanctionsPrograms><sanctionsProgram action="add">IRAN</sanctionsProgram></sanctionsPrograms>'
    )
    raw = (DELTA + part + "</entity>" + TAIL).encode()
    parsed, gone = parse_delta(raw, "delta.xml")
    assert (parsed.entities, gone) == ((), frozenset())
    assert parsed.ignored == {"entity changed only in parts, get the full list": 1}
    assert changed_in_part(raw, "delta.xml") == {"us-ofac-sdn:4"}


def test_a_changed_subject_that_is_given_whole_is_read() -> None:
    changed = FIRM.replace('<entity id="2"', '<entity id="2" action="modify"')
    parsed, _ = parse_delta((DELTA + changed + TAIL).encode(), "delta.xml")
    assert [one.id for one in parsed.entities] == ["us-ofac-sdn:2"]


@pytest.mark.parametrize(
    ("one", "why"),
    [
        ('<entity id="5" action="explode"/>', "the action explode is not known"),
        ('<entity action="remove"/>', "without an id"),
    ],
)
def test_a_delta_that_does_something_unknown_is_refused(one: str, why: str) -> None:
    with pytest.raises(InputError, match=why):
        parse_delta((DELTA + one + TAIL).encode(), "delta.xml")


def test_a_delta_is_not_taken_for_a_list_nor_a_list_for_a_delta() -> None:
    delta = (DELTA + TAIL).encode()
    assert is_delta({"a.xml": delta})
    assert not recognises({"a.xml": delta})
    assert recognises({"a.xml": LIST})
    assert not is_delta({"a.xml": LIST})
    with pytest.raises(InputError, match="is a delta") as caught:
        parse({"a.xml": delta})
    assert caught.value.code == "delta-not-list"


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (LIST[:-40], "no element|unclosed|not well-formed"),
        (b"<sdnList/>", "begins with <sdnList>"),
        ((HEAD + FIRM + FIRM + TAIL).encode(), "the id 2 stands twice"),
        ((HEAD + "<entity/>" + TAIL).encode(), "without an id"),
        (b'<!DOCTYPE a [<!ENTITY b "cc">]><sanctionsData/>', "document type"),
    ],
)
def test_a_broken_or_hostile_file_is_refused(raw: bytes, why: str) -> None:
    with pytest.raises(InputError, match=why):
        parse({"sdn.xml": raw})


def test_days_that_are_none_are_kept_as_a_note() -> None:
    odd = feature("Birthdate", "once", f"<valueDate>{period('soon', '', '', 'x' * 40)}</valueDate>")
    parsed = parse({"a.xml": LIST.replace(b"<features>", f"<features>{odd}".encode())})
    assert parsed.ignored["date: Birthdate"] == 1
    assert "Birthdate once" in parsed.entities[0].properties["notes"]


@pytest.mark.parametrize(
    ("path", "entities", "links", "outside", "published"),
    [
        ("2024-08-28/IRGC_sanctions.xml.gz", 293, 229, 28, "2024-08-28"),
        ("2024-05-24/yemen_sanctions.xml.gz", 10, 0, 0, "2024-05-24"),
    ],
)
def test_a_real_export_is_read_whole(
    shared: Path, path: str, entities: int, links: int, outside: int, published: str
) -> None:
    parsed = parse({"export.xml": gzip.decompress((shared / "lists" / "ofac" / path).read_bytes())})
    assert (len(parsed.entities), len(parsed.links), parsed.published) == (entities, links, published)
    assert parsed.ignored == ({"link to an entity outside the file": outside} if outside else {})
    assert all(one.properties["name"] and one.listings[0].listed_on for one in parsed.entities)
    texts = "".join(value for one in parsed.entities for values in one.properties.values() for value in values)
    assert not set(texts) & set("\u202a\u202b\u202c\u200e\u200f")


def test_the_real_irgc_export_has_its_aircraft_and_its_owners(shared: Path) -> None:
    path = shared / "lists" / "ofac" / "2024-08-28" / "IRGC_sanctions.xml.gz"
    parsed = parse({"export.xml": gzip.decompress(path.read_bytes())})
    kinds = Counter(one.schema for one in parsed.entities)
    assert kinds == {"Person": 165, "Organization": 57, "Airplane": 44, "Company": 27}
    assert Counter(link.schema for link in parsed.links) == {"UnknownLink": 154, "Ownership": 68, "Directorship": 7}


def test_the_real_consolidated_list_is_read_whole(shared: Path) -> None:
    packed = (shared / "lists" / "ofac_consolidated" / "2025-01-14" / "CONS_ENHANCED.ZIP").read_bytes()
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        parsed = parse({"cons.xml": archive.read(archive.namelist()[0])}, source="us-ofac-cons")
    assert (len(parsed.entities), len(parsed.links), parsed.published) == (443, 283, "2025-01-10")
    assert sum(len(one.listings) for one in parsed.entities) == 966
    assert parsed.ignored == {"link to an entity outside the file": 1}


@pytest.mark.parametrize(("day", "added", "removed"), [("2025-01-13", 4, 14), ("2025-02-11", 3, 0)])
def test_a_real_delta_is_read_whole(shared: Path, day: str, added: int, removed: int) -> None:
    raw = gzip.decompress((shared / "lists" / "ofac" / "delta" / f"{day}_delta.xml.gz").read_bytes())
    parsed, gone = parse_delta(raw, "delta.xml")
    assert (len(parsed.entities), len(gone), parsed.published, parsed.ignored) == (added, removed, day, {})
    assert changed_in_part(raw, "delta.xml") == frozenset()
