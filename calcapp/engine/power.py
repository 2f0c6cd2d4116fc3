"""Powers, roots and exponentials of exact values."""

from __future__ import annotations

from calcapp.engine.arithmetic import add, complex_of, expanded, multiply, negative, sum_atom
from calcapp.engine.atom import Atom, Exponent, I, atom, exponent_of, prime, times
from calcapp.engine.division import power, rational_power
from calcapp.engine.factoring import factors
from calcapp.engine.form import (
    HALF,
    IMAGINARY_UNIT,
    UNIT,
    ZERO,
    Exact,
    Form,
    Monomial,
    Terms,
    bounded,
    function,
    imaginary_part,
    is_real,
    lone,
    made,
    of_atom,
    real_part,
)
from calcapp.engine.logarithm import ln
from calcapp.engine.mistake import DividedByZero, OutOfDomain, TooLarge
from calcapp.engine.monomial import ordered
from calcapp.engine.numbers import arb, ctx, fmpq, fmpz
from calcapp.engine.sign import is_zero, sign
from calcapp.engine.work import LARGEST_BITS

E = of_atom(atom("exp", arguments=(UNIT,)))
LARGEST_EXPONENT = 4 * 10**9
LONGEST_EXPONENT = 256
"""Exponents of more bits are kept inside of a function, because exact forms add and reduce them."""


def rational_root(value: fmpq, exponent: fmpq) -> Exact:
    """A positive rational to a power that is not whole."""
    powers: dict[Atom, Exponent] = {}
    factor = UNIT
    e = exponent_of(exponent)
    for part, direction in ((value.p, 1), (value.q, -1)):
        if part == 1:
            continue
        for p, count, proven in factors(part):
            raised = times(e, direction * count)
            floor = raised if isinstance(raised, int) else raised[0] // raised[1]
            if p.bit_length() * abs(floor) > LARGEST_BITS:
                raise TooLarge("This power is too long to write down. Use a smaller exponent.")
            if isinstance(raised, int):
                factor *= rational_power(fmpq(p), raised) if raised > 0 else 1 / rational_power(fmpq(p), -raised)
            else:
                if floor:
                    factor *= fmpq(p) ** floor
                powers[prime(p, proven)] = (raised[0] - floor * raised[1], raised[1])
    return made({frozenset(powers.items()): bounded(factor)})


def sqrt(value: Exact) -> Exact:
    return raised(value, HALF)


def cbrt(value: Exact) -> Exact:
    """The real cube root of a real value, the principal one of a complex value."""
    if is_real(value) and sign(value) < 0:
        return negative(raised(negative(value), fmpq(1, 3)))
    return raised(value, fmpq(1, 3))


def raised(base: Exact, exponent: Exact) -> Exact:
    """base^exponent, the principal value."""
    if isinstance(exponent, fmpq):
        if exponent.q == 1:
            return whole_power(base, exponent.p)
        if isinstance(base, fmpq):
            if base == 0:
                return zero_power(exponent)
            if exponent.height_bits() > LONGEST_EXPONENT:
                return long_power(base, exponent)
            if base > 0:
                return rational_root(base, exponent)
            return multiply(rational_root(-base, exponent), half_turns(exponent))
        if exponent.height_bits() > LONGEST_EXPONENT:
            return long_power(base, exponent)
        return form_root(base, exponent)
    if isinstance(base, fmpq) and base == 1:
        return UNIT
    if is_zero(base):
        return zero_power(exponent)
    return exp(multiply(exponent, ln(base)))


def long_power(base: Exact, exponent: fmpq) -> Exact:
    """A power whose exponent has too many digits to be kept beside a root."""
    if is_zero(base):
        return zero_power(exponent)
    logarithm = ln(base)
    if not isinstance(logarithm, fmpq) and not logarithm.real:
        raise TooLarge("This exponent has too many digits. Round it first.")
    inner = multiply(exponent, logarithm)
    if isinstance(inner, fmpq):
        return rational_exp(inner)
    size_limited(inner)
    return of_atom(atom("exp", arguments=(inner,), proven=False))


def whole_power(base: Exact, exponent: fmpz) -> Exact:
    if exponent < 0 and is_zero(base):
        raise DividedByZero("Zero has no negative powers: nothing can be divided by zero.")
    if isinstance(base, fmpq):
        bits = base.height_bits()
        if bits > 1 and bits * abs(exponent) > LARGEST_BITS + bits + abs(exponent):
            return huge_power(base, exponent)
        return rational_power(base if exponent >= 0 else 1 / base, abs(int(exponent)))
    if abs(exponent) > LARGEST_EXPONENT:
        raise TooLarge("This exponent is too large. Use a smaller one.")
    return power(base, int(exponent))


def huge_power(base: fmpq, exponent: fmpz) -> Exact:
    """A power that cannot be written out: certified where its size can still be written, as 1.0001^1000000."""
    if base.q == 1 or base == 0:
        raise TooLarge("This power is too long to write down. Use a smaller exponent.")
    ctx.prec = 64 + exponent.bit_length()
    size = (arb(abs(base)).log() * exponent).abs_lower()
    if size > 138_000 or exponent.bit_length() > LONGEST_EXPONENT:
        raise TooLarge("This power is too long to write down. Use a smaller exponent.")
    result = function("pow", abs(base), fmpq(exponent), positive=True)
    return negative(result) if base < 0 and exponent % 2 == 1 else result


