"""A unit: what it measures, and how much of it."""

from __future__ import annotations

from calcapp.engine.dimensions import Dimension
from calcapp.engine.numbers import fmpq


class Unit:
    """A quantity of `value` units is value · factor · π^pi (+ offset, temperatures only) coherent base units. It never
    changes. `note` is a sentence to show where the name could mean two things."""

    __slots__ = ("dimension", "factor", "name", "note", "offset", "pi", "plural", "source", "symbol")

    def __init__(
        self, symbol: str, name: str, plural: str, dimension: Dimension,
        factor: fmpq, pi: int, offset: fmpq, note: str | None, source: str,
    ) -> None:  # fmt: skip
        self.symbol, self.name, self.plural, self.dimension = symbol, name, plural, dimension
        self.factor, self.pi, self.offset, self.note, self.source = factor, pi, offset, note, source
