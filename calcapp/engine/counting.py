"""How many ways there are: factorials, choices, and the sequences that count."""

from __future__ import annotations

from collections.abc import Callable

from calcapp.engine.form import Exact
from calcapp.engine.integers import checked, small, whole
from calcapp.engine.mistake import OutOfDomain, TooLarge
from calcapp.engine.numbers import fmpq, fmpz
from calcapp.engine.work import LARGEST_BITS, charge

LARGEST_FACTORIAL = 17_000
"""17,000! has 215,000 bits; the answer is bounded, too."""


def factorial_of(number: int) -> fmpz:
    return fmpz.fac_ui(number)  # type: ignore[arg-type] # flint's stubs take it for a method


def fibonacci(number: int) -> fmpz:
    return fmpz.fib_ui(number)  # type: ignore[arg-type] # flint's stubs take it for a method


def factorial(value: Exact) -> fmpq:
    number = small(value, "The factorial", LARGEST_FACTORIAL)
    charge(number * 12)
    return checked(factorial_of(number))


def double_factorial(value: Exact) -> fmpq:
    """n·(n − 2)·(n − 4)·…; read backwards it goes on to the negative odd numbers."""
    number = whole(value, "The double factorial")
    if number < 0 and number % 2 == 1:
        return (-1) ** int((number + 1) // 2 % 2) / double_factorial(fmpq(-number - 2)) if number < -1 else fmpq(1)
    if number == 0:
        return fmpq(1)
    count = small(value, "The double factorial", 2 * LARGEST_FACTORIAL)
    charge(count * 12)
    if count % 2 == 0:
        return checked(factorial_of(count // 2) << (count // 2))
    half = (count - 1) // 2
    return checked(
        factorial_of(count) // (factorial_of(half) << half) if count <= LARGEST_FACTORIAL else _odd_product(count)
    )


def _odd_product(number: int) -> fmpz:
    """number!! for a large odd number as a balanced product."""
    numbers = [fmpz(each) for each in range(1, number + 1, 2)]
    while len(numbers) > 1:
        rest = numbers[-1:] if len(numbers) % 2 else []
        numbers = [numbers[i] * numbers[i + 1] for i in range(0, len(numbers) - 1, 2)] + rest
    return numbers[0]


def subfactorial(value: Exact) -> fmpq:
    """!n = n · !(n − 1) + (−1)^n."""
    number = small(value, "subfact", 2_000)
    charge(number * number // 4 + number * 20)
    total = fmpz(1)
    for each in range(1, number + 1):
        total = total * each + (1 if each % 2 == 0 else -1)
    return checked(total)


def ncr(n: Exact, k: Exact) -> fmpq:
    above, below = whole(n, "ncr"), whole(k, "ncr")
    if below < 0:
        return fmpq(0)
    if above < 0:
        raise OutOfDomain("ncr chooses from 0 or more things. Use a first number that is not negative.")
    if below > above:
        return fmpq(0)
    below = min(below, above - below)
    bits = above.bit_length()
    if below.bit_length() > 40 or int(below) * max(1, bits - below.bit_length() + 2) > LARGEST_BITS:
        raise TooLarge("This number of choices is too long to write down. Use smaller numbers.")
    charge(int(below) * bits)
    if bits <= 62:
        return checked(fmpz.bin_uiui(int(above), int(below)))
    charge(int(below) * int(below) * bits // 30)
    total = fmpz(1)
    for each in range(int(below)):
        total = total * (above - each) // (each + 1)
    return checked(total)


def npr(n: Exact, k: Exact) -> fmpq:
    above, below = whole(n, "npr"), whole(k, "npr")
    if above < 0 or below < 0:
        raise OutOfDomain("npr takes whole numbers from 0 on, and one of these is negative.")
    if below > above:
        return fmpq(0)
    if below.bit_length() > 40 or int(below) * above.bit_length() > LARGEST_BITS * 2:
        raise TooLarge("This number of choices is too long to write down. Use smaller numbers.")
    charge(int(below) * above.bit_length() * 2)
    return checked((above - below + 1).rising(int(below)))


def fib(value: Exact) -> fmpq:
    number = whole(value, "fib")
    count = small(fmpq(abs(number)), "fib", 280_000)
    charge(count * 4)
    found = fibonacci(count)
    return checked(-found if number < 0 and count % 2 == 0 else found)


def lucas(value: Exact) -> fmpq:
    number = whole(value, "lucas")
    count = small(fmpq(abs(number)), "lucas", 280_000)
    charge(count * 8)
    found = fibonacci(count - 1) + fibonacci(count + 1) if count else fmpz(2)
    return checked(-found if number < 0 and count % 2 == 1 else found)


def catalan(value: Exact) -> fmpq:
    count = small(value, "catalan", 90_000)
    charge(count * 40)
    return checked(fmpz.bin_uiui(2 * count, count) // (count + 1))


def bell(value: Exact) -> fmpq:
    count = small(value, "bell", 1_000)
    charge(count * count)
    return checked(fmpz.bell_number(count))


def partitions(value: Exact) -> fmpq:
    count = small(value, "partitions", 1_000_000)
    charge(count // 2)
    return checked(fmpz(count).partitions_p())


def bernoulli(value: Exact) -> fmpq:
    count = small(value, "bernoulli", 2_000)
    charge(count * count // 4)
    if count == 1:
        return fmpq(-1, 2)
    return fmpq.bernoulli(count)


FUNCTIONS: dict[str, Callable[..., Exact]] = {
    "dfact": double_factorial, "subfact": subfactorial, "ncr": ncr, "npr": npr, "fib": fib, "lucas": lucas,
    "catalan": catalan, "bell": bell, "partitions": partitions, "bernoulli": bernoulli,
}  # fmt: skip
