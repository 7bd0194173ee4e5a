"""``cordon record`` as a user runs it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

LINES = [
    {
        "id": "my:1",
        "schema": "Person",
        "caption": "Jane Miller",
        "properties": {"name": ["Jane Miller"], "birthDate": ["1970"]},
    },
    {
        "id": "my:1#l",
        "schema": "Sanction",
        "properties": {"entity": ["my:1"], "authority": ["Mine"], "listingDate": ["2024-01-31"]},
    },
]


def cordon(home: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "cordon", *arguments],
        capture_output=True,
        text=True,
        env={**os.environ, "CORDON_HOME": str(home), "PYTHONIOENCODING": "utf-8"},
        check=False,
    )


@pytest.fixture
def my_list(tmp_path: Path) -> Path:
    path = tmp_path / "my.ftm.json"
    path.write_text("".join(json.dumps(line) + "\n" for line in LINES), encoding="utf-8")
    return path


def test_a_list_of_ones_own_is_added_and_screened_against(tmp_path: Path, my_list: Path) -> None:
    home = tmp_path / "home"
    assert cordon(home, "screen", "Jane Miller").returncode == 0
    done = cordon(home, "record", "add", "my-list", str(my_list), "--date", "2024-02-01")
    assert (done.returncode, done.stdout) == (
        0,
        "my-list of 2024-02-01: 1 entities, 1 new versions\n  read: 1 Person, 1 listings, 2 values, 0 links\n",
    )
    found = json.loads(cordon(home, "screen", "Jane Miller", "--birth-date", "1970", "--json").stdout)
    assert found["matches"][0]["entity"]["id"] == "my:1"
    assert [item["source"] for item in found["record"]] == ["my-list"]
    assert "nothing changed" in cordon(home, "record", "add", "my-list", str(my_list), "--date", "2024-02-01").stdout


def test_list_and_show_tell_what_is_there(tmp_path: Path, my_list: Path) -> None:
    home = tmp_path / "home"
    assert "cordon-starter" in cordon(home, "record", "list").stdout
    cordon(home, "record", "add", "my-list", str(my_list), "--date", "2024-02-01")
    told = json.loads(cordon(home, "record", "list", "--json").stdout)
    assert [(item["source"], item["snapshot"], item["entities"]) for item in told] == [("my-list", "2024-02-01", 1)]
    assert "31 Jan 2024" in cordon(home, "record", "show", "my:1").stdout
    assert json.loads(cordon(home, "record", "show", "my:1", "--json").stdout)["caption"] == "Jane Miller"


def test_a_day_before_every_snapshot_is_exit_status_3_and_never_clear(tmp_path: Path, my_list: Path) -> None:
    home = tmp_path / "home"
    cordon(home, "record", "add", "my-list", str(my_list), "--date", "2024-02-01")
    done = cordon(home, "screen", "Jane Miller", "--as-of", "2023-01-01")
    assert done.returncode == 3
    assert "2023-01-01" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "status", "words"),
    [
        (("add", "my-list", "{none}"), 2, "cannot be read"),
        (("add", "us-ofac-sd", "{text}"), 2, "did you mean us-ofac-sdn"),
        (("add", "us-ofac-sdn", "{text}"), 2, "expected sdn.csv"),
        (("add", "My List", "{list}"), 2, "not a code"),
        (("add", "my-list", "{list}", "--date", "yesterday"), 2, "YYYY-MM-DD"),
        (("add", "my-list", "{broken}"), 2, "line 1"),
        (("add", "my-list", "{text}"), 2, "no form that is known"),
        (("add", "my-list", "{text}", "--column", "name"), 2, "not FIELD=COLUMN"),
        (("add", "my-list", "{text}", "--column", "nme=hello"), 2, "did you mean 'name'?"),
        (("accept", "my-list", "2024-01-01"), 3, "in quarantine"),
        (("show", "my:9"), 2, "no such entity"),
        (("diff", "my-list", "2024-01-01", "2024-01-02"), 3, "no snapshot of my-list"),
    ],
)
def test_a_mistake_is_one_line(
    tmp_path: Path, my_list: Path, arguments: tuple[str, ...], status: int, words: str
) -> None:
    (tmp_path / "text.csv").write_text("hello\n", encoding="utf-8")
    (tmp_path / "broken.ftm.json").write_text("{not json\n", encoding="utf-8")
    places = {
        "none": str(tmp_path / "none.json"),
        "text": str(tmp_path / "text.csv"),
        "list": str(my_list),
        "broken": str(tmp_path / "broken.ftm.json"),
    }
    done = cordon(tmp_path / "home", "record", *(word.format(**places) for word in arguments))
    assert done.returncode == status
    assert len(done.stderr.strip().splitlines()) == 1
    assert words in done.stderr


def test_the_lists_of_two_days_differ_by_the_seven_that_were_added(tmp_path: Path, shared: Path) -> None:
    home = tmp_path / "home"
    for day in ("2023-01-05", "2023-01-06"):
        done = cordon(
            home, "record", "add", "us-ofac-sdn", str(shared / "lists" / "ofac" / day / "sdn.csv.gz"), "--date", day
        )
        assert done.returncode == 0
    told = json.loads(cordon(home, "record", "diff", "us-ofac-sdn", "2023-01-05", "2023-01-06", "--json").stdout)
    uids = ("39096", "40416", "40417", "40418", "40419", "40420", "40421")
    assert [entity["id"] for entity in told["added"]] == [f"us-ofac-sdn:{uid}" for uid in uids]
    assert (told["amended"], told["gone"]) == ([], [])
    assert cordon(home, "screen", "Ghassem Damavandian", "--as-of", "2023-01-05").returncode == 0
    assert cordon(home, "screen", "Ghassem Damavandian", "--as-of", "2023-01-06").returncode == 1


def listed(key: str, name: str, **properties: str) -> str:
    given = {field: [value] for field, value in properties.items()}
    entity = {"id": key, "schema": "Person", "caption": name, "properties": {"name": [name], **given}}
    sanction = {"id": f"{key}#l", "schema": "Sanction", "properties": {"entity": [key], "authority": [key[:1].upper()]}}
    return json.dumps(entity) + "\n" + json.dumps(sanction) + "\n"


@pytest.fixture
def two_lists(tmp_path: Path) -> Path:
    """A record of two lists: one twice, with a person amended; the other with a digit of his number lost."""
    home = tmp_path / "home"
    versions = {
        ("a-list", "2024-01-01"): listed("a:1", "Jane Miller", birthDate="1970-02-03"),
        ("a-list", "2024-02-01"): listed("a:1", "Jane Miller", birthDate="1970-02-03", idNumber="0052944492"),
        ("b-list", "2024-02-01"): listed("b:1", "Miller Jane", birthDate="1970-02-03", idNumber="005294492"),
    }
    for number, ((source, day), text) in enumerate(versions.items()):
        path = tmp_path / f"{number}.ftm.json"
        path.write_text(text, encoding="utf-8")
        assert cordon(home, "record", "add", source, str(path), "--date", day).returncode == 0
    return home


def test_show_tells_the_other_lists_the_history_and_the_original(two_lists: Path) -> None:
    told = cordon(two_lists, "record", "show", "a:1", "--raw").stdout
    assert "b:1  Miller Jane  names agree, born on 1970-02-03" in told
    assert "1 Jan 2024   a-list         in the first snapshot at hand" in told
    assert "1 Feb 2024   a-list         amended" in told
    assert "idNumber: + 0052944492" in told
    assert '"id": "a:1", "schema": "Person"' in told
    shown = json.loads(cordon(two_lists, "record", "show", "a:1", "--raw", "--json").stdout)
    assert [(one["id"], one["reason"]) for one in shown["same"]] == [("b:1", "names agree, born on 1970-02-03")]
    assert [(event["day"], event["kind"]) for event in shown["history"]] == [
        ("2024-01-01", "first seen"),
        ("2024-02-01", "amended"),
    ]
    assert shown["originals"][0]["entries"][0]["file"] == "1.ftm.json"
    before = cordon(two_lists, "record", "show", "a:1", "--as-of", "2024-01-15").stdout
    assert "amended" not in before
    assert "b:1" not in before


def test_one_subject_of_two_lists_is_one_match(two_lists: Path) -> None:
    found = json.loads(cordon(two_lists, "screen", "Jane Miller", "--json").stdout)
    (match,) = found["matches"]
    assert [listing["authority"] for listing in match["listings"]] == ["A", "B"]
    assert match["same"] == [{"entity": "b:1", "reason": "names agree, born on 1970-02-03"}]


def test_conflicts_between_lists_are_told_and_exit_1(two_lists: Path) -> None:
    done = cordon(two_lists, "record", "conflicts")
    assert done.returncode == 1
    assert "NUMBER MISTYPED (1)" in done.stdout
    (one,) = json.loads(cordon(two_lists, "record", "conflicts", "--json", "--about", "a:1").stdout)
    assert (one["kind"], one["said"]) == ("number mistyped", ["0052944492", "005294492"])
    assert cordon(two_lists, "record", "conflicts", "--as-of", "2024-01-15").returncode == 0


def test_a_difference_is_also_a_followthemoney_delta(two_lists: Path) -> None:
    done = cordon(two_lists, "record", "diff", "a-list", "2024-01-01", "2024-02-01", "--ftm")
    assert done.returncode == 1
    assert [json.loads(line)["op"] for line in done.stdout.splitlines()] == ["MOD", "MOD"]
    assert "idNumber: + 0052944492" in cordon(two_lists, "record", "diff", "a-list", "2024-01-01", "2024-02-01").stdout


def test_verify_finds_what_was_changed_on_disk(two_lists: Path) -> None:
    done = cordon(two_lists, "record", "verify")
    assert (done.returncode, done.stdout) == (0, "3 snapshots, 3 files, 3 versions: all as they were\n")
    kept = next((two_lists / "files").rglob("*.z"))
    kept.write_bytes(b"")
    assert cordon(two_lists, "record", "verify").returncode == 1
    assert json.loads(cordon(two_lists, "record", "verify", "--json").stdout)["problems"]


def test_a_table_of_ones_own_is_read_by_its_declared_columns(tmp_path: Path) -> None:
    table = tmp_path / "own.csv"
    table.write_text("Who,Since,Mood\nJane Miller,31.01.2024,calm\n", encoding="utf-8")
    columns = ("--column", "name=Who", "--column", "listed_on=Since", "--schema", "person", "--authority", "Us")
    done = cordon(tmp_path / "home", "record", "add", "own", str(table), *columns)
    assert done.returncode == 0
    assert "column not declared: Mood" in done.stdout
    assert "the files carry no date" in done.stdout
    found = json.loads(cordon(tmp_path / "home", "screen", "Jane Miller", "--json").stdout)
    assert [(one["authority"], one["listed_on"]) for one in found["matches"][0]["listings"]] == [("Us", "2024-01-31")]


UN = (
    "<CONSOLIDATED_LIST dateGenerated='{day}'><INDIVIDUALS><INDIVIDUAL><FIRST_NAME>JANE</FIRST_NAME>"
    "<UN_LIST_TYPE>Example</UN_LIST_TYPE><REFERENCE_NUMBER>EXi.001</REFERENCE_NUMBER></INDIVIDUAL></INDIVIDUALS>"
    "</CONSOLIDATED_LIST>"
)


def test_an_update_from_a_mirror_quarantines_what_cannot_be_the_list_until_it_is_accepted(tmp_path: Path) -> None:
    home, mirror = tmp_path / "home", tmp_path / "mirror"
    mirror.mkdir()
    done = cordon(home, "record", "update", "--from", str(mirror))
    assert (done.returncode, "has no file of a list" in done.stderr) == (2, True)
    (mirror / "consolidated.xml").write_text(UN.format(day="2024-03-09"), encoding="utf-8")
    done = cordon(home, "record", "update", "--from", str(mirror))
    assert done.returncode == 1
    assert done.stdout.startswith("quarantined  un-sc")
    assert "1 entities where the list has at least" in " ".join(done.stdout.split())
    assert "cordon record accept un-sc 2024-03-09" in cordon(home, "record", "list").stdout
    assert cordon(home, "record", "accept", "un-sc", "2024-03-09").returncode == 0
    assert cordon(home, "screen", "Jane Nobody", "--json").returncode == 0
    done = cordon(home, "record", "update", "un-sc", "--from", str(mirror), "--json")
    assert json.loads(done.stdout)["state"] == "unchanged"
    assert "https://" in cordon(home, "record", "update", "--list").stdout
