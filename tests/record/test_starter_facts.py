"""The starter record says nothing that the official lists do not say.

The first part holds for the file alone. The second part goes back to the lists as published, in ../shared (or
CORDON_SHARED), and is skipped where they are not at hand: every name, birth date, identifier, listing date and link.
"""

from __future__ import annotations

import csv
import gzip
import html
import io
import json
import os
import re
import tarfile
import unicodedata
import xml.etree.ElementTree as ET
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.resources import files
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import pytest

SHARED = Path(os.environ.get("CORDON_SHARED", Path(__file__).resolve().parents[3] / "shared"))
LISTS = SHARED / "lists"
needs_lists = pytest.mark.skipif(not LISTS.is_dir(), reason="needs the official lists in ../shared (or CORDON_SHARED)")

Line = dict[str, Any]
LINK_ENDS = {
    "Ownership": ("owner", "asset"),
    "Directorship": ("director", "organization"),
    "Employment": ("employee", "employer"),
    "Membership": ("member", "organization"),
    "UnknownLink": ("subject", "object"),
}
SUBJECTS = {"Person", "Company", "Organization", "PublicBody", "Vessel", "Airplane"}
DATASETS = {"US OFAC": "us-ofac-sdn", "EU": "eu-fsf", "UK": "uk-sl", "Canada": "ca-sema", "UN": "un-sc"}
NAMES = ("name", "alias", "weakAlias", "previousName")
IDENTIFIERS = ("idNumber", "passportNumber", "registrationNumber", "taxNumber", "okpoCode", "imoNumber", "serialNumber")
DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
NEWEST_SDN = "2024-05-03"
LINES: list[Line] = [
    json.loads(line)
    for line in (files("cordon.record.starter") / "entities.ftm.json").read_text(encoding="utf-8").splitlines()
]
ENTITIES = {line["id"]: line for line in LINES if line["schema"] in SUBJECTS}
LISTINGS = [line for line in LINES if line["schema"] == "Sanction"]
LINKS = [line for line in LINES if line["schema"] in LINK_ENDS]


def listings_of(entity_id: str) -> list[Line]:
    return [line for line in LISTINGS if entity_id in line["properties"]["entity"]]


def names_of(entity_id: str) -> list[str]:
    return [name for key in NAMES for name in ENTITIES[entity_id]["properties"].get(key, [])]


def of_authority(authority: str) -> list[Line]:
    return [line for line in LISTINGS if line["properties"]["authority"] == [authority]]


def only(line: Line, name: str) -> str:
    """Return the one value of a property, or nothing."""
    values = line["properties"].get(name, [""])
    assert len(values) == 1, (line["id"], name)
    return str(values[0])


def basis(listing: Line) -> str:
    return next(text[7:] for text in listing["properties"]["summary"] if text.startswith("basis: "))


# --- the file alone


def test_it_holds_about_a_hundred_entities_with_their_listings_and_links() -> None:
    assert 95 <= len(ENTITIES) <= 115
    assert len(LINKS) >= 80
    assert len(LINES) == len(ENTITIES) + len(LISTINGS) + len(LINKS)


def test_every_id_is_there_once() -> None:
    assert [name for name, count in Counter(line["id"] for line in LINES).items() if count > 1] == []


def test_listings_and_links_point_at_entities_of_the_file() -> None:
    for listing in LISTINGS:
        assert set(listing["properties"]["entity"]) <= set(ENTITIES), listing["id"]
    for link in LINKS:
        ends = [only(link, end) for end in LINK_ENDS[link["schema"]]]
        assert len(set(ends) & set(ENTITIES)) == 2, link["id"]


def test_every_entity_has_a_source_note_a_name_and_a_listing_in_each_of_its_datasets() -> None:
    for entity in ENTITIES.values():
        assert len(only(entity, "notes")) > 20, entity["id"]
        assert entity["properties"]["name"][0] == entity["caption"]
        assert entity["properties"]["topics"] == ["sanction"]
        assert {line["datasets"][0] for line in listings_of(entity["id"])} == set(entity["datasets"]), entity["id"]


