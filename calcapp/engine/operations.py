"""Two values put together by the sign or word between them."""

from __future__ import annotations

from collections.abc import Callable

from calcapp.engine import calendar_rules, functions, power
from calcapp.engine.arithmetic import add, multiply, subtract
from calcapp.engine.bits import bits_and, bits_or, bits_xor, shift_down, shift_up
from calcapp.engine.calls import Calls, unshared
from calcapp.engine.cancelling import as_typed
from calcapp.engine.counting import ncr
from calcapp.engine.division import divide
from calcapp.engine.form import UNIT, Exact
from calcapp.engine.mistake import DividedByZero, Mistake, SyntaxMistake, UnitMismatch
from calcapp.engine.numbers import fmpq
from calcapp.engine.products import named, product_of, to_power
from calcapp.engine.quantity import (
    RADIAN,
    Quantity,
    countable,
    counted,
    described,
    measure,
    mismatch,
    same_unit,
    sum_of,
    unit_text,
)
from calcapp.engine.reading import Reader
from calcapp.engine.scope import known_unit
from calcapp.engine.sign import is_zero
from calcapp.engine.tree import Binary, Measure, Name, Numeral, Together, Tree
from calcapp.engine.units import find
from calcapp.engine.value import Day, Share, Value, Word, number_of
from calcapp.engine.work import charge


