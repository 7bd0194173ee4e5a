"""What gives away a list that cannot be what its publisher means."""

from __future__ import annotations

import csv
import io
import itertools
import time
import zipfile
from pathlib import Path

import pytest

from cordon.model import Entity, Listing
from cordon.record.assertions import MAX_SHRINK, judge, unlike
from cordon.record.files import read_files
from cordon.record.formats.reading import Parsed
from cordon.record.publishers import publisher
from cordon.record.sources import parse

LISTING = Listing(source="my-list", authority="Example")


def entity(
    number: int, schema: str = "Organization", listings: tuple[Listing, ...] = (LISTING,), **properties: str
) -> Entity:
    given = {"name": "EXAMPLE TRADING LLC", **properties}
    return Entity(
        id=f"my-list:{number}",
        schema=schema,
        caption=given["name"],
        properties={field: (value,) for field, value in given.items() if value},
        listings=listings,
    )


def listed(*entities: Entity) -> Parsed:
    return Parsed(entities, (), {})


def of(count: int) -> Parsed:
    return listed(*(entity(number) for number in range(count)))


def test_a_list_like_the_one_before_is_fine() -> None:
    assert judge(of(100), before=99, minimum=90, known_ids=("my-list:0", "my-list:99")) == ()


def test_the_first_list_is_judged_without_one_before() -> None:
    assert judge(of(100), before=None, minimum=100, known_ids=()) == ()
    assert judge(of(100), before=0, minimum=100, known_ids=()) == ()


def test_fewer_entities_than_the_list_can_have_are_told() -> None:
    assert judge(of(5), before=None, minimum=1_200, known_ids=()) == ("5 entities where the list has at least 1,200",)


def test_an_empty_list_is_told_once() -> None:
    assert judge(listed(), before=None, minimum=1, known_ids=()) == ("0 entities where the list has at least 1",)


def test_a_list_that_shrank_is_told_with_both_counts() -> None:
    assert judge(of(9_000), before=13_821, minimum=0, known_ids=()) == (
        "9,000 entities where 13,821 were before (35 % fewer; at most 10 % is let through)",
    )


def test_a_list_may_lose_as_much_as_is_let_through_and_no_more() -> None:
    assert judge(of(900), before=1_000, minimum=0, known_ids=()) == ()
    (sentence,) = judge(of(899), before=1_000, minimum=0, known_ids=())
    assert "(10.1 % fewer; at most 10 % is let through)" in sentence
    assert judge(of(899), before=1_000, minimum=0, known_ids=(), max_shrink=0.2) == ()
    assert judge(of(5_000), before=1_000, minimum=0, known_ids=()) == ()


def test_a_subject_that_every_version_has_is_missed() -> None:
    assert judge(of(3), before=None, minimum=0, known_ids=("my-list:1", "my-list:33596")) == (
        "my-list:33596 missing, where every version of the list should have it",
    )
    (sentence,) = judge(of(0), before=None, minimum=0, known_ids=[f"my-list:{number}" for number in range(5)])
    assert sentence.startswith("my-list:0, my-list:1, my-list:2 and 2 more missing")


def test_entities_without_a_name_or_a_listing_are_told() -> None:
    found = listed(entity(1), entity(2, name="", notes="x"), entity(3, listings=()))
    assert judge(found, before=None, minimum=0, known_ids=()) == (
        "1 of 3 entities without a name: my-list:2",
        "1 of 3 entities without a listing: my-list:3",
    )


def test_persons_of_whom_nothing_but_the_name_was_read_are_told() -> None:
    bare = [entity(number, "Person", firstName="Jane", notes="not understood") for number in range(9)]
    assert judge(listed(*bare, entity(9, "Person", birthDate="1961")), before=None, minimum=0, known_ids=()) == (
        "1 of 10 persons with more than a name, such as a birth date or a country (10 %; at least 20 % should have it)",
    )


@pytest.mark.parametrize("field", ["birthDate", "nationality", "passportNumber", "address"])
def test_a_person_is_described_by_anything_but_the_name(field: str) -> None:
    assert judge(listed(entity(1, "Person", **{field: "x"})), before=None, minimum=0, known_ids=()) == ()


def test_many_subjects_of_one_name_are_fine() -> None:
    assert len({one.caption for one in of(50).entities}) == 1
    assert judge(of(50), before=50, minimum=50, known_ids=()) == ()


