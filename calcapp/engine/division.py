"""Quotients and whole powers of exact values."""

from __future__ import annotations

from calcapp.engine.arithmetic import expanded, multiple_within, multiply, scale, sum_atom
from calcapp.engine.atom import Atom, Exponent, I, exponent_of
from calcapp.engine.form import UNIT, Exact, Form, Terms, bounded, made
from calcapp.engine.mistake import TooLarge
from calcapp.engine.monomial import bounded_power, negated, ordered
from calcapp.engine.numbers import fmpq
from calcapp.engine.work import LARGEST_BITS, charge


def divide(left: Exact, right: Exact) -> Exact:
    """left / right, which is known not to be zero."""
    if isinstance(right, fmpq):
        return bounded(left / right) if isinstance(left, fmpq) else scale(left, 1 / right)
    if not isinstance(left, fmpq) and len(left.terms) == len(right.terms) > 1:
        ratio = quotient(left.terms, right.terms)
        if ratio is not None:
            return made(ratio)
    return multiply(left, inverse(right))


def quotient(above: Terms, below: Terms) -> Terms | None:
    """The single term whose product with `below` is `above`, if there is one."""
    found = multiple_within(above, below) if len(above) == len(below) else None
    return None if found is None else found[0]


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
