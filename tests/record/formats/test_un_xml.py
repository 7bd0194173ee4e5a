"""The UN's consolidated list: names, aliases by quality, dates, and files that mean harm."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from cordon.errors import InputError
from cordon.record import Store
from cordon.record.formats.un_xml import parse

LIST = b"""<?xml version="1.0" encoding="UTF-8"?>
<CONSOLIDATED_LIST dateGenerated="2026-02-27T00:00:09Z"><INDIVIDUALS><INDIVIDUAL>
<DATAID>1</DATAID><FIRST_NAME>JANE<!-- x --></FIRST_NAME><THIRD_NAME>MILLER</THIRD_NAME>
<UN_LIST_TYPE>Iran</UN_LIST_TYPE>
<REFERENCE_NUMBER>IRi.001</REFERENCE_NUMBER><LISTED_ON>2007-03-24</LISTED_ON><NAME_ORIGINAL_SCRIPT>\xd8\xac</NAME_ORIGINAL_SCRIPT>
<DESIGNATION><VALUE>Head</VALUE></DESIGNATION><NATIONALITY><VALUE>Iran (Islamic Republic of)</VALUE></NATIONALITY>
<LAST_DAY_UPDATED><VALUE>2014-12-17</VALUE></LAST_DAY_UPDATED><SHOE_SIZE>41</SHOE_SIZE>
<INDIVIDUAL_ALIAS><QUALITY>Low</QUALITY><ALIAS_NAME>The Boss</ALIAS_NAME></INDIVIDUAL_ALIAS>
<INDIVIDUAL_ALIAS><QUALITY>Good</QUALITY><ALIAS_NAME>Jane A; Jane B</ALIAS_NAME></INDIVIDUAL_ALIAS>
<INDIVIDUAL_DATE_OF_BIRTH><TYPE_OF_DATE>BETWEEN</TYPE_OF_DATE><FROM_YEAR>1960</FROM_YEAR><TO_YEAR>1962</TO_YEAR></INDIVIDUAL_DATE_OF_BIRTH>
<INDIVIDUAL_DOCUMENT><TYPE_OF_DOCUMENT>Passport</TYPE_OF_DOCUMENT><NUMBER>A1</NUMBER></INDIVIDUAL_DOCUMENT>
</INDIVIDUAL></INDIVIDUALS></CONSOLIDATED_LIST>"""


def test_an_individual_is_read_with_every_kind_of_name_and_its_own_dates() -> None:
    parsed = parse({"un.xml": LIST})
    (entity,) = parsed.entities
    assert (entity.id, entity.schema, entity.caption) == ("un-sc:IRi.001", "Person", "JANE MILLER")
    assert entity.properties == {
        "name": ("JANE MILLER", "ج"),
        "weakAlias": ("The Boss",),
        "alias": ("Jane A", "Jane B"),
        "position": ("Head",),
        "nationality": ("ir",),
        "birthDate": ("1960", "1962"),
        "passportNumber": ("A1",),
        "notes": ("41",),
    }
    (listing,) = entity.listings
    assert (listing.listed_on, listing.amended_on, listing.programmes) == ("2007-03-24", ("2014-12-17",), ("Iran",))
    assert parsed.ignored == {"element: SHOE_SIZE": 1}


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (LIST[:-40], "unclosed|no element|not well-formed"),
        (b"<html><body>Not found</body></html>", "begins with <html>"),
        (b"", "no element found"),
        (b'<!DOCTYPE a [<!ENTITY b "cc"><!ENTITY c "&b;&b;">]><CONSOLIDATED_LIST/>', "document type"),
        (b'<!DOCTYPE a SYSTEM "file:///etc/passwd"><CONSOLIDATED_LIST/>', "document type"),
        (b"<CONSOLIDATED_LIST>" + b"<a>" * 5_000, "nested"),
        (b"<CONSOLIDATED_LIST><ENTITY><N>" + b"x" * 5_000_000, "more text"),
        (b"<CONSOLIDATED_LIST>\xff\xfe</CONSOLIDATED_LIST>", "line 1"),
    ],
)
def test_a_broken_or_hostile_file_is_refused_with_its_line(raw: bytes, why: str) -> None:
    with pytest.raises(InputError, match=why):
        parse({"un.xml": raw})


COUNTS = {
    "2018-06-07": (693, 405),
    "2018-10-29": (703, 390),
    "2020-03-20": (709, 305),
    "2020-11-23": (713, 305),
    "2020-12-01": (712, 294),
    "2024-11-30": (686, 193),
    "2025-03-20": (684, 193),
    "2025-04-19": (684, 193),
    "2025-11-18": (727, 273),
    "2025-11-20": (727, 273),
    "2026-02-27": (730, 273),
}


@pytest.mark.parametrize("day", COUNTS)
def test_the_published_lists_hold_what_they_are_said_to_hold(shared: Path, day: str) -> None:
    parsed = parse({"un.xml": gzip.decompress((shared / "lists" / "un" / day / "consolidated.xml.gz").read_bytes())})
    people = sum(entity.schema == "Person" for entity in parsed.entities)
    assert (people, len(parsed.entities) - people) == COUNTS[day]
    assert all(entity.listings[0].listed_on for entity in parsed.entities)


def test_the_snapback_shows_gone_and_back_again(shared: Path, tmp_path: Path) -> None:
    store = Store(tmp_path)
    for day in ("2020-12-01", "2025-04-19", "2025-11-18"):
        raw = gzip.decompress((shared / "lists" / "un" / day / "consolidated.xml.gz").read_bytes())
        store.add("un-sc", day, {"consolidated.xml": raw}, parse({"un.xml": raw}))

    def iranian(day: str) -> int:
        return sum(
            entity.id.startswith("un-sc:IR") and bool(entity.in_force(day))
            for entity in store.record(day).entities.values()
        )

    assert iranian("2020-12-01") > 80
    assert iranian("2025-04-19") == 0
    assert iranian("2025-11-18") > 120
    first, second = store.record().entities["un-sc:IRe.055"].listings
    assert (first.listed_on, first.delisted_on) == ("2007-03-24", "2025-04-19")
    assert (second.listed_on, second.delisted_on) == ("2025-11-18", None)
    assert "own date of 2007-03-24" in second.basis
