"""Sums and products of exact values, in which a sum that is too large to multiply out stays an atom."""

from __future__ import annotations

from calcapp.engine.atom import Atom, atom, known_atom, plus
from calcapp.engine.form import IMAGINARY_UNIT, UNIT, ZERO, Exact, Form, Monomial, Terms, bounded, made, terms_of
from calcapp.engine.monomial import MOST_EXPANDED, is_below, negated, ordered, product
from calcapp.engine.numbers import fmpq
from calcapp.engine.work import charge


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


def expanded(factor: fmpq, monomial: Monomial, sums: list[tuple[Atom, int]]) -> Exact:
    result = made({monomial: factor})
    for each, exponent in sums:
        for _ in range(exponent):
            result = multiply(result, each.arguments[0])
    return result


def whole(value: Form) -> Form:
    """A sum as one atom."""
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
    first, amount = next(iter(below.items()))  # whichever it is: the order of terms is not the same in every process
    size = sum(each.height_bits() for each in below.values())
    for monomial, factor in above.items():
        powers = dict(monomial)
        for each, exponent in first:
            powers[each] = plus(powers.get(each, 0), negated(exponent))
        extra, ratio, sums = ordered(powers)
        if sums:
            continue
        wanted = [product(mono, ratio) for mono in below]
        if any(sums or target not in above for _, target, sums in wanted):  # before giants are divided
            continue
        charge((factor.height_bits() + size) // 4)
        ratio_factor = factor * extra / amount
        part = {
            target: each_factor * ratio_factor * extra
            for (extra, target, _), each_factor in zip(wanted, below.values(), strict=True)
        }
        if all(above[m] == f for m, f in part.items()):
            return {ratio: ratio_factor}, set(part)
    return None


def complex_of(real: Exact, imaginary: Exact) -> Exact:
    return add(real, multiply(imaginary, IMAGINARY_UNIT))
