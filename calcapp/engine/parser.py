"""The grammar, read by a hand-written Pratt parser: each rule is one function.

    program     = statement { ";" statement } [ "=" ] [ "#" note ]
    statement   = definition | conversion
    definition  = name "=" conversion | name "(" name { "," name } ")" "=" conversion
    conversion  = expression { ( "to" | "in" | "as" | "->" | "→" ) target }
    target      = "hex" | "bin" | "oct" | "dec" | "base" number | "fraction" | … | expression
    expression  = prefix { infix expression }
        loosest to tightest:  or | xor | and | << >> | + − | * / // mod of, side by side | unary sign, not |
        choose, nCr, nPr | ^ (from the right) | postfix
    prefix      = ( "+" | "-" | "not" ) expression | root prefix | operand { postfix }
    postfix     = "!" | "!!" | "%" | "‰" | "°" | raised digits
    operand     = quantity | number | date | "#" digits | call | name | "(" conversion ")" | "|" conversion "|"
                  | "⌊" conversion "⌋" | "⌈" conversion "⌉"
    quantity    = number unit { unit } { number unit { unit } }
    unit        = name [ "^" [ "-" ] digits | raised digits ]
    call        = name [ power ] ( "(" conversion { "," conversion } ")" | expression )
    argument separators are "," and ";", with a decimal comma only ";"

A `%` is a remainder where an operand follows and a percentage elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable

from flint import fmpq

from calcapp.engine.cursor import value_of
from calcapp.engine.mistake import Mistake, SyntaxMistake, TooLarge
from calcapp.engine.operators import (
    BARS,
    BEGINS,
    BETWEEN,
    CLOSING,
    CONVERTING,
    INFIX,
    POSTFIX,
    POWER,
    PRODUCT,
    ROOTS,
    SHIFT,
    SIGN,
    TIGHT,
    WORDS,
)
from calcapp.engine.quantities import Quantities
from calcapp.engine.token import Token
from calcapp.engine.tokens import Tokens, tokenize
from calcapp.engine.tree import (
    Binary,
    Call,
    Convert,
    DateLiteral,
    Define,
    Let,
    Measure,
    Name,
    Numeral,
    Postfix,
    Record,
    Tree,
    Unary,
)
from calcapp.engine.vocabulary import ANGLE_NAMES, BASE_FORMS, CONSTANTS, FORMS, FUNCTION_NAMES, INVERSES, TAKES_ONE

LONGEST = 1_000


class Program:
    """What a text says: its statements, its note, and how its numbers were read."""

    __slots__ = ("hints", "note", "statements")

    def __init__(self, statements: tuple[Tree, ...], tokens: Tokens) -> None:
        self.statements = statements
        self.note = tokens.note
        self.hints = tokens.hints


def parse(
    text: str,
    *,
    decimal_comma: bool = False,
    is_unit: Callable[[str], bool] = lambda name: False,
    variables: frozenset[str] = frozenset(),
    functions: frozenset[str] = frozenset(),
    longest: int = LONGEST,
) -> Program:
    """Read a text. `is_unit` tells which names are units; `variables` and `functions` are a person's own names."""
    if len(text) > longest and (len("".join(text.split())) > longest or len(text) > 4 * longest):
        raise TooLarge(
            f"A calculation has up to {longest:,} characters; this one has {len(text):,}. Work it out in parts.",
            longest, len(text),
        )  # fmt: skip
    try:
        tokens = tokenize(text, decimal_comma=decimal_comma, takes_one=TAKES_ONE)
        return Parser(text, tokens, decimal_comma, is_unit, variables, functions).program()
    except Mistake as mistake:
        mistake.end = min(mistake.end, len(text))
        mistake.start = min(mistake.start, mistake.end)
        raise


