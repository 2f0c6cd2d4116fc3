"""Numbers written in other bases, and in Roman numerals."""

from __future__ import annotations

from calcapp.engine.answer import certified, rational
from calcapp.engine.arithmetic import multiply
from calcapp.engine.form import Form
from calcapp.engine.mistake import OutOfDomain, TooLarge
from calcapp.engine.numbers import fmpq, fmpz
from calcapp.engine.numeral import read_number

DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
PREFIXES = {"hex": (16, "0x"), "bin": (2, "0b"), "oct": (8, "0o")}
MOST_PLACES = 40
LONGEST = 4_000
"""Places behind the point."""


def in_base(value: fmpq | Form, form: str, digits: int) -> tuple[str, bool]:
    """The number in another base, as exactly as with so many decimal digits, and whether that is all of it."""
    if form == "roman":
        return roman(value), True
    base, prefix = PREFIXES[form] if form in PREFIXES else (int(form.split()[1]), "")
    whole = isinstance(value, fmpq) and ends(value, base)
    places = MOST_PLACES if whole else places_for(value, base, digits)
    number = nearest(value, fmpq(base) ** places)
    above, below = divmod(abs(number), fmpz(base) ** places)
    text = spelled(above, base)
    if below:
        text += "." + spelled(below, base).rjust(places, "0").rstrip("0")
    return f"{'-' if number < 0 else ''}{prefix}{text}", whole


def ends(value: fmpq, base: int) -> bool:
    return (value * fmpq(base) ** MOST_PLACES).q == 1


def nearest(value: fmpq | Form, scale: fmpq) -> fmpz:
    from calcapp.engine.functions import rounded

    found = rounded(multiply(value, scale))
    assert isinstance(found, fmpq)  # noqa: S101 - a rounded number is whole
    return found.p


def places_for(value: fmpq | Form, base: int, digits: int) -> int:
    """How many places say as much as so many decimal digits do."""
    if isinstance(value, Form) and not value.real:
        raise OutOfDomain("Only real numbers can be written in another base.")
    text = rational(value, 20) if isinstance(value, fmpq) else certified(value, 20)
    about = abs(read_number(text.lstrip("-"), 0, False, False).value)
    places, wanted = 0, fmpq(10) ** digits
    while about and about < wanted and places <= LONGEST:
        about *= base
        places += 1
    if places > LONGEST:
        raise TooLarge("This is too close to zero to be written in another base.")
    return places


def spelled(number: fmpz, base: int) -> str:
    if number == 0:
        return "0"
    if base in (2, 8, 16):
        return format(int(number), {2: "b", 8: "o", 16: "x"}[base])
    if number.bit_length() > 10_000:
        raise TooLarge("Numbers up to 3,000 digits can be written in another base. Use a smaller one.")
    digits = []
    while number:
        number, digit = divmod(number, base)
        digits.append(DIGITS[int(digit)])
    return "".join(reversed(digits))


def roman(value: fmpq | Form) -> str:
    if not isinstance(value, fmpq) or value.q != 1 or not 1 <= value <= 3999:
        raise OutOfDomain("Roman numerals go from 1 to 3999.")
    number = int(value.p)
    text = ""
    for size, letters in (
        (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL"), (10, "X"),
        (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
    ):  # fmt: skip
        count, number = divmod(number, size)
        text += letters * count
    return text
