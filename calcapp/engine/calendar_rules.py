"""What can be done with days: count between them, move them, ask for their weekday."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Sequence

from calcapp.engine import dates
from calcapp.engine.form import Form
from calcapp.engine.integers import whole
from calcapp.engine.mistake import Mistake, OutOfDomain, UnitMismatch
from calcapp.engine.numbers import fmpq
from calcapp.engine.quantity import DAYS, Quantity, described, factor, unit_text
from calcapp.engine.units import find
from calcapp.engine.value import Day, Share, Value, Word

SECONDS_A_DAY = 86_400


def literal(text: str) -> Day:
    return Day(_asked(lambda: dates.day(int(text[:4]), int(text[5:7]), int(text[8:]))))


def _asked(act: Callable[[], datetime.date]) -> datetime.date:
    try:
        return act()
    except dates.NoSuchDay as sentence:
        raise OutOfDomain(str(sentence)) from None


def today(name: str, given: datetime.date | None) -> Day:
    day = given or datetime.datetime.now(datetime.UTC).date()
    return Day(day + datetime.timedelta(days={"yesterday": -1, "tomorrow": 1}.get(name, 0)))


def combined(operator: str, left: Value, right: Value) -> Value:
    """A sum or difference with a day in it."""
    if operator == "-" and isinstance(left, Day) and isinstance(right, Day):
        unit = find("days")
        assert unit is not None  # noqa: S101 - the table holds the day
        return Quantity(fmpq((left.date - right.date).days), ((unit, 1),), DAYS)
    if operator == "+" and isinstance(right, Day):
        left, right = right, left
    if operator not in ("+", "-") or not isinstance(left, Day):
        raise UnitMismatch(
            "Days can be subtracted, and moved by days, weeks, months and years. For a subtraction of numbers, "
            "put spaces around the signs."
        )
    if isinstance(right, Day):
        raise UnitMismatch("Two days cannot be added. Subtract them to get the days between.")
    if not isinstance(right, Quantity):
        raise UnitMismatch("Write what to count behind the number, as in 2026-11-23 + 90 days.")
    return Day(moved(left.date, right, -1 if operator == "-" else 1))


def in_calendar(between: tuple[datetime.date, datetime.date], symbols: list[str]) -> Word | None:
    """`… to years months` counts by the calendar, as ages are counted, down to the day; None for other units."""
    wanted = set(symbols)
    if len(wanted) < 2 or not wanted & {"yr", "mo"} or not wanted <= {"yr", "mo", "wk", "d"}:
        return None
    symbols = [symbol for symbol in ("yr", "mo", "wk", "d") if symbol in wanted | {"d"}]
    later, earlier = between
    sign = "-" if later < earlier else ""
    first, second = sorted(between)
    months = 12 if "mo" not in symbols else 1
    times, days = dates.apart(first, second, months)
    counts = {"d": days}
    if "wk" in symbols:
        counts["wk"], counts["d"] = divmod(days, 7)
    if "mo" not in symbols:
        counts["yr"] = times
    else:
        counts["yr"], counts["mo"] = divmod(times, 12) if "yr" in symbols else (0, times)
    text = " ".join(f"{counts[symbol]} {symbol}" for symbol in ("yr", "mo", "wk", "d") if counts.get(symbol))
    return Word(sign + (text or "0 d"), f"{later} - {earlier} to {' '.join(symbols)}")


MONTHS = {"mo": 1, "yr": 12, "decade": 120, "century": 1_200, "millennium": 12_000}
"""Units that keep the day of the month."""


def moved(date: datetime.date, by: Quantity, direction: int) -> datetime.date:
    name = by.units[0][0].symbol if len(by.units) == 1 and by.units[0][1] == 1 else ""
    number = by.number
    if isinstance(number, Form) or number.height_bits() > 64:
        raise OutOfDomain("Days are counted in whole numbers.")
    if name in MONTHS:
        months = number * MONTHS[name]
        if months.q != 1:
            raise OutOfDomain("Months are counted in whole numbers.")
        return _asked(lambda: dates.later(date, months=direction * int(months.p)))
    if unit_text(by) == "" or described(by) != "a time":
        raise UnitMismatch(f"A day can be moved by days, weeks, months and years, not by {unit_text(by)}.")
    seconds = factor(by.units)
    assert isinstance(seconds, fmpq)  # noqa: S101 - units of time are rational
    days = number * seconds / SECONDS_A_DAY
    if days.q != 1:
        raise OutOfDomain("Days are counted in whole numbers. Times of day are not kept.")
    return _asked(lambda: dates.later(date, days=direction * int(days.p)))


def _day(value: Value, name: str) -> datetime.date:
    if not isinstance(value, Day):
        raise UnitMismatch(f"{name} takes a day, as in {name}(2026-11-23).")
    return value.date


def _int(value: Value, name: str) -> int:
    if isinstance(value, Quantity | Share | Day | Word):
        raise UnitMismatch(f"{name} takes plain whole numbers, as in date(2026, 11, 23).")
    number = whole(value, name)
    if abs(number) > 10**6:
        raise OutOfDomain("Dates reach from 0001-01-01 to 9999-12-31.")
    return int(number)


def _weekday(value: Value) -> Value:
    day = _day(value, "weekday")
    return Word(dates.weekday(day), f"weekday({day.isoformat()})")


def _date(year: Value, month: Value, number: Value) -> Value:
    return Day(_asked(lambda: dates.day(_int(year, "date"), _int(month, "date"), _int(number, "date"))))


def _field(name: str, read: Callable[[datetime.date], int]) -> Callable[[Value], Value]:
    return lambda value: fmpq(read(_day(value, name)))


def _days(first: Value, second: Value) -> Value:
    return combined("-", Day(_day(second, "days")), Day(_day(first, "days")))


def outermost(name: str, values: Sequence[Value]) -> Day:
    """The first or the last of several days."""
    days = [value.date for value in values if isinstance(value, Day)]
    if len(days) < len(values):
        raise UnitMismatch(f"Days are compared with days only, as in {name}(2026-11-23, 2026-12-25).")
    return Day(min(days) if name == "min" else max(days))


FUNCTIONS: dict[str, Callable[..., Value]] = {
    "weekday": _weekday,
    "date": _date,
    "days": _days,
    "year": _field("year", lambda day: day.year),
    "month": _field("month", lambda day: day.month),
    "day": _field("day", lambda day: day.day),
    "dayofyear": _field("dayofyear", lambda day: day.timetuple().tm_yday),
    "week": _field("week", lambda day: day.isocalendar().week),
}

__all__ = ["FUNCTIONS", "Mistake"]
