"""Numbers as points of the plane: how far from zero, and in which direction."""

from __future__ import annotations

from calcapp.engine.arcs import atan
from calcapp.engine.arithmetic import add, multiply, negative, subtract
from calcapp.engine.atom import I
from calcapp.engine.circular import HALF_PI
from calcapp.engine.division import divide
from calcapp.engine.form import PI_VALUE, ZERO, Exact, function, imaginary_part, is_real, made, real_part, same
from calcapp.engine.mistake import OutOfDomain
from calcapp.engine.numbers import fmpq
from calcapp.engine.power import sqrt
from calcapp.engine.sign import floor, is_zero, sign


def size(value: Exact) -> Exact:
    """The absolute value."""
    from calcapp.engine.recognition import recognised

    if isinstance(value, fmpq):
        return abs(value)
    if value.real:
        return negative(value) if sign(value) < 0 else value
    real, imaginary = real_part(value), imaginary_part(value)
    if real is None or imaginary is None:
        return function("abs", value, real=True)
    if isinstance(real, fmpq) and real == 0:
        return size(imaginary)
    point = polar(value)
    if point is not None:
        return point[0]
    square = recognised(add(multiply(real, real), multiply(imaginary, imaginary)))
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
    point = polar(value)
    if point is not None:
        return within_a_turn(point[1])
    return atan2(imaginary, real)


def polar(value: Exact) -> tuple[Exact, Exact] | None:
    """The size and the angle, if the value is r·(cos φ + i·sin φ) times 1, i, −1 or −i."""
    if isinstance(value, fmpq) or len(value.terms) != 2:
        return None
    (one, first), (other, second) = value.terms.items()
    if (I, 1) in one:
        one, first, other, second = other, second, one, first
    other -= {(I, 1)}
    angles = [each for each, exponent in one ^ other if each.name in ("sin", "cos") and exponent == 1]
    if len(one) != len(other) or len(one ^ other) != 2 or len(angles) != 2 or abs(first) != abs(second):
        return None
    if not same(angles[0].arguments[0], angles[1].arguments[0]) or not all(each.positive for each, _ in one & other):
        return None
    upright = any(each.name == "cos" for each, _ in one)  # a cosine as the real part, not a quarter turn on
    angle = angles[0].arguments[0] if (first > 0) == (second > 0) else negative(angles[0].arguments[0])
    if not upright:
        angle = subtract(HALF_PI, angle)
        first = second
    return made({one & other: abs(first)}), angle if first > 0 else add(angle, PI_VALUE)


def within_a_turn(angle: Exact) -> Exact:
    """The same angle from −π to π."""
    turns = -floor(divide(subtract(PI_VALUE, angle), multiply(fmpq(2), PI_VALUE)))
    return subtract(angle, multiply(fmpq(2 * turns), PI_VALUE))


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
