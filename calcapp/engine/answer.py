"""Numbers written out, every digit right."""

from __future__ import annotations

from calcapp.engine import work
from calcapp.engine.arithmetic import subtract
from calcapp.engine.form import Form, real_ball
from calcapp.engine.mistake import TooLarge
from calcapp.engine.numbers import arb, ctx, fmpq, fmpz
from calcapp.engine.numeral import LARGEST_EXPONENT
from calcapp.engine.sign import HARDEST, is_zero
from calcapp.engine.sign import sign as sign_of

FARTHEST = 4 * 10**9
"""The largest exponent of ten that an answer is shown with."""

LOOKED_AT = 40
"""So many digits more decide whether a value lies between two roundings."""

LONGEST_INTEGER = 200
"""Integers are written out in full up to so many digits."""


def rational(value: fmpq, digits: int) -> str:
    """A rational as a decimal of `digits` significant digits, halves rounded away from zero."""
    top, bottom = value.p, value.q
    if bottom == 1 and value.height_bits() < 3.4 * LONGEST_INTEGER:
        text = str(top)
        if len(text) <= max(digits, LONGEST_INTEGER):
            return text
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
    if abs(exponent) > LARGEST_EXPONENT:
        raise TooLarge(
            "This answer is too large to write down."
            if exponent > 0
            else "This answer is too close to zero to write down."
        )
    mantissa = bare[0] + ("." + bare[1:] if len(bare) > 1 else "")
    return f"{mantissa}e{exponent}"


def scientific(text: str, digits: int) -> str:
    """A decimal written with one digit before the point and an exponent: 123456 as 1.23456e5."""
    sign = "-" if text[0] == "-" else ""
    mantissa, _, power = text.lstrip("-").partition("e")
    whole, _, places = mantissa.partition(".")
    figures = (whole + places).lstrip("0")
    if not figures:
        return "0"
    exponent = int(power or "0") + len(figures) - len(places) - 1
    if len(figures) > digits:
        figures = str((fmpz(figures[: digits + 1]) + 5) // 10)
        exponent += len(figures) - digits
    bare = figures.rstrip("0")
    return f"{sign}{bare[0]}{'.' if len(bare) > 1 else ''}{bare[1:]}e{exponent}"


def certified(value: Form, digits: int) -> str:
    """A real irrational as a decimal: refined until both ends of its ball are rounded to the same digits."""
    precision = digits * 10 // 3 + 40
    limit = max(work.HIGHEST_PRECISION, 2 * precision) + 4_096
    while True:
        ctx.prec = precision
        ball = real_ball(value)
        text = agreed(ball, digits)
        if text is not None:
            return text
        if ball.is_finite() and ball.contains(0) and precision >= 512 and is_zero(value):
            return "0"
        precision *= 2
        if precision > limit and ball.is_finite() and ball.rel_accuracy_bits() > (digits + LOOKED_AT) * 10 // 3:
            return tied(value, ball, digits)
        if precision > limit and precision > HARDEST:
            raise TooLarge("This takes more precision than there is. Use smaller numbers.")


def agreed(ball: arb, digits: int) -> str | None:
    """The digits on which both ends of the ball agree."""
    if not ball.is_finite() or ball.contains(0):
        return None
    accuracy = ball.rel_accuracy_bits() * 3 // 10
    if accuracy < digits:
        return None
    middle, radius, exponent = ball.mid_rad_10exp(digits + 5)
    low, high = ends(middle, radius, digits)
    if low != high and accuracy > digits + 9:  # so near a tie that it takes all digits there are
        middle, radius, exponent = ball.mid_rad_10exp(accuracy)
        low, high = ends(middle, radius, digits)
    bounded(exponent)
    if low != high:
        return None
    text, shift = low
    return ("-" if middle < 0 else "") + placed(text, int(exponent) + shift + digits - 1, digits)


def ends(middle: fmpz, radius: fmpz, digits: int) -> tuple[tuple[str, int], tuple[str, int]]:
    """Both ends of a ball, rounded."""
    return rounded(abs(middle) - radius, digits), rounded(abs(middle) + radius, digits)


def bounded(exponent: fmpz) -> None:
    """sinh(10^9999) is a ball like any other; nobody wants to read its exponent."""
    if abs(exponent) > FARTHEST:
        raise TooLarge("This number is too long to write down. Use smaller numbers.")


def rounded(number: fmpz, digits: int) -> tuple[str, int]:
    """A positive integer of more digits to so many, and the power of ten left off."""
    text = str(number)
    cut = len(text) - digits
    up = text[cut * -1] >= "5"
    head = fmpz(text[:digits]) + (1 if up else 0)
    shown = str(head)
    if len(shown) > digits:
        return shown[:-1], cut + 1
    return shown, cut


def tied(value: Form, ball: arb, digits: int) -> str:
    """A value that lies between two roundings, or so near to it that only the difference tells the side."""
    middle, _, exponent = ball.mid_rad_10exp(digits + LOOKED_AT)
    bounded(exponent)
    last = fmpq(10) ** int(exponent)
    between = fmpq((abs(middle) + fmpz(10) ** 10) // fmpz(10) ** 11 * fmpz(10) ** 11) * last
    between = -between if middle < 0 else between
    return rational(between + sign_of(subtract(value, between)) * last, digits)


def shown_complex(value: Form, digits: int) -> str:
    """a + bi, both parts certain."""
    from calcapp.engine.functions import im, re

    real, imaginary = re(value), im(value)
    first = written_real(real, digits)
    second = written_real(imaginary, digits)
    if second == "0":
        return first
    sign, size = ("-", second[1:]) if second[0] == "-" else ("+", second)
    size = "" if size == "1" else size
    if first == "0":
        return f"{'-' if sign == '-' else ''}{size}i"
    return f"{first} {sign} {size}i"


def written_real(value: fmpq | Form, digits: int) -> str:
    return rational(value, digits) if isinstance(value, fmpq) else certified(value, digits)
