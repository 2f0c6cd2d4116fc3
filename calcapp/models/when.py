"""Words that say when: `October`, `2026`, `oct 2025`, `2026-10`, `2026-10-23`, `yesterday`, `last week`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
NUMERIC = re.compile(r"(?P<year>(?:19|20)\d\d)(?:-(?P<month>0?[1-9]|1[0-2])(?:-(?P<day>0?[1-9]|[12]\d|3[01]))?)?")
STYLED = {
    "day": re.compile(r"(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{4})"),
    "month": re.compile(r"(?P<month>\d{1,2})/(?P<day>\d{1,2})/(?P<year>\d{4})"),
}


@dataclass(frozen=True)
class Span:
    """From the first day to the last, both included."""

    first: date
    last: date

    def begins(self, zone: ZoneInfo) -> datetime:
        return datetime.combine(self.first, time(), zone)

    def ends(self, zone: ZoneInfo) -> datetime:
        """The first moment after it."""
        return datetime.combine(self.last + timedelta(days=1), time(), zone)


def read_when(words: str, today: date, style: str = "iso") -> Span | None:
    """The days that the words mean; None where they are no date. A month without a year is the latest one."""
    parts = words.lower().replace(",", " ").split()
    if (near := RELATIVE.get(" ".join(parts))) is not None:
        return near(today)
    months = [month for part in parts if (month := month_named(part))]
    years = [int(part) for part in parts if re.fullmatch(r"(19|20)\d\d", part)]
    if len(months) == 1 and len(months) + len(years) == len(parts) <= 2:
        year = years[0] if years else today.year - (months[0] > today.month)
        return month_of(year, months[0])
    if len(parts) != 1:
        return None
    found = NUMERIC.fullmatch(parts[0]) or (style in STYLED and STYLED[style].fullmatch(parts[0]))
    return spelt(**found.groupdict()) if found else None


def day_of(day: date) -> Span:
    return Span(day, day)


def week_of(day: date) -> Span:
    """From Monday to Sunday."""
    monday = day - timedelta(days=day.weekday())
    return Span(monday, monday + timedelta(days=6))


def year_of(year: int) -> Span:
    return Span(date(year, 1, 1), date(year, 12, 31))


def month_named(word: str) -> int | None:
    if len(word.rstrip(".")) < 3:
        return None
    return next((place for place, name in enumerate(MONTHS, 1) if name.startswith(word.rstrip("."))), None)


def spelt(year: str, month: str | None, day: str | None) -> Span | None:
    if month is None:
        return year_of(int(year))
    try:
        return month_of(int(year), int(month)) if day is None else Span(*[date(int(year), int(month), int(day))] * 2)
    except ValueError:
        return None


def month_of(year: int, month: int) -> Span:
    following = date(year + month // 12, month % 12 + 1, 1)
    return Span(date(year, month, 1), following - timedelta(days=1))


@lru_cache(256)  # each look of a search asks again
def split_off(text: str, today: date, style: str = "iso") -> tuple[str, Span | None]:
    """`tiles October 2026` is `tiles` and that month: the longest date at the beginning or the end of the text."""
    words = text.split()
    for count in (2, 1):
        for rest, when in ((words[:-count], words[-count:]), (words[count:], words[:count])):
            span = read_when(" ".join(when), today, style) if len(when) == count else None
            if span is not None:
                return " ".join(rest), span
    return text, None


RELATIVE = {
    "today": day_of,
    "yesterday": lambda today: day_of(today - timedelta(days=1)),
    "this week": week_of,
    "last week": lambda today: week_of(today - timedelta(days=7)),
    "this month": lambda today: month_of(today.year, today.month),
    "last month": lambda today: month_of(today.year - (today.month == 1), (today.month - 2) % 12 + 1),
    "this year": lambda today: year_of(today.year),
    "last year": lambda today: year_of(today.year - 1),
}
