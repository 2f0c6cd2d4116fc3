"""Polylogarithms (NIST Digital Library of Mathematical Functions, 25.12)."""

from __future__ import annotations

from collections.abc import Callable

from calcapp.engine.arithmetic import add, multiply, negative, subtract
from calcapp.engine.division import divide, power
from calcapp.engine.form import HALF, PI_VALUE, UNIT, ZERO, Exact, function, is_real
from calcapp.engine.logarithm import ln
from calcapp.engine.mistake import OutOfDomain
from calcapp.engine.numbers import fmpq
from calcapp.engine.plane import size
from calcapp.engine.reach import written_shortly
from calcapp.engine.sign import compare, is_zero
from calcapp.engine.work import charge
from calcapp.engine.zeta import zeta


def polylog(order: Exact, value: Exact) -> Exact:
    for each in (order, value):
        if not is_real(each) or compare(size(each), fmpq(100)) > 0:
            raise OutOfDomain("polylog takes real numbers up to 100 here.")
        if isinstance(each, fmpq):
            written_shortly(each, "polylog")
    if is_zero(value):
        return ZERO
    edge = compare(value, UNIT)
    if edge == 0:
        if compare(order, UNIT) <= 0:
            raise OutOfDomain("polylog has no value at 1 for this order: the sum grows without bound.")
        return zeta(order)
    if isinstance(order, fmpq) and order.q == 1:
        if order == 1:
            return negative(ln(subtract(UNIT, value)))
        if order <= 0:
            return quotient(int(-order.p), value)
        if value == -UNIT:
            return multiply(fmpq(2) ** int(1 - order.p) - 1, zeta(order))
        if order == 2 and value == HALF:
            half = ln(fmpq(2))
            return subtract(multiply(power(PI_VALUE, 2), fmpq(1, 12)), multiply(multiply(half, half), HALF))
    return function("polylog", order, value, real=edge < 0)


def quotient(order: int, value: Exact) -> Exact:
    """Of order −n: Σ k!·S(n+1, k+1)·(x/(1 − x))^(k+1), with Stirling numbers of the second kind."""
    charge(order * order * 50)
    numbers = [1]  # k!·S(n+1, k+1), from k!·S(n, k+1) and (k−1)!·S(n, k)
    for _ in range(order):
        shifted = [0, *numbers]
        numbers = [
            (k + 1) * each + k * below for k, (each, below) in enumerate(zip([*numbers, 0], shifted, strict=True))
        ]
    ratio = divide(value, subtract(UNIT, value))
    total: Exact = ZERO
    for each in reversed(numbers):
        total = multiply(add(total, fmpq(each)), ratio)
    return total


FUNCTIONS: dict[str, Callable[..., Exact]] = {"polylog": polylog}
