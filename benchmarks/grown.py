"""Expressions grown at random beside their value, which Fraction, mpmath,
pint or datetime finds without the engine.

A `Grown` is a text, how tightly it binds, and a function that works the value out at mpmath's present precision:
a Fraction where the value is rational, else an mpf or mpc. `Skip` means that the oracle has no opinion.
"""

from __future__ import annotations

import calendar
import functools
import math
import statistics
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from fractions import Fraction
from random import Random
from typing import Any

from mpmath import mp, mpc, mpf

SUM, PRODUCT, SIGN, POWER, TIGHT, WHOLE = 10, 20, 25, 30, 40, 50


class Skip(Exception):
    """The oracle has no opinion: out of its domain, or too large to be worth the time."""


@dataclass(frozen=True)
class Grown:
    text: str
    level: int
    value: Callable[[], Any]


@dataclass(frozen=True)
class Case:
    """kind is one of numbers, words (the answer as text), mistake (the kind of mistake)."""

    kind: str
    text: str
    value: Callable[[], Any]
    unit: str | None = None


def real(value: Any) -> Any:
    """A Fraction as an mpf at the present precision; others as they are."""
    return mpf(value.numerator) / value.denominator if isinstance(value, Fraction) else value


def inside(grown: Grown, level: int, rng: Random) -> str:
    if grown.level < level or rng.random() < 0.03:
        return f"({grown.text})" if rng.random() < 0.95 else f"[{grown.text}]"
    return grown.text


# Numbers


def digits(rng: Random, most: int = 9) -> str:
    count = min(most, 1 + int(rng.expovariate(0.6)))
    return str(rng.randint(1, 9)) + "".join(rng.choice("0123456789") for _ in range(count - 1))


def literal(rng: Random) -> Grown:
    kind = rng.random()
    if kind < 0.5:
        text = digits(rng) if rng.random() < 0.9 else digits(rng, 40)
    elif kind < 0.8:
        text = (digits(rng, 4) if rng.random() < 0.7 else "0") + "." + digits(rng, 6)
    elif kind < 0.9:
        exponent = f"{rng.choice('eE')}{rng.choice(['', '+', '-'])}{rng.randint(0, 12)}"
        text = digits(rng, 2) + rng.choice(["", ".5", ".25"]) + exponent
    elif kind < 0.93:
        text, value = rng.choice([("½", Fraction(1, 2)), ("¾", Fraction(3, 4)), ("⅓", Fraction(1, 3))])
        return Grown(text, WHOLE, lambda: value)
    elif kind < 0.96:
        text = f"{rng.randint(1, 9_999_999):_}"  # a comma would separate arguments
    else:
        base, sign = rng.choice([(16, "x"), (2, "b"), (8, "o")])
        number = rng.randint(0, 4000)
        text = "0" + sign + {16: f"{number:x}", 2: f"{number:b}", 8: f"{number:o}"}[base]
        return Grown(text, WHOLE, lambda: Fraction(number))
    return Grown(text, WHOLE, lambda: Fraction(text))


def binary(operator: str, left: Grown, right: Grown, rng: Random) -> Grown:
    level, signs, act = {
        "+": (SUM, ("+", " + "), lambda a, b: a + b),
        "-": (SUM, ("-", " - ", "−"), lambda a, b: a - b),
        "*": (PRODUCT, ("*", " * ", "×", "·"), lambda a, b: a * b),
        "/": (PRODUCT, ("/", " / ", "÷"), divided),
        "mod": (PRODUCT, (" mod ",), floored),
    }[operator]
    sign = rng.choice(signs)
    text = inside(left, level, rng) + sign + inside(right, level + 1, rng)
    return Grown(text, level, functools.partial(both, act, left, right))


def both(act: Callable[[Any, Any], Any], left: Grown, right: Grown) -> Any:
    a, b = left.value(), right.value()
    if not (isinstance(a, Fraction) and isinstance(b, Fraction)):
        a, b = real(a), real(b)
    return act(a, b)


