"""A person with an account."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from flask_login import UserMixin
from sqlalchemy import CheckConstraint, FetchedValue, Identity, func, select, update
from sqlalchemy.dialects.postgresql import TIMESTAMP
from sqlalchemy.orm import Mapped, mapped_column

from calcapp.extensions import db
from calcapp.models.password import check_password, hash_password, is_outdated

LONGEST_EMAIL = 254  # RFC 5321, 4.5.3.1.3, less the angle brackets
EMAIL = re.compile(r"[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[a-z0-9-]+(\.[a-z0-9-]+)+")
TO_THINK_IT_OVER = timedelta(days=7)
DIGITS = (15, 30, 100, 1000)

Instant = TIMESTAMP(timezone=True)


class StaleAccount(Exception):
    """Another administrator changed the account since this one read it."""


class LastAdministrator(Exception):
    """Nobody would be left to administer."""


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
        return select(cls).where(cls.role == "admin", cls.active, cls.leaving_at.is_(None))

    @classmethod
    def everybody(cls, text: str = "", before: int | None = None):
        """All accounts whose address holds this text, newest first."""
        people = select(cls).order_by(cls.id.desc())
        if text:
            people = people.where(cls.email.contains(text.lower(), autoescape=True))
        return people if before is None else people.where(cls.id < before)

    @classmethod
    def emails_of(cls, ids) -> dict[int, str]:
        return dict(db.session.execute(select(cls.id, cls.email).where(cls.id.in_(ids))).all())

    @classmethod
    def figures(cls):
        """Counts of people; the records ever kept are the sum of the last numbers, so no record is counted."""
        return select(
            func.count().label("all"),
            func.count().filter(cls.active).label("active"),
            func.count().filter(cls.active, cls.role == "admin").label("administrators"),
            func.coalesce(func.sum(cls.last_number), 0).label("records"),
        ).select_from(cls)

    # Acts of administrators. `version` is what they had read of the account.

    def deactivate(self, version: int) -> None:
        self._keep_an_administrator()
        self._change(version, active=False)

    def activate(self, version: int) -> None:
        self._change(version, active=True)

    def promote(self, version: int) -> None:
        self._change(version, role="admin")

    def demote(self, version: int) -> None:
        self._keep_an_administrator()
        self._change(version, role="user")

    def _keep_an_administrator(self) -> None:
        """Raises LastAdministrator where nobody else is one. The rows stay locked until the commit, so that two
        who demote each other at once do not both succeed."""
        locked = User.administrators().with_only_columns(User.id).order_by(User.id).with_for_update()
        if db.session.scalars(locked).all() == [self.id]:
            raise LastAdministrator

    def _change(self, version: int, **columns) -> None:
        changed = db.session.execute(
            update(User)
            .where(User.id == self.id, User.version == version)
            .values(**columns, version=version + 1)
            .execution_options(synchronize_session=False)
        )
        db.session.expire(self)
        if changed.rowcount == 0:
            raise StaleAccount

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

    def is_unchanged(self) -> bool:
        """Whether the password and the standing are still what was read, and stay so until the commit.

        Who changes them at the same time waits, and then ends the session that was begun meanwhile.
        """
        held = select(User.password_hash, User.active).where(User.id == self.id).with_for_update(key_share=True)
        return tuple(db.session.execute(held).one()) == (self.password_hash, self.active)

    def renew_hash(self, password: str) -> bool:
        """Hash a password that was right anew, where the parameters have risen since."""
        outdated = is_outdated(self.password_hash) and self.is_unchanged()
        if outdated:
            self.set_password(password)
        return outdated

    def leave(self) -> None:
        """Ask for everything to be deleted. `flask purge` does it when the days to think it over have passed."""
        if self.is_admin:
            self._keep_an_administrator()
        self.leaving_at = func.now() + TO_THINK_IT_OVER

    def stay(self) -> None:
        self.leaving_at = None


def canonical_email(email: str) -> str:
    """One spelling for each address: no space around it, small letters."""
    return email.strip().lower()
