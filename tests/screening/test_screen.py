"""Screening against the starter record."""

from __future__ import annotations

import pytest

from cordon.errors import InputError, RecordError
from cordon.model import Outcome, Subject
from cordon.record import Record
from cordon.screening import POLICIES, Screening, policy_named, screen
from cordon.screening.screen import MAX_NAME

TODAY = "2026-11-22"


def screened(record: Record, *names: str, as_of: str = TODAY, policy: str = "onboarding") -> Screening:
    return screen(Subject(names=names), record, policy=policy_named(policy), as_of=as_of)


@pytest.mark.parametrize(
    "name",
    [
        "Abdullah Mahrabi",
        "MEHRABI, Abdollah",
        "Mehrabi Abdollah",
        "عبدالله محرابی",
        "عبدالله محرابي",
        "Abdollah\u200b Mehrabi",
        "Brig. Gen. Abdollah Mehrabi",
    ],
)
def test_mehrabi_is_found_under_every_spelling(record: Record, name: str) -> None:
    found = screened(record, name)
    assert found.outcome is Outcome.MATCH
    assert found.matches[0].entity.id == "us-ofac-sdn:33596"


@pytest.mark.parametrize(
    ("name", "caption"),
    [
        ("Quds Aviation Industry", "Qods Aviation Industries"),
        (
            "Research and Self-Sufficiency Jihad Organization",
            "Islamic Revolutionary Guard Corps Research and Self-Sufficiency",
        ),
        ("Qasem Damavandian", "Ghassem Damavandian"),
        ("Шагивалеев Тимур Наилевич", "Timur Nailevich Shagivaleev"),
        ("HESA Trade Centre", "Iran Aircraft Manufacturing Industrial Company"),
    ],
)
def test_names_that_no_alias_spells_so_are_found(record: Record, name: str, caption: str) -> None:
    assert screened(record, name).matches[0].entity.caption.startswith(caption)


@pytest.mark.parametrize(
    "name",
    ["Jane Miller", "Ali Karimi", "Reza Ahmadi", "Aviation Industries", "General Trading LLC", "Abdullah", "山田太郎"],
)
def test_clean_and_common_names_raise_no_match(record: Record, name: str) -> None:
    assert screened(record, name).outcome is not Outcome.MATCH


def test_an_initial_or_a_surname_alone_is_for_review_at_most(record: Record) -> None:
    assert screened(record, "A. Mehrabi").outcome is Outcome.REVIEW
    assert screened(record, "Mehrabi").outcome is not Outcome.MATCH


def test_jane_miller_is_clear(record: Record) -> None:
    assert screened(record, "Jane Miller").outcome is Outcome.CLEAR


def test_the_day_decides_who_is_listed(record: Record) -> None:
    before, after = (screened(record, "Ghassem Damavandian", as_of=day) for day in ("2023-01-05", "2023-01-06"))
    assert before.outcome is Outcome.CLEAR
    assert [match.entity.caption for match in before.not_in_force] == ["Ghassem Damavandian"]
    assert after.outcome is Outcome.MATCH


def test_only_the_lists_in_scope_count(record: Record) -> None:
    from msgspec.structs import replace

    policy = replace(policy_named("onboarding"), sources=("ca-sema",))
    assert screen(Subject(names=("Abdollah Mehrabi",)), record, policy=policy, as_of=TODAY).outcome is Outcome.CLEAR
    found = screen(Subject(names=("Ghassem Damavandian",)), record, policy=policy, as_of=TODAY)
    assert {listing.source for listing in found.matches[0].listings} == {"ca-sema"}


def test_a_weak_alias_alone_is_for_review_unless_the_policy_says_so(record: Record) -> None:
    assert screened(record, "Seatha Murugiah").outcome is Outcome.REVIEW
    assert screened(record, "Seatha Murugiah", policy="investigation").outcome is Outcome.MATCH


def test_an_identifier_alone_is_enough(record: Record) -> None:
    subject = Subject(names=(), identifiers=("0052944492",))
    found = screen(subject, record, policy=policy_named("onboarding"), as_of=TODAY)
    assert [match.entity.caption for match in found.matches] == ["Ghassem Damavandian"]


def test_each_match_gives_its_evidence_token_by_token(record: Record) -> None:
    evidence = screened(record, "Abdullah Mahrabi").matches[0].evidence[0]
    assert evidence.feature == "name"
    assert {pair[:2] for pair in evidence.tokens} == {("abdullah", "abdollah"), ("mahrabi", "mehrabi")}


def test_matches_come_best_first_and_the_same_every_time(record: Record) -> None:
    first, second = (screened(record, "Islamic Revolutionary Guard Corps") for _ in range(2))
    assert first == second
    scores = [match.score for match in first.matches]
    assert scores == sorted(scores, reverse=True)


@pytest.mark.parametrize("name", ["", " ", "...", "\u200b", "🙂", "x" * (MAX_NAME + 1)])
def test_a_name_with_nothing_to_screen_is_a_clear_error(record: Record, name: str) -> None:
    with pytest.raises(InputError):
        screened(record, name)


def test_screening_against_nothing_is_an_error() -> None:
    with pytest.raises(RecordError):
        screened(Record([]), "Jane Miller")


def test_an_unknown_policy_names_the_nearest() -> None:
    with pytest.raises(InputError, match="onboarding"):
        policy_named("onbording")
    assert all(policy.review < policy.match for policy in POLICIES.values())
