"""Finding records on a tape of any length: by text, by date, starred, deleted; page by page, newest first."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import partial

from sqlalchemy import and_, func, or_, select, tuple_
from sqlalchemy.dialects.postgresql import distinct_on

from calcapp.extensions import db
from calcapp.models.calculation import Calculation
from calcapp.models.places import (
    EARLIEST,
    STRETCH,
    by_eye,
    by_index,
    index_tells,
    spellings,
    stretches,
    weeks,
)
from calcapp.models.user import User
from calcapp.models.version import CalculationVersion
from calcapp.models.when import Span, read_when, split_off
from calcapp.models.wording import example_day, zone_of

LONGEST_SEARCH = 200
WINDOW = 10_000  # records that are looked through at once where no index helps
WALK = 1_000  # that are looked through before the index is asked: what is often said is among them
NEAR = 2  # stretches in which the index is asked first
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
            name: f"Write a date like {example_day(user)}, or October, or 2026."
            for name, words in (("from", self.since), ("to", self.until))
            if words and read_when(words, today, user.date_style) is None
        }

    def page(self, user: User, size: int) -> Page:
        """One page. Raises nothing: dates that are none are left out."""
        floor = self.floor(user)
        records: list[Calculation] = []
        for look in self.looks(user, floor, records):
            records += db.session.scalars(look.limit(size + 1 - len(records)))
            if len(records) > size:
                break
        more = len(records) > size
        following = records[size - 1].number if more else floor if floor and floor > 1 else None
        was_said(user, records[:size])
        return Page(records[:size], following, searched_to=floor if not more and following else None)

    def looks(self, user: User, floor: int | None, found: list[Calculation]):
        """Queries that together find all there is below `before`, newest first; each is asked when the ones before it
        have `found` too little."""
        top = self.before - 1 if self.before else user.last_number
        begins, ends = self.between(user)
        rest, span = self.split(user)
        if floor is not None:
            yield self.query(user, by_eye).where(Calculation.number.between(floor, top))
        elif (begins or ends) and not self.q:
            yield self.by_time(self.query(user), self.reached(user))
        elif begins or ends:
            made_then = self.query(user, partial(by_index, place=weeks(user, begins, ends)))
            yield made_then.where(Calculation.number <= top)
        elif span and not rest:
            yield from self.looks_around(user, span, found)
        elif self.q:
            has_it = partial(self.found_by, user=user)
            yield from self.looks_along_the_numbers(self.besides_words(user), has_it, user, top, found)
        else:
            yield self.query(user) if self.before is None else self.query(user).where(Calculation.number <= top)

    def looks_around(self, user: User, span: Span, found: list[Calculation]):
        """A time and nothing else: what was made then, by time, however long ago it is and however much. Before that
        comes what was made later and has these words, and behind it what was made earlier and has them."""
        begins, ends = span.begins(zone_of(user)), span.ends(zone_of(user))
        at, top = self.reached(user), self.before - 1 if self.before else user.last_number
        made, wanted, says_it = Calculation.created_at, self.besides_words(user), partial(self.says, user=user)
        if (at is None or at >= ends) and ends < datetime.now(UTC) + timedelta(days=1):
            yield from self.looks_along_the_numbers(wanted.where(made >= ends), says_it, user, top, found)
        if at is None or at >= begins:
            yield self.by_time(wanted.where(made >= begins, made < ends), at)
        top = top if at is not None and at < begins else user.last_number
        yield from self.looks_along_the_numbers(wanted.where(made < begins), says_it, user, top, found)

    def by_time(self, wanted, at: datetime | None):
        """Newest first by when they were made, which the index of these times gives without sorting; of a further page
        what comes behind the moment that is `reached`."""
        place = (Calculation.created_at, Calculation.number)
        if at is not None:
            wanted = wanted.where(tuple_(*place) < tuple_(at, self.before))
        return wanted.order_by(None).order_by(*(column.desc() for column in place))

    def reached(self, user: User) -> datetime | None:
        """When the record was made that the last page ended with, or the one before it, should that be gone."""
        if self.before is None:
            return None
        last = select(Calculation.created_at).where(Calculation.user_id == user.id, Calculation.number <= self.before)
        return db.session.scalar(last.order_by(Calculation.number.desc()).limit(1)) or EARLIEST

    def looks_along_the_numbers(self, wanted, condition, user: User, top: int, found: list[Calculation]):
        """At the newest one by one. Then where the index says: where some were found, in the stretches before them
        first, since all hits of a long tape would be too many to sort.

        The numbers are hidden from the planner where the index is to be asked: it would walk down them instead, in
        the hope of more hits than the newest had.
        """
        seen, number = max(top - WALK, 0), Calculation.number + 0
        yield wanted.where(condition(by_eye), Calculation.number.between(seen + 1, top))
        near = max((seen >> STRETCH) - NEAR + 1, 0) << STRETCH if found else 0
        for lowest, highest in ((near, seen), (0, near - 1)):
            if highest > 0:
                says = partial(by_index, place=stretches(user, lowest, highest))
                rest = wanted.where(condition(says), number.between(lowest, highest))
                yield rest.order_by(None).order_by(number.desc())

    def query(self, user: User, says=by_index):
        """All that is looked for, newest first, as a select. `says` makes the condition that a text is in a record."""
        wanted = self.besides_words(user)
        return wanted.where(self.found_by(says, user)) if self.q else wanted

    def besides_words(self, user: User):
        """All but the text."""
        wanted = select(Calculation).where(Calculation.user_id == user.id)
        if self.deleted:
            alive = Calculation.deleted_at > func.now() - RESTORABLE
            wanted = wanted.where(Calculation.deleted_at.is_not(None), alive)
        else:
            wanted = wanted.where(Calculation.deleted_at.is_(None))
        if self.starred:
            wanted = wanted.where(Calculation.starred)
        begins, ends = self.between(user)
        if begins is not None:
            wanted = wanted.where(Calculation.created_at >= begins)
        if ends is not None:
            wanted = wanted.where(Calculation.created_at < ends)
        return wanted.order_by(Calculation.number.desc())

    def between(self, user: User) -> tuple[datetime | None, datetime | None]:
        """The moments of the fields From and To, where they hold a date."""
        zone = zone_of(user)
        today = datetime.now(zone).date()
        since, until = (read_when(words, today, user.date_style) for words in (self.since, self.until))
        return since.begins(zone) if since else None, until.ends(zone) if until else None

    def found_by(self, says, user: User):
        """The text is in the record, or its words of a date say when it was made."""
        rest, span = self.split(user)
        whole = self.says(says, user)
        if span is None:
            return whole
        begins, ends = span.begins(zone_of(user)), span.ends(zone_of(user))
        made = and_(Calculation.created_at >= begins, Calculation.created_at < ends)
        if not rest:
            return or_(whole, made)
        place = weeks(user, begins, ends)
        return or_(whole, and_(made, or_(*(by_index(spelling, place) for spelling in spellings(rest, user)))))

    def says(self, says, user: User):
        return or_(*(says(spelling) for spelling in spellings(self.q, user)))

    def split(self, user: User) -> tuple[str, Span | None]:
        return split_off(self.q, datetime.now(zone_of(user)).date(), user.date_style)

    def floor(self, user: User) -> int | None:
        """Where no index helps, the number down to which this page looks."""
        if not self.q or index_tells(self.q):
            return None
        top = self.before or user.last_number + 1
        return max(top - WINDOW, 1)


@dataclass
class Page:
    """Records; where the next page begins, None at the end; and how far down was looked, where not to the end."""

    records: list[Calculation] = field(default_factory=list)
    following: int | None = None
    searched_to: int | None = None


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
