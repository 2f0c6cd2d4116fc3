"""A calculation that was kept: what was typed, what was understood, and the answer."""

from __future__ import annotations

import re
import uuid
from datetime import datetime, timedelta

from sqlalchemy import CheckConstraint, Computed, ForeignKey, Index, func, or_, select, text, tuple_, update
from sqlalchemy.dialects.postgresql import ARRAY, insert
from sqlalchemy.orm import Mapped, contains_eager, mapped_column, relationship

from calcapp.engine import Known, Mistake, Result
from calcapp.engine.guarded import evaluate_guarded
from calcapp.extensions import db
from calcapp.models.audit import AuditEvent
from calcapp.models.folding import LETTERS, MARKS, fields
from calcapp.models.memory import Memory, recall
from calcapp.models.name import Name
from calcapp.models.use import CalculationUse
from calcapp.models.user import Instant, User
from calcapp.models.version import CalculationVersion
from calcapp.models.wording import zone_of

LONGEST_EXPRESSION = 1000
LONGEST_NOTE = 500
LONGEST_REASON = 500
WHAT_IT_SAYS = ("expression", "decimal_comma", "read", "answer", "exact", "value", "certainty", "unit", "confirmed")
PLAIN_VALUE = re.compile(r"-?\d{1,1000}(?:/(\d{1,400}))?")
SEARCHED = ("expression", "read", "answer")
SOUGHT = "translate(search, '{}', '{}')".format(MARKS.replace("'", "''"), LETTERS)


class StaleEdit(Exception):
    """Somebody else changed the record since this person read it."""


class KeyReused(Exception):
    """A form's key came back with another expression."""


class Circle(Mistake):
    """A record that would use itself, perhaps by way of others."""

    kind = "circle"


