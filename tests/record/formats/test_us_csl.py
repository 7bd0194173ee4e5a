"""The Consolidated Screening List: its lists told apart, CSV and JSON alike, ids that stay.

The CSV has the columns of the published file. No published JSON was at hand: its shape (``results``, with lists of
``alt_names`` and objects for ``addresses`` and ``ids``) is that of the field lists of trade.gov and of its readers.
"""

from __future__ import annotations

import gzip
import json
from collections import Counter
from pathlib import Path

import pytest

from cordon.errors import InputError
from cordon.record.formats.us_csl import parse, recognises

HEADER = (
    "_id,source,entity_number,type,programs,name,title,addresses,federal_register_notice,start_date,end_date,"
    "standard_order,license_requirement,license_policy,call_sign,vessel_type,gross_tonnage,gross_registered_tonnage,"
    "vessel_flag,vessel_owner,remarks,source_list_url,alt_names,citizenships,dates_of_birth,nationalities,"
    "places_of_birth,source_information_url,ids\n"
)
SDN = (
    '7,Specially Designated Nationals (SDN) - Treasury Department,7,Individual,SDGT; NS-PLC,"DOE, Joan",Head,'
    '"Minsk, BY",,,,,,,,,,,,,"Gender Female; Grand Vizier; Linked To: MAKER OF THINGS.",https://x,"ROE, Joan; Jo Doe",'
    'BY,1961-12-22; 1962 to 1963,RU,"Minsk, Belarus",https://y,"Passport, P1, BY; Secondary sanctions risk:, '
    'Example Regulations, section 1; Equity Ticker, DOE US"\n'
)
PLC = (
    "7,Palestinian Legislative Council List (PLC) - Treasury Department,7,Individual,NS-PLC,Joan DOE,,,,,,,,,,,,,,,,"
    "https://x,Joan Roe,,1961,,,https://y,\n"
)
EL = (
    'a1,Entity List (EL) - Bureau of Industry and Security,,,,EXAMPLE TRADING LLC,,"1 Example Street, Kabul, AF; '
    '2 Example Road, Peshawar, PK",76 FR 71867,2011-11-21,,,For all items subject to the EAR.,Presumption of denial.,'
    ",,,,,,,https://x,,,,,,https://y,\n"
)
DPL = (
    ',Denied Persons List (DPL) - Bureau of Industry and Security,,,,JIM DOE,,"1 Example Street, EL PASO, CA",'
    "87 F.R. 9030 2/17/2022,2022-02-10,2030-06-17,Y,,,,,,,,,F.R. NOTICE ADDED,https://x,,,,,,https://y,\n"
)
CMIC = (
    "9,Non-SDN Chinese Military-Industrial Complex Companies List (CMIC) - Treasury Department,9,Entity,CMIC-EO13959,"
    "EXAMPLE CO LTD,,,,,,,,,,,,,,,,https://x,,,,,,https://y,"
    '"Listing Date (CMIC), 2021-06-03; Effective Date (CMIC), 2021-08-02; ISIN, US0000000001"\n'
)
SHIP = (
    "8,Specially Designated Nationals (SDN) - Treasury Department,8,Vessel,CUBA,SEA STAR,,,,,,,,,CL1,Tug,10,20,Cuba,"
    "Example Owner,,https://x,,,,,,https://y,\n"
)
NEW = "b2,Brand New List - Commerce Department,,,,UNKNOWN THING,,,,soon,,,,,,,,,,,,https://x,,,,,,https://y,\n"
LIST = (HEADER + HEADER + SDN + PLC + EL + DPL + CMIC + SHIP + NEW).encode()