class Operations(Calls):
    def binary(self, tree: Binary) -> Value:
        """The left spine is walked without recursion, so that a long sum cannot overflow the stack."""
        spine: Tree = tree
        chain: list[Binary] = []
        while type(spine) is Binary:
            chain.append(spine)
            spine = spine.left
        left = self.value(spine)
        for link in reversed(chain):
            left = self.link(link, left)
        if type(left) is Quantity and any(link.operator in ("*", "/") and numbered(link.right) for link in chain):
            return named(as_typed(left, tree) if len(chain) > 1 else left)
        return left

    def link(self, tree: Binary, left: Value) -> Value:
        charge(40)
        operator = tree.operator
        if type(left) is Day and type(tree.right) is Together and operator in "+-":
            told = len(self.hints)
            moved = self.moved_by_parts(tree, left, tree.right)
            del self.hints[told:]
            return moved
        if operator == "of" and not isinstance(left, Share | fmpq) and not (type(left) is Quantity and countable(left)):
            raise SyntaxMistake("Write a percentage or a fraction before of, as in 8% of 50.", *tree.at)
        told = len(self.hints)
        right = self.value(tree.right)
        if type(right) is Day and type(tree.left) is Together and operator == "+":
            return self.moved_by_parts(tree, right, tree.left)
        if type(left) is Day:
            del self.hints[told:]  # months are those of the calendar here
        try:
            return self.combined(tree, operator, left, right)
        except Mistake as mistake:
            raise mistake.placed(*(tree.at if tree.at[0] < tree.at[1] else (tree.start, tree.end))) from None

    def combined(self, tree: Binary, operator: str, left: Value, right: Value) -> Value:
        if (type(left) is fmpq and type(right) is fmpq) or (isinstance(left, Exact) and isinstance(right, Exact)):
            if operator == "^":
                self.power_hints(tree, left, right)
            return _OPERATORS[operator](left, right)
        if isinstance(right, Share) and operator in ("+", "-"):
            return self.relative(tree, operator, left, right)
        if isinstance(left, Day) and isinstance(right, Day):
            self.understood.between[id(tree)] = (left.date, right.date)
        if isinstance(left, Day) or isinstance(right, Day):
            return calendar_rules.combined(operator, left, right)
        first, second = unshared(left, tree.left), unshared(right, tree.right)
        if not isinstance(first, Quantity) and not isinstance(second, Quantity):
            return _OPERATORS[operator](first, second)
        return self.with_units(tree, operator, first, second)

    def relative(self, tree: Binary, operator: str, left: Value, right: Share) -> Value:
        """a + b% is a·(1 + b/100); percentages alone add up."""
        if isinstance(left, Share):
            return Share(_OPERATORS[operator](left.number, right.number))
        if isinstance(left, Day | Word):
            raise UnitMismatch("A percentage cannot be added to a day. Write a number of days, as in 30 days.")
        part = add(UNIT, right.number) if operator == "+" else subtract(UNIT, right.number)
        reader = Reader(self.understood)
        base, share = reader.text(tree.left)[0], reader.inside(tree.right, 40)
        if len(base) <= 40:
            whole = base if len(base.split()) == 1 else f"({base})"
            self.hint(f"read as {base} {operator} {share} of {whole}")
        return (
            Quantity(multiply(left.number, part), left.units, left.label)
            if isinstance(left, Quantity)
            else multiply(left, part)
        )

    def power_hints(self, tree: Binary, base: Exact, exponent: Exact) -> None:
        """0^0 and roots of negative numbers are read in one of several ways: say which."""
        if not isinstance(exponent, fmpq) or not isinstance(base, fmpq) or base > 0:
            return
        if base == 0 and exponent == 0:
            self.hint("0^0 is 1 here, as in most calculators")
        elif base < 0 and exponent.q == 3 and exponent.p == 1:
            self.hint(f"the principal value, which is complex; cbrt({base}) is the real root")
        elif base < 0 and exponent.q % 2 == 1 and exponent.q > 1:
            self.hint(f"the principal value, which is complex; root(x, {exponent.q}) is the real root")

    def with_units(self, tree: Binary, operator: str, left: Quantity | Exact, right: Quantity | Exact) -> Value:
        both = isinstance(left, Quantity) and isinstance(right, Quantity)
        if operator not in ("*", "of", "/") and not both and countable(left) and countable(right):
            return _OPERATORS[operator](counted(left), counted(right))
        if operator in ("+", "-"):
            return self.sum_with_units(tree, operator, left, right)
        self.scale_hint(tree, left, right)
        if operator == "of" and countable(left):
            left = counted(left)
            if not isinstance(right, Quantity):
                return multiply(left, right)
        if operator in ("*", "of"):
            return product_of(left, right)
        if operator == "/":
            return self.ratio(tree, left, right)
        if operator == "^":
            if isinstance(right, Quantity):
                raise UnitMismatch(f"An exponent is a plain number, and {unit_text(right)} is {described(right)}.")
            assert isinstance(left, Quantity)  # noqa: S101 - one of the two has units
            return to_power(left, right)
        if operator in ("mod", "//"):
            numbers, units = same_unit([left, right])
            found = functions.plain("mod" if operator == "mod" else "div")(*numbers)
            return Quantity(found, units) if operator == "mod" else found
        raise UnitMismatch(f"{operator} takes plain whole numbers, without units.")

    def ratio(self, tree: Binary, left: Quantity | Exact, right: Quantity | Exact) -> Value:
        if is_zero(right.number if isinstance(right, Quantity) else right):
            raise DividedByZero("Nothing can be divided by zero.")
        if tree.loose and not isinstance(left, Quantity) and isinstance(right, Quantity):
            return self.fraction(tree, left, right)
        if tree.loose and isinstance(tree.right, Binary):
            rate = Reader(self.understood).text(tree.right)[0].replace(" / ", "/")
            self.hint(f"{rate} was read as one quantity")
        return product_of(left, right, over=True)

    def fraction(self, tree: Binary, left: Exact, right: Quantity) -> Quantity:
        """`1/2 mile` is half a mile, and `1/2 million km` are 500,000 km."""
        first = tree.right
        while isinstance(first, Binary):  # the 50 km of 50 km/h
            first = first.left
        assert isinstance(first, Measure)  # noqa: S101 - else the division is not loose
        self.understood.fractions |= {id(tree)}
        below = number_of(self.value(first.number), first.number)
        return Quantity(multiply(divide(left, below), divide(right.number, below)), right.units, right.label)

    def sum_with_units(self, tree: Binary, operator: str, left: Quantity | Exact, right: Quantity | Exact) -> Value:
        if isinstance(left, Quantity) and isinstance(right, Quantity):
            if operator == "-" and left.offset and right.offset:
                self.understood.differences |= {id(tree)}
            return sum_of(left, right, operator == "-")
        if self.degrees and any(isinstance(each, Quantity) and each.dimension == RADIAN for each in (left, right)):
            return sum_of(self.in_degrees(left, tree.left), self.in_degrees(right, tree.right), operator == "-")
        raise mismatch(left, right, "added" if operator == "+" else "subtracted")

    def in_degrees(self, value: Quantity | Exact, tree: Tree) -> Quantity:
        """The 180 of `180 - asin(0.5)`, for who prefers degrees."""
        if isinstance(value, Quantity):
            return value
        self.understood.beside_degrees |= {id(tree)}
        self.hint("angles are in degrees")
        return measure(value, known_unit("deg"))

    def scale_hint(self, tree: Binary, *values: Quantity | Exact) -> None:
        """20 °C is 293.15 K by itself, but 20 K in 4 J/K · 20 °C: say which was meant where it matters."""
        for value, part in zip(values, (tree.left, tree.right), strict=True):
            if isinstance(value, Quantity) and value.offset and type(part) is not Name and tree.operator in "*/^of":
                other = values[1] if value is values[0] else values[0]
                if isinstance(other, Quantity) or tree.operator == "^":
                    self.hint(
                        f"in a product {unit_text(value)} counts degrees as K does; "
                        "convert to K first where the temperature itself is meant"
                    )

    def moved_by_parts(self, tree: Binary, day: Day, moves: Together) -> Value:
        result: Value = day
        for part in moves.parts:
            result = calendar_rules.combined(tree.operator, result, self.value(part))
        return result


def numbered(tree: Tree) -> bool:
    """Whether this is a quantity, and neither a number nor a unit such as the s^2 of 9.81 m/s^2."""
    match tree:
        case Numeral():
            return False
        case Name():
            return find(tree.name) is None
        case Binary(operator="^"):
            return numbered(tree.left)
        case Binary(operator="*" | "/"):
            return numbered(tree.left) or numbered(tree.right)
    return True


def _divided(left: Exact, right: Exact) -> Exact:
    if is_zero(right):
        raise DividedByZero("Nothing can be divided by zero.")
    return divide(left, right)


_OPERATORS: dict[str, Callable[[Exact, Exact], Exact]] = {
    "+": add, "-": subtract, "*": multiply, "/": _divided, "^": power.raised, "mod": functions.mod, "of": multiply,
    "//": functions.quotient, "and": bits_and, "or": bits_or, "xor": bits_xor, "<<": shift_up, ">>": shift_down,
    "choose": ncr,
}  # fmt: skip
