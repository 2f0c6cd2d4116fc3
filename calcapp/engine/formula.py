"""Trees as MathML: a writer of its own, which escapes everything that came from a text."""

from __future__ import annotations

from collections.abc import Callable

from calcapp.engine.reading import CONVERT, MEASURE, POWERS, SIGN, SYMBOLS, TIGHT, WHOLE, spine
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
from calcapp.engine.units import is_unit

_SIGNS = {"*": "×", "-": "−", "/": "∕", "//": "//"}
_APPLY = "<mo>&#x2061;</mo>"
_TIMES = "<mo>&#x2062;</mo>"
_GAP = '<mspace width="0.17em"/>'
_WORDS = frozenset(("mod", "of", "and", "or", "xor", "choose"))
_ROOTS = {"√": "2", "∛": "3", "∜": "4"}


def mathml(trees: tuple[Tree, ...], comma: bool) -> str:
    """The statements as one formula."""
    writer = Writer(comma)
    return f"<math>{_separator(';').join(writer.formula(tree)[0] for tree in trees)}</math>"


def text_mathml(text: str) -> str:
    """A text that is no formula."""
    return f"<math><mtext>{escaped(text)}</mtext></math>"


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")


def _separator(sign: str) -> str:
    return f'<mo separator="true">{sign}</mo>'


def _row(text: str) -> str:
    return f"<mrow>{text}</mrow>"


def _fenced(text: str, left: str = "(", right: str = ")") -> str:
    return f'<mrow><mo fence="true">{left}</mo>{text}<mo fence="true">{right}</mo></mrow>'


