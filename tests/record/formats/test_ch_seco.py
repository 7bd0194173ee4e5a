"""Switzerland's list: names from their parts, places from the end of the file, history as dates of the listing.

No published file was at hand. The samples follow the shape of the whole list (``list-type="whole-list"``) as the open
parsers of it read it: element and attribute names, programmes first, places last, delisted targets kept.
"""

from __future__ import annotations

import time

import pytest

from cordon.errors import InputError
from cordon.record.formats.ch_seco import MAX_SPELLINGS, parse, recognises

PERSON = """<target ssid="100"><sanctions-set-id>7</sanctions-set-id>
<foreign-identifier>QDi.999</foreign-identifier>
<individual sex="female"><identity ssid="101" main="true">
<name ssid="102" name-type="primary-name" quality="good" lang="eng">
<name-part order="1" name-part-type="family-name"><value>Doe</value>
<spelling-variant lang="rus" script="CYRL">\u0414\u041e\u0423</spelling-variant></name-part>
<name-part order="2" name-part-type="given-name"><value>Joan</value>
<spelling-variant lang="eng" script="LATN">Jo</spelling-variant>
<spelling-variant lang="rus" script="CYRL">\u0414\u0436\u043e\u043d</spelling-variant></name-part>
<name-part order="3" name-part-type="title"><value>General</value></name-part></name>
<name ssid="103" name-type="alias" quality="low"><name-part order="1" name-part-type="whole-name">
<value>The Boss</value></name-part></name>
<name ssid="104" name-type="formerly-known-as" quality="good"><name-part order="1" name-part-type="whole-name">
<value>Joan Roe</value><spelling-variant lang="" script="ARAB">\u062c</spelling-variant></name-part></name>
<day-month-year ssid="105" day="3" month="8" year="1961" calendar="Gregorian"/>
<day-month-year ssid="106" year="1340" calendar="Islamic"/>
<day-month-year ssid="107" year="1962"/>
<place-of-birth ssid="108" place-id="900"/>
<nationality ssid="109"><country iso-code="BY">Belarus</country></nationality>
<address ssid="110" place-id="901">
<address-details>1 Example Street</address-details><zip-code>220000</zip-code></address>
<identification-document ssid="111" document-type="diplomatic-passport"><number>P123</number>
<issuer code="BY">Belarus</issuer><expiry-date>2030-01-01</expiry-date></identification-document>
<identification-document ssid="112" document-type="id-card"><number>I9</number></identification-document>
<shoe-size>41</shoe-size></identity>
<justification ssid="113">Holds an office.</justification><justification ssid="114">Signed orders.</justification>
<other-information ssid="115">Rank: general</other-information>
<relation ssid="116" target-id="200" relation-type="related-to"/>
<relation ssid="117" target-id="999" relation-type="owner"/>
</individual><generic-attribute ssid="118" name="mood">grim</generic-attribute>
<modification modification-type="amended" enactment-date="2023-02-01"
 publication-date="2023-02-02" effective-date="2023-02-03">
<removed><target ssid="100"><individual><identity><name name-type="primary-name"><name-part order="1"
 name-part-type="whole-name"><value>Old Name</value></name-part></name></identity></individual></target></removed>
</modification>
<modification modification-type="listed" enactment-date="2022-03-16" publication-date="2022-03-15"/></target>"""
COMPANY = """<target ssid="200" sanctions-set-id="7"><entity><identity ssid="201" main="true">
<name name-type="primary-name" quality="good"><name-part order="1" name-part-type="whole-name">
<value>EXAMPLE TRADING LLC</value></name-part></name><day-month-year year="2001" month="5"/></identity>
<other-information>Registration number: 7700.</other-information>
<other-information>Date of registration: 24.3.2007</other-information>
<other-information>Website: www.example.com</other-information></entity>
<modification modification-type="de-listed" effective-date="2024-05-01"/>
<modification modification-type="listed" effective-date="2023-01-01"/>
<modification modification-type="de-listed" effective-date="2021-06-01"/>
<modification modification-type="listed" effective-date="2020-01-01"/></target>"""
SHIP = """<target ssid="300"><sanctions-set-id>8</sanctions-set-id><object object-type="vessel"><identity main="true">
<name name-type="primary-name"><name-part order="1" name-part-type="whole-name">
<value>SEA STAR</value></name-part></name>
</identity><other-information>IMO number: 9240914</other-information></object></target>"""
PROGRAMME = """<sanctions-program ssid="1" version-date="2024-01-01"><program-key lang="eng">Examples</program-key>
<program-name lang="ger">Verordnung</program-name><program-name lang="eng">Ordinance on examples</program-name>
<sanctions-set lang="ger" ssid="7">Anhang 1</sanctions-set>
<sanctions-set lang="eng" ssid="7">Financial sanctions, annex 1</sanctions-set></sanctions-program>"""
PLACES = """<place ssid="900"><location>Minsk</location><area>Minsk Region</area>
<country iso-code="BY">Belarus</country></place>
<place ssid="901"><location>Brest</location><country iso-code="BY">Belarus</country></place>"""


