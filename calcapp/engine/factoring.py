"""Integers as products of primes, as far as that is cheap."""

from __future__ import annotations

from calcapp.engine.numbers import fmpz
from calcapp.engine.work import charge

_FACTORED_BITS = 80


def factors(number: fmpz) -> list[tuple[int, int, bool]]:
    """(prime, exponent, proven) of a positive integer; a part too hard to factor stands unproven."""
    bits = number.bit_length()
    if bits <= _FACTORED_BITS:
        charge(bits * bits * bits // 8)
        return [(int(p), int(e), True) for p, e in number.factor()]
    charge(bits * 4 + 20_000)
    found: list[tuple[int, int, bool]] = []
    for p, e in number.factor(trial_limit=300):
        if p.bit_length() <= _FACTORED_BITS:
            charge(p.bit_length() ** 3 // 8)
            found += [(int(q), int(f) * int(e), True) for q, f in p.factor()]
        else:
            base, exponent = perfect_power(p)
            charge(base.bit_length() ** 2 // 8 if base.bit_length() < 2_000 else 0)
            proven = base.bit_length() < 2_000 and bool(base.is_probable_prime())
            found.append((int(base), exponent * int(e), proven))
    return found


def perfect_power(number: fmpz) -> tuple[fmpz, int]:
    """number = base^exponent with the greatest exponent among 2, 3, 5 and their products."""
    exponent = 1
    for degree in (2, 3, 5, 7):
        while True:
            charge(number.bit_length() * 4)
            root = number.root(degree)
            if root**degree != number:
                break
            number, exponent = root, exponent * degree
    return number, exponent
