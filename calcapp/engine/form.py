"""Exact forms: sums of rationals times monomials in atoms.

A value is a rational (`fmpq`) or, when it is not one, a `Form`. Monomials are frozen sets of (atom, exponent).
The form is canonical where that is known how: products of roots of distinct primes are linearly independent over
the rationals (A. Besicovitch, J. London Math. Soc. 15, 1940), powers of e with distinct algebraic exponents over
the algebraic numbers (Lindemann and Weierstrass, 1885), logarithms of primes likewise (A. Baker, 1966).
"""

from __future__ import annotations

from calcapp.engine.atom import PI, Atom, Ball, Exponent, I, atom, ball, key_of
from calcapp.engine.mistake import TooLarge
from calcapp.engine.numbers import acb, arb, ctx, fmpq
from calcapp.engine.work import LARGEST_BITS, charge

Monomial = frozenset[tuple[Atom, Exponent]]
Terms = dict[Monomial, fmpq]

ONE: Monomial = frozenset()
ZERO = fmpq(0)
UNIT = fmpq(1)
HALF = fmpq(1, 2)
MOST_TERMS = 300


class Form:
    """A value that is not rational. `terms` never changes."""

    __slots__ = ("ball_cached", "depth", "key_cached", "precision", "terms", "text_cached")

    def __init__(self, terms: Terms) -> None:
        self.terms = terms
        self.ball_cached: Ball | None = None
        self.precision = 0
        self.key_cached: object = None
        self.text_cached: str | None = None
        depth = 0
        for monomial in terms:
            for each, _ in monomial:
                if each.depth > depth:
                    depth = each.depth
        self.depth = depth

    def ball(self) -> Ball:
        """The value at flint's present precision."""
        precision = ctx.prec
        if self.ball_cached is None or self.precision < precision:
            total: Ball | None = None
            for monomial, factor in self.terms.items():
                term: Ball | None = None
                for each, exponent in monomial:
                    power = each.power(exponent)
                    term = power if term is None else term * power
                term = arb(factor) if term is None else term * factor
                total = term if total is None else total + term
            assert total is not None  # noqa: S101 - a form has terms
            charge(20 * len(self.terms))
            self.ball_cached = total
            self.precision = precision
        return self.ball_cached

    def key(self) -> object:
        if self.key_cached is None:
            self.key_cached = frozenset(
                (monomial, int(factor.p), int(factor.q)) for monomial, factor in self.terms.items()
            )
        return self.key_cached

    @property
    def real(self) -> bool:
        """Whether every atom is known to be real."""
        return all(each.real for monomial in self.terms for each, _ in monomial)

    def atoms(self) -> set[Atom]:
        return {each for monomial in self.terms for each, _ in monomial}


Exact = fmpq | Form


def real_ball(value: Exact) -> arb:
    """The value, or its real part, at flint's present precision."""
    found = ball(value)
    return found.real if isinstance(found, acb) else found


def made(terms: Terms) -> Exact:
    """The value of these terms, none of them zero."""
    if not terms:
        return ZERO
    if len(terms) == 1 and ONE in terms:
        return terms[ONE]
    if len(terms) > MOST_TERMS:
        raise TooLarge("This has too many different parts to keep it exact. Work it out in parts.")
    return Form(terms)


def of_atom(each: Atom, exponent: Exponent = 1) -> Form:
    """An atom to a power that is in order already."""
    return Form({frozenset(((each, exponent),)): UNIT})


def function(name: str, *arguments: Exact, real: bool = True, positive: bool = False) -> Form:
    """The value of a function that has no simpler form."""
    return of_atom(atom("function", name=name, arguments=arguments, real=real, positive=positive, proven=False))


def is_real(value: Exact) -> bool:
    """Whether the value is known to be real."""
    return isinstance(value, fmpq) or value.real


def lone(value: Exact) -> tuple[Atom, fmpq] | None:
    """The atom and its factor, if the value is just that."""
    if isinstance(value, fmpq) or len(value.terms) != 1:
        return None
    monomial, factor = next(iter(value.terms.items()))
    if len(monomial) != 1:
        return None
    each, exponent = next(iter(monomial))
    return (each, factor) if exponent == 1 else None


def over_each_other(value: Exact, above: str, below: str) -> tuple[Exact, fmpq] | None:
    """x and the factor ±1, if the value is ± above(x) / below(x), as sin x / cos x."""
    if isinstance(value, fmpq) or len(value.terms) != 1:
        return None
    monomial, factor = next(iter(value.terms.items()))
    named = {each.name: (each, exponent) for each, exponent in monomial if each.kind == "function"}
    if len(monomial) != 2 or set(named) != {above, below} or abs(factor) != 1:
        return None
    (top, up), (bottom, down) = named[above], named[below]
    if (up, down) != (1, -1) or not same(top.arguments[0], bottom.arguments[0]) or not top.real:
        return None
    return top.arguments[0], factor


def same(left: Exact, right: Exact) -> bool:
    """Whether two values are written the same."""
    return left is right or key_of(left) == key_of(right)


def terms_of(value: Exact) -> Terms:
    if isinstance(value, fmpq):
        return {ONE: value} if value else {}
    return value.terms


def bounded(value: fmpq) -> fmpq:
    bits = value.height_bits()
    if bits > 2_000:
        charge(bits)
        if bits > LARGEST_BITS:
            raise TooLarge("This number is too long to write down. Use smaller numbers.")
    return value


def real_part(value: Exact) -> Exact | None:
    """The real part, or None where an atom is complex in an unknown way."""
    if isinstance(value, fmpq):
        return value
    if any(not each.real and each is not I for each in value.atoms()):
        return None
    return made({m: f for m, f in value.terms.items() if (I, 1) not in m})


def imaginary_part(value: Exact) -> Exact | None:
    if isinstance(value, fmpq):
        return ZERO
    if any(not each.real and each is not I for each in value.atoms()):
        return None
    return made({m - {(I, 1)}: f for m, f in value.terms.items() if (I, 1) in m})


def over_i(value: Exact) -> Exact | None:
    """y, if the value is i·y with a real y."""
    if isinstance(value, fmpq) or not all((I, 1) in monomial for monomial in value.terms):
        return None
    return imaginary_part(value)


def conjugate(value: Exact) -> Exact:
    if isinstance(value, fmpq) or value.real:
        return value
    if any(not each.real and each is not I for each in value.atoms()):
        return function("conj", value, real=False)
    return made({m: -f if (I, 1) in m else f for m, f in value.terms.items()})


IMAGINARY_UNIT = of_atom(I)
PI_VALUE = of_atom(PI)
