"""Riemann's zeta function."""

from __future__ import annotations

from calcapp.engine.arithmetic import multiply
from calcapp.engine.counting import factorial
from calcapp.engine.division import power
from calcapp.engine.form import PI_VALUE, Exact, function, is_real
from calcapp.engine.mistake import OutOfDomain
from calcapp.engine.numbers import fmpq
from calcapp.engine.reach import reaching, written_shortly
from calcapp.engine.work import charge


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
    reaching(value, "zeta", 10**6 if isinstance(value, fmpq) else 1_000)
    return function("zeta", value, real=is_real(value))
