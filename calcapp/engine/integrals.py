"""Integrals that no simpler function expresses."""

from __future__ import annotations

from collections.abc import Callable

from calcapp.engine.form import UNIT, ZERO, Exact, function, is_real
from calcapp.engine.mistake import OutOfDomain
from calcapp.engine.reach import reaching
from calcapp.engine.sign import compare, is_zero, sign
from calcapp.engine.symmetry import odd

FARTHEST = 10**6


def ei(value: Exact) -> Exact:
    if is_zero(value):
        raise OutOfDomain("ei has no value at 0. Use another number.")
    reaching(value, "ei", FARTHEST)
    return function("ei", value, real=is_real(value))


def li(value: Exact) -> Exact:
    if is_zero(value):
        return ZERO
    if is_real(value) and compare(value, UNIT) == 0:
        raise OutOfDomain("li has no value at 1. Use another number.")
    reaching(value, "li", FARTHEST)
    return function("li", value, real=is_real(value) and sign(value) > 0)


def si(value: Exact) -> Exact:
    if is_zero(value):
        return ZERO
    reaching(value, "si", FARTHEST)
    return odd("si", value)


def ci(value: Exact) -> Exact:
    if is_zero(value):
        raise OutOfDomain("ci has no value at 0. Use another number.")
    reaching(value, "ci", FARTHEST)
    return function("ci", value, real=is_real(value) and sign(value) > 0)


FUNCTIONS: dict[str, Callable[..., Exact]] = {"ei": ei, "li": li, "si": si, "ci": ci}
