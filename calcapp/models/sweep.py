"""Deleting and restoring many of one's own records: a batch of them in one transaction, piece by piece."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import func, select, update

from calcapp.extensions import db
from calcapp.models.calculation import Calculation
from calcapp.models.user import User

MOST = 20_000  # in one act; a longer tape takes several
PIECE = 500  # in one statement, well within the time that a statement may take


def sweep(owner: User, numbers: list[int], found=None) -> tuple[datetime, int]:
    """Delete these records, or the newest of a search's; the moment, which names the batch, and how many."""
    at = db.session.scalar(select(func.clock_timestamp()))
    if found is not None:
        numbers = list(db.session.scalars(found.with_only_columns(Calculation.number).limit(MOST)))
    deleted = {"deleted_at": at, "deleted_by": owner.id}
    return at, sum(change(owner, piece, Calculation.deleted_at.is_(None), deleted) for piece in pieces(numbers))


def bring_back(owner: User, numbers: list[int], at: datetime | None = None) -> int:
    """Restore these records, or the batch of that moment: what the owner deleted, never what others did."""
    if at is not None:
        batch = select(Calculation.number).where(Calculation.user_id == owner.id, Calculation.deleted_at == at)
        numbers = list(db.session.scalars(batch))
    back = {"deleted_at": None, "deleted_by": None}
    return sum(change(owner, piece, Calculation.deleted_by == owner.id, back) for piece in pieces(numbers))


def pieces(numbers: list[int]) -> Iterator[list[int]]:
    return (numbers[start : start + PIECE] for start in range(0, len(numbers), PIECE))


def change(owner: User, numbers: list[int], where, values) -> int:
    changed = db.session.execute(
        update(Calculation)
        .where(Calculation.user_id == owner.id, Calculation.number.in_(numbers), where)
        .values(**values, updated_at=Calculation.updated_at)
        .execution_options(synchronize_session=False)
    )
    return changed.rowcount
