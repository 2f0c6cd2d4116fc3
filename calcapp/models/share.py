"""A link that shows one record to whoever has it."""

from __future__ import annotations

import secrets
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, delete, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, mapped_column

from calcapp.extensions import db
from calcapp.models.calculation import Calculation
from calcapp.models.user import Instant, User


class Share(db.Model):
    """The token is 192 random bits, kept as it is: its owner may look it up again, and all it opens is one record."""

    __tablename__ = "shares"
    __table_args__ = (
        ForeignKeyConstraint(
            ["user_id", "number"], ["calculations.user_id", "calculations.number"], ondelete="CASCADE"
        ),
        CheckConstraint("length(token) >= 22", name="token"),
        db.UniqueConstraint("user_id", "number"),
    )

    token: Mapped[str] = mapped_column(db.Text, primary_key=True)
    user_id: Mapped[int] = mapped_column(db.BigInteger)
    number: Mapped[int] = mapped_column(db.BigInteger)
    created_at: Mapped[datetime] = mapped_column(Instant, server_default=func.now())

    @classmethod
    def of(cls, record: Calculation):
        return select(cls).where(cls.user_id == record.user_id, cls.number == record.number)

    @classmethod
    def opened_by(cls, token: str):
        """The record that the token shows, as long as it is on the tape and its owner may log in."""
        return (
            select(Calculation)
            .join(cls, (cls.user_id == Calculation.user_id) & (cls.number == Calculation.number))
            .join(User, User.id == Calculation.user_id)
            .where(cls.token == token, Calculation.deleted_at.is_(None), User.active)
        )

    @classmethod
    def make(cls, record: Calculation) -> None:
        """One link a record; a second wish for one changes nothing."""
        fresh = insert(cls).values(token=secrets.token_urlsafe(24), user_id=record.user_id, number=record.number)
        db.session.execute(fresh.on_conflict_do_nothing(index_elements=["user_id", "number"]))

    @classmethod
    def withdraw(cls, record: Calculation) -> None:
        db.session.execute(delete(cls).where(cls.user_id == record.user_id, cls.number == record.number))
