"""What was understood, written out again in canonical spelling with the parentheses that matter."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

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
from calcapp.engine.understood import PLAINLY, Understood

POWERS = {
    "or": 2, "xor": 3, "and": 4, "<<": 5, ">>": 5, "+": 10, "-": 10, "*": 20, "/": 20, "//": 20, "mod": 20, "of": 20,
    "choose": 27, "^": 30,
}  # fmt: skip
CONVERT, SIGN, MEASURE, ROOT, TIGHT, WHOLE = 1, 25, 26, 39, 40, 50
SYMBOLS = {"pi": "π", "tau": "τ", "phi": "φ", "degC": "°C", "degF": "°F"}


def read(trees: tuple[Tree, ...], understood: Understood = PLAINLY) -> str:
    """The statements as text that evaluates to the same."""
    reader = Reader(understood)
    return "; ".join([reader.inside(tree, 0) for tree in trees])


def spine(tree: Binary, whole: Collection[int] = ()) -> tuple[Tree, list[Binary]]:
    """A chain such as a + b − c: its first operand, and its links from left to right. Walking it so cannot
    overflow the stack, however long the sum is. What is in `whole` is not taken apart."""
    chain: list[Binary] = [tree]
    first = tree.left
    while (
        type(first) is Binary and first.operator != "^" and POWERS[first.operator] >= POWERS[chain[-1].operator]
        and id(first) not in whole
    ):  # fmt: skip
        chain.append(first)
        first = first.left
    chain.reverse()
    return first, chain


class Reader:
    def __init__(self, understood: Understood = PLAINLY, records: Mapping[int | None, str] | None = None) -> None:
        """With `records`, their values are written in their place."""
        self.understood = understood
        self.records = records

    def text(self, tree: Tree) -> tuple[str, int]:
        """The text, and how tightly it binds."""
        if id(tree) not in self.understood.beside_degrees:
            return _RULES[type(tree)](self, tree)
        text, power = _RULES[type(tree)](self, tree)
        return (f"{text}°" if power >= TIGHT else f"({text})°"), TIGHT

    def inside(self, tree: Tree, power: int) -> str:
        """The text, in parentheses where it binds more loosely than `power`."""
        if type(tree) is Numeral and id(tree) not in self.understood.beside_degrees:
            return tree.text
        text, own = self.text(tree)
        return text if own >= power else f"({text})"

    def numeral(self, tree: Numeral) -> tuple[str, int]:
        return tree.text, WHOLE

    def binary(self, tree: Binary) -> tuple[str, int]:
        if tree.operator == "^":
            return f"{self.inside(tree.left, 31)}^{self.inside(tree.right, 30)}", 30
        first, chain = spine(tree, self.understood.beside_degrees)
        text = self.inside(first, POWERS[chain[0].operator])
        for link in chain:
            text = self.link(link, text)
        return text, POWERS[tree.operator]

    def link(self, tree: Binary, left: str) -> str:
        power = POWERS[tree.operator]
        right = tree.right
        if id(tree) in self.understood.fractions:
            behind = ""
            while type(right) is Binary:  # the h of 50 km/h
                behind = f" / {self.inside(right.right, power + 1)}{behind}"
                right = right.left
            assert type(right) is Measure  # noqa: S101 - a fraction of a unit
            return f"({left} / {self.inside(right.number, power + 1)}) {units(right)}{behind}"
        text = self.inside(right, WHOLE if tree.operator == "/" and type(right) in (Measure, Together) else power + 1)
        return f"{left} {tree.operator} {text}"

    def name(self, tree: Name) -> tuple[str, int]:
        return SYMBOLS.get(tree.name, tree.name), WHOLE

    def record(self, tree: Record) -> tuple[str, int]:
        if self.records is not None:
            return f"({self.records[tree.number]})", WHOLE
        return ("ans" if tree.number is None else f"#{tree.number}"), WHOLE

    def date(self, tree: DateLiteral) -> tuple[str, int]:
        return tree.text, WHOLE

    def unary(self, tree: Unary) -> tuple[str, int]:
        if tree.operator in ("√", "∛", "∜"):
            return f"{tree.operator}{self.inside(tree.operand, ROOT)}", ROOT
        text = self.inside(tree.operand, SIGN)
        if tree.operator == "not":
            return f"not {text}", SIGN
        return tree.operator + text, SIGN

    def postfix(self, tree: Postfix) -> tuple[str, int]:
        text = self.inside(tree.operand, TIGHT)
        if tree.operator.startswith("!") and text.endswith("!"):
            text = f"({text})"
        return text + tree.operator, TIGHT

    def call(self, tree: Call) -> tuple[str, int]:
        if id(tree) in self.understood.took_degrees:
            return f"{tree.name}({self.inside(tree.arguments[0], TIGHT)}°)", WHOLE
        text = f"{tree.name}({', '.join([self.inside(each, 0) for each in tree.arguments])})"
        if id(tree) in self.understood.given_degrees:
            return f"{text} to deg", CONVERT
        return text, WHOLE

    def measure(self, tree: Measure) -> tuple[str, int]:
        number = self.inside(tree.number, WHOLE)
        unit = "min" if id(tree) in self.understood.minutes else units(tree)
        return f"{number} {unit}", POWERS["*"] if number[0] == "(" else MEASURE

    def together(self, tree: Together) -> tuple[str, int]:
        parts = [self.text(each)[0] for each in tree.parts]
        if any(part[0] == "(" for part in parts) or any(part[-1].isdigit() for part in parts[:-1]):
            # 5 ft (11 + 1/2) in would be a product, and 2 m^2 500 cm^2 has 2,500 in it
            return " + ".join(parts), POWERS["+"]
        return " ".join(parts), MEASURE

    def convert(self, tree: Convert) -> tuple[str, int]:
        if id(tree) in self.understood.took_degrees:
            return f"{self.inside(tree.operand, TIGHT)}° to {self.target(tree)}", CONVERT
        return f"{self.inside(tree.operand, CONVERT)} to {self.target(tree)}", CONVERT

    def target(self, tree: Convert) -> str:
        """What is converted to, units without spaces: km/h."""
        if tree.target is None:
            return tree.form or ""
        text = self.inside(tree.target, 6)
        if id(tree) in self.understood.parts:
            return text.replace(" * ", " ").replace(" + ", " ")
        return text.replace(" / ", "/").replace(" * ", "*")

    def let(self, tree: Let) -> tuple[str, int]:
        return f"{tree.name} = {self.text(tree.value)[0]}", 0

    def define(self, tree: Define) -> tuple[str, int]:
        return f"{tree.name}({', '.join(tree.parameters)}) = {self.text(tree.body)[0]}", 0


def units(tree: Measure) -> str:
    return " ".join(
        SYMBOLS.get(name, name) if exponent == 1 else f"{name}^{exponent}" for name, exponent, _, _ in tree.units
    )


_RULES: dict[type[Tree], Callable[..., tuple[str, int]]] = {
    Numeral: Reader.numeral,
    Binary: Reader.binary,
    Name: Reader.name,
    Record: Reader.record,
    DateLiteral: Reader.date,
    Unary: Reader.unary,
    Postfix: Reader.postfix,
    Call: Reader.call,
    Measure: Reader.measure,
    Together: Reader.together,
    Convert: Reader.convert,
    Let: Reader.let,
    Define: Reader.define,
}
