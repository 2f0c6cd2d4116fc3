"""Functions and what they are applied to, in parentheses or in words. The grammar stands in the parser."""

from __future__ import annotations

from collections.abc import Callable

from calcapp.engine.brackets import Brackets
from calcapp.engine.cursor import value_of
from calcapp.engine.mistake import SyntaxMistake
from calcapp.engine.numbers import fmpq, fmpz
from calcapp.engine.operators import BEGINS, CONVERTING, ENDING, SHIFT, SIGN, WORDS
from calcapp.engine.token import Token
from calcapp.engine.tree import Binary, Call, Name, Numeral, Tree, Unary
from calcapp.engine.units import is_unit
from calcapp.engine.vocabulary import (
    ALIASES,
    ANGLE_NAMES,
    CONSTANTS,
    FUNCTION_NAMES,
    INVERSES,
    SIGNATURES,
    TAKES_ONE,
)


class Applying(Brackets):
    operand: Callable[[], Tree]  # this rule stands in the class built on this one

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
            if self.next.kind == "(" and self.list_here() and takes_list(name):
                arguments += self.list_inside()
            else:
                arguments.append(self.conversion())
            if self.next.kind not in (",", ";"):
                break
            self.advance()
        self.in_bars = outer
        if self.decimal_comma and len(arguments) == 1:
            self.one_or_two_hint(name, arguments[0])
        closing = self.close(opening)
        self.depth -= 1
        return Call(name, tuple(arguments), token.start, closing.end, token.end)

    def one_or_two_hint(self, name: str, only: Tree) -> None:
        """With a decimal comma, `max(1,2)` is the largest of one number."""
        if name not in TAKES_ONE | self.functions and type(only) is Numeral:
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
        commas = not self.in_list(self.items[self.index - 1])
        values = [self.expression(SHIFT)]
        while (commas and self.next.kind == ",") or self.said("and"):
            self.advance()
            if self.said("and"):
                self.advance()
            values.append(self.expression(SHIFT))
        return Call(token.text.lower(), tuple(values), token.start, values[-1].end, token.end)


def takes_list(name: str) -> bool:
    """Whether this is a function of any number of values."""
    name = name.lower()
    return SIGNATURES.get(ALIASES.get(name, name), "").endswith("…")