class Parser(Quantities):
    """Each rule of the grammar is one function."""

    def program(self) -> Program:
        statements: list[Tree] = []
        if self.next.kind == "end":
            raise SyntaxMistake("Type a calculation, for example 84.50 * 3.", 0, len(self.text))
        while True:
            statements.append(self.statement())
            if self.next.kind != ";":
                break
            self.advance()
            if self.next.kind == "end":
                break
        if self.next.kind != "end":
            raise self.left_over()
        return Program(tuple(statements), self.tokens)

    def statement(self) -> Tree:
        if self.next.kind == "name":
            if self.ahead().kind == "=":
                return self.definition(())
            if self.ahead().kind == "(":
                parameters = self.parameters()
                if parameters is not None:
                    return self.definition(parameters)
        return self.conversion()

    def parameters(self) -> tuple[str, ...] | None:
        """The names in `f(x, y) =`, if that is what stands here."""
        names: list[str] = []
        count = 2
        while self.ahead(count).kind == "name":
            names.append(self.ahead(count).text)
            count += 2
            if self.ahead(count - 1).kind == ")":
                return tuple(names) if self.ahead(count).kind == "=" else None
            if self.ahead(count - 1).kind not in (",", ";"):
                return None
        return None

    def definition(self, parameters: tuple[str, ...]) -> Tree:
        name = self.advance()
        self.nameable(name)
        while self.next.kind != "=":
            token = self.advance()
            if token.kind == "name":
                self.nameable(token)
        equals = self.advance()
        if self.next.kind in ("end", ";"):
            raise SyntaxMistake(f"Write what {name.text} is to be behind the = sign.", equals.start, equals.end)
        outer = set(self.variables)
        if len(set(parameters)) < len(parameters):
            raise SyntaxMistake("Give each argument its own name.", name.start, equals.start)
        self.variables |= set(parameters)
        body = self.conversion()
        self.variables = outer
        if parameters:
            self.functions.add(name.text)
            self.variables.discard(name.text)
            return Define(name.text, parameters, body, name.start, body.end)
        self.variables.add(name.text)
        self.functions.discard(name.text)
        return Let(name.text, body, name.start, body.end)

    def nameable(self, token: Token) -> None:
        lower = token.text.lower()
        if (
            lower in CONSTANTS
            or lower in FUNCTION_NAMES
            or lower in WORDS
            or lower in CONVERTING
            or lower in ("not", "ans")
        ):
            what = (
                "a constant"
                if lower in CONSTANTS
                else "a function"
                if lower in FUNCTION_NAMES
                else "a word of the calculator"
            )
            raise SyntaxMistake(
                f"{token.text} is {what} already. Choose another name, for example {token.text}1.",
                token.start,
                token.end,
            )
        if len(token.text) > 40:
            raise SyntaxMistake("Names have up to 40 letters. Choose a shorter one.", token.start, token.end)

    def conversion(self) -> Tree:
        tree = self.expression(0)
        while self.word() in CONVERTING:
            word = self.advance()
            tree = self.target(tree, word)
        return tree

    def target(self, operand: Tree, word: Token) -> Tree:
        form = FORMS.get(self.word() or self.next.kind)
        if form == "base" and self.ahead().kind == "number":
            self.advance()
            number = self.advance()
            base = number.value
            if not (isinstance(base, fmpq) and base.q == 1 and 2 <= base <= 36):
                raise SyntaxMistake("Bases go from 2 to 36.", number.start, number.end)
            return Convert(operand, f"base {base}", None, operand.start, number.end)
        if form is not None and form != "base" and self.next.text not in self.variables:
            end = self.advance().end
            return Convert(operand, form, None, operand.start, end)
        if self.next.kind in ("end", ")", ",", ";"):
            raise SyntaxMistake(
                f"Write a unit or a form behind {word.text}, for example {word.text} cm or {word.text} hex.",
                word.start, word.end,
            )  # fmt: skip
        target = self.expression(SHIFT)
        return Convert(operand, None, target, operand.start, target.end)

    def expression(self, minimum: int) -> Tree:
        """Everything that binds at least as tightly as `minimum`."""
        left = self.prefix(minimum)
        while True:
            token = self.next
            kind = token.kind
            power = INFIX.get(kind)
            operator = kind
            implied = False
            if power is None:
                if kind == "end":
                    return left
                if kind == "%":
                    operator, power = "mod", PRODUCT
                elif kind == "name":
                    operator, power, implied = self.word_between()
                elif kind in ("(", "√", "∛", "∜", "⌊", "⌈", "record") or (kind in ("number", "date") and self.closed()):
                    operator, power, implied = "*", PRODUCT, True
                elif kind == "power":
                    power = TIGHT
                    operator = "^"
                else:
                    return left
            if power < minimum or not power:
                return left
            left = self.infix(left, operator, power, implied)

    def infix(self, left: Tree, operator: str, power: int, implied: bool) -> Tree:
        at = (self.next.start, self.next.start)
        begins = self.next
        if not implied:
            token = self.advance()
            at = (token.start, token.end)
            if token.text.lower() == "divided" and self.word() == "by":
                self.advance()
            if token.kind == "power":
                return Binary("^", left, Numeral(value_of(token), token.text, 10, token.start, token.end), at)
            begins = self.next
            self.missing_behind(token)
        if power == POWER:
            self.deeper(begins)
            outer, self.in_exponent = self.in_exponent, True
            right = self.expression(SIGN)
            self.in_exponent = outer
            self.depth -= 1
        else:
            right = self.expression(power + 1)
        if operator == "npr":
            return Call("npr", (left, right), left.start, right.end, at[1])
        loose = operator == "/" and type(right) is Measure and begins.kind == "number"
        return Binary(operator, left, right, at, implied, loose)

    def word_between(self) -> tuple[str, int, bool]:
        """What a name between two operands does: an operator, the end of the expression, or a product."""
        word = self.word()
        if word in WORDS and self.next.text not in self.variables:
            operator, power = WORDS[word]
            return operator, power, False
        if word in BETWEEN and self.next.text not in self.variables and self.next.text not in self.functions:
            follows = self.ahead()
            if follows.kind != "(" or follows.spaced:
                operator, power = BETWEEN[word]
                return operator, power, False
        if word in CONVERTING:
            return ("*", PRODUCT, True) if self.inch_here() else ("", 0, False)
        return "*", PRODUCT, True

    def closed(self) -> bool:
        return self.items[self.index - 1].kind == ")"

    def prefix(self, minimum: int) -> Tree:
        token = self.next
        if token.kind in ("+", "-") or (token.kind == "name" and self.negating()):
            self.advance()
            self.missing_behind(token)
            self.deeper(token)
            operand = self.expression(max(SIGN, minimum) if minimum <= POWER else SIGN)
            self.depth -= 1
            return Unary("not" if token.kind == "name" else token.kind, operand, token.start, operand.end)
        if token.kind in ROOTS:
            self.advance()
            self.missing_behind(token)
            self.deeper(token)
            operand = self.prefix(TIGHT)
            self.depth -= 1
            return self.postfixes(Unary(token.kind, operand, token.start, operand.end))
        return self.postfixes(self.operand())

    def negating(self) -> bool:
        return self.word() == "not" and self.ahead().kind != "(" and self.next.text not in self.variables

    def postfixes(self, tree: Tree) -> Tree:
        while self.next.kind in POSTFIX or (self.word() == "percent" and "percent" not in self.variables):
            token = self.next
            if token.kind == "power":
                break
            if token.kind == "%" and self.begins_operand(self.ahead()):
                break
            self.advance()
            tree = Postfix("%" if token.kind == "name" else token.kind, tree, tree.start, token.end)
        return tree

    def begins_operand(self, token: Token) -> bool:
        if token.kind != "name":
            return token.kind in BEGINS
        word = token.text.lower()
        return token.text in self.variables or (word not in WORDS and word not in CONVERTING)

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

    def parenthesised(self) -> Tree:
        opening = self.advance()
        self.deeper(opening)
        if self.next.kind == ")":
            raise SyntaxMistake(
                "There is nothing between these parentheses. Write a number into them, or take them out.",
                opening.start, self.next.end,
            )  # fmt: skip
        outer, self.in_exponent = self.in_exponent, False
        tree = self.conversion()
        self.in_exponent = outer
        tree.start, tree.end = opening.start, self.close(opening).end
        self.depth -= 1
        return tree

    def bars(self) -> Tree:
        """`|x|` is the absolute value, `⌊x⌋` and `⌈x⌉` the next integer below and above."""
        opening = self.advance()
        closing, name = BARS[opening.kind]
        self.deeper(opening)
        tree = self.conversion()
        if self.next.kind != closing:
            what = "bar" if opening.kind == "|" else opening.kind
            raise SyntaxMistake(
                f"Close the {what} opened here with {'another ' if what == 'bar' else ''}{closing}.",
                opening.start, opening.end,
            )  # fmt: skip
        end = self.advance().end
        self.depth -= 1
        return Call(name, (tree,), opening.start, end, opening.end)

    def close(self, opening: Token) -> Token:
        if self.next.kind == ")":
            opened, closed = self.text[opening.start], self.text[self.next.start]
            if CLOSING.get(opened, closed) != closed:
                raise SyntaxMistake(
                    f"This {closed} closes a {opened}. Write {CLOSING[opened]} here.", self.next.start, self.next.end,
                    self.text[: self.next.start] + CLOSING[opened] + self.text[self.next.end :],
                )  # fmt: skip
            return self.advance()
        if self.next.kind == "end":
            missing = (
                1
                + sum(1 for each in self.items[: self.index] if each.kind == "(")
                - sum(1 for each in self.items[: self.index] if each.kind == ")")
                - 1
            )
            body = self.text[: self.next.start].rstrip()
            raise SyntaxMistake(
                "Close the parenthesis that was opened here: add ) at the end." if missing == 1 else
                f"Close the parentheses: {missing} are missing at the end.",
                opening.start, opening.end, body + ")" * missing + self.text[len(body):],
            )  # fmt: skip
        raise self.left_over()

    def named(self) -> Tree:
        token = self.advance()
        name = token.text
        lower = name.lower()
        if name not in self.variables:
            if lower == "ans" and name not in self.functions:
                return Record(None, token.start, token.end)
            if self.next.kind == "(" and name not in self.functions and lower in BASE_FORMS:
                return self.in_base(token)
            if name in self.functions or lower in FUNCTION_NAMES:
                called = self.called(token)
                if called is not None:
                    return called
            elif self.next.kind == "(" and lower not in CONSTANTS and not self.unit_named(name):
                return self.call(token)
            if lower in CONSTANTS or (lower in FUNCTION_NAMES and lower not in ANGLE_NAMES):
                return Name(lower if lower in CONSTANTS else name, token.start, token.end)
            if lower in WORDS and not self.unit_named(name):
                raise self.unexpected(token)
        joined = self.joined(token)
        return Name(joined, token.start, self.items[self.index - 1].end)

    def in_base(self, token: Token) -> Tree:
        """`hex(255)` is `255 to hex`."""
        inner = self.parenthesised()
        return Convert(inner, FORMS[token.text.lower()], None, token.start, inner.end)

    def called(self, token: Token) -> Tree | None:
        """A function with its arguments in parentheses or, for one argument, without: `sin x`, `sin² x`."""
        name = token.text
        if self.next.kind == "(":
            return self.call(token)
        if name in self.functions or name.lower() in ANGLE_NAMES:
            return None
        raised = self.raised_name(token)
        if raised is not None:
            return raised
        if not self.begins_operand(self.next) and self.next.kind != "-":
            return None
        if self.next.kind == "name" and self.unit_named(name) and self.next.text.lower() not in FUNCTION_NAMES:
            return None
        argument = self.bare_argument(token)
        return Call(name.lower(), (argument,), token.start, argument.end, token.end)

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
        while True:
            if self.next.kind in (",", ";", ")"):
                raise SyntaxMistake(
                    f"An argument of {token.text} is missing here. Write it, or take the comma out.",
                    self.next.start, self.next.end,
                )  # fmt: skip
            arguments.append(self.conversion())
            if self.next.kind not in (",", ";"):
                break
            self.advance()
        closing = self.close(opening)
        self.depth -= 1
        return Call(name, tuple(arguments), token.start, closing.end, token.end)
