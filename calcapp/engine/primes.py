"""Prime numbers and factors. Which numbers are tried is limited, so that the work is."""

from __future__ import annotations

from collections.abc import Callable

from calcapp.engine.form import Exact
from calcapp.engine.integers import whole
from calcapp.engine.mistake import OutOfDomain, TooLarge
from calcapp.engine.numbers import fmpq, fmpz
from calcapp.engine.work import charge

FACTORED_DIGITS = 25


def factorable(value: Exact, name: str) -> fmpz:
    number = whole(value, name)
    if abs(number) >= fmpz(10) ** FACTORED_DIGITS:
        raise TooLarge(f"{name} takes numbers of up to {FACTORED_DIGITS} digits. Use a smaller one.")
    if number == 0:
        raise OutOfDomain("Zero has no factors: every number divides it. Use another number.")
    charge(int(number.bit_length()) ** 3 * 2)
    return number


def factor_list(value: Exact) -> list[tuple[fmpz, int]]:
    return [(p, int(e)) for p, e in abs(factorable(value, "factor")).factor()]


def primality_charged(number: fmpz) -> fmpz:
    bits = number.bit_length()
    if bits > 1_500:
        raise TooLarge("Prime numbers are looked for up to 450 digits. Use a smaller number.")
    charge(bits * bits // 4 + 200)
    return number


def is_prime(value: Exact) -> fmpq:
    number = whole(value, "isprime")
    if number < 2:
        return fmpq(0)
    return fmpq(1 if primality_charged(number).is_probable_prime() else 0)


def next_prime(value: Exact) -> fmpq:
    number = max(whole(value, "nextprime"), fmpz(1))
    while True:
        number = number + 1 + (number % 2 if number > 2 else 0)
        if primality_charged(number).is_probable_prime():
            return fmpq(number)


def previous_prime(value: Exact) -> fmpq:
    number = whole(value, "prevprime")
    if number <= 2:
        raise OutOfDomain("There is no prime number below 2. Use a number above 2.")
    while True:
        number = number - 1
        if primality_charged(number).is_probable_prime():
            return fmpq(number)


def divisors(value: Exact) -> fmpq:
    total = 1
    for _, exponent in factor_list(value):
        total *= exponent + 1
    return fmpq(total)


def sigma(value: Exact) -> fmpq:
    return fmpq(abs(factorable(value, "sigma")).divisor_sigma(1))


def totient(value: Exact) -> fmpq:
    return fmpq(abs(factorable(value, "totient")).euler_phi())


FUNCTIONS: dict[str, Callable[..., Exact]] = {
    "isprime": is_prime, "nextprime": next_prime, "prevprime": previous_prime, "divisors": divisors, "sigma": sigma,
    "totient": totient, "factor": lambda value: fmpq(factorable(value, "factor")),
}  # fmt: skip
