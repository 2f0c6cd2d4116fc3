"""Names that people use for two units: which is meant where only one of them fits."""

from __future__ import annotations

from calcapp.engine.form import UNIT
from calcapp.engine.quantity import Quantity, measure
from calcapp.engine.scope import known_unit

MEANT = {"C": "°C", "c": "°C", "F": "°F", "oz": "fl oz", "lb": "lbf"}
MINUTES = {"m": "min"}
"""Beside hours and seconds only: 1 h to m is a mistake."""


def both_meant(value: Quantity, target: Quantity) -> tuple[Quantity, Quantity] | None:
    """`20 C to F` is about temperatures, `8 oz to mL` about a volume: the two, as far as they can be meant so."""
    for left in (value, meant(value)):
        for right in (target, meant(target)):
            if left is not None and right is not None and left.dimension == right.dimension:
                return left, right
    return None


def meant(value: Quantity, by: dict[str, str] = MEANT) -> Quantity | None:
    """The quantity in the other unit of that name."""
    if len(value.units) != 1 or value.units[0][1] != 1 or value.units[0][0].symbol not in by:
        return None
    return Quantity(value.number, measure(UNIT, known_unit(by[value.units[0][0].symbol])).units)
