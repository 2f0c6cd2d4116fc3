"""A file that is to be imported, judged line by line."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import BinaryIO

from calcapp.engine import Mistake, references
from calcapp.models.calculation import LONGEST_EXPRESSION, LONGEST_NOTE
from calcapp.models.confirming import Claim, Past
from calcapp.models.takeout import FORMAT, NAME_SAYS, SAYS, VERSION_SAYS
from calcapp.models.user import DIGITS

MOST = 100_000
LONGEST_LINE = 1_000_000
LARGEST = 10**12
MOST_EDITS = 10**9  # a version is an integer of the database
EARLIEST = datetime(1970, 1, 1, tzinfo=UTC)
MISTAKES_TOLD = 50


class Unreadable(Exception):
    """What cannot be taken, line by line. Nothing was written."""

    def __init__(self, mistakes: list[str]) -> None:
        super().__init__(mistakes[0])
        self.mistakes = mistakes


def judge(file: BinaryIO):
    """The file's head, the numbers of its records in order, and what they said when. Raises Unreadable with every
    line's mistake."""
    head, numbers, mistakes, past = None, [], [], None
    for place, line in lines(file):
        try:
            if line is None:
                raise Refused("this is no line of an export")
            if head is None:
                head = checked_head(line)
                past = Past(head["names"])
            else:
                check_record(line, numbers[-1] if numbers else 0)
                numbers.append(line["number"])
                past.expect(line)
        except Refused as refused:
            mistakes.append(f"Line {place}: {refused}.")
            if head is None:
                raise Unreadable(["This is no export of Calcapp. Choose the file calcapp.json."]) from None
    if head is None:
        mistakes.append("The file is empty. Choose the file calcapp.json.")
    if len(numbers) > MOST:
        mistakes.append(f"There are {len(numbers)} records in it. Import at most {MOST} at once.")
    refuse(mistakes)
    return head, Numbers(numbers), past


def judge_readings(file: BinaryIO, doubted: set[Claim]) -> None:
    """What came out here was read here. Anything else may say what nobody can read. Raises Unreadable."""
    mistakes = []
    file.seek(0)
    for place, line in lines(file) if doubted else ():
        try:
            for said in (line, *line.get("versions", ())):
                version = None if said is line else said["version"]
                if (line.get("number"), version) in doubted:
                    expression(said, "read")
        except Refused as refused:
            mistakes.append(f"Line {place}: {refused}.")
    refuse(mistakes)


def refuse(mistakes: list[str]) -> None:
    rest = len(mistakes) - MISTAKES_TOLD
    if mistakes:
        raise Unreadable(mistakes[:MISTAKES_TOLD] + ([f"And {rest} more."] if rest > 0 else []))


def records_in(file: BinaryIO) -> Iterator[dict]:
    """The records of a file that was judged."""
    file.seek(0)
    return (line for _, line in lines(file) if line is not None and "number" in line)


class Numbers(list):
    """Record numbers in order, quick to ask whether one is among them."""

    def __init__(self, numbers):
        super().__init__(numbers)
        self.known = frozenset(numbers)

    def __contains__(self, number):
        return number in self.known


class Refused(Exception):
    """Why a line cannot be taken."""


def lines(file: BinaryIO) -> Iterator[tuple[int, dict | None]]:
    """(line number, what it says) of an export; None for what is no JSON. The first is the head."""
    place = 0
    ended = False
    while raw := file.readline(LONGEST_LINE):
        place += 1
        text = raw.strip().removeprefix(b"\xef\xbb\xbf")
        if not text or (text == b"]}" and not ended):
            ended = ended or text == b"]}"
            continue
        yield place, parsed(text, first=place == 1) if not ended else None
    if not ended and place:
        yield place + 1, None


def parsed(text: bytes, first: bool) -> dict | None:
    try:
        said = json.loads(text + b"]}" if first else text.removesuffix(b","))
    except (ValueError, RecursionError):
        return None
    return said if isinstance(said, dict) else None


