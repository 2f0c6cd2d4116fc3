"""What an expression may refer to: looked up, no more than it names, at the moment it is worked out."""

from __future__ import annotations

from dataclasses import dataclass, field

from sqlalchemy import select

from calcapp.engine import Known, References, references
from calcapp.extensions import db
from calcapp.models.name import Name
from calcapp.models.user import User

LARGEST_NUMBER = 2**62
DEEPEST = 20  # names that name names


@dataclass
class Memory:
    """What was found for one expression. `givers` are the records that gave the names their meaning, `doubted` those
    whose imported answers did not come out here."""

    known: Known
    asked: References
    givers: dict[str, int] = field(default_factory=dict)
    doubted: frozenset[int] = frozenset()

    def used(self, result) -> set[int]:
        """The records that the answer depends on, by number or through a name."""
        return {*result.used} | {self.givers[name] for name in result.names_used if name in self.givers}

    def confirms(self, result) -> bool:
        """Whether nothing that the answer rests on is doubted."""
        return self.doubted.isdisjoint(result.used)


def recall(records, owner: User, text: str, *, decimal_comma: bool, before=None, last=None) -> Memory:
    """Look up what `text` names among these `records` (the Calculation class) and among the owner's names.

    With `before`, as it was when the record of that number was new: its `ans`, and names as they were then.
    `last` is what `ans` means, where that is known already. Raises Mistake where the text cannot be read.
    """
    asked = references(text, decimal_comma=decimal_comma)
    wanted = set(asked.names) | ({asked.defines} if asked.defines else set())
    numbers, ans = set(asked.records), asked.ans
    names, givers = {}, {}
    for _ in range(DEEPEST):
        found = _meanings(records, owner, wanted - names.keys(), before)
        if not found:
            break
        for name, meaning, giver in found:
            names[name] = meaning
            if giver is not None:
                givers[name] = giver
            inside = references(meaning)
            numbers |= inside.records
            ans, wanted = ans or inside.ans, wanted | inside.names
    if ans and last is None:
        last = db.session.scalar(_newest(records, owner, before))
    living, gone, doubted = _values(records, owner, {*numbers, *([last] if ans and last else [])})
    return Memory(Known(records=living, last=last if ans else None, names=names, gone=gone), asked, givers, doubted)


def _newest(records, owner, before):
    newest = records.of(owner).with_only_columns(records.number).limit(1)
    return newest if before is None else newest.where(records.number < before)


def _values(records, owner, numbers) -> tuple[dict[int, str], dict[int, str], frozenset[int]]:
    numbers = [number for number in numbers if number <= LARGEST_NUMBER]
    if not numbers:
        return {}, {}, frozenset()
    rows = db.session.execute(
        select(records.number, records.value, records.confirmed, records.deleted_at, records.deleted_by).where(
            records.user_id == owner.id, records.number.in_(numbers)
        )
    ).all()
    living = {row.number: row.value for row in rows if row.deleted_at is None}
    gone = {row.number: _why_gone(row, owner) for row in rows if row.deleted_at is not None}
    return living, gone, frozenset(row.number for row in rows if not row.confirmed)


def _why_gone(row, owner) -> str:
    if row.deleted_by != owner.id:
        return f"#{row.number} was removed by an administrator and cannot be used."
    return f"#{row.number} was deleted. Restore it to use it."


def _meanings(records, owner, wanted, before) -> list[tuple[str, str, int | None]]:
    """(name, definition, the record that gave it) of those names that the person has."""
    if not wanted:
        return []
    found = [
        (each.name, each.definition, each.number, each.deleted_at)
        for each in db.session.scalars(select(Name).where(Name.user_id == owner.id, Name.name.in_(wanted)))
    ]
    if before is not None:
        found = [_as_of(records, owner, each, before) for each in found]
    return [(name, text, giver) for name, text, giver, deleted_at in found if deleted_at is None]


def _as_of(records, owner, meaning, before):
    """What the name meant before that record: a later definition does not reach back."""
    name, text, giver, deleted_at = meaning
    if giver is None or giver < before:
        return meaning
    earlier = db.session.execute(
        select(records.number, records.read, records.value)
        .where(records.user_id == owner.id, records.defines == name, records.number < before)
        .order_by(records.number.desc())
        .limit(1)
    ).first()
    if earlier is None:
        return name, text, giver, deleted_at or "not yet"
    is_formula = "(" in earlier.read.partition("=")[0]
    return name, earlier.read if is_formula else f"{name} = {earlier.value}", earlier.number, None
