"""Gamma and functions made of it, with their exact values where they have some; and the table of all like it."""

from __future__ import annotations

from collections.abc import Callable

from calcapp.engine import bessel, integrals, normal, polylogarithm
from calcapp.engine.arithmetic import add, complex_of, multiply, subtract
from calcapp.engine.atom import exponent_of
from calcapp.engine.counting import LARGEST_FACTORIAL, double_factorial, factorial
from calcapp.engine.division import divide
from calcapp.engine.form import HALF, PI_VALUE, UNIT, ZERO, Exact, Form, function, is_real
from calcapp.engine.integers import small
from calcapp.engine.logarithm import ln
from calcapp.engine.mistake import OutOfDomain, TooLarge
from calcapp.engine.numbers import fmpq
from calcapp.engine.plane import size
from calcapp.engine.power import E, sqrt
from calcapp.engine.reach import of_ordinary_size, reaching
from calcapp.engine.sign import compare, floor, is_zero, sign
from calcapp.engine.work import charge
from calcapp.engine.zeta import zeta

MOST_FACTORS = 100


def gamma(value: Exact) -> Exact:
    """(n − 1)! at whole numbers, a multiple of √π at halves (DLMF 5.4)."""
    if isinstance(value, fmpq):
        if value.q == 1:
            if value <= 0:
                raise OutOfDomain("Gamma has no value at 0 and the negative whole numbers. Use another number.")
            return factorial(value - 1)
        if value.q == 2 and abs(value) < LARGEST_FACTORIAL // 2:
            return half_gamma(value)
    reaching(value, "Gamma", LARGEST_FACTORIAL)
    return function("gamma", value, real=is_real(value))


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
    """As it goes on from the positive numbers; each pole on the way to the left turns it by −π·i."""
    if isinstance(value, fmpq) and value.q == 1:
        if value <= 0:
            raise OutOfDomain("Gamma has no value at 0 and the negative whole numbers. Use another number.")
        if value <= 2:
            return ZERO
    if is_real(value) and sign(value) < 0:
        return complex_of(ln(size(gamma(value))), multiply(PI_VALUE, fmpq(floor(value))))
    if isinstance(value, Form):
        reaching(value, "lgamma", 10**12)
    elif abs(value) > fmpq(10) ** 300:
        raise TooLarge("lgamma takes numbers of up to 300 digits here. Use a smaller one.")
    return function("lgamma", value, real=is_real(value))


def digamma(value: Exact) -> Exact:
    if isinstance(value, fmpq):
        if value.q == 1 and value <= 0:
            raise OutOfDomain("digamma has no value at 0 and the negative whole numbers. Use another number.")
        if value.q == 1 and value < 1_000:
            return subtract(harmonic(value - 1), EULER_GAMMA)
        if value.q == 2 and 0 < value < 100:
            return subtract(digamma_of_half(int((value - HALF).p)), EULER_GAMMA)
    return function("digamma", value, real=is_real(value))


def digamma_of_half(n: int) -> Exact:
    """ψ(n + 1/2) + γ = 2·(1 + 1/3 + … + 1/(2n − 1)) − 2·ln 2 (DLMF 5.4.15)."""
    total = sum((fmpq(2, 2 * each - 1) for each in range(1, n + 1)), fmpq(0))
    return subtract(total, multiply(fmpq(2), ln(fmpq(2))))


def beta(a: Exact, b: Exact) -> Exact:
    for one, other in ((a, b), (b, a)):
        if isinstance(one, fmpq) and one.q == 1 and 0 < one <= MOST_FACTORS:
            return beta_of_whole(int(one.p), other)
    total = add(a, b)
    above = multiply(gamma(a), gamma(b))
    if isinstance(total, fmpq) and total.q == 1 and total <= 0:  # a pole below the line
        return ZERO
    return divide(above, gamma(total))


def beta_of_whole(n: int, value: Exact) -> Exact:
    """(n − 1)! / (x·(x + 1)·…·(x + n − 1)), which has a value where gamma has none."""
    below: Exact = UNIT
    for each in range(n):
        below = multiply(below, add(value, fmpq(each)))
    if is_zero(below):
        raise OutOfDomain("Beta has no value here: it grows without bound. Use other numbers.")
    return divide(factorial(fmpq(n - 1)), below)


def lambertw(value: Exact) -> Exact:
    if is_zero(value):
        return ZERO
    power_of_e = lone_power_of_e(value)
    if power_of_e is not None and power_of_e >= -1:  # x·e^x
        return power_of_e
    above_the_cut = is_real(value) and compare(multiply(value, E), -UNIT) >= 0
    return function("lambertw", value, real=above_the_cut)


def lone_power_of_e(value: Exact) -> fmpq | None:
    """x, if the value is x·e^x with a rational x."""
    if isinstance(value, fmpq) or len(value.terms) != 1:
        return None
    monomial, factor = next(iter(value.terms.items()))
    return factor if monomial == frozenset(((next(iter(E.atoms())), exponent_of(factor)),)) else None


def agm(a: Exact, b: Exact) -> Exact:
    if not (is_real(a) and is_real(b) and sign(a) > 0 and sign(b) > 0):
        raise OutOfDomain("agm takes numbers above 0.")
    for each in (a, b):
        of_ordinary_size(each)
    return a if compare(a, b) == 0 else function("agm", a, b, positive=True)


def harmonic(value: Exact) -> Exact:
    if isinstance(value, fmpq) and value.q == 1:
        count = small(value, "harmonic", 5_000)
        charge(count * 60)
        return fmpq.harmonic(count)
    return add(digamma(add(value, UNIT)), EULER_GAMMA)


EULER_GAMMA = function("eulergamma", positive=True)

FUNCTIONS: dict[str, Callable[..., Exact]] = {
    "fact": fact, "gamma": gamma, "lgamma": lgamma, "digamma": digamma, "beta": beta, "zeta": zeta,
    "lambertw": lambertw, "agm": agm, "harmonic": harmonic, **normal.FUNCTIONS, **integrals.FUNCTIONS,
    **bessel.FUNCTIONS, **polylogarithm.FUNCTIONS,
}  # fmt: skip
