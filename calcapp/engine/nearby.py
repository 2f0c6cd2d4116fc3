"""The simple fraction that a value seems to be: a guess, which is to be proved."""

from __future__ import annotations

from calcapp.engine.numbers import arb, fmpq

PRECISION = 160
AGREEING = 100
"""Bits; a value that is not simple agrees so well once in 10^18."""
FINE = arb(2) ** -AGREEING
LARGEST = arb(2) ** (AGREEING // 2)


def near(ball: arb, most: int) -> fmpq | None:
    """The fraction with a denominator of up to `most` that a ball lies around. It is a convergent of the continued
    fraction of any number so near to it (Hardy and Wright, An Introduction to the Theory of Numbers, theorem 184)."""
    if not (ball.rad() < FINE and ball.abs_upper() < LARGEST):
        return None
    if ball.abs_upper() < FINE:
        return fmpq(0)
    mantissa, exponent = (int(each) for each in ball.mid().man_exp())
    top, bottom = mantissa << max(0, exponent), 1 << max(0, -exponent)
    rest, over = top, bottom
    before, above, below_before, below = 0, 1, 1, 0
    while True:
        whole, left = divmod(rest, over)
        before, above = above, whole * above + before
        below_before, below = below, whole * below + below_before
        if below > most:
            return None
        if abs(top * below - above * bottom) << AGREEING < below * bottom:
            return fmpq(above, below)
        rest, over = over, left
