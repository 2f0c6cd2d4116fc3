"""A link in a mail: a token that works once, for one purpose, for a while."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from sqlalchemy import CheckConstraint, ForeignKey, delete, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, contains_eager, mapped_column, relationship

from calcapp.extensions import db
from calcapp.models.session import hash_token
from calcapp.models.user import LONGEST_EMAIL, Instant, User

RESET, VERIFY, CHANGE, STAY = "reset", "verify", "change", "stay"
LASTS = {
    RESET: timedelta(minutes=30),
    VERIFY: timedelta(days=3),
    CHANGE: timedelta(hours=2),
    STAY: timedelta(days=7),
}


class MailedLink(db.Model):
    """At most one for each person and purpose: asking again ends the link that was sent before."""

    __tablename__ = "mailed_links"
    __table_args__ = (
        CheckConstraint("purpose IN ('reset', 'verify', 'change', 'stay')", name="purpose"),
        CheckConstraint("length(token_hash) = 32", name="token_hash"),
        CheckConstraint(f"length(email) <= {LONGEST_EMAIL}", name="email"),
    )

    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"), primary_key=True)
    purpose: Mapped[str] = mapped_column(db.Text, primary_key=True)
    token_hash: Mapped[bytes] = mapped_column(unique=True)
    email: Mapped[str] = mapped_column(db.Text)
    expires_at: Mapped[datetime] = mapped_column(Instant)

    user: Mapped[User] = relationship(lazy="raise")

    @classmethod
    def make(cls, user: User, purpose: str, email: str) -> str:
        """The token of a new link, 256 random bits, kept here only as a hash."""
        token = secrets.token_urlsafe(32)
        made = insert(cls).values(
            user_id=user.id,
            purpose=purpose,
            token_hash=hash_token(token),
            email=email,
            expires_at=func.now() + LASTS[purpose],
        )
        says = {name: made.excluded[name] for name in ("token_hash", "email", "expires_at")}
        db.session.execute(made.on_conflict_do_update(index_elements=["user_id", "purpose"], set_=says))
        return token

    @classmethod
    def living(cls, token: str, purpose: str):
        """The link of this token, if it still works, with its person. Looking does not use it up."""
        return (
            select(cls)
            .join(cls.user)
            .options(contains_eager(cls.user))
            .where(cls.token_hash == hash_token(token), cls.purpose == purpose)
            .where(cls.expires_at > func.now(), User.active)
        )

    def use_up(self) -> bool:
        """True for the one request that used it, of any number at once."""
        used = db.session.execute(
            delete(MailedLink)
            .where(MailedLink.token_hash == self.token_hash)
            .execution_options(synchronize_session=False)
        )
        return used.rowcount == 1

    @classmethod
    def end(cls, user: User, purpose: str) -> None:
        db.session.execute(delete(cls).where(cls.user_id == user.id, cls.purpose == purpose))

    @classmethod
    def end_all(cls, user: User) -> None:
        """No link that was mailed before works any more, save the one to stay."""
        db.session.execute(delete(cls).where(cls.user_id == user.id, cls.purpose != STAY))
