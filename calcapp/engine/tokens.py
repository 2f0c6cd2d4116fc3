"""A text cut into tokens, in one pass and by hand: a regular-expression grammar would be eight times slower."""

from __future__ import annotations

from calcapp.engine.characters import (
    DIGITS,
    IN_NAMES,
    LOWERED,
    MARKS,
    MONEY,
    NAMED,
    PLAIN,
    SIGNS,
    SPACES,
    SUBSCRIPTS,
    SUPERSCRIPTS,
    UNIT_SIGNS,
    WORD,
    WORD_MORE,
    behind,
    letter,
)
from calcapp.engine.clock import clock_token
from calcapp.engine.daywords import BEGINS_MONTH, day_token, named_day_token
from calcapp.engine.mistake import SyntaxMistake
from calcapp.engine.numbers import fmpq
from calcapp.engine.numeral import VULGAR, plain_number, read_number
from calcapp.engine.strange import refuse_comma, strange
from calcapp.engine.token import Token

_RAISING = frozenset("_^⁻")
_ALONE = frozenset("+^()=;%√∛∜‰|,⌊⌋⌈⌉")
"""Signs that mean the same whatever stands behind them."""
_NESTING = frozenset("(),")
_PAIRS = {"**": ("^", "^"), "->": ("name", "to"), "//": ("//", "//"), "!!": ("!!", "!!"), ":=": ("=", "=")}
_LEFT_OUT = MONEY | {"?"}


class Tokens:
    """The tokens of one text, the note behind it, and what to say about how numbers were read."""

    __slots__ = ("bases", "hints", "items", "note")

    def __init__(self) -> None:
        self.items: list[Token] = []
        self.hints: list[str] = []
        self.bases: dict[int, int] = {}
        self.note: str | None = None


def tokenize(text: str, *, decimal_comma: bool = False, takes_one: frozenset[str] = frozenset()) -> Tokens:
    """Cut the text into tokens. `takes_one` names the functions of one argument: in their parentheses
    a comma can only group digits."""
    found = Tokens()
    items = found.items
    size = len(text)
    place = 0
    calls: list[bool] = []
    spaced = False
    while place < size:
        character = text[place]
        if character in SPACES:
            spaced = True
            place += 1
            continue
        start = place
        if character in DIGITS or (
            character in ".," and (character == "." or decimal_comma) and text[place + 1 : place + 2] in DIGITS
        ):
            token = _number(text, start, decimal_comma, bool(calls) and calls[-1], found)
        elif character in WORD or (character > "\x7f" and letter(character)):
            token = (character in BEGINS_MONTH and named_day_token(text, start)) or _name(text, start)
        elif character in _ALONE:
            token = Token(character, character, start, start + 1)
        elif character == "#":
            if not text[place + 1 : place + 2].isdecimal() or not text[place + 1].isascii():
                found.note = text[place + 1 :].strip() or None
                break
            token = _record(text, start)
        elif character in MARKS and items and items[-1].kind == "number" and items[-1].end == start:
            twice = MARKS[character] == "ft" and text[start + 1 : start + 2] == character
            token = Token("name", "in" if twice else MARKS[character], start, start + 2 if twice else start + 1)
        elif character in _LEFT_OUT and _left_out(text, start, items, found):
            place += 1
            continue
        else:
            token = _sign(text, start)
        if token.kind in _NESTING:
            _nest(token, calls, text, items, takes_one, decimal_comma)
        token.spaced = spaced
        spaced = False
        place = token.end
        items.append(token)
    _drop_equals(items)
    stop = len(text.rstrip()) if place == size else place
    items.append(Token("end", "", stop, stop))
    return found


def _nest(
    token: Token, calls: list[bool], text: str, items: list[Token], takes_one: frozenset[str], decimal_comma: bool
) -> None:
    """Keep in `calls` whether a comma separates values in each of the parentheses that are open here."""
    if token.kind == "(":
        before = items[-1] if items else token
        listed = text[token.start] in "[{" and bool(calls) and calls[-1] and before.kind in ("(", ",", ";")
        calls.append(listed or (before.kind == "name" and before.text.lower() not in takes_one))
    elif token.kind == ")":
        if calls:
            calls.pop()
    elif not decimal_comma and not (calls and calls[-1]):
        refuse_comma(text, token.start, items)


