"""Taking a tape in that was taken along: every line is judged first, then all are written, or none."""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Iterator
from itertools import islice
from typing import BinaryIO

from sqlalchemy import func, insert, literal_column, select, update
from sqlalchemy.dialects.postgresql import insert as insert_or_not

from calcapp.extensions import db
from calcapp.models.calculation import LONGEST_EXPRESSION, Calculation, sought_in
from calcapp.models.confirming import Claim, answer_of
from calcapp.models.judging import Numbers, judge, judge_readings, moment, records_in
from calcapp.models.name import Name
from calcapp.models.takeout import PIECE, SAYS
from calcapp.models.use import CalculationUse
from calcapp.models.user import User
from calcapp.models.version import CalculationVersion
from calcapp.models.wording import zone_of

LINES = json.JSONEncoder(ensure_ascii=False, default=str)
LARGEST_PART = 2**20  # characters in one statement
REFERENCE = re.compile(r"#(\d+)")
NOTE = re.compile(r"#(?!\d)")


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
    past.remember(records_in(file))
    doubted = past.doubted(records_in(file), zone)
    judge_readings(file, doubted)
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
    for piece in pieces(iter(uses)):
        put(CalculationUse, piece)
    write_names(names, owner, last, numbers)
    reached = max(last + (numbers[-1] if numbers else 0), 0 if last else head["last_number"])
    db.session.execute(
        update(User).where(User.id == owner.id).values(last_number=reached).execution_options(synchronize_session=False)
    )
    return len(numbers)


def is_there(owner: User, key: uuid.UUID) -> bool:
    wanted = db.select(Calculation.number).where(Calculation.user_id == owner.id, Calculation.idempotency_key == key)
    return db.session.scalar(wanted) is not None


def pieces(rows: Iterator[dict]) -> Iterator[list[dict]]:
    while piece := list(islice(rows, PIECE)):
        yield piece


def write(piece: list[dict], owner: User, last: int, key: uuid.UUID, doubted: set[Claim]) -> None:
    rows = [row(line, owner, last, key) | {"confirmed": (line["number"], None) not in doubted} for line in piece]
    put(Calculation, rows)
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
        put(CalculationVersion, versions)


def put(table: type[db.Model], rows: list[dict]) -> None:
    """PostgreSQL reads them as JSON: half the work of a statement that holds each value by itself."""
    like = literal_column(f"NULL::{table.__tablename__}")
    for some in small_parts(map(LINES.encode, rows)):
        said = func.json_populate_recordset(like, f"[{','.join(some)}]").table_valued(*rows[0])
        db.session.execute(insert(table.__table__).from_select(list(rows[0]), select(said)))


def small_parts(lines: Iterator[str]) -> Iterator[list[str]]:
    """No statement takes long, though a thousand numbers may have thousands of digits each."""
    some, size = [], 0
    for line in lines:
        if some and size + len(line) > LARGEST_PART:
            yield some
            some, size = [], 0
        some.append(line)
        size += len(line)
    yield some


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
