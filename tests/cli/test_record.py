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