class Calculation(db.Model):
    """A record, named by its owner and a number that counts from 1 for each person."""

    __tablename__ = "calculations"
    __table_args__ = (
        CheckConstraint("number >= 1", name="number"),
        CheckConstraint(f"length(expression) BETWEEN 1 AND {LONGEST_EXPRESSION}", name="expression"),
        CheckConstraint("length(read) >= 1 AND length(answer) >= 1 AND length(value) >= 1", name="answer"),
        CheckConstraint("certainty IN ('exact', 'certified', 'undecided')", name="certainty"),
        CheckConstraint(f"length(note) <= {LONGEST_NOTE}", name="note"),
        CheckConstraint("version >= 1", name="version"),
        CheckConstraint("deleted_by IS NULL OR deleted_at IS NOT NULL", name="deleted"),
        db.UniqueConstraint("user_id", "idempotency_key"),
        Index(None, "created_at", "user_id", "number"),
        Index("ix_calculations_live", "user_id", "number", postgresql_where=text("deleted_at IS NULL")),
        Index("ix_calculations_starred", "user_id", "number", postgresql_where=text("starred AND deleted_at IS NULL")),
        Index("ix_calculations_deleted", "user_id", "number", postgresql_where=text("deleted_at IS NOT NULL")),
        Index("ix_calculations_defines", "user_id", "defines", "number", postgresql_where=text("defines IS NOT NULL")),
        Index(None, "user_id", "created_at"),
    )

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="RESTRICT"), primary_key=True)
    number: Mapped[int] = mapped_column(db.BigInteger, primary_key=True, autoincrement=False)
    expression: Mapped[str] = mapped_column(db.Text)
    decimal_comma: Mapped[bool] = mapped_column(server_default=db.false())
    read: Mapped[str] = mapped_column(db.Text)
    answer: Mapped[str] = mapped_column(db.Text)
    exact: Mapped[str | None] = mapped_column(db.Text)
    value: Mapped[str] = mapped_column(db.Text)
    certainty: Mapped[str] = mapped_column(db.Text)
    unit: Mapped[str | None] = mapped_column(db.Text)
    note: Mapped[str] = mapped_column(db.Text, server_default="")
    starred: Mapped[bool] = mapped_column(server_default=db.false())
    search: Mapped[str] = mapped_column(db.Text, server_default="", deferred=True)
    sought: Mapped[str] = mapped_column(db.Text, Computed(SOUGHT, persisted=True), deferred=True)
    hints: Mapped[list[str]] = mapped_column(ARRAY(db.Text), server_default="{}")
    digits: Mapped[int] = mapped_column(db.SmallInteger, server_default="15")
    defines: Mapped[str | None] = mapped_column(db.Text)
    confirmed: Mapped[bool] = mapped_column(server_default=db.true())
    idempotency_key: Mapped[uuid.UUID]
    version: Mapped[int] = mapped_column(db.Integer, server_default="1")
    created_at: Mapped[datetime] = mapped_column(Instant, server_default=func.now())
    updated_at: Mapped[datetime] = mapped_column(Instant, server_default=func.now())
    deleted_at: Mapped[datetime | None] = mapped_column(Instant)
    deleted_by: Mapped[int | None] = mapped_column(ForeignKey("users.id", ondelete="SET NULL"))

    owner: Mapped[User] = relationship(foreign_keys=[user_id], lazy="raise")
    versions: Mapped[list[CalculationVersion]] = relationship(
        order_by=CalculationVersion.version.desc(), lazy="select", viewonly=True
    )

    was = None  # the answer before the last edit, where a page asked for it

    # Queries

    @classmethod
    def of(cls, user: User):
        """One person's tape, newest first, without what was deleted."""
        return select(cls).where(cls.user_id == user.id, cls.deleted_at.is_(None)).order_by(cls.number.desc())

    @classmethod
    def numbered(cls, user: User, number: int):
        return select(cls).where(cls.user_id == user.id, cls.number == number)

    @classmethod
    def everybodys(cls, text: str = "", owner: str = "", state: str = "", before: tuple | None = None):
        """Every person's records joined with their owners, newest first: those that hold this text, whose owner's
        address holds that one, and that come after `before`, which is (created_at, user_id, number)."""
        place = (cls.created_at, cls.user_id, cls.number)
        records = (
            select(cls)
            .join(cls.owner)
            .options(contains_eager(cls.owner))
            .order_by(*(column.desc() for column in place))
        )
        if text:
            like = f"%{escaped(text)}%"
            records = records.where(or_(*(column.ilike(like) for column in (cls.expression, cls.note, cls.answer))))
        if owner:
            records = records.where(User.email.contains(owner.lower(), autoescape=True))
        if state in {"kept", "deleted"}:
            records = records.where(cls.deleted_at.is_(None) if state == "kept" else cls.deleted_at.is_not(None))
        return records if before is None else records.where(tuple_(*place) < tuple_(*before))

    @classmethod
    def count_of(cls, user: User):
        return cls.of(user).with_only_columns(func.count()).order_by(None)

    @classmethod
    def per_day(cls, days: int):
        """(day, records, people) of the latest days, newest first."""
        day = func.date_trunc("day", cls.created_at).label("day")
        return (
            select(day, func.count().label("records"), func.count(cls.user_id.distinct()).label("people"))
            .where(cls.created_at >= func.date_trunc("day", func.now()) - timedelta(days=days - 1))
            .group_by(day)
            .order_by(day.desc())
        )

    @classmethod
    def deleted_among(cls, names) -> set[tuple[int, int]]:
        """Which of these (owner, number) are deleted just now."""
        rows = select(cls.user_id, cls.number).where(named(names), cls.deleted_at.is_not(None))
        return {tuple(row) for row in db.session.execute(rows)} if names else set()

    # Acts

    @classmethod
    def work_out(cls, expression: str, owner: User) -> Result:
        """The answer, with the owner's preferences, names and earlier records. Keeps nothing. Raises Mistake."""
        return answered(expression, owner, cls.recalled(expression, owner))

    @classmethod
    def recalled(cls, expression: str, owner: User, before: int | None = None) -> Memory:
        """What the expression may refer to; with `before`, as it was before that record."""
        return recall(cls, owner, expression, decimal_comma=owner.decimal_comma, before=before)

    @classmethod
    def keep(cls, expression: str, owner: User, key: uuid.UUID, note: str = "") -> Calculation:
        """Work the expression out and keep it as the owner's next number, exactly once for each key.

        The owner's row stays locked until the commit, so that numbers have no gaps even when a form is sent
        forty times at once. Raises Mistake, and KeyReused where the key belongs to another expression.
        """
        earlier = cls.kept_with(key, owner, expression)
        if earlier is not None:
            return earlier
        memory = cls.recalled(expression, owner)
        result = answered(expression, owner, memory)
        last = cls.hold(owner)
        earlier = cls.kept_with(key, owner, expression)
        if earlier is not None:
            return earlier
        note = (note or result.note or "")[:LONGEST_NOTE]
        says = said(expression, owner, result, memory)
        written = insert(cls).values(
            user_id=owner.id,
            number=last + 1,
            idempotency_key=key,
            note=note,
            search=sought_in(note, says),
            **says,
        )
        kept = db.session.scalar(written.on_conflict_do_nothing(constraint=KEY_IS_UNIQUE).returning(cls))
        db.session.execute(
            update(User)
            .where(User.id == owner.id)
            .values(last_number=last + 1)
            .execution_options(synchronize_session=False)
        )
        kept.note_uses(memory.used(result))
        if result.defines:
            Name.give(owner, result, kept.number)
        return kept

    @staticmethod
    def hold(owner: User) -> int:
        """Lock the owner's tape until the commit; its last number."""
        return db.session.scalar(select(User.last_number).where(User.id == owner.id).with_for_update())

    @classmethod
    def kept_with(cls, key: uuid.UUID, owner: User, expression: str) -> Calculation | None:
        found = db.session.scalar(select(cls).where(cls.user_id == owner.id, cls.idempotency_key == key))
        if found is not None and found.first_expression != expression:
            raise KeyReused(f"This form was already sent, with {found.first_expression!r}, and is #{found.number}.")
        return found

    @property
    def first_expression(self) -> str:
        """What was typed at first, whatever it was edited to since."""
        return self.versions[-1].expression if self.version > 1 and self.versions else self.expression

    def rework(self, expression: str, owner: User, version: int, by: User) -> None:
        """Replace the expression and its answer together, so they can never disagree; keep what was said before.

        `version` is what the person had read. Raises StaleEdit where it is no longer so, and Mistake.
        """
        if self.version != version or self.deleted_at is not None:
            raise StaleEdit
        memory = self.recalled(expression, owner, before=self.number)
        self.refuse_circle(memory, expression)
        result = answered(expression, owner, memory)
        self.say(said(expression, owner, result, memory), result, memory.used(result), owner, by)

    def say(self, says: dict[str, object], result: Result, used: set[int], owner: User, by: User) -> None:
        """Write a new answer over the old one, and put the old one among the versions."""
        before = {name: getattr(self, name) for name in WHAT_IT_SAYS if name != "decimal_comma"}
        number, version, defined = self.number, self.version, self.defines
        self.change(version, **says, search=sought_in(self.note, says), version=version + 1)
        db.session.add(
            CalculationVersion(user_id=self.user_id, number=number, version=version, replaced_by=by.id, **before)
        )
        db.session.execute(
            db.delete(CalculationUse).where(CalculationUse.user_id == self.user_id, CalculationUse.number == number)
        )
        self.note_uses(used)
        if defined and defined != result.defines:
            Name.take_back(owner, defined, number)
        if result.defines:
            Name.give_again(owner, result, number)

    def refuse_circle(self, memory: Memory, expression: str) -> None:
        """A record cannot use what depends on it. Raises Mistake."""
        named = set(memory.asked.records) | set(memory.givers.values())
        circular = named & ({self.number} | {number for number, _ in self.dependants()})
        if circular:
            number = min(circular)
            found = re.search(rf"#{number}(?!\d)", expression)
            how = "is this calculation itself" if number == self.number else f"depends on #{self.number}"
            raise Circle(f"#{number} {how}: that would go round in a circle.", *(found.span() if found else (0, 0)))

    def dependants(self) -> list[tuple[int, bool]]:
        """(number, whether it uses this record itself) of all that would change with it, in order of number."""
        uses = CalculationUse
        direct = (
            select(uses.number, db.literal(1).label("step"))
            .join(Calculation, (Calculation.user_id == uses.user_id) & (Calculation.number == uses.number))
            .where(uses.user_id == self.user_id, uses.used_number == self.number, Calculation.deleted_at.is_(None))
        )
        reached = direct.cte("reached", recursive=True)
        further = (
            select(uses.number, db.literal(2))
            .join(reached, uses.used_number == reached.c.number)
            .join(Calculation, (Calculation.user_id == uses.user_id) & (Calculation.number == uses.number))
            .where(uses.user_id == self.user_id, Calculation.deleted_at.is_(None))
        )
        reached = reached.union(further)
        nearest = select(reached.c.number, func.min(reached.c.step)).group_by(reached.c.number).order_by("number")
        return [(number, step == 1) for number, step in db.session.execute(nearest)]

    def annotate(self, note: str) -> None:
        self.change(self.version, note=note, search=sought_in(note, {name: getattr(self, name) for name in SEARCHED}))

    def star(self, starred: bool) -> None:
        self.change(self.version, starred=starred)

    def delete(self, by: User) -> None:
        """Take the record off the tape; it can be restored for thirty days."""
        self.change(self.version, deleted_at=func.now(), deleted_by=by.id, updated_at=Calculation.updated_at)

    def restore(self) -> None:
        """Back as it was, byte for byte."""
        self.change(self.version, deleted_at=None, deleted_by=None, updated_at=Calculation.updated_at)

    def answer_in(self, digits: int) -> str:
        """The answer with so many digits: from the exact value again, where some are left out or too many."""
        if digits == self.digits or (self.is_whole and ("." not in self.answer or len(self.answer) <= digits)):
            return self.answer
        try:
            itself = Known(records={self.number: self.value})  # a value may be longer than what can be typed
            return evaluate_guarded(f"#{self.number}", digits=digits, known=itself).answer
        except Mistake:
            return self.answer

    @classmethod
    def delete_all(cls, names, by: User) -> list[tuple[int, int]]:
        """Take these (owner, number) off their tapes, those that are still there; returns which."""
        return cls._set_deleted(names, cls.deleted_at.is_(None), deleted_at=func.now(), deleted_by=by.id)

    @classmethod
    def restore_all(cls, names) -> list[tuple[int, int]]:
        return cls._set_deleted(names, cls.deleted_at.is_not(None), deleted_at=None, deleted_by=None)

    @classmethod
    def _set_deleted(cls, names, still, **columns):
        changed = (
            update(cls)
            .where(named(names), still)
            .values(**columns, updated_at=cls.updated_at)  # back as it was, byte for byte
            .returning(cls.user_id, cls.number)
            .execution_options(synchronize_session=False)
        )
        return [tuple(row) for row in db.session.execute(changed)]

    @property
    def is_whole(self) -> bool:
        """Whether the answer says all: a plain number that ends, and ends before the digits do."""
        found = PLAIN_VALUE.fullmatch(self.value)
        if found is None or found[1] is None:
            return found is not None
        return ends(int(found[1])) and len(self.answer) <= self.digits

    @property
    def removed_by_administrator(self) -> bool:
        return self.deleted_at is not None and self.deleted_by != self.user_id

    @property
    def reason_of_removal(self) -> str:
        """What the administrator who removed it said; empty where nobody did."""
        if not self.removed_by_administrator:
            return ""
        return db.session.scalar(AuditEvent.reason_of_removal(self.user_id, self.number)) or ""

    def change(self, version: int, /, **columns) -> None:
        """Write these columns if nobody was faster. Raises StaleEdit."""
        changed = db.session.execute(
            update(Calculation)
            .where(
                Calculation.user_id == self.user_id,
                Calculation.number == self.number,
                Calculation.version == version,
            )
            .values(**{"updated_at": func.now(), **columns})
            .execution_options(synchronize_session=False)
        )
        db.session.expire(self)
        if changed.rowcount == 0:
            raise StaleEdit

    def note_uses(self, numbers) -> None:
        rows = [
            {"user_id": self.user_id, "number": self.number, "used_number": number} for number in sorted(set(numbers))
        ]
        if rows:
            db.session.execute(insert(CalculationUse), rows)


