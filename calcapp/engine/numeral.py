"""Numbers as people write them: grouped, with a decimal point or comma, with an exponent, in another base."""

from __future__ import annotations

import re

from calcapp.engine.characters import DIGITS, FIGURES, WORD, behind
from calcapp.engine.daywords import MONTHS
from calcapp.engine.mistake import SyntaxMistake, TooLarge
from calcapp.engine.numbers import fmpq, fmpz
from calcapp.engine.pattern import Pattern

LARGEST_EXPONENT = 60_000
"""10 to this power is still below 200,000 bits."""

_SPACE = "[ \u00a0\u2007\u2009\u202f]"
_TAIL = r"(?:[eE][+\-\u2212]?\d+(?![\d_]))?"
_POINT_GROUPED = Pattern(r"([1-9]\d{0,2}(?:,\d{3})+(?![\d,]))(\.\d*)?" + _TAIL)
_COMMA_GROUPED = Pattern(r"([1-9]\d{0,2}(?:\.\d{3})+(?![\d.]))(,\d*)?" + _TAIL)
_SPACED = Pattern(rf"([1-9]\d{{0,2}}(?:{_SPACE}\d{{3}})+(?!\d|{_SPACE}\d))([.,]\d*)?" + _TAIL)
_SPACED_CALL = Pattern(rf"([1-9]\d{{0,2}}(?:{_SPACE}\d{{3}})+(?!\d|{_SPACE}\d))(\.\d*)?" + _TAIL)
_QUOTED = Pattern(r"([1-9]\d{0,2}(?:['\u2019]\d{3})+(?!\d))(\.\d*)?" + _TAIL)
_QUOTED_COMMA = Pattern(r"([1-9]\d{0,2}(?:['\u2019]\d{3})+(?!\d))([.,]\d*)?" + _TAIL)
_VALUES = Pattern(r"[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?(?![\d.])")
_INDIAN = Pattern(r"([1-9]\d?(?:,\d\d)+,\d{3}(?![\d,]))(\.\d*)?" + _TAIL)
_POINT = Pattern(r"(\d+(?:_\d+)*)?(\.(?:\d+(?:_\d+)*)?)?" + _TAIL)
_COMMA = Pattern(r"(\d+(?:_\d+)*)?(\.(?:\d+(?:_\d+)*)?|,(?:\d+(?:_\d+)*|(?!\s+\S)))?" + _TAIL)
_BASED = Pattern(r"0([xXbBoO])([0-9a-zA-Z_]*)(\.[0-9a-fA-F]*)?")
_BASES = {"x": 16, "b": 2, "o": 8}
_BASE_NAMES = {16: "hexadecimal", 2: "binary", 8: "octal"}
VULGAR = {
    "½": (1, 2), "⅓": (1, 3), "⅔": (2, 3), "¼": (1, 4), "¾": (3, 4), "⅕": (1, 5), "⅖": (2, 5), "⅗": (3, 5),
    "⅘": (4, 5), "⅙": (1, 6), "⅚": (5, 6), "⅐": (1, 7), "⅛": (1, 8), "⅜": (3, 8), "⅝": (5, 8), "⅞": (7, 8),
    "⅑": (1, 9), "⅒": (1, 10),
}  # fmt: skip

_BEHIND = frozenset(("", *"+*^()=;!%°×·÷"))
_BEHIND_SPACE = frozenset(("", *"+-*/^()="))
_IN_GROUPS = DIGITS | {","}
_SHORT = 40


class Written:
    """A number found in a text: its value, its plain spelling, where it ends, and what to tell about it."""

    __slots__ = ("base", "end", "hint", "text", "value")

    def __init__(self, value: fmpq, text: str, end: int, base: int = 10, hint: str | None = None) -> None:
        self.value, self.text, self.end, self.base, self.hint = value, text, end, base, hint


