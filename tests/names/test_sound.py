"""Romanisation and sound keys: spellings of one name meet, other names do not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cordon.names.romanise import romanise
from cordon.names.sound import skeleton


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Abdollah", "Abdullah"),
        ("Abdollah", "عبدالله"),
        ("Abdollah", "عبداله"),
        ("Mehrabi", "محرابی"),
        ("Mehrabi", "محرابي"),
        ("Damavandian", "دماوندیان"),
        ("Ghassem", "قاسم"),
        ("Ghassem", "Qasem"),
        ("Mahmoud", "محمود"),
        ("Parviz", "پرویز"),
        ("Qods", "Quds"),
        ("Qods", "Ghods"),
        ("Hussein", "Hossein"),
        ("Sergei", "Сергей"),
    ],
)
def test_spellings_of_one_name_share_a_skeleton(one: str, other: str) -> None:
    assert skeleton(romanise(one)) == skeleton(romanise(other))


@pytest.mark.parametrize(("one", "other"), [("Mehrabi", "Damavandian"), ("Reza", "Ali"), ("Qods", "Shahed")])
def test_different_names_do_not(one: str, other: str) -> None:
    assert skeleton(romanise(one)) != skeleton(romanise(other))


@given(st.text(max_size=40))
def test_romanised_text_is_plain_lower_case_letters_and_digits(text: str) -> None:
    latin = romanise(text)
    assert latin.isascii() or text.isascii()
    assert latin == latin.lower()
