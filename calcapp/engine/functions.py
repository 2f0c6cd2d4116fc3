"""What each function does with exact values. Units, percentages and dates are dealt with by whoever calls."""

from __future__ import annotations

from collections.abc import Callable

from calcapp.engine import (
    arcs,
    bits,
    circular,
    counting,
    hyperbolic,
    integers,
    logarithm,
    plane,
    power,
    primes,
    statistics,
)
from calcapp.engine.arithmetic import add, multiply, negative, subtract
from calcapp.engine.division import divide
from calcapp.engine.form import (
    HALF,
    PI_VALUE,
    UNIT,
    ZERO,
    Exact,
    conjugate,
    function,
    imaginary_part,
    is_real,
    real_part,
)
from calcapp.engine.mistake import DividedByZero, OutOfDomain
from calcapp.engine.numbers import fmpq
from calcapp.engine.sign import compare, floor, is_zero, sign


def real(value: Exact, name: str) -> Exact:
    """The value, if it is real."""
    if is_real(value):
        return value
    imaginary = imaginary_part(value)
    if imaginary is not None and is_zero(imaginary):
        found = real_part(value)
        assert found is not None  # noqa: S101 - known where the imaginary part is
        return found
    raise OutOfDomain(f"{name} takes real numbers, and this one is complex.")


def root(value: Exact, degree: Exact) -> Exact:
    if is_zero(degree):
        raise OutOfDomain("There is no root of degree 0. Use another degree.")
    odd = isinstance(degree, fmpq) and degree.q == 1 and degree.p % 2 == 1
    if odd and is_real(value) and sign(value) < 0:
        return negative(power.raised(negative(value), divide(UNIT, degree)))
    return power.raised(value, divide(UNIT, degree))


def hypot(*values: Exact) -> Exact:
    total: Exact = ZERO
    for value in values:
        total = add(total, multiply(value, value))
    return power.sqrt(total)


def log(value: Exact, base: Exact = fmpq(10)) -> Exact:  # noqa: B008 - never changed
    return logarithm.log(value, base)


def floor_of(value: Exact, places: Exact = ZERO) -> Exact:
    shift = shifted(places)
    return fmpq(floor(multiply(real(value, "floor"), shift))) / shift


def ceil_of(value: Exact, places: Exact = ZERO) -> Exact:
    return negative(floor_of(negative(real(value, "ceil")), places))


def shifted(places: Exact) -> fmpq:
    """10 to the number of decimal places."""
    if not (isinstance(places, fmpq) and places.q == 1 and abs(places) <= 10_000):
        raise OutOfDomain("The number of places is a whole number, as in round(2.345, 2).")
    return fmpq(10) ** int(places.p)


def rounded(value: Exact, places: Exact = ZERO) -> Exact:
    """To the nearest, halves away from zero."""
    value = real(value, "round")
    shift = shifted(places)
    size = add(multiply(plane.size(value), shift), HALF)
    found = fmpq(floor(size)) / shift
    return -found if sign(value) < 0 else found


def trunc(value: Exact, places: Exact = ZERO) -> Exact:
    value = real(value, "trunc")
    return ceil_of(value, places) if sign(value) < 0 else floor_of(value, places)


def frac(value: Exact) -> Exact:
    return subtract(value, trunc(value))


def quotient(left: Exact, right: Exact) -> Exact:
    if is_zero(right):
        raise DividedByZero("Nothing can be divided by zero.")
    return floor_of(divide(real(left, "mod"), real(right, "mod")))


def mod(left: Exact, right: Exact) -> Exact:
    """The floored remainder."""
    return subtract(left, multiply(right, quotient(left, right)))


def rem(left: Exact, right: Exact) -> Exact:
    if is_zero(right):
        raise DividedByZero("Nothing can be divided by zero.")
    return subtract(left, multiply(right, trunc(divide(real(left, "rem"), real(right, "rem")))))


def sign_of(value: Exact) -> Exact:
    """1, 0 or −1; of a complex number the direction, z/|z|."""
    try:
        return fmpq(sign(real(value, "sign")))
    except OutOfDomain:
        return divide(value, plane.size(value))


def degrees(value: Exact) -> Exact:
    return divide(multiply(value, fmpq(180)), PI_VALUE)


def radians(value: Exact) -> Exact:
    return divide(multiply(value, PI_VALUE), fmpq(180))


def re(value: Exact) -> Exact:
    found = real_part(value)
    return function("re", value) if found is None else found


def im(value: Exact) -> Exact:
    found = imaginary_part(value)
    return function("im", value) if found is None else found


