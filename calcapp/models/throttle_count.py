"""How often something was tried lately: one row for each who and what, shared by every worker."""

from __future__ import annotations

import hashlib
from datetime import datetime, timedelta

from sqlalchemy import CheckConstraint, Index, case, delete, func, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped, mapped_column

from calcapp.extensions import db
from calcapp.models.user import Instant


class ThrottleCount(db.Model):
    """A window that opens with the first try and counts until it closes. The database's clock decides."""

    __tablename__ = "throttle_counts"
    __table_args__ = (CheckConstraint("length(key) = 32", name="key"), Index(None, "until"))

    key: Mapped[bytes] = mapped_column(primary_key=True)
    count: Mapped[int]
    until: Mapped[datetime] = mapped_column(Instant)

    @classmethod
    def one_more(cls, name: str, window: timedelta, by: int = 1) -> tuple[int, float]:
        """Count one try, or several; how many that makes in its window, and the seconds until the window closes.

        One statement under one row lock: of any number of workers each gets a number of its own.
        """
        closed = cls.until <= func.now()
        tried = insert(cls).values(key=key_of(name), count=by, until=func.now() + window)
        tried = tried.on_conflict_do_update(
            index_elements=[cls.key],
            set_={
                "count": case((closed, by), else_=cls.count + by),
                "until": case((closed, tried.excluded.until), else_=cls.until),
            },
        )
        row = db.session.execute(
            tried.returning(cls.count, func.extract("epoch", cls.until - func.now()).label("seconds"))
        ).one()
        return row.count, float(row.seconds)

    @classmethod
    def one_less(cls, name: str) -> None:
        """Take a try back: it turned out to be right."""
        db.session.execute(
            update(cls)
            .where(cls.key == key_of(name), cls.count > 0)
            .values(count=cls.count - 1)
            .execution_options(synchronize_session=False)
        )

    @classmethod
    def forget(cls, name: str) -> None:
        db.session.execute(delete(cls).where(cls.key == key_of(name)))

    @classmethod
    def closed(cls):
        """The deletion of all windows that are over."""
        return delete(cls).where(cls.until < func.now())


def key_of(name: str) -> bytes:
    """A hash, so that the table holds no addresses and every key has one length."""
    return hashlib.sha256(name.encode(errors="surrogatepass")).digest()
