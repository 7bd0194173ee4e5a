"""Each command as a user runs it: output, exit status, and one plain line for every mistake."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest

from cordon.cli.main import cli

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "examples" / "drone-factory-report.txt"


def cordon(*arguments: str, stdin: bytes | None = None, **env: str) -> subprocess.CompletedProcess[str]:
    """Run the command line as a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "cordon", *arguments],
        input=stdin,
        capture_output=True,
        env={**os.environ, "PYTHONIOENCODING": "utf-8", **env},
        check=False,
    )
    return subprocess.CompletedProcess(
        done.args, done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8")
    )


def test_screen_finds_a_listed_person_and_says_so_with_its_exit_status() -> None:
    done = cordon("screen", "Abdullah Mahrabi")
    assert done.returncode == 1
    assert "MATCH" in done.stdout
    assert "us-ofac-sdn:33596" in done.stdout
    assert "29 Oct 2021" in done.stdout


def test_screen_finds_him_in_his_own_script() -> None:
    assert cordon("screen", "عبدالله محرابی").returncode == 1


def test_screen_of_a_clean_name_is_clear_and_exits_0() -> None:
    done = cordon("screen", "Jane Miller")
    assert (done.returncode, done.stdout.split()[0]) == (0, "CLEAR")


def test_screen_json_follows_the_contract() -> None:
    done = cordon(
        "screen", "Ghassem Damavandian", "--birth-date", "1968", "--country", "Iran", "--as-of", "2023-02-07", "--json"
    )
    told = json.loads(done.stdout)
    assert told["subject"] == {
        "names": ["Ghassem Damavandian"],
        "schema": None,
        "birthDate": ["1968"],
        "country": ["ir"],
        "identifiers": [],
    }
    assert (told["outcome"], told["as_of"]) == ("match", "2023-02-07")
    (match,) = told["matches"]
    assert {"entity", "listings", "score", "outcome", "evidence"} <= match.keys()
    assert {"id", "schema", "caption", "properties"} <= match["entity"].keys()
    assert {"authority", "programmes", "listed_on", "delisted_on", "basis"} <= match["listings"][0].keys()
    assert {"feature", "subject", "listed", "score", "tokens"} <= match["evidence"][0].keys()
    assert {item["feature"] for item in match["evidence"]} == {"name", "birthDate", "country"}
    assert {"source", "snapshot", "sha256"} <= told["record"][0].keys()


def test_screen_as_of_a_day_before_the_listing_is_clear_and_says_what_came_later() -> None:
    done = cordon("screen", "Ghassem Damavandian", "--as-of", "2022-06-01")
    assert done.returncode == 0
    assert "NOT LISTED ON 2022-06-01" in done.stdout
    assert "6 Jan 2023" in done.stdout


def test_screen_warns_when_the_words_of_one_name_were_given_as_several() -> None:
    assert 'for one name of several words: "Abdullah Mahrabi"' in cordon("screen", "Abdullah", "Mahrabi").stderr


def test_read_prints_a_dossier_and_reports_what_there_is_to_look_at() -> None:
    done = cordon("read", str(EXAMPLE))
    assert done.returncode == 1
    for words in (
        "ON THE RECORD",
        "WHAT THE RECORD SAYS",
        "WHAT IS CLAIMED",
        "supported",
        "contradicted",
        "not in 2021",
    ):
        assert words in " ".join(done.stdout.split()), words


def test_read_json_follows_the_contract_and_its_offsets_hold() -> None:
    told = json.loads(cordon("read", str(EXAMPLE), "--json", "--with-text").stdout)
    assert {"document", "record", "mentions", "entities", "claims", "checks"} <= told.keys()
    assert told["document"]["published"] == "2023-02-07"
    text = told["document"]["text"]
    assert all(text[one["start"] : one["end"]] == one["text"] for one in (*told["mentions"], *told["claims"]))
    known = {entity["id"] for entity in told["entities"]}
    for claim in told["claims"]:
        assert {"agent", "object", "recipient", "place", "time", "money", "quantity"} == claim["arguments"].keys()
        assert {*claim["arguments"]["agent"], *claim["arguments"]["object"]} <= known
    assert {check["verdict"] for check in told["checks"]} == {"supported", "contradicted"}


