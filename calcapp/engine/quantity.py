"""Numbers with units, and their arithmetic."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from calcapp.engine import dimensions
from calcapp.engine.arithmetic import add, multiply, subtract
from calcapp.engine.division import divide, power
from calcapp.engine.form import PI_VALUE, UNIT, Exact
from calcapp.engine.mistake import DividedByZero, SyntaxMistake, UnitMismatch, UnitMissing
from calcapp.engine.numbers import fmpq
from calcapp.engine.sign import is_zero
from calcapp.engine.units import Unit, find, in_words, spelt

Units = tuple[tuple[Unit, int], ...]
RADIAN = dimensions.written("rad")
TURNED_OVER = tuple(dimensions.written(each) for each in ("m2", "m-2", "m s-1", "m-1 s"))
"""L/(100 km) and miles a gallon say the same, one turned over; so do min/km and km/h."""


class Label:
    """How a unit was asked for, where that cannot be told from it: L/(100 km), which is 1/100 `of` a L/km."""

    __slots__ = ("of", "text")

    def __init__(self, text: str, of: Exact = UNIT) -> None:
        self.text, self.of = text, of


DAYS = Label("days")


class Quantity:
    """`number` times the product of `units`; `label` and `parts`, the units that share the number, are for writing."""

    __slots__ = ("label", "number", "parts", "units")

    def __init__(self, number: Exact, units: Units, label: Label | None = None, parts: tuple[Unit, ...] = ()) -> None:
        self.number, self.units, self.label, self.parts = number, units, label, parts

    @property
    def dimension(self) -> dimensions.Dimension:
        if len(self.units) == 1 and self.units[0][1] == 1:
            return self.units[0][0].dimension
        total = dimensions.NONE
        for unit, exponent in self.units:
            total = dimensions.times(total, dimensions.power(unit.dimension, exponent))
        return total

    @property
    def offset(self) -> fmpq:
        """Where the zero of a temperature scale stands."""
        if len(self.units) == 1 and self.units[0][1] == 1:
            return self.units[0][0].offset
        return fmpq(0)


def written(value: Quantity) -> Exact:
    """The number before the unit: of L/km there are a hundredth as many as of L/(100 km)."""
    return divide(value.number, value.label.of) if value.label else value.number


def as_written(like: Quantity, number: Exact) -> Quantity:
    """So many of the unit that `like` is written in."""
    return Quantity(multiply(number, like.label.of) if like.label else number, like.units, like.label)


def factor(units: Units) -> Exact:
    """What one of these units is in coherent base units."""
    total, turns = fmpq(1), 0
    for unit, exponent in units:
        total *= unit.factor**exponent
        turns += unit.pi * exponent
    return total if turns == 0 else multiply(total, power(PI_VALUE, turns))


def measure(number: Exact, unit: Unit, exponent: int = 1) -> Quantity:
    return Quantity(number, ((unit, exponent),))


def described(value: Quantity) -> str:
    """'a mass', for sentences; dimensions that nobody has a word for as they are."""
    words = in_words(value.dimension)
    if "^" in words or "*" in words or "/" in words or words in ("data", "a plain number"):
        return words
    return f"an {words}" if words[0] in "aeiou" else f"a {words}"


def mismatch(left: Quantity | Exact, right: Quantity | Exact, act: str) -> UnitMismatch:
    if not isinstance(left, Quantity) or not isinstance(right, Quantity):
        unit = unit_text(left) or unit_text(right)
        return UnitMissing(
            f"One of these has the unit {unit} and the other has none: they cannot be {act}. "
            "Give both a unit, or neither."
        )
    return UnitMismatch(
        f"{unit_text(left)} is {described(left)} and {unit_text(right)} is {described(right)}: "
        f"they cannot be {act}. Give both the same kind of unit."
    )


def converted(value: Quantity | Exact, target: Quantity) -> Quantity:
    """The value in the units of `target`."""
    if not isinstance(value, Quantity):
        if target.dimension != RADIAN:
            if target.dimension == dimensions.NONE:
                return Quantity(divide(value, factor(target.units)), target.units, target.label)
            raise UnitMissing(
                f"A plain number cannot become {unit_text(target)}. Write its unit behind it, for example 5 ft to cm."
            )
        return Quantity(divide(value, factor(target.units)), target.units, target.label)
    if value.dimension != target.dimension:
        if value.dimension == inverse_dimension(target.dimension) and value.dimension in TURNED_OVER:
            return converted(turned_over(value), target)
        raise mismatch(value, target, "converted into each other")
    if value.offset or target.offset:
        base = add(multiply(value.number, factor(value.units)), value.offset)
        return Quantity(divide(subtract(base, target.offset), factor(target.units)), target.units, target.label)
    ratio = divide(factor(value.units), factor(target.units))
    return Quantity(multiply(value.number, ratio), target.units, target.label)


def turned_over(value: Quantity) -> Quantity:
    if is_zero(value.number):
        raise DividedByZero("One of these is the other turned over, and nothing can be divided by zero.")
    return Quantity(divide(UNIT, value.number), tuple((unit, -exponent) for unit, exponent in value.units))


def countable(value: object) -> bool:
    """Whether it is a number, if counted in dozens or parts per million."""
    return not isinstance(value, Quantity) or value.dimension == dimensions.NONE


def counted(value: Quantity | Exact) -> Exact:
    return multiply(value.number, factor(value.units)) if isinstance(value, Quantity) else value


def inverse_dimension(dimension: dimensions.Dimension) -> dimensions.Dimension:
    return dimensions.power(dimension, -1)


def sum_of(left: Quantity, right: Quantity, minus: bool) -> Quantity:
    """Both in the units of the left one."""
    if left.dimension != right.dimension:
        raise mismatch(left, right, "subtracted" if minus else "added")
    if left.offset and right.offset:
        if minus:
            difference = subtract(converted(left, kelvin()).number, converted(right, kelvin()).number)
            return Quantity(difference, kelvin().units)
        raise no_sum(left)
    ratio = divide(factor(right.units), factor(left.units))
    number = multiply(right.number, ratio)
    if right.offset:
        number = add(number, divide(right.offset, factor(left.units)))
        if minus:
            return Quantity(subtract(left.number, number), left.units)
        return converted(Quantity(add(left.number, number), left.units), Quantity(UNIT, right.units))
    return Quantity(subtract(left.number, number) if minus else add(left.number, number), left.units, left.label)


def no_sum(value: Quantity) -> UnitMismatch:
    return UnitMismatch(
        f"Two temperatures in {unit_text(value)} cannot be added: their zeros are not nothing. "
        "Write the difference in K, as in 20 °C + 5 K."
    )


def kelvin() -> Quantity:
    return measure(UNIT, base("K"))


def base(symbol: str) -> Unit:
    unit = find(symbol)
    assert unit is not None  # noqa: S101 - the table holds the base units
    return unit


def unit_text(value: Quantity | Exact, clear: Mapping[str, str] = MappingProxyType({})) -> str:
    """The unit as an expression: km/h, m^2, J/(kg*K). `clear` spells some symbols in another way."""
    if not isinstance(value, Quantity):
        return ""
    if value.label:
        return "day" if value.label is DAYS and value.number in (1, -1) else value.label.text
    above = [symbol(unit, exponent, clear) for unit, exponent in value.units if exponent > 0]
    below = [symbol(unit, -exponent, clear) for unit, exponent in value.units if exponent < 0]
    if not above:
        return "*".join(symbol(unit, exponent, clear) for unit, exponent in value.units)
    text = "*".join(above)
    if not below:
        return text
    return f"{text}/{below[0]}" if len(below) == 1 else f"{text}/({'*'.join(below)})"


def symbol(unit: Unit, exponent: int, clear: Mapping[str, str]) -> str:
    name, _, power = clear.get(unit.symbol, unit.symbol).partition("^")
    exponent *= int(power or 1)
    return name if exponent == 1 else f"{name}^{exponent}"


def in_radians(value: Quantity, name: str) -> Exact:
    if value.dimension != RADIAN:
        raise UnitMismatch(f"{name} takes an angle or a plain number, and {unit_text(value)} is {described(value)}.")
    return multiply(value.number, factor(value.units))


def same_unit(values: list[Quantity | Exact]) -> tuple[list[Exact], Units]:
    """All numbers in the unit of the first quantity, of which there is at least one."""
    first = next(each for each in values if isinstance(each, Quantity))
    numbers: list[Exact] = []
    for each in values:
        if not isinstance(each, Quantity):
            raise mismatch(first, each, "compared or added")
        numbers.append(converted(each, Quantity(UNIT, first.units)).number)
    return numbers, first.units


__all__ = ["SyntaxMistake", "is_zero", "spelt"]
