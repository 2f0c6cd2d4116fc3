"""Which earlier records a calculation used."""

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from calcapp.extensions import db


class CalculationUse(db.Model):
    """`#127 * 2` kept as #130 is the row (130, 127). Both ends are the same person's."""

    __tablename__ = "calculation_uses"
    __table_args__ = (
        ForeignKeyConstraint(
            ["user_id", "number"], ["calculations.user_id", "calculations.number"], ondelete="CASCADE"
        ),
        ForeignKeyConstraint(
            ["user_id", "used_number"], ["calculations.user_id", "calculations.number"], ondelete="CASCADE"
        ),
        CheckConstraint("number <> used_number", name="not_itself"),
        Index(None, "user_id", "used_number"),
    )

    user_id: Mapped[int] = mapped_column(db.BigInteger, primary_key=True)
    number: Mapped[int] = mapped_column(db.BigInteger, primary_key=True)
    used_number: Mapped[int] = mapped_column(db.BigInteger, primary_key=True)
