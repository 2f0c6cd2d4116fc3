"""What functions never reach: tanh(x) lies between −1 and 1, however near to them."""

from __future__ import annotations

from calcapp.engine.arithmetic import add, multiply, subtract
from calcapp.engine.atom import PI
from calcapp.engine.form import HALF, PI_VALUE, UNIT, ZERO, Exact, Form, Monomial, made, of_atom, over_each_other
from calcapp.engine.numbers import fmpq

BOUNDS: dict[str, Exact] = {
    "sin": UNIT, "cos": UNIT, "erf": UNIT, "normcdf": UNIT, "erfc": fmpq(2), "atan": multiply(PI_VALUE, HALF),
}  # fmt: skip


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
    bare = monomial - {(PI, -1)}
    each, exponent = next(iter(bare)) if len(bare) == 1 else (PI, 0)
    if exponent != 1 or each.name not in BOUNDS or not each.real:
        return None
    if each.name in ("sin", "cos") and not isinstance(each.arguments[0], fmpq):  # of a fraction: no multiple of π
        return None
    bound = BOUNDS[each.name]
    return bound if bare == monomial else multiply(bound, of_atom(PI, -1))
