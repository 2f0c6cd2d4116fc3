"""Trees worked out to values."""

from __future__ import annotations

from flint import fmpq, fmpz

from calcapp.engine.known import Known
from calcapp.engine.mistake import DividedByZero, Mistake, OutOfDomain, TooLarge, UnknownName
from calcapp.engine.parser import parse
from calcapp.engine.tree import Binary, Call, Let, Name, Numeral, Postfix, Record, Tree, Unary

LARGEST_BITS = 200_000


class Evaluator:
    def __init__(self, known: Known) -> None:
        self.known = known
        self.scope: dict[str, fmpq] = {}
        self.used: set[int] = set()
        self.names_used: set[str] = set()

    def value(self, tree: Tree) -> fmpq:
        if isinstance(tree, Numeral):
            return tree.value
        if isinstance(tree, Binary):
            return self.binary(tree)
        if isinstance(tree, Unary) and tree.operator in "+-":
            value = self.value(tree.operand)
            return -value if tree.operator == "-" else value
        if isinstance(tree, Postfix):
            value = self.value(tree.operand)
            if tree.operator == "%":
                return value / 100
            if tree.operator == "!" and value.q == 1 and 0 <= value <= 5000:
                return fmpq(fmpz.fac_ui(int(value.p)))
        if isinstance(tree, Record):
            return self.record(tree)
        if isinstance(tree, Let):
            self.scope[tree.name] = value = self.value(tree.value)
            return value
        if isinstance(tree, Name) and tree.name in self.scope:
            return self.scope[tree.name]
        if isinstance(tree, Name) and tree.name in self.known.names:
            self.names_used.add(tree.name)
            return self.value(parse(self.known.names[tree.name]).statements[-1])
        if isinstance(tree, Name):
            raise UnknownName(f"{tree.name} is not a name I know.", tree.start, tree.end)
        if isinstance(tree, Call) and tree.name == "sqrt" and len(tree.arguments) == 1:
            value = self.value(tree.arguments[0])
            if value >= 0 and value.p.is_square() and value.q.is_square():
                return fmpq(value.p.isqrt(), value.q.isqrt())
        raise UnknownName("This is being built.", tree.start, tree.end)

    def record(self, tree: Record) -> fmpq:
        number = self.known.last if tree.number is None else tree.number
        if number is None or number not in self.known.records:
            raise UnknownName(
                self.known.gone.get(number or 0, "There is no such record."), tree.start, tree.end
            )
        self.used.add(number)
        return self.value(parse(self.known.records[number]).statements[-1])

    def binary(self, tree: Binary) -> fmpq:
        left, right = self.value(tree.left), self.value(tree.right)
        operator = tree.operator
        if operator in "+-" and isinstance(tree.right, Postfix) and tree.right.operator == "%":
            if not (isinstance(tree.left, Postfix) and tree.left.operator == "%"):
                right = left * right
        if operator == "+":
            return left + right
        if operator == "-":
            return left - right
        if operator in ("*", "of"):
            return left * right
        if operator in ("/", "mod"):
            if right == 0:
                raise DividedByZero("Nothing can be divided by zero.", *tree.at)
            return left / right if operator == "/" else left - right * (left / right).floor()
        if operator == "^" and right.q == 1:
            if abs(right.p) * left.height_bits() > LARGEST_BITS:
                raise TooLarge("This power is too long to write down.", *tree.at)
            if left == 0 and right < 0:
                raise DividedByZero("Nothing can be divided by zero.", *tree.at)
            return left ** int(right.p)
        raise OutOfDomain("This is being built.", tree.start, tree.end)


__all__ = ["Evaluator", "Mistake"]
