"""Expressions: operands with the signs and words between, before and behind them. The grammar stands in the parser."""

from __future__ import annotations

from calcapp.engine.cursor import value_of
from calcapp.engine.mistake import SyntaxMistake
from calcapp.engine.numbers import fmpq
from calcapp.engine.operands import Operands
from calcapp.engine.operators import (
    BEGINS,
    BETWEEN,
    COMPARING,
    CONVERTING,
    ENDS,
    INFIX,
    OR,
    PAIRED,
    POSTFIX,
    POWER,
    PRODUCT,
    ROOTS,
    SAID_POWERS,
    SAID_SIGNS,
    SIGN,
    SIGNS,
    SPOKEN,
    TIGHT,
    WORDS,
)
from calcapp.engine.token import Token
from calcapp.engine.tree import Binary, Call, Measure, Numeral, Postfix, Together, Tree, Unary
from calcapp.engine.units import is_unit
from calcapp.engine.vocabulary import CONSTANTS


class Expressions(Operands):
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
                if kind in ENDS:
                    return left
                if kind == "%":
                    operator, power = "mod", PRODUCT
                elif kind == "name":
                    operator, power, implied = self.word_between()
                elif kind in BEGINS and (kind not in ("number", "date") or self.closed()):
                    operator, power, implied = "*", PRODUCT, True
                elif kind == "power":
                    power = TIGHT
                    operator = "^"
                elif kind == "|":
                    operator, power, implied = self.bar_between()
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
            if token.kind == "power":
                raised = Numeral(value_of(token), token.text, 10, token.start, token.end)
                return self.postfixes(Binary("^", left, raised, at))
            if token.kind == "name":
                said = token.text.lower()
                if said in ("divided", "multiplied") and self.word() == "by":
                    self.advance()
                if said in SAID_POWERS and operator == "^":
                    number = SAID_POWERS[said]
                    raised = Numeral(fmpq(number), str(number), 10, token.start, token.end)
                    return self.postfixes(Binary("^", left, raised, at))
            begins = self.next
            self.missing_behind(token)
        if power == POWER:
            self.deeper(begins)
            outer, self.in_exponent = self.in_exponent, True
            right = self.expression(SIGN)
            self.in_exponent = outer
            self.depth -= 1
            self.cut_off_exponent(left, right)
        else:
            right = self.expression(power + 1)
        if operator == "/" and type(right) is Measure:
            right = self.rate(left, right)
        if operator in SPOKEN:
            return self.turned_round(token, operator, left, right)
        if operator == "npr":
            return Call("npr", (left, right), left.start, right.end, at[1])
        loose = operator == "/" and begins.kind == "number" and type(first_of(right)) is Measure
        return Binary(operator, left, right, at, implied, loose)

    def rate(self, left: Tree, right: Measure) -> Tree:
        """In `100 km / 50 km/h`, the 50 km/h are one quantity before the division, as any number with its unit is."""
        found: Tree = right
        while (
            self.next.kind == "/" and self.next.start == self.items[self.index - 1].end == self.ahead().start - 1
            and self.ahead().kind == "name" and self.ahead().text not in self.variables
            and is_unit(self.ahead().text) and measured(left)
        ):  # fmt: skip
            line = self.advance()
            found = Binary("/", found, self.expression(PRODUCT + 1), (line.start, line.end))
        return found

    def cut_off_exponent(self, left: Tree, right: Tree) -> None:
        """`e^2x` is a product of x: say so."""
        factor = self.next
        if not factor.spaced and (factor.text in self.variables or factor.text.lower() in CONSTANTS):
            read = f"{self.text[left.start : right.end]} * {self.text[factor.start : factor.end]}"
            self.tokens.hints.append(f"{self.text[left.start : factor.end]} was read as {read}")

    def word_between(self) -> tuple[str, int, bool]:
        """What a name between two operands does: an operator, the end of the expression, or a product."""
        self.part_word(between=True)
        word = self.word()
        if word == "x" and self.said("x") and self.begins_operand(self.ahead()):
            hint = f"{self.next.text} was read as ×"
            if hint not in self.tokens.hints:
                self.tokens.hints.append(hint)
            return "*", PRODUCT, False
        if word in ("to", "raised") and self.to_the_power():
            return "^", POWER, False
        if word in WORDS and self.next.text not in self.variables:
            operator, power = WORDS[word]
            return operator, power, False
        if word in BETWEEN and self.next.text not in self.variables and self.next.text not in self.functions:
            follows = self.ahead()
            if follows.kind != "(" or follows.spaced:
                operator, power = BETWEEN[word]
                return operator, power, False
        if self.said("squared", "cubed"):
            return "^", TIGHT, False
        if word in SPOKEN and self.said(word):
            return word, SPOKEN[word], False
        if word in PAIRED and self.said(word) and (pair := self.pair_of_words(word)):
            return pair
        if (
            (word == "is" and self.said("is"))
            or (word == "rounded" and self.rounded_here())
            or (word == "not" and self.said_sign())
        ):
            return "", 0, False
        if word in CONVERTING:
            return ("*", PRODUCT, True) if self.inch_here() else ("", 0, False)
        return "*", PRODUCT, True

    def pair_of_words(self, word: str) -> tuple[str, int, bool] | None:
        """`20% more than 50`, `50 increased by 20%`, and the by of `10 ft by 12 ft` alone."""
        if word == "by":
            if self.until_by:
                return "", 0, False
            if not self.begins_operand(self.ahead()):
                return None
            self.tokens.hints.append(f"{self.next.text} was read as ×")
            return "*", PRODUCT, False
        second, operator, power = COMPARING[word]
        if self.ahead().text.lower() != second:
            return None
        self.advance()
        return operator, power, False

    def rounded_here(self) -> bool:
        return self.said("rounded") and self.ahead().text.lower() == "to"

    def to_the_power(self) -> bool:
        """Whether `to the power of` or `raised to` comes next; all but its last word is passed."""
        words = [self.ahead(place).text.lower() for place in range(5)]
        end = 1 if words[0] == "raised" and self.said("raised") else 0
        if words[end] != "to":
            return False
        if words[end + 1 : end + 3] == ["the", "power"]:
            end += 3 if words[end + 3 : end + 4] == ["of"] else 2
        elif not end:
            return False
        for _ in range(end):
            self.advance()
        return True

    def bar_between(self) -> tuple[str, int, bool]:
        """`5 | 3` combines bits, `2|x|` is a product, and a bar that was opened before is closed."""
        follows = self.ahead()
        if self.in_bars or follows.kind in ("end", ")", "|", ",", ";"):
            return "", 0, False
        depth, closing = 0, None
        for place in range(self.index + 1, len(self.items)):
            kind = self.items[place].kind
            depth += (kind == "(") - (kind == ")")
            if depth < 0 or (kind == "|" and depth == 0):
                closing = place if kind == "|" else None
                break
        if closing is None or (self.next.spaced and follows.spaced):
            return "or", OR, False
        return ("", 0, False) if self.begins_operand(self.items[closing + 1]) else ("*", PRODUCT, True)

    def closed(self) -> bool:
        return self.items[self.index - 1].kind == ")"

    def prefix(self, minimum: int) -> Tree:
        token = self.next
        kind = token.kind
        operator = kind if kind in SIGNS else self.said_sign() if kind == "name" else ""
        if operator:
            self.advance()
            self.missing_behind(token)
            self.deeper(token)
            operand = self.expression(max(SIGN, minimum) if minimum <= POWER else SIGN)
            self.depth -= 1
            return Unary(operator, operand, token.start, operand.end)
        if kind == "power" and self.ahead().kind == "√":
            return self.nth_root()
        if kind in ROOTS:
            self.advance()
            self.missing_behind(token)
            self.deeper(token)
            operand = self.prefix(TIGHT)
            self.depth -= 1
            return self.postfixes(Unary(kind, operand, token.start, operand.end))
        return self.postfixes(self.operand())

    def nth_root(self) -> Tree:
        """`³√8`, as it is written by hand."""
        degree = self.advance()
        sign = self.advance()
        self.missing_behind(sign)
        self.deeper(sign)
        operand = self.prefix(TIGHT)
        self.depth -= 1
        count = Numeral(value_of(degree), degree.text, 10, degree.start, degree.end)
        return self.postfixes(Call("root", (operand, count), degree.start, operand.end, sign.end))

    def said_sign(self) -> str:
        """The sign that is said before an operand, or nothing."""
        sign = SAID_SIGNS.get(self.next.text.lower())
        if sign is None or not self.said(*SAID_SIGNS) or (sign == "not" and self.ahead().kind == "("):
            return ""
        return sign

    def postfixes(self, tree: Tree) -> Tree:
        while True:
            token = self.next
            if token.kind == "name":
                behind = self.said_behind(tree)
                if behind is None:
                    return tree
                tree = behind
            elif token.kind in POSTFIX and not (token.kind == "%" and self.divides()):
                self.advance()
                if token.kind[0] == "!" and self.next.kind in ("!", "!!") and self.next.start == token.end:
                    raise self.too_many_factorials(token)
                tree = Postfix(token.kind, tree, tree.start, token.end)
                if token.kind == "%" and self.next.kind == "name":
                    self.pass_purpose()
            else:
                return tree

    def divides(self) -> bool:
        """Whether the % that comes next is a remainder."""
        return self.begins_operand(self.ahead()) and not self.purpose(self.ahead())

    def too_many_factorials(self, token: Token) -> SyntaxMistake:
        """`5!!!` is 5·2 to some, and the factorial of 15 to others."""
        end = self.next.end
        while self.text[end : end + 1] == "!":
            end += 1
        return SyntaxMistake(
            "More than two factorial signs are read in two ways. Write parentheses between them.", token.start, end
        )

    def said_behind(self, tree: Tree) -> Tree | None:
        """`10 percent`, `5 factorial`, `3 days ago`."""
        if self.said("percent") or (self.said("per") and self.ahead().text.lower() == "cent"):
            if self.advance().text.lower() == "per":
                self.advance()
            tree = Postfix("%", tree, tree.start, self.items[self.index - 1].end)
            self.pass_purpose()
            return tree
        if self.said("factorial") and not self.begins_operand(self.ahead()) and self.ahead().text != "of":
            return Postfix("!", tree, tree.start, self.advance().end)
        if self.said("ago") and type(tree) in (Measure, Together):
            return self.ago(tree)
        return None


def first_of(tree: Tree) -> Tree:
    """The 50 km of 50 km/h."""
    while type(tree) is Binary and tree.operator == "/":
        tree = tree.left
    return tree


def measured(tree: Tree) -> bool:
    """Whether this may have a unit: not `1/2` in `1/2 km/h`."""
    match tree:
        case Numeral():
            return False
        case Binary():
            return measured(tree.left) or measured(tree.right)
        case Unary() | Postfix():
            return measured(tree.operand)
    return True
