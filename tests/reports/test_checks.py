"""Checks: a claim about sanctions held against the dates of the starter record."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from cordon.reports import Dossier

ReadText = Callable[..., Dossier]


def verdicts(dossier: Dossier) -> dict[str, str]:
    return {dossier.cast.get(check.about).caption: check.verdict for check in dossier.checks}


@pytest.mark.parametrize(
    ("text", "verdict"),
    [
        ("The US sanctioned Abdollah Mehrabi in 2021.", "supported"),
        ("The US sanctioned Abdollah Mehrabi in October 2021.", "supported"),
        ("The US sanctioned Abdollah Mehrabi on 29 October 2021.", "supported"),
        ("The US sanctioned Abdollah Mehrabi on 30 October 2021.", "contradicted"),
        ("The US sanctioned Abdollah Mehrabi in 2022.", "contradicted"),
        ("The EU sanctioned Abdollah Mehrabi in 2022.", "supported"),
        ("The EU sanctioned Abdollah Mehrabi in 2021.", "contradicted"),
        ("The U.S. Treasury Department blacklisted Abdollah Mehrabi in 2021.", "supported"),
        ("Abdollah Mehrabi was sanctioned in 2022.", "supported"),
        ("Abdollah Mehrabi has been under US sanctions since 2021.", "supported"),
        ("Abdollah Mehrabi has never been sanctioned by the United States.", "contradicted"),
        ("The US sanctioned Iran Air in 2018.", "not on record"),
        ("The US has sanctioned Iran Air.", "supported"),
        ("Canada sanctioned Abdollah Mehrabi in 2022.", "not on record"),
        ("US-sanctioned Abdollah Mehrabi visited Moscow.", "supported"),
        ("OFAC added Abdollah Mehrabi to its SDN List in October 2021.", "supported"),
        ("Abdollah Mehrabi has been on the US sanctions list since 2021.", "supported"),
        ("The EU's sanctions against Abdollah Mehrabi were imposed in 2021.", "contradicted"),
        ("The US and the EU sanctioned Abdollah Mehrabi in 2021.", "contradicted"),
        ("Abdollah Mehrabi has been sanctioned by the US, the EU and the UK.", "supported"),
        ("The US hit Mahan Air with sanctions in 2011.", "supported"),
        ("Iran's Mahan Air, blacklisted by the US since 2011, flew to Moscow.", "supported"),
        ("The Treasury sanctioned six people, including Abdollah Mehrabi, in 2021.", "supported"),
        ("The EU has removed Amir Ali Hajizadeh from its sanctions list.", "contradicted"),
        ("The US sanctioned Jane Miller in 2021.", "not on record"),
        ("The US imposed sanctions on Ghassem Damavandian in 2021.", "contradicted"),
        ("The US imposed sanctions on Ghassem Damavandian last year.", "supported"),
        ("Qods Aviation Industries has been under UN sanctions since 2007.", "contradicted"),
        ("The UN lifted sanctions on Qods Aviation Industries in October 2023.", "supported"),
        ("The EU lifted sanctions on Qods Aviation Industries in 2023.", "contradicted"),
    ],
)
def test_the_record_decides(read_text: ReadText, text: str, verdict: str) -> None:
    assert list(verdicts(read_text(text)).values()) == [verdict]


def test_a_claim_about_two_people_is_checked_person_by_person(read_text: ReadText) -> None:
    dossier = read_text("The US imposed sanctions on Ghassem Damavandian and Abdollah Mehrabi in 2021.")
    assert verdicts(dossier) == {"Ghassem Damavandian": "contradicted", "Abdollah Mehrabi": "supported"}
    told = {dossier.cast.get(check.about).caption: check.because for check in dossier.checks}
    assert "6 January 2023" in told["Ghassem Damavandian"]
    assert "not in 2021" in told["Ghassem Damavandian"]
    assert "29 October 2021" in told["Abdollah Mehrabi"]


def test_a_surname_is_a_person_even_before_the_full_name(read_text: ReadText) -> None:
    text = "London sanctioned Mehrabi on 13 December 2022. Abdollah Mehrabi said it meant nothing."
    assert verdicts(read_text(text)) == {"Abdollah Mehrabi": "supported"}


def test_a_claim_about_two_authorities_needs_both_and_says_which_fails(read_text: ReadText) -> None:
    (check,) = read_text("The US and the EU sanctioned Abdollah Mehrabi in 2021.").checks
    assert "US OFAC listed Abdollah Mehrabi on 29 October 2021." in check.because
    assert "12 December 2022, not in 2021" in check.because


def test_a_listing_after_the_report_does_not_support_it(read_text: ReadText) -> None:
    text = "The US has sanctioned Ghassem Damavandian."
    assert list(verdicts(read_text(text, published="2022-06-01")).values()) == ["contradicted"]
    assert list(verdicts(read_text(text, published="2023-06-01")).values()) == ["supported"]


def test_as_of_hides_what_the_record_learned_later(read_text: ReadText) -> None:
    text = "The US sanctioned Ghassem Damavandian in 2023."
    assert list(verdicts(read_text(text, as_of="2022-12-31")).values()) == ["not on record"]


def test_plans_and_possibilities_are_not_checked(read_text: ReadText) -> None:
    assert read_text("The US may sanction Abdollah Mehrabi. The EU will sanction Ghassem Damavandian.").checks == ()


def test_not_on_record_names_what_was_looked_at(read_text: ReadText) -> None:
    (check,) = read_text("The US sanctioned Jane Miller in 2021.").checks
    assert "cordon-starter of" in check.because