def checked_head(line: dict) -> dict:
    if line.get("calcapp") != FORMAT or not isinstance(line.get("names"), list):
        raise Refused("this is no export of Calcapp")
    need(line, "last_number", int, lambda last: 0 <= last <= LARGEST)
    for name in line["names"]:
        if not isinstance(name, dict) or set(name) != set(NAME_SAYS):
            raise Refused("a name is not written as an export writes it")
        text(name, "name", 1, 100)
        text(name, "definition", 1, 20_000)
        text(name, "answer", 0, 100_000, may_lack=True)
        moments(name, "created_at", "updated_at")
        if name["number"] is not None:
            need(name, "number", int, lambda number: 1 <= number <= LARGEST)
        expression(name, "definition")
    return line


def check_record(line: dict, before: int) -> None:
    if set(line) != {*SAYS, "uses", "versions"}:
        odd = sorted(set(line) ^ {*SAYS, "uses", "versions"})
        raise Refused(f"{', '.join(odd)[:200]} {'is' if len(odd) == 1 else 'are'} missing or unknown")
    need(line, "number", int, lambda number: before < number <= LARGEST)
    check_saying(line)
    text(line, "note", 0, LONGEST_NOTE)
    text(line, "defines", 1, 100, may_lack=True)
    for name in ("starred", "decimal_comma"):
        need(line, name, bool)
    need(line, "digits", int, lambda digits: digits in DIGITS)
    need(line, "version", int, lambda version: 1 <= version <= MOST_EDITS)
    need(line, "hints", list, lambda hints: len(hints) <= 50)
    for hint in line["hints"]:
        text({"hints": hint}, "hints", 0, 2000)
    need(line, "uses", list, lambda uses: all(type(used) is int and used != line["number"] for used in uses))
    need(line, "uses", list, lambda uses: len(uses) == len(set(uses)))
    moments(line, "created_at", "updated_at")
    if line["deleted_at"] is not None:
        moments(line, "deleted_at")
    need(line, "versions", list)
    seen = 0
    for version in line["versions"]:
        if not isinstance(version, dict) or set(version) != set(VERSION_SAYS):
            raise Refused("an earlier version is not written as an export writes it")
        need(version, "version", int, lambda number, seen=seen: seen < number < line["version"])
        check_saying(version)
        moments(version, "replaced_at")
        seen = version["version"]


def check_saying(said: dict) -> None:
    """What a record and each of its versions say."""
    text(said, "expression", 1, LONGEST_EXPRESSION)
    text(said, "read", 1, 20_000)
    text(said, "answer", 1, 100_000)
    text(said, "exact", 1, 100_000, may_lack=True)
    text(said, "value", 1, 200_000)
    text(said, "unit", 1, 200, may_lack=True)
    need(said, "certainty", str, lambda certainty: certainty in {"exact", "certified", "undecided"})


def need(said: dict, name: str, kind: type, fits=lambda value: True) -> None:
    if type(said[name]) is not kind or not fits(said[name]):
        raise Refused(f"“{name}” is {str(said[name])[:60]!r}")


def text(said: dict, name: str, shortest: int, longest: int, may_lack=False) -> None:
    value = said[name]
    if value is None and may_lack:
        return
    need(said, name, str, lambda value: shortest <= len(value) <= longest and "\0" not in value)
    if any("\ud800" <= character <= "\udfff" for character in value):
        raise Refused(f"“{name}” holds half a character")


def moments(said: dict, *names: str) -> None:
    """Within the time that there are computers: what lies at the ends of the calendar can be kept in no zone."""
    for name in names:
        try:
            if not EARLIEST <= moment(said[name]) <= datetime.now(UTC) + timedelta(days=1):
                raise ValueError
        except (TypeError, ValueError, OverflowError):
            raise Refused(f"“{name}” is {str(said[name])[:60]!r}, not a moment") from None


def moment(written: str) -> datetime:
    """In UTC: PostgreSQL does not take every distance from it that Python does."""
    at = datetime.fromisoformat(written)
    if at.tzinfo is None:
        raise ValueError
    return at.astimezone(UTC)


def expression(said: dict, name: str) -> None:
    try:
        references(said[name])
    except Mistake as mistake:
        raise Refused(f"“{name}” is {said[name][:60]!r}: {mistake.message.rstrip('.')}") from None
