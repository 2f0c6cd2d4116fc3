"""Values that are more than a number."""

from __future__ import annotations

import datetime

from calcapp.engine.form import Exact, Form
from calcapp.engine.mistake import UnitMismatch
from calcapp.engine.numbers import fmpq
from calcapp.engine.quantity import Quantity, countable, counted, described, unit_text
from calcapp.engine.tree import Tree


class Share:
    """A percentage: 10% is the number 1/10, and takes part of what it is added to. It is written as one where
    that was asked for."""

    __slots__ = ("asked", "number")

    def __init__(self, number: Exact, asked: bool = False) -> None:
        self.number, self.asked = number, asked


class Day:
    __slots__ = ("date",)

    def __init__(self, date: datetime.date) -> None:
        self.date = date


class Word:
    """An answer in words, such as a weekday, and the text that gives it."""

    __slots__ = ("source", "text")

    def __init__(self, text: str, source: str) -> None:
        self.text, self.source = text, source


Value = fmpq | Form | Quantity | Share | Day | Word


def number_of(value: Value, tree: Tree) -> Exact:
    """A plain number, or a mistake that says what stands there."""
    if isinstance(value, fmpq | Form):
        return value
    if isinstance(value, Share):
        return value.number
    if isinstance(value, Quantity):
        if countable(value):
            return counted(value)
        raise UnitMismatch(
            f"A plain number belongs here, and {unit_text(value)} is {described(value)}.",
            tree.start,
            tree.end,
        )
    what = "a day" if isinstance(value, Day) else f"the word {value.text}"
    raise UnitMismatch(f"A number belongs here, not {what}.", tree.start, tree.end)
