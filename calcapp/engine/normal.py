"""The error function and the normal distribution."""

from __future__ import annotations

from collections.abc import Callable

from calcapp.engine.arithmetic import add, multiply, subtract
from calcapp.engine.division import divide
from calcapp.engine.form import HALF, UNIT, ZERO, Exact, function, is_real
from calcapp.engine.mistake import OutOfDomain
from calcapp.engine.numbers import fmpq
from calcapp.engine.power import sqrt
from calcapp.engine.reach import reaching
from calcapp.engine.sign import compare, is_zero, sign
from calcapp.engine.symmetry import odd, undone

FARTHEST = 10**4


def erf(value: Exact) -> Exact:
    if is_zero(value):
        return ZERO
    back = undone(value, "erfinv")
    if back is not None:
        return back
    reaching(value, "erf", FARTHEST)
    return odd("erf", value)


def erfc(value: Exact) -> Exact:
    if is_zero(value):
        return UNIT
    reaching(value, "erfc", FARTHEST)
    return function("erfc", value, real=is_real(value))


def between(value: Exact, low: int, high: int, name: str) -> None:
    if not is_real(value) or compare(value, fmpq(low)) <= 0 or compare(value, fmpq(high)) >= 0:
        raise OutOfDomain(f"{name} takes numbers between {low} and {high}.".replace("-", "−"))


def erfinv(value: Exact) -> Exact:
    if is_zero(value):
        return ZERO
    between(value, -1, 1, "erfinv")
    back = undone(value, "erf")
    return odd("erfinv", value) if back is None else back


def normcdf(value: Exact, mean: Exact = ZERO, deviation: Exact = UNIT) -> Exact:
    if not is_real(deviation) or sign(deviation) <= 0:
        raise OutOfDomain("A standard deviation is above 0. Use a positive one.")
    x = divide(subtract(value, mean), deviation)
    if not is_real(x):
        raise OutOfDomain("normcdf takes real numbers, and one of these is complex.")
    if is_zero(x):
        return HALF
    reaching(x, "normcdf", FARTHEST)
    return function("normcdf", x)


def norminv(share: Exact, mean: Exact = ZERO, deviation: Exact = UNIT) -> Exact:
    between(share, 0, 1, "norminv")
    if not is_real(deviation) or sign(deviation) <= 0:
        raise OutOfDomain("A standard deviation is above 0. Use a positive one.")
    x = multiply(sqrt(fmpq(2)), erfinv(subtract(multiply(fmpq(2), share), UNIT)))
    return add(mean, multiply(deviation, x))


FUNCTIONS: dict[str, Callable[..., Exact]] = {
    "erf": erf, "erfc": erfc, "erfinv": erfinv, "normcdf": normcdf, "norminv": norminv,
}  # fmt: skip
