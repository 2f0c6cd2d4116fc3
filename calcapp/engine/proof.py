"""Identities that hold, proved: what cannot be told from zero is rewritten in functions that are independent.

Sines and hyperbolic sines become powers of e, whose sums cancel or do not (Lindemann and Weierstrass); arctangents of
rationals become angles of Gaussian primes, since a Gaussian integer has one factorization (C. Størmer, 1896).
"""

from __future__ import annotations

from collections.abc import Callable

from calcapp.engine.arithmetic import add, multiply, negative, subtract
from calcapp.engine.atom import PI, Atom, Exponent, atom, ball, exponent_of, integer, plus, times
from calcapp.engine.circular import sin_pi
from calcapp.engine.division import divide, inverse, power
from calcapp.engine.form import (
    HALF,
    IMAGINARY_UNIT,
    PI_VALUE,
    UNIT,
    ZERO,
    Exact,
    Form,
    Monomial,
    function,
    made,
    of_atom,
    terms_of,
)
from calcapp.engine.numbers import fmpq, fmpz
from calcapp.engine.power import E, exp, half_turns, sqrt
from calcapp.engine.symmetry import odd

MOST_ROUNDS = 4
MOST_STEPS = 30
_E = next(iter(E.atoms()))
_PI: Monomial = frozenset(((PI, 1),))


def rewritten(value: Form) -> Exact:
    """A value in independent functions that is zero exactly where the form is."""
    result: Exact = value
    for _ in range(MOST_ROUNDS):
        if isinstance(result, fmpq):
            break
        again = rewrite(without_denominators(result))
        if not isinstance(again, fmpq) and again.key() == result.key():
            break
        result = again
    return result


def without_denominators(value: Form) -> Form:
    """The form times whatever stands below a line in it: zero where the form is zero."""
    below: dict[Atom, int] = {}
    for monomial in value.terms:
        for each, exponent in monomial:
            if each.kind in ("sum", "function") and isinstance(exponent, int) and exponent < 0:
                below[each] = max(below.get(each, 0), -exponent)
    result: Exact = value
    for each, exponent in below.items():
        if each.kind == "sum":
            result = cleared(result, each, exponent)
        else:
            result = multiply(result, of_atom(each, exponent))
    return result if isinstance(result, Form) else value


def cleared(value: Exact, each: Atom, count: int) -> Exact:
    """The value times a power of a sum, which cancels what stands below the line before it is multiplied out."""
    total: Exact = ZERO
    for monomial, factor in terms_of(value).items():
        own = dict(monomial).get(each, 0)
        own = own if isinstance(own, int) else 0
        rest = made({monomial - {(each, own)}: factor})
        total = add(total, multiply(rest, power(each.arguments[0], count + own)))
    return total


def rewrite(value: Form) -> Exact:
    """Each atom in independent ones."""
    known: dict[Atom, Exact] = {}
    total: Exact = ZERO
    for monomial, factor in value.terms.items():
        term: Exact = factor
        kept: dict[Atom, Exponent] = {}
        for each, exponent in monomial:
            if each.name in _REWRITTEN and isinstance(exponent, int) and exponent > 0:
                if each not in known:
                    known[each] = _REWRITTEN[each.name](each)
                term = multiply(term, power(known[each], exponent))
            elif each.kind == "exp" and isinstance(each.arguments[0], fmpq):  # a long exponent, kept inside until here
                kept[_E] = plus(kept.get(_E, 0), times(exponent, exponent_of(each.arguments[0])))
            else:
                kept[each] = exponent
        kept = {each: exponent for each, exponent in kept.items() if exponent != 0}
        total = add(total, multiply(term, made({frozenset(kept.items()): UNIT})))
    return total


def turned(value: Exact) -> Exact:
    """e^(i·value) as a product of powers of e^(i·monomial)."""
    terms = value.terms.items() if isinstance(value, Form) else [(frozenset(), value)]
    result: Exact = UNIT
    for monomial, factor in terms:
        if monomial == _PI:
            result = multiply(result, half_turns(factor))
            continue
        each = atom(
            "function", name="cis", arguments=(made({monomial: UNIT}),), real=False, positive=False, proven=False
        )
        result = multiply(result, of_atom(each, exponent_of(factor)))
    return result


def _sine(each: Atom) -> Exact:
    there, back = turned(each.arguments[0]), turned(negative(each.arguments[0]))
    return divide(multiply(subtract(there, back), negative(IMAGINARY_UNIT)), fmpq(2))


