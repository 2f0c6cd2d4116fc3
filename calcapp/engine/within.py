"""What functions never reach: tanh(x) lies between −1 and 1, however near to them."""

from __future__ import annotations

from flint import fmpq

from calcapp.engine.arithmetic import add, multiply, subtract
from calcapp.engine.atom import PI
from calcapp.engine.form import HALF, PI_VALUE, UNIT, ZERO, Exact, Form, Monomial, made, over_each_other

HALF_PI = multiply(PI_VALUE, HALF)


def side(value: Form) -> int:
    """1 or −1 where the rest of a sum outweighs all that its bounded parts can be; 0 where it does not."""
    rest: Exact = ZERO
    most: Exact = ZERO
    for monomial, factor in value.terms.items():
        bound = never_reached(monomial)
        if bound is None:
            rest = add(rest, made({monomial: factor}))
        else:
            most = add(most, multiply(bound, abs(factor)))
    for way in (1, -1):
        margin = subtract(multiply(rest, fmpq(way)), most)
        if isinstance(margin, fmpq) and margin >= 0 and most != 0:
            return way
    return 0


def never_reached(monomial: Monomial) -> Exact | None:
    """A number that the size of this real part stays below, where one is known."""
    if over_each_other(Form({monomial: UNIT}), "sinh", "cosh") is not None:
        return UNIT
    turns = (PI, -1) in monomial
    bare = monomial - {(PI, -1)}
    each, exponent = next(iter(bare)) if len(bare) == 1 else (PI, 0)
    if exponent != 1 or each.kind != "function" or not each.real:
        return None
    if each.name == "atan":
        return HALF if turns else HALF_PI
    if turns:
        return None
    if each.name in ("sin", "cos") and isinstance(each.arguments[0], fmpq):  # no multiple of π, since it is not 0
        return UNIT
    return {"erf": UNIT, "erfc": fmpq(2), "normcdf": UNIT}.get(each.name)