def _name(text: str, start: int) -> Token:
    """`log₂` is log2 and `x₁` is x1."""
    end = behind(text, start, IN_NAMES)
    while end < len(text) and text[end] > "\x7f" and letter(text[end]):
        end = behind(text, end + 1, IN_NAMES)
    name = text[start:end]
    if not name.isascii():
        name = name.translate(UNIT_SIGNS)
    if name == "Δ" and text[end : end + 2] in ("°C", "°F"):
        return Token("name", "delta" + text[end + 1], start, end + 2)
    if text[end : end + 1] == "." and text[end + 2 : end + 3] == "(" and name.lower() in ("stdev", "var"):
        of = {"s": "", "p": "p"}.get(text[end + 1].lower())  # as in a spreadsheet
        if of is not None:
            return Token("name", name + of, start, end + 2)
    while text[end : end + 1] in SUBSCRIPTS:
        end += 1
        name = text[start:end].translate(LOWERED)
    return Token("name", name, start, end)


def _drop_equals(items: list[Token]) -> None:
    """A trailing `=` is what people type on a calculator, a leading one comes from a spreadsheet; alone it says
    nothing."""
    if len(items) > 1 and items[-1].kind == "=":
        items.pop()
    if len(items) > 1 and items[0].kind == "=":
        items.pop(0)


def _left_out(text: str, start: int, items: list[Token], found: Tokens) -> bool:
    """Whether this is the sign of a currency before or behind a number, or a question mark at the end."""
    sign = text[start]
    if sign == "?":
        return bool(items) and not text[start + 1 :].strip()
    before = bool(items) and items[-1].kind == "number"
    after = text[start + 1 :].lstrip(" " if before else " -+\u2212")
    if before == (after[:1] in DIGITS or (after[:1] == "." and after[1:2] in DIGITS)):
        return False
    hint = f"{sign} was left out: amounts are plain numbers here"
    if found.hints and found.hints[-1] != hint and found.hints[-1].endswith(hint[1:]):
        raise SyntaxMistake(
            f"Here are two currencies, {found.hints[-1][0]} and {sign}. Multiply one by its rate, as in 5 + 3 * 1.1.",
            start, start + 1,
        )  # fmt: skip
    if hint not in found.hints:
        found.hints.append(hint)
    return True


def _number(text: str, start: int, decimal_comma: bool, in_call: bool, found: Tokens) -> Token:
    plain = plain_number(text, start, decimal_comma)
    if plain is not None:
        value, end = plain
        return Token("number", text[start:end], start, end, value)
    day = day_token(text, start, found.hints)
    if day is not None:
        return day
    if ":" in text[start + 1 : start + 4]:
        clock = clock_token(text, start, found.items, found.hints)
        if clock is not None:
            return clock
    written = read_number(text, start, decimal_comma, in_call)
    if written.hint:
        found.hints.append(written.hint)
    end = written.end
    value = written.value
    spelled = written.text
    if text[end : end + 1] in SPACES and text[end + 1 : end + 2] in VULGAR and spelled.isdecimal():
        end += 1
    following = text[end : end + 1]
    if following in VULGAR and spelled.isdecimal():
        top, bottom = VULGAR[following]
        value = value + fmpq(top, bottom)
        end += 1
        spelled = f"({spelled} + {top}/{bottom})"
    elif following in ("e", "E") and not _goes_on(text, end + 1):
        rest = text[end + 1 : end + 2]
        if following == "e" and not (rest in ("+", "-", "\u2212") and text[end + 2 : end + 3] in ("", " ", ")")):
            fix = text[:end] + "*e" + text[end + 1 :]
        else:
            fix = None
        raise SyntaxMistake(
            f"Write an exponent behind {text[start : end + 1]}, as in {text[start:end]}e3, "
            f"or {text[start:end]} * e for the constant e.", start, end + 1, fix,
        )  # fmt: skip
    if written.base != 10:
        found.bases[start] = written.base
    return Token("number", spelled, start, end, value)


