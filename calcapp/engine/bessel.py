"""Bessel and Airy functions (NIST Digital Library of Mathematical Functions, chapters 9 and 10)."""

from __future__ import annotations

from collections.abc import Callable

from calcapp.engine.arithmetic import multiply, negative, subtract
from calcapp.engine.circular import cos, sin
from calcapp.engine.division import divide
from calcapp.engine.form import HALF, IMAGINARY_UNIT, PI_VALUE, UNIT, ZERO, Exact, function, is_real, over_i
from calcapp.engine.mistake import OutOfDomain
from calcapp.engine.numbers import fmpq
from calcapp.engine.power import exp, sqrt
from calcapp.engine.reach import reaching, written_shortly
from calcapp.engine.sign import is_zero, sign

FARTHEST = 10**4
MOST_ELEMENTARY = 5
"""Orders up to this, halves of odd numbers, are written with sines and cosines."""


def besselj(order: Exact, value: Exact) -> Exact:
    reached(order, value, "besselj")
    if is_zero(value):
        return at_zero(order)
    whole = order.p if isinstance(order, fmpq) and order.q == 1 else None
    if is_real(value) and is_real(order):
        if sign(value) > 0:
            simple = elementary(order, value)
            return function("besselj", order, value) if simple is None else simple
        if whole is not None:
            return function("besselj", order, value)
        turned = exp(multiply(IMAGINARY_UNIT, multiply(order, PI_VALUE)))
        return multiply(turned, besselj(order, negative(value)))
    found = function("besselj", order, value, real=False)
    if whole is None or over_i(value) is None:
        return found
    return function("re", found) if whole % 2 == 0 else multiply(IMAGINARY_UNIT, function("im", found))


def bessely(order: Exact, value: Exact) -> Exact:
    reached(order, value, "bessely")
    if is_zero(value):
        raise OutOfDomain("bessely has no value at 0. Use another number.")
    if isinstance(order, fmpq) and order.q == 2:  # DLMF 10.2.3
        opposite = besselj(-order, value)
        return negative(opposite) if (order.p - 1) // 2 % 2 == 0 else opposite
    return function("bessely", order, value, real=is_real(order) and is_real(value) and sign(value) > 0)


def reached(order: Exact, value: Exact, name: str) -> None:
    for each in (order, value):
        reaching(each, name, FARTHEST)
        if isinstance(each, fmpq):
            written_shortly(each, name)


def at_zero(order: Exact) -> Exact:
    if is_zero(order):
        return UNIT
    if not (isinstance(order, fmpq) and order.q == 1) and not (is_real(order) and sign(order) > 0):
        raise OutOfDomain("besselj of this order has no value at 0. Use another number.")
    return ZERO


def elementary(order: Exact, value: Exact) -> Exact | None:
    """J of half an odd number, from √(2/πx) sin x and √(2/πx) cos x by its recurrence (DLMF 10.16.1, 10.6.1)."""
    if not isinstance(order, fmpq) or order.q != 2 or abs(order) > MOST_ELEMENTARY:
        return None
    front = sqrt(divide(fmpq(2), multiply(PI_VALUE, value)))
    step = fmpq(1 if order > 0 else -1)
    at = HALF * step
    before, found = multiply(front, cos(value)), multiply(front, sin(value))
    if order < 0:
        before, found = found, before
    while at != order:
        before, found = found, subtract(multiply(divide(2 * at, value), found), before)
        at += step
    return found


def airy(name: str) -> Callable[[Exact], Exact]:
    def found(value: Exact) -> Exact:
        reaching(value, name, 10**3)
        return function(name, value, real=is_real(value))

    return found


FUNCTIONS: dict[str, Callable[..., Exact]] = {
    "besselj": besselj, "bessely": bessely, "airyai": airy("airyai"), "airybi": airy("airybi"),
}  # fmt: skip