class Writer:
    def __init__(self, comma: bool) -> None:
        self.comma = comma
        self.upright = False

    def formula(self, tree: Tree) -> tuple[str, int]:
        """The formula, and how tightly it binds."""
        return _RULES[type(tree)](self, tree)

    def inside(self, tree: Tree, power: int) -> str:
        text, own = self.formula(tree)
        return text if own >= power else _fenced(text)

    def bare(self, tree: Tree) -> str:
        """A part whose place needs no parentheses: under a root, above a line, in an exponent."""
        return _row(self.formula(tree)[0])

    def arguments(self, trees: tuple[Tree, ...]) -> str:
        return _separator(";" if self.comma else ",").join(self.formula(each)[0] for each in trees)

    def number(self, text: str) -> str:
        return f"<mn>{text.replace('.', ',') if self.comma else text}</mn>"

    def numeral(self, tree: Numeral) -> tuple[str, int]:
        text = tree.text
        if text[0] == "(":
            return self.mixed(text[1:-1]), WHOLE
        mantissa, mark, exponent = text.lower().partition("e") if tree.base == 10 else (text, "", "")
        if mark:
            sign = "<mo>−</mo>" if exponent[0] == "-" else ""
            power = _row(f"{sign}<mn>{exponent.lstrip('+-')}</mn>")
            return f"{self.number(mantissa)}<mo>×</mo><msup><mn>10</mn>{power}</msup>", POWERS["*"]
        return self.number(text), WHOLE

    def mixed(self, text: str) -> str:
        """`3½` and `½`, which the tokens spell as 3 + 1/2 and 1/2."""
        whole, _, part = text.rpartition(" + ")
        above, below = part.split("/")
        return f"{self.number(whole) if whole else ''}<mfrac><mn>{above}</mn><mn>{below}</mn></mfrac>"

    def binary(self, tree: Binary) -> tuple[str, int]:
        if tree.operator == "^":
            return self.power(tree)
        first, chain = spine(tree)
        text, own = self.formula(first)
        before = POWERS[chain[0].operator]
        text = text if own >= before or chain[0].operator == "/" else _fenced(text)
        for link in chain:
            text = self.link(link, text, type(first) is Measure)
        return text, WHOLE if tree.operator == "/" else POWERS[tree.operator]

    def power(self, tree: Binary) -> tuple[str, int]:
        base, own = self.formula(tree.left)
        if own < WHOLE or base.startswith("<mfrac"):
            base = _fenced(base)
        return f"<msup>{_row(base)}{self.bare(tree.right)}</msup>", 30

    def link(self, tree: Binary, left: str, measured: bool) -> str:
        right = tree.right
        if tree.operator == "/":
            below = _row(self.in_units(right, 0)) if measured and _is_unit(right) else self.bare(right)
            return f"<mfrac>{_row(left)}{below}</mfrac>"
        power = POWERS[tree.operator]
        text = self.inside(right, power + 1)
        if tree.operator == "*" and tree.implied and type(right) is not Numeral:
            return f"{left}{_GAP if self.upright else _TIMES}{text}"
        return left + self.sign(tree.operator) + text

    def sign(self, operator: str) -> str:
        if operator in _WORDS:
            return f'<mspace width="0.3em"/><mtext>{operator}</mtext><mspace width="0.3em"/>'
        return f"<mo>{_SIGNS.get(operator, escaped(operator))}</mo>"

    def name(self, tree: Name) -> tuple[str, int]:
        style = ' mathvariant="normal"' if self.upright else ""
        return f"<mi{style}>{escaped(SYMBOLS.get(tree.name, tree.name))}</mi>", WHOLE

    def record(self, tree: Record) -> tuple[str, int]:
        return ("<mi>ans</mi>" if tree.number is None else f"<mi>#{tree.number}</mi>"), WHOLE

    def date(self, tree: DateLiteral) -> tuple[str, int]:
        return f"<mtext>{tree.text}</mtext>", WHOLE

    def unary(self, tree: Unary) -> tuple[str, int]:
        if tree.operator in _ROOTS:
            return self.root(self.bare(tree.operand), _ROOTS[tree.operator]), WHOLE
        text = self.inside(tree.operand, SIGN)
        if tree.operator == "not":
            return f'<mtext>not</mtext><mspace width="0.3em"/>{text}', SIGN
        return f'<mo form="prefix">{_SIGNS.get(tree.operator, tree.operator)}</mo>{text}', SIGN

    def root(self, inner: str, degree: str) -> str:
        return f"<msqrt>{inner}</msqrt>" if degree == "2" else f"<mroot>{inner}<mn>{degree}</mn></mroot>"

    def postfix(self, tree: Postfix) -> tuple[str, int]:
        text = self.inside(tree.operand, TIGHT)
        if tree.operator.startswith("!") and text.endswith("!</mo>"):
            text = _fenced(text)
        return f"{text}<mo>{tree.operator}</mo>", TIGHT

    def call(self, tree: Call) -> tuple[str, int]:
        name, arguments = tree.name, tree.arguments
        if len(arguments) == 1:
            if name in ("sqrt", "cbrt"):
                return self.root(self.bare(arguments[0]), "2" if name == "sqrt" else "3"), WHOLE
            if name == "abs":
                return _fenced(self.formula(arguments[0])[0], "|", "|"), WHOLE
            if name in ("floor", "ceil"):
                left, right = ("⌊", "⌋") if name == "floor" else ("⌈", "⌉")
                return _fenced(self.formula(arguments[0])[0], left, right), WHOLE
            if name == "exp":
                return f"<msup><mi>e</mi>{self.bare(arguments[0])}</msup>", 30
        if len(arguments) == 2:
            if name == "root":
                return f"<mroot>{self.bare(arguments[0])}{self.bare(arguments[1])}</mroot>", WHOLE
            if name == "log":
                head = f"<msub><mi>log</mi>{self.bare(arguments[1])}</msub>"
                return _row(head + _APPLY + _fenced(self.formula(arguments[0])[0])), WHOLE
        return _row(f"<mi>{escaped(name)}</mi>{_APPLY}{_fenced(self.arguments(arguments))}"), WHOLE

    def measure(self, tree: Measure) -> tuple[str, int]:
        return f"{self.inside(tree.number, WHOLE)}{self.units(tree)}", MEASURE

    def units(self, tree: Measure) -> str:
        text = ""
        for name, exponent, _, _ in tree.units:
            gap = "" if name in ("°", "deg", "arcmin", "arcsec") else '<mspace width="0.17em"/>'
            shown = {"deg": "°", "degC": "°C", "degF": "°F", "arcmin": "′", "arcsec": "″"}.get(name, name)
            unit = f'<mi mathvariant="normal">{escaped(shown)}</mi>'
            if exponent != 1:
                sign = "<mo>−</mo>" if exponent < 0 else ""
                unit = f"<msup>{unit}{_row(f'{sign}<mn>{abs(exponent)}</mn>')}</msup>"
            text += gap + unit
        return text

    def together(self, tree: Together) -> tuple[str, int]:
        return '<mspace width="0.3em"/>'.join(self.formula(each)[0] for each in tree.parts), MEASURE

    def in_units(self, tree: Tree, power: int) -> str:
        """What names units: upright."""
        self.upright, before = True, self.upright
        text = self.inside(tree, power)
        self.upright = before
        return text

    def convert(self, tree: Convert) -> tuple[str, int]:
        target = f"<mtext>{tree.form}</mtext>" if tree.target is None else self.in_units(tree.target, 6)
        sign = '<mspace width="0.3em"/><mtext>to</mtext><mspace width="0.3em"/>'
        return f"{self.inside(tree.operand, CONVERT)}{sign}{target}", CONVERT

    def let(self, tree: Let) -> tuple[str, int]:
        return f"<mi>{escaped(tree.name)}</mi><mo>=</mo>{self.formula(tree.value)[0]}", 0

    def define(self, tree: Define) -> tuple[str, int]:
        names = _separator(";" if self.comma else ",").join(f"<mi>{escaped(each)}</mi>" for each in tree.parameters)
        return f"<mi>{escaped(tree.name)}</mi>{_APPLY}{_fenced(names)}<mo>=</mo>{self.formula(tree.body)[0]}", 0


def _is_unit(tree: Tree) -> bool:
    """Whether this may be the h of `50 km/h` or the s² of `9.81 m/s^2`."""
    base = tree.left if type(tree) is Binary and tree.operator == "^" else tree
    return type(base) is Name and is_unit(base.name)


_RULES: dict[type[Tree], Callable[..., tuple[str, int]]] = {
    Numeral: Writer.numeral,
    Binary: Writer.binary,
    Name: Writer.name,
    Record: Writer.record,
    DateLiteral: Writer.date,
    Unary: Writer.unary,
    Postfix: Writer.postfix,
    Call: Writer.call,
    Measure: Writer.measure,
    Together: Writer.together,
    Convert: Writer.convert,
    Let: Writer.let,
    Define: Writer.define,
}
