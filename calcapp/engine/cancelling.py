"""Which units a product leaves when each cancels itself only: 10 mg/kg · 70 kg are milligrams, as they were typed."""

from __future__ import annotations

from calcapp.engine.dimensions import Dimension
from calcapp.engine.form import UNIT
from calcapp.engine.quantity import Quantity, Units, converted
from calcapp.engine.tree import Binary, Measure, Name, Numeral, Tree
from calcapp.engine.units import Unit, find

Counts = dict[str, tuple[Unit, int]]


def as_typed(value: Quantity, tree: Tree) -> Quantity:
    """The value in the units that are left of those in the tree, where they say more than those of the value."""
    typed: Counts = {}
    if not count(tree, 1, typed):
        return value
    left: dict[Dimension, list[tuple[Unit, int]]] = {}
    for unit, exponent in typed.values():
        if exponent:
            left.setdefault(unit.dimension, []).append((unit, exponent))
    wanted: list[tuple[Unit, int]] = []
    for unit, exponent in value.units:
        alone = left.get(unit.dimension, [])
        wanted.append(alone[0] if len(alone) == 1 and alone[0][1] == exponent else (unit, exponent))
    units: Units = tuple(wanted)
    return value if units == value.units else converted(value, Quantity(UNIT, units))


def count(tree: Tree, sign: int, typed: Counts) -> bool:
    """Add the units of a product to the count; False where they cannot be told from the text alone."""
    match tree:
        case Numeral():
            return True
        case Measure(number=Numeral()):
            return all(add(name, sign * exponent, typed) for name, exponent, _, _ in tree.units)
        case Name():
            return add(tree.name, sign, typed)
        case Binary(operator="^", left=Name(name=name), right=Numeral(value=value)) if value.q == 1:
            return add(name, sign * int(value.p), typed)
        case Binary(operator="*"):
            return count(tree.left, sign, typed) and count(tree.right, sign, typed)
        case Binary(operator="/"):
            return count(tree.left, sign, typed) and count(tree.right, -sign, typed)
    return False


def add(name: str, exponent: int, typed: Counts) -> bool:
    unit = find(name)
    if unit is None:
        return False
    typed[unit.symbol] = unit, typed.get(unit.symbol, (unit, 0))[1] + exponent
    return True
