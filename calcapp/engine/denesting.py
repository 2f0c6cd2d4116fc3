"""Roots of sums that are sums of roots: √(3 + 2√2) is 1 + √2, and ∛(2 + √5) is (1 + √5)/2.

R. Landau, "Simplification of nested radicals", SIAM J. Comput. 21 (1992), has the general case; here are those of one
square root inside.
"""

from __future__ import annotations

from calcapp.engine.arithmetic import add, multiply, negative, subtract
from calcapp.engine.division import power
from calcapp.engine.form import ONE, Exact, Form, made, real_ball
from calcapp.engine.nearby import PRECISION, near
from calcapp.engine.numbers import arb, ctx, fmpq
from calcapp.engine.power import raised, sqrt
from calcapp.engine.sign import sign

MOST_DEGREES = 12
LARGEST_BELOW = 1_000


def denested(value: Exact, degree: int) -> Exact | None:
    """The root of that degree of a positive a + b√c, where it has a simpler form."""
    if isinstance(value, fmpq) or len(value.terms) != 2 or ONE not in value.terms or degree > MOST_DEGREES:
        return None
    a = value.terms[ONE]
    surd = made({monomial: factor for monomial, factor in value.terms.items() if monomial})
    square = multiply(surd, surd)
    if not isinstance(surd, Form) or not isinstance(square, fmpq) or square <= 0:
        return None
    if degree % 2 == 0:
        root = _square_root(a, surd, square)
        return root if root is None or degree == 2 else raised(root, fmpq(2, degree))
    return _odd_root(value, surd, a, degree)


def _square_root(a: fmpq, surd: Form, square: fmpq) -> Exact | None:
    """√x + √y, where a² − b²c is a square."""
    rest = a * a - square
    if a <= 0 or rest < 0 or not (rest.p.is_square() and rest.q.is_square()):
        return None
    root = fmpq(rest.p.isqrt(), rest.q.isqrt())
    first, second = sqrt((a + root) / 2), sqrt((a - root) / 2)
    return add(first, second) if sign(surd) > 0 else add(first, negative(second))


def _odd_root(value: Form, surd: Form, a: fmpq, degree: int) -> Exact | None:
    """x ± √y, told from the root of a − b√c and proved by its power."""
    ctx.prec = PRECISION
    other = arb(a) - real_ball(surd)
    here = real_ball(value) ** arb(fmpq(1, degree))
    there = abs(other) ** arb(fmpq(1, degree)) * (1 if other > 0 else -1)
    x, y = near((here + there) / 2, LARGEST_BELOW), near(((here - there) / 2) ** 2, LARGEST_BELOW)
    if x is None or y is None:
        return None
    found = add(x, sqrt(y) if sign(surd) > 0 else negative(sqrt(y)))
    return found if subtract(power(found, degree), value) == 0 else None
