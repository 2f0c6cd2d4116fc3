"""Exact forms: sums of rationals times monomials in atoms, and their arithmetic.

A value is a rational (`fmpq`) or, when it is not one, a `Form`. Monomials are frozen sets of (atom, exponent).
The form is canonical where that is known how: products of roots of distinct primes are linearly independent over
the rationals (A. Besicovitch, J. London Math. Soc. 15, 1940), powers of e with distinct algebraic exponents over
the algebraic numbers (Lindemann and Weierstrass, 1885), logarithms of primes likewise (A. Baker, 1966).
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from flint import arb, ctx, fmpq

from calcapp.engine.atom import PI, Atom, Ball, Exponent, I, atom, exponent_of, known_atom, plus
from calcapp.engine.mistake import TooLarge
from calcapp.engine.work import LARGEST_BITS, charge

Monomial = frozenset[tuple[Atom, Exponent]]
Terms = dict[Monomial, fmpq]

ONE: Monomial = frozenset()
ZERO = fmpq(0)
UNIT = fmpq(1)
HALF = fmpq(1, 2)
MOST_TERMS = 300
MOST_EXPANDED = 120


class Form:
    """A value that is not rational. `terms` never changes."""

    __slots__ = ("ball_cached", "depth", "key_cached", "precision", "terms", "text_cached")

    def __init__(self, terms: Terms) -> None:
        self.terms = terms
        self.ball_cached: Ball | None = None
        self.precision = 0
        self.key_cached: Any = None
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

    def key(self) -> Any:
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


def made(terms: Terms) -> Exact:
    """The value of these terms, none of them zero."""
    if not terms:
        return ZERO
    if len(terms) == 1 and ONE in terms:
        return terms[ONE]
    if len(terms) > MOST_TERMS:
        raise TooLarge("This has too many different parts to keep it exact. Work it out in parts.")
    return Form(terms)


def term(factor: fmpq, *powers: tuple[Atom, Exponent]) -> Exact:
    """One monomial whose exponents are in order already."""
    return made({frozenset(powers): factor}) if factor else ZERO


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
    if (up, down) != (1, -1) or top.arguments != bottom.arguments or not top.real:
        return None
    return top.arguments[0], factor


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


def add(left: Exact, right: Exact) -> Exact:
    if isinstance(left, fmpq) and isinstance(right, fmpq):
        return bounded(left + right)
    return cancelled(together(left, right))


def together(left: Exact, right: Exact) -> Exact:
    """The sum, term by term."""
    terms = dict(terms_of(left))
    charge(20 * len(terms))
    for monomial, factor in terms_of(right).items():
        before = terms.get(monomial)
        if before is None:
            terms[monomial] = factor
        else:
            total = bounded(before + factor)
            if total:
                terms[monomial] = total
            else:
                del terms[monomial]
    return made(terms)


def negative(value: Exact) -> Exact:
    if isinstance(value, fmpq):
        return -value
    return Form({monomial: -factor for monomial, factor in value.terms.items()})


def subtract(left: Exact, right: Exact) -> Exact:
    return add(left, negative(right))


def multiply(left: Exact, right: Exact) -> Exact:
    if isinstance(left, fmpq):
        if isinstance(right, fmpq):
            return bounded(left * right)
        return scale(right, left)
    if isinstance(right, fmpq):
        return scale(left, right)
    short = shortened(left, right)
    if short is not None:
        return short
    count = len(left.terms) * len(right.terms)
    if count > MOST_EXPANDED and min(len(left.terms), len(right.terms)) > 1:
        left, right = whole(left), whole(right)
        count = 1
    charge(150 * count)
    total: Terms = {}
    rest: Exact = ZERO
    for one, first in left.terms.items():
        for other, second in right.terms.items():
            factor, monomial, sums = product(one, other)
            value = bounded(first * second * factor)
            if sums:
                rest = add(rest, expanded(value, monomial, sums))
                continue
            before = total.get(monomial)
            value = value if before is None else before + value
            if value:
                total[monomial] = value
            else:
                del total[monomial]
    return cancelled(add(made(total), rest))


def scale(value: Form, factor: fmpq) -> Exact:
    if not factor:
        return ZERO
    if factor == 1:
        return value
    return Form({monomial: bounded(each * factor) for monomial, each in value.terms.items()})


def product(left: Monomial, right: Monomial) -> tuple[fmpq, Monomial, list[tuple[Atom, int]]]:
    """Two monomials multiplied: a rational factor, the monomial, and sums that are to be multiplied out."""
    if not left:
        return UNIT, right, []
    if not right:
        return UNIT, left, []
    powers = dict(left)
    shared = False
    for each, exponent in right:
        before = powers.get(each)
        if before is None:
            powers[each] = exponent
        else:
            powers[each] = plus(before, exponent)
            shared = True
    if not shared:
        return UNIT, left | right, []
    whole_sums = {a for m in (left, right) for a, e in m if a.kind == "sum" and isinstance(e, int) and e > 0}
    return ordered(powers, whole_sums)


def ordered(powers: dict[Atom, Exponent], keep: Collection[Atom] = ()) -> tuple[fmpq, Monomial, list[tuple[Atom, int]]]:
    """Exponents brought into their canonical range; the sums to `keep` are too large to be multiplied out."""
    factor = UNIT
    sums: list[tuple[Atom, int]] = []
    for each, exponent in list(powers.items()):
        if exponent == 0:
            del powers[each]
        elif each.kind == "i":
            turns = int(exponent) % 4  # type: ignore[arg-type] # i never has a fraction
            if turns >= 2:
                factor = -factor
            if turns % 2:
                powers[each] = 1
            else:
                del powers[each]
        elif each.kind == "prime":
            floor = exponent if isinstance(exponent, int) else exponent[0] // exponent[1]
            if floor:
                bounded_power(each.number, floor)
                factor *= fmpq(each.number) ** floor
                if isinstance(exponent, int):
                    del powers[each]
                else:
                    powers[each] = (exponent[0] - floor * exponent[1], exponent[1])
        elif each.kind == "sum" and each not in keep:
            floor = exponent if isinstance(exponent, int) else exponent[0] // exponent[1]
            if floor >= 1 and expandable(each, floor) and (isinstance(exponent, int) or algebraic(each)):
                sums.append((each, floor))
                if isinstance(exponent, int):
                    del powers[each]
                else:
                    powers[each] = (exponent[0] - floor * exponent[1], exponent[1])
    return factor, frozenset(powers.items()), sums


def bounded_power(base: int, exponent: int) -> None:
    if base.bit_length() * abs(exponent) > LARGEST_BITS:
        raise TooLarge("This number is too long to write down. Use smaller numbers.")


def expandable(each: Atom, exponent: int) -> bool:
    inner = each.arguments[0]
    return isinstance(inner, Form) and exponent <= 8 and len(inner.terms) ** exponent <= MOST_EXPANDED


def algebraic(each: Atom) -> bool:
    """Whether a sum is built of roots alone."""
    inner = each.arguments[0]
    return isinstance(inner, Form) and all(one.kind in ("prime", "i") for one in inner.atoms())


def expanded(factor: fmpq, monomial: Monomial, sums: list[tuple[Atom, int]]) -> Exact:
    result = made({monomial: factor})
    for each, exponent in sums:
        for _ in range(exponent):
            result = multiply(result, each.arguments[0])
    return result


def whole(value: Form) -> Form:
    """The form as one atom."""
    if len(value.terms) == 1:
        return value
    factor, each = sum_atom(value)
    return Form({frozenset(((each, 1),)): factor})


def content(value: Form) -> fmpq:
    """The positive rational that all factors are integer multiples of."""
    common: fmpq | None = None
    for factor in value.terms.values():
        common = factor if common is None else common.gcd(factor)
    assert common is not None  # noqa: S101 - a form has terms
    return common if common > 0 else -common


def sum_atom(value: Form) -> tuple[fmpq, Atom]:
    """value = factor · atom, the atom positive where it is known to be real and not zero."""
    from calcapp.engine.sign import sign

    factor = content(value)
    real = value.real
    if real and sign(value) < 0:
        factor = -factor
    inner = scale(value, 1 / factor)
    assert isinstance(inner, Form)  # noqa: S101 - scaling keeps it irrational
    if not real:
        opposite = known_atom("sum", Form({m: -f for m, f in inner.terms.items()}))
        if opposite is not None:
            return -factor, opposite
    return factor, atom("sum", arguments=(inner,), real=real, positive=real, proven=False)


def shortened(left: Form, right: Form) -> Exact | None:
    """A product in which a sum meets its own inverse."""
    for value, other in ((left, right), (right, left)):
        if len(value.terms) < 2:
            continue
        for each in other.atoms():
            if each.kind != "sum":
                continue
            factor = multiple_of(value, each.arguments[0])
            below = {m: f for m, f in other.terms.items() if any(a is each and is_below(e) for a, e in m)}
            if factor is None or not below:
                continue
            result: Exact = ZERO
            for monomial, amount in below.items():
                powers = dict(monomial)
                powers[each] = plus(powers[each], 1)
                extra, mono, sums = ordered(powers)
                result = add(result, expanded(amount * extra * factor, mono, sums))
            rest = made({m: f for m, f in other.terms.items() if m not in below})
            return add(result, multiply(rest, value))
    return None


def multiple_of(value: Form, inner: Exact) -> fmpq | None:
    """The rational that value is times inner, if there is one."""
    if isinstance(inner, fmpq) or len(inner.terms) != len(value.terms):
        return None
    monomial, amount = next(iter(inner.terms.items()))
    if monomial not in value.terms:
        return None
    factor = value.terms[monomial] / amount
    return factor if all(value.terms.get(m) == f * factor for m, f in inner.terms.items()) else None


def is_below(exponent: Exponent) -> bool:
    """Whether a factor with this exponent stands below the line."""
    return (exponent if isinstance(exponent, int) else exponent[0]) < 0


def cancelled(value: Exact) -> Exact:
    """Terms over the same sum put together, where a multiple of the sum stands above."""
    if isinstance(value, fmpq) or len(value.terms) < 2:
        return value
    for each in value.atoms():
        if each.kind != "sum":
            continue
        inner = each.arguments[0]
        assert isinstance(inner, Form)  # noqa: S101 - sums are forms
        for exponent in {e for m in value.terms for a, e in m if a is each and is_below(e)}:
            above = {m - {(each, exponent)}: f for m, f in value.terms.items() if (each, exponent) in m}
            found = multiple_within(above, inner.terms)
            if found is None:
                continue
            ratio, gone = found
            rest = {
                m: f for m, f in value.terms.items() if (each, exponent) not in m or m - {(each, exponent)} not in gone
            }
            raised = plus(exponent, 1)
            back = made(ratio) if raised == 0 else multiply(made(ratio), Form({frozenset(((each, raised),)): UNIT}))
            result = together(made(rest), back)
            if isinstance(result, fmpq) or len(result.terms) < len(value.terms):  # or it would go in circles
                return cancelled(result)
    return value


def multiple_within(above: Terms, below: Terms) -> tuple[Terms, set[Monomial]] | None:
    """A term whose product with `below` is part of `above`, and the monomials of that part."""
    if len(above) < len(below):
        return None
    first, amount = next(iter(below.items()))
    for monomial, factor in above.items():
        powers = dict(monomial)
        for each, exponent in first:
            powers[each] = plus(powers.get(each, 0), negated(exponent))
        extra, ratio, sums = ordered(powers)
        if sums:
            continue
        ratio_factor = factor * extra / amount
        part: Terms = {}
        for mono, each_factor in below.items():
            extra, target, sums = product(mono, ratio)
            if sums:
                break
            part[target] = each_factor * ratio_factor * extra
        else:
            if all(above.get(m) == f for m, f in part.items()):
                return {ratio: ratio_factor}, set(part)
    return None


def negated(exponent: Exponent) -> Exponent:
    return -exponent if isinstance(exponent, int) else (-exponent[0], exponent[1])


def quotient(above: Terms, below: Terms) -> Terms | None:
    """The single term whose product with `below` is `above`, if there is one."""
    found = multiple_within(above, below) if len(above) == len(below) else None
    return None if found is None else found[0]


def divide(left: Exact, right: Exact) -> Exact:
    """left / right, which is known not to be zero."""
    if isinstance(right, fmpq):
        return bounded(left / right) if isinstance(left, fmpq) else scale(left, 1 / right)
    if not isinstance(left, fmpq) and len(left.terms) == len(right.terms) > 1:
        ratio = quotient(left.terms, right.terms)
        if ratio is not None:
            return made(ratio)
    return multiply(left, inverse(right))


def inverse(value: Exact) -> Exact:
    """1 / value, which is known not to be zero."""
    if isinstance(value, fmpq):
        return 1 / value
    if len(value.terms) == 1:
        monomial, factor = next(iter(value.terms.items()))
        powers: dict[Atom, Exponent] = {each: negated(exponent) for each, exponent in monomial}
        extra, turned, sums = ordered(powers)
        return expanded(extra / factor, turned, sums)
    rationalised = conjugated(value)
    if rationalised is not None:
        return rationalised
    factor, each = sum_atom(value)
    return Form({frozenset(((each, -1),)): 1 / factor})


def conjugated(value: Form) -> Exact | None:
    """1 / value by multiplying with conjugates, where the value holds only i and square roots of integers."""
    roots = conjugates(value)
    if roots is None:
        return None
    above: Exact = UNIT
    below: Exact = value
    for each in roots:
        if isinstance(below, fmpq):
            break
        other = made({m: -f if any(a is each for a, _ in m) else f for m, f in below.terms.items()})
        above = multiply(above, other)
        below = multiply(below, other)
    if isinstance(below, fmpq):
        return multiply(above, 1 / below) if below else None
    return multiply(above, inverse(below)) if roots == [I] else None


def conjugates(value: Form) -> list[Atom] | None:
    """What has to change its sign, one after the other, to make the value rational: i, or square roots."""
    atoms = value.atoms()
    if I in atoms:
        return [I] if all(each is I or each.real for each in atoms) else None
    roots = [each for each in atoms if each.kind == "prime"]
    square = all(exponent == (1, 2) for monomial in value.terms for _, exponent in monomial)
    return roots if square and len(roots) == len(atoms) <= 4 else None


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


def conjugate(value: Exact) -> Exact:
    if isinstance(value, fmpq) or value.real:
        return value
    if any(not each.real and each is not I for each in value.atoms()):
        return function("conj", value, real=False)
    return made({m: -f if (I, 1) in m else f for m, f in value.terms.items()})


def complex_of(real: Exact, imaginary: Exact) -> Exact:
    return add(real, multiply(imaginary, IMAGINARY_UNIT))


def power(value: Exact, exponent: int) -> Exact:
    """A whole power by squaring; the caller has seen to it that a negative one is not of zero."""
    if exponent < 0:
        return power(inverse(value), -exponent)
    if isinstance(value, fmpq):
        return rational_power(value, exponent)
    if len(value.terms) == 1:
        monomial, factor = next(iter(value.terms.items()))
        powers: dict[Atom, Exponent] = {
            each: exponent * e if isinstance(e, int) else simple_times(e, exponent) for each, e in monomial
        }
        for each, e in powers.items():
            if each.kind == "prime":
                bounded_power(each.number, e if isinstance(e, int) else e[0] // e[1])
        extra, raised, sums = ordered(powers)
        return expanded(bounded(extra * rational_power(factor, exponent)), raised, sums)
    if exponent > 12 and not all(each.kind in ("prime", "i") for each in value.atoms()):
        factor, each = sum_atom(value)
        return Form({frozenset(((each, exponent),)): rational_power(factor, exponent)})
    result: Exact = UNIT
    square: Exact = value
    while True:
        if exponent & 1:
            result = multiply(result, square)
        exponent >>= 1
        if not exponent:
            return result
        square = multiply(square, square)


def simple_times(exponent: tuple[int, int], factor: int) -> Exponent:
    return exponent_of(fmpq(*exponent) * factor)


def rational_power(value: fmpq, exponent: int) -> fmpq:
    bits = value.height_bits()
    if bits > 1 and bits * exponent > LARGEST_BITS + bits + exponent:
        raise TooLarge("This power is too long to write down. Use a smaller exponent.")
    charge(bits * exponent // 4 if bits > 1 else 0)
    return value**exponent


IMAGINARY_UNIT = of_atom(I)
PI_VALUE = of_atom(PI)