def test_authorities_are_the_five_and_belong_to_their_dataset() -> None:
    for listing in LISTINGS:
        assert listing["datasets"] == [DATASETS[only(listing, "authority")]]
        assert only(listing, "authorityId")
    assert {only(listing, "authority") for listing in LISTINGS} == set(DATASETS)


def test_dates_are_iso_and_a_listing_ends_after_it_began() -> None:
    for line in LINES:
        for name in ("birthDate", "listingDate", "endDate", "modifiedAt", "incorporationDate"):
            for value in line["properties"].get(name, []):
                assert DATE.fullmatch(value), (line["id"], name)
    for listing in LISTINGS:
        if only(listing, "endDate"):
            assert only(listing, "endDate") > only(listing, "listingDate"), listing["id"]
        for changed in listing["properties"].get("modifiedAt", []):
            assert changed > only(listing, "listingDate"), listing["id"]


def test_a_weak_alias_is_not_also_a_strong_one_and_no_value_is_empty_or_directional() -> None:
    for line in LINES:
        strong = {name for key in ("name", "alias") for name in line["properties"].get(key, [])}
        assert not strong & set(line["properties"].get("weakAlias", [])), line["id"]
        for name, values in line["properties"].items():
            assert values, (line["id"], name)
            assert all(value.strip() == value != "" for value in values), (line["id"], name)
            assert not re.search("[\u200e\u200f\u202a-\u202e\u2066-\u2069]", "".join(values)), (line["id"], name)


# --- the official lists


def tokens(text: str) -> frozenset[str]:
    """Return the words of a name without case, accents, apostrophes and points."""
    plain = unicodedata.normalize("NFKD", text.replace("&", " and "))
    plain = "".join(char for char in plain if not unicodedata.combining(char)).lower()
    return frozenset(re.findall(r"\w+", re.sub("['’`‘.]", "", plain)))


def flat(text: str) -> str:
    """Return a text without direction marks, quotation marks, case and runs of blanks."""
    return " ".join(re.sub("[\u200e\u200f\u202a-\u202e\u2066-\u2069«»“”‘’]", "", text).casefold().split())


def pieces(cell: str) -> Iterator[frozenset[str]]:
    """Yield every name that a cell of a list may hold, with and without what stands in brackets."""
    parts = {cell, *re.split(r"; |\n|\s*[·\u0387]\s*| / |/| a\.k\.a\. ", cell)}
    parts |= {one for part in set(parts) for one in re.split(r"[,;]\s*", part)}
    for part in parts:
        yield tokens(part)
        yield tokens(re.sub(r"\s*\(.*?\)?\s*$", "", part))
        yield from (tokens(inner) for inner in re.findall(r"\(([^)]*)", part))


def iso(printed: str) -> str:
    """Return a printed day as an ISO date: 02 May 1968, 2.5.1968, 02/05/1968 or 00/05/1968."""
    if found := re.fullmatch(r"(\d\d?)[./](\d\d)?(\d)?[./](\d{4})", printed):
        day, month, year = int(found[1]), int(found[2] or found[3]), found[4]
        return f"{year}" + (f"-{month:02d}" if month else "") + (f"-{day:02d}" if day else "")
    return printed


