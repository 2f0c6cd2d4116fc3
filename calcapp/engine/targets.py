"""What stands behind `to`: a form, or the unit or units to convert to. The grammar stands in the parser."""

from __future__ import annotations

from calcapp.engine.cursor import value_of
from calcapp.engine.expressions import Expressions
from calcapp.engine.mistake import SyntaxMistake
from calcapp.engine.numbers import fmpq
from calcapp.engine.operators import CONVERTING, ENDS, INFIX, SUM
from calcapp.engine.spoken import share, side_by_side
from calcapp.engine.token import Token
from calcapp.engine.tree import Binary, Call, Convert, Measure, Name, Numeral, Together, Tree
from calcapp.engine.units import LENGTH, find, is_unit
from calcapp.engine.vocabulary import CONSTANTS, FORMS

PLACES = frozenset(("dp", "decimal", "decimals", "place", "places"))
PRIMES = {"′": "ft", "″": "in"}
IN_PARTS = {"hms": ("h", "min", "s"), "dms": ("deg", "arcmin", "arcsec")}


class Targets(Expressions):
    def conversion(self) -> Tree:
        tree = self.expression(0)
        while self.next.kind == "name" and (
            (said := self.word()) in CONVERTING or (said == "rounded" and self.rounded_here())
        ):
            if said == "rounded":
                self.advance()
            word = self.advance()
            tree = self.target(tree, word)
            if self.next.kind in INFIX:
                raise self.part_of_target(tree, self.next)
        return tree

    def target(self, operand: Tree, word: Token) -> Tree:
        if self.said("a") and FORMS.get(self.ahead().text.lower()) == "percent":
            self.advance()
        if self.next.kind == "number" and self.ahead().text.lower() in PLACES:
            return self.rounded(operand)
        form = FORMS.get(self.word() or self.next.kind)
        if form == "base" and self.ahead().kind == "number":
            self.advance()
            number = self.advance()
            base = number.value
            if not (isinstance(base, fmpq) and base.q == 1 and 2 <= base <= 36):
                raise SyntaxMistake("Bases go from 2 to 36.", number.start, number.end)
            return Convert(operand, f"base {base}", None, operand.start, number.end)
        if form == "base" and self.said("base"):
            raise SyntaxMistake("Write a base from 2 to 36 behind base, as in to base 7.", word.start, self.next.end)
        if form is not None and form != "base" and self.next.text not in self.variables:
            end = self.advance().end
            if form == "percent" and self.said("of"):
                self.advance()
                return share(operand, self.expression(SUM + 1))
            return Convert(operand, form, None, operand.start, end)
        if self.next.kind in ENDS:
            raise SyntaxMistake(
                f"Write a unit or a form behind {word.text}, for example {word.text} cm or {word.text} hex.",
                word.start, word.end,
            )  # fmt: skip
        operand, target = self.in_feet(*self.of_temperature(operand, self.units_wanted(operand)))
        return Convert(operand, None, target, operand.start, target.end)

    def rounded(self, operand: Tree) -> Tree:
        """`to 2 decimal places`."""
        number = self.advance()
        places = Numeral(value_of(number), number.text, 10, number.start, number.end)
        if self.advance().text.lower() == "decimal" and self.said("place", "places"):
            self.advance()
        return Call("round", (operand, places), operand.start, self.items[self.index - 1].end, number.end)

    def of_temperature(self, operand: Tree, target: Tree) -> tuple[Tree, Tree]:
        """`100 f to c`: f and k are no units, so they are meant for °F and K."""
        if type(target) is Name:
            target = self.scale(target) or target
            if type(operand) is Binary and operand.implied and type(operand.right) is Name:
                scale = self.scale(operand.right)
                if scale is not None:
                    unit = ((scale.name, 1, scale.start, scale.end),)
                    operand = Measure(operand.left, unit, operand.start, operand.end)
        return operand, target

    def scale(self, name: Name) -> Name | None:
        meant = {"f": "°F", "k": "K"}.get(name.name)
        if meant is None or name.name in self.variables | self.functions:
            return None
        self.tokens.hints.append(f"{name.name} was read as {meant}")
        return Name("degF" if name.name == "f" else "K", name.start, name.end)

    def in_feet(self, operand: Tree, target: Tree) -> tuple[Tree, Tree]:
        """`5′11″ to cm`: the signs are those of feet and inches where a length is asked for."""
        if "′" not in self.text and "″" not in self.text:
            return operand, target
        parts = operand.parts if type(operand) is Together else (operand,)
        first = target
        while type(first) is Binary:
            first = first.left
        unit = find(first.name) if type(first) is Name else None
        if unit is None or unit.dimension != LENGTH or not all(type(each) is Measure for each in parts):
            return operand, target
        found: list[Tree] = []
        for each in parts:
            assert type(each) is Measure  # noqa: S101 - looked at above
            _, exponent, start, end = each.units[0]
            if len(each.units) > 1 or exponent != 1 or self.text[start] not in PRIMES:
                return operand, target
            found.append(Measure(each.number, ((PRIMES[self.text[start]], 1, start, end),), each.start, each.end))
        return (found[0] if len(found) == 1 else Together(tuple(found), operand.start, operand.end)), target

    def units_wanted(self, operand: Tree) -> Tree:
        """A unit such as km/h, or units that share a quantity: `ft in`, `ft and in`, `ft + in`."""
        if self.word() in IN_PARTS and self.next.text not in self.variables:
            return self.written_out(self.advance())
        if self.next.kind == "°":
            self.next = self.items[self.index] = Token("name", "deg", self.next.start, self.next.end)
        target = self.units_in_a_row() or self.expression(SUM + 1)
        if not self.measured_in(target):
            raise SyntaxMistake(
                "Only a unit belongs behind to, as in to cm or to L/(100 km). To see how many times one goes into "
                "another, divide.", target.start, target.end,
            )  # fmt: skip
        while self.next.kind == "+" or self.word() == "and":
            sign = self.advance()
            if self.next.kind != "name" or not is_unit(self.next.text) or self.next.text in self.variables:
                raise self.part_of_target(operand, sign)
            name = self.advance()
            right = Name(self.joined(name), name.start, self.items[self.index - 1].end)
            target = Binary("+", target, right, (sign.start, sign.end))
        return target

    def units_in_a_row(self) -> Tree | None:
        """`month day`, where both words are functions elsewhere; None where anything but units follows."""
        place, begins = self.index, self.next
        names: list[Tree] = []
        while self.next.kind == "name" and is_unit(self.next.text) and self.next.text not in self.variables:
            name = self.advance()
            names.append(Name(self.joined(name), name.start, self.items[self.index - 1].end))
        if len(names) < 2 or self.next.kind in ("^", "power", "*", "/", "("):
            self.index, self.next = place, begins
            return None
        return side_by_side(names)

    def written_out(self, token: Token) -> Tree:
        return side_by_side([Name(each, token.start, token.end) for each in IN_PARTS[token.text.lower()]])

    def measured_in(self, tree: Tree, below: bool = False) -> bool:
        """Whether this can be a unit. A number has its place below the line, as in L/(100 km)."""
        match tree:
            case Name():
                return tree.name.lower() not in CONSTANTS
            case Numeral():
                return below or tree.value == 1
            case Measure():
                return self.measured_in(tree.number, below)
            case Binary(operator="*"):
                return self.measured_in(tree.left, below) and self.measured_in(tree.right, below)
            case Binary(operator="/"):
                return self.measured_in(tree.left, below) and self.measured_in(tree.right, True)
            case Binary(operator="^"):
                return self.measured_in(tree.left, below)
        return False

    def part_of_target(self, operand: Tree, sign: Token) -> SyntaxMistake:
        """`3 kg to g + 5 g`: a conversion is the last thing that is done."""
        converted = self.text[operand.start : sign.start].rstrip()
        meant = f"({converted}) {self.text[sign.start :]}"
        return SyntaxMistake(
            "A conversion comes last. To go on calculating, put it into parentheses.", sign.start, sign.end,
            self.text[: operand.start] + meant,
        )  # fmt: skip
