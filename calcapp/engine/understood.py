"""How the ambiguous parts of a tree were taken, as found while working it out."""

from __future__ import annotations

import datetime

NO_TREES: frozenset[int] = frozenset()


class Understood:
    """Trees by their id: divisions a / b m that mean (a / b) m, calls and conversions whose plain number was taken
    in degrees, calls whose answer was given in degrees, plain numbers beside an angle that are degrees, conversions to
    units that share a quantity, differences of temperatures, and metres that are minutes; and the two days that a
    difference lies between."""

    __slots__ = (
        "beside_degrees", "between", "differences", "fractions", "given_degrees", "minutes", "parts", "took_degrees",
    )  # fmt: skip

    def __init__(self) -> None:
        self.fractions = self.took_degrees = self.given_degrees = self.beside_degrees = NO_TREES
        self.parts = self.differences = self.minutes = NO_TREES
        self.between: dict[int, tuple[datetime.date, datetime.date]] = {}


PLAINLY = Understood()
