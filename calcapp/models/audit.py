"""What was changed in another person's records or account: written by a trigger, never edited."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, FetchedValue, Identity, Index, func, select
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from calcapp.extensions import db
from calcapp.models.user import Instant


class AuditEvent(db.Model):
    """Who changed whose record or account, when, why, from what to what.

    No foreign keys: the event outlives the people and the records that it tells of. Actor 0 is the command line.
    """

    __tablename__ = "audit_events"
    __table_args__ = (
        CheckConstraint("object IN ('calculation', 'user', 'session')", name="object"),
        CheckConstraint("action IN ('insert', 'update', 'delete')", name="action"),
        Index(None, "owner_id", "id"),
    )

    id: Mapped[int] = mapped_column(db.BigInteger, Identity(always=True), primary_key=True)
    at: Mapped[datetime] = mapped_column(Instant, server_default=func.clock_timestamp())
    transaction: Mapped[int] = mapped_column(db.BigInteger, server_default=FetchedValue())
    actor_id: Mapped[int] = mapped_column(db.BigInteger)
    action: Mapped[str] = mapped_column(db.Text)
    object: Mapped[str] = mapped_column(db.Text)
    owner_id: Mapped[int] = mapped_column(db.BigInteger)
    number: Mapped[int | None] = mapped_column(db.BigInteger)
    reason: Mapped[str] = mapped_column(db.Text, server_default="")
    before: Mapped[dict | None] = mapped_column(JSONB)
    after: Mapped[dict | None] = mapped_column(JSONB)

    @classmethod
    def newest(cls, before: int | None = None, owner: int | None = None):
        events = select(cls).order_by(cls.id.desc())
        if owner is not None:
            events = events.where(cls.owner_id == owner)
        return events if before is None else events.where(cls.id < before)

    @classmethod
    def reason_of_removal(cls, owner_id: int, number: int):
        """Why an administrator last deleted this record."""
        return (
            select(cls.reason)
            .where(cls.owner_id == owner_id, cls.object == "calculation", cls.number == number)
            .where(cls.after["deleted_at"].astext.is_not(None))
            .order_by(cls.id.desc())
            .limit(1)
        )

    @property
    def record(self) -> tuple[int, int | None]:
        return self.owner_id, self.number

    @property
    def what(self) -> str:
        """What was done, as one word."""
        if self.action == "insert":
            return "created"
        if self.action == "delete":
            return "logged out" if self.object == "session" else "purged"
        changed = {name: after for name, _, after in self.changes}
        if "active" in changed:
            return "activated" if changed["active"] else "deactivated"
        if "role" in changed:
            return "promoted" if changed["role"] == "admin" else "demoted"
        if self.object == "user":
            return "changed"
        if "deleted_at" in changed:
            return "deleted" if changed["deleted_at"] else "restored"
        return "edited"

    @property
    def changes(self) -> list[tuple[str, object, object]]:
        """(column, before, after) of what differs."""
        before, after = self.before or {}, self.after or {}
        names = sorted(before.keys() | after.keys())
        return [(name, before.get(name), after.get(name)) for name in names if before.get(name) != after.get(name)]
