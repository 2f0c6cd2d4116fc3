"""A passkey: a key pair whose secret half never leaves the person's device."""

from __future__ import annotations

import uuid
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, delete, func, select
from sqlalchemy.orm import Mapped, contains_eager, mapped_column, relationship

from calcapp.extensions import db
from calcapp.models.user import Instant, User

LONGEST_NAME = 60


class Passkey(db.Model):
    """One device, or one keychain that several devices share."""

    __tablename__ = "passkeys"
    __table_args__ = (
        CheckConstraint("length(credential_id) BETWEEN 1 AND 1023", name="credential_id"),
        CheckConstraint("length(public_key) BETWEEN 1 AND 2000", name="public_key"),
        CheckConstraint("sign_count >= 0", name="sign_count"),
        CheckConstraint(f"length(name) BETWEEN 1 AND {LONGEST_NAME}", name="name"),
    )

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), primary_key=True)
    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, server_default=func.gen_random_uuid())
    credential_id: Mapped[bytes] = mapped_column(unique=True)
    public_key: Mapped[bytes]
    sign_count: Mapped[int] = mapped_column(db.BigInteger)
    name: Mapped[str] = mapped_column(db.Text)
    created_at: Mapped[datetime] = mapped_column(Instant, server_default=func.now())
    last_used_at: Mapped[datetime | None] = mapped_column(Instant)

    user: Mapped[User] = relationship(lazy="raise")

    @classmethod
    def of(cls, user: User):
        return select(cls).where(cls.user_id == user.id).order_by(cls.created_at)

    @classmethod
    def with_credential(cls, credential_id: bytes):
        """The passkey with its person, if that person may come in."""
        return (
            select(cls)
            .join(cls.user)
            .options(contains_eager(cls.user))
            .where(cls.credential_id == credential_id, User.active)
        )

    @classmethod
    def remove(cls, user: User, passkey_id: uuid.UUID) -> bool:
        gone = db.session.execute(delete(cls).where(cls.user_id == user.id, cls.id == passkey_id))
        return gone.rowcount == 1

    @classmethod
    def remove_all(cls, user: User) -> None:
        db.session.execute(delete(cls).where(cls.user_id == user.id))

    def used(self, sign_count: int) -> None:
        self.sign_count = sign_count
        self.last_used_at = func.now()