def divided(a: Any, b: Any) -> Any:
    if isinstance(b, Fraction):
        return a / b
    if abs(b) < mpf(10) ** (-mp.dps // 2):
        raise Skip
    return a / b


def floored(a: Any, b: Any) -> Any:
    if not (isinstance(a, Fraction) and isinstance(b, Fraction)):
        raise Skip
    return a - b * (a / b).__floor__()


def negative(operand: Grown, rng: Random) -> Grown:
    return Grown(rng.choice(["-", "−", "-"]) + inside(operand, SIGN, rng), SIGN, lambda: -operand.value())


def power(base: Grown, exponent: Grown, rng: Random) -> Grown:
    text = inside(base, POWER + 1, rng) + rng.choice(["^", "**", "^"]) + inside(exponent, POWER, rng)
    return Grown(text, POWER, functools.partial(both, raised, base, exponent))


def raised(a: Any, b: Any) -> Any:
    if isinstance(b, Fraction) and b.denominator == 1 and abs(b) < 300:
        if isinstance(a, Fraction) and max(abs(a.numerator), a.denominator).bit_length() * abs(b) > 20_000:
            raise Skip
        return a ** int(b)
    if isinstance(a, Fraction) and a == 0:
        raise Skip
    a, b = real(a), real(b)
    if beside_a_cut(a):
        raise Skip
    if abs(b) > 200 or abs(a) > 10**60 or abs(a) < mpf(10) ** (-mp.dps // 2):
        raise Skip  # too far out, or zero as far as anybody can see
    return mp.power(a, b)


def whole_power(base: Grown, rng: Random) -> Grown:
    n = rng.choice([2, 2, 2, 3, 4, 5, -1, -2, -3])
    if n in (2, 3) and rng.random() < 0.3:
        return Grown(inside(base, TIGHT, rng) + {2: "²", 3: "³"}[n], POWER, lambda: raised(base.value(), Fraction(n)))
    exponent = Grown(str(n), POWER, lambda: Fraction(n))
    return power(base, exponent, rng)


def rational(rng: Random, depth: int) -> Grown:
    if depth <= 0 or rng.random() < 0.12:
        return literal(rng)
    kind = rng.random()
    if kind < 0.75:
        return binary(rng.choice("++--**//"), rational(rng, depth - 1), rational(rng, depth - 1), rng)
    if kind < 0.8:
        return binary("mod", rational(rng, depth - 2), rational(rng, depth - 2), rng)
    if kind < 0.88:
        return negative(rational(rng, depth - 1), rng)
    if kind < 0.96:
        return whole_power(rational(rng, depth - 2), rng)
    name, act = rng.choice(WHOLE_FUNCTIONS)
    argument = rational(rng, depth - 1)
    return Grown(f"{name}({argument.text})", WHOLE, lambda: Fraction(act(argument.value())))


def half_away(value: Fraction) -> int:
    return int(math.copysign(1, value)) * ((2 * abs(value) + 1) // 2)


WHOLE_FUNCTIONS = (
    ("floor", math.floor),
    ("ceil", math.ceil),
    ("trunc", math.trunc),
    ("round", half_away),
    ("abs", abs),
    ("sign", lambda v: (v > 0) - (v < 0)),
    ("frac", lambda v: v - math.trunc(v)),
)


# Real and complex functions


def within(low: float, high: float) -> Callable[[Any], bool]:
    return lambda x: not isinstance(x, mpc) and low < x < high


def small(x: Any) -> bool:
    return abs(x) < 300


def anywhere(x: Any) -> bool:
    return abs(x) < mpf(10) ** 40


def nonzero(x: Any) -> bool:
    return mpf(10) ** -40 < abs(x) < mpf(10) ** 40


def cube_root(x: Any) -> Any:
    return mp.cbrt(x) if x >= 0 else -mp.cbrt(-x)


FUNCTIONS: tuple[tuple[str, Callable[[Any], Any], Callable[[Any], bool]], ...] = (
    ("sqrt", mp.sqrt, anywhere), ("cbrt", cube_root, within(-1e30, 1e30)), ("exp", mp.exp, small),
    ("ln", mp.log, nonzero), ("log", mp.log10, nonzero), ("log2", lambda x: mp.log(x) / mp.log(2), nonzero),
    ("sin", mp.sin, within(-1e30, 1e30)), ("cos", mp.cos, within(-1e30, 1e30)),
    ("tan", mp.tan, within(-1e30, 1e30)),
    ("cot", mp.cot, nonzero), ("sec", mp.sec, within(-1e30, 1e30)), ("csc", mp.csc, nonzero),
    ("asin", mp.asin, small), ("acos", mp.acos, small), ("atan", mp.atan, anywhere), ("acot", mp.acot, nonzero),
    ("asec", mp.asec, nonzero), ("acsc", mp.acsc, nonzero),
    ("sinh", mp.sinh, small), ("cosh", mp.cosh, small), ("tanh", mp.tanh, within(-60, 60)),
    ("coth", mp.coth, within(0.001, 60)),
    ("sech", mp.sech, small), ("csch", mp.csch, within(0.001, 200)),
    ("asinh", mp.asinh, anywhere), ("acosh", mp.acosh, anywhere),
    ("atanh", mp.atanh, lambda x: abs(x * x - 1) > 1e-20),
    ("acoth", mp.acoth, lambda x: nonzero(x) and abs(x * x - 1) > 1e-20), ("asech", mp.asech, nonzero),
    ("acsch", mp.acsch, nonzero),
    ("gamma", mp.gamma, within(0.01, 150)), ("lgamma", mp.loggamma, within(0.01, 1000)),
    ("erf", mp.erf, within(-8, 8)),
    ("erfc", mp.erfc, within(-8, 20)), ("zeta", mp.zeta, within(1.01, 60)),
    ("digamma", mp.digamma, within(0.01, 1000)),
    ("expm1", mp.expm1, within(-100, 100)), ("log1p", mp.log1p, within(-0.99, 1e10)), ("abs", abs, anywhere),
)  # fmt: skip
COMPLEX_TOO = {
    "sqrt", "exp", "ln", "log", "log2", "sin", "cos", "tan", "asin", "acos", "atan", "sinh", "cosh", "tanh",
    "asinh",
    "acosh", "atanh", "abs",
}  # fmt: skip

CUT = COMPLEX_TOO - {"exp", "sin", "cos", "tan", "sinh", "cosh", "tanh", "abs"}


def beside_a_cut(x: Any) -> bool:
    """Whether a part of the number may be nothing but noise, which says nothing about the side."""
    return isinstance(x, mpc) and any(0 < abs(part) < abs(x) * mpf(10) ** (-mp.dps // 2) for part in (x.real, x.imag))


def applied(name: str, act: Callable[[Any], Any], holds: Callable[[Any], bool], argument: Grown, rng: Random) -> Grown:
    def value() -> Any:
        x = real(argument.value())
        if isinstance(x, mpc) and (name not in COMPLEX_TOO or abs(x) > 50):
            raise Skip
        if not holds(x) or (name in CUT and beside_a_cut(x)):
            raise Skip
        result = act(x)
        if abs(result) > mpf(10) ** (mp.dps // 2):
            raise Skip  # a pole, which only exact reasoning sees
        return result

    if rng.random() < 0.04 and argument.level == WHOLE and argument.text.isdigit():
        return Grown(f"{name} {argument.text}", PRODUCT, value)
    return Grown(f"{rng.choice([name, name, name, name.capitalize()])}({argument.text})", WHOLE, value)


def constant(rng: Random) -> Grown:
    text, value = rng.choice(
        [
            ("pi", lambda: +mp.pi),
            ("π", lambda: +mp.pi),
            ("e", lambda: +mp.e),
            ("tau", lambda: 2 * mp.pi),
            ("phi", lambda: +mp.phi),
        ]
    )
    return Grown(text, WHOLE, value)


def transcendental(rng: Random, depth: int) -> Grown:
    if depth <= 0 or rng.random() < 0.1:
        return constant(rng) if rng.random() < 0.25 else literal(rng)
    kind = rng.random()
    if kind < 0.45:
        return applied(*rng.choice(FUNCTIONS), transcendental(rng, depth - 1), rng)
    if kind < 0.85:
        return binary(rng.choice("+-*/"), transcendental(rng, depth - 1), transcendental(rng, depth - 1), rng)
    if kind < 0.9:
        return negative(transcendental(rng, depth - 1), rng)
    if kind < 0.95:
        return whole_power(transcendental(rng, depth - 1), rng)
    return power(transcendental(rng, depth - 2), transcendental(rng, depth - 2), rng)


def complex_number(rng: Random, depth: int) -> Grown:
    if depth <= 0 or rng.random() < 0.1:
        if rng.random() < 0.5:
            return literal(rng)
        number = rng.choice(["", "2", "3", "0.5", "7"])
        return Grown(f"{number}i", PRODUCT if number else WHOLE, lambda: mpc(0, mpf(number or 1)))
    kind = rng.random()
    if kind < 0.25:
        chosen = rng.choice([f for f in FUNCTIONS if f[0] in COMPLEX_TOO])
        return applied(*chosen, complex_number(rng, depth - 1), rng)
    if kind < 0.85:
        return binary(rng.choice("+-*/"), complex_number(rng, depth - 1), complex_number(rng, depth - 1), rng)
    return whole_power(complex_number(rng, depth - 1), rng)


# Roots and angles that cancel or simplify: the exact forms


def closed_form(rng: Random, depth: int) -> Grown:
    if depth <= 0:
        kind = rng.random()
        n = rng.choice([2, 3, 5, 6, 7, 8, 10, 12, 18, 20, 50])
        if kind < 0.35:
            return Grown(rng.choice([f"sqrt({n})", f"√{n}", f"{n}^0.5", f"{n}^(1/2)"]), POWER, lambda: mp.sqrt(n))
        if kind < 0.5:
            k, m = rng.choice([1, 1, 2, 5, 7]), rng.choice([1, 2, 3, 4, 5, 6, 8, 10, 12])
            name = rng.choice(["sin", "cos"])
            return Grown(f"{name}({k}pi/{m})", WHOLE, lambda: getattr(mp, name)(k * mp.pi / m))
        if kind < 0.6:
            k = rng.choice([2, 3, 4, 6, 12])
            return Grown(f"ln({k})", WHOLE, lambda: mp.log(k))
        if kind < 0.68:
            return constant(rng)
        return Grown(str(n), WHOLE, lambda: Fraction(n))
    kind = rng.random()
    if kind < 0.85:
        return binary(rng.choice("++--**/"), closed_form(rng, depth - 1), closed_form(rng, depth - 1), rng)
    return whole_power(closed_form(rng, depth - 1), rng)


def cancelling(rng: Random) -> Grown:
    """Something less the same thing written otherwise."""
    a = closed_form(rng, 1)
    b = closed_form(rng, 1)
    square = whole_square(binary("+", a, b, rng), rng)
    expanded = binary("+", binary("+", whole_square(a, rng), whole_square(b, rng), rng), doubled(a, b, rng), rng)
    return binary("-", square, expanded, rng)


def whole_square(base: Grown, rng: Random) -> Grown:
    return power(base, Grown("2", WHOLE, lambda: Fraction(2)), rng)


def doubled(a: Grown, b: Grown, rng: Random) -> Grown:
    two = Grown("2", WHOLE, lambda: Fraction(2))
    return binary("*", binary("*", two, a, rng), b, rng)


# Percentages: a ± b% is a(1 ± b/100); everywhere else b% is b/100


def percentage(rng: Random) -> Grown:
    amount = literal(rng)
    rate = Fraction(rng.choice(["1", "5", "8", "10", "12.5", "19", "33", "0.5", "150"]))
    written = f"{float(rate):g}%"
    kind = rng.randrange(7)
    if kind == 0:
        return Grown(f"{amount.text} + {written}", SUM, lambda: amount.value() * (1 + rate / 100))
    if kind == 1:
        return Grown(f"{amount.text} - {written}", SUM, lambda: amount.value() * (1 - rate / 100))
    if kind == 2:
        return Grown(f"{amount.text} * {written}", PRODUCT, lambda: amount.value() * rate / 100)
    if kind == 3:
        return Grown(f"{written} of {amount.text}", PRODUCT, lambda: amount.value() * rate / 100)
    if kind == 4:
        return Grown(f"{amount.text} + {written} - {written}", SUM, lambda: amount.value() * (1 - (rate / 100) ** 2))
    if kind == 5:
        return Grown(f"{amount.text} + {written} * 2", SUM, lambda: amount.value() + rate / 50)
    return Grown(f"{amount.text} / {written}", PRODUCT, lambda: amount.value() * 100 / rate)


# Integers


def counting(rng: Random) -> Grown:
    n, k, m = rng.randint(0, 60), rng.randint(0, 60), rng.randint(1, 10**12)
    a, b = rng.randint(1, 10**15), rng.randint(1, 10**15)
    text, value = rng.choice(
        [
            (f"{n}!", lambda: math.factorial(n)),
            (f"ncr({n}, {k})", lambda: math.comb(n, k)),
            (f"npr({n}, {k})", lambda: math.perm(n, k)),
            (f"gcd({a}, {b}, {m})", lambda: math.gcd(a, b, m)),
            (f"lcm({a}, {b})", lambda: math.lcm(a, b)),
            (f"fib({n})", lambda: fibonacci(n)),
            (f"{n}!!", lambda: math.prod(range(n, 0, -2))),
            (f"{a} mod {m}", lambda: a % m),
            (f"-{a} mod {m}", lambda: -a % m),
            (f"{n} choose {k}", lambda: math.comb(n, k)),
            (f"modpow({a}, {n}, {m})", lambda: pow(a, n, m)),
            (f"and({a}, {b})", lambda: a & b),
            (f"{a} or {b}", lambda: a | b),
            (f"xor({a}, {m})", lambda: a ^ m),
            (f"{a} << {n}", lambda: a << n),
            (f"{a} >> {n}", lambda: a >> n),
            (f"not {a}", lambda: ~a),
            (f"popcount({a})", lambda: a.bit_count()),
            (f"isprime({m})", lambda: sympy_says("isprime", m)),
            (f"nextprime({m})", lambda: sympy_says("nextprime", m)),
            (f"totient({m})", lambda: sympy_says("totient", m)),
            (f"sigma({n + 1})", lambda: sum(d for d in range(1, n + 2) if (n + 1) % d == 0)),
        ]
    )
    return Grown(text, SUM, lambda: Fraction(int(value())))


def sympy_says(name: str, number: int) -> int:
    import sympy
    from sympy import functions  # noqa: F401

    if name == "totient":
        return int(sympy.totient(number))
    return int(getattr(sympy, name)(number))


def fibonacci(n: int) -> int:
    a, b = 0, 1
    for _ in range(n):
        a, b = b, a + b
    return a


def summary(rng: Random) -> Grown:
    values = [Fraction(literal_decimal(rng)) for _ in range(rng.randint(2, 8))]
    written = ", ".join(f"{float(v):g}" for v in values)
    values = [Fraction(part) for part in written.split(", ")]
    name, act = rng.choice(
        [
            ("mean", statistics.mean),
            ("median", statistics.median),
            ("sum", sum),
            ("product", math.prod),
            ("min", min),
            ("max", max),
            ("varp", statistics.pvariance),
            ("var", statistics.variance),
            ("stdev", lambda v: mp.sqrt(real(statistics.variance(v)))),
            ("stdevp", lambda v: mp.sqrt(real(statistics.pvariance(v)))),
            ("geomean", lambda v: mp.root(real(math.prod(map(abs, v))), len(v)) if min(v) > 0 else skip()),
            ("harmean", lambda v: len(v) / sum(1 / x for x in v) if min(v) > 0 else skip()),
            ("hypot", lambda v: mp.sqrt(real(sum(x * x for x in v)))),
        ]
    )
    return Grown(f"{name}({written})", WHOLE, lambda: act(values))


def literal_decimal(rng: Random) -> str:
    return str(rng.choice([rng.randint(-20, 100), rng.randint(1, 10_000) / 100]))


def skip() -> Any:
    raise Skip


# Units, by pint with Fractions


UNITS = (
    "m km cm mm µm nm in ft yd mi nmi au ly|kg g mg lb oz st t gr|s min h d week fortnight ms µs|"
    "m^2 cm^2 km^2 ha ft^2 in^2 mi^2 mm^2|L mL gal qt pt cup tbsp tsp m^3 ft^3 in^3 cm^3 bbl|"
    "m/s km/h mph kn ft/s cm/s|J kJ MJ kWh Wh cal kcal eV erg|W kW MW hp|Pa kPa MPa bar mbar atm psi Torr|"
    "N kN lbf dyn kgf|bit B kB MB GB KiB MiB GiB TB TiB kbit Mbit|A mA µA|V mV kV|Hz kHz MHz GHz|"
    "K degC degF degR|kg/m^3 g/cm^3 lb/ft^3|mol mmol|C mC A*h|T mT|Ω kΩ"
)
PINT_NAMES = {
    "L": "liter", "mL": "milliliter", "gal": "gallon", "qt": "quart", "pt": "pint", "h": "hour", "d": "day",
    "st": "stone",
    "t": "metric_ton", "kn": "knot", "cal": "calorie", "kcal": "kilocalorie", "hp": "horsepower", "C": "coulomb",
    "B": "byte", "kB": "kilobyte", "MB": "megabyte", "GB": "gigabyte", "TB": "terabyte", "KiB": "kibibyte",
    "MiB": "mebibyte",
    "GiB": "gibibyte", "TiB": "tebibyte", "kbit": "kilobit", "Mbit": "megabit", "in": "inch", "gr": "grain",
    "au": "astronomical_unit", "ly": "light_year", "lbf": "force_pound", "kgf": "force_kilogram", "dyn": "dyne",
    "Torr": "torr", "mi": "mile", "pt_": "pint", "T": "tesla", "mT": "millitesla", "ha": "hectare",
    "nmi": "nautical_mile",
    "degC": "degC", "degF": "degF", "degR": "degR", "K": "kelvin", "bbl": "oil_barrel", "mC": "millicoulomb",
    "A*h": "ampere*hour",
    "Ω": "ohm", "kΩ": "kiloohm", "s": "second", "N": "newton", "kN": "kilonewton", "min": "minute", "Pa": "pascal",
}  # fmt: skip


@functools.cache
def pint_registry() -> Any:
    import pint

    return pint.UnitRegistry(non_int_type=Fraction)


def in_pint(unit: str) -> str:
    import re

    return re.sub(r"[^\W\d_]+(?:\*h)?", lambda m: PINT_NAMES.get(m[0], m[0]), unit)


def conversion(rng: Random) -> Case:
    family = rng.choice(UNITS.split("|")).split()
    start, end = rng.choice(family), rng.choice(family)
    amount = literal_positive(rng)
    if start.startswith("deg") or start == "K":
        return Case("units", f"{amount} {start} to {end}", lambda: pint_converts(Fraction(amount), start, end), end)
    other = rng.choice(family)
    kind = rng.random()
    if kind < 0.5:
        word = rng.choice(["to", "in", "to"])
        return Case("units", f"{amount} {start} {word} {end}", lambda: pint_converts(Fraction(amount), start, end), end)
    more = literal_positive(rng)
    if kind < 0.75:
        return Case(
            "units",
            f"{amount} {start} + {more} {other} to {end}",
            lambda: pint_converts(Fraction(amount), start, end) + pint_converts(Fraction(more), other, end),
            end,
        )
    if kind < 0.9:
        return Case(
            "units",
            f"{amount} {start} * {more} to {end}",
            lambda: pint_converts(Fraction(amount) * Fraction(more), start, end),
            end,
        )
    return Case(
        "units",
        f"{amount} {start} / ({more} {other})",
        lambda: pint_converts(Fraction(amount), start, other) / Fraction(more),
        None,
    )


def literal_positive(rng: Random) -> str:
    return rng.choice([str(rng.randint(1, 1000)), f"{rng.randint(0, 99)}.{rng.randint(1, 99)}"])


def pint_converts(amount: Fraction, start: str, end: str) -> Fraction:
    registry = pint_registry()
    return Fraction(registry.Quantity(amount, in_pint(start)).to(in_pint(end)).magnitude)


# Dates and bases: the answer is a text


def day_case(rng: Random) -> Case:
    first = date.fromordinal(rng.randint(1, 3_652_059))
    second = date.fromordinal(rng.randint(1, 3_652_059))
    n = rng.randint(0, 5000)
    kind = rng.randrange(5)
    if kind == 0:
        return Case("days", f"{first} - {second}", lambda: Fraction((first - second).days))
    if kind == 1:
        return Case("words", f"weekday({first})", lambda: calendar.day_name[first.weekday()])
    sign = rng.choice([1, -1])
    written = "+" if sign > 0 else "-"
    if kind == 2:
        return Case("words", f"{first} {written} {n} days", lambda: moved(first, days=sign * n))
    if kind == 3:
        return Case("words", f"{first} {written} {n % 99} weeks", lambda: moved(first, days=sign * 7 * (n % 99)))
    months, unit = (n % 60, "months") if rng.random() < 0.6 else (12 * (n % 60), "years")
    shown = months if unit == "months" else months // 12
    return Case("words", f"{first} {written} {shown} {unit}", lambda: moved(first, months=sign * months))


def moved(start: date, days: int = 0, months: int = 0) -> str:
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    if not 1 <= year <= 9999:
        raise Skip
    last = calendar.monthrange(year, month + 1)[1]
    try:
        return (date(year, month + 1, min(start.day, last)) + timedelta(days)).isoformat()
    except OverflowError:
        raise Skip from None


def base_case(rng: Random) -> Case:
    number = rng.randint(0, 10 ** rng.randint(1, 25))
    return rng.choice(
        [
            Case("words", f"{number} to hex", lambda: hex(number)),
            Case("words", f"{number} to bin", lambda: bin(number)),
            Case("words", f"{number} to oct", lambda: oct(number)),
            Case("numbers", f"{hex(number)} + {bin(number % 999)}", lambda: Fraction(number + number % 999)),
        ]
    )


# All together


def cases(rng: Random) -> Case:
    kind = rng.random()
    if kind < 0.22:
        return numbers(rational(rng, rng.randint(1, 5)))
    if kind < 0.52:
        return numbers(transcendental(rng, rng.randint(1, 4)))
    if kind < 0.62:
        return numbers(complex_number(rng, rng.randint(1, 3)))
    if kind < 0.70:
        return numbers(closed_form(rng, rng.randint(1, 3)))
    if kind < 0.72:
        return numbers(cancelling(rng))
    if kind < 0.76:
        return numbers(percentage(rng))
    if kind < 0.82:
        return numbers(counting(rng))
    if kind < 0.87:
        return numbers(summary(rng))
    if kind < 0.94:
        return conversion(rng)
    if kind < 0.97:
        return day_case(rng)
    return base_case(rng)


def numbers(grown: Grown) -> Case:
    return Case("numbers", grown.text, grown.value)
