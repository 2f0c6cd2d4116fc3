"""Numbers as points of the plane: how far from zero, and in which direction."""

from __future__ import annotations

from flint import fmpq

from calcapp.engine.arcs import atan
from calcapp.engine.arithmetic import add, multiply, negative, subtract
from calcapp.engine.circular import HALF_PI
from calcapp.engine.division import divide
from calcapp.engine.form import PI_VALUE, ZERO, Exact, function, imaginary_part, is_real, real_part
from calcapp.engine.mistake import OutOfDomain
from calcapp.engine.power import sqrt
from calcapp.engine.sign import is_zero, sign


def size(value: Exact) -> Exact:
    """The absolute value."""
    if isinstance(value, fmpq):
        return abs(value)
    if value.real:
        return negative(value) if sign(value) < 0 else value
    real, imaginary = real_part(value), imaginary_part(value)
    if real is None or imaginary is None:
        return function("abs", value, real=True)
    if isinstance(real, fmpq) and real == 0:
        return size(imaginary)
    square = add(multiply(real, real), multiply(imaginary, imaginary))
    return ZERO if is_zero(square) else sqrt(square)


def argument(value: Exact) -> Exact:
    if is_real(value):
        found = sign(value)
        if found == 0:
            raise OutOfDomain("Zero has no angle. Use a number that is not zero.")
        return ZERO if found > 0 else PI_VALUE
    real, imaginary = real_part(value), imaginary_part(value)
    if real is None or imaginary is None:
        return function("arg", value, real=True)
    return atan2(imaginary, real)


def atan2(y: Exact, x: Exact) -> Exact:
    """The angle of the point (x, y), from −π to π."""
    if is_zero(x):
        if is_zero(y):
            raise OutOfDomain("The point (0, 0) has no angle. Use another point.")
        return HALF_PI if sign(y) > 0 else negative(HALF_PI)
    below = sign(y) < 0
    found = ZERO if is_zero(y) else atan(divide(y, x))
    if sign(x) > 0:
        return found
    return subtract(found, PI_VALUE) if below else add(found, PI_VALUE)
