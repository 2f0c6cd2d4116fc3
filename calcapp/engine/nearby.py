"""The simple fraction that a value seems to be: a guess, which is to be proved."""

from __future__ import annotations

from flint import arb, fmpq, fmpz

PRECISION = 160
AGREEING = 100
"""Bits; a value that is not simple agrees so well once in 10^18."""
ASIDE = fmpq(414_213, 1_000_003)
"""Rounded with this in place of a half, no simple fraction lies between two integers."""


def near(ball: arb, most: int) -> fmpq | None:
    """The fraction with a denominator of up to `most` that a ball lies around, by its continued fraction."""
    rest = ball
    before, below = (fmpz(0), fmpz(1)), (fmpz(1), fmpz(0))
    while True:
        whole = (rest + ASIDE).floor().unique_fmpz()
        if whole is None or whole.bit_length() > AGREEING // 2:
            return None
        before, below = below, (whole * below[0] + before[0], whole * below[1] + before[1])
        if abs(below[1]) > most:
            return None
        rest = rest - whole
        if rest.abs_upper() < arb(2) ** -AGREEING:
            return fmpq(below[0], below[1])
        rest = 1 / rest
