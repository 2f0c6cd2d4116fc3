"""A log-in that lasts: the browser holds an opaque token, the table only its hash."""

from __future__ import annotations

import hashlib
import secrets
import uuid
from datetime import datetime, timedelta

from sqlalchemy import CheckConstraint, ForeignKey, Index, and_, delete, func, select, update
from sqlalchemy.orm import Mapped, column_property, contains_eager, mapped_column, relationship

from calcapp.extensions import db
from calcapp.models.user import Instant, User

IDLE = timedelta(hours=2)
LONGEST = timedelta(hours=12)
IDLE_REMEMBERED = timedelta(days=30)
LONGEST_REMEMBERED = timedelta(days=90)
CONFIRMED_FOR = timedelta(minutes=15)
SEEN_EVERY = timedelta(minutes=1)  # how finely "last seen" is written down


class Session(db.Model):
    """One browser in which one person is logged in, until it is idle or old, or is ended."""

    __tablename__ = "sessions"
    __table_args__ = (
        CheckConstraint("length(token_hash) = 32", name="token_hash"),
        CheckConstraint("length(browser) <= 300", name="browser"),
        CheckConstraint("length(address) <= 45", name="address"),
        Index(None, "user_id"),
    )

    id: Mapped[uuid.UUID] = mapped_column(primary_key=True, server_default=func.gen_random_uuid())
    token_hash: Mapped[bytes] = mapped_column(unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("users.id", ondelete="CASCADE"))
    remembered: Mapped[bool] = mapped_column(server_default=db.false())
    strong: Mapped[bool] = mapped_column(server_default=db.false())  # begun or confirmed with a second factor
    browser: Mapped[str] = mapped_column(db.Text, server_default="")
    address: Mapped[str] = mapped_column(db.Text, server_default="")
    created_at: Mapped[datetime] = mapped_column(Instant, server_default=func.now())
    last_seen_at: Mapped[datetime] = mapped_column(Instant, server_default=func.now())
    confirmed_at: Mapped[datetime] = mapped_column(Instant, server_default=func.now())

    # By the database's clock, when the row was read: ours may be wrong, and must open nothing.
    seen_ago: Mapped[timedelta] = column_property(func.now() - last_seen_at)
    confirmed_ago: Mapped[timedelta] = column_property(func.now() - confirmed_at)

    user: Mapped[User] = relationship(lazy="raise")

    @classmethod
    def begin(cls, user: User, *, remembered=False, strong=False, browser="", address="") -> tuple[Session, str]:
        """A new session and the token that opens it, which is kept nowhere else."""
        token = secrets.token_urlsafe(32)
        session = cls(
            token_hash=hash_token(token),
            user_id=user.id,
            remembered=remembered,
            strong=strong,
            browser=browser[:300],
            address=address[:45],
        )
        db.session.add(session)
        return session, token

    @classmethod
    def opened_by(cls, token: str):
        """The living session of this token, with its user, in one query."""
        return (
            select(cls)
            .join(cls.user)
            .options(contains_eager(cls.user))
            .where(cls.token_hash == hash_token(token), User.active, cls.lives())
        )

    @classmethod
    def lives(cls):
        """Neither idle for long nor old. The database's clock decides."""
        idle = db.case((cls.remembered, IDLE_REMEMBERED), else_=IDLE)
        longest = db.case((cls.remembered, LONGEST_REMEMBERED), else_=LONGEST)
        return and_(func.now() - cls.last_seen_at < idle, func.now() - cls.created_at < longest)

    @classmethod
    def living_of(cls, user: User):
        return cls.of(user).where(cls.lives())

    @classmethod
    def of(cls, user: User):
        return select(cls).where(cls.user_id == user.id).order_by(cls.last_seen_at.desc())

    @classmethod
    def living(cls):
        """How many are seen to be used just now."""
        return select(func.count()).select_from(cls).where(func.now() - cls.last_seen_at < IDLE)

    @classmethod
    def counted(cls, users) -> dict[int, int]:
        """How many sessions each of these people has."""
        ids = [user.id for user in users]
        counts = select(cls.user_id, func.count()).where(cls.user_id.in_(ids)).group_by(cls.user_id)
        return dict(db.session.execute(counts).all())

    @classmethod
    def end_all(cls, user: User, except_for: Session | None = None) -> None:
        ended = delete(cls).where(cls.user_id == user.id)
        db.session.execute(ended if except_for is None else ended.where(cls.id != except_for.id))

    def seen(self) -> bool:
        """Note that the person was here, at most once a minute. True where something was written."""
        if self.seen_ago < SEEN_EVERY:
            return False
        noted = db.session.execute(
            update(Session)
            .where(Session.id == self.id, Session.last_seen_at < func.now() - SEEN_EVERY)
            .values(last_seen_at=func.now())
            .execution_options(synchronize_session=False)
        )
        return noted.rowcount > 0

    @classmethod
    def end_one(cls, user: User, session_id: uuid.UUID) -> bool:
        ended = db.session.execute(delete(cls).where(cls.user_id == user.id, cls.id == session_id))
        return ended.rowcount == 1

    def end(self) -> None:
        db.session.execute(delete(Session).where(Session.id == self.id))

    @property
    def confirmed_lately(self) -> bool:
        return self.confirmed_ago < CONFIRMED_FOR

    def confirm(self, *, strong=False) -> None:
        """The person has just proved again to be the one who logged in."""
        self.confirmed_at = func.now()
        self.strong = self.strong or strong

    @property
    def browser_name(self) -> str:
        return described(self.browser)


def hash_token(token: str) -> bytes:
    """SHA-256 is enough for 256 random bits: there is nothing to guess."""
    return hashlib.sha256(token.encode(errors="surrogateescape")).digest()


# The first word found names it: Edge and Opera also say Chrome, everybody says Safari.
BROWSERS = (("Edg", "Edge"), ("OPR/", "Opera"), ("Firefox/", "Firefox"), ("Chrom", "Chrome"), ("Safari/", "Safari"))
SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("Linux", "Linux"),
)


def described(user_agent: str) -> str:
    """A browser as people call it: Firefox on Linux."""
    browser = next((name for word, name in BROWSERS if word in user_agent), None)
    system = next((name for word, name in SYSTEMS if word in user_agent), None)
    if browser and system:
        return f"{browser} on {system}"
    return browser or system or "Another program"
