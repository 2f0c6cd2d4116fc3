"""A name that a person gave to a value or to a function of their own."""

from __future__ import annotations

import re
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, mapped_column

from calcapp.engine import Result, references
from calcapp.extensions import db
from calcapp.models.use import CalculationUse
from calcapp.models.user import Instant, User

LONGEST_NAME = 100
FUNCTION = re.compile(r"[^=]*\(")


class Name(db.Model):
    """`vat = 19%` or `f(x) = x^2 + 1`, in force until it is defined anew or deleted.

    `number` is the record that set it; None where that record is gone or was never kept.
    """

    __tablename__ = "names"
    __table_args__ = (
        CheckConstraint(f"length(name) BETWEEN 1 AND {LONGEST_NAME}", name="name"),
        CheckConstraint("length(definition) >= 1", name="definition"),
    )

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), primary_key=True)
    name: Mapped[str] = mapped_column(db.Text, primary_key=True)
    definition: Mapped[str] = mapped_column(db.Text)
    answer: Mapped[str | None] = mapped_column(db.Text)
    number: Mapped[int | None] = mapped_column(db.BigInteger)
    created_at: Mapped[datetime] = mapped_column(Instant, server_default=func.now())
    updated_at: Mapped[datetime] = mapped_column(Instant, server_default=func.now())
    deleted_at: Mapped[datetime | None] = mapped_column(Instant)

    @classmethod
    def of(cls, user: User):
        return select(cls).where(cls.user_id == user.id, cls.deleted_at.is_(None)).order_by(cls.name)

    @classmethod
    def named(cls, user: User, name: str):
        return select(cls).where(cls.user_id == user.id, cls.name == name)

    @classmethod
    def users_of(cls, user: User, names: list[Name]) -> dict[str, list[int]]:
        """Which records use each name, newest first."""
        givers = {name.number: name.name for name in names if name.number}
        if not givers:
            return {}
        uses = select(CalculationUse.used_number, CalculationUse.number).where(
            CalculationUse.user_id == user.id, CalculationUse.used_number.in_(givers)
        )
        found: dict[str, list[int]] = {}
        for giver, number in db.session.execute(uses.order_by(CalculationUse.number.desc()).limit(500)):
            found.setdefault(givers[giver], []).append(number)
        return found

    @classmethod
    def give(cls, owner: User, result: Result, number: int | None) -> None:
        """Let the name that the result defines mean it from now on."""
        meaning = {"definition": definition(result), "answer": worth(result), "number": number, "deleted_at": None}
        written = insert(cls).values(user_id=owner.id, name=result.defines, **meaning)
        db.session.execute(
            written.on_conflict_do_update(
                index_elements=["user_id", "name"], set_={**meaning, "updated_at": func.now()}
            )
        )

    @classmethod
    def give_again(cls, owner: User, result: Result, number: int) -> None:
        """After its record was edited: unless the name was deleted, or a later record has defined it since."""
        given = db.session.scalar(cls.named(owner, result.defines))
        if given is None or (given.deleted_at is None and (given.number or 0) <= number):
            cls.give(owner, result, number)

    @classmethod
    def take_back(cls, owner: User, name: str, number: int) -> None:
        """After its record was edited into something else: the name goes with what it said."""
        given = db.session.scalar(cls.named(owner, name))
        if given is not None and given.number == number:
            given.delete()

    @classmethod
    def editable(cls, user: User, records, names: list[Name]) -> set[int]:
        """Which of the records (the Calculation class) that gave these names are still on the tape."""
        givers = [name.number for name in names if name.number]
        living = select(records.number).where(
            records.user_id == user.id, records.number.in_(givers), records.deleted_at.is_(None)
        )
        return set(db.session.scalars(living)) if givers else set()

    @property
    def is_function(self) -> bool:
        return bool(FUNCTION.match(self.definition))

    @property
    def takes_one(self) -> bool:
        """Whether it is a function of one argument, which can be drawn."""
        return self.is_function and not re.search("[,;]", self.definition.partition("=")[0])

    @property
    def shows(self) -> str:
        """What stands behind the name in the list."""
        return self.definition.partition("=")[2].strip()

    def delete(self) -> None:
        self._set(deleted_at=func.now())

    def restore(self) -> None:
        self._set(deleted_at=None)

    def _set(self, **columns) -> None:
        db.session.execute(
            update(Name)
            .where(Name.user_id == self.user_id, Name.name == self.name)
            .values(**columns)
            .execution_options(synchronize_session=False)
        )
        db.session.expire(self)


def definition(result: Result) -> str:
    """The text that means the same tomorrow.

    A value is pinned down where it came from records, from other names or from `ans`; a function stays a formula,
    and what it names is looked up when it is used.
    """
    asked = references(result.read)
    if FUNCTION.match(result.read) or not (asked.records or asked.ans or asked.names or result.names_used):
        return result.read
    return f"{result.defines} = {result.value}"


def worth(result: Result) -> str | None:
    return None if FUNCTION.match(result.read) else result.answer
