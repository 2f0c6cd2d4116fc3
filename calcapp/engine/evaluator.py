"""Trees worked out to values: exact numbers, quantities, percentages, days and words."""

from __future__ import annotations

from collections.abc import Callable

from calcapp.engine import calendar_rules, functions
from calcapp.engine.arithmetic import multiply, negative
from calcapp.engine.bits import bits_not
from calcapp.engine.converting import Converting
from calcapp.engine.dimensions import written
from calcapp.engine.form import UNIT, Exact
from calcapp.engine.meaning import MINUTES, meant
from calcapp.engine.mistake import Mistake, TooLarge, UnitMismatch
from calcapp.engine.numbers import fmpq
from calcapp.engine.products import product_of
from calcapp.engine.quantity import DAYS, Quantity, countable, counted, measure, sum_of
from calcapp.engine.scope import known_unit
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
from calcapp.engine.value import Share, Value, number_of

DEEPEST_TREE = 150
TIME = written("s")
PERCENT = fmpq(1, 100)


class Evaluator(Converting):
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
            if not countable(value):
                raise UnitMismatch("This has a unit already. Take the ° out.")
            return measure(number_of(value, tree.operand), unit)
        number = number_of(value, tree.operand)
        if tree.operator == "%":
            return Share(multiply(number, PERCENT))
        if tree.operator == "‰":
            return Share(multiply(number, fmpq(1, 1000)))
        return functions.plain("fact" if tree.operator == "!" else "dfact")(number)

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
                result = Quantity(result, bare.units, DAYS if name in ("day", "days") else None)
            else:
                try:
                    result = product_of(result, bare)
                except Mistake as mistake:
                    raise mistake.placed(start, end) from None
        squared = isinstance(result, Quantity) and result.units[0][1] != 1
        return counted(result) if squared and countable(result) else result

    def together(self, tree: Together) -> Value:
        total = self.value(tree.parts[0])
        for part in tree.parts[1:]:
            value = self.value(part)
            if isinstance(total, Quantity) and isinstance(value, Quantity) and total.dimension == TIME:
                minutes = meant(value, MINUTES)
                if minutes is not None:
                    value = minutes
                    self.understood.minutes |= {id(part)}
                    self.hint("m was read as min")
            if not isinstance(total, Quantity) or not isinstance(value, Quantity) or total.dimension != value.dimension:
                raise UnitMismatch(
                    "Quantities side by side add up, and these are of different kinds. Write the sign between them.",
                    tree.start, tree.end,
                )  # fmt: skip
            total = sum_of(total, value, False)
        return total


_RULES: dict[type, Callable[..., Value]] = {
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