SERVED = {
    "results": [
        {
            "id": "7",
            "source": "Specially Designated Nationals (SDN) - Treasury Department",
            "entity_number": 7,
            "type": "Individual",
            "programs": ["SDGT", "NS-PLC"],
            "name": "DOE, Joan",
            "title": None,
            "addresses": [
                {"address": "1 Example Street", "city": "Minsk", "state": None, "postal_code": "1", "country": "BY"}
            ],
            "alt_names": ["ROE, Joan"],
            "citizenships": ["BY"],
            "dates_of_birth": ["1961-12-22"],
            "places_of_birth": ["Minsk, Belarus"],
            "ids": [{"type": "Passport", "number": "P1", "country": "BY", "issue_date": None, "expiration_date": None}],
            "remarks": None,
            "source_list_url": "https://x",
            "mood": "grim",
        },
        {
            "id": "a1",
            "source": "Entity List (EL) - Bureau of Industry and Security",
            "name": "EXAMPLE TRADING LLC",
            "country": "AF",
            "alt_names": None,
            "addresses": [],
            "federal_register_notice": "76 FR 71867",
            "start_date": "2011-11-21",
            "source_list_url": "https://x",
        },
    ],
    "sources_used": [],
}


def test_rows_of_one_id_are_one_subject_with_a_listing_for_each_list() -> None:
    entity = parse({"csl.csv": LIST}).entities[0]
    assert (entity.id, entity.schema, entity.caption) == ("us-csl:7", "Person", "Joan DOE")
    given = dict(entity.properties)
    assert given.pop("notes") == (
        "Secondary sanctions risk: Example Regulations, section 1",
        "Grand Vizier",
        "Linked To: MAKER OF THINGS",
    )
    assert given == {
        "name": ("Joan DOE",),
        "lastName": ("DOE",),
        "firstName": ("Joan",),
        "alias": ("Joan ROE", "Jo Doe"),
        "nationality": ("by", "ru"),
        "address": ("Minsk, BY",),
        "country": ("by",),
        "birthDate": ("1961-12-22", "1962", "1963", "1961"),
        "birthPlace": ("Minsk, Belarus",),
        "position": ("Head",),
        "passportNumber": ("P1",),
        "ticker": ("DOE US",),
        "gender": ("female",),
    }
    assert [(listing.source, listing.authority, listing.reference) for listing in entity.listings] == [
        ("us-ofac-sdn", "US OFAC", "7"),
        ("us-ofac-plc", "US OFAC", "7"),
    ]
    assert entity.listings[0].programmes == ("SDGT", "NS-PLC")


def test_the_entity_list_has_its_notice_and_its_licence_terms() -> None:
    entity = parse({"csl.csv": LIST}).entities[1]
    assert (entity.schema, entity.properties["country"]) == ("Company", ("af", "pk"))
    (listing,) = entity.listings
    assert (listing.source, listing.listed_on, listing.reference) == ("us-bis-el", "2011-11-21", "76 FR 71867")
    assert listing.programmes == ("76 FR 71867",)
    assert listing.measures == ("For all items subject to the EAR.", "License policy: Presumption of denial.")


def test_a_denied_person_has_an_end_and_a_state_is_no_country() -> None:
    entity = parse({"csl.csv": LIST}).entities[2]
    assert (entity.schema, entity.properties["notes"]) == ("LegalEntity", ("F.R. NOTICE ADDED",))
    assert "country" not in entity.properties
    (listing,) = entity.listings
    assert (listing.source, listing.listed_on, listing.delisted_on) == ("us-bis-dpl", "2022-02-10", "2030-06-17")
    assert listing.measures == ("Standard denial order",)


def test_a_row_without_an_id_has_one_that_stays() -> None:
    (alone,) = parse({"csl.csv": (HEADER + DPL).encode()}).entities
    assert alone.id == parse({"csl.csv": LIST}).entities[2].id
    first, second = parse({"csl.csv": (HEADER + DPL + DPL).encode()}).entities
    assert (first.id, second.id) == (alone.id, f"{alone.id}:2")


def test_the_listing_date_of_chinese_military_companies_is_among_the_ids() -> None:
    entity = parse({"csl.csv": LIST}).entities[3]
    assert entity.listings[0].listed_on == "2021-06-03"
    assert entity.properties["isinCode"] == ("US0000000001",)


