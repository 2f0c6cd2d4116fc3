"""Operands: numbers, names, calls of functions and what stands in parentheses. The grammar stands in the parser."""

from __future__ import annotations

from calcapp.engine.brackets import Brackets
from calcapp.engine.cursor import value_of
from calcapp.engine.mistake import SyntaxMistake
from calcapp.engine.numbers import fmpq, fmpz
from calcapp.engine.operators import BARS, BEGINS, CONVERTING, ENDING, SHIFT, SIGN, WORDS
from calcapp.engine.spoken import LIMITS, SPANS
from calcapp.engine.token import Token
from calcapp.engine.tree import Binary, Call, Convert, DateLiteral, Name, Numeral, Record, Tree, Unary
from calcapp.engine.units import is_unit
from calcapp.engine.vocabulary import (
    ALIASES,
    ANGLE_NAMES,
    BASE_FORMS,
    CONSTANTS,
    FORMS,
    FUNCTION_NAMES,
    INVERSES,
    SIGNATURES,
    TAKES_ONE,
)

IN_WORDS = {
    "square": ("root", "sqrt"), "cube": ("root", "cbrt"), "absolute": ("value", "abs"),
    "natural": ("log logarithm", "ln"), "standard": ("deviation", "stdev"),
    "arithmetic": ("mean", "mean"), "geometric": ("mean", "geomean"), "harmonic": ("mean", "harmean"),
}  # fmt: skip
"""Functions whose names people write in two words."""


