"""Trees worked out to values: exact numbers, quantities, percentages, days and words."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flint import fmpq

from calcapp.engine import calendar_rules, functions, power
from calcapp.engine.arithmetic import add, multiply, negative, subtract
from calcapp.engine.bits import bits_and, bits_not, bits_or, bits_xor, shift_down, shift_up
from calcapp.engine.calls import Calls, unshared
from calcapp.engine.counting import ncr
from calcapp.engine.division import divide
from calcapp.engine.form import UNIT, ZERO, Exact
from calcapp.engine.mistake import DividedByZero, Mistake, SyntaxMistake, TooLarge, UnitMismatch
from calcapp.engine.quantity import (
    Quantity,
    converted,
    described,
    measure,
    mismatch,
    plain,
    product_of,
    same_unit,
    sum_of,
    to_power,
    unit_text,
)
from calcapp.engine.reading import Reader
from calcapp.engine.scope import known_unit
from calcapp.engine.sign import is_zero
from calcapp.engine.special import fact
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
    Together,
    Tree,
    Unary,
)
from calcapp.engine.value import Day, Share, Value, Word, number_of
from calcapp.engine.work import charge

DEEPEST_TREE = 150
PERCENT = fmpq(1, 100)


class Evaluator(Calls):
    """Works out one calculation; each kind of tree is one rule."""

    def value(self, tree: Tree) -> Value:
        if type(tree) is Numeral:
            return tree.value
        self.depth += 1
        if self.depth > DEEPEST_TREE:
            raise TooLarge("This is nested too deeply. Work it out in parts.", tree.start, tree.end)
        try:
            return _RULES[type(tree)](self, tree)
        except Mistake as mistake:
            raise mistake.placed(tree.start, tree.end) from None
        finally:
            self.depth -= 1

    def number(self, tree: Tree) -> Exact:
        return number_of(self.value(tree), tree)

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
        return left

    def link(self, tree: Binary, left: Value) -> Value:
        charge(40)
        operator = tree.operator
        if type(left) is Day and type(tree.right) is Together and operator in "+-":
            told = len(self.hints)
            moved = self.moved_by_parts(tree, left)
            del self.hints[told:]
            return moved
        if operator == "of" and not isinstance(left, Share | fmpq):
            raise SyntaxMistake("Write a percentage or a fraction before of, as in 8% of 50.", *tree.at)
        told = len(self.hints)
        right = self.value(tree.right)
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
        if operator in ("+", "-"):
            if not isinstance(left, Quantity) or not isinstance(right, Quantity):
                raise mismatch(left, right, "added" if operator == "+" else "subtracted")
            return sum_of(left, right, operator == "-")
        if operator in ("*", "of"):
            return product_of(left, right)
        if operator == "/":
            if is_zero(right.number if isinstance(right, Quantity) else right):
                raise DividedByZero("Nothing can be divided by zero.")
            if tree.loose and not isinstance(left, Quantity) and isinstance(right, Quantity):
                self.understood.fractions.add(id(tree))
                if not right.offset:
                    return Quantity(divide(left, right.number), right.units)
            return product_of(left, right, over=True)
        if operator == "^":
            if isinstance(right, Quantity):
                raise UnitMismatch(f"An exponent is a plain number, and {unit_text(right)} is {described(right)}.")
            assert isinstance(left, Quantity)  # noqa: S101 - one of the two has units
            return to_power(left, right)
        if operator in ("mod", "//"):
            numbers, units = same_unit([left, right])
            found = functions.PLAIN["mod" if operator == "mod" else "div"](*numbers)
            return Quantity(found, units) if operator == "mod" else found
        raise UnitMismatch(f"{operator} takes plain whole numbers, without units.")

    def moved_by_parts(self, tree: Binary, left: Day) -> Value:
        assert isinstance(tree.right, Together)  # noqa: S101 - the caller has seen to it
        result: Value = left
        for part in tree.right.parts:
            result = calendar_rules.combined(tree.operator, result, self.value(part))
        return result

    def unary(self, tree: Unary) -> Value:
        value = self.value(tree.operand)
        operator = tree.operator
        if operator == "+":
            return value
        if operator == "-":
            if isinstance(value, Quantity):
                return Quantity(negative(value.number), value.units, value.label)
            if isinstance(value, Share):
                return Share(negative(value.number))
            return negative(number_of(value, tree.operand))
        if operator == "not":
            return bits_not(number_of(value, tree.operand))
        return self.applied(
            {"√": "sqrt", "∛": "cbrt", "∜": "root"}[operator],
            [value] if operator != "∜" else [value, fmpq(4)],
            tree,
        )

    def postfix(self, tree: Postfix) -> Value:
        value = self.value(tree.operand)
        if tree.operator == "°":
            unit = known_unit("deg")
            if isinstance(value, Quantity):
                raise UnitMismatch("This has a unit already. Take the ° out.")
            return measure(number_of(value, tree.operand), unit)
        number = number_of(value, tree.operand)
        if tree.operator == "%":
            return Share(multiply(number, PERCENT))
        if tree.operator == "‰":
            return Share(multiply(number, fmpq(1, 1000)))
        return fact(number) if tree.operator == "!" else functions.PLAIN["dfact"](number)

    def date(self, tree: DateLiteral) -> Value:
        return calendar_rules.literal(tree.text)

    def measure(self, tree: Measure) -> Value:
        value = self.value(tree.number)
        result: Quantity | Exact = number_of(value, tree.number)
        for name, exponent, start, end in tree.units:
            unit = known_unit(name)
            if unit.note:
                self.hint(unit.note)
            bare = measure(UNIT, unit, exponent)
            if exponent == 1 and len(tree.units) == 1 and not isinstance(result, Quantity):
                result = Quantity(result, bare.units, "days" if name in ("day", "days") else None)
            else:
                try:
                    result = product_of(result, bare)
                except Mistake as mistake:
                    raise mistake.placed(start, end) from None
        return result

    def together(self, tree: Together) -> Value:
        total = self.value(tree.parts[0])
        for part in tree.parts[1:]:
            value = self.value(part)
            if not isinstance(total, Quantity) or not isinstance(value, Quantity) or total.dimension != value.dimension:
                raise UnitMismatch(
                    "Quantities side by side add up, and these are of different kinds. Write the sign between them.",
                    tree.start, tree.end,
                )  # fmt: skip
            total = sum_of(total, value, False)
        return total

    # Conversions

    def convert(self, tree: Convert) -> Value:
        value = self.value(tree.operand)
        if tree.form is not None:
            if isinstance(value, Day | Word):
                raise UnitMismatch(f"Only numbers can be shown as {tree.form}.", tree.operand.start, tree.operand.end)
            if tree.form == "percent" and not isinstance(value, Share):
                return Share(number_of(value, tree.operand))
            if isinstance(value, Share):
                return value.number if tree.form != "percent" else value
            return value
        assert tree.target is not None  # noqa: S101 - a conversion has a form or a target
        if isinstance(value, Day | Word):
            raise UnitMismatch("A day has no unit to convert. Subtract two days to get a number of days.")
        target = self.value(tree.target)
        if not isinstance(target, Quantity):
            raise UnitMismatch("Write a unit behind to, for example to cm.", tree.target.start, tree.target.end)
        if (isinstance(target.number, fmpq) and target.number != 1) or len(target.units) > 1:
            target.label = Reader(self.understood).target(tree)
        if is_zero(target.number):
            raise DividedByZero("Nothing can be converted to zero units.")
        if isinstance(target.number, fmpq) and target.number < 0:
            raise UnitMismatch(
                "A unit to convert to has no minus sign. Take it out.", tree.target.start, tree.target.end
            )
        value = unshared(value, tree.operand)
        if isinstance(value, Quantity) and value.dimension != target.dimension:
            value, target = self.temperatures(value, target)
        found = converted(value, target)
        return found if found.units else plain(found)

    def temperatures(self, value: Quantity, target: Quantity) -> tuple[Quantity, Quantity]:
        """Nobody converts coulombs into farads: `20 C to F` is about temperatures."""
        scales = [as_temperature(value), as_temperature(target)]
        if scales[0] is None or scales[1] is None:
            return value, target
        self.hint("C and F were read as °C and °F")
        return scales[0], scales[1]


def as_temperature(value: Quantity) -> Quantity | None:
    if len(value.units) != 1 or value.units[0][1] != 1:
        return None
    unit = value.units[0][0]
    if unit.symbol in ("C", "F"):
        return Quantity(value.number, measure(UNIT, known_unit(unit.meant or unit.symbol)).units)
    return value if unit.dimension == known_unit("K").dimension else None


def _divided(left: Exact, right: Exact) -> Exact:
    if is_zero(right):
        raise DividedByZero("Nothing can be divided by zero.")
    return divide(left, right)


_OPERATORS: dict[str, Callable[[Exact, Exact], Exact]] = {
    "+": add, "-": subtract, "*": multiply, "/": _divided, "^": power.raised, "mod": functions.mod, "of": multiply,
    "//": functions.quotient, "and": bits_and, "or": bits_or, "xor": bits_xor, "<<": shift_up, ">>": shift_down,
    "choose": ncr,
}  # fmt: skip
_RULES: dict[type, Callable[[Evaluator, Any], Value]] = {
    Binary: Evaluator.binary,
    Unary: Evaluator.unary,
    Postfix: Evaluator.postfix,
    Name: Evaluator.name,
    Record: Evaluator.record,
    Call: Evaluator.call,
    Measure: Evaluator.measure,
    Together: Evaluator.together,
    Convert: Evaluator.convert,
    DateLiteral: Evaluator.date,
    Let: Evaluator.let,
    Define: Evaluator.define,
}

__all__ = ["ZERO", "Evaluator"]
