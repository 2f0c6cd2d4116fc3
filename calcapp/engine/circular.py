"""Sines and their kin, exactly where that is known: at multiples of 15° and, for some, of 18°."""

from __future__ import annotations

from collections.abc import Callable

from calcapp.engine.arithmetic import add, complex_of, multiply, negative, subtract
from calcapp.engine.atom import PI
from calcapp.engine.division import divide
from calcapp.engine.form import (
    HALF,
    PI_VALUE,
    UNIT,
    ZERO,
    Exact,
    Form,
    function,
    imaginary_part,
    is_real,
    lone,
    made,
    real_part,
)
from calcapp.engine.mistake import OutOfDomain
from calcapp.engine.numbers import fmpq
from calcapp.engine.power import sqrt
from calcapp.engine.sign import is_zero, sign
from calcapp.engine.symmetry import odd

HALF_PI = multiply(PI_VALUE, HALF)
_PI_MONOMIAL = frozenset(((PI, 1),))


def _table() -> dict[fmpq, Exact]:
    """cos(π·q) for q from 0 to 1/2."""
    two, three, five, six = (sqrt(fmpq(n)) for n in (2, 3, 5, 6))
    quarter = fmpq(1, 4)
    return {
        fmpq(0): UNIT,
        fmpq(1, 12): multiply(add(six, two), quarter),
        fmpq(1, 10): multiply(sqrt(add(fmpq(10), multiply(fmpq(2), five))), quarter),
        fmpq(1, 8): multiply(sqrt(add(fmpq(2), two)), HALF),
        fmpq(1, 6): multiply(three, HALF),
        fmpq(1, 5): multiply(add(five, UNIT), quarter),
        fmpq(1, 4): multiply(two, HALF),
        fmpq(3, 10): multiply(sqrt(subtract(fmpq(10), multiply(fmpq(2), five))), quarter),
        fmpq(1, 3): HALF,
        fmpq(3, 8): multiply(sqrt(subtract(fmpq(2), two)), HALF),
        fmpq(2, 5): multiply(subtract(five, UNIT), quarter),
        fmpq(5, 12): multiply(subtract(six, two), quarter),
        HALF: ZERO,
    }


_cosines: dict[tuple[int, int], Exact] = {}
_tangents: dict[tuple[int, int], Exact] = {}


def _tangent_table() -> dict[fmpq, Exact]:
    """tan(π·q) for q from 0 to below 1/2."""
    two, three, five = (sqrt(fmpq(n)) for n in (2, 3, 5))
    double, tenfold = multiply(fmpq(2), five), multiply(fmpq(10), five)
    fifth = fmpq(1, 5)
    return {
        fmpq(0): ZERO,
        fmpq(1, 12): subtract(fmpq(2), three),
        fmpq(1, 10): multiply(sqrt(subtract(fmpq(25), tenfold)), fifth),
        fmpq(1, 8): subtract(two, UNIT),
        fmpq(1, 6): multiply(three, fmpq(1, 3)),
        fmpq(1, 5): sqrt(subtract(fmpq(5), double)),
        fmpq(1, 4): UNIT,
        fmpq(3, 10): multiply(sqrt(add(fmpq(25), tenfold)), fifth),
        fmpq(1, 3): three,
        fmpq(3, 8): add(two, UNIT),
        fmpq(2, 5): sqrt(add(fmpq(5), double)),
        fmpq(5, 12): add(fmpq(2), three),
    }


def cos_pi(turns: fmpq) -> Exact:
    """cos(π·turns)."""
    turns = abs(turns)
    turns = turns - 2 * (turns / 2).floor()
    if turns > 1:
        turns = 2 - turns
    if turns > HALF:
        return negative(cos_pi(1 - turns))
    if 60 % turns.q == 0 or turns.q == 8:
        if not _cosines:
            _cosines.update({(int(q.p), int(q.q)): value for q, value in _table().items()})
        found = _cosines.get((int(turns.p), int(turns.q)))
        if found is not None:
            return found
    return function("cospi", turns, positive=True)


def sin_pi(turns: fmpq) -> Exact:
    return cos_pi(HALF - turns)


def turns_in(value: Exact) -> tuple[fmpq, Exact]:
    """value = π·turns + rest."""
    if isinstance(value, fmpq):
        return ZERO, value
    turns = value.terms.get(_PI_MONOMIAL, ZERO)
    if not turns:
        return ZERO, value
    return turns, made({m: f for m, f in value.terms.items() if m != _PI_MONOMIAL})


