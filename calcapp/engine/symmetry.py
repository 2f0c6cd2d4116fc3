"""Functions that are odd, even, or real on one of the axes: what that tells of a value is not left to balls."""

from __future__ import annotations

from calcapp.engine.arithmetic import multiply, negative
from calcapp.engine.form import IMAGINARY_UNIT, ZERO, Exact, function, lone, over_i
from calcapp.engine.numbers import fmpq
from calcapp.engine.sign import sign


def odd(name: str, value: Exact) -> Exact:
    """A function with f(−x) = −f(x), real for a real x: the sign is taken in front, and f(i·y) is i times a real."""
    if isinstance(value, fmpq):
        if value == 0:
            return ZERO
        return negative(function(name, -value)) if value < 0 else function(name, value)
    if not value.real:
        found = function(name, value, real=False)
        return found if over_i(value) is None else multiply(IMAGINARY_UNIT, function("im", found))
    return negative(function(name, negative(value))) if sign(value) < 0 else function(name, value)


def undone(value: Exact, name: str) -> Exact | None:
    """x, if the value is ± name(x) of a real x; the sign is kept for the odd function."""
    found = lone(value)
    if found is None or abs(found[1]) != 1 or found[0].name != name or not found[0].real:
        return None
    x = found[0].arguments[0]
    return negative(x) if found[1] < 0 else x
