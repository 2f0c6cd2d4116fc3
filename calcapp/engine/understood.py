"""How the ambiguous parts of a tree were taken, as found while working it out."""

from __future__ import annotations


class Understood:
    """Trees by their id: divisions a / b m that mean (a / b) m, calls whose plain argument was taken in degrees,
    calls whose answer was given in degrees, and conversions to units that share a quantity."""

    __slots__ = ("fractions", "given_degrees", "parts", "took_degrees")

    def __init__(self) -> None:
        self.fractions: set[int] = set()
        self.took_degrees: set[int] = set()
        self.given_degrees: set[int] = set()
        self.parts: set[int] = set()


PLAINLY = Understood()