def birth_dates(facts: str) -> set[str]:
    """Return every date and every year in a text, as ISO dates."""
    months = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
    found = {iso(day) for day in re.findall(r"(?<!\d)\d\d?[./]\d\d?[./]\d{4}(?!\d)", facts)}
    for day, month, year in re.findall(r"(?<!\d)(\d\d?) ([A-Z][a-z]{2}) (\d{4})", facts):
        found.add(f"{year}-{months.index(month) + 1:02d}-{int(day):02d}" if month in months else year)
    return found | set(re.findall(r"\d{4}-\d\d-\d\d", facts)) | set(re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", facts))


class Published(NamedTuple):
    """What one list prints about one subject."""

    names: list[str]
    facts: str = ""
    addresses: tuple[str, ...] = ()


def table(path: str) -> Iterator[list[str]]:
    with gzip.open(LISTS / path, "rt", encoding="utf-8-sig", errors="replace", newline="") as lines:
        yield from csv.reader(io.StringIO(lines.read().replace("\x1a", "")))


def rows(path: str) -> list[dict[str, str]]:
    reader = table(path)
    header = next(reader)
    return [dict(zip(header, row, strict=False)) for row in reader]


WANTED_US = {only(line, "authorityId") for line in of_authority("US OFAC")}


@cache
def us_rows(day: str) -> dict[str, list[str]]:
    """Return the rows of our subjects in a stored sdn.csv."""
    found = (row for row in table(f"ofac/{day}/sdn.csv.gz") if row and row[0] in WANTED_US)
    return {row[0]: [cell.strip() for cell in row] for row in found}


@cache
def us_enhanced() -> dict[str, ET.Element]:
    with gzip.open(LISTS / "ofac/2024-08-28/IRGC_sanctions.xml.gz", "rt", encoding="utf-8") as text:
        root = ET.fromstring(re.sub(r'\sxmlns="[^"]+"', "", text.read()))
    return {entity.get("id", ""): entity for entity in root.iter("entity")}


@cache
def us_listing_dates() -> dict[str, set[str]]:
    """Return the dates that the US publishes itself, by uid."""
    dates: dict[str, set[str]] = defaultdict(set)
    for row in rows("ofac/2024-03-13_from_advanced/sanctions_entries.csv.gz"):
        if row["ListID"] == "1550" and row["Year"]:
            dates[row["ProfileID"]].add(f"{row['Year']}-{int(row['Month']):02d}-{int(row['Day']):02d}")
    dates = {uid: {min(days)} for uid, days in dates.items()}
    for uid, entity in us_enhanced().items():
        dates[uid] = {item.get("datePublished", "") for item in entity.iter("sanctionsList")}
    return dates


@cache
def us_names() -> dict[str, list[str]]:
    names: dict[str, list[str]] = defaultdict(list)
    for uid, row in us_rows(NEWEST_SDN).items():
        names[uid] += [row[1], *us_quoted(row[11])]
    for day in ("2023-12-28", "2024-09-25", "2025-01-06", "2026-06-02"):
        for row in table(f"ofac/{day}/alt.csv.gz"):
            if row and row[0].strip() in WANTED_US:
                names[row[0].strip()].append(row[3].strip())
    with gzip.open(LISTS / "ofac/2025-11-26_from_advanced/sdn_entities.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            entity = json.loads(line)
            if str(entity["entity_id"]) in WANTED_US:
                names[str(entity["entity_id"])] += [name["full_name"] for name in entity["names"]]
    for uid in WANTED_US & set(us_enhanced()):
        names[uid] += [name.text or "" for name in us_enhanced()[uid].iter("formattedFullName")]
    return names


@cache
def us_addresses() -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for row in table("ofac/2026-06-02/add.csv.gz"):
        if row and row[0].strip() in WANTED_US:
            found[row[0].strip()].append(", ".join(row[2:5]))
    return found


def us_quoted(remarks: str) -> list[str]:
    """Return the names that a remark gives as a.k.a. '...': OFAC's mark of a weak alias."""
    return re.findall(r"[af]\.k\.a\. '([^;]+)'[;.]", remarks)


def published_us(reference: str) -> Published:
    remarks = us_rows(NEWEST_SDN).get(reference, [""] * 12)[11]
    names = [name.replace(",", " ") for name in us_names()[reference]]
    return Published(names, remarks, tuple(us_addresses()[reference]))


@cache
def eu_rows() -> dict[tuple[str, str, str], dict[str, str]]:
    acts = ("32012R0036", "32012R0267", "32014R0269", "32014R0833", "32023R1529")
    every = (row for act in acts for row in rows(f"eu/2026-08_journal/consolidated/{act}.csv.gz"))
    return {(row["celex"], row["annex"], row["recordId"]): row for row in every}


def eu_key(reference: str) -> tuple[str, str, str]:
    found = re.fullmatch(r"(\d+R\d+) no\. (\w+), annex ([\w.]+)", reference)
    assert found, reference
    return found[1], found[3], found[2]


@cache
def eu_text(celex: str) -> str:
    """Return a consolidated text of 2024, for entries that later texts no longer have."""
    path = next((LISTS / "eu/eurlex_html").glob(f"{celex}_*.html.gz"))
    with gzip.open(path, "rt", encoding="utf-8") as page:
        text = re.sub(r"</t[dr]>", " | ", page.read())
    return " ".join(html.unescape(re.sub(r"<[^>]+>", "", text)).split())


def eu_old_entry(key: tuple[str, str, str], name: str) -> str:
    """Return the row that lists a name in the text of 2024, from its number to its date."""
    found = re.search(rf"\| {key[2]}\. \| [^|]*{name.split()[-1]}\b.*?\| (\d+\.\d+\.\d{{4}}) \|", eu_text(key[0]), re.I)
    return found[0] if found else ""


def published_eu(reference: str, name: str) -> Published:
    key = eu_key(reference)
    if key not in eu_rows():
        entry = eu_old_entry(key, name)
        return Published(re.split(r"\||\(a\.k\.a\.|\ba\.k\.a\. |\)|\(|IRGC Brigadier-General ", entry), entry)
    row = eu_rows()[key]
    split_name = [f"{row['name']} {alias}" for alias in row["alias"].split("; ")]
    facts = " ; ".join(row[name] for name in row if name not in ("reason", "address", "startDate"))
    return Published([row["name"], row["alias"], *split_name], facts, (row["address"],))


@cache
def uk_rows(day: str) -> dict[str, list[dict[str, str]]]:
    """Return the rows of a consolidated list by UK reference; a spreadsheet, read with what Python has."""
    with zipfile.ZipFile(LISTS / f"uk/{day}/ConList.xlsx") as book:
        shared = book.read("xl/sharedStrings.xml").decode()
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    items = re.findall(r"<si>(.*?)</si>", shared, re.S)
    strings = ["".join(re.findall(r"<t[^>]*>([^<]*)</t>", item)) for item in items]
    wanted = {index for index, text in enumerate(strings) if re.search(r"\(UK Sanctions List Ref\)", text)}
    references = {i: found[1] for i in wanted if (found := re.search(r"Ref\):\s*(\w+)", strings[i]))}
    keep = {only(line, "authorityId") for line in of_authority("UK")}
    table_: dict[str, list[dict[str, str]]] = defaultdict(list)
    header: dict[str, str] = {}
    for row in re.findall(r"<row [^>]*>(.*?)</row>", sheet, re.S):
        cells = dict(re.findall(r'<c r="([A-Z]+)\d+"[^>]*?t="s"[^>]*><v>(\d+)</v>', row))
        if not header:
            read = {column: strings[int(index)] for column, index in cells.items()}
            header = read if "Name 6" in read.values() else {}
            continue
        for index in cells.values():
            if references.get(int(index)) in keep:
                named = {header[c]: html.unescape(strings[int(i)]) for c, i in cells.items() if c in header}
                table_[references[int(index)]].append(named)
    return table_


UK_OLD, UK_NEW = "2023-06-05", "2025-04-14"


def published_uk(reference: str) -> Published:
    found = uk_rows(UK_NEW).get(reference, []) or uk_rows(UK_OLD).get(reference, [])
    names = [" ".join(row[f"Name {i}"] for i in range(1, 7) if f"Name {i}" in row) for row in found]
    names += [row["Name Non-Latin Script"] for row in found if "Name Non-Latin Script" in row]
    columns = ("DOB", "National Identification Number", "Passport Number")
    return Published(names, " ; ".join(row.get(column, "") for row in found for column in columns))


@cache
def ca_rows() -> dict[str, dict[str, str]]:
    with gzip.open(LISTS / "ca/2025-03-20/sema-lmes.xml.gz") as text:
        records = [{cell.tag: (cell.text or "").strip() for cell in record} for record in ET.parse(text).getroot()]
    return {
        f"{row['Country'].split(' / ')[0]}, Schedule {row['Schedule']}, item {row['Item']}": row
        for row in records
        if {"Country", "Schedule", "Item"} <= set(row)
    }


def published_ca(reference: str) -> Published:
    row = ca_rows()[reference]
    whole = f"{row.get('GivenName', '')} {row.get('LastName', '')}".strip()
    return Published(
        [row.get("EntityOrShip", ""), whole, row.get("Aliases", "")], row.get("DateOfBirthOrShipBuildDate", "")
    )


@cache
def un_entries(day: str) -> dict[str, ET.Element]:
    with gzip.open(LISTS / f"un/{day}/consolidated.xml.gz") as text:
        root = ET.parse(text).getroot()
    return {(entry.findtext("REFERENCE_NUMBER") or "").strip(): entry for entry in root.iter("ENTITY")}


def published_un(reference: str) -> Published:
    entry = un_entries("2025-11-18")[reference]
    return Published([entry.findtext("FIRST_NAME") or "", *(alias.text or "" for alias in entry.iter("ALIAS_NAME"))])


def published(listing: Line) -> Published:
    """Return what a list prints about the subject of one of its listings."""
    reference, authority = only(listing, "authorityId"), only(listing, "authority")
    if authority == "EU":
        return published_eu(reference, ENTITIES[only(listing, "entity")]["caption"])
    by_authority = {"US OFAC": published_us, "UK": published_uk, "Canada": published_ca, "UN": published_un}
    return by_authority[authority](reference)


@cache
def sources_of(entity_id: str) -> list[Published]:
    return [published(listing) for listing in listings_of(entity_id)]


def is_latin(name: str) -> bool:
    return not re.search("[\u0400-\u052f\u0600-\u06ff]", name)


def unpublished(names: Iterable[str], sources: list[Published]) -> list[str]:
    """Return the names that none of the sources prints."""
    cells = [cell for source in sources for cell in source.names]
    known = {piece for cell in cells for piece in pieces(cell)}
    text = flat(" ".join(cells))
    return [name for name in names if not (tokens(name) in known if is_latin(name) else flat(name) in text)]


@needs_lists
def test_every_name_is_printed_by_a_list_that_the_entity_is_on() -> None:
    wrong = {
        entity["id"]: missing
        for entity in ENTITIES.values()
        if (missing := unpublished(names_of(entity["id"]), sources_of(entity["id"])))
    }
    assert wrong == {}


@needs_lists
def test_the_caption_is_a_name_of_the_leading_list() -> None:
    for entity in ENTITIES.values():
        leading = entity["id"].split(":")[0]
        first = [published(line) for line in listings_of(entity["id"]) if line["datasets"] == [leading]]
        assert unpublished([entity["caption"]], first) == [], entity["id"]


@needs_lists
def test_weak_aliases_are_exactly_those_that_the_us_list_quotes_in_its_remarks() -> None:
    for uid, row in us_rows(NEWEST_SDN).items():
        quoted = {tokens(name) for name in re.findall(r"a\.k\.a\. '([^;]+)'[;.]", row[11])}
        given = ENTITIES[f"us-ofac-sdn:{uid}"]["properties"]
        assert quoted == {tokens(name) for name in given.get("weakAlias", []) if is_latin(name)}, uid


@needs_lists
def test_every_birth_date_and_identifier_is_printed_by_a_list_that_the_entity_is_on() -> None:
    wrong = []
    for entity in ENTITIES.values():
        facts = " ; ".join(source.facts for source in sources_of(entity["id"]))
        for date in entity["properties"].get("birthDate", []):
            wrong += [] if date in birth_dates(facts) else [(entity["id"], date)]
        for name in IDENTIFIERS:
            for value in entity["properties"].get(name, []):
                printed = re.search(rf"(?<!\w){re.escape(value)}(?!\w)", facts)
                wrong += [] if printed else [(entity["id"], name, value)]
    assert wrong == []


@needs_lists
def test_every_address_is_printed_by_a_list_that_the_entity_is_on() -> None:
    for entity in ENTITIES.values():
        printed = {tokens(one) for source in sources_of(entity["id"]) for one in source.addresses}
        printed |= {
            tokens(one) for source in sources_of(entity["id"]) for cell in source.addresses for one in cell.split("; ")
        }
        for address in entity["properties"].get("address", []):
            assert any(tokens(address) <= one for one in printed), (entity["id"], address)


# --- dates and programmes, authority by authority


@cache
def history() -> list[str]:
    """Return the names of the dated versions of sdn.csv, oldest first."""
    with (LISTS / "ofac/sdn-history/index.csv").open(encoding="utf-8") as lines:
        return [row["member"] for row in csv.DictReader(lines)]


def versions_around(day: str) -> list[str]:
    """Return the versions of a day and the one before them."""
    first = next(i for i, member in enumerate(history()) if member[:10] == day)
    return [history()[first - 1], *(member for member in history() if member[:10] == day)]


@cache
def history_tags() -> dict[str, dict[str, set[str]]]:
    """Return uid -> programme tags for the versions around every US date of the starter record."""
    known = {member[:10] for member in history()}
    days = {
        date
        for line in of_authority("US OFAC")
        for date in [*line["properties"].get("modifiedAt", []), only(line, "listingDate")]
    }
    wanted = {member for day in days & known for member in versions_around(day)}
    row = re.compile(rb'^(\d+),(?:"(?:[^"]|"")*"|[^,]*),[^,]*,([^,]*),', re.M)
    tags: dict[str, dict[str, set[str]]] = {}
    with tarfile.open(LISTS / "ofac/sdn-history/sdn-history.tar.xz") as archive:
        for item in archive:
            if item.name in wanted and (content := archive.extractfile(item)):
                found = ((uid.decode(), programmes.decode()) for uid, programmes in row.findall(content.read()))
                tags[item.name] = {uid: set(p.strip().split("] [")) for uid, p in found if uid in WANTED_US}
    return tags


def appears_between(uid: str, day: str, absent: str) -> bool:
    """Tell whether a uid is in a version of the day and not in the version before it, which is of the stated day."""
    around = versions_around(day)
    for before, after in pairwise(around):
        if uid in history_tags()[after] and uid not in history_tags()[before]:
            stated = before[:10] if before[:10] != day else f"{day} at {before[11:15]} UTC"
            return stated == absent
    return False


def us_date_holds(uid: str, date: str, why: str) -> bool:
    if why == "source":
        return us_listing_dates()[uid] == {date}
    if found := re.fullmatch(r"first seen in snapshot; absent on (.+)", why):
        return appears_between(uid, date, found[1])
    if found := re.fullmatch(r"first seen in add\.csv of (.+); absent on 2024-05-03", why):
        later = {row[0] for row in table(f"ofac/{found[1]}/add.csv.gz") if row}
        return date == found[1] and uid not in us_rows(NEWEST_SDN) and uid in later
    return date == "" and why.startswith("already in the earliest file") and uid in us_rows("2021-07-07")


@needs_lists
def test_us_listing_dates_are_published_or_bounded_by_two_versions_of_the_list() -> None:
    wrong = [
        listing["id"]
        for listing in of_authority("US OFAC")
        if not us_date_holds(only(listing, "authorityId"), only(listing, "listingDate"), basis(listing))
    ]
    assert wrong == []


@needs_lists
def test_us_programmes_are_the_newest_and_change_on_the_days_given() -> None:
    for listing in of_authority("US OFAC"):
        uid = only(listing, "authorityId")
        if uid in us_rows(NEWEST_SDN):
            assert listing["properties"]["program"] == us_rows(NEWEST_SDN)[uid][3].split("] ["), uid
        for day in listing["properties"].get("modifiedAt", []):
            around = versions_around(day)
            assert history_tags()[around[0]][uid] != history_tags()[around[-1]][uid], (uid, day)


@needs_lists
def test_us_subjects_are_all_still_on_the_list_in_november_2025() -> None:
    with gzip.open(LISTS / "ofac/2025-11-26_from_advanced/sdn_entities.jsonl.gz", "rt", encoding="utf-8") as lines:
        listed = {str(json.loads(line)["entity_id"]) for line in lines}
    assert listed >= WANTED_US
    assert all(not only(listing, "endDate") for listing in of_authority("US OFAC"))


@needs_lists
def test_eu_listings_stand_in_the_act_annex_and_number_given_since_the_date_given() -> None:
    versions = {row["celex"]: row for row in eu_versions()}
    for listing in of_authority("EU"):
        key = eu_key(only(listing, "authorityId"))
        if only(listing, "endDate"):
            name = ENTITIES[only(listing, "entity")]["caption"]
            entry = eu_old_entry(key, name)
            assert iso(re.findall(r"\d+\.\d+\.\d{4}", entry)[-1]) == only(listing, "listingDate"), listing["id"]
            gone = (tokens(name) != tokens(row["name"]) for other, row in eu_rows().items() if other[0] == key[0])
            assert key not in eu_rows(), listing["id"]
            assert all(gone), listing["id"]
            version = versions[key[0]]["consolidated_version"][-8:]
            assert only(listing, "endDate").replace("-", "") == version, listing["id"]
            continue
        row = eu_rows()[key]
        assert iso(row["startDate"]) == only(listing, "listingDate"), listing["id"]
        assert only(listing, "program").endswith(f"({row['programKey']})"), listing["id"]


def eu_versions() -> list[dict[str, str]]:
    with (LISTS / "eu/2026-08_journal/versions.csv").open(encoding="utf-8") as lines:
        return [row for row in csv.DictReader(lines) if row["kind"] == "consolidated"]


@needs_lists
def test_uk_listings_have_the_date_designated_regime_and_changes_of_the_list() -> None:
    newest = {row["unique_id"]: row for row in rows("uk/2026-05-07_uksl_normalised/subjects.csv.gz")}
    for listing in of_authority("UK"):
        reference = only(listing, "authorityId")
        found = uk_rows(UK_NEW).get(reference, []) or uk_rows(UK_OLD)[reference]
        assert {iso(row["UK Sanctions List Date Designated"]) for row in found} == {only(listing, "listingDate")}
        assert {row["Regime"] for row in found} == set(listing["properties"]["program"]), reference
        updates = {iso(row["Last Updated"]) for row in found} | {iso(newest.get(reference, {}).get("last_updated", ""))}
        assert set(listing["properties"].get("modifiedAt", [])) <= updates, reference


@needs_lists
def test_uk_listings_that_ended_are_gone_from_the_list_and_replaced_on_the_day_they_ended() -> None:
    for listing in of_authority("UK"):
        reference = only(listing, "authorityId")
        assert bool(only(listing, "endDate")) == (reference not in uk_rows(UK_NEW)), reference
        if only(listing, "endDate"):
            successors = [line for line in listings_of(only(listing, "entity")) if line["datasets"] == ["uk-sl"]]
            assert only(listing, "endDate") in {only(line, "listingDate") for line in successors}, reference


@needs_lists
def test_canadian_listings_have_the_item_and_date_of_the_schedule() -> None:
    for listing in of_authority("Canada"):
        assert ca_rows()[only(listing, "authorityId")]["DateOfListing"] == only(listing, "listingDate"), listing["id"]


@needs_lists
def test_un_listings_begin_when_the_un_says_and_end_and_return_between_two_files() -> None:
    for listing in of_authority("UN"):
        reference, began = only(listing, "authorityId"), only(listing, "listingDate")
        held = [reference in un_entries(day) for day in ("2020-12-01", "2024-11-30", "2025-04-19", "2025-11-18")]
        assert held == [True, False, False, True], reference
        if listing["id"].endswith("#relisting"):
            assert basis(listing).startswith("first seen in snapshot; absent on 2025-04-19")
            assert "2025-04-19" < began <= "2025-11-18"
        else:
            assert un_entries("2020-12-01")[reference].findtext("LISTED_ON") == began
            assert "2020-12-01" < only(listing, "endDate") <= "2024-11-30"


# --- links


@cache
def us_relations() -> set[tuple[str, str, str]]:
    """Return every relation of the US list as (from, to, kind), kinds in lower case."""
    kinds = {"15001": "providing support to", "15002": "acting for or on behalf of", "15003": "owned or controlled by"}
    kinds |= {"91725": "leader or official of"}
    relations = {
        (row["From-ProfileID"], row["To-ProfileID"], kinds.get(row["RelationTypeID"], ""))
        for row in rows("ofac/2024-03-13_from_advanced/profile_relationships.csv.gz")
    }
    for uid, entity in us_enhanced().items():
        for relation in entity.iter("relationship"):
            other = relation.find("relatedEntity")
            kind = (relation.findtext("type") or "").lower()
            relations.add((uid, other.get("entityId", "") if other is not None else "", kind))
    by_name: dict[frozenset[str], str] = {tokens(name): uid for uid in WANTED_US for name in us_names()[uid]}
    for first, kind, second in table("ofac/2024-10_from_enhanced/relationships_full.csv.gz"):
        relations.add((by_name.get(tokens(first), ""), by_name.get(tokens(second), ""), kind.lower()))
    for uid, row in us_rows(NEWEST_SDN).items():
        for other in re.findall(r"Linked To: ([^;]+)", row[11]):
            relations.add((uid, by_name.get(tokens(other), ""), "linked to"))
    return relations


def ends(link: Line) -> tuple[str, str]:
    start, end = LINK_ENDS[link["schema"]]
    return only(link, start), only(link, end)


def statements(authority: str, kind: str) -> Iterator[tuple[Line, str]]:
    """Yield the links that rest on one kind of statement, with its reference."""
    for link in LINKS:
        for text in link["properties"]["summary"]:
            if text.startswith(f"{authority} {kind}: "):
                yield link, text.split(": ", 1)[1]


@needs_lists
def test_every_us_link_is_a_relation_of_the_us_list() -> None:
    found = list(statements("US", "relationship"))
    assert len(found) > 60
    for link, text in found:
        kind = text.split(" (")[0].lower()
        source, target = (end.split(":")[-1] for end in ends(link))
        if link["schema"] == "Ownership":
            source, target = target, source
        assert (source, target, kind) in us_relations(), link["id"]


@needs_lists
def test_every_eu_link_rests_on_an_entry_of_one_end_that_names_the_other() -> None:
    for link, reference in statements("EU", "statement of reasons"):
        about, naming = [], []
        for end in ends(link):
            for listing in listings_of(end):
                key = eu_key(only(listing, "authorityId")) if listing["datasets"] == ["eu-fsf"] else ("", "", "")
                act, number = only(listing, "program").split(" (")[0] if key[0] else "", f" no. {key[2]}"
                if reference in (f"{act}{number}", f"{act} {key[1]}{number}", f"{act} {key[1].split('.E')[0]}{number}"):
                    row = eu_rows().get(key)
                    text = f"{row['reason']} {row['position']} {row['notes']}" if row else published(listing).facts
                    about.append(end)
                    naming.append(tokens(text))
        assert about, link["id"]
        others = [end for end in ends(link) if end not in about] or list(ends(link))
        names = [name for end in others for name in names_of(end) if is_latin(name)]
        words = frozenset().union(*naming)
        assert any(tokens(name) - {"company", "iran", "llc", "of"} <= words for name in names), link["id"]


@needs_lists
def test_every_other_link_rests_on_an_entry_that_names_the_other_end() -> None:
    found = [*statements("UK", "position"), *statements("UN", "comment")]
    assert len(found) >= 6
    for link, reference in found:
        references = {only(listing, "authorityId"): end for end in ends(link) for listing in listings_of(end)}
        other = next(end for end in ends(link) if end != references[reference])
        if link["datasets"] == ["uk-sl"]:
            text = " ".join(row.get("Position", "") for row in uk_rows(UK_NEW)[reference])
        else:
            text = un_entries("2025-11-18")[reference].findtext("COMMENTS1") or ""
        assert any(tokens(name) <= tokens(text) for name in names_of(other) if is_latin(name)), link["id"]


def test_every_link_says_what_it_rests_on() -> None:
    kinds = ("US relationship: ", "EU statement of reasons: ", "UK position: ", "UN comment: ")
    for link in LINKS:
        assert all(text.startswith(kinds) for text in link["properties"]["summary"]), link["id"]
