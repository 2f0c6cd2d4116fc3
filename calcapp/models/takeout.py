"""One's tape to take along: JSON that brings back everything, and CSV that spreadsheets open."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime

from sqlalchemy import Text, cast, func, literal_column, or_, select

from calcapp.extensions import db
from calcapp.models.calculation import Calculation
from calcapp.models.name import Name
from calcapp.models.search import Search
from calcapp.models.use import CalculationUse
from calcapp.models.user import User
from calcapp.models.version import CalculationVersion
from calcapp.models.wording import moment, written

FORMAT = 1
PIECE = 1000  # records that are read at once; between two pieces no transaction and no connection is held
SAYS = (
    "number", "expression", "decimal_comma", "read", "answer", "exact", "value", "certainty", "unit", "note", "starred",
    "hints", "digits", "defines", "version", "created_at", "updated_at", "deleted_at",
)  # fmt: skip
MOMENTS = ("created_at", "updated_at", "deleted_at")
VERSION_SAYS = ("version", "expression", "read", "answer", "exact", "value", "certainty", "unit", "replaced_at")
NAME_SAYS = ("name", "definition", "answer", "number", "created_at", "updated_at")
PLAINLY = ("number", "created_at", "note", "expression", "exact", "answer", "value", "digits", "confirmed")
HEADINGS = ("Date", "Number", "Note", "Expression", "Exact", "Decimal")
FORMULA = re.compile(r"\s*[=+\-@]|[\t\r\n]")
PLAIN_NUMBER = re.compile(r"[+-]?\d+([.,]\d+)?([eE][+-]?\d+)?")
LINE = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
BYTE_ORDER_MARK = "\ufeff"  # tells Excel that it is UTF-8


def as_json(user: User, search: Search | None = None) -> Iterator[str]:
    """The records that the search finds, or all, deleted ones too: one on a line, oldest first."""
    everything = search is None or not (search.is_narrow or search.deleted)
    search = None if everything else search
    names = list(db.session.scalars(Name.of(user))) if everything else []
    head = {"calcapp": FORMAT, "last_number": user.last_number if everything else 0}
    yield (
        f'{LINE.encode(head)[:-1]},"names":['
        + ",".join(LINE.encode(_said(name, NAME_SAYS)) for name in names)
        + '],"records":['
    )
    between = "\n"
    columns = [_moment(name) if name in MOMENTS else getattr(Calculation, name) for name in SAYS]
    for records, (versions, uses) in _pieces(user, search, columns, also=_versions_and_uses, shape=_as_line):
        for record in records:
            beside = {"uses": uses.get(record.number, []), "versions": versions.get(record.number, [])}
            yield f"{between}{record.line[:-1]},{LINE.encode(beside)[1:]}"
            between = ",\n"
    yield "\n]}\n"


def as_csv(user: User, search: Search) -> Iterator[str]:
    """The records that the search finds, newest first, as this person writes dates and numbers."""
    buffer = io.StringIO()
    rows = csv.writer(buffer, delimiter=";" if user.decimal_comma else ",", lineterminator="\r\n")
    rows.writerow(HEADINGS)
    yield BYTE_ORDER_MARK + _emptied(buffer)
    person = _Reader(user)
    columns = [getattr(Calculation, name) for name in PLAINLY]
    for records, _ in _pieces(user, search, columns, oldest_first=False):
        for record in records:
            answer = record.answer if record.digits == person.digits else _answer(record, person.digits)
            rows.writerow(
                (
                    moment(record.created_at, person),
                    record.number,
                    harmless(record.note),
                    harmless(record.expression),
                    harmless(written((record.confirmed and record.exact) or "", person)),
                    harmless(written(answer, person)),
                )
            )
        yield _emptied(buffer)


def harmless(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula; a negative number stays a number."""
    return f"'{cell}" if FORMULA.match(cell) and not PLAIN_NUMBER.fullmatch(cell) else cell


def _answer(record, digits: int) -> str:
    return Calculation(number=record.number, value=record.value, answer=record.answer, digits=record.digits).answer_in(
        digits
    )


class _Reader:
    """A person's preferences, read once: the person's own row is let go of between two pieces."""

    def __init__(self, user: User) -> None:
        self.decimal_comma, self.digits = user.decimal_comma, user.digits
        self.date_style, self.time_zone = user.date_style, user.time_zone


def _pieces(
    user: User, search: Search | None, columns, oldest_first=True, also=lambda user_id, records: None, shape=None
):
    """These columns of the records in pieces, and what is `also` read with each: a transaction for a piece."""
    wanted = _all(user) if search is None else search.query(user)
    order = Calculation.number if oldest_first else Calculation.number.desc()
    wanted = wanted.with_only_columns(*columns).order_by(None).order_by(order)
    user_id, reached = user.id, None
    while True:
        piece = wanted.limit(PIECE)
        if reached is not None:
            piece = piece.where(Calculation.number > reached if oldest_first else Calculation.number < reached)
        records = db.session.execute(shape(piece) if shape else piece).all()
        more = also(user_id, records)
        db.session.expunge_all()
        db.session.rollback()
        if records:
            reached = records[-1].number
            yield records, more
        if len(records) < PIECE:
            return


def _as_line(piece):
    """Each record as PostgreSQL writes it in JSON, byte for byte as Python would, in a third of the time."""
    said = piece.subquery("said")
    line = cast(func.row_to_json(literal_column("said")), Text).label("line")
    return select(said.c.number, said.c.version, line).order_by(said.c.number)


def _moment(name: str):
    """As `isoformat` writes it: a fraction of a second stands there where there is one."""
    written = func.to_char(func.timezone("UTC", getattr(Calculation, name)), 'YYYY-MM-DD"T"HH24:MI:SS.US"+00:00"')
    return func.replace(written, ".000000", "").label(name)


def _all(user: User):
    """What is one's own to give: not what an administrator removed."""
    mine = or_(Calculation.deleted_at.is_(None), Calculation.deleted_by == user.id)
    return select(Calculation).where(Calculation.user_id == user.id, mine)


def _versions_and_uses(user_id: int, records) -> tuple[dict[int, list[dict]], dict[int, list[int]]]:
    return _versions(user_id, [record.number for record in records if record.version > 1]), _uses(user_id, records)


def _versions(user_id: int, numbers: list[int]) -> dict[int, list[dict]]:
    found: dict[int, list[dict]] = {}
    wanted = select(CalculationVersion).where(
        CalculationVersion.user_id == user_id, CalculationVersion.number.in_(numbers)
    )
    for version in db.session.scalars(wanted.order_by(CalculationVersion.version)) if numbers else ():
        found.setdefault(version.number, []).append(_said(version, VERSION_SAYS))
    return found


def _uses(user_id: int, records) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    if records:
        wanted = select(CalculationUse.number, CalculationUse.used_number).where(
            CalculationUse.user_id == user_id, CalculationUse.number.between(records[0].number, records[-1].number)
        )
        for number, used in db.session.execute(wanted.order_by(CalculationUse.number, CalculationUse.used_number)):
            found.setdefault(number, []).append(used)
    return found


def _said(row, names) -> dict[str, object]:
    return {name: _plain(getattr(row, name)) for name in names}


def _plain(value):
    return value.astimezone(UTC).isoformat() if isinstance(value, datetime) else value


def _emptied(buffer: io.StringIO) -> str:
    text = buffer.getvalue()
    buffer.seek(0)
    buffer.truncate()
    return text
