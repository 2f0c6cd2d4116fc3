"""Finding records on a tape of any length: by text, by date, starred, deleted; page by page, newest first."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from sqlalchemy import and_, func, or_, select, text
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import defer

from calcapp.extensions import db
from calcapp.models.calculation import Calculation
from calcapp.models.folding import folded
from calcapp.models.user import User
from calcapp.models.version import CalculationVersion
from calcapp.models.when import Span, read_when, split_off
from calcapp.models.wording import zone_of

LONGEST_SEARCH = 200
SHORTEST_INDEXED = 3  # letters that make a trigram
WINDOW = 20_000  # records that are looked through at once where no index helps
RESTORABLE = timedelta(days=30)


@dataclass(frozen=True)
class Search:
    """What is looked for. `before` is where the page begins: below that number."""

    q: str = ""
    since: str = ""
    until: str = ""
    starred: bool = False
    deleted: bool = False
    before: int | None = None

    @property
    def is_narrow(self) -> bool:
        """Whether it asks for less than the whole tape."""
        return bool(self.q or self.since or self.until or self.starred)

    def asked(self, **changes) -> dict[str, object]:
        """The query of an address that asks for this."""
        wish = replace(self, **changes)
        said = {"q": wish.q, "from": wish.since, "to": wish.until, "before": wish.before}
        said |= {"starred": "1" if wish.starred else "", "deleted": "1" if wish.deleted else ""}
        return {name: value for name, value in said.items() if value}

    def mistakes(self, user: User) -> dict[str, str]:
        """The dates that are none, by field."""
        today = datetime.now(zone_of(user)).date()
        return {
            name: "Write a date like 2026-10-23, or October, or 2026."
            for name, words in (("from", self.since), ("to", self.until))
            if words and read_when(words, today, user.date_style) is None
        }

    def page(self, user: User, size: int) -> Page:
        """One page. Raises nothing: dates that are none are left out."""
        found = self.query(user).options(defer(Calculation.search))
        if self.before is not None:
            found = found.where(Calculation.number < self.before)
        floor = self.floor(user)
        if floor is not None:
            found = found.where(Calculation.number >= floor)
        records = list(db.session.scalars(found.limit(size + 1)))
        more = len(records) > size
        following = records[size - 1].number if more else floor if floor and floor > 1 else None
        was_said(user, records[:size])
        return Page(records[:size], following, searched_to=floor if not more and following else None)

    def query(self, user: User):
        """All that is looked for, newest first, as a select."""
        wanted = select(Calculation).where(Calculation.user_id == user.id)
        if self.deleted:
            alive = Calculation.deleted_at > func.now() - RESTORABLE
            wanted = wanted.where(Calculation.deleted_at.is_not(None), alive)
        else:
            wanted = wanted.where(Calculation.deleted_at.is_(None))
        if self.starred:
            wanted = wanted.where(Calculation.starred)
        today, zone = datetime.now(zone_of(user)).date(), zone_of(user)
        if span := read_when(self.since, today, user.date_style):
            wanted = wanted.where(Calculation.created_at >= span.begins(zone))
        if span := read_when(self.until, today, user.date_style):
            wanted = wanted.where(Calculation.created_at < span.ends(zone))
        if self.q:
            wanted = wanted.where(self.says(user))
        return wanted.order_by(Calculation.number.desc())

    def says(self, user: User):
        """The text is in the record, or its words of a date say when it was made."""
        rest, span = self.split(user)
        if span is None:
            return contains(self.q, user)
        zone = zone_of(user)
        made = and_(Calculation.created_at >= span.begins(zone), Calculation.created_at < span.ends(zone))
        return or_(contains(self.q, user), and_(contains(rest, user), made) if rest else made)

    def split(self, user: User) -> tuple[str, Span | None]:
        return split_off(self.q, datetime.now(zone_of(user)).date(), user.date_style)

    def floor(self, user: User) -> int | None:
        """Where no index helps, the number down to which this page looks."""
        if not self.q or self.split(user)[1] is not None:
            return None
        if len(folded(self.q)) >= SHORTEST_INDEXED and has_index():
            return None
        top = self.before or db.session.scalar(select(User.last_number).where(User.id == user.id)) + 1
        return max(top - WINDOW, 1)


@dataclass
class Page:
    """Records; where the next page begins, None at the end; and how far down was looked, where not to the end."""

    records: list[Calculation] = field(default_factory=list)
    following: int | None = None
    searched_to: int | None = None


def contains(sought: str, user: User):
    """The text as it is, and with a decimal point where the person writes a comma."""
    spellings = {folded(sought)}
    if user.decimal_comma:
        spellings.add(folded(sought).replace(".", "").replace(",", ".").replace(";", ","))
    return or_(*(Calculation.search.contains(spelling, autoescape=True) for spelling in sorted(spellings)))


def has_index() -> bool:
    """Whether the server had the extensions for it when the tables were made."""
    return db.session.scalar(text("SELECT to_regclass('ix_calculations_search') IS NOT NULL"))


def was_said(user: User, records: list[Calculation]) -> None:
    """Tell each edited record what its answer was before, in one query for the page."""
    edited = [record.number for record in records if record.version > 1]
    for record in records:
        record.was = None
    if not edited:
        return
    versions = CalculationVersion
    newest = (
        select(versions.number, versions.answer)
        .where(versions.user_id == user.id, versions.number.in_(edited))
        .order_by(versions.number, versions.version.desc())
        .ext(distinct_on(versions.number))
    )
    before = dict(db.session.execute(newest).all())
    for record in records:
        record.was = before.get(record.number)
