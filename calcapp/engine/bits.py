"""Whole numbers as rows of bits, negative ones as two's complement without an end."""

from __future__ import annotations

from collections.abc import Callable

from calcapp.engine.form import Exact
from calcapp.engine.integers import natural, whole
from calcapp.engine.mistake import TooLarge
from calcapp.engine.numbers import fmpq, fmpz
from calcapp.engine.work import LARGEST_BITS


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


FUNCTIONS: dict[str, Callable[..., Exact]] = {
    "and": bits_and, "or": bits_or, "xor": bits_xor, "not": bits_not, "shl": shift_up, "shr": shift_down,
    "popcount": popcount,
}  # fmt: skip