def test_vessels_have_their_own_columns() -> None:
    given = parse({"csl.csv": LIST}).entities[4].properties
    assert (given["callSign"], given["type"], given["tonnage"]) == (("CL1",), ("Tug",), ("10",))
    assert (given["grossRegisteredTonnage"], given["flag"]) == (("20",), ("cu",))
    assert given["notes"] == ("owner: Example Owner",)


def test_a_list_that_is_not_known_and_a_day_that_is_none_are_counted() -> None:
    parsed = parse({"csl.csv": LIST})
    assert parsed.entities[5].listings[0].source == "us-csl"
    assert parsed.ignored == {
        "list: Brand New List - Commerce Department": 1,
        "date: start_date": 1,
        "remark: Grand Vizier": 1,
    }
    assert len(parsed.entities) == 6


def test_the_same_row_twice_is_counted() -> None:
    parsed = parse({"csl.csv": (HEADER + EL + EL).encode()})
    assert len(parsed.entities) == 1
    assert parsed.ignored["entry that stands twice: us-bis-el"] == 1


def test_json_is_read_as_csv_is_and_its_values_know_their_bytes() -> None:
    raw = json.dumps(SERVED, indent=1).encode()
    assert recognises({"consolidated.json": raw})
    parsed = parse({"consolidated.json": raw})
    person, company = parsed.entities
    assert (person.id, person.caption) == ("us-csl:7", "Joan DOE")
    assert person.properties["alias"] == ("Joan ROE",)
    assert person.properties["address"] == ("1 Example Street, Minsk, 1, BY",)
    assert person.properties["passportNumber"] == ("P1",)
    assert person.properties["notes"] == ("mood: grim",)
    assert (company.properties["country"], company.listings[0].source) == (("af",), "us-bis-el")
    assert parsed.ignored == {"column: mood": 1}
    place = parsed.origins["us-csl:a1"].entries[0]
    assert json.loads(raw[place.start : place.end]) == SERVED["results"][1]
    assert place.element == "a1"


def test_json_in_one_line_and_with_a_mark_is_read_too() -> None:
    raw = b"\xef\xbb\xbf" + json.dumps(SERVED).encode()
    parsed = parse({"consolidated.json": raw})
    place = parsed.origins["us-csl:a1"].entries[0]
    assert json.loads(raw[place.start : place.end]) == SERVED["results"][1]


def test_the_list_is_recognised_by_its_columns() -> None:
    assert recognises({"csl.csv": LIST})
    assert not recognises({"a.csv": b"source,name\na,b\n"})
    assert not recognises({"a.json": b'{"results": []}'})
    assert not recognises({"a": LIST, "b": LIST})


@pytest.mark.parametrize(
    "raw",
    [b"", b"a,b\n1,2\n", LIST[:-260], json.dumps(SERVED).encode()[:-30], b'{"results": ["a"]}', b'{"results": ' * 9999],
)
def test_another_or_a_broken_file_is_refused(raw: bytes) -> None:
    with pytest.raises(InputError):
        parse({"csl": raw})


def test_the_published_file_is_cut_off_and_read_whole_up_to_there(shared: Path) -> None:
    raw = gzip.decompress((shared / "lists" / "us_csl" / "2023-11-30" / "csl.csv.gz").read_bytes())
    with pytest.raises(InputError, match="it is cut off"):
        parse({"csl.csv": raw})
    whole = raw[: raw.rindex(b"\n") + 1]
    assert recognises({"csl.csv": whole})
    parsed = parse({"csl.csv": whole})
    assert len(parsed.entities) == 4219
    assert Counter(listing.source for entity in parsed.entities for listing in entity.listings) == {
        "us-ofac-sdn": 1737,
        "us-bis-el": 919,
        "us-bis-dpl": 577,
        "us-ofac-ssi": 288,
        "us-bis-uvl": 186,
        "us-state-isn": 144,
        "us-state-dtc": 142,
        "us-ofac-plc": 78,
        "us-bis-meu": 71,
        "us-ofac-cmic": 68,
        "us-ofac-ns-mbs": 14,
        "us-ofac-fse": 1,
        "us-ofac-capta": 1,
    }
    assert not [what for what in parsed.ignored if not what.startswith(("remark:", "country:"))]
