"""Names as tokens: titles, legal forms, initials and particles are told apart from words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cordon.names.places import country_code, country_names, gazetteer
from cordon.names.rarity import LEAST, token_weight
from cordon.names.tokens import base_form, fold, tokenise


def kinds(name: str, *, person: bool = False) -> list[tuple[str, str]]:
    return [(token.key, token.kind) for token in tokenise(name, person=person)]


def test_titles_before_a_person_are_titles() -> None:
    assert kinds("Brigadier General Abdollah Mehrabi", person=True) == [
        ("brigadier", "title"),
        ("general", "title"),
        ("abdollah", "word"),
        ("mehrabi", "word"),
    ]


def test_a_name_that_is_only_a_title_is_still_a_name() -> None:
    assert kinds("General", person=True) == [("general", "word")]


def test_legal_forms_are_forms_and_a_name_of_forms_alone_is_words() -> None:
    assert kinds("Baharestan Kish Co., Ltd")[-2:] == [("co", "form"), ("ltd", "form")]
    assert {kind for _, kind in kinds("Company Limited")} == {"word"}


def test_initials_and_particles_are_told() -> None:
    assert kinds("V. bin Salman", person=True) == [("v", "initial"), ("bin", "particle"), ("salman", "word")]


@pytest.mark.parametrize(
    ("one", "other"), [("industries", "industry"), ("organisation", "organization"), ("centre", "center")]
)
def test_plural_and_british_spelling_are_folded(one: str, other: str) -> None:
    assert base_form(one) == base_form(other)


def test_rare_words_weigh_more_than_common_ones() -> None:
    rare, common = token_weight("damavandian", {}, 100), token_weight("mohammad", {}, 100)
    assert LEAST <= common < 0.5 < rare <= 1.0


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Iran", "ir"),
        ("Islamic Republic of Iran", "ir"),
        ("Russian", "ru"),
        ("IR", "ir"),
        ("U.S.", "us"),
        ("Atlantis", None),
    ],
)
def test_countries_are_known_by_name_adjective_and_code(text: str, code: str | None) -> None:
    assert country_code(text) == code


def test_no_state_or_nationality_word_stands_for_two_countries() -> None:
    for key, places in gazetteer().items():
        states = {place.country for place in places if place.kind in ("state", "demonym")}
        assert len(states) <= 1, key
    assert len(country_names()) > 200


@given(st.text(max_size=60))
def test_folding_never_fails_and_is_stable(text: str) -> None:
    assert fold(fold(text)) == fold(text)