def _goes_on(text: str, place: int) -> bool:
    """Whether what follows makes this e a constant or part of a name: 2e^2 is 2 * e^2."""
    return text[place : place + 1].isalnum() or text[place : place + 1] in _RAISING or text[place : place + 2] == "**"


def _record(text: str, start: int) -> Token:
    end = start + 1
    while end < len(text) and "0" <= text[end] <= "9":
        end += 1
    if end - start > 18:
        raise SyntaxMistake("Record numbers are shorter than this. Look at the number on the card.", start, end)
    return Token("record", text[start:end], start, end, int(text[start + 1 : end]))


def _sign(text: str, start: int) -> Token:
    character = text[start]
    if "\uff01" <= character <= "\uff5e":
        return _full_width(text, start)
    character = SIGNS.get(character, character)
    after = text[start + 1 : start + 2]
    pair = _PAIRS.get(character + SIGNS.get(after, after))
    if pair is not None:
        return Token(*pair, start, start + 2)
    if character in PLAIN:
        if character == "°":
            return _degree(text, start)
        if character in "<>":
            return _shift(text, start, character)
        return Token(character, character, start, start + 1)
    if character in NAMED and (character != "&" or after != "&"):
        return Token("name", NAMED[character], start, start + 1)
    if character in VULGAR:
        top, bottom = VULGAR[character]
        return Token("number", f"({top}/{bottom})", start, start + 1, fmpq(top, bottom))
    if character in SUPERSCRIPTS or character in "⁻⁺":
        return _superscript(text, start)
    raise strange(text, start)


def _degree(text: str, start: int) -> Token:
    """`°`, or with its letter a scale of temperature, as in `20 °C` and `20 ° C`."""
    place = start + 2 if text[start + 1 : start + 2] in SPACES else start + 1
    scale = text[place : place + 1]
    if not scale or scale not in "CFcfRK" or text[place + 1 : place + 2].isalnum():
        return Token("°", "°", start, start + 1)
    return Token("name", "K" if scale == "K" else "deg" + scale.upper(), start, place + 1)


def _shift(text: str, start: int, character: str) -> Token:
    if text[start + 1 : start + 2] == character:
        return Token(character * 2, character * 2, start, start + 2)
    compared = text[start : start + 2] if text[start + 1 : start + 2] in ("=", ">") else character
    instead = f"Use {character * 2} to shift bits." if compared == character else "Subtract to see the difference."
    raise SyntaxMistake(
        f"Comparing with {compared} is not something this calculator does. {instead}", start, start + len(compared)
    )


def _superscript(text: str, start: int) -> Token:
    end = start
    sign = ""
    if text[end] in "⁻⁺":
        sign = "-" if text[end] == "⁻" else ""
        end += 1
    digits = ""
    while end < len(text) and text[end] in SUPERSCRIPTS:
        digits += SUPERSCRIPTS[text[end]]
        end += 1
    if not digits:
        raise SyntaxMistake("Write raised digits behind the raised sign, as in 2⁻³.", start, end)
    return Token("power", sign + digits, start, end, fmpq(int(sign + digits[:4000])))


def _full_width(text: str, start: int) -> Token:
    """Full-width forms are read as the plain ones; digits and letters run on."""
    first = chr(ord(text[start]) - 0xFEE0)
    if first not in WORD_MORE:
        if first not in PLAIN and first not in SIGNS:
            raise strange(text, start)
        return _sign(text[:start] + first + text[start + 1 :], start)
    end = start
    while end < len(text) and ("\uff01" <= text[end] <= "\uff5e"):
        end += 1
    plain = "".join(chr(ord(character) - 0xFEE0) for character in text[start:end])
    inner = tokenize(plain).items[0]
    return Token(inner.kind, inner.text, start, start + inner.end, inner.value)
