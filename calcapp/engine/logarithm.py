"""Logarithms of exact values: sums of logarithms of primes, where they can be."""

from __future__ import annotations

from calcapp.engine.arithmetic import add, complex_of, multiply, sum_atom
from calcapp.engine.atom import Atom, log_of_prime, rational_of
from calcapp.engine.division import divide
from calcapp.engine.factoring import factors
from calcapp.engine.form import PI_VALUE, Exact, Form, Terms, function, imaginary_part, made, of_atom, real_part
from calcapp.engine.mistake import OutOfDomain
from calcapp.engine.numbers import fmpq
from calcapp.engine.sign import is_zero, sign


def ln(value: Exact) -> Exact:
    if isinstance(value, fmpq):
        if value == 0:
            raise OutOfDomain("Zero has no logarithm. Use a number that is not zero.")
        if value < 0:
            return complex_of(rational_ln(-value), PI_VALUE)
        return rational_ln(value)
    if is_zero(value):
        raise OutOfDomain("Zero has no logarithm. Use a number that is not zero.")
    if value.real:
        if sign(value) < 0:
            opposite = Form({monomial: -factor for monomial, factor in value.terms.items()})
            return complex_of(positive_ln(opposite), PI_VALUE)
        return positive_ln(value)
    return complex_ln(value)


def rational_ln(value: fmpq) -> Exact:
    terms: Terms = {}
    for part, direction in ((value.p, 1), (value.q, -1)):
        if part != 1:
            for p, count, proven in factors(part):
                terms[frozenset(((log_of_prime(p, proven), 1),))] = fmpq(direction * count)
    if len(terms) > 12:
        return function("ln", value)
    return made(terms)


def positive_ln(value: Form) -> Exact:
    """The logarithm of a value above zero."""
    if len(value.terms) == 1:
        monomial, factor = next(iter(value.terms.items()))
        if all(each.positive for each, _ in monomial):
            result: Exact = rational_ln(factor)
            for each, exponent in monomial:
                result = add(result, multiply(rational_of(exponent), atom_ln(each)))
            return result
    factor, each = sum_atom(value)
    return add(rational_ln(factor), function("ln", each.arguments[0]))


def atom_ln(each: Atom) -> Exact:
    if each.kind == "prime":
        return of_atom(log_of_prime(each.number, each.proven))
    if each.kind == "exp":
        return each.arguments[0]
    return function("ln", each.arguments[0] if each.kind == "sum" else of_atom(each))


def complex_ln(value: Form) -> Exact:
    from calcapp.engine.plane import argument, size

    real, imaginary = real_part(value), imaginary_part(value)
    if real is None or imaginary is None:
        return function("ln", value, real=False)
    if is_zero(imaginary):
        return ln(real)
    return complex_of(ln(size(value)), argument(value))


def log(value: Exact, base: Exact) -> Exact:
    below = ln(base)
    if is_zero(below):
        raise OutOfDomain("A logarithm cannot have the base 1. Use another base.")
    return divide(ln(value), below)
