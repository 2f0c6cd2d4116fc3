"""Products, quotients and powers of quantities, in the units that people expect."""

from __future__ import annotations

import functools
from itertools import combinations

from calcapp.engine import dimensions
from calcapp.engine.answer import decimal_exponent
from calcapp.engine.arithmetic import multiply
from calcapp.engine.division import divide, power
from calcapp.engine.form import UNIT, Exact
from calcapp.engine.mistake import TooLarge, UnitMismatch
from calcapp.engine.numbers import fmpq
from calcapp.engine.power import raised
from calcapp.engine.quantity import Quantity, Units, base, converted, factor, measure, unit_text
from calcapp.engine.units import Unit, find

SECOND = dimensions.written("s")
RATES = {
    "mph": ("mi", "h"), "kph": ("km", "h"), "kn": ("nmi", "h"), "fps": ("ft", "s"), "c": ("m", "s"),
    "mpg": ("mi", None), "imp mpg": ("mi", None), "gpm": ("gal", "min"), "cfm": ("ft3", "min"),
    "Wh": ("W", "h"), "Ah": ("A", "h"), "bps": ("bit", "s"), "Bps": ("B", "s"),
}  # fmt: skip
"""What each rate or amount is made of."""
NUMBER_WORDS = frozenset(
    ("hundred", "thousand", "lakh", "million", "crore", "billion", "trillion", "quadrillion", "quintillion")
)


def in_figures(value: Quantity) -> Quantity | Exact:
    """2 million as 2,000,000."""
    (unit, exponent), *more = value.units
    spelled = unit.symbol in NUMBER_WORDS and exponent == 1 and not more
    return multiply(value.number, unit.factor) if spelled else value


def product_of(left: Quantity | Exact, right: Quantity | Exact, over: bool = False) -> Quantity | Exact:
    """left · right or left / right; like units cancel."""
    first = left.number if isinstance(left, Quantity) else left
    second = right.number if isinstance(right, Quantity) else right
    number = divide(first, second) if over else multiply(first, second)
    if not isinstance(right, Quantity) and isinstance(left, Quantity):
        return Quantity(number, left.units, left.label)
    if not isinstance(left, Quantity) and isinstance(right, Quantity) and not over:
        return Quantity(number, right.units, right.label)
    units: list[tuple[Unit, int]] = list(left.units) if isinstance(left, Quantity) else []
    assert isinstance(right, Quantity)  # noqa: S101 - plain numbers do not come here
    for unit, exponent in right.units:
        exponent = -exponent if over else exponent
        place = next((i for i, (old, _) in enumerate(units) if old.dimension == unit.dimension), None)
        if place is None:
            units.append((unit, exponent))
            continue
        old, before = units[place]
        if old.symbol != unit.symbol:
            ratio = divide(factor(((unit, 1),)), factor(((old, 1),)))
            number = multiply(number, power(ratio, exponent))
        if before + exponent:
            units[place] = (old, before + exponent)
        else:
            units.pop(place)
    return plain(Quantity(number, tuple(units)))


def plain(value: Quantity) -> Quantity | Exact:
    """A quantity whose units cancel is a number; what only counts is written in figures beside another unit."""
    if not value.units:
        return value.number
    if value.dimension == dimensions.NONE and len(value.units) > 1:
        return multiply(value.number, factor(value.units))
    counting = tuple(unit for unit in value.units if unit[0].dimension == dimensions.NONE)
    if counting and value.units != ((counting[0][0], 1),):
        rest = tuple(unit for unit in value.units if unit not in counting)
        return plain(Quantity(multiply(value.number, factor(counting)), rest))
    pair = cancelled(value)
    if pair:
        rest = tuple(unit for unit in value.units if unit not in pair)
        return plain(Quantity(multiply(value.number, factor(pair)), rest))
    better = tidier(value)
    return value if better is None else converted(value, better)


def cancelled(value: Quantity) -> Units:
    """Two units that cancel though they are of different kinds, such as L/m^3; there are none in most quantities."""
    if len(value.units) > 2:
        for first, second in combinations(value.units, 2):
            pair = (first, second)
            if Quantity(UNIT, pair).dimension == dimensions.NONE:
                return pair
    return ()


