"""A quantity in several units, as people say it: 5 ft 11 in, 2 h 15 min."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from calcapp.engine.answer import rational
from calcapp.engine.division import divide
from calcapp.engine.form import UNIT, Exact
from calcapp.engine.mistake import UnitMismatch
from calcapp.engine.numbers import fmpq
from calcapp.engine.numeral import read_number
from calcapp.engine.quantity import Quantity, converted, factor, measure
from calcapp.engine.units import Unit

CLOSE = frozenset("°′″")
"""Signs that stand at their number without a space."""


def in_parts(value: Quantity | Exact, units: Sequence[Unit]) -> Quantity:
    """The value counted in the smallest of these units, to be written in all of them."""
    if not real(value.number if isinstance(value, Quantity) else value):
        raise UnitMismatch("A complex number is not shared out between units. Write one unit.")
    line = tuple(sorted(units, key=lambda unit: unit.factor, reverse=True))
    for above, below in pairwise(line):
        if not holds(above, below):
            raise UnitMismatch(
                f"{above.symbol} and {below.symbol} cannot share a quantity: the one is not a whole number of the "
                "other. Write one of them."
            )
    found = converted(value, measure(UNIT, line[-1]))
    return Quantity(found.number, found.units, parts=line)


def real(number: Exact) -> bool:
    return isinstance(number, fmpq) or number.real


def holds(above: Unit, below: Unit) -> bool:
    """Whether the one is so many of the other, as a foot is twelve inches."""
    count = divide(factor(((above, 1),)), factor(((below, 1),)))
    return isinstance(count, fmpq) and count.q == 1 and count > 1 and not above.offset and not below.offset


def written(decimal: str, parts: tuple[Unit, ...], digits: int) -> str:
    """A decimal number of the last of these units, shared out: '70.5' as '5 ft 10.5 in'."""
    sign, rest = "", read_number(decimal.lstrip("-"), 0, False, False).value
    if decimal[0] == "-":
        sign = "-"
    pieces = []
    for unit in parts[:-1]:
        count = divide(factor(((unit, 1),)), factor(((parts[-1], 1),)))
        assert isinstance(count, fmpq)  # noqa: S101 - the parts were looked at
        whole = rest / count
        whole = fmpq(whole.p // whole.q)
        rest -= whole * count
        if whole:
            pieces.append(piece(whole, unit, digits))
    if rest or not pieces:
        pieces.append(piece(rest, parts[-1], digits))
    return sign + " ".join(pieces)


def piece(number: fmpq, unit: Unit, digits: int) -> str:
    return rational(number, digits) + ("" if unit.symbol in CLOSE else " ") + unit.symbol
