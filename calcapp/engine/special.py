"""Gamma, zeta, error functions and others, with their exact values where they have some."""

from __future__ import annotations

from collections.abc import Callable

from flint import fmpq

from calcapp.engine.arithmetic import add, multiply, negative, subtract
from calcapp.engine.circular import sin
from calcapp.engine.counting import LARGEST_FACTORIAL, double_factorial, factorial
from calcapp.engine.division import divide, power
from calcapp.engine.form import HALF, PI_VALUE, UNIT, ZERO, Exact, Form, function, is_real
from calcapp.engine.integers import small
from calcapp.engine.logarithm import ln
from calcapp.engine.mistake import OutOfDomain, TooLarge
from calcapp.engine.plane import size
from calcapp.engine.power import sqrt
from calcapp.engine.sign import compare, is_zero, sign
from calcapp.engine.work import charge

LONGEST_ARGUMENT = 1_000
"""Bits of a numerator or denominator."""


def gamma(value: Exact) -> Exact:
    """(n − 1)! at whole numbers, a multiple of √π at halves (DLMF 5.4)."""
    if isinstance(value, fmpq):
        if value.q == 1:
            if value <= 0:
                raise OutOfDomain("Gamma has no value at 0 and the negative whole numbers. Use another number.")
            return factorial(value - 1)
        if value.q == 2 and abs(value) < LARGEST_FACTORIAL // 2:
            return half_gamma(value)
        if abs(value) > LARGEST_FACTORIAL:
            raise TooLarge(f"Gamma takes numbers up to {LARGEST_FACTORIAL:,} here. Use a smaller one.")
    else:
        limited(value, "Gamma", LARGEST_FACTORIAL)
    return function("gamma", value, real=is_real(value))


def limited(value: Form, name: str, most: int) -> None:
    """Refuses what would take flint too long."""
    from flint import ctx

    for factor in value.terms.values():
        written_shortly(factor, name)
    ctx.prec = 64
    ball = value.ball()
    if not ball.is_finite() or not ball.abs_upper() < most:
        raise TooLarge(f"{name} takes numbers up to {most:,} here. Use a smaller one.")


def written_shortly(value: fmpq, name: str) -> None:
    """Near a pole flint takes as many bits more as the distance has, and may not come back from 10^-5000."""
    if value.height_bits() > LONGEST_ARGUMENT:
        raise TooLarge(f"{name} takes numbers of up to 300 digits here. Round it first.")


def half_gamma(value: fmpq) -> Exact:
    n = int((value - HALF).p)
    root = sqrt(PI_VALUE)
    if n >= 0:
        return multiply(root, double_factorial(fmpq(2 * n - 1)) / fmpq(2) ** n if n else UNIT)
    return multiply(root, fmpq(-2) ** -n / double_factorial(fmpq(-2 * n - 1)))


def fact(value: Exact) -> Exact:
    """The factorial, and gamma(x + 1) between whole numbers."""
    if isinstance(value, fmpq) and value.q == 1:
        if value < 0:
            raise OutOfDomain("Negative whole numbers have no factorial. Use a number from 0 on.")
        return factorial(value)
    return gamma(add(value, UNIT))


def lgamma(value: Exact) -> Exact:
    if isinstance(value, fmpq) and value.q == 1:
        if value <= 0:
            raise OutOfDomain("Gamma has no value at 0 and the negative whole numbers. Use another number.")
        if value <= 2:
            return ZERO
    if is_real(value) and sign(value) < 0:
        return ln(size(gamma(value)))
    if isinstance(value, Form):
        limited(value, "lgamma", 10**12)
    elif abs(value) > fmpq(10) ** 300:
        raise TooLarge("lgamma takes numbers of up to 300 digits here. Use a smaller one.")
    return function("lgamma", value, real=is_real(value))


def digamma(value: Exact) -> Exact:
    if isinstance(value, fmpq):
        if value.q == 1 and value <= 0:
            raise OutOfDomain("digamma has no value at 0 and the negative whole numbers. Use another number.")
        if value.q == 1 and value < 1_000:
            return subtract(harmonic(value - 1), EULER_GAMMA)
    return function("digamma", value, real=is_real(value))