def plain_number(text: str, start: int, decimal_comma: bool) -> tuple[fmpq, int] | None:
    """The value of digits with perhaps a point between, and their end, where one look at what stands behind tells that
    they are no part of anything else. Most numbers are such, and all of them can be read by `read_number`."""
    end = point = behind(text, start, FIGURES)
    if text[end : end + 1] == "." and not decimal_comma:
        end = behind(text, point + 1, FIGURES)
    if point == start or end == point + 1 or end > start + _SHORT:
        return None
    if text[end : end + 1] not in _BEHIND and not _ends(text, start, end, decimal_comma):
        return None
    if end == point:
        return fmpq(int(text[start:end])), end
    return fmpq(int(text[start:point] + text[point + 1 : end]), 10 ** (end - point - 1)), end


def _ends(text: str, start: int, end: int, decimal_comma: bool) -> bool:
    """Whether this space, comma or sign is known not to belong to the number."""
    sign, after = text[end : end + 1], text[end + 1 : end + 4]
    if sign == " ":
        word = after[:1] in WORD and after.lower() not in MONTHS and after[:2].lower() != "of"  # 2 Nov, 2 of November
        return word or after[:1] in _BEHIND_SPACE
    if sign == ",":
        grouped = after[:2].isdecimal() and after[2:] in _IN_GROUPS  # 1,250 and 1,25,000
        return not (grouped or decimal_comma or "." in text[start:end])
    return sign in "-/" and end != start + 4 and sign not in after  # 2026-11-23, 12/25/2026


def read_number(text: str, start: int, decimal_comma: bool, in_call: bool) -> Written:
    """Read the number that begins at `start`, which is a digit or a decimal sign before a digit."""
    if text[start] == "0" and start + 1 < len(text) and text[start + 1] in "xXbBoO":
        return _based(text, start)
    hint = None
    found = _grouped(text, start, decimal_comma, in_call)
    if found is not None:
        whole = "".join(character for character in found[1] if character.isdigit())
        tail = (found[2] or "").replace(",", ".")
        rest = text[found.end(2) if found[2] else found.end(1) : found.end()]
        shown = text[start : found.end()]
        usual = "," in found[1] and "." in tail and found.re is _POINT_GROUPED.compiled and not decimal_comma
        if ("," in shown or "." in shown) and not usual:
            hint = f"{shown} was read as {whole}{tail}{rest}".replace("..", ".")
    else:
        found = (_COMMA if decimal_comma else _POINT).match(text, start)
        assert found is not None  # noqa: S101 - both patterns match the empty text
        whole = (found[1] or "").replace("_", "")
        tail = (found[2] or "").replace(",", ".").replace("_", "")
        rest = text[max(found.end(1), found.end(2)) : found.end()]
        if in_call and not decimal_comma and text[found.end() : found.end() + 1] == ",":
            hint = values_or_groups(text, start)
        if decimal_comma and found[2] and found[2][0] == ".":
            hint = f"{found[0]} was read as {whole},{tail[1:]}, with a decimal point"
    value = _decimal(whole, tail[1:], rest[1:].replace("\u2212", "-"), start, found.end())
    return Written(
        value,
        (whole or "0") + (tail if len(tail) > 1 else "") + rest.replace("\u2212", "-"),
        found.end(),
        10,
        hint,
    )


