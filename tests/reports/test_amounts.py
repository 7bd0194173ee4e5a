"""Money and counted things."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cordon.reports.amounts import find_money, find_quantities


@pytest.mark.parametrize(
    ("text", "number", "currency"),
    [
        ("a $1 billion deal", 1e9, "USD"),
        ("worth €2.5m", 2.5e6, "EUR"),
        ("20 million euros", 2e7, "EUR"),
        ("US$ 300,000", 3e5, "USD"),
        ("500 million Russian rubles", 5e8, "RUB"),
    ],
)
def test_money_has_an_amount_and_a_currency(text: str, number: float, currency: str) -> None:
    (found,) = find_money(text)
    assert (found.number, found.currency) == (number, currency)


@pytest.mark.parametrize(
    ("text", "number", "bound", "unit"),
    [
        ("at least 6,000 drones were", 6000, "at least", "drones"),
        ("hundreds of drones", 200, "about", "drones"),
        ("two men", 2, "exactly", "men"),
        ("more than 40 Iranian companies", 40, "at least", "Iranian companies"),
        ("a dozen missiles", 12, "exactly", "missiles"),
    ],
)
def test_a_quantity_has_a_number_a_bound_and_a_unit(text: str, number: float, bound: str, unit: str) -> None:
    (found,) = find_quantities(text)
    assert (found.number, found.bound, found.unit) == (number, bound, unit)


@pytest.mark.parametrize("text", ["two years ago", "the two countries", "one of them is"])
def test_durations_and_states_are_not_counted(text: str) -> None:
    assert find_quantities(text) == []


@given(st.text(max_size=200))
def test_any_text_is_read_and_every_span_is_its_own_text(text: str) -> None:
    for found in (*find_money(text), *find_quantities(text)):
        assert text[found.start : found.end] == found.text
