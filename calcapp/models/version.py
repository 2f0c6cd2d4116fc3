"""What a record said before it was edited."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, func
from sqlalchemy.orm import Mapped, mapped_column

from calcapp.extensions import db
from calcapp.models.user import Instant


class CalculationVersion(db.Model):
    """An earlier state of a record, kept whole: nothing that was accepted is ever lost."""

    __tablename__ = "calculation_versions"
    __table_args__ = (
        ForeignKeyConstraint(
            ["user_id", "number"], ["calculations.user_id", "calculations.number"], ondelete="CASCADE"
        ),
        CheckConstraint("version >= 1", name="version"),
    )

    user_id: Mapped[int] = mapped_column(db.BigInteger, primary_key=True)
    number: Mapped[int] = mapped_column(db.BigInteger, primary_key=True)
    version: Mapped[int] = mapped_column(db.Integer, primary_key=True)
    expression: Mapped[str] = mapped_column(db.Text)
    read: Mapped[str] = mapped_column(db.Text)
    answer: Mapped[str] = mapped_column(db.Text)
    exact: Mapped[str | None] = mapped_column(db.Text)
    value: Mapped[str] = mapped_column(db.Text)
    certainty: Mapped[str] = mapped_column(db.Text)
    unit: Mapped[str | None] = mapped_column(db.Text)
    confirmed: Mapped[bool] = mapped_column(server_default=db.true())
    replaced_at: Mapped[datetime] = mapped_column(Instant, server_default=func.now())
    replaced_by: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))