def zero_power(exponent: Exact) -> Exact:
    real = real_part(exponent)
    if real is None or sign(real) <= 0:
        if real is not None and sign(real) < 0:
            raise DividedByZero("Zero has no negative powers: nothing can be divided by zero.")
        raise OutOfDomain("Zero to this power has no value. Use a base that is not zero.")
    return ZERO


def half_turns(turns: fmpq) -> Exact:
    """e^(iπ·turns)."""
    from calcapp.engine.circular import cos_pi, sin_pi

    return complex_of(cos_pi(turns), sin_pi(turns))


def form_root(base: Form, exponent: fmpq) -> Exact:
    """A form to a power that is not whole."""
    if is_zero(base):
        return zero_power(exponent)
    if not base.real:
        return complex_root(base, exponent)
    if sign(base) < 0:
        return multiply(positive_root(negative(base), exponent), half_turns(exponent))
    return positive_root(base, exponent)


def positive_root(base: Exact, exponent: fmpq) -> Exact:
    from calcapp.engine.denesting import denested

    if isinstance(base, fmpq):
        return rational_root(base, exponent)
    e = exponent_of(exponent)
    if len(base.terms) == 1:
        monomial, factor = next(iter(base.terms.items()))
        if all(each.positive for each, _ in monomial):
            powers = {each: times(old, e) for each, old in monomial}
            for each, new in powers.items():
                floor = new if isinstance(new, int) else new[0] // new[1]
                if each.kind == "prime" and each.number.bit_length() * abs(floor) > LARGEST_BITS:
                    raise TooLarge("This power is too long to write down. Use a smaller exponent.")
            extra, raised_monomial, sums = ordered(powers)
            front = rational_root(factor, exponent) if factor != 1 else UNIT
            return multiply(front, expanded(extra, raised_monomial, sums))
    root = denested(base, int(exponent.q))
    if root is not None:
        return whole_power(root, exponent.p)
    factor, each = sum_atom(base)
    extra, raised_monomial, sums = ordered({each: e})
    root = expanded(extra, raised_monomial, sums)
    return multiply(rational_root(factor, exponent), root) if factor != 1 else root


def complex_root(base: Form, exponent: fmpq) -> Exact:
    from calcapp.engine.plane import polar, within_a_turn

    if len(base.terms) == 1:
        monomial, factor = next(iter(base.terms.items()))
        if (I, 1) in monomial and all(each is I or each.positive for each, _ in monomial):
            rest = made({monomial - {(I, 1)}: abs(factor)})
            turn = exponent / 2 if factor > 0 else -exponent / 2
            return multiply(positive_root(rest, exponent), half_turns(turn))
    real, imaginary = real_part(base), imaginary_part(base)
    if real is not None and imaginary is not None and not isinstance(imaginary, fmpq) and is_zero(imaginary):
        return raised(real, exponent)
    point = polar(base)
    if point is not None:
        turned = multiply(IMAGINARY_UNIT, multiply(exponent, within_a_turn(point[1])))
        return multiply(raised(point[0], exponent), exp(turned))
    if exponent == HALF and real is not None and imaginary is not None:
        # The half-angle formulas; see NIST Digital Library of Mathematical Functions, 4.2.
        size = sqrt(add(multiply(real, real), multiply(imaginary, imaginary)))
        above = positive_or_zero_root(multiply(add(size, real), HALF))
        below = positive_or_zero_root(multiply(add(size, negative(real)), HALF))
        return complex_of(above, below if sign(imaginary) >= 0 else negative(below))
    return exp(multiply(exponent, ln(base)))


def positive_or_zero_root(value: Exact) -> Exact:
    return ZERO if is_zero(value) else positive_root(value, HALF)


def exp(value: Exact) -> Exact:
    if isinstance(value, fmpq):
        return rational_exp(value)
    size_limited(value)
    if any(not each.real and each is not I for each in value.atoms()):
        return function("exp", value, real=False)
    result: Exact = UNIT
    angle: Terms = {}
    for monomial, factor in value.terms.items():
        if (I, 1) in monomial:
            angle[monomial - {(I, 1)}] = factor
        elif not monomial:
            result = multiply(result, rational_exp(factor))
        else:
            result = multiply(result, monomial_exp(monomial, factor))
    if angle:
        from calcapp.engine.circular import cos, sin

        theta = made(angle)
        result = multiply(result, complex_of(cos(theta), sin(theta)))
    return result


def size_limited(value: Form) -> None:
    ctx.prec = 64
    ball = value.ball()
    if ball.is_finite() and ball.abs_lower() > LARGEST_EXPONENT:
        raise TooLarge("This exponent is too large. Use a smaller one.")


def rational_exp(value: fmpq) -> Exact:
    if value == 0:
        return UNIT
    if abs(value) > LARGEST_EXPONENT:
        raise TooLarge("This exponent is too large. Use a smaller one.")
    if value.height_bits() > LONGEST_EXPONENT:
        return of_atom(atom("exp", arguments=(value,), proven=False))
    return of_atom(atom("exp", arguments=(UNIT,)), exponent_of(value))


def monomial_exp(monomial: Monomial, factor: fmpq) -> Exact:
    """e^(factor · monomial): logarithms come undone."""
    inner = Form({monomial: UNIT})
    found = lone(inner)
    if found is not None and found[0].kind == "log":
        return raised(fmpq(found[0].number), factor)
    if found is not None and found[0].name == "ln":
        return raised(found[0].arguments[0], factor)
    real = all(each.real for each, _ in monomial)
    algebraic = all(each.kind == "prime" and each.proven for each, _ in monomial)
    return of_atom(atom("exp", arguments=(inner,), real=real, positive=real, proven=algebraic), exponent_of(factor))