def listed(*parts: str) -> dict[str, bytes]:
    return {
        "seco.xml": (
            '<?xml version="1.0" encoding="UTF-8"?><swiss-sanctions-list list-type="whole-list" date="2026-09-28">'
            + "".join(parts)
            + "</swiss-sanctions-list>"
        ).encode()
    }


WHOLE = listed(PROGRAMME, PERSON, COMPANY, SHIP, PLACES)


def test_an_individual_is_read_with_every_kind_of_name_and_its_places() -> None:
    entity = parse(WHOLE).entities[0]
    assert (entity.id, entity.schema, entity.caption) == ("ch-seco:100", "Person", "Joan Doe")
    given = dict(entity.properties)
    notes = given.pop("notes")
    assert given == {
        "name": ("Joan Doe", "Джон ДОУ"),
        "nameLanguage": ("Joan Doe (en)", "Jo Doe (en)", "Джон ДОУ (ru)"),
        "lastName": ("Doe",),
        "firstName": ("Joan",),
        "title": ("General",),
        "alias": ("Jo Doe",),
        "weakAlias": ("The Boss",),
        "previousName": ("Joan Roe", "ج"),
        "gender": ("female",),
        "birthDate": ("1961-08-03", "1962"),
        "nationality": ("by",),
        "birthPlace": ("Minsk, Minsk Region, Belarus",),
        "address": ("1 Example Street, 220000, Brest, Belarus",),
        "country": ("by",),
        "passportNumber": ("P123",),
        "idNumber": ("I9",),
    }
    assert "diplomatic-passport P123: issuer Belarus, expiry-date 2030-01-01" in notes
    assert "Rank: general" in notes


def test_programmes_and_measures_are_the_english_ones_and_reasons_are_the_justifications() -> None:
    (listing,) = parse(WHOLE).entities[0].listings
    assert (listing.authority, listing.reference) == ("Switzerland", "100")
    assert listing.programmes == ("Ordinance on examples",)
    assert listing.measures == ("Financial sanctions, annex 1",)
    assert listing.reason == "Holds an office. Signed orders."


def test_a_listing_begins_when_it_takes_effect_else_when_it_was_enacted() -> None:
    (listing,) = parse(WHOLE).entities[0].listings
    assert (listing.listed_on, listing.amended_on, listing.delisted_on) == ("2022-03-16", ("2023-02-03",), None)


def test_a_target_that_was_taken_off_and_put_on_again_has_a_listing_for_each_time() -> None:
    first, second = parse(WHOLE).entities[1].listings
    assert (first.listed_on, first.delisted_on) == ("2020-01-01", "2021-06-01")
    assert (second.listed_on, second.delisted_on) == ("2023-01-01", "2024-05-01")


def test_a_delisting_without_a_day_is_no_later_than_the_list_itself() -> None:
    target = SHIP.replace("</target>", '<modification modification-type="de-listed"/></target>')
    parsed = parse(listed(target))
    assert parsed.entities[0].listings[0].delisted_on == "2026-09-28"
    assert parsed.ignored["modification without a date: de-listed"] == 1


def test_entities_and_vessels_have_what_other_information_labels() -> None:
    _, company, ship = parse(WHOLE).entities
    assert (company.schema, company.properties["registrationNumber"]) == ("Company", ("7700",))
    assert company.properties["incorporationDate"] == ("2001-05", "2007-03-24")
    assert company.properties["website"] == ("www.example.com",)
    assert (ship.schema, ship.properties["imoNumber"]) == ("Vessel", ("9240914",))
    assert ship.listings[0].listed_on is None