def parts(value: Exact) -> tuple[Exact, Exact] | None:
    """Real and imaginary part of a value that is not real, where they are known."""
    if is_real(value):
        return None
    real, imaginary = real_part(value), imaginary_part(value)
    return None if real is None or imaginary is None else (real, imaginary)


def sin(value: Exact) -> Exact:
    if isinstance(value, fmpq):
        return odd("sin", value)
    both = parts(value)
    if both is not None:
        from calcapp.engine.hyperbolic import cosh, sinh

        x, y = both
        return complex_of(multiply(sin(x), cosh(y)), multiply(cos(x), sinh(y)))
    turns, rest = turns_in(value)
    if isinstance(rest, fmpq) and rest == 0:
        return sin_pi(turns)
    if turns and (turns * 2).q == 1:
        quarter = int((turns * 2).p) % 4
        found = sin(rest) if quarter % 2 == 0 else cos(rest)
        return found if quarter < 2 else negative(found)
    inverse = _inverse_alone(value)
    if inverse is not None:
        name, x, factor = inverse
        return multiply(factor, _SINES[name](x))
    return odd("sin", value)


def cos(value: Exact) -> Exact:
    if isinstance(value, fmpq):
        return UNIT if value == 0 else function("cos", abs(value))
    both = parts(value)
    if both is not None:
        from calcapp.engine.hyperbolic import cosh, sinh

        x, y = both
        return complex_of(multiply(cos(x), cosh(y)), negative(multiply(sin(x), sinh(y))))
    turns, rest = turns_in(value)
    if isinstance(rest, fmpq) and rest == 0:
        return cos_pi(turns)
    if turns and (turns * 2).q == 1:
        quarter = int((turns * 2).p) % 4
        found = cos(rest) if quarter % 2 == 0 else sin(rest)
        return found if quarter in (0, 3) else negative(found)
    inverse = _inverse_alone(value)
    if inverse is not None:
        return _COSINES[inverse[0]](inverse[1])
    if not value.real:
        return function("cos", value, real=False)
    return function("cos", value if sign(value) >= 0 else negative(value))


def _inverse_alone(value: Form) -> tuple[str, Exact, fmpq] | None:
    """The name, the argument and the sign, if the value is ± asin(x), acos(x) or atan(x) of a real x."""
    found = lone(value)
    if found is None or abs(found[1]) != 1 or found[0].name not in _SINES or not found[0].real:
        return None
    return found[0].name, found[0].arguments[0], found[1]


def _other_leg(x: Exact) -> Exact:
    return sqrt(subtract(UNIT, multiply(x, x)))


def _diagonal(x: Exact) -> Exact:
    return sqrt(add(UNIT, multiply(x, x)))


_SINES: dict[str, Callable[[Exact], Exact]] = {
    "asin": lambda x: x,
    "acos": _other_leg,
    "atan": lambda x: divide(x, _diagonal(x)),
}
_COSINES: dict[str, Callable[[Exact], Exact]] = {
    "asin": _other_leg,
    "acos": lambda x: x,
    "atan": lambda x: divide(UNIT, _diagonal(x)),
}


def ratio(above: Exact, below: Exact, name: str) -> Exact:
    if is_zero(below):
        raise OutOfDomain(f"{name} has no value here: it grows without bound. Use another angle.")
    return divide(above, below)


def tan(value: Exact) -> Exact:
    turns, rest = turns_in(value)
    found = tan_pi(turns) if isinstance(rest, fmpq) and rest == 0 else None
    return ratio(sin(value), cos(value), "The tangent") if found is None else found


def cot(value: Exact) -> Exact:
    turns, rest = turns_in(value)
    found = tan_pi(HALF - turns) if isinstance(rest, fmpq) and rest == 0 else None
    return ratio(cos(value), sin(value), "The cotangent") if found is None else found


def tan_pi(turns: fmpq) -> Exact | None:
    """tan(π·turns), where it is known and has a shorter form than sine over cosine."""
    turns = turns - turns.floor()
    if turns > HALF:
        found = tan_pi(1 - turns)
        return None if found is None else negative(found)
    if not _tangents:
        _tangents.update({(int(q.p), int(q.q)): value for q, value in _tangent_table().items()})
    return _tangents.get((int(turns.p), int(turns.q)))


def sec(value: Exact) -> Exact:
    return ratio(UNIT, cos(value), "The secant")


def csc(value: Exact) -> Exact:
    return ratio(UNIT, sin(value), "The cosecant")
