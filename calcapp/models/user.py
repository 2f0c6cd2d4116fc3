"""A person with an account."""

from __future__ import annotations

import re
import threading
from datetime import datetime

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from flask_login import UserMixin
from sqlalchemy import CheckConstraint, FetchedValue, Identity, func, select
from sqlalchemy.dialects.postgresql import TIMESTAMP
from sqlalchemy.orm import Mapped, mapped_column

from calcapp.extensions import db

SHORTEST_PASSWORD, LONGEST_PASSWORD = 8, 1024  # characters, bytes
LONGEST_EMAIL = 254  # RFC 5321, 4.5.3.1.3, less the angle brackets
EMAIL = re.compile(r"[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[a-z0-9-]+(\.[a-z0-9-]+)+")
DIGITS = (15, 30, 100, 1000)

# OWASP's password storage cheat sheet: argon2id with 19 MiB, two rounds, one lane.
HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
HASHING = threading.BoundedSemaphore(2)  # each takes 19 MiB: two at a time in a process fit a small container
# The hash of a random text that nobody kept: what an unknown person's password is compared with.
NOBODY = "$argon2id$v=19$m=19456,t=2,p=1$OYObM8A7dCZCEcLHuPLb6g$PoqBW4MAbBycL5cWhnYDuJ8byLgXvuLd2vF1KlXu7qM"

Instant = TIMESTAMP(timezone=True)


class User(UserMixin, db.Model):
    """An account. The email address is its name: ASCII, in small letters, so that it has no twins."""

    __tablename__ = "users"
    __table_args__ = (
        CheckConstraint(f"email ~ '^{EMAIL.pattern}$' AND length(email) <= {LONGEST_EMAIL}", name="email"),
        CheckConstraint("password_hash LIKE '$argon2id$%'", name="password_hash"),
        CheckConstraint("role IN ('user', 'admin')", name="role"),
        CheckConstraint("last_number >= 0", name="last_number"),
        CheckConstraint("version >= 1", name="version"),
        CheckConstraint(f"digits IN {DIGITS}", name="digits"),
        CheckConstraint("angle_unit IN ('rad', 'deg')", name="angle_unit"),
        CheckConstraint("date_style IN ('iso', 'day', 'month')", name="date_style"),
        CheckConstraint("keep_history IN ('always', '30 days', 'never')", name="keep_history"),
        CheckConstraint("length(time_zone) BETWEEN 1 AND 64", name="time_zone"),
    )

    id: Mapped[int] = mapped_column(db.BigInteger, Identity(always=True), primary_key=True)
    email: Mapped[str] = mapped_column(db.Text, unique=True)
    password_hash: Mapped[str] = mapped_column(db.Text)
    role: Mapped[str] = mapped_column(db.Text, server_default="user")
    active: Mapped[bool] = mapped_column(server_default=db.true())
    last_number: Mapped[int] = mapped_column(db.BigInteger, server_default="0")
    version: Mapped[int] = mapped_column(db.Integer, server_default="1")
    decimal_comma: Mapped[bool] = mapped_column(server_default=db.false())
    digits: Mapped[int] = mapped_column(db.SmallInteger, server_default="15")
    angle_unit: Mapped[str] = mapped_column(db.Text, server_default="rad")
    date_style: Mapped[str] = mapped_column(db.Text, server_default="iso")
    time_zone: Mapped[str] = mapped_column(db.Text, server_default="UTC")
    keep_history: Mapped[str] = mapped_column(db.Text, server_default="always")
    email_verified_at: Mapped[datetime | None] = mapped_column(Instant)
    leaving_at: Mapped[datetime | None] = mapped_column(Instant)
    created_at: Mapped[datetime] = mapped_column(Instant, server_default=func.now())
    updated_at: Mapped[datetime] = mapped_column(
        Instant, server_default=func.now(), server_onupdate=FetchedValue(), onupdate=func.now()
    )

    @classmethod
    def with_email(cls, email: str):
        return select(cls).where(cls.email == canonical_email(email))

    @classmethod
    def administrators(cls):
        return select(cls).where(cls.role == "admin", cls.active)

    @property
    def is_active(self) -> bool:
        return self.active

    @property
    def is_admin(self) -> bool:
        return self.role == "admin"

    def set_password(self, password: str) -> None:
        self.password_hash = hash_password(password)

    def has_password(self, password: str) -> bool:
        return check_password(self.password_hash, password)


def canonical_email(email: str) -> str:
    """One spelling for each address: no space around it, small letters."""
    return email.strip().lower()


def hash_password(password: str) -> str:
    with HASHING:
        return HASHER.hash(password)


def check_password(password_hash: str | None, password: str) -> bool:
    """Whether the password fits. Takes as long for an unknown person (None), so that time tells nothing."""
    if len(password.encode(errors="surrogatepass")) > LONGEST_PASSWORD:
        return False
    try:
        with HASHING:
            return HASHER.verify(password_hash or NOBODY, password) and password_hash is not None
    except (VerifyMismatchError, InvalidHashError):
        return False
