"""Dates follow the Gregorian calendar, also where it is awkward."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calcapp.engine.dates import NoSuchDay, day, days_between, later, weekday


@pytest.mark.parametrize(
    ("start", "moved", "end"),
    [
        ("2026-11-23", {"days": 90}, "2027-02-21"),
        ("1999-12-31", {"days": 1}, "2000-01-01"),
        ("2024-01-15", {"weeks": 2}, "2024-01-29"),
        ("2023-11-10", {"months": 3}, "2024-02-10"),
        ("2024-01-31", {"months": 1}, "2024-02-29"),
        ("2023-01-31", {"months": 1}, "2023-02-28"),
        ("2024-03-31", {"months": -1}, "2024-02-29"),
        ("2024-02-29", {"years": 1}, "2025-02-28"),
        ("2024-02-29", {"years": -4}, "2020-02-29"),
        ("2024-12-31", {"months": 2, "days": 1}, "2025-03-01"),
        ("0001-02-01", {"months": -1}, "0001-01-01"),
        ("9999-12-30", {"days": 1}, "9999-12-31"),
    ],
)
def test_a_date_moves_by_days_weeks_months_and_years(start, moved, end):
    assert later(date.fromisoformat(start), **moved) == date.fromisoformat(end)


@pytest.mark.parametrize(
    "moved",
    [{"days": 1}, {"months": 1}, {"years": 1}, {"days": 10**30}, {"years": -9999}, {"months": -(10**9)}],
)
def test_the_calendar_ends_with_a_sentence(moved):
    with pytest.raises(NoSuchDay, match=r"0001-01-01 to 9999-12-31"):
        later(date(9999, 12, 31), **moved)


@pytest.mark.parametrize(
    ("parts", "sentence"),
    [
        ((2023, 2, 29), "February 2023 has 28 days"),
        ((2024, 13, 1), "months 1 to 12"),
        ((2024, 4, 31), "April 2024 has 30 days"),
        ((0, 1, 1), "reach from"),
        ((10000, 1, 1), "reach from"),
        ((2024, 1, 0), "January 2024 has 31 days"),
    ],
)
def test_a_day_that_never_was_is_refused(parts, sentence):
    with pytest.raises(NoSuchDay, match=sentence):
        day(*parts)


def test_a_day_is_a_day():
    assert day(2024, 2, 29) == date(2024, 2, 29)
    assert weekday(day(2024, 12, 25)) == "Wednesday"
    assert days_between(day(2020, 10, 15), day(2020, 10, 5)) == -10


@given(st.dates(), st.integers(-3_000_000, 3_000_000))
def test_moving_and_counting_undo_each_other(start, days):
    try:
        end = later(start, days=days)
    except NoSuchDay:
        return
    assert days_between(start, end) == days
    assert later(end, days=-days) == start


@given(st.dates())
def test_every_day_of_the_standard_library_is_a_day(known):
    assert day(known.year, known.month, known.day) == known
    assert later(known.replace(day=1), days=-1).day >= 28
