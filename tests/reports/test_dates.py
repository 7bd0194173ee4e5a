"""Dates keep their precision and are resolved against the report's own date."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cordon.reports.dates import find_dates, whole_date

PUBLISHED = "2023-02-07"  # a Tuesday


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("sanctioned in 2021, after", "2021-01-01", "2021-12-31"),
        ("in early January they", "2023-01-01", "2023-01-31"),
        ("In December, the White House", "2022-12-01", "2022-12-31"),
        ("on 12 December 2022", "2022-12-12", "2022-12-12"),
        ("on December 12, 2022", "2022-12-12", "2022-12-12"),
        ("on Feb. 2, 2024", "2024-02-02", "2024-02-02"),
        ("07/February/2023", "2023-02-07", "2023-02-07"),
        ("on 2022-11-15", "2022-11-15", "2022-11-15"),
        ("on 15.11.2022", "2022-11-15", "2022-11-15"),
        ("in November 2022", "2022-11-01", "2022-11-30"),
        ("last week", "2023-01-30", "2023-02-05"),
        ("last July", "2022-07-01", "2022-07-31"),
        ("on Monday", "2023-02-06", "2023-02-06"),
        ("yesterday", "2023-02-06", "2023-02-06"),
        ("two years ago", "2021-01-01", "2021-12-31"),
        ("last year", "2022-01-01", "2022-12-31"),
        ("in the second half of 2022", "2022-07-01", "2022-12-31"),
        ("the 1990s", "1990-01-01", "1999-12-31"),
    ],
)
def test_a_date_is_the_range_of_days_it_can_mean(text: str, first: str, last: str) -> None:
    (found,) = find_dates(text, published=PUBLISHED)
    assert (found.first, found.last) == (first, last)


@pytest.mark.parametrize(
    "text", ["the 16th package", "6,000 drones", "he may go", "$2021", "a march on the city", "31 February 2022"]
)
def test_what_is_no_date_is_not_taken_for_one(text: str) -> None:
    assert find_dates(text, published=PUBLISHED) == []


def test_since_opens_a_period_and_a_future_month_is_the_next_one() -> None:
    assert find_dates("since 2014", published=PUBLISHED)[0].since
    assert find_dates("will open in May", published=PUBLISHED, ahead=True)[0].first == "2023-05-01"


def test_without_a_date_of_the_report_a_relative_date_stays_unresolved() -> None:
    (found,) = find_dates("last week", published=None)
    assert (found.text, found.first) == ("last week", None)


@pytest.mark.parametrize(
    "line",
    [
        "Tuesday 07/February/2023 - 01:03 AM",
        "February 7, 2023",
        "Feb. 7, 2023 at 10:30 am EST",
        "2023-02-07T10:00:00Z",
        "7th Feb 2023",
        "07.02.2023",
    ],
)
def test_the_date_of_a_report_is_read_in_the_ways_sites_print_it(line: str) -> None:
    assert whole_date(line) == "2023-02-07"


def test_a_sentence_with_a_date_in_it_is_not_the_date_of_the_report() -> None:
    assert whole_date("He arrived on 7 February 2023 in Moscow") is None


@given(st.text(max_size=200))
def test_any_text_is_read_and_every_span_is_its_own_text(text: str) -> None:
    for found in find_dates(text, published=PUBLISHED):
        assert text[found.start : found.end] == found.text
