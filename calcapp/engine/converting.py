"""Values shown in other units or in another form: what stands behind to, in and as."""

from __future__ import annotations

from calcapp.engine.calendar_rules import in_calendar
from calcapp.engine.calls import unshared
from calcapp.engine.dimensions import written
from calcapp.engine.form import UNIT, Exact
from calcapp.engine.meaning import both_meant
from calcapp.engine.mistake import UnitMismatch
from calcapp.engine.numbers import fmpq
from calcapp.engine.operations import Operations
from calcapp.engine.parts import in_parts
from calcapp.engine.products import plain, product_of
from calcapp.engine.quantity import (
    RADIAN,
    Label,
    Quantity,
    converted,
    countable,
    counted,
    measure,
    unit_text,
)
from calcapp.engine.reading import Reader
from calcapp.engine.scope import known_unit
from calcapp.engine.tree import Binary, Convert, Measure, Name, Tree
from calcapp.engine.units import find
from calcapp.engine.value import Day, Share, Value, Word, number_of

TURNING = written("rad s-1")
FREQUENCY = written("s-1")


class Converting(Operations):
    def convert(self, tree: Convert) -> Value:
        value = self.value(tree.operand)
        if tree.form is not None:
            return in_form(value, tree)
        assert tree.target is not None  # noqa: S101 - a conversion has a form or a target
        if isinstance(value, Day | Word):
            raise UnitMismatch("A day has no unit to convert. Subtract two days to get a number of days.")
        number = unshared(value, tree.operand)
        names = self.units_in(tree.target)
        between = self.understood.between.get(id(tree.operand))
        if between is not None and (said := in_calendar(between, [unit_symbol(name) for name in names])):
            self.understood.parts |= {id(tree)}
            return said
        return self.shared(tree, number, names) or self.in_units(tree, number, self.value(tree.target))

    def units_in(self, target: Tree) -> list[Name]:
        names = names_in(target)
        for name in names:
            if name.name in self.scope or name.name in self.known.names:
                raise UnitMismatch(
                    f"{name.name} is a name of yours, not a unit. To see how many of it there are, divide by it.",
                    name.start, name.end,
                )  # fmt: skip
        return names

    def in_units(self, tree: Convert, value: Quantity | Exact, target: Value) -> Value:
        assert tree.target is not None  # noqa: S101 - the caller has looked
        if not isinstance(target, Quantity):
            raise UnitMismatch(self.no_unit(tree.target), tree.target.start, tree.target.end)
        if (isinstance(target.number, fmpq) and target.number != 1) or len(target.units) > 1:
            target.label = Label(Reader(self.understood).target(tree), target.number)
        if isinstance(value, Quantity):
            value, target = self.as_meant(tree, value, target)
        elif target.dimension == RADIAN and unit_text(target) != "°":
            value = self.angle(tree, value)
        found = converted(value, target)
        return found if found.units else plain(found)

    def no_unit(self, target: Tree) -> str:
        if not names_in(target):
            return "Write a unit behind to, for example to cm."
        text = Reader(self.understood).text(target)[0].replace(" / ", "/")
        return f"The units of {text} cancel, so it is a plain number. Divide by it to see how many times it goes in."

    def shared(self, tree: Convert, value: Quantity | Exact, names: list[Name]) -> Quantity | None:
        """The value in parts, where each name is a unit for it: `to ft in` for a length, but not for an area."""
        if len(names) < 2:
            return None
        dimension = value.dimension if isinstance(value, Quantity) else RADIAN
        units = [unit for name in names if (unit := find(name.name)) is not None and unit.dimension == dimension]
        if len(units) < len(names):
            return None
        if not isinstance(value, Quantity):
            value = self.angle(tree, value)
        for unit in units:
            if unit.note:
                self.hint(unit.note)
        self.understood.parts |= {id(tree)}
        return in_parts(value, units)

    def angle(self, tree: Convert, number: Exact) -> Quantity:
        """A plain number as the angle that this person means by it."""
        if not self.degrees:
            return measure(number, known_unit("rad"))
        self.understood.took_degrees |= {id(tree)}
        self.hint("angles are in degrees")
        return measure(number, known_unit("deg"))

    def as_meant(self, tree: Convert, value: Quantity, target: Quantity) -> tuple[Quantity, Quantity]:
        """The value and its target where a name is used for two units, or where a difference is no temperature."""
        both = both_meant(value, target)
        if both is not None:
            for before, after in zip((value, target), both, strict=True):
                if before is not after:
                    note = before.units[0][0].note
                    self.hints = [hint for hint in self.hints if hint != note]
                    self.hint(f"{unit_text(before)} was read as {unit_text(after)}")
            value, target = both
        if value.dimension != target.dimension and {value.dimension, target.dimension} == {TURNING, FREQUENCY}:
            value = turns(value)
            self.hint("one turn is one period")
        if target.offset and id(tree.operand) in self.understood.differences:
            target = measure(UNIT, known_unit(f"Δ{unit_text(target)}"))
            self.hint(f"a difference of temperatures, in steps of {unit_text(target)[1:]}")
        return value, target


def in_form(value: Value, tree: Convert) -> Value:
    if isinstance(value, Day | Word):
        raise UnitMismatch(f"Only numbers can be shown as {tree.form}.", tree.operand.start, tree.operand.end)
    if tree.form == "percent":
        return Share(number_of(value, tree.operand), asked=True)
    if isinstance(value, Quantity) and countable(value):
        return counted(value)
    return value.number if isinstance(value, Share) else value


def unit_symbol(name: Name) -> str:
    unit = find(name.name)
    return "" if unit is None else unit.symbol


def turns(value: Quantity) -> Quantity:
    """rpm as Hz, and Hz as rpm."""
    found = product_of(value, measure(UNIT, known_unit("turn")), over=value.dimension == TURNING)
    assert isinstance(found, Quantity)  # noqa: S101 - a time is left in it
    return found


def names_in(tree: Tree) -> list[Name]:
    match tree:
        case Name():
            return [tree]
        case Binary():
            return names_in(tree.left) + names_in(tree.right)
        case Measure():
            return names_in(tree.number)
    return []
