"""Functions of whole numbers. What they cost is known from their arguments, and charged before the work."""

from __future__ import annotations

from collections.abc import Callable

from flint import fmpq, fmpz

from calcapp.engine.form import Exact
from calcapp.engine.mistake import DividedByZero, OutOfDomain, TooLarge
from calcapp.engine.work import LARGEST_BITS, charge

LARGEST_FACTORIAL = 17_000
"""17,000! has 215,000 bits; the answer is bounded, too."""
FACTORED_DIGITS = 25


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


def factorial_of(number: int) -> fmpz:
    return fmpz.fac_ui(number)  # type: ignore[arg-type] # flint's stubs take it for a method


def fibonacci(number: int) -> fmpz:
    return fmpz.fib_ui(number)  # type: ignore[arg-type] # flint's stubs take it for a method


def factorial(value: Exact) -> fmpq:
    number = small(value, "The factorial", LARGEST_FACTORIAL)
    charge(number * 12)
    return checked(factorial_of(number))


def double_factorial(value: Exact) -> fmpq:
    number = whole(value, "The double factorial")
    if number in (-1, 0):
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


def gcd(*values: Exact) -> fmpq:
    total = fmpq(0)
    for value in values:
        if not isinstance(value, fmpq):
            raise OutOfDomain("gcd takes whole numbers or fractions, and one of these is not one.")
        charge(value.height_bits() * 4)
        total = abs(value) if total == 0 else total.gcd(value) if value else total
    return total


def lcm(*values: Exact) -> fmpq:
    total = fmpz(1)
    for value in values:
        number = whole(value, "lcm")
        if number == 0:
            return fmpq(0)
        if total.bit_length() + number.bit_length() > LARGEST_BITS:
            raise TooLarge("This common multiple is too long to write down. Use smaller numbers.")
        charge((total.bit_length() + number.bit_length()) * 8)
        total = total.lcm(number)
    return fmpq(total)


def fib(value: Exact) -> fmpq:
    number = whole(value, "fib")
    count = small(fmpq(abs(number)), "fib", 280_000)
    charge(count * 4)
    found = fibonacci(count)
    return checked(-found if number < 0 and count % 2 == 0 else found)


def lucas(value: Exact) -> fmpq:
    count = small(value, "lucas", 280_000)
    charge(count * 8)
    if count == 0:
        return fmpq(2)
    return checked(fibonacci(count - 1) + fibonacci(count + 1))


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


# Primes


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


# Bits


def bits_and(*values: Exact) -> fmpq:
    total = whole(values[0], "and")
    for value in values[1:]:
        total = total & whole(value, "and")
    return fmpq(total)


def bits_or(*values: Exact) -> fmpq:
    total = whole(values[0], "or")
    for value in values[1:]:
        total = total | whole(value, "or")
    return fmpq(total)


def bits_xor(*values: Exact) -> fmpq:
    total = whole(values[0], "xor")
    for value in values[1:]:
        total = total ^ whole(value, "xor")
    return fmpq(total)


def bits_not(value: Exact) -> fmpq:
    return fmpq(-whole(value, "not") - 1)


def shift_up(value: Exact, places: Exact) -> fmpq:
    number, count = whole(value, "<<"), whole(places, "<<")
    if count < 0:
        return shift_down(value, fmpq(-count))
    if number.bit_length() + count > LARGEST_BITS:
        raise TooLarge("This number is too long to write down. Shift by fewer places.")
    return fmpq(number << int(count))


def shift_down(value: Exact, places: Exact) -> fmpq:
    number, count = whole(value, ">>"), whole(places, ">>")
    if count < 0:
        return shift_up(value, fmpq(-count))
    return fmpq(number >> int(min(count, fmpz(LARGEST_BITS))))


def popcount(value: Exact) -> fmpq:
    return fmpq(int(natural(value, "popcount")).bit_count())


def leap(value: Exact) -> fmpq:
    year = whole(value, "leap")
    return fmpq(1 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 0)


FUNCTIONS: dict[str, Callable[..., Exact]] = {
    "dfact": double_factorial, "subfact": subfactorial, "ncr": ncr, "npr": npr, "gcd": gcd, "lcm": lcm, "fib": fib,
    "lucas": lucas, "catalan": catalan, "bell": bell, "partitions": partitions, "bernoulli": bernoulli,
    "modpow": modpow, "isprime": is_prime, "nextprime": next_prime, "prevprime": previous_prime, "divisors": divisors,
    "sigma": sigma, "totient": totient, "and": bits_and, "or": bits_or, "xor": bits_xor, "not": bits_not,
    "shl": shift_up, "shr": shift_down, "popcount": popcount, "leap": leap,
    "factor": lambda value: fmpq(factorable(value, "factor")),
}  # fmt: skip