# What a file is in the stead of the list.


@pytest.mark.parametrize(
    ("data", "kind", "what"),
    [
        (b"<?xml version='1.0'?><list/>", "xml", ""),
        (b"\xef\xbb\xbf <list/>", "xml", ""),
        ("\ufeff<list/>".encode("utf-16-le"), "xml", ""),
        (b'"Name"\t"FR_Citation"\n', "txt", ""),
        (b'{"results": []}', "json", ""),
        (b"", "csv", "nothing"),
        (b" \r\n", "xml", "nothing"),
        (b"\r\n<!doctype HTML><p>", "xml", "a web page"),
        (b"<html lang='en'>", "txt", "a web page"),
        (b"<?xml version='1.0'?>\n<!-- a -->\n<!-- b --><html>", "xml", "a web page"),
        ("\ufeff<!DOCTYPE html>".encode("utf-16-le"), "csv", "a web page"),
        (b"<Error><Code>AccessDenied</Code></Error>", "csv", "XML"),
        (b'{"error": "gone"}', "xml", "JSON"),
        (b'{"error": "gone"}', "csv", "JSON"),
        (b"%PDF-1.7", "csv", "a PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "xlsx", "a workbook of an old Excel"),
        (b"Service unavailable", "xml", "something else"),
        (b"PK\x03\x04 and no more", "xlsx", "a zip archive that is cut off"),
    ],
)
def test_what_is_not_of_its_kind_is_named(data: bytes, kind: str, what: str) -> None:
    assert unlike(data, kind) == what


def test_a_whole_archive_is_of_its_kind() -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("list.xml", "<list/>")
    assert unlike(packed.getvalue(), "zip") == unlike(packed.getvalue(), "xlsx") == ""
    assert unlike(packed.getvalue(), "xml") == "a zip archive or spreadsheet"


def test_a_page_of_comments_is_told_in_no_time() -> None:
    began = time.monotonic()
    assert unlike(b"<!---->" * 1_000, "xml") == ""
    assert time.monotonic() - began < 1


# Real lists.


def test_the_sdn_list_never_shrank_by_a_fifth_of_what_is_let_through(shared: Path) -> None:
    with (shared / "lists" / "ofac" / "sdn-history" / "index.csv").open(encoding="utf-8", newline="") as opened:
        counts = [int(row["entries"]) for row in csv.DictReader(opened)]
    losses = [(before - after) / before for before, after in itertools.pairwise(counts)]
    assert len(counts) == 308
    assert sum(loss > 0 for loss in losses) == 38
    assert max(losses) == pytest.approx((9158 - 9008) / 9158)
    assert max(losses) < MAX_SHRINK / 5


@pytest.mark.parametrize(
    ("source", "paths", "before"),
    [
        ("us-ofac-sdn", ["ofac/2024-05-03/sdn.csv.gz"], 14_973),
        ("us-ofac-cons", ["ofac_consolidated/2025-12-19/cons_prim.csv.gz"], 443),
        ("un-sc", ["un/2026-02-27/consolidated.xml.gz"], 1_000),
        ("ca-sema", ["ca/2025-03-20/sema-lmes.xml.gz"], None),
        ("au-dfat", ["au/2024-12-17/regulation8_consolidated.xlsx"], None),
        ("us-bis-dpl", ["us_csl/2023-11-30/dpl.txt.gz"], None),
    ],
)
def test_official_lists_pass(shared: Path, source: str, paths: list[str], before: int | None) -> None:
    (dated,) = read_files([shared / "lists" / path for path in paths], None)
    expected = publisher(source)
    found = judge(parse(source, dated.files), before=before, minimum=expected.minimum, known_ids=expected.known_ids)
    assert found == ()


def test_an_old_version_of_a_list_does_not_pass_for_todays(shared: Path) -> None:
    (dated,) = read_files([shared / "lists" / "ofac" / "2021-07-07" / "sdn.csv.gz"], None)
    expected = publisher("us-ofac-sdn")
    parsed = parse("us-ofac-sdn", dated.files)
    assert judge(parsed, before=14_965, minimum=expected.minimum, known_ids=expected.known_ids) == (
        "8,976 entities where the list has at least 12,000",
        "8,976 entities where 14,965 were before (40 % fewer; at most 10 % is let through)",
        "us-ofac-sdn:33596 missing, where every version of the list should have it",
    )