def beta(a: Exact, b: Exact) -> Exact:
    return divide(multiply(gamma(a), gamma(b)), gamma(add(a, b)))


def zeta(value: Exact) -> Exact:
    """Rational multiples of powers of π at even numbers, rationals below zero (DLMF 25.6)."""
    if isinstance(value, fmpq) and value.q == 1:
        if value == 1:
            raise OutOfDomain("zeta has no value at 1: the sum grows without bound. Use another number.")
        if abs(value) <= 400:
            n = int(value.p)
            charge(abs(n) * 40)
            if n <= 0:
                return -fmpq(1, 2) if n == 0 else fmpq((-1) ** (-n)) * fmpq.bernoulli(1 - n) / (1 - n)
            if n % 2 == 0:
                scale = fmpq.bernoulli(n) * fmpq((-1) ** (n // 2 + 1)) * fmpq(2) ** (n - 1) / factorial(fmpq(n))
                return multiply(scale, power(PI_VALUE, n))
    if isinstance(value, fmpq):
        written_shortly(value, "zeta")
        if abs(value) > 10**6:
            raise TooLarge("zeta takes numbers up to 1,000,000 here. Use a smaller one.")
    else:
        limited(value, "zeta", 1_000)
    return function("zeta", value, real=is_real(value))


def erf(value: Exact) -> Exact:
    if is_zero(value):
        return ZERO
    if is_real(value) and sign(value) < 0:
        return negative(erf(negative(value)))
    _modest(value, "erf")
    return function("erf", value, real=is_real(value))


def erfc(value: Exact) -> Exact:
    if is_zero(value):
        return UNIT
    _modest(value, "erfc")
    return function("erfc", value, real=is_real(value))


def _modest(value: Exact, name: str) -> None:
    if isinstance(value, Form):
        limited(value, name, 10**4)
    elif abs(value) > 10**4:
        raise TooLarge(f"{name} takes numbers up to 10,000 here. Use a smaller one.")


def between(value: Exact, low: int, high: int, name: str) -> None:
    if not is_real(value) or compare(value, fmpq(low)) <= 0 or compare(value, fmpq(high)) >= 0:
        raise OutOfDomain(f"{name} takes numbers between {low} and {high}.".replace("-", "−"))


def erfinv(value: Exact) -> Exact:
    if is_zero(value):
        return ZERO
    between(value, -1, 1, "erfinv")
    return function("erfinv", value)


def normcdf(value: Exact, mean: Exact = ZERO, deviation: Exact = UNIT) -> Exact:
    if not is_real(deviation) or sign(deviation) <= 0:
        raise OutOfDomain("A standard deviation is above 0. Use a positive one.")
    x = divide(subtract(value, mean), deviation)
    if not is_real(x):
        raise OutOfDomain("normcdf takes real numbers, and one of these is complex.")
    if is_zero(x):
        return HALF
    _modest(x, "normcdf")
    return function("normcdf", x)


def norminv(share: Exact, mean: Exact = ZERO, deviation: Exact = UNIT) -> Exact:
    between(share, 0, 1, "norminv")
    if not is_real(deviation) or sign(deviation) <= 0:
        raise OutOfDomain("A standard deviation is above 0. Use a positive one.")
    x = multiply(sqrt(fmpq(2)), erfinv(subtract(multiply(fmpq(2), share), UNIT)))
    return add(mean, multiply(deviation, x))


def lambertw(value: Exact) -> Exact:
    if is_zero(value):
        return ZERO
    real = is_real(value) and compare(value, fmpq(-36787944117, 10**11)) > 0
    return function("lambertw", value, real=real)


def positive_only(name: str) -> Callable[[Exact], Exact]:
    def found(value: Exact) -> Exact:
        if not is_real(value) or sign(value) <= 0:
            raise OutOfDomain(f"{name} takes numbers above 0.")
        if name == "li" and isinstance(value, fmpq) and value == 1:
            raise OutOfDomain("li has no value at 1. Use another number.")
        _huge(value, name)
        return function(name, value)

    return found


def _huge(value: Exact, name: str) -> None:
    if isinstance(value, Form):
        limited(value, name, 10**6)
    elif abs(value) > 10**6:
        raise TooLarge(f"{name} takes numbers up to 1,000,000 here. Use a smaller one.")


def ei(value: Exact) -> Exact:
    if is_zero(value):
        raise OutOfDomain("ei has no value at 0. Use another number.")
    _huge(value, "ei")
    return function("ei", value, real=is_real(value))


def si(value: Exact) -> Exact:
    if is_zero(value):
        return ZERO
    _huge(value, "si")
    return function("si", value, real=is_real(value))


def bessel(name: str) -> Callable[[Exact, Exact], Exact]:
    def found(order: Exact, value: Exact) -> Exact:
        for each in (order, value):
            if isinstance(each, Form):
                limited(each, name, 10**4)
            elif abs(each) > 10**4:
                raise TooLarge(f"{name} takes numbers up to 10,000 here. Use a smaller one.")
            else:
                written_shortly(each, name)
        if name == "bessely" and (not is_real(value) or sign(value) <= 0):
            raise OutOfDomain("bessely takes numbers above 0.")
        whole = isinstance(order, fmpq) and order.q == 1
        real = is_real(order) and is_real(value) and (whole or sign(value) > 0)
        return function(name, order, value, real=real)

    return found


def airy(name: str) -> Callable[[Exact], Exact]:
    def found(value: Exact) -> Exact:
        if isinstance(value, Form):
            limited(value, name, 10**3)
        elif abs(value) > 10**3:
            raise TooLarge(f"{name} takes numbers up to 1,000 here. Use a smaller one.")
        return function(name, value, real=is_real(value))

    return found


def polylog(order: Exact, value: Exact) -> Exact:
    for each in (order, value):
        if not is_real(each) or compare(size(each), fmpq(100)) > 0:
            raise OutOfDomain("polylog takes real numbers up to 100 here.")
        if isinstance(each, fmpq):
            written_shortly(each, "polylog")
    if compare(value, UNIT) > 0:
        raise OutOfDomain("polylog takes numbers up to 1 behind the comma.")
    if is_zero(value):
        return ZERO
    if isinstance(value, fmpq) and value == 1:
        return zeta(order)
    return function("polylog", order, value)


def agm(a: Exact, b: Exact) -> Exact:
    if not (is_real(a) and is_real(b) and sign(a) > 0 and sign(b) > 0):
        raise OutOfDomain("agm takes numbers above 0.")
    for each in (a, b):
        of_ordinary_size(each)
    return a if compare(a, b) == 0 else function("agm", a, b, positive=True)


def of_ordinary_size(value: Exact) -> None:
    """Between 10^-3000 and 10^3000: flint's mean takes a step more with each doubling of the distance."""
    from flint import arb, ctx

    ctx.prec = 64
    ball = arb(value) if isinstance(value, fmpq) else value.ball()
    bound = arb(10) ** 3000
    if not (ball.is_finite() and ball.abs_upper() < bound and ball.abs_lower() * bound > 1):
        raise TooLarge("agm takes numbers between 10^-3000 and 10^3000 here. Use others.")


def harmonic(value: Exact) -> Exact:
    if isinstance(value, fmpq) and value.q == 1:
        count = small(value, "harmonic", 5_000)
        charge(count * 60)
        return fmpq.harmonic(count)
    return add(digamma(add(value, UNIT)), EULER_GAMMA)


EULER_GAMMA = function("eulergamma", positive=True)

FUNCTIONS: dict[str, Callable[..., Exact]] = {
    "fact": fact, "gamma": gamma, "lgamma": lgamma, "digamma": digamma, "beta": beta, "erf": erf, "erfc": erfc,
    "erfinv": erfinv, "zeta": zeta, "lambertw": lambertw, "ei": ei, "li": positive_only("li"), "si": si,
    "ci": positive_only("ci"), "besselj": bessel("besselj"), "bessely": bessel("bessely"), "airyai": airy("airyai"),
    "airybi": airy("airybi"), "polylog": polylog, "agm": agm, "normcdf": normcdf, "norminv": norminv,
    "harmonic": harmonic,
}  # fmt: skip

__all__ = ["FUNCTIONS", "sin"]
