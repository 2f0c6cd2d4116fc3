"""The immutable tree a text is read into. Places (`start`, `end`) are offsets in the text as typed."""

from __future__ import annotations

from calcapp.engine.numbers import fmpq


class Tree:
    __slots__ = ("end", "start")
    start: int
    end: int


class Numeral(Tree):
    """A number as written; `text` is its spelling in plain digits, `base` what it was written in."""

    __slots__ = ("base", "text", "value")

    def __init__(self, value: fmpq, text: str, base: int, start: int, end: int) -> None:
        self.value, self.text, self.base, self.start, self.end = value, text, base, start, end


class DateLiteral(Tree):
    __slots__ = ("text",)

    def __init__(self, text: str, start: int, end: int) -> None:
        self.text, self.start, self.end = text, start, end


class Name(Tree):
    __slots__ = ("name",)

    def __init__(self, name: str, start: int, end: int) -> None:
        self.name, self.start, self.end = name, start, end


class Record(Tree):
    """`#127`; `ans` is the record with the number None."""

    __slots__ = ("number",)

    def __init__(self, number: int | None, start: int, end: int) -> None:
        self.number, self.start, self.end = number, start, end


class Unary(Tree):
    """A sign, `not` or a root sign before its operand."""

    __slots__ = ("operand", "operator")

    def __init__(self, operator: str, operand: Tree, start: int, end: int) -> None:
        self.operator, self.operand, self.start, self.end = operator, operand, start, end


class Postfix(Tree):
    """`!`, `!!`, `%` or `°` behind its operand."""

    __slots__ = ("operand", "operator")

    def __init__(self, operator: str, operand: Tree, start: int, end: int) -> None:
        self.operator, self.operand, self.start, self.end = operator, operand, start, end


class Binary(Tree):
    """Two operands. `at` is where the operator stands; `implied` when it was not written;
    `loose` when `a / 2 m` may mean a fraction of the unit."""

    __slots__ = ("at", "implied", "left", "loose", "operator", "right")

    def __init__(
        self,
        operator: str,
        left: Tree,
        right: Tree,
        at: tuple[int, int],
        implied: bool = False,
        loose: bool = False,
    ) -> None:
        self.operator, self.left, self.right, self.at = operator, left, right, at
        self.implied, self.loose = implied, loose
        self.start, self.end = left.start, right.end


class Call(Tree):
    __slots__ = ("arguments", "name", "name_end")

    def __init__(self, name: str, arguments: tuple[Tree, ...], start: int, end: int, name_end: int) -> None:
        self.name, self.arguments, self.start, self.end, self.name_end = name, arguments, start, end, name_end


class Measure(Tree):
    """A number with units behind it: one quantity. `units` are (name, exponent, start, end)."""

    __slots__ = ("number", "units")

    def __init__(self, number: Tree, units: tuple[tuple[str, int, int, int], ...], start: int, end: int) -> None:
        self.number, self.units, self.start, self.end = number, units, start, end


class Together(Tree):
    """Quantities side by side, which add up: `2 h 15 min`."""

    __slots__ = ("parts",)

    def __init__(self, parts: tuple[Tree, ...], start: int, end: int) -> None:
        self.parts, self.start, self.end = parts, start, end


class Convert(Tree):
    """`… to hex` (form is the word, target None) or `… to km/h` (form None)."""

    __slots__ = ("form", "operand", "target")

    def __init__(self, operand: Tree, form: str | None, target: Tree | None, start: int, end: int) -> None:
        self.operand, self.form, self.target, self.start, self.end = operand, form, target, start, end


class Let(Tree):
    __slots__ = ("name", "value")

    def __init__(self, name: str, value: Tree, start: int, end: int) -> None:
        self.name, self.value, self.start, self.end = name, value, start, end


class Define(Tree):
    __slots__ = ("body", "name", "parameters")

    def __init__(self, name: str, parameters: tuple[str, ...], body: Tree, start: int, end: int) -> None:
        self.name, self.parameters, self.body, self.start, self.end = name, parameters, body, start, end
