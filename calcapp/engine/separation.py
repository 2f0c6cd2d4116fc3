"""Whether an algebraic number is zero, decided: one that is not is at least so far from it.

The bound is that of C. Burnikel, S. Funke, K. Mehlhorn, S. Schirra and S. Schmitt, "A separation bound for real
algebraic expressions", Algorithmica 55 (2009). A number is written as a quotient of two algebraic integers; u and l
bound the size of all their conjugates, d their degree, and the number is zero or at least 1 / (l·u^(d−1)).
"""

from __future__ import annotations

from functools import reduce
from math import inf, lcm, log2

from calcapp.engine.arithmetic import add, multiply
from calcapp.engine.atom import PI, Atom, Exponent, I
from calcapp.engine.division import power
from calcapp.engine.form import ONE, UNIT, Exact, Form, Monomial, Terms, made
from calcapp.engine.numbers import acb, arb, ctx, fmpq, fmpz
from calcapp.engine.work import charge

HARDEST = 30_000
"""Bits up to which a bound is looked at."""

MOST_DEGREES = 4_096
"""Fields up to this are looked at with many bits, even where the bound has more."""
MOST_FACTORS = 1_000
"""Powers up to which logarithms are multiplied out."""
EASY_TO_FACTOR, BEYOND_ALL = 2**64, 2**1000

Size = tuple[float, float]
"""The binary logarithms of u and l."""


def vanishes(value: Exact) -> bool | None:
    """Whether the value is zero, if its algebraic parts decide that."""
    if isinstance(value, fmpq):
        return value == 0
    parts: dict[Monomial, Terms] = {}
    for monomial, factor in value.terms.items():
        inside = frozenset((each, exponent) for each, exponent in monomial if algebraic(each))
        parts.setdefault(monomial - inside, {})[inside] = factor
    logarithms = [(each, terms[ONE]) for each, terms in lone_logarithms(parts)]
    if logarithms and len(logarithms) == len(parts):
        return cancel(logarithms)
    if len(logarithms) > 1 and cancel(logarithms):
        for each, _ in logarithms:
            del parts[frozenset(((each, 1),))]
    independent = transcendental({each for beyond in parts for each, _ in beyond})
    for terms in parts.values():
        found = algebraic_zero(made(terms))
        if not found:
            return found if independent else None
    return True


def transcendental(atoms: set[Atom]) -> bool:
    """Whether different products of these atoms are linearly independent over the algebraic numbers.

    Powers of e with different algebraic exponents are (Lindemann and Weierstrass, 1885), and so are those of π."""
    if atoms == {PI}:
        return True
    return all((each.kind == "exp" or each.name == "cis") and lone_root(each.arguments[0]) for each in atoms)


def lone_root(value: Exact) -> bool:
    """Whether this is 1 or a product of roots of primes: different ones are independent over the rationals."""
    if isinstance(value, fmpq):
        return value == 1
    return list(value.terms.values()) == [UNIT] and all(each.kind == "prime" and each.proven for each in value.atoms())


def algebraic(each: Atom) -> bool:
    """Whether an atom is built of roots and of cosines of fractions of π."""
    if each.kind in ("prime", "i") or each.name == "cospi":
        return True
    inner = each.arguments[0] if each.kind == "sum" else None
    return isinstance(inner, Form) and all(algebraic(one) for one in inner.atoms())


def lone_logarithms(parts: dict[Monomial, Terms]) -> list[tuple[Atom, Terms]]:
    """Logarithms of algebraic numbers that have a rational factor and no other."""
    found = []
    for beyond, terms in parts.items():
        if len(beyond) == 1 and len(terms) == 1 and ONE in terms:
            each, exponent = next(iter(beyond))
            if exponent == 1 and (each.kind == "log" or (each.name == "ln" and each.real and algebraic_argument(each))):
                found.append((each, terms))
    return found


def algebraic_argument(each: Atom) -> bool:
    inner = each.arguments[0]
    return isinstance(inner, fmpq) or all(algebraic(one) for one in inner.atoms())


