"""Unicode hygiene: what a person sees is what gets compared."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cordon.names.text import clean, script_of, unmask, words


@pytest.mark.parametrize(
    ("written", "seen"),
    [
        ("Meh\u200brabi", "Mehrabi"),
        ("\u202eMehrabi\u202c", "Mehrabi"),
        ("Ｍｅｈｒａｂｉ", "Mehrabi"),
        ("Meh\u00adrabi", "Mehrabi"),
        ("O\u2019Neil  \t Jr", "O'Neil Jr"),
        ("Shahed\u2011136", "Shahed-136"),
    ],
)
def test_what_cannot_be_seen_is_gone(written: str, seen: str) -> None:
    assert clean(written) == seen


def test_letters_faked_from_another_script_are_folded_but_whole_words_are_left() -> None:
    assert unmask("Mеhrаbi") == "Mehrabi"
    assert unmask("Мехраби") == "Мехраби"


@pytest.mark.parametrize(("text", "script"), [("Qods", "LATIN"), ("قدس", "ARABIC"), ("Кудс", "CYRILLIC"), ("12-3", "")])
def test_the_script_of_a_text_is_that_of_most_letters(text: str, script: str) -> None:
    assert script_of(text) == script


def test_a_possessive_is_no_part_of_a_word() -> None:
    assert words("Iran's Qods") == ["Iran", "Qods"]


@given(st.text(max_size=60))
def test_cleaning_twice_changes_nothing(text: str) -> None:
    assert clean(clean(text)) == clean(text)
