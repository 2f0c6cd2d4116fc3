"""Letting what depends on an edited record follow it: in order, all or nothing."""

from __future__ import annotations

from datetime import datetime
from graphlib import TopologicalSorter

from sqlalchemy import select

from calcapp.engine import Mistake, references
from calcapp.engine.guarded import evaluate_guarded
from calcapp.extensions import db
from calcapp.models.calculation import Calculation, said
from calcapp.models.memory import recall
from calcapp.models.use import CalculationUse
from calcapp.models.user import User
from calcapp.models.wording import zone_of

MOST = 2000


class CannotFollow(Exception):
    """One of the records cannot be worked out any more; none was changed."""

    def __init__(self, number: int, why: str) -> None:
        super().__init__(f"#{number} cannot follow: {why} Nothing was recomputed.")
        self.number = number


def recompute(record: Calculation, owner: User, by: User) -> list[int]:
    """Work out everything that depends on this record once more; the numbers, in the order of the work.

    Raises CannotFollow at the first that cannot be; the caller rolls back.
    """
    Calculation.hold(owner)
    numbers = [number for number, _ in record.dependants()]
    if len(numbers) > MOST:
        raise CannotFollow(numbers[MOST], f"{len(numbers)} calculations depend on this one, and {MOST} is the limit.")
    uses = uses_among(owner, numbers)
    order = list(TopologicalSorter({number: uses.get(number, set()) & {*numbers} for number in numbers}).static_order())
    records = {
        each.number: each
        for each in db.session.scalars(
            select(Calculation).where(Calculation.user_id == owner.id, Calculation.number.in_(numbers))
        )
    }
    for number in order:
        follow(records[number], uses.get(number, set()), owner, by)
    return order


def uses_among(owner: User, numbers: list[int]) -> dict[int, set[int]]:
    found: dict[int, set[int]] = {}
    rows = select(CalculationUse.number, CalculationUse.used_number).where(
        CalculationUse.user_id == owner.id, CalculationUse.number.in_(numbers)
    )
    for number, used in db.session.execute(rows):
        found.setdefault(number, set()).add(used)
    return found


def follow(record: Calculation, used: set[int], owner: User, by: User) -> None:
    """Work out what the record was read as, not what was typed: the reading stays, whatever the preferences are now."""
    try:
        memory = recall(
            Calculation, owner, record.read, decimal_comma=False, before=record.number, last=last_of(record, used)
        )
        today = datetime.now(zone_of(owner)).date()
        result = evaluate_guarded(record.read, digits=owner.digits, known=memory.known, today=today)
    except Mistake as mistake:
        raise CannotFollow(record.number, mistake.message) from None
    kept = {"expression": record.expression, "decimal_comma": record.decimal_comma, "hints": record.hints}
    says = said(record.expression, owner, result, memory) | kept
    if any(getattr(record, name) != value for name, value in says.items()):  # or it is no other version
        record.say(says, result, memory.used(result), owner, by)


def last_of(record: Calculation, used: set[int]) -> int | None:
    """What `ans` meant in this record, where its notes of what it used leave one possibility."""
    asked = references(record.read)
    rest = used - asked.records
    return rest.pop() if asked.ans and len(rest) == 1 else None