def _grouped(text: str, start: int, decimal_comma: bool, in_call: bool) -> re.Match[str] | None:
    """A number whose digits are grouped in threes, if that is the one way to read it."""
    end = start
    size = len(text)
    while end < size and "0" <= text[end] <= "9":
        end += 1
    if end >= size or not 1 <= end - start <= 3 or text[end] not in ",.' \u2019\u00a0\u2007\u2009\u202f":
        return None
    mark = text[end]
    if mark in "'\u2019":
        return (_QUOTED_COMMA if decimal_comma else _QUOTED).match(text, start)
    if mark not in ",.":
        if text[start - 1 : start] == "^":  # 2 m^2 500 cm^2
            return None
        return (_SPACED_CALL if in_call and not decimal_comma else _SPACED).match(text, start)
    if decimal_comma:
        found = _POINT_GROUPED.match(text, start) if mark == "," else _COMMA_GROUPED.match(text, start)
        # 1,250 alone is a decimal; 1,250.00 and 1,250,000 can only be grouped.
        if found is not None and mark == "," and not found[2] and found[1].count(",") < 2:
            return None
        return found
    if in_call:
        return None
    found = _POINT_GROUPED.match(text, start) or _INDIAN.match(text, start)
    if found is None and mark == ".":
        found = _COMMA_GROUPED.match(text, start)
        # 1.250 alone is a decimal; 1.250,00 and 1.250.000 can only be grouped.
        if found is not None and not found[2] and found[1].count(".") < 2:
            return None
    return found


def values_or_groups(text: str, start: int) -> str | None:
    """What to say of `max(1,000, 5)`, where a comma separates values. Nobody writes a value as 000."""
    found = _VALUES.match(text, start)
    if found is None or text[start - 1] == ",":
        return None
    groups = found[0].split(",")
    if any(group[0] == "0" for group in groups[1:]):
        whole = "".join(groups)
        raise SyntaxMistake(
            f"Write {whole} without its comma: here a comma separates values.", start, found.end(),
            text[:start] + whole + text[found.end() :],
        )  # fmt: skip
    if ", " not in text:
        return None
    return f"a comma separates values here: {found[0]} was read as {' and '.join(groups)}"


def _decimal(whole: str, fraction: str, exponent: str, start: int, end: int) -> fmpq:
    if not fraction and not exponent:
        return fmpq(int(whole)) if len(whole) < 4000 else fmpq(fmpz(whole))
    shift = -len(fraction)
    if exponent:
        if len(exponent) > 8:
            raise TooLarge(f"Exponents of ten go up to {LARGEST_EXPONENT:,} here. Write a smaller one.", start, end)
        shift += int(exponent)
    digits = fmpz((whole + fraction) or "0")
    if abs(shift) > LARGEST_EXPONENT:
        raise TooLarge(f"Exponents of ten go up to {LARGEST_EXPONENT:,} here. Write a smaller one.", start, end)
    if shift >= 0:
        return fmpq(digits * fmpz(10) ** shift)
    return fmpq(digits, fmpz(10) ** -shift)


def _based(text: str, start: int) -> Written:
    found = _BASED.match(text, start)
    assert found is not None  # noqa: S101 - the caller has seen the prefix
    base = _BASES[found[1].lower()]
    digits = found[2].replace("_", "").lower()
    places = (found[3] or "").lower()[1:]
    if not digits and not places:
        prefix = found[0][:2]
        raise SyntaxMistake(
            f"Write digits behind {prefix}, for example {prefix}10.", start, max(found.end(), start + 2)
        )
    for offset, digit in enumerate(found[2].lower()):
        if (digit != "_" and not (digit.isdigit() or ("a" <= digit <= "f" and base == 16))) or (
            digit.isdigit() and int(digit) >= base
        ):
            place = found.start(2) + offset
            raise SyntaxMistake(f"{digit} is no {_BASE_NAMES[base]} digit. {_DIGITS[base]}", place, place + 1)
    value = fmpq(int(digits or "0", base))
    end = found.end(2)
    spelled = f"0{found[1].lower()}{digits or '0'}"
    behind = text[found.end() : found.end() + 1]
    if found[3] and not set(places) - set("0123456789abcdef"[:base]) and (places or not behind.isalnum()):
        end = found.end(3)
        if places:
            value += fmpq(fmpz(int(places, base)), fmpz(base) ** len(places))
            spelled += f".{places}"
    return Written(value, spelled, end, base)


_DIGITS = {
    16: "Use 0 to 9 and a to f.",
    8: "Use 0 to 7.",
    2: "Use 0 and 1.",
}
