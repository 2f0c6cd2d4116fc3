"""Values shown in other units or in another form: what stands behind to, in and as."""

from __future__ import annotations

from flint import fmpq

from calcapp.engine.calls import unshared
from calcapp.engine.form import UNIT
from calcapp.engine.mistake import UnitMismatch
from calcapp.engine.operations import Operations
from calcapp.engine.parts import in_parts
from calcapp.engine.quantity import RADIAN, Quantity, converted, measure, plain
from calcapp.engine.reading import Reader
from calcapp.engine.scope import find_unit, known_unit
from calcapp.engine.tree import Binary, Convert, Measure, Name, Tree
from calcapp.engine.value import Day, Share, Value, Word, number_of


class Converting(Operations):
    def convert(self, tree: Convert) -> Value:
        value = self.value(tree.operand)
        if tree.form is not None:
            if isinstance(value, Day | Word):
                raise UnitMismatch(f"Only numbers can be shown as {tree.form}.", tree.operand.start, tree.operand.end)
            if tree.form == "percent" and not isinstance(value, Share):
                return Share(number_of(value, tree.operand))
            if isinstance(value, Share):
                return value.number if tree.form != "percent" else value
            return value
        assert tree.target is not None  # noqa: S101 - a conversion has a form or a target
        if isinstance(value, Day | Word):
            raise UnitMismatch("A day has no unit to convert. Subtract two days to get a number of days.")
        names = names_in(tree.target)
        for name in names:
            if name.name in self.scope or name.name in self.known.names:
                raise UnitMismatch(
                    f"{name.name} is a name of yours, not a unit. To see how many of it there are, divide by it.",
                    name.start, name.end,
                )  # fmt: skip
        shared = self.shared(tree, value, names)
        if shared is not None:
            return shared
        target = self.value(tree.target)
        if not isinstance(target, Quantity):
            raise UnitMismatch("Write a unit behind to, for example to cm.", tree.target.start, tree.target.end)
        if (isinstance(target.number, fmpq) and target.number != 1) or len(target.units) > 1:
            target.label = Reader(self.understood).target(tree)
        value = unshared(value, tree.operand)
        if isinstance(value, Quantity) and value.dimension != target.dimension:
            value, target = self.temperatures(value, target)
        found = converted(value, target)
        return found if found.units else plain(found)

    def shared(self, tree: Convert, value: Value, names: list[Name]) -> Quantity | None:
        """The value in parts, where each name is a unit for it: `to ft in` for a length, but not for an area."""
        if len(names) < 2 or isinstance(value, Day | Word):
            return None
        value = unshared(value, tree.operand)
        dimension = value.dimension if isinstance(value, Quantity) else RADIAN
        units = [find_unit(name.name) for name in names]
        if any(unit is None or unit.dimension != dimension for unit in units):
            return None
        for unit in units:
            if unit.note:
                self.hint(unit.note)
        self.understood.parts.add(id(tree))
        return in_parts(value, units)

    def temperatures(self, value: Quantity, target: Quantity) -> tuple[Quantity, Quantity]:
        """Nobody converts coulombs into farads: `20 C to F` is about temperatures."""
        scales = [as_temperature(value), as_temperature(target)]
        if scales[0] is None or scales[1] is None:
            return value, target
        self.hint("C and F were read as °C and °F")
        return scales[0], scales[1]


def names_in(tree: Tree) -> list[Name]:
    match tree:
        case Name():
            return [tree]
        case Binary():
            return names_in(tree.left) + names_in(tree.right)
        case Measure():
            return names_in(tree.number)
    return []


def as_temperature(value: Quantity) -> Quantity | None:
    if len(value.units) != 1 or value.units[0][1] != 1:
        return None
    unit = value.units[0][0]
    if unit.symbol in ("C", "F"):
        return Quantity(value.number, measure(UNIT, known_unit(unit.meant or unit.symbol)).units)
    return value if unit.dimension == known_unit("K").dimension else None
