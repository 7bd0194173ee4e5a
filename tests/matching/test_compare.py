"""The comparison: what agrees adds, what contradicts subtracts, what is absent does neither."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cordon.matching import compare
from cordon.matching.features import birth_date_weight
from cordon.matching.words import key_similarity
from cordon.model import Entity, Subject

MEHRABI = Entity(
    id="x:1",
    schema="Person",
    caption="Abdollah Mehrabi",
    properties={
        "name": ("Abdollah Mehrabi",),
        "birthDate": ("1961-12-22",),
        "country": ("ir",),
        "idNumber": ("1229632603",),
    },
)
QODS = Entity(id="x:2", schema="Company", caption="Qods", properties={"name": ("Qods Aviation Industries",)})


def score(entity: Entity, *names: str, **known: object) -> float:
    value, _ = compare(Subject(names=names, **known), entity, counts={}, total=100)  # type: ignore[arg-type]
    return value


def test_a_birth_date_that_agrees_adds_one_that_differs_subtracts_absence_does_neither() -> None:
    alone = score(MEHRABI, "Abdullah Mahrabi")
    assert score(MEHRABI, "Abdullah Mahrabi", birth_date=("1961-12-22",)) > alone
    assert score(MEHRABI, "Abdullah Mahrabi", birth_date=("1980-01-01",)) < 0.5 < alone
    nobody = Entity(id="x:3", schema="Person", caption="", properties={"name": ("Abdollah Mehrabi",)})
    assert score(nobody, "Abdullah Mahrabi", birth_date=("1980-01-01",)) == score(nobody, "Abdullah Mahrabi")


def test_a_country_that_agrees_adds_and_one_that_differs_subtracts() -> None:
    alone = score(MEHRABI, "Abdullah Mahrabi")
    assert (
        score(MEHRABI, "Abdullah Mahrabi", country=("ir",))
        > alone
        > score(MEHRABI, "Abdullah Mahrabi", country=("br",))
    )


def test_an_exact_identifier_decides_whatever_its_spacing() -> None:
    assert score(MEHRABI, "A. M.", identifiers=("122-963-2603",)) > 0.9


def test_a_person_is_no_company() -> None:
    assert score(MEHRABI, "Abdollah Mehrabi", schema="Company") < 0.5


def test_another_surname_costs_more_than_a_missing_middle_name() -> None:
    assert score(MEHRABI, "Abdollah Karimi") < 0.1
    assert score(MEHRABI, "Abdollah Reza Mehrabi") > 0.7


def test_one_differing_distinctive_word_makes_another_company() -> None:
    assert score(QODS, "Quds Aviation Industry") > 0.9
    assert score(QODS, "Shahed Aviation Industries") < 0.2
    assert score(QODS, "Aviation Industries") < 0.9


@pytest.mark.parametrize(
    ("left", "right", "alike"),
    [
        ("abdullah", "abdollah", True),
        ("industries", "industry", True),
        ("hasan", "hussein", False),
        ("hesa", "hhs", False),
        ("ali", "alo", False),
    ],
)
def test_words_are_alike_only_when_they_are_one_name(left: str, right: str, alike: bool) -> None:
    assert (key_similarity(left, right) > 0.9) is alike


@pytest.mark.parametrize(
    ("subject", "listed", "sign"),
    [
        ("1961", "1961-12-22", 1),
        ("1961-12-22", "1961-12-22", 1),
        ("1961-05-06", "1961-06-05", 1),
        ("1950", "1961-12-22", -1),
    ],
)
def test_dates_compare_at_the_coarser_precision(subject: str, listed: str, sign: int) -> None:
    assert birth_date_weight(subject, listed)[1] * sign > 0


@given(st.text(max_size=40), st.text(max_size=40))
def test_any_two_names_give_a_probability(one: str, other: str) -> None:
    entity = Entity(id="x", schema="Person", caption="", properties={"name": (other,)})
    assert 0.0 <= score(entity, one) <= 1.0


@given(st.text(alphabet=st.characters(codec="ascii", categories=("Lu", "Ll")), min_size=1, max_size=12))
def test_a_word_is_like_itself_and_likeness_is_symmetric(word: str) -> None:
    key = word.lower()
    assert key_similarity(key, key) == 1.0
    assert key_similarity(key, "mehrabi") == key_similarity("mehrabi", key)