def named(names):
    """The condition that a record is one of these (owner, number)."""
    return tuple_(Calculation.user_id, Calculation.number).in_(sorted(names))


def escaped(text: str) -> str:
    """With what LIKE would take for a wildcard meaning itself."""
    return text.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")


KEY_IS_UNIQUE = "uq_calculations_user_id_idempotency_key"


def answered(expression: str, owner: User, memory: Memory) -> Result:
    """The answer as this person writes and reads. Raises Mistake."""
    return evaluate_guarded(
        expression,
        digits=owner.digits,
        decimal_comma=owner.decimal_comma,
        angle_unit=owner.angle_unit,
        known=memory.known,
        today=datetime.now(zone_of(owner)).date(),
    )


def said(expression: str, owner: User, result: Result, memory: Memory) -> dict[str, object]:
    """The columns that say what was asked and answered; they change only together."""
    return {
        "expression": expression,
        "decimal_comma": owner.decimal_comma,
        "digits": owner.digits,
        "hints": list(result.hints),
        "defines": result.defines,
        "read": result.read,
        "answer": result.answer,
        "exact": result.exact,
        "value": result.value,
        "certainty": result.certainty,
        "unit": result.unit,
        "confirmed": memory.confirms(result),
    }


def sought_in(note: str, says: dict[str, object]) -> str:
    """What the search looks at."""
    return fields(note, *(says[name] for name in SEARCHED))


def ends(denominator: int) -> bool:
    """Whether one over this has a last decimal."""
    for prime in (2, 5):
        while denominator % prime == 0:
            denominator //= prime
    return denominator == 1
