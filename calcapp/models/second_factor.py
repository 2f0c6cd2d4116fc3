"""The second factor: codes from an authenticator app, and recovery codes for the day it is lost."""

from __future__ import annotations

import hashlib
import re
import secrets
import time
from datetime import datetime

import pyotp
from sqlalchemy import CheckConstraint, ForeignKey, delete, func, select, update
from sqlalchemy.orm import Mapped, mapped_column

from calcapp.extensions import db
from calcapp.models.user import Instant, User

RECOVERY_CODES = 10
LETTERS = "abcdefghijkmnpqrstuvwxyz23456789"  # 32 of them, none like another: 16 make 80 bits
STEP = 30  # seconds, as every authenticator app counts


class Authenticator(db.Model):
    """An app that shares a secret with us. The secret is sealed with the server's key."""

    __tablename__ = "authenticators"

    user_id: Mapped[int] = mapped_column(
        ForeignKey("users.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    sealed_secret: Mapped[str] = mapped_column(db.Text)
    last_step: Mapped[int] = mapped_column(db.BigInteger)
    created_at: Mapped[datetime] = mapped_column(Instant, server_default=func.now())

    @classmethod
    def of(cls, user: User) -> Authenticator | None:
        return db.session.get(cls, user.id)

    def spend(self, step: int) -> bool:
        """Use this step's code up. Each works once, and none that is older: of two at once, one is refused."""
        spent = db.session.execute(
            update(Authenticator)
            .where(Authenticator.user_id == self.user_id, Authenticator.last_step < step)
            .values(last_step=step)
            .execution_options(synchronize_session=False)
        )
        return spent.rowcount == 1

    @classmethod
    def remove(cls, user: User) -> None:
        db.session.execute(delete(cls).where(cls.user_id == user.id))
        db.session.execute(delete(RecoveryCode).where(RecoveryCode.user_id == user.id))


class RecoveryCode(db.Model):
    """One of ten; the row goes when the code is used."""

    __tablename__ = "recovery_codes"
    __table_args__ = (CheckConstraint("length(code_hash) = 32", name="code_hash"),)

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), primary_key=True)
    code_hash: Mapped[bytes] = mapped_column(primary_key=True)

    @classmethod
    def renew(cls, user: User) -> list[str]:
        """Ten new codes, shown once and kept as hashes; those from before end."""
        db.session.execute(delete(cls).where(cls.user_id == user.id))
        codes = ["".join(secrets.choice(LETTERS) for _ in range(16)) for _ in range(RECOVERY_CODES)]
        db.session.add_all(cls(user_id=user.id, code_hash=hash_code(code)) for code in codes)
        return ["-".join(code[at : at + 4] for at in range(0, 16, 4)) for code in codes]

    @classmethod
    def spend(cls, user: User, typed: str) -> bool:
        spent = db.session.execute(delete(cls).where(cls.user_id == user.id, cls.code_hash == hash_code(typed)))
        return spent.rowcount == 1

    @classmethod
    def left(cls, user: User) -> int:
        return db.session.scalar(select(func.count()).where(cls.user_id == user.id))


def hash_code(typed: str) -> bytes:
    """Of the letters alone: people type it with and without the dashes. 80 random bits need no slow hash."""
    return hashlib.sha256(re.sub(r"[^a-z0-9]", "", typed.lower()).encode()).digest()


def step_of(secret: str, code: str, now: float | None = None) -> int | None:
    """The time step whose code this is: the present one or a neighbour, for clocks that are a little off."""
    present = int(time.time() if now is None else now) // STEP
    code = re.sub(r"\s", "", code)
    fitting = [
        step for step in (present, present - 1, present + 1) if pyotp.TOTP(secret).verify(code, for_time=step * STEP)
    ]
    return fitting[0] if fitting else None