def _cosine(each: Atom) -> Exact:
    there, back = turned(each.arguments[0]), turned(negative(each.arguments[0]))
    return divide(add(there, back), fmpq(2))


def _hyperbolic_sine(each: Atom) -> Exact:
    wave = exp(each.arguments[0])
    return divide(subtract(wave, inverse(wave)), fmpq(2))


def _hyperbolic_cosine(each: Atom) -> Exact:
    wave = exp(each.arguments[0])
    return divide(add(wave, inverse(wave)), fmpq(2))


def _arctangent(each: Atom) -> Exact:
    """atan(a/b) is the angle of the Gaussian integer b + ai, the sum of the angles of its Gaussian primes."""
    value = each.arguments[0]
    if not isinstance(value, fmpq) or value.height_bits() > 60:
        return of_atom(each)
    a, b = integer(value.p), integer(value.q)
    total: Exact = ZERO
    for p, _ in fmpz(a * a + b * b).factor():
        if p == 2:
            continue
        c, d = two_squares(integer(p))
        a, b, count = divided_out(a, b, c, d)
        a, b, against = divided_out(a, b, c, -d)
        prime = atom("function", integer(p), "angle", (fmpq(c), fmpq(d)), proven=False)
        total = add(total, multiply(fmpq(count - against), of_atom(prime)))
    # What is left is a power of 1 + i times a unit: a multiple of π/4, told by its size.
    rest = (ball(of_atom(each)) - ball(total)) * 4 / ball(of_atom(PI))
    quarters = (rest.real + fmpq(1, 2)).floor().unique_fmpz()
    assert quarters is not None  # noqa: S101 - see above
    return add(total, multiply(fmpq(quarters, 4), of_atom(PI)))


def two_squares(prime: int) -> tuple[int, int]:
    """c² + d² = p for a prime p = 4k + 1 (H. J. S. Smith, 1855)."""
    root = integer(fmpz(prime - 1).sqrtmod(fmpz(prime)))
    larger, smaller = prime, root
    while smaller * smaller > prime:
        larger, smaller = smaller, larger % smaller
    return smaller, larger % smaller


def divided_out(a: int, b: int, c: int, d: int) -> tuple[int, int, int]:
    """b + ai divided by c + di as often as it goes, and how often that is."""
    norm, count = c * c + d * d, 0
    while (b * c + a * d) % norm == 0 and (a * c - b * d) % norm == 0:
        a, b, count = (a * c - b * d) // norm, (b * c + a * d) // norm, count + 1
    return a, b, count


def _arcsine(each: Atom) -> Exact:
    """asin(x) as an arctangent, where the other leg is rational too: asin(3/5) is atan(3/4)."""
    x = each.arguments[0]
    rest = fmpq(1) - x * x if isinstance(x, fmpq) else ZERO
    if not isinstance(x, fmpq) or rest <= 0 or not (rest.p.is_square() and rest.q.is_square()):
        return of_atom(each)
    return odd("atan", x / fmpq(rest.p.isqrt(), rest.q.isqrt()))


def _arccosine(each: Atom) -> Exact:
    sine = odd("asin", each.arguments[0])
    return subtract(multiply(PI_VALUE, HALF), sine)


def _gamma(each: Atom) -> Exact:
    """Gamma of a fraction by gamma of one from 0 to 1/2 (DLMF 5.5.1 and 5.5.3)."""
    x = each.arguments[0]
    if not isinstance(x, fmpq) or abs(x) > MOST_STEPS:
        return of_atom(each)
    front: Exact = UNIT
    while x > 1:
        x -= 1
        front = multiply(front, x)
    while x < 0:
        front = divide(front, x)
        x += 1
    if x <= HALF:
        return multiply(front, function("gamma", x))
    return divide(divide(multiply(front, PI_VALUE), sin_pi(x)), function("gamma", 1 - x))


def _other_error(each: Atom) -> Exact:
    return subtract(UNIT, odd("erf", each.arguments[0]))


def _share_below(each: Atom) -> Exact:
    """The normal distribution is (1 + erf(x/√2)) / 2."""
    x = divide(each.arguments[0], sqrt(fmpq(2)))
    return multiply(add(UNIT, odd("erf", x)), HALF)


_REWRITTEN: dict[str, Callable[[Atom], Exact]] = {
    "sin": _sine, "cos": _cosine, "sinh": _hyperbolic_sine, "cosh": _hyperbolic_cosine, "atan": _arctangent,
    "asin": _arcsine, "acos": _arccosine, "gamma": _gamma, "erfc": _other_error, "normcdf": _share_below,
}  # fmt: skip