def test_read_takes_standard_input_html_and_several_files(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("<html><body><p>The US sanctioned Abdollah Mehrabi in 2021.</p></body></html>", encoding="utf-8")
    piped = cordon("read", "-", "--published", "2024-03-09", stdin=b"The US sanctioned Abdollah Mehrabi in 2021.")
    assert (piped.returncode, "supported" in piped.stdout) == (1, True)
    both = json.loads(cordon("read", str(page), str(EXAMPLE), "--json").stdout)
    assert [one["document"]["name"] for one in both] == [str(page), str(EXAMPLE)]


def test_read_of_a_text_without_anybody_listed_exits_0() -> None:
    assert cordon("read", "-", stdin=b"The bakery in the village opens at seven.").returncode == 0


def test_read_writes_one_page(tmp_path: Path) -> None:
    out = tmp_path / "dossier.html"
    done = cordon("read", str(EXAMPLE), "--html", str(out))
    assert done.returncode == 1
    assert out.read_text(encoding="utf-8").startswith("<!doctype html>")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("read", "no-such-report.txt"), ("no-such-report.txt", "no such file")),
        (("read", "{folder}"), ("is a folder",)),
        (("read", "{empty}"), ("empty.txt", "is empty")),
        (("read", "{binary}"), ("binary.bin", "binary")),
        (("read", "{example}", "--as-of", "7 February"), ("--as-of", "YYYY-MM-DD")),
        (("read", "{example}", "--as-of", "2023-02-30"), ("--as-of", "YYYY-MM-DD")),
        (("read", "{example}", "--html", "{folder}"), ("cannot be written",)),
        (("read", "{example}", "--policy", "onbording"), ("did you mean onboarding",)),
        (("screen", "X Y", "--birth-date", "22/12/61"), ("--birth-date", "YYYY-MM-DD")),
        (("screen", "X Y", "--country", "Atlantis"), ("--country", "Atlantis")),
        (("screen", "X Y", "--schema", "Persn"), ("--schema", "did you mean Person")),
        (("screen", "X Y", "--source", "us-ofac"), ("--source", "us-ofac-sdn")),
        (("screen", "..."), ("nothing to screen",)),
        (("screen",), ("NAME",)),
        (("scren", "X"), ("did you mean screen",)),
        (("screen", "X", "--polcy", "y"), ("--policy",)),
    ],
)
def test_a_mistake_is_one_line_with_what_and_where_and_exit_status_2(
    tmp_path: Path, arguments: tuple[str, ...], words: tuple[str, ...]
) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "binary.bin").write_bytes(bytes(range(256)))
    places = {
        "folder": str(tmp_path),
        "empty": str(tmp_path / "empty.txt"),
        "binary": str(tmp_path / "binary.bin"),
        "example": str(EXAMPLE),
    }
    done = cordon(*(word.format(**places) for word in arguments))
    assert done.returncode == 2
    assert len(done.stderr.strip().splitlines()) == 1
    assert "Traceback" not in done.stderr
    for word in words:
        assert word in done.stderr


def test_output_has_no_colour_in_a_pipe_and_a_closed_pipe_is_quiet() -> None:
    assert "\x1b[" not in cordon("read", str(EXAMPLE)).stdout
    done = subprocess.run(
        f'"{sys.executable}" -m cordon read "{EXAMPLE}" --json | head -c 10',
        shell=True,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.stderr == ""


def test_names_that_look_like_markup_are_shown_as_they_are() -> None:
    assert "Foo [aka Bar] [/]" in cordon("screen", "Foo [aka Bar] [/]").stdout


def test_control_and_direction_characters_do_not_reach_the_terminal() -> None:
    shown = cordon("screen", "Jane\x1b[31m \u202eMiller").stdout
    assert "\x1b" not in shown
    assert "\u202e" not in shown


def test_help_shows_examples_to_paste_each_on_its_own_line() -> None:
    shown = cordon("screen", "--help").stdout
    assert '\n    cordon screen "Abdullah Mahrabi"\n' in shown


def test_every_command_and_option_is_documented() -> None:
    page = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    context = cli.make_context("cordon", ["--version"], resilient_parsing=True)
    for name in cli.list_commands(context):
        command = cli.get_command(context, name)
        assert command is not None
        assert f"## cordon {name}" in page
        parts = list(command.commands.values()) if isinstance(command, click.Group) else [command]
        assert all(f"cordon {name} {part.name}" in page for part in parts if part is not command)
        for parameter in (parameter for part in parts for parameter in part.params):
            for option in (word for word in parameter.opts if word.startswith("--")):
                assert f"`{option}" in page, (name, option)


def test_the_commands_in_the_readme_run() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    shown = re.findall(r"^cordon (screen|read) (.+)$", text, re.MULTILINE)
    assert shown
    for command, rest in shown:
        done = subprocess.run(
            f'"{sys.executable}" -m cordon {command} {rest}',
            shell=True,
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode in (0, 1), (rest, done.stderr)
