"""Numbers written out, every digit right."""

from __future__ import annotations

from flint import fmpq, fmpz

LONGEST_INTEGER = 200
"""Integers are written out in full up to so many digits."""


def rational(value: fmpq, digits: int) -> str:
    """A rational as a decimal of `digits` significant digits, halves rounded away from zero."""
    top, bottom = value.p, value.q
    if bottom == 1 and top.height_bits() < 3.4 * LONGEST_INTEGER:
        text = str(top)
        if len(text) <= max(digits, LONGEST_INTEGER):
            return text
    if top == 0:
        return "0"
    sign = "-" if top < 0 else ""
    top = abs(top)
    exponent = decimal_exponent(top, bottom)
    whole = scaled(top, bottom, digits - 1 - exponent)
    text = str(whole)
    if len(text) > digits:
        exponent += 1
        text = text[:-1]
    return sign + placed(text, exponent, digits)


def decimal_exponent(top: fmpz, bottom: fmpz) -> int:
    """The exponent of ten of the leading digit of top/bottom, both positive."""
    bits = top.bit_length() - bottom.bit_length()
    guess = bits * 30103 // 100000 - 1
    while compare_power(top, bottom, guess + 1) >= 0:
        guess += 1
    return guess


def compare_power(top: fmpz, bottom: fmpz, power: int) -> int:
    """1, 0 or −1 as top/bottom is above, at or below ten to that power."""
    if power >= 0:
        right = bottom * fmpz(10) ** power
        return (top > right) - (top < right)
    left = top * fmpz(10) ** -power
    return (left > bottom) - (left < bottom)


def scaled(top: fmpz, bottom: fmpz, shift: int) -> fmpz:
    """top/bottom · 10^shift, rounded, halves up."""
    if shift >= 0:
        top = top * fmpz(10) ** shift
    else:
        bottom = bottom * fmpz(10) ** -shift
    return (2 * top + bottom) // (2 * bottom)


def placed(digits: str, exponent: int, asked: int) -> str:
    """Digits with the decimal point where it belongs, or with an exponent where that is easier to read."""
    bare = digits.rstrip("0") or "0"
    if -7 < exponent < max(asked, 21) and (exponent < asked or len(bare) > exponent):
        if exponent < 0:
            return "0." + "0" * (-exponent - 1) + bare
        if len(bare) <= exponent + 1:
            return bare + "0" * (exponent + 1 - len(bare))
        return bare[: exponent + 1] + "." + bare[exponent + 1 :]
    mantissa = bare[0] + ("." + bare[1:] if len(bare) > 1 else "")
    return f"{mantissa}e{exponent}"
