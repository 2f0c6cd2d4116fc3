"""Operands: numbers, names, calls of functions and what stands in parentheses. The grammar stands in the parser."""

from __future__ import annotations

from calcapp.engine.applying import Applying
from calcapp.engine.numbers import fmpq
from calcapp.engine.operators import BARS, WORDS
from calcapp.engine.spoken import LIMITS, PARTS, SPANS
from calcapp.engine.token import Token
from calcapp.engine.tree import Convert, DateLiteral, Name, Numeral, Record, Tree
from calcapp.engine.units import is_unit
from calcapp.engine.vocabulary import (
    ANGLE_NAMES,
    BASE_FORMS,
    CONSTANTS,
    FORMS,
    FUNCTION_NAMES,
)

IN_WORDS = {
    "square": ("root", "sqrt"), "cube": ("root", "cbrt"), "absolute": ("value", "abs"),
    "natural": ("log logarithm", "ln"), "standard": ("deviation", "stdev"),
    "arithmetic": ("mean", "mean"), "geometric": ("mean", "geomean"), "harmonic": ("mean", "harmean"),
}  # fmt: skip
"""Functions whose names people write in two words."""
ARTICLES = ("the", "The", "a", "an", "An")
"""An A is the ampere."""


class Operands(Applying):
    def operand(self) -> Tree:
        token = self.next
        kind = token.kind
        if kind == "number":
            self.advance()
            base = self.tokens.bases.get(token.start, 10) if self.tokens.bases else 10
            assert isinstance(token.value, fmpq)  # noqa: S101 - the tokenizer says so
            number = Numeral(token.value, token.text, base, token.start, token.end)
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
            return self.part_of_one() or self.named()
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
        if self.next.text not in ARTICLES:
            return
        noun = self.ahead()
        if noun.text.lower() in PARTS and self.ahead(2).text.lower() == "of":
            self.advance()
            return
        if noun.kind == "name" and (
            (self.said("the") and self.begins_operand(noun))
            or (len(noun.text) > 2 and self.said("a", "an") and self.begins_unit(1))
        ):
            self.advance()

    def part_of_one(self) -> Tree | None:
        """The half of `half of 90` and of `half a mile`."""
        if not self.said(*PARTS):
            return None
        follows = self.ahead()
        article = follows.text in ("a", "an") and self.ahead(2).kind == "name" and self.begins_unit(2)
        if follows.text.lower() != "of" and not article:
            return None
        token = self.advance()
        above, below = PARTS[token.text.lower()]
        return Numeral(fmpq(above, below), f"({above}/{below})", 10, token.start, token.end)

    def in_words(self, token: Token) -> Token:
        """`square root` and `harmonic mean` are functions; any other word is itself."""
        second, name = IN_WORDS.get(token.text.lower(), ("", ""))
        if not second or token.text in self.variables or not self.said(*second.split()):
            return token
        return Token("name", name, token.start, self.advance().end)

    def in_base(self, token: Token) -> Tree:
        """`hex(255)` is `255 to hex`."""
        inner = self.parenthesised()
        return Convert(inner, FORMS[token.text.lower()], None, token.start, inner.end)
