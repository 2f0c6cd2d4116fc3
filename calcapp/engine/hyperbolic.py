"""Hyperbolic functions and their inverses, which are logarithms."""

from __future__ import annotations

from calcapp.engine.arcs import acos, asin, atan
from calcapp.engine.arithmetic import add, complex_of, multiply, negative, subtract
from calcapp.engine.circular import HALF_PI, cos, parts, ratio, sin
from calcapp.engine.division import divide, inverse
from calcapp.engine.form import (
    HALF,
    IMAGINARY_UNIT,
    PI_VALUE,
    UNIT,
    ZERO,
    Exact,
    Form,
    function,
    over_each_other,
    over_i,
)
from calcapp.engine.logarithm import ln
from calcapp.engine.mistake import OutOfDomain
from calcapp.engine.numbers import fmpq
from calcapp.engine.power import exp, sqrt
from calcapp.engine.sign import compare, is_zero, sign
from calcapp.engine.symmetry import undone


def _simple_exp(value: Exact) -> Exact | None:
    """e^value where that is a rational or built of roots, as for value = ln 2 or ln(1 + √2)."""
    if isinstance(value, fmpq) or not any(e.kind == "log" or e.name == "ln" for e in value.atoms()):
        return None
    found = exp(value)
    if isinstance(found, fmpq) or all(e.kind in ("prime", "sum") for e in found.atoms()):
        return found
    return None


def sinh(value: Exact) -> Exact:
    if isinstance(value, fmpq) and value == 0:
        return ZERO
    both = parts(value)
    if both is not None:
        x, y = both
        return complex_of(multiply(sinh(x), cos(y)), multiply(cosh(x), sin(y)))
    simple = _simple_exp(value)
    if simple is not None:
        return multiply(subtract(simple, inverse(simple)), HALF)
    if isinstance(value, Form) and not value.real:
        return function("sinh", value, real=False)
    return negative(function("sinh", negative(value))) if sign(value) < 0 else function("sinh", value)


def cosh(value: Exact) -> Exact:
    if isinstance(value, fmpq) and value == 0:
        return UNIT
    both = parts(value)
    if both is not None:
        x, y = both
        return complex_of(multiply(cosh(x), cos(y)), multiply(sinh(x), sin(y)))
    simple = _simple_exp(value)
    if simple is not None:
        return multiply(add(simple, inverse(simple)), HALF)
    if isinstance(value, Form) and not value.real:
        return function("cosh", value, real=False)
    return function("cosh", negative(value) if sign(value) < 0 else value, positive=True)


def tanh(value: Exact) -> Exact:
    simple = _simple_exp(value)
    if simple is not None:
        square = multiply(simple, simple)
        return divide(subtract(square, UNIT), add(square, UNIT))
    return ratio(sinh(value), cosh(value), "The hyperbolic tangent")


def coth(value: Exact) -> Exact:
    return ratio(cosh(value), sinh(value), "The hyperbolic cotangent")


def sech(value: Exact) -> Exact:
    return ratio(UNIT, cosh(value), "The hyperbolic secant")


def csch(value: Exact) -> Exact:
    return ratio(UNIT, sinh(value), "The hyperbolic cosecant")


def asinh(value: Exact) -> Exact:
    """ln(x + √(x² + 1)); odd, so that nothing cancels."""
    if isinstance(value, Form) and not value.real:
        y = over_i(value)
        return function("asinh", value, real=False) if y is None else multiply(IMAGINARY_UNIT, asin(y))
    back = undone(value, "sinh")
    if back is not None:
        return back
    found = sign(value)
    if found == 0:
        return ZERO
    if found < 0:
        return negative(asinh(negative(value)))
    return ln(add(value, sqrt(add(multiply(value, value), UNIT))))


def acosh(value: Exact) -> Exact:
    """ln(x + √(x² − 1)); below 1 it is complex."""
    if isinstance(value, Form) and not value.real:
        return function("acosh", value, real=False)
    if compare(value, UNIT) >= 0:
        back = undone(value, "cosh")
        if back is not None:
            return back
        return ln(add(value, sqrt(subtract(multiply(value, value), UNIT))))
    if compare(value, fmpq(-1)) >= 0:
        return multiply(IMAGINARY_UNIT, acos(value))
    return add(acosh(negative(value)), multiply(IMAGINARY_UNIT, PI_VALUE))


def atanh(value: Exact) -> Exact:
    """(ln(1 + x) − ln(1 − x)) / 2."""
    if isinstance(value, Form) and not value.real:
        y = over_i(value)
        return function("atanh", value, real=False) if y is None else multiply(IMAGINARY_UNIT, atan(y))
    back = over_each_other(value, "sinh", "cosh")
    if back is not None:
        return multiply(back[1], back[0])
    above_one, below_one = add(UNIT, value), subtract(UNIT, value)
    if is_zero(above_one) or is_zero(below_one):
        raise OutOfDomain("The inverse hyperbolic tangent has no value at 1 and −1. Use another number.")
    return multiply(subtract(ln(above_one), ln(below_one)), HALF)


def acoth(value: Exact) -> Exact:
    if is_zero(value):
        return multiply(IMAGINARY_UNIT, HALF_PI)
    if is_zero(subtract(multiply(value, value), UNIT)):
        raise OutOfDomain("The inverse hyperbolic cotangent has no value at 1 and −1. Use another number.")
    return atanh(divide(UNIT, value))


def asech(value: Exact) -> Exact:
    if is_zero(value):
        raise OutOfDomain("The inverse hyperbolic secant has no value at 0. Use another number.")
    return acosh(divide(UNIT, value))


def acsch(value: Exact) -> Exact:
    if is_zero(value):
        raise OutOfDomain("The inverse hyperbolic cosecant has no value at 0. Use another number.")
    return asinh(divide(UNIT, value))
