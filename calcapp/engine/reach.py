"""How far special functions reach: what would take flint too long is refused before the work."""

from __future__ import annotations

from calcapp.engine.form import Exact, Form
from calcapp.engine.mistake import TooLarge
from calcapp.engine.numbers import acb, arb, ctx, fmpq

LONGEST_ARGUMENT = 1_000
"""Bits of a numerator or denominator."""
NEAR = acb(arb(0, arb(2) ** -32), arb(0, arb(2) ** -32))


def reaching(value: Exact, name: str, most: int) -> None:
    """Refuses arguments beyond `most`."""
    if isinstance(value, Form):
        ctx.prec = 64
        ball = value.ball()
        if (acb(ball) + NEAR).contains_integer():  # where the poles are
            for factor in value.terms.values():
                written_shortly(factor, name)
        beyond = not ball.is_finite() or not ball.abs_upper() < most
    else:
        beyond = abs(value) > most
    if beyond:
        raise TooLarge(f"{name} takes numbers up to {most:,} here. Use a smaller one.")


def written_shortly(value: fmpq, name: str) -> None:
    """Near a pole flint takes as many bits more as the distance has, and may not come back from 10^-5000."""
    if value.height_bits() > LONGEST_ARGUMENT:
        raise TooLarge(f"{name} takes numbers of up to 300 digits here. Round it first.")


def of_ordinary_size(value: Exact) -> None:
    """Between 10^-3000 and 10^3000: flint's mean takes a step more with each doubling of the distance."""
    ctx.prec = 64
    ball = arb(value) if isinstance(value, fmpq) else value.ball()
    bound = arb(10) ** 3000
    if not (ball.is_finite() and ball.abs_upper() < bound and ball.abs_lower() * bound > 1):
        raise TooLarge("agm takes numbers between 10^-3000 and 10^3000 here. Use others.")
