"""Deleting and restoring many of one's own records, each batch in one statement."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select, update

from calcapp.extensions import db
from calcapp.models.calculation import Calculation
from calcapp.models.user import User


def sweep(owner: User, numbers: list[int], found=None) -> tuple[datetime, int]:
    """Delete these records, or all of a search's; the moment, which names the batch, and how many."""
    at = db.session.scalar(select(func.clock_timestamp()))
    wanted = Calculation.number.in_(numbers)
    if found is not None:
        wanted = Calculation.number.in_(found.order_by(None).with_only_columns(Calculation.number))
    swept = db.session.execute(
        update(Calculation)
        .where(Calculation.user_id == owner.id, Calculation.deleted_at.is_(None), wanted)
        .values(deleted_at=at, deleted_by=owner.id, updated_at=Calculation.updated_at)
        .execution_options(synchronize_session=False)
    )
    return at, swept.rowcount


def bring_back(owner: User, numbers: list[int], at: datetime | None = None) -> int:
    """Restore these records, or the batch of that moment: what the owner deleted, never what others did."""
    wanted = Calculation.number.in_(numbers) if at is None else Calculation.deleted_at == at
    restored = db.session.execute(
        update(Calculation)
        .where(Calculation.user_id == owner.id, Calculation.deleted_by == owner.id, wanted)
        .values(deleted_at=None, deleted_by=None, updated_at=Calculation.updated_at)
        .execution_options(synchronize_session=False)
    )
    return restored.rowcount