def tidier(value: Quantity) -> Quantity | None:
    """The unit that people expect of speed times time and the like: 60 mph · 2 h are miles, 1 kWh / 50 W hours."""
    if len(value.units) == 1 and value.units[0][1] == 1:
        return None
    if [exponent for _, exponent in value.units] == [1, 1]:
        hours = hourly(*(unit.symbol for unit, _ in value.units))
        if hours is not None:
            return measure(UNIT, hours)
    for unit, exponent in value.units:
        amount, time = RATES.get(family(unit.symbol), (None, None))
        wanted = find(unit.symbol.removesuffix(family(unit.symbol)) + amount) if amount and exponent == 1 else None
        # 2 kWh / 4 h are half a kilowatt, but 5 kWh a day stay that.
        cancels = family(unit.symbol) not in ("Wh", "Ah") or any(other.symbol == time for other, _ in value.units)
        if wanted is not None and wanted.dimension == value.dimension and cancels:
            return measure(UNIT, wanted)
        if time is not None and value.dimension == SECOND:
            return measure(UNIT, base(time))
    # 500 MB / (50 Mbit/s) is a time; nobody thinks in MB/Mbps.
    return measure(UNIT, base("s")) if value.dimension == SECOND else None


def hourly(first: str, second: str) -> Unit | None:
    """The unit that watts or amperes and hours make: kW and h are kWh."""
    if first == "h":
        first, second = second, first
    return find(f"{first}h") if second == "h" and first[-1] in "WA" else None


NAMED = ("A", "N", "Pa", "J", "W", "C", "V", "Ω", "S", "F", "H", "Wb", "T")


@functools.cache
def names() -> dict[dimensions.Dimension, Unit]:
    return {base(symbol).dimension: base(symbol) for symbol in NAMED}


def named(value: Quantity) -> Quantity:
    """Volts times amperes in watts, where all units are of the SI, and hours of watts in Wh. A newton metre may be a
    torque and stays."""
    if len(value.units) < 2 or value.label:
        return value
    unit = names().get(value.dimension)
    hours = any(each.symbol == "h" and exponent == 1 for each, exponent in value.units)
    if unit is None or any(each.source != unit.source and each.symbol != "h" for each, _ in value.units):
        return value
    if unit.symbol == "J" and {each.dimension for each, _ in value.units} == {base("N").dimension, base("m").dimension}:
        return value
    hourly = {"J": "Wh", "C": "Ah"}.get(unit.symbol)
    if hours and hourly:
        return converted(value, measure(UNIT, base(hourly)))
    found = converted(value, measure(UNIT, unit))
    scaled = any(each.factor != 1 and each.dimension != base("kg").dimension for each, _ in value.units)
    return in_thousands(found, unit.symbol) if scaled else found


def in_thousands(value: Quantity, symbol: str) -> Quantity:
    """5000 W as 5 kW, where the units that it came of had prefixes, too."""
    number = value.number
    if not isinstance(number, fmpq) or number == 0:
        return value
    place = decimal_exponent(abs(number.p), number.q) // 3
    prefix = {-3: "n", -2: "µ", -1: "m", 0: "", 1: "k", 2: "M", 3: "G"}.get(place, "")
    return converted(value, measure(UNIT, base(prefix + symbol)))


def family(symbol: str) -> str:
    """The unit without its prefix, where it is one of those that take any."""
    return symbol[-3:] if symbol.endswith(("bps", "Bps")) else symbol[-2:] if symbol.endswith(("Wh", "Ah")) else symbol


def to_power(value: Quantity, exponent: Exact) -> Quantity | Exact:
    if not isinstance(exponent, fmpq):
        raise UnitMismatch("A quantity can be raised to whole powers and fractions only.")
    units: list[tuple[Unit, int]] = []
    if abs(exponent.p) > 100:
        raise TooLarge("Units are raised to 100 at most. Use a smaller exponent.")
    for unit, old in value.units:
        new = exponent * old
        if new.q != 1:
            return _base_root(value, exponent)
        units.append((unit, int(new.p)))
    return Quantity(raised(value.number, exponent), tuple(units)) if exponent else raised(value.number, exponent)


def _base_root(value: Quantity, exponent: fmpq) -> Quantity | Exact:
    """A root of a quantity in base units, as of 2 acre in m."""
    target = dimensions.root(dimensions.power(value.dimension, int(exponent.p)), int(exponent.q))
    if target is None:
        raise UnitMismatch(f"{unit_text(value)} has no such root. Root a square of a unit, as in sqrt(16 m^2).")
    number = raised(multiply(value.number, factor(value.units)), exponent)
    units: list[tuple[Unit, int]] = []
    for symbol, power_of in zip(dimensions.BASE, target, strict=True):
        if power_of:
            unit = find(symbol)
            assert unit is not None  # noqa: S101 - base units are in the table
            units.append((unit, power_of))
    return plain(Quantity(number, tuple(units)))
