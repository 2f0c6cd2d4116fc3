"""Taking a tape in that was taken along: every line is judged first, then all are written, or none."""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from typing import BinaryIO

from sqlalchemy import insert, update
from sqlalchemy.dialects.postgresql import insert as insert_or_not

from calcapp.engine import Mistake, references
from calcapp.extensions import db
from calcapp.models.calculation import LONGEST_EXPRESSION, LONGEST_NOTE, Calculation, sought_in
from calcapp.models.confirming import Claim, Past, answer_of
from calcapp.models.name import Name
from calcapp.models.takeout import FORMAT, NAME_SAYS, PIECE, SAYS, VERSION_SAYS
from calcapp.models.use import CalculationUse
from calcapp.models.user import DIGITS, User
from calcapp.models.version import CalculationVersion
from calcapp.models.wording import zone_of

MOST = 100_000
LONGEST_LINE = 1_000_000
LARGEST = 10**12
MOST_EDITS = 10**9  # a version is an integer of the database
EARLIEST = datetime(1970, 1, 1, tzinfo=UTC)
MISTAKES_TOLD = 50
REFERENCE = re.compile(r"#(\d+)")
NOTE = re.compile(r"#(?!\d)")


class Unreadable(Exception):
    """What cannot be taken, line by line. Nothing was written."""

    def __init__(self, mistakes: list[str]) -> None:
        super().__init__(mistakes[0])
        self.mistakes = mistakes


def take_in(file: BinaryIO, owner: User, key: uuid.UUID) -> int:
    """Put the file's records on the owner's tape; how many. Raises Unreadable.

    Into an empty account as they were, into a full one behind the last number. Once for each key.
    """
    db.session.rollback()  # reading a long file takes longer than a transaction may wait
    head, numbers, past = judge(file)
    if numbers and is_there(owner, uuid.uuid5(key, str(numbers[-1]))):
        return len(numbers)
    zone = zone_of(owner)
    db.session.rollback()
    doubted = past.doubted(records_in(file), zone)
    names = [name | {"answer": answer_of(name)} for name in head["names"]]
    last = Calculation.hold(owner)
    if numbers and is_there(owner, uuid.uuid5(key, str(numbers[-1]))):
        return len(numbers)
    uses: list[dict] = []
    for piece in pieces(records_in(file)):
        write(piece, owner, last, key, doubted)
        uses += [
            {"user_id": owner.id, "number": line["number"] + last, "used_number": used + last}
            for line in piece
            for used in line["uses"]
            if used in numbers
        ]
    if uses:
        db.session.execute(insert(CalculationUse), uses)
    write_names(names, owner, last, numbers)
    reached = max(last + (numbers[-1] if numbers else 0), 0 if last else head["last_number"])
    db.session.execute(
        update(User).where(User.id == owner.id).values(last_number=reached).execution_options(synchronize_session=False)
    )
    return len(numbers)


def records_in(file: BinaryIO) -> Iterator[dict]:
    """The records of a file that was judged."""
    file.seek(0)
    return (line for _, line in lines(file) if line is not None and "number" in line)


def is_there(owner: User, key: uuid.UUID) -> bool:
    wanted = db.select(Calculation.number).where(Calculation.user_id == owner.id, Calculation.idempotency_key == key)
    return db.session.scalar(wanted) is not None


def pieces(records: Iterator[dict]) -> Iterator[list[dict]]:
    while piece := list(islice(records, PIECE)):
        yield piece


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
                past.remember(line)
        except Refused as refused:
            mistakes.append(f"Line {place}: {refused}.")
            if head is None:
                raise Unreadable(["This is no export of Calcapp. Choose the file calcapp.json."]) from None
    if head is None:
        mistakes.append("The file is empty. Choose the file calcapp.json.")
    if len(numbers) > MOST:
        mistakes.append(f"There are {len(numbers)} records in it. Import at most {MOST} at once.")
    if mistakes:
        rest = len(mistakes) - MISTAKES_TOLD
        raise Unreadable(mistakes[:MISTAKES_TOLD] + ([f"And {rest} more."] if rest > 0 else []))
    return head, Numbers(numbers), past


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
        raise Refused(f"{', '.join(odd)[:200]} is missing or unknown")
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
    expression(said, "read")


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


def write(piece: list[dict], owner: User, last: int, key: uuid.UUID, doubted: set[Claim]) -> None:
    rows = [row(line, owner, last, key) | {"confirmed": (line["number"], None) not in doubted} for line in piece]
    db.session.execute(insert(Calculation), rows)
    versions = [
        {
            **version,
            "user_id": owner.id,
            "number": line["number"] + last,
            "replaced_by": owner.id,
            "replaced_at": moment(version["replaced_at"]),
            "expression": shifted(version["expression"], last),
            "read": shifted(version["read"], last),
            "confirmed": (line["number"], version["version"]) not in doubted,
        }
        for line in piece
        for version in line["versions"]
    ]
    if versions:
        db.session.execute(insert(CalculationVersion), versions)


def row(line: dict, owner: User, last: int, key: uuid.UUID) -> dict:
    says = {name: line[name] for name in SAYS}
    says |= {name: shifted(line[name], last) for name in ("expression", "read")}
    says |= {name: moment(line[name]) for name in ("created_at", "updated_at")}
    deleted = line["deleted_at"] and moment(line["deleted_at"])
    return says | {
        "user_id": owner.id,
        "number": line["number"] + last,
        "search": sought_in(line["note"], says),
        "idempotency_key": uuid.uuid5(key, str(line["number"])),
        "deleted_at": deleted,
        "deleted_by": owner.id if deleted else None,
    }


def write_names(names: list[dict], owner: User, last: int, numbers: Numbers) -> None:
    """A name that the person has already keeps its meaning."""
    for name in names:
        said = name | {"user_id": owner.id, "definition": shifted(name["definition"], last)}
        said["number"] = name["number"] + last if name["number"] in numbers else None
        said |= {at: moment(name[at]) for at in ("created_at", "updated_at")}
        db.session.execute(insert_or_not(Name).values(**said).on_conflict_do_nothing())


def shifted(expression: str, last: int) -> str:
    """`#5 * 2 # see #4` behind fifty records is `#55 * 2 # see #4`."""
    if not last:
        return expression
    note = NOTE.search(expression)
    end = note.start() if note else len(expression)
    moved = REFERENCE.sub(lambda found: f"#{int(found[1]) + last}", expression[:end]) + expression[end:]
    return moved if len(moved) <= LONGEST_EXPRESSION else expression
