"""Whole reports: the reference article, the two examples, and texts made to break a reader."""

from __future__ import annotations

import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cordon.record import Record, starter_record
from cordon.reports import Dossier, load_document, read
from cordon.reports.dossier import dossier_dict
from cordon.reports.page import page
from cordon.screening import policy_named

EXAMPLES = Path(__file__).resolve().parents[2] / "examples"
ReadText = Callable[..., Dossier]


def dossier_of(path: Path, record: Record) -> Dossier:
    return read(load_document(path.read_bytes(), name=path.name), record, policy=policy_named("onboarding"))


def told(dossier: Dossier) -> dict[str, list[dict[str, object]]]:
    """Return the claims by predicate with captions for ids."""
    found: dict[str, list[dict[str, object]]] = {}
    for claim in dossier.claims:
        row: dict[str, object] = {
            name: [dossier.cast.get(key).caption for key in getattr(claim, name)]
            for name in ("agent", "object", "recipient")
        }
        row |= {"modality": claim.modality, "polarity": claim.polarity, "claim": claim}
        found.setdefault(claim.predicate, []).append(row)
    return found


@pytest.fixture(scope="module", params=["reference", "example"])
def drone_factory(request: pytest.FixtureRequest, record: Record) -> Dossier:
    if request.param == "example":
        return dossier_of(EXAMPLES / "drone-factory-report.txt", record)
    folder = request.getfixturevalue("shared")
    return dossier_of(folder / "reports" / "2023-02-07_the-reference.txt", record)


def test_the_delegation_is_found_with_roles_and_bodies(drone_factory: Dossier) -> None:
    linked = {actor.linked.entity.id: actor for actor in drone_factory.actors if actor.linked is not None}
    mehrabi, damavandian = linked["us-ofac-sdn:33596"], linked["us-ofac-sdn:40416"]
    assert any("Research and Self-Sufficiency Jihad Organization" in role for role in mehrabi.roles)
    assert "Brigadier General" in mehrabi.roles
    assert any(role.endswith("Quds Aviation Industry") for role in damavandian.roles)
    assert linked["us-ofac-sdn:16418"].caption == "Quds Aviation Industry"
    assert "us-ofac-sdn:22692" in linked


def test_amounts_and_dates_are_read(drone_factory: Dossier) -> None:
    values = list(drone_factory.values.values())
    shown = {(getattr(one, "number", None), getattr(one, "currency", None)) for one in values}
    assert {(6000.0, ""), (1e9, "USD")} <= shown
    months = {str(getattr(one, "first", ""))[:7] for one in values}
    assert {"2023-01", "2022-12"} <= months


def test_moods_and_denials_are_read(drone_factory: Dossier) -> None:
    claims = told(drone_factory)
    negative = [row for row in claims["supply"] if row["polarity"] == "negative"]
    assert [row["object"] for row in negative] == [["ballistic missiles"]]
    assert any(row["modality"] == "expected" and row["object"] == ["Shahed-136 drone"] for row in claims["produce"])
    assert any(row["modality"] == "planned" and row["object"] == ["drone factory"] for row in claims["build"])
    assert claims["connect"][0]["agent"] in (["Russia", "Iran"], ["Iran", "Russia"])


def test_the_half_wrong_sentence_is_half_wrong(drone_factory: Dossier) -> None:
    verdicts = {drone_factory.cast.get(check.about).caption: check for check in drone_factory.checks}
    assert verdicts["Abdollah Mehrabi"].verdict == "supported"
    assert "29 October 2021" in verdicts["Abdollah Mehrabi"].because
    assert verdicts["Ghassem Damavandian"].verdict == "contradicted"
    assert "6 January 2023" in verdicts["Ghassem Damavandian"].because


def test_a_second_report_with_other_people_dates_and_authorities(record: Record) -> None:
    dossier = dossier_of(EXAMPLES / "shipping-network-report.txt", record)
    assert dossier.document.published == "2024-03-09"
    verdicts = {(dossier.cast.get(check.about).caption, check.verdict) for check in dossier.checks}
    assert verdicts == {
        ("Yousef Aboutalebi", "supported"),
        ("Yousef Aboutalebi", "not on record"),
        ("Paravar Pars Company", "supported"),
        ("Sarmad Electronic Sepahan Company", "supported"),
        ("Hossein Shamsabadi", "supported"),
        ("Ali Reza Balali", "contradicted"),
        ("Qods Aviation Industries", "contradicted"),
        ("Jane Miller", "not on record"),
    }
    (purchase,) = told(dossier)["buy"]
    assert (purchase["agent"], purchase["modality"]) == (["Alabuga"], "possible")
    denied = next(row for row in told(dossier)["supply"] if row["polarity"] == "negative")
    assert denied["agent"] == ["Paravar Pars Company"]


def test_every_offset_is_the_text_at_that_place(shared: Path, record: Record) -> None:
    for path in [*EXAMPLES.glob("*.txt"), *(shared / "reports").glob("*.txt")]:
        shown = dossier_dict(dossier_of(path, record), with_text=True)
        text = shown["document"]["text"]
        for span in (*shown["mentions"], *shown["claims"]):
            assert text[span["start"] : span["end"]] == span["text"]


@settings(max_examples=40, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            [
                "Iran",
                "sanctioned",
                "(",
                "”",
                "Abdollah Mehrabi",
                "in 2021",
                ",",
                "was",
                "by",
                "\n\n",
                "the US",
                "\u202e",
                "’s",
                "drones",
                "to",
                ".",
            ]
        ),
        max_size=40,
    )
)
def test_no_order_of_words_breaks_the_reader(words: list[str]) -> None:
    text = "X " + " ".join(words)
    dossier = read(load_document(text.encode()), starter_record(), policy=policy_named("onboarding"))
    for claim in dossier.claims:
        assert dossier.document.text[claim.start : claim.end] == claim.text


@pytest.mark.parametrize(
    "text",
    [
        "(" * 20_000 + "a",
        "A" * 50_000,
        "a b " * 20_000,
        "Iran " * 5_000,
        "Mr. " * 5_000,
        "“" * 5_000 + "x",
        "1,000 " * 5_000,
    ],
)
def test_hostile_texts_end_in_bounded_time(read_text: ReadText, text: str) -> None:
    assert read_text(text).document.text


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def test_the_page_is_self_contained_and_runs_nothing(read_text: ReadText) -> None:
    dossier = read_text('The US sanctioned Abdollah Mehrabi in 2021, <script>alert(1)</script> & "quotes" said.')
    shown = page(dossier)
    tags = _Tags()
    tags.feed(shown)
    assert not {"script", "link", "img", "iframe", "object"} & {tag for tag, _ in tags.found}
    assert all((attrs.get("href") or "#").startswith("#") for _, attrs in tags.found)
    assert not any(name.startswith("on") for _, attrs in tags.found for name in attrs)
    assert "default-src 'none'" in shown
    assert "&lt;script&gt;" in shown
    ids = re.findall(r'\bid="([^"]+)"', shown)
    assert len(ids) == len(set(ids))
    assert set(re.findall(r'href="#([^"]+)"', shown)) <= set(ids)


def test_the_page_shows_the_whole_text_once(read_text: ReadText) -> None:
    dossier = read_text("Iran supplied hundreds of drones to Russia in 2022.")
    body = page(dossier).split('<div class="text" dir="auto">')[1].split("</div>")[0]
    bare = re.sub(r"<sup>.*?</sup>|<[^>]+>", "", body)
    assert bare == dossier.document.text
