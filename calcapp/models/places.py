"""Where on a tape to look for words. An index tells stretch from stretch and weeks from weeks (migration 0008)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import BigInteger, and_, bindparam, literal_column, text
from sqlalchemy.dialects.postgresql import ARRAY

from calcapp.extensions import db
from calcapp.models.calculation import Calculation
from calcapp.models.folding import folded, sought
from calcapp.models.user import User

STRETCH, WEEKS = 14, 22  # bits that are left out: 16,384 numbers, 48 days of seconds
MOST_STRETCHES, MOST_WEEKS = 16, 64  # a longer tape is much of everybody's: it is quicker to leave its places out
EARLIEST = datetime(1970, 1, 1, tzinfo=UTC)
PLACES = literal_column(
    f"(ARRAY[(calculations.user_id << 32) | (calculations.number >> {STRETCH}),"
    " -((calculations.user_id << 32)"
    f" | (EXTRACT(epoch FROM calculations.created_at AT TIME ZONE 'UTC')::bigint >> {WEEKS}))])",
    ARRAY(BigInteger),
)


def index_tells(text_: str) -> bool:
    """Whether the server has the index, and the text three letters in a row, as that server knows letters.

    What has none is in no list of the index, and all records of everybody would be looked through for it.
    """
    asked = text("SELECT to_regclass('ix_calculations_sought') IS NOT NULL AND :sought ~ '[[:alnum:]]{3}'")
    return db.session.scalar(asked, {"sought": sought(text_)})


def stretches(user: User, lowest: int, highest: int):
    """The condition that a record is in a stretch from that of one number to that of the other; None for too many."""
    first, last = lowest >> STRETCH, highest >> STRETCH
    return among(user, 1, first, last) if last - first < MOST_STRETCHES else None


def weeks(user: User, begins: datetime | None, ends: datetime | None):
    """The condition that a record was made in the weeks around this time; None where these would be many."""
    tomorrow = datetime.now(UTC) + timedelta(days=1)
    moments = (max(begins or EARLIEST, EARLIEST), min(ends or tomorrow, tomorrow))
    first, last = (int(at.timestamp()) >> WEEKS for at in moments)
    return among(user, -1, first, last) if last - first < MOST_WEEKS else None


def among(user: User, sign: int, first: int, last: int):
    places = [sign * ((user.id << 32) | each) for each in range(first, last + 1)]
    return PLACES.overlap(bindparam("places", places, PLACES.type, unique=True))


def spellings(words: str, user: User) -> list[str]:
    """The text as it is, and with a decimal point where the person writes a comma."""
    found = {sought(words)}
    if user.decimal_comma:
        found.add(sought(folded(words).replace(".", "").replace(",", ".").replace(";", ",")))
    return sorted(found)


def by_eye(spelling: str):
    """The text is in the record; no index is asked, so each record that the rest of the query leaves is looked at."""
    return Calculation.sought.concat("").contains(spelling, autoescape=True)


def by_index(spelling: str, place=None):
    """The text is in the record, and the record in this place."""
    found = Calculation.sought.contains(spelling, autoescape=True)
    return found if place is None else and_(found, place)
