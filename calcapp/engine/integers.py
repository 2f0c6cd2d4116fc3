"""Whole numbers: telling them from others, and what divides them.

What functions of whole numbers cost is known from their arguments, and charged before the work.
"""

from __future__ import annotations

from collections.abc import Callable

from calcapp.engine.form import Exact
from calcapp.engine.mistake import DividedByZero, OutOfDomain, TooLarge
from calcapp.engine.numbers import fmpq, fmpz
from calcapp.engine.work import LARGEST_BITS, charge


def whole(value: Exact, name: str) -> fmpz:
    if isinstance(value, fmpq) and value.q == 1:
        return value.p
    raise OutOfDomain(f"{name} takes whole numbers, and this is not one.")


def natural(value: Exact, name: str) -> fmpz:
    number = whole(value, name)
    if number < 0:
        raise OutOfDomain(f"{name} takes whole numbers from 0 on, and this one is negative.")
    return number


def small(value: Exact, name: str, most: int) -> int:
    number = natural(value, name)
    if number > most:
        raise TooLarge(f"{name} takes numbers up to {most:,} here. Use a smaller one.")
    return int(number)


def checked(value: fmpz) -> fmpq:
    if value.bit_length() > LARGEST_BITS:
        raise TooLarge("This number is too long to write down. Use smaller numbers.")
    return fmpq(value)


def gcd(*values: Exact) -> fmpq:
    total = fmpq(0)
    for value in values:
        if not isinstance(value, fmpq):
            raise OutOfDomain("gcd takes whole numbers or fractions, and one of these is not one.")
        charge(value.height_bits() * 4)
        total = abs(value) if total == 0 else total.gcd(value) if value else total
    return total


def lcm(*values: Exact) -> fmpq:
    """The smallest positive number that is a whole multiple of each; in lowest terms lcm(a, c) / gcd(b, d)."""
    above, below = fmpz(1), fmpz(0)
    for value in values:
        if not isinstance(value, fmpq):
            raise OutOfDomain("lcm takes whole numbers or fractions, and one of these is not one.")
        if value == 0:
            return fmpq(0)
        if above.bit_length() + value.p.bit_length() > LARGEST_BITS:
            raise TooLarge("This common multiple is too long to write down. Use smaller numbers.")
        charge((above.bit_length() + value.height_bits()) * 8)
        above, below = above.lcm(value.p), below.gcd(value.q)
    return fmpq(above, below)


def modpow(base: Exact, exponent: Exact, modulus: Exact) -> fmpq:
    a, n, m = whole(base, "modpow"), natural(exponent, "modpow"), whole(modulus, "modpow")
    if m == 0:
        raise DividedByZero("The remainder of a division by zero has no value.")
    bits = m.bit_length()
    if bits > 20_000:
        raise TooLarge("modpow takes a modulus of up to 6,000 digits. Use a smaller one.")
    charge(n.bit_length() * (bits * bits // 2_000 + 10))
    return fmpq(int_pow(a, n, m))


def int_pow(base: fmpz, exponent: fmpz, modulus: fmpz) -> fmpz:
    return fmpz(pow(int(base), int(exponent), int(modulus)))


def leap(value: Exact) -> fmpq:
    year = whole(value, "leap")
    return fmpq(1 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 0)


FUNCTIONS: dict[str, Callable[..., Exact]] = {"gcd": gcd, "lcm": lcm, "modpow": modpow, "leap": leap}
