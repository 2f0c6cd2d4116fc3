"""Days of the proleptic Gregorian calendar, years 1 to 9999: counted, moved and named.

    day(2024, 2, 29) -> datetime.date      raises NoSuchDay with a sentence: "February 2023 has 28 days."
    later(date, days=, weeks=, months=, years=) -> date        negative counts move back
    days_between(first, second) -> int     second - first
    apart(first, second, months) -> (how many times so many months lie between, days left over)
    weekday(date) -> "Thursday"

Months and years keep the day of the month, or take the last one of a shorter month: 31 January + 1 month is
the last of February. All counts are whole numbers; what leaves the years 1 to 9999 raises NoSuchDay.
"""

from __future__ import annotations

from datetime import date, timedelta

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
BEYOND = "Dates reach from 0001-01-01 to 9999-12-31."
# More days, or months, than there are between the first date and the last.
TOO_MANY = 4_000_000


class NoSuchDay(ValueError):
    """The sentence says which days there are."""


def day(year: int, month: int, number: int) -> date:
    if not 1 <= year <= 9999:
        raise NoSuchDay(BEYOND)
    if not 1 <= month <= 12:
        raise NoSuchDay(f"A year has months 1 to 12, not {month}. Write dates as year-month-day.")
    last = _length(year, month)
    if not 1 <= number <= last:
        raise NoSuchDay(f"{MONTHS[month - 1]} {year} has {last} days.")
    return date(year, month, number)


def later(start: date, *, days: int = 0, weeks: int = 0, months: int = 0, years: int = 0) -> date:
    """Years and months move first, then weeks and days."""
    if max(map(abs, (days, weeks, months, years))) > TOO_MANY:
        raise NoSuchDay(BEYOND)
    year, month = divmod(start.year * 12 + start.month - 1 + months + 12 * years, 12)
    if not 1 <= year <= 9999:
        raise NoSuchDay(BEYOND)
    moved = date(year, month + 1, min(start.day, _length(year, month + 1)))
    try:
        return moved + timedelta(days=days + 7 * weeks)
    except OverflowError:
        raise NoSuchDay(BEYOND) from None


def apart(first: date, second: date, by: int) -> tuple[int, int]:
    """How many times `by` months fit between two days, the earlier one first, and the days left over."""
    times = ((second.year - first.year) * 12 + second.month - first.month) // by
    if later(first, months=times * by) > second:
        times -= 1
    return times, (second - later(first, months=times * by)).days


def days_between(first: date, second: date) -> int:
    return (second - first).days


def weekday(of: date) -> str:
    return WEEKDAYS[of.weekday()]


def _length(year: int, month: int) -> int:
    """How many days a month has. A century is a leap year where 400 divides it (Inter gravissimas, 1582)."""
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if month in (4, 6, 9, 11) else 31
