"""A function between two places: worked out at steps of the same width, scaled for a picture, told in words."""

from collections.abc import Callable, Iterator
from decimal import Context, Decimal
from fractions import Fraction
from itertools import pairwise

STEPS = 200
WIDTH, HEIGHT = 400, 300
FEWEST_LINES = 4  # of the grid, each way
FARTHEST = 10 * HEIGHT  # a point farther out is drawn here; the picture's edge hides the difference
SIX_DIGITS = Context(prec=6)
Point = tuple[Fraction, Decimal]


class Curve:
    """`worth` gives the value at a place, or None where there is none; `write` writes a number as its reader does.

    The picture shows all values, unless a few of them dwarf the others, as near a pole: then the others.
    """

    def __init__(
        self,
        worth: Callable[[Fraction], Decimal | None],
        lower: Fraction,
        upper: Fraction,
        write: Callable[[str], str] = str,
    ) -> None:
        self.lower, self.upper, self.write = lower, upper, write
        width = upper - lower
        self.points = [(place, worth(place)) for place in (lower + width * step / STEPS for step in range(STEPS + 1))]
        self.known: list[Point] = [(place, value) for place, value in self.points if value is not None]
        self.bottom, self.top = self.range_shown() if self.known else (Decimal(-1), Decimal(1))
        self.pieces = list(self.unbroken())

    def range_shown(self) -> tuple[Decimal, Decimal]:
        values = sorted(value for _, value in self.known)
        few = len(values) // 20
        low, high = values[0], values[-1]
        inner_low, inner_high = values[few], values[-1 - few]
        if high - low > 4 * (inner_high - inner_low) > 0:
            spare = (inner_high - inner_low) / 2
            low, high = max(low, inner_low - spare), min(high, inner_high + spare)
        spare = (high - low) / 20 or abs(high) / 2 or Decimal(1)
        return low - spare, high + spare

    # The picture

    def across(self, place: Fraction) -> str:
        return coordinate(Decimal(WIDTH) * ratio((place - self.lower) / (self.upper - self.lower)))

    def up(self, value: Decimal) -> str:
        height = HEIGHT * (self.top - value) / (self.top - self.bottom)
        return coordinate(max(Decimal(-FARTHEST), min(Decimal(FARTHEST), height)))

    @property
    def lines(self) -> list[str]:
        """The curve as points of SVG lines, broken where there is no value and where it jumps past zero."""
        return [" ".join(f"{self.across(place)},{self.up(value)}" for place, value in piece) for piece in self.pieces]

    def unbroken(self) -> Iterator[list[Point]]:
        piece: list[Point] = []
        for place, value in self.points:
            if value is None or (piece and self.jumps(piece[-1][1], value)):
                if piece:
                    yield piece
                piece = []
            if value is not None:
                piece.append((place, value))
        if piece:
            yield piece

    def jumps(self, one: Decimal, other: Decimal) -> bool:
        return one * other < 0 and abs(one - other) > (self.top - self.bottom) / 2

    @property
    def grid(self) -> tuple[list[tuple[str, str]], list[tuple[str, str]]]:
        """(where, what it says) of the lines that stand, and of those that lie."""
        standing = [(self.across(Fraction(x)), self.say(x)) for x in marks(ratio(self.lower), ratio(self.upper))]
        return standing, [(self.up(y), self.say(y)) for y in marks(self.bottom, self.top)]

    @property
    def axes(self) -> tuple[str | None, str | None]:
        """Where x = 0 stands and y = 0 lies, if they are in the picture."""
        x = self.across(Fraction(0)) if self.lower < 0 < self.upper else None
        return x, self.up(Decimal(0)) if self.bottom < 0 < self.top else None

    # In words and numbers

    @property
    def told(self) -> list[str]:
        """What can be seen, in sentences: the range, the zeros, the lowest and the highest point."""
        if not self.known:
            return ["There is no value to draw at any of these places."]
        (low_at, low), (high_at, high) = (choose(self.known, key=lambda point: point[1]) for choose in (min, max))
        said = [
            f"Of {len(self.points)} points, the lowest is {self.say(low)} at x = {self.say(ratio(low_at))}, "
            f"the highest {self.say(high)} at x = {self.say(ratio(high_at))}."
        ]
        zeros = self.zeros()
        if zeros:
            said.append(f"Zero {'; '.join(zeros[:8])}{' and more often' if len(zeros) > 8 else ''}.")
        missing = len(self.points) - len(self.known)
        if missing:
            first = next(place for place, value in self.points if value is None)
            said.append(f"No value to draw at {missing} of the points, the first at x = {self.say(ratio(first))}.")
        return said

    def zeros(self) -> list[str]:
        found = [(place, f"at x = {self.say(ratio(place))}") for place, value in self.known if value == 0]
        for piece in self.pieces:
            for (left, before), (right, after) in pairwise(piece):
                if before * after < 0:
                    found.append((left, f"between x = {self.say(ratio(left))} and {self.say(ratio(right))}"))
        return [text for _, text in sorted(found)]

    @property
    def table(self) -> list[tuple[str, str | None]]:
        """Every tenth point: (x, value)."""
        return [
            (self.say(ratio(place)), None if value is None else self.write(str(value)))
            for place, value in self.points[:: STEPS // 20]
        ]

    def say(self, number: Decimal) -> str:
        return self.write(plain(number))


def marks(lower: Decimal, upper: Decimal) -> list[Decimal]:
    """Round numbers between two, a step of 1, 2 or 5 times a power of ten apart."""
    step = Decimal(1).scaleb(((upper - lower) / FEWEST_LINES).adjusted())
    step *= max(factor for factor in (1, 2, 5) if factor * step * FEWEST_LINES <= upper - lower)
    first = -(-lower // step)
    if first * step < lower:
        first += 1
    return [step * (first + count) for count in range(int((upper - first * step) // step) + 1)]


def ratio(value: Fraction) -> Decimal:
    return Decimal(value.numerator) / value.denominator


def coordinate(value: Decimal) -> str:
    return f"{value:.1f}"


def plain(value: Decimal) -> str:
    """To six digits, as people write it."""
    rounded = SIX_DIGITS.plus(value).normalize()
    if not rounded:
        return "0"
    return f"{rounded:f}" if -7 < rounded.adjusted() < 15 else f"{rounded:e}".replace("e+", "e")
