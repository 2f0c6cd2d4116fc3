"""Days as people write them: with the month's name, or with signs that mean something else in a calculation."""

from __future__ import annotations

import re

from calcapp.engine.characters import HYPHENS, HYPHENS_PLAIN
from calcapp.engine.mistake import SyntaxMistake
from calcapp.engine.pattern import Pattern
from calcapp.engine.token import Token

MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
BEGINS_MONTH = frozenset("JFMASONDjfmasond")
_MONTH = (
    r"(jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|"
    r"nov(?:ember)?|dec(?:ember)?)\b\.?"
)
_NUMBER = r"(\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(\d{4})(?![\d.,]*\d)"
_DAY_FIRST = Pattern(rf"{_NUMBER}\.?\s+(?:of\s+)?{_MONTH},?\s+{_YEAR}", re.ASCII | re.IGNORECASE)
_MONTH_FIRST = Pattern(rf"{_MONTH}\s+{_NUMBER},?\s+{_YEAR}", re.ASCII | re.IGNORECASE)
_ALIKE = Pattern(r"(\d{4})([-/])(\d{1,2})\2(\d{1,2})(?![\w.])|(\d{1,2})([/.])(\d{1,2})\6(\d{4})(?![\w.])")


def day_token(text: str, start: int, hints: list[str]) -> Token | None:
    """A day that begins with a digit. One character tells most numbers apart from it."""
    second, third, fourth, fifth = list(text[start + 1 : start + 5].ljust(4, "\0"))
    if fifth in HYPHENS and (day := date_token(text, start)) is not None:
        return day
    if fifth in ("-", "/") or second in ("/", ".") or third in ("/", "."):
        alike = looks_like_day(text, start)
        if alike is not None:
            hints.append(alike)
    elif (second in " snrt" and third.isalpha()) or (third in " snrt" and fourth.isalpha()):
        return named_day_token(text, start)
    return None


def named_day_token(text: str, start: int) -> Token | None:
    named = named_day(text, start)
    return None if named is None else Token("date", named[0], start, named[1])


def date_token(text: str, start: int) -> Token | None:
    """`2026-11-23`, unless its parts cannot be a month and a day: then it is a subtraction, if people write
    one so: not with a zero in front."""
    part = text[start : start + 10].translate(HYPHENS_PLAIN)
    if len(part) < 10 or part[7] != "-" or not (part[:4] + part[5:7] + part[8:]).isdecimal() or not part.isascii():
        return None
    possible = 1 <= int(part[5:7]) <= 12 and 1 <= int(part[8:]) <= 31
    if text[start + 10 : start + 11].isdecimal() or not (possible or "0" in (part[5], part[8])):
        return None
    return Token("date", part, start, start + 10)


def named_day(text: str, start: int) -> tuple[str, int] | None:
    """`25 December 2026` or `Dec 25, 2026` as year-month-day, and where it ends."""
    if text[start].isdecimal():
        found = _DAY_FIRST.match(text, start)
        return None if found is None else (f"{found[3]}-{month(found[2])}-{int(found[1]):02}", found.end())
    if text[start : start + 3].lower() not in MONTHS:
        return None
    found = _MONTH_FIRST.match(text, start)
    return None if found is None else (f"{found[3]}-{month(found[1])}-{int(found[2]):02}", found.end())


def month(name: str) -> str:
    return f"{MONTHS.index(name[:3].lower()) + 1:02}"


def looks_like_day(text: str, start: int) -> str | None:
    """What to say of `2026-2-5`, `2026/12/25` and `12/25/2026`, which are calculations; `25.12.2026` is none."""
    found = _ALIKE.match(text, start)
    if found is None or (start and (text[start - 1].isalnum() or text[start - 1] in "-/.,")):
        return None
    # 25.12.2026 has its day first; 12/25/2026 has it where it fits, and 4/5/2026 at either place.
    year, first, second = (found[1], found[3], found[4]) if found[1] else (found[8], found[5], found[7])
    if found[6] == "." or (found[6] == "/" and int(first) > 12):
        first, second = second, first
    if not (1 <= int(first) <= 12 and 1 <= int(second) <= 31):
        return None
    day = f"{year}-{int(first):02}-{int(second):02}"
    if found[6] == ".":
        raise SyntaxMistake(
            f"Write a day as year, month, day: {day}.", start, found.end(), text[:start] + day + text[found.end() :]
        )
    act = "subtraction" if found[2] == "-" else "division"
    if found[6] == "/" and int(second) <= 12:
        day = "year-month-day"
    return f"{found[0]} was read as a {act}; the day is written {day}"
