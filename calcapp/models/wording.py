"""How one person reads and writes: dates in their zone and style, numbers with their decimal mark."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from calcapp import engine

DATE_STYLES = {"iso": "%Y-%m-%d", "day": "%d.%m.%Y", "month": "%m/%d/%Y"}


def zone_of(person) -> ZoneInfo:
    return ZoneInfo(getattr(person, "time_zone", "UTC"))


def moment(at: datetime, person) -> str:
    """A time in the reader's own zone and style."""
    return at.astimezone(zone_of(person)).strftime(f"{DATE_STYLES[getattr(person, 'date_style', 'iso')]} %H:%M")


def day(at: datetime, person) -> str:
    return at.astimezone(zone_of(person)).strftime(DATE_STYLES[getattr(person, "date_style", "iso")])


def example_day(person) -> str:
    return date(2026, 10, 23).strftime(DATE_STYLES[getattr(person, "date_style", "iso")])


def written(canonical: str, person) -> str:
    """An answer or expression as this person would type it."""
    return engine.rewrite(canonical, decimal_comma=True) if getattr(person, "decimal_comma", False) else canonical
