"""What was understood, written out again with the parentheses that matter."""

from __future__ import annotations

from collections.abc import Mapping

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
)  # fmt: skip

_POWERS = {
    "or": 2, "xor": 3, "and": 4, "<<": 5, ">>": 5, "+": 10, "-": 10, "*": 20, "/": 20, "//": 20, "mod": 20, "of": 20,
    "choose": 27, "^": 30,
}  # fmt: skip
_CONVERT, _SIGN, _TIGHT, _WHOLE = 1, 25, 40, 50
_SYMBOLS = {"pi": "π", "tau": "τ", "phi": "φ"}


def read(
    trees: tuple[Tree, ...], fractions: Mapping[int, bool] | frozenset[int] = frozenset(), comma: bool = False
) -> str:
    """The statements as text that evaluates to the same. `fractions` are the divisions a / b m that mean (a / b) m."""
    return "; ".join(Reader(fractions, comma).text(tree)[0] for tree in trees)


class Reader:
    def __init__(self, fractions: Mapping[int, bool] | frozenset[int], comma: bool) -> None:
        self.fractions = fractions
        self.comma = comma

    def text(self, tree: Tree) -> tuple[str, int]:
        """The text, and how tightly it binds."""
        kind = type(tree)
        if kind is Numeral:
            return self.numeral(tree)  # type: ignore[arg-type]
        if kind is Binary:
            return self.binary(tree)  # type: ignore[arg-type]
        method = _METHODS[kind]
        return method(self, tree)

    def inside(self, tree: Tree, power: int) -> str:
        """The text, in parentheses where it binds more loosely than `power`."""
        text, own = self.text(tree)
        return text if own >= power else f"({text})"

    def numeral(self, tree: Numeral) -> tuple[str, int]:
        text = tree.text
        if text[0] == "(":
            return text.replace(".", ",") if self.comma else text, _WHOLE
        return text.replace(".", ",") if self.comma else text, _WHOLE

    def binary(self, tree: Binary) -> tuple[str, int]:
        """A chain such as a + b − c is walked without recursion, so that a long sum cannot overflow the stack."""
        chain: list[Binary] = []
        spine: Tree = tree
        while (
            type(spine) is Binary
            and (not chain or _POWERS[spine.operator] >= _POWERS[chain[-1].operator])
            and spine.operator != "^"
        ):
            chain.append(spine)
            spine = spine.left
        if not chain:
            return self.power(tree)
        text = self.inside(spine, _POWERS[chain[-1].operator])
        for link in reversed(chain):
            text = self.link(link, text)
        return text, _POWERS[tree.operator]

    def link(self, tree: Binary, left: str) -> str:
        power = _POWERS[tree.operator]
        if id(tree) in self.fractions:
            measure = tree.right
            assert isinstance(measure, Measure)  # noqa: S101 - only such divisions are loose
            return f"({left} / {self.inside(measure.number, power + 1)}) {units(measure)}"
        right = self.inside(tree.right, power + 1)
        if tree.loose:
            right = f"({right})"
        return f"{left} {tree.operator} {right}"

    def power(self, tree: Binary) -> tuple[str, int]:
        return f"{self.inside(tree.left, 31)}^{self.inside(tree.right, 30)}", 30

    def name(self, tree: Name) -> tuple[str, int]:
        return _SYMBOLS.get(tree.name, tree.name), _WHOLE

    def record(self, tree: Record) -> tuple[str, int]:
        return ("ans" if tree.number is None else f"#{tree.number}"), _WHOLE

    def date(self, tree: DateLiteral) -> tuple[str, int]:
        return tree.text, _WHOLE

    def unary(self, tree: Unary) -> tuple[str, int]:
        if tree.operator in ("√", "∛", "∜"):
            return f"{tree.operator}{self.inside(tree.operand, _TIGHT)}", _TIGHT
        text = self.inside(tree.operand, _SIGN)
        if tree.operator == "not":
            return f"not {text}", _SIGN
        return (f"{tree.operator}({text})" if text[0] in "+-" else tree.operator + text), _SIGN

    def postfix(self, tree: Postfix) -> tuple[str, int]:
        text = self.inside(tree.operand, _TIGHT)
        if tree.operator.startswith("!") and text.endswith("!"):
            text = f"({text})"
        return text + tree.operator, _TIGHT

    def call(self, tree: Call) -> tuple[str, int]:
        separator = "; " if self.comma else ", "
        return f"{tree.name}({separator.join(self.text(each)[0] for each in tree.arguments)})", _WHOLE

    def measure(self, tree: Measure) -> tuple[str, int]:
        return f"{self.inside(tree.number, _WHOLE)} {units(tree)}", 26

    def together(self, tree: Together) -> tuple[str, int]:
        return " ".join(self.text(each)[0] for each in tree.parts), 26

    def convert(self, tree: Convert) -> tuple[str, int]:
        target = tree.form if tree.target is None else self.inside(tree.target, 6)
        return f"{self.inside(tree.operand, _CONVERT)} to {target}", _CONVERT

    def let(self, tree: Let) -> tuple[str, int]:
        return f"{tree.name} = {self.text(tree.value)[0]}", 0

    def define(self, tree: Define) -> tuple[str, int]:
        separator = "; " if self.comma else ", "
        return f"{tree.name}({separator.join(tree.parameters)}) = {self.text(tree.body)[0]}", 0


def units(tree: Measure) -> str:
    return " ".join(name if exponent == 1 else f"{name}^{exponent}" for name, exponent, _, _ in tree.units)


_METHODS = {
    Name: Reader.name, Record: Reader.record, DateLiteral: Reader.date, Unary: Reader.unary, Postfix: Reader.postfix,
    Call: Reader.call, Measure: Reader.measure, Together: Reader.together, Convert: Reader.convert, Let: Reader.let,
    Define: Reader.define,
}  # type: ignore[var-annotated]  # fmt: skip