def cancel(logarithms: list[tuple[Atom, fmpq]]) -> bool | None:
    """Whether Σ q·ln(a) is zero: whether the product of the powers a^q is 1."""
    common = reduce(fmpq.gcd, (factor for _, factor in logarithms))
    product: Exact = fmpq(-1)
    for each, factor in logarithms:
        inner = fmpq(each.number) if each.kind == "log" else each.arguments[0]
        if isinstance(inner, Form) and abs(factor / common) > MOST_FACTORS:
            return None
        product = multiply(product, power(inner, int((factor / common).p)))
    return algebraic_zero(add(product, UNIT))


def algebraic_zero(value: Exact) -> bool | None:
    if isinstance(value, fmpq):
        return value == 0
    bound = Bound()
    above, below = bound.of_form(value)
    degree = bound.degree()
    bits = below + (degree - 1) * max(above, 0) + 2
    bounded = bits < HARDEST
    precision = 128
    while bounded or (precision < 3 * HARDEST and degree <= MOST_DEGREES):
        charge(precision * len(bound.seen))
        ctx.prec = precision
        ball = value.ball()
        size = abs(ball) if isinstance(ball, arb) else abs(acb(ball))
        if size > 0:
            return False
        if bounded and size < arb(2) ** -int(bits + 1):
            return True
        precision *= 2  # until one of them holds, or the work is charged for
    return None


class Bound:
    """The sizes of the parts of one number, and what its field is made of."""

    def __init__(self) -> None:
        self.seen: dict[Atom, Size] = {}
        self.roots: dict[Atom, int] = {}
        self.circle = 1

    def degree(self) -> float:
        """At most so many, or far more than MOST_DEGREES. A number that may be hard to factor is more than its φ."""
        if self.circle < EASY_TO_FACTOR:
            total = float(int(fmpz(self.circle).euler_phi()))
        else:
            total = float(min(self.circle, BEYOND_ALL))
        for each in self.roots.values():
            total *= each
        return total

    def of_form(self, value: Form) -> Size:
        common = lcm(*(int(factor.q) for factor in value.terms.values()))
        above, below = -inf, 0.0
        for monomial, factor in value.terms.items():
            up, down = size_of((factor * common).p), 0.0
            for each, exponent in monomial:
                over, under = self.of_power(each, exponent)
                up, down = up + over, down + under
            above, below = plus(above + down, up + below), below + down
        return above, below + size_of(fmpz(common))

    def of_power(self, each: Atom, exponent: Exponent) -> Size:
        top, degree = (exponent, 1) if isinstance(exponent, int) else exponent
        if each is I:
            self.circle = lcm(self.circle, 4)
        if degree > 1:
            self.roots[each] = lcm(self.roots.get(each, 1), degree)
        over, under = self.of_atom(each)
        if over >= under:
            over = (over + (degree - 1) * under) / degree
        else:
            under = ((degree - 1) * over + under) / degree
        return (top * over, top * under) if top > 0 else (-top * under, -top * over)

    def of_atom(self, each: Atom) -> Size:
        if each not in self.seen:
            self.seen[each] = self.size_of_atom(each)
        return self.seen[each]

    def size_of_atom(self, each: Atom) -> Size:
        if each.kind == "prime":
            return size_of(fmpz(each.number)), 0.0
        if each is I:
            return 0.0, 0.0
        if each.name == "cospi":  # 2·cos(πp/q) is the sum of two roots of unity
            turns = each.arguments[0]
            assert isinstance(turns, fmpq)  # noqa: S101 - made so by cos_pi
            self.circle = lcm(self.circle, int(turns.q) if turns.p % 2 == 0 else 2 * int(turns.q))
            return 1.0, 1.0
        inner = each.arguments[0]
        assert isinstance(inner, Form)  # noqa: S101 - sums are forms
        return self.of_form(inner)


def size_of(number: fmpz) -> float:
    """A little more than the binary logarithm of a number that is not zero."""
    bits = number.bit_length()
    return float(bits) if bits > 900 else log2(abs(int(number))) + 1e-9


def plus(left: float, right: float) -> float:
    """A little more than log(2^left + 2^right)."""
    larger, smaller = max(left, right), min(left, right)
    return larger + log2(1 + 2 ** (smaller - larger)) + 1e-9 if smaller > larger - 60 else larger + 1e-9