def pmt(rate: Exact, periods: Exact, amount: Exact) -> Exact:
    """amount · rate / (1 − (1 + rate)^−n), and amount/n without interest."""
    if is_zero(periods):
        raise OutOfDomain("A loan is paid back in at least one part, as in pmt(4%/12, 360, 200000).")
    if is_zero(rate):
        return divide(amount, periods)
    below = subtract(UNIT, power.raised(add(UNIT, rate), negative(periods)))
    if is_zero(below):
        raise DividedByZero("At this rate nothing is ever paid back. Use another rate.")
    return divide(multiply(amount, rate), below)


def fv(rate: Exact, periods: Exact, amount: Exact) -> Exact:
    return multiply(amount, power.raised(add(UNIT, rate), periods))


def pv(rate: Exact, periods: Exact, amount: Exact) -> Exact:
    return multiply(amount, power.raised(add(UNIT, rate), negative(periods)))


def smallest(*values: Exact) -> Exact:
    best = real(values[0], "min")
    for value in values[1:]:
        if compare(real(value, "min"), best) < 0:
            best = value
    return best


def largest(*values: Exact) -> Exact:
    best = real(values[0], "max")
    for value in values[1:]:
        if compare(real(value, "max"), best) > 0:
            best = value
    return best


PLAIN: dict[str, Callable[..., Exact]] = {
    "sqrt": power.sqrt, "cbrt": power.cbrt, "root": root, "hypot": hypot, "pow": power.raised, "exp": power.exp,
    "expm1": lambda x: subtract(power.exp(x), UNIT), "ln": logarithm.ln, "log": log,
    "log2": lambda x: logarithm.log(x, fmpq(2)),
    "log10": log, "log1p": lambda x: logarithm.ln(add(UNIT, x)),
    "sin": circular.sin, "cos": circular.cos, "tan": circular.tan, "cot": circular.cot, "sec": circular.sec,
    "csc": circular.csc, "asin": arcs.asin, "acos": arcs.acos, "atan": arcs.atan, "atan2": plane.atan2,
    "acot": arcs.acot,
    "asec": lambda x: arcs.acos(divide(UNIT, nonzero(x, "asec"))),
    "acsc": lambda x: arcs.asin(divide(UNIT, nonzero(x, "acsc"))),
    "sinh": hyperbolic.sinh, "cosh": hyperbolic.cosh, "tanh": hyperbolic.tanh, "coth": hyperbolic.coth,
    "sech": hyperbolic.sech, "csch": hyperbolic.csch, "asinh": hyperbolic.asinh, "acosh": hyperbolic.acosh,
    "atanh": hyperbolic.atanh, "acoth": hyperbolic.acoth, "asech": hyperbolic.asech, "acsch": hyperbolic.acsch,
    "degrees": degrees, "radians": radians,
    "sinc": lambda x: UNIT if is_zero(x) else divide(circular.sin(x), x),
    "abs": plane.size, "sign": sign_of, "floor": floor_of, "ceil": ceil_of, "round": rounded, "trunc": trunc,
    "frac": frac, "mod": mod, "rem": rem, "div": quotient, "re": re, "im": im, "conj": conjugate,
    "arg": plane.argument, "min": smallest, "max": largest, "pmt": pmt, "fv": fv, "pv": pv,
    **integers.FUNCTIONS, **counting.FUNCTIONS, **primes.FUNCTIONS, **bits.FUNCTIONS,
    **statistics.FUNCTIONS,
}  # fmt: skip


def plain(name: str) -> Callable[..., Exact]:
    """What the function of this name does with numbers. The special ones, seven files, are loaded with the first."""
    if name in PLAIN:
        return PLAIN[name]
    from calcapp.engine.special import FUNCTIONS

    return FUNCTIONS[name]


def nonzero(value: Exact, name: str) -> Exact:
    if is_zero(value):
        raise OutOfDomain(f"{name} has no value at 0. Use another number.")
    return value


ANGLES = frozenset(("sin", "cos", "tan", "cot", "sec", "csc", "sinc"))
"""Take an angle."""
ANGULAR = frozenset(("asin", "acos", "atan", "acot", "asec", "acsc", "atan2", "arg"))
"""Answer with an angle."""
LIKE = frozenset(
    (
        "abs", "round", "floor", "ceil", "trunc", "frac", "min", "max", "sum", "mean", "median", "mode", "stdev",
        "stdevp", "geomean", "harmean", "rms", "spread", "hypot", "mod", "rem", "re", "im", "conj",
    )
)  # fmt: skip
"""Take quantities of one kind and answer with that kind."""
SQUARED = frozenset(("var", "varp"))
RATIOS = frozenset(("div", "atan2", "sign", "count"))
"""Take quantities of one kind and answer with a plain number."""
