"""Every official file at hand is read with the count its publisher or collector states, or refused with the reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from cordon.errors import InputError
from cordon.record.files import read_files
from cordon.record.formats.own_table import DECLARATION, declaration
from cordon.record.sources import parse

OFAC = "us-ofac-sdn"
CONS = "us-ofac-cons"
READ = [
    (OFAC, "ofac/2021-10-28/sdn.csv.gz", 9124),
    (OFAC, "ofac/2021-10-29/sdn.csv.gz", 9130),
    (OFAC, "ofac/2022-11-15/sdn.csv.gz", 11088),
    (OFAC, "ofac/2023-01-05/sdn.csv.gz", 11436),
    (OFAC, "ofac/2023-01-06/sdn.csv.gz", 11443),
    (OFAC, "ofac/2023-10-18/sdn.csv.gz", 13157),
    (OFAC, "ofac/2024-05-03/sdn.csv.gz", 14965),
    (OFAC, "ofac/2021-07-07/*.csv.gz", 8976),
    (OFAC, "ofac/2023-12-28/*.csv.gz", 13821),
    (OFAC, "ofac/2024-08-28/IRGC_sanctions.xml.gz", 293),
    (OFAC, "ofac/2024-05-24/yemen_sanctions.xml.gz", 10),
    (CONS, "ofac_consolidated/2018-05-27/*.csv.gz", 639),
    (CONS, "ofac_consolidated/2024-05-06/consolidated.xml.gz", 443),
    (CONS, "ofac_consolidated/2025-01-14/CONS_ENHANCED.ZIP", 443),
    (CONS, "ofac_consolidated/2025-01-15/consolidated.xml.gz", 443),
    (CONS, "ofac_consolidated/2025-03-28/consolidated.xml.gz", 443),
    (CONS, "ofac_consolidated/2025-12-19/*.csv.gz", 442),
    ("eu-journal", "eu/2026-08_journal/consolidated/*.csv.gz", 8017),
    ("eu-fsf", "eu/2018-07-04_fsf_csv_1_0_short/EUSanctionsShort.csv.gz", 93),
    ("uk-sl", "uk/2026-05-07_uksl_normalised/*.csv.gz", 6046),
    ("uk-conlist", "uk/2018-04-13/ConList.csv.gz", 2106),
    ("uk-conlist", "uk/2023-06-05/ConList.xlsx", 3993),
    ("uk-conlist", "uk/2025-04-10/ConList.xlsx", 4686),
    ("uk-conlist", "uk/2025-04-14/ConList.xlsx", 4688),
    ("ca-sema", "ca/2020-04-15/sema-lmes.xml.gz", 1369),
    ("ca-sema", "ca/2025-03-20/sema-lmes.xml.gz", 4759),
    ("au-dfat", "au/2024-12-17/regulation8_consolidated.xlsx", 3062),
]
"""List, files, entities: the counts of the collection's own description; the 999 it gives for the EU's CSV are rows."""

REFUSED = [
    (OFAC, "ofac/2022-01-24/*.csv.gz", "line 9044: the id 2677 stands twice"),
    (OFAC, "ofac/2024-09-25/alt.csv.gz", "belongs to OFAC's sdn.csv"),
    (OFAC, "ofac/2025-01-06/*.csv.gz", "belongs to OFAC's sdn.csv"),
    (OFAC, "ofac/2026-06-02/*.csv.gz", "belongs to OFAC's sdn.csv"),
    (OFAC, "ofac/delta/2025-01-13_delta.xml.gz", "says what changed in a list"),
    (OFAC, "ofac/delta/2025-02-11_delta.xml.gz", "says what changed in a list"),
    (OFAC, "ofac/2024-03-13_from_advanced/*.csv.gz", "which no list has"),
    (OFAC, "ofac/2024-10_from_enhanced/relationships_full.csv.gz", "which no list has"),
    (OFAC, "ofac/2025-11-26_from_advanced/sdn_entities.jsonl.gz", "not a FollowTheMoney entity"),
    ("eu-journal", "eu/2026-08_journal/amendments/*.csv.gz", "says what one act of the EU amended"),
    ("eu-journal", "eu/2026-08_journal/versions.csv", "versions.csv, line 2: lacks annex"),
    ("eu-journal", "eu/eurlex_html/*.html.gz", "is a web page"),
    ("us-csl", "us_csl/2023-11-30/csl.csv.gz", "line 4233: the file ends inside a quoted cell"),
    ("my-list", "us_bis/2023-03929.xml.gz", "is a rule of the Federal Register"),
    ("my-list", "us_bis/chpl_2024-02-23.csv", "is a table of tier, hs6"),
    ("my-list", "bods/*.json", "no list|which lists nobody|in no form"),
    ("my-list", "lei/*", "which lists nobody"),
    ("my-list", "ftm/yente/t2/delta.json", "is an index of deltas"),
]
"""List, files, reason: each of the files on its own, where a pattern has several and the list is one file."""

OWN = [
    ("other/us_dod_chinese_milcorps_sanctions.csv.gz", {"name": ["Clean Name"]}, None, 397),
    ("other/us_fincen_special_measures_details.csv.gz", {"name": ["Name"], "alias": ["Alias"]}, None, 490),
    ("other/us_special_leg_section_1286.csv.gz", {"name": ["name"], "alias": ["aliases"]}, None, 443),
    ("other/cn_sanctions_sanctions.csv.gz", {"name": ["Name"], "alias": ["Chinese name"]}, None, 610),
    ("export_control/2026-07/jp.json.gz", {"name": ["entity_name"], "alias": ["aliases"]}, "id", 835),
    ("export_control/2026-07/cn.json.gz", {"name": ["entity_name"], "alias": ["aliases"]}, None, 240),
]
"""Tables nobody wrote a parser for: what their columns hold, the column of the id, and the count."""


def matching(shared: Path, pattern: str) -> list[Path]:
    found = sorted((shared / "lists").glob(pattern))
    assert found, pattern
    return found


@pytest.mark.parametrize(("source", "pattern", "count"), READ, ids=lambda one: str(one))
def test_the_file_is_read_whole(shared: Path, source: str, pattern: str, count: int) -> None:
    (dated,) = read_files(matching(shared, pattern), None)
    parsed = parse(source, dated.files)
    assert len(parsed.entities) == len({entity.id for entity in parsed.entities}) == count
    assert parsed.origins.keys() == {entity.id for entity in parsed.entities}


@pytest.mark.parametrize(("source", "pattern", "reason"), REFUSED, ids=lambda one: str(one))
def test_the_file_is_refused_with_the_reason(shared: Path, source: str, pattern: str, reason: str) -> None:
    paths = matching(shared, pattern)
    together = [paths] if source == OFAC else [[path] for path in paths]
    for some in together:
        (dated,) = read_files(some, None)
        with pytest.raises(InputError, match=reason):
            parse(source, dated.files)


@pytest.mark.parametrize(("name", "columns", "id_column", "count"), OWN, ids=lambda one: str(one)[:40])
def test_a_table_without_a_parser_is_read_by_its_declared_columns(
    shared: Path, name: str, columns: dict[str, list[str]], id_column: str | None, count: int
) -> None:
    (dated,) = read_files(matching(shared, name), None)
    declared = declaration(
        columns, id_column=id_column, schema=None, authority="Somebody", programme=None, separator=""
    )
    parsed = parse("my-list", {**dated.files, DECLARATION: declared})
    assert sum(len(origin.entries) for origin in parsed.origins.values()) == count


@pytest.mark.parametrize(("name", "lines"), [("t1", 7), ("zala", 91), ("parteispenden", 475)])
def test_every_line_of_a_followthemoney_file_is_accounted_for(shared: Path, name: str, lines: int) -> None:
    (dated,) = read_files(matching(shared, f"ftm/yente/{name}/entities.ftm.json*"), None)
    parsed = parse("my-list", dated.files)
    listed = len({place for origin in parsed.origins.values() for place in origin.entries[1:]})
    assert len(parsed.entities) + len(parsed.links) + listed + sum(parsed.ignored.values()) == lines


@pytest.mark.parametrize(
    ("day", "added", "removed"), [("2025-01-13", 4, 14), ("2025-02-11", 3, 0)], ids=lambda one: str(one)
)
def test_the_official_deltas_change_a_list(shared: Path, day: str, added: int, removed: int) -> None:
    (base,) = read_files(matching(shared, "ofac/2024-05-03/sdn.csv.gz"), None)
    (delta,) = read_files(matching(shared, f"ofac/delta/{day}_delta.xml.gz"), None)
    before, after = parse(OFAC, base.files), parse(OFAC, {**base.files, **delta.files})
    old, new = ({entity.id for entity in parsed.entities} for parsed in (before, after))
    assert len(new - old) == added
    assert len(old - new) == removed


def test_every_file_of_the_collection_is_named_here(shared: Path) -> None:
    lists = shared / "lists"
    named = [pattern for _, pattern, _ in (*READ, *REFUSED)] + [name for name, *_ in OWN]
    named += ["ftm/yente/*/entities.ftm.json*", "ftm/yente/t2/*/entities.delta.json", "us_csl/2023-11-30/dpl.txt.gz"]
    named += ["ofac/sdn-history/*", "news/*", "*.md", "*.csv", "eu/2018-07-04_fsf_csv_1_0_short/*"]
    named += ["un/*/consolidated.xml.gz"]  # counted in formats/test_un_xml.py, persons and entities apart
    named += ["uk/2026-05-07_uksl_normalised/*"]
    known = {path for pattern in named for path in lists.glob(pattern)}
    assert [str(path) for path in sorted(lists.rglob("*")) if path.is_file() and path not in known] == []