class Operands(Brackets):
    def operand(self) -> Tree:
        token = self.next
        kind = token.kind
        if kind == "number":
            self.advance()
            base = self.tokens.bases.get(token.start, 10) if self.tokens.bases else 10
            number = Numeral(value_of(token), token.text, base, token.start, token.end)
            if self.next.kind == "name" and not self.in_exponent:
                if not self.next.spaced:
                    self.split_units()
                if self.is_unit_here(True):
                    return self.quantity(number)
            if self.next.kind == "°" and self.ahead(2).text in ("arcmin", "arcsec", "ft"):
                self.degrees_minutes()
                return self.quantity(number)
            if self.next.kind in ("number", "date"):
                raise self.side_by_side(token, self.next)
            return number
        if kind == "name":
            self.part_word()
            self.pass_article()
            return self.named()
        if kind == "(":
            return self.parenthesised()
        if kind == "record":
            self.advance()
            assert isinstance(token.value, int)  # noqa: S101 - the tokenizer says so
            return Record(token.value, token.start, token.end)
        if kind == "date":
            self.advance()
            return DateLiteral(token.text, token.start, token.end)
        if kind in BARS:
            return self.bars()
        raise self.unexpected(token)

    def named(self) -> Tree:
        token = self.in_words(self.advance())
        name = token.text
        lower = name.lower()
        if name not in self.variables:
            if lower == "ans" and name not in self.functions:
                return Record(None, token.start, token.end)
            if lower in SPANS and self.said(*LIMITS):
                return self.span(token)
            if self.next.kind == "(" and name not in self.functions and lower in BASE_FORMS:
                return self.in_base(token)
            if lower[:3] == "log" and name not in self.functions and self.to_base(token):
                return self.logarithm(token)
            if name in self.functions or lower in FUNCTION_NAMES:
                called = self.called(token)
                if called is not None:
                    return called
            elif self.next.kind == "(" and lower not in CONSTANTS and not is_unit(name):
                return self.call(token)
            if lower in CONSTANTS and self.next.kind == "(" and self.ahead().kind == ")":  # PI(), as in a spreadsheet
                self.advance()
                self.advance()
            if lower in CONSTANTS or (lower in FUNCTION_NAMES and lower not in ANGLE_NAMES):
                return Name(lower if lower in CONSTANTS else name, token.start, token.end)
            if lower in WORDS and not is_unit(name):
                raise self.unexpected(token)
        joined = self.joined(token)
        return Name(joined, token.start, self.items[self.index - 1].end)

    def pass_article(self) -> None:
        """`the square root of 2`, `a mile`; an a before a single letter is a name."""
        noun = self.ahead()
        if noun.kind == "name" and (
            (self.said("the") and self.begins_operand(noun))
            or (len(noun.text) > 2 and self.said("a", "an") and self.begins_unit(1))
        ):
            self.advance()

    def in_words(self, token: Token) -> Token:
        """`square root` and `harmonic mean` are functions; any other word is itself."""
        second, name = IN_WORDS.get(token.text.lower(), ("", ""))
        if not second or token.text in self.variables or not self.said(*second.split()):
            return token
        return Token("name", name, token.start, self.advance().end)

    def to_base(self, token: Token) -> bool:
        """Whether this is `log_3` or `log₃` with a number behind."""
        base = token.text[3:].lstrip("_")
        return base.isdecimal() and token.text.lower() not in FUNCTION_NAMES and self.begins_operand(self.next)

    def logarithm(self, token: Token) -> Tree:
        digits = token.text[3:].lstrip("_")
        base = Numeral(fmpq(fmpz(digits)), digits, 10, token.end - len(digits), token.end)
        argument = self.parenthesised() if self.next.kind == "(" else self.bare_argument(token)
        return Call("log", (argument, base), token.start, argument.end, token.end)

    def to_base_said(self, token: Token) -> Tree:
        """`log base 2 of 8`."""
        self.advance()
        base = self.operand()
        if self.said("of"):
            self.advance()
        argument = self.parenthesised() if self.next.kind == "(" else self.bare_argument(token)
        return Call("log", (argument, base), token.start, argument.end, token.end)

    def with_base(self, called: Tree) -> Tree:
        """`log(8) base 2`."""
        if type(called) is not Call or called.name != "log" or len(called.arguments) != 1 or not self.said("base"):
            return called
        self.advance()
        base = self.operand()
        return Call("log", (*called.arguments, base), called.start, base.end, called.name_end)

    def list_of(self, token: Token) -> Tree:
        """`average of 4, 5 and 6`, or of a list in parentheses."""
        self.advance()
        if self.list_in_parentheses():
            return self.call(token)
        values = [self.expression(SHIFT)]
        while self.next.kind in (",", ";") or self.said("and"):
            self.advance()
            if self.said("and"):
                self.advance()
            values.append(self.expression(SHIFT))
        return Call(token.text.lower(), tuple(values), token.start, values[-1].end, token.end)

    def in_base(self, token: Token) -> Tree:
        """`hex(255)` is `255 to hex`."""
        inner = self.parenthesised()
        return Convert(inner, FORMS[token.text.lower()], None, token.start, inner.end)

    def called(self, token: Token) -> Tree | None:
        """A function with its arguments in parentheses or, for one argument, without: `sin x`, `sin² x`."""
        name = token.text
        if self.next.kind == "(":
            return self.with_base(self.call(token))
        if name in self.functions or name.lower() in ANGLE_NAMES:
            return None
        if name.lower() == "log" and self.said("base"):
            return self.to_base_said(token)
        of = self.said("of") and (name.lower() in TAKES_ONE or name.lower() == "log")
        if of:
            self.advance()
            if self.next.kind == "(":
                return self.call(token)
        elif self.said("of") and takes_list(name):
            return self.list_of(token)
        raised = self.raised_name(token)
        if raised is not None:
            return raised
        if not self.begins_operand(self.next) and self.next.kind != "-":
            return None
        if self.next.kind == "name" and not of and is_unit(name) and self.next.text.lower() not in FUNCTION_NAMES:
            return None
        argument = self.bare_argument(token)
        self.cut_off_hint(token, argument)
        called = Call(name.lower(), (argument,), token.start, argument.end, token.end)
        return self.with_base(called)

    def cut_off_hint(self, token: Token, argument: Tree) -> None:
        """`sin 2pi` takes both, `sin 2 pi` the number alone, and `sin pi/6` what stands before the line: say so."""
        factor = self.next
        if factor.kind == "/" and not factor.spaced and type(argument) in (Name, Binary):
            typed, angle = self.text[token.start : self.ahead().end], self.text[argument.start : argument.end]
            self.tokens.hints.append(f"{typed} was read as {token.text}({angle})/{self.ahead().text}")
        if type(argument) is Numeral and (factor.text in self.variables or factor.text.lower() in CONSTANTS):
            typed = self.text[token.start : factor.end]
            self.tokens.hints.append(f"{typed} was read as {token.text}({argument.text}) * {factor.text}")

    def bare_argument(self, token: Token) -> Tree:
        """What a function without parentheses takes: a factor, and a number takes the name joined to it."""
        self.deeper(token)
        argument = self.expression(SIGN)
        follows = self.next
        if (
            type(argument) is Numeral and follows.kind == "name" and not follows.spaced
            and self.begins_operand(follows) and follows.text.lower() not in FUNCTION_NAMES
        ):  # fmt: skip
            right = self.expression(SIGN)
            argument = Binary("*", argument, right, (right.start, right.start), True)
        self.depth -= 1
        return argument

    def raised_name(self, token: Token) -> Tree | None:
        """`sin²(x)` is sin(x)²; `sin⁻¹(x)` is the inverse function."""
        if self.next.kind == "power":
            count, end = 1, self.ahead()
        elif self.next.kind == "^" and self.ahead().kind == "number":
            count, end = 2, self.ahead(2)
        elif self.next.kind == "^" and self.ahead().kind == "-" and self.ahead(2).kind == "number":
            count, end = 3, self.ahead(3)
        else:
            return None
        if not self.begins_operand(end):
            return None
        power = self.items[self.index + count - 1]
        for _ in range(count):
            self.advance()
        value = -value_of(power) if count == 3 else value_of(power)
        name = token.text.lower()
        inverse = value == -1 and name in INVERSES
        if inverse:
            name = INVERSES[name]
        if self.next.kind == "(":
            inner: Tree = self.call(Token("name", name, token.start, token.end))
        else:
            argument = self.bare_argument(token)
            inner = Call(name, (argument,), token.start, argument.end, token.end)
        if inverse:
            return inner
        text = str(value)
        exponent: Tree = Numeral(abs(value), text.lstrip("-"), 10, power.start, power.end)
        if value < 0:
            exponent = Unary("-", exponent, power.start, power.end)
        raised = Binary("^", inner, exponent, (power.start, power.end))
        raised.start, raised.end = token.start, inner.end
        return raised

    def call(self, token: Token) -> Tree:
        opening = self.advance()
        self.deeper(opening)
        arguments: list[Tree] = []
        name = token.text if token.text in self.functions else token.text.lower()
        if name not in self.functions and name not in FUNCTION_NAMES:
            name = token.text
        if self.next.kind == ")":
            closing = self.advance()
            self.depth -= 1
            return Call(name, (), token.start, closing.end, token.end)
        outer, self.in_bars = self.in_bars, False
        while True:
            if self.next.kind in (",", ";", ")"):
                raise SyntaxMistake(
                    f"An argument of {token.text} is missing here. Write it, or take the comma out.",
                    self.next.start, self.next.end,
                )  # fmt: skip
            if self.list_here() and takes_list(name):
                arguments += self.list_inside()
            else:
                arguments.append(self.conversion())
            if self.next.kind not in (",", ";"):
                break
            self.advance()
        self.in_bars = outer
        self.one_or_two_hint(name, arguments)
        closing = self.close(opening)
        self.depth -= 1
        return Call(name, tuple(arguments), token.start, closing.end, token.end)

    def one_or_two_hint(self, name: str, arguments: list[Tree]) -> None:
        """With a decimal comma, `max(1,2)` is the largest of one number."""
        only = arguments[0]
        if (
            self.decimal_comma
            and len(arguments) == 1
            and name not in TAKES_ONE | self.functions
            and type(only) is Numeral
        ):
            typed = self.text[only.start : only.end]
            if "," in typed:
                self.tokens.hints.append(f"{typed} was read as one number; write ; between values")

    def begins_operand(self, token: Token) -> bool:
        if token.kind != "name":
            return token.kind in BEGINS
        if token.text in self.variables:
            return True
        word = token.text.lower()
        if word[:2] == "of" and word[2:].isdecimal():  # 20%of50
            return False
        return word not in WORDS and word not in CONVERTING and word not in ENDING


def takes_list(name: str) -> bool:
    """Whether this is a function of any number of values."""
    name = name.lower()
    return SIGNATURES.get(ALIASES.get(name, name), "").endswith("…")
