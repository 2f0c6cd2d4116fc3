"""Values that turn out to be simple: sin²1 + cos²1 is 1, and atan(1/2) + atan(1/3) is π/4.

What agrees with a simple value in 100 bits is shown as that value if the difference is proved to be zero, and else
stays what it is.
"""

from __future__ import annotations

from collections.abc import Iterator

from calcapp.engine.arithmetic import complex_of, multiply, subtract
from calcapp.engine.form import PI_VALUE, Exact, Form, imaginary_part, real_part
from calcapp.engine.nearby import PRECISION, near
from calcapp.engine.numbers import acb, arb, ctx, fmpq
from calcapp.engine.power import sqrt
from calcapp.engine.quantity import Quantity
from calcapp.engine.sign import decided
from calcapp.engine.value import Share, Value

LARGEST_BELOW = 10_000
LARGEST_SQUARE = 1_000


def simplest(value: Value) -> Value:
    if isinstance(value, Exact):
        return recognised(value)
    if isinstance(value, Quantity):
        return Quantity(recognised(value.number), value.units, value.label, value.parts)
    return Share(recognised(value.number), value.asked) if isinstance(value, Share) else value


def recognised(value: Exact) -> Exact:
    """The value, simpler where that is proved."""
    if isinstance(value, fmpq) or all(each.proven for each in value.atoms()):
        return value
    if not value.real:
        real, imaginary = real_part(value), imaginary_part(value)
        return value if real is None or imaginary is None else complex_of(recognised(real), recognised(imaginary))
    for simple in candidates(value):
        difference = subtract(value, simple)
        if isinstance(difference, fmpq) or decided(difference)[0]:
            return simple
    return value


def candidates(value: Form) -> Iterator[Exact]:
    """A fraction, a fraction of π, and a root of a small fraction that the value may be."""
    ctx.prec = PRECISION
    ball = value.ball()
    if isinstance(ball, acb) or not ball.is_finite() or ball.contains(0):
        return
    plain = near(ball, LARGEST_BELOW)
    if plain is not None:
        yield plain
    turns = near(ball / arb.pi(), LARGEST_BELOW)
    if turns is not None:
        yield multiply(PI_VALUE, turns)
    square = near(ball * ball, LARGEST_SQUARE) if plain is None else None
    if square is not None and square.p < LARGEST_SQUARE:
        yield sqrt(square) if ball > 0 else multiply(fmpq(-1), sqrt(square))
