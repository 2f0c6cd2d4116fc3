"""Angles from their sines, cosines and tangents, exactly where that is known."""

from __future__ import annotations

from calcapp.engine.arithmetic import add, multiply, negative, subtract
from calcapp.engine.circular import HALF_PI, cos, sin, tan
from calcapp.engine.division import divide
from calcapp.engine.form import (
    HALF,
    IMAGINARY_UNIT,
    PI_VALUE,
    UNIT,
    ZERO,
    Exact,
    function,
    is_real,
    lone,
    over_each_other,
    over_i,
    real_ball,
)
from calcapp.engine.logarithm import ln
from calcapp.engine.mistake import OutOfDomain
from calcapp.engine.nearby import PRECISION, near
from calcapp.engine.numbers import arb, ctx, fmpq, fmpz
from calcapp.engine.power import sqrt
from calcapp.engine.separation import algebraic, vanishes
from calcapp.engine.sign import compare, floor, is_zero
from calcapp.engine.symmetry import odd

LARGEST_BELOW = 1_000


def asin(value: Exact) -> Exact:
    found = _simple_angle(value, "asin")
    if found is not None:
        return found
    if not is_real(value):
        turned = _over_i(value, "asinh")
        return function("asin", value, real=False) if turned is None else turned
    value = at_the_edge(value)
    if isinstance(value, fmpq) and abs(value) == 1:
        return multiply(value, HALF_PI)
    if compare(value, UNIT) > 0 or compare(value, -UNIT) < 0:
        return subtract(HALF_PI, acos(value))
    back = lone(value)
    if back is not None and abs(back[1]) == 1 and back[0].name == "sin" and back[0].real:
        turns, rest = _without_half_turns(add(back[0].arguments[0], HALF_PI))
        rest = subtract(rest, HALF_PI)
        return negative(rest) if (turns % 2 == 1) != (back[1] < 0) else rest
    if back is not None and abs(back[1]) == 1 and back[0].name == "cos" and back[0].real:
        return subtract(HALF_PI, acos(value))
    return odd("asin", value)


def _over_i(value: Exact, name: str) -> Exact | None:
    """asin(i·y) and atan(i·y) as i·asinh(y) and i·atanh(y)."""
    from calcapp.engine import hyperbolic

    y = over_i(value)
    return None if y is None else multiply(IMAGINARY_UNIT, getattr(hyperbolic, name)(y))


def at_the_edge(value: Exact) -> Exact:
    """1 or −1 where the value cannot be told from it: beyond, the inverses are complex."""
    for edge in (UNIT, -UNIT):
        if not isinstance(value, fmpq) and compare(value, edge) == 0:
            return edge
    return value


def _without_half_turns(value: Exact) -> tuple[fmpz, Exact]:
    """value = turns·π + rest, the rest from 0 to π."""
    turns = floor(divide(value, PI_VALUE))
    return turns, subtract(value, multiply(fmpq(turns), PI_VALUE))


def acos(value: Exact) -> Exact:
    found = _simple_angle(value, "acos")
    if found is not None:
        return found
    if not is_real(value):
        turned = _over_i(value, "asinh")
        return function("acos", value, real=False) if turned is None else subtract(HALF_PI, turned)
    value = at_the_edge(value)
    if isinstance(value, fmpq) and abs(value) == 1:
        return ZERO if value > 0 else PI_VALUE
    if compare(value, UNIT) > 0:
        return multiply(IMAGINARY_UNIT, _log_of_sum(value))
    if compare(value, -UNIT) < 0:
        return subtract(PI_VALUE, multiply(IMAGINARY_UNIT, _log_of_sum(negative(value))))
    back = lone(value)
    if back is not None and abs(back[1]) == 1 and back[0].name == "cos" and back[0].real:
        turns, rest = _without_half_turns(back[0].arguments[0])
        return subtract(PI_VALUE, rest) if (turns % 2 == 1) != (back[1] < 0) else rest
    if back is not None and abs(back[1]) == 1 and back[0].name == "sin" and back[0].real:
        return subtract(HALF_PI, asin(value))
    return function("acos", value)


def _log_of_sum(value: Exact) -> Exact:
    """ln(x + √(x² − 1)) for x above 1."""
    return ln(add(value, sqrt(subtract(multiply(value, value), UNIT))))


def atan(value: Exact) -> Exact:
    found = _simple_angle(value, "atan")
    if found is not None:
        return found
    if not is_real(value):
        if is_zero(add(multiply(value, value), UNIT)):
            raise OutOfDomain("The arctangent has no value at i and −i. Use another number.")
        turned = _over_i(value, "atanh")
        return function("atan", value, real=False) if turned is None else turned
    back = over_each_other(value, "sin", "cos")
    angle = None if back is None else back[0]
    if back is None:
        back = over_each_other(value, "cos", "sin")
        angle = None if back is None else subtract(HALF_PI, back[0])
    if back is not None and angle is not None:
        _, rest = _without_half_turns(add(angle, HALF_PI))
        rest = subtract(rest, HALF_PI)
        return negative(rest) if back[1] < 0 else rest
    return odd("atan", value)


def acot(value: Exact) -> Exact:
    """atan(1/x), and π/2 at 0."""
    if is_zero(value):
        return HALF_PI
    if not is_real(value) and is_zero(add(multiply(value, value), UNIT)):
        raise OutOfDomain("The arccotangent has no value at i and −i. Use another number.")
    return atan(divide(UNIT, value))


def _simple_angle(value: Exact, name: str) -> Exact | None:
    """The inverse as a fraction of π, for values built of roots and of cosines of fractions of π."""
    if isinstance(value, fmpq):  # there are no others (I. Niven, Irrational Numbers, 1956)
        return _guess(value, name) if abs(value) in (0, 1, HALF) else None
    if value.real and len(value.terms) <= 3 and all(algebraic(each) for each in value.atoms()):
        return _guess(value, name)
    return None


def _guess(value: Exact, name: str) -> Exact | None:
    """The fraction of π that the inverse seems to be, proved by its cosine, sine or tangent."""
    ctx.prec = PRECISION
    found = getattr(real_ball(value), name)()
    turns = near(found / arb.pi(), LARGEST_BELOW) if found.is_finite() else None
    if turns is None or (name == "atan" and turns.q == 2):  # so near a right angle, whose tangent is no number
        return None
    angle = multiply(PI_VALUE, turns)
    return angle if vanishes(subtract({"asin": sin, "acos": cos, "atan": tan}[name](angle), value)) else None
