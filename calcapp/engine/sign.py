"""Questions about exact values that need an answer: is it zero, is it below zero, which integer lies below it."""

from __future__ import annotations

from collections.abc import Iterator

from calcapp.engine import work
from calcapp.engine.arithmetic import subtract
from calcapp.engine.atom import Ball, I
from calcapp.engine.form import Exact, Form, Monomial, real_ball
from calcapp.engine.mistake import TooLarge
from calcapp.engine.numbers import acb, arb, ctx, fmpq, fmpz
from calcapp.engine.within import side

FIRST_PRECISION = 128
HARDEST = 65_536


def sign(value: Exact) -> int:
    """1, 0 or −1 for a real value; 0 also where it cannot be told from zero, and then the doubt is noted."""
    if isinstance(value, fmpq):
        return int(value > 0) - int(value < 0)
    for ball in refined(value):
        real = ball.real if isinstance(ball, acb) else ball
        if real > 0:
            return 1
        if real < 0:
            return -1
        if value.real and (known := side(value)):
            return known
    return 0


def is_zero(value: Exact) -> bool:
    """Whether a value is zero; noted as a doubt where it cannot be told from zero."""
    if isinstance(value, fmpq):
        return value == 0
    if len(value.terms) == 1 and all(each.positive or each is I for each, _ in next(iter(value.terms))):
        return False
    for ball in refined(value):
        if isinstance(ball, acb):
            if not (ball.real.contains(0) and ball.imag.contains(0)):
                return False
        elif not ball.contains(0) or (value.real and side(value)):
            return False
    return True


def refined(value: Form) -> Iterator[Ball]:
    """Smaller and smaller finite balls around the value; where they end, it is zero or cannot be told from zero.

    A value that is proved not to be zero, or that is not known to be small, is neither: that is refused."""
    precision = FIRST_PRECISION
    proved: bool | None = None
    while True:
        ctx.prec = precision
        ball = value.ball()
        if ball.is_finite():
            yield ball
        if precision >= work.HIGHEST_PRECISION:
            if proved is None and small(ball):
                zero, proved = decided(value)
                if zero:
                    return
            if (not proved and small(ball)) or precision >= HARDEST:
                break
        precision *= 2
    if proved or not small(ball):
        raise TooLarge("This takes more precision than there is. Use smaller numbers.")
    work.doubt()


def decided(value: Form) -> tuple[bool, bool]:
    """Whether the value is proved to be zero, and whether it is proved not to be."""
    from calcapp.engine.proof import rewritten
    from calcapp.engine.separation import vanishes

    if not_zero(value) or (value.real and side(value)):
        return False, True
    try:
        zero = vanishes(value)
        if zero is None:
            found = rewritten(value)
            zero = False if isinstance(found, Form) and not_zero(found) else vanishes(found)
    except TooLarge:
        return False, False
    return zero is True, zero is False


def small(ball: Ball) -> bool:
    """Whether the ball says that the value is below 2^-4096."""
    bound = arb(2) ** -work.HIGHEST_PRECISION
    return bool(ball.is_finite() and ball.abs_upper() < bound)


def not_zero(value: Form) -> bool:
    """Whether the form alone proves that the value is not zero: its monomials are independent, see `form`."""
    atoms = value.atoms()
    if not all(each.proven for each in atoms):
        return False
    kinds = {each.kind for each in atoms} - {"prime", "i"}
    return len(kinds) <= 1 and ("log" not in kinds or all(linear(monomial) for monomial in value.terms))


def linear(monomial: Monomial) -> bool:
    """Whether there is one logarithm at most, and not a power of it."""
    logarithms = [exponent for each, exponent in monomial if each.kind == "log"]
    return logarithms in ([], [1])


def compare(left: Exact, right: Exact) -> int:
    """1, 0 or −1 as left is above, at or below right."""
    if isinstance(left, fmpq) and isinstance(right, fmpq):
        return int(left > right) - int(left < right)
    return sign(subtract(left, right))


def floor(value: Exact) -> fmpz:
    """The greatest integer at or below a real value."""
    if isinstance(value, fmpq):
        return value.floor()
    ctx.prec = 64
    first = value.ball()
    if first.is_finite() and not first.abs_upper() < arb(2) ** HARDEST:
        raise TooLarge("This number is too long to be rounded. Use smaller numbers.")
    precision = FIRST_PRECISION
    while True:
        ctx.prec = precision
        ball = real_ball(value)
        if ball.is_finite():
            found = ball.floor().unique_fmpz()
            if found is not None:
                return found
            near = (ball + arb(fmpq(1, 2))).floor().unique_fmpz()
            if near is not None and precision >= 512:
                return near if sign(subtract(value, fmpq(near))) >= 0 else near - 1
        precision *= 2
        if precision > HARDEST * 2:
            raise TooLarge("This number is too long to be rounded. Use smaller numbers.")
