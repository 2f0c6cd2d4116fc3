"""Dates follow the Gregorian calendar, also where it is awkward."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calcapp.engine import Known, UnitMismatch, evaluate
from calcapp.engine.dates import NoSuchDay, apart, day, days_between, later, weekday


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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-11-23 - 1990-05-17 to years months days", "36 yr 6 mo 6 d"),
        ("2026-11-23 - 1990-05-17 to days and years", "36 yr 190 d"),
        ("2026-11-23 - 1990-05-17 to months days", "438 mo 6 d"),
        ("2026-12-08 - 2026-10-30 to months weeks days", "1 mo 1 wk 1 d"),
        ("1990-05-17 - 2026-11-23 to years months days", "-36 yr 6 mo 6 d"),
        ("2025-02-28 - 2024-02-29 to years days", "1 yr"),
        ("2024-02-29 - 2023-02-28 to years months days", "1 yr 1 d"),
        ("2024-03-31 - 2024-02-29 to months days", "1 mo 2 d"),
        ("2024-01-01 - 2024-01-01 to months days", "0 d"),
        ("days between 2000-01-31 and 2000-03-01 to months days", "1 mo 1 d"),
        ("2026-12-25 - 2026-11-23 to weeks days", "4 wk 4 d"),
        ("2026-11-23 - 1990-05-17 to years months", "36 yr 6 mo 6 d"),
        ("2026-11-23 - 1990-05-17 to years weeks", "36 yr 27 wk 1 d"),
        ("years between 1990-05-17 and 2024-05-17", "34 yr"),
        ("months from 2024-01-01 to 2024-12-25", "11 mo 24 d"),
    ],
)
def test_what_lies_between_two_days_is_counted_by_the_calendar(text, expected):
    result = evaluate(text)
    assert result.answer == expected
    assert evaluate(result.read).answer == expected
    assert evaluate("#1", known=Known(records={1: result.value})).answer == expected


@given(st.dates(date(1, 1, 1), date(9000, 1, 1)), st.dates(date(1, 1, 1), date(9000, 1, 1)), st.sampled_from([1, 12]))
def test_so_many_months_and_days_lead_from_one_day_to_the_other(one, other, by):
    first, second = sorted((one, other))
    times, days = apart(first, second, by)
    assert times >= 0
    assert days >= 0
    assert later(later(first, months=times * by), days=days) == second
    assert later(first, months=(times + 1) * by) > second


def test_the_first_and_the_last_of_several_days_are_days():
    assert evaluate("max(2024-01-01, 2024-12-25, 2024-02-29)").answer == "2024-12-25"
    assert evaluate("min(2024-12-25, 2024-01-01) + 1 day").answer == "2024-01-02"
    with pytest.raises(UnitMismatch, match="compared with days only"):
        evaluate("max(2024-01-01, 5)")


@pytest.mark.parametrize("text", ["100 days to months days", "x = 2026-12-25 - 2026-11-23; x to months days"])
def test_days_that_lie_nowhere_have_no_months(text):
    with pytest.raises(UnitMismatch):
        evaluate(text)