def test_what_is_not_understood_is_kept_and_counted_and_history_is_not_read() -> None:
    parsed = parse(WHOLE)
    assert parsed.ignored == {
        "element: shoe-size": 1,
        "attribute: mood": 1,
        "calendar: Islamic": 1,
        "history: removed": 1,
        "relation to a target that is not in the list": 1,
        "set of sanctions that is not in the list": 1,
    }
    notes = parsed.entities[0].properties["notes"]
    assert {"41", "mood: grim", "date of birth: 1340 (Islamic)", "foreign identifier: QDi.999"} <= set(notes)
    assert "Old Name" not in parsed.entities[0].names
    assert parsed.published == "2026-09-28"


def test_relations_are_links() -> None:
    (link,) = parse(WHOLE).links
    assert (link.schema, link.source, link.target, link.role) == (
        "UnknownLink",
        "ch-seco:100",
        "ch-seco:200",
        "related to",
    )


def test_places_and_programmes_may_stand_anywhere() -> None:
    before = parse(listed(PLACES, PERSON, COMPANY, PROGRAMME)).entities[0]
    after = parse(WHOLE).entities[0]
    assert before.properties == after.properties
    assert before.listings == after.listings


def test_every_value_knows_its_element() -> None:
    parsed = parse(WHOLE)
    origin = parsed.origins["ch-seco:100"]
    raw = WHOLE["seco.xml"]
    for value, begins in (
        (("address", "1 Example Street, 220000, Brest, Belarus"), b"<address "),
        (("birthPlace", "Minsk, Minsk Region, Belarus"), b"<place-of-birth "),
        (("weakAlias", "The Boss"), b"<name "),
    ):
        assert raw[origin.values[value].start :].startswith(begins)


def test_spellings_of_a_name_in_another_script_that_lack_a_part_are_weak() -> None:
    variant = '<spelling-variant lang="rus" script="CYRL">\u0414\u041e\u0423</spelling-variant>'
    lacking = PERSON.replace(variant, "")
    assert "Джон" in parse(listed(lacking)).entities[0].properties["weakAlias"]


def test_the_spellings_of_a_name_are_bounded() -> None:
    variants = "".join(f"<spelling-variant>v{number}</spelling-variant>" for number in range(40))
    part = f'<name-part order="1" name-part-type="other"><value>a</value>{variants}</name-part>'
    name = f'<name name-type="primary-name">{part * 3}</name>'
    parsed = parse(listed(f'<target ssid="1"><entity><identity>{name}</identity></entity></target>'))
    assert len(parsed.entities[0].properties["alias"]) == MAX_SPELLINGS
    assert parsed.ignored["spellings of a name beyond the first"] == 1


def test_a_long_list_is_read_in_time() -> None:
    targets = "".join(PERSON.replace('"100"', f'"{number}"') for number in range(1000, 2000))
    begun = time.perf_counter()
    assert len(parse(listed(PROGRAMME, targets, PLACES)).entities) == 1000
    assert time.perf_counter() - begun < 10


def test_an_order_that_is_no_number_does_not_matter() -> None:
    (entity,) = parse(listed(SHIP.replace('order="1"', 'order="first"'))).entities
    assert entity.caption == "SEA STAR"


def test_the_list_is_recognised_by_its_root() -> None:
    assert recognises(WHOLE)
    assert not recognises({"a.xml": b"<other/>"})
    assert not recognises({})


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (WHOLE["seco.xml"][:-40], "unclosed|no element|not well-formed"),
        (b"<html><body>Not found</body></html>", "begins with <html>"),
        (b"", "no element found"),
        (b'<!DOCTYPE a [<!ENTITY b "cc"><!ENTITY c "&b;&b;">]><swiss-sanctions-list/>', "document type"),
        (listed(SHIP, SHIP)["seco.xml"], "300 stands twice"),
        (listed(SHIP.replace('ssid="300"', ""))["seco.xml"], "without an id"),
    ],
)
def test_a_broken_or_hostile_file_is_refused(raw: bytes, why: str) -> None:
    with pytest.raises(InputError, match=why):
        parse({"seco.xml": raw})
