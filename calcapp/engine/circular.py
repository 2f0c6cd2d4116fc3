"""Sines and their kin, exactly where that is known: at multiples of 15° and, for some, of 18°."""

from __future__ import annotations

from collections.abc import Callable

from flint import acb, arb, ctx, fmpq, fmpz

from calcapp.engine.atom import PI, I, atom
from calcapp.engine.form import (
    IMAGINARY_UNIT,
    UNIT,
    ZERO,
    Exact,
    Form,
    add,
    complex_of,
    divide,
    imaginary_part,
    lone,
    made,
    multiply,
    negative,
    of_atom,
    over_each_other,
    real_part,
    subtract,
)  # fmt: skip
from calcapp.engine.mistake import OutOfDomain
from calcapp.engine.power import HALF, PI_VALUE, ln, sqrt
from calcapp.engine.sign import compare, floor, is_zero, sign

HALF_PI = multiply(PI_VALUE, HALF)
_PI_MONOMIAL = frozenset(((PI, 1),))


def function(name: str, *arguments: Exact, real: bool = True, positive: bool = False) -> Form:
    """The value of a function that has no simpler form."""
    return of_atom(atom("function", name=name, arguments=arguments, real=real, positive=positive, proven=False))


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
    if isinstance(value, fmpq) or value.real:
        return None
    real, imaginary = real_part(value), imaginary_part(value)
    return None if real is None or imaginary is None else (real, imaginary)


def sin(value: Exact) -> Exact:
    if isinstance(value, fmpq):
        return _odd("sin", value)
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
    return _odd("sin", value)


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


def _odd(name: str, value: Exact) -> Exact:
    """An odd function: the sign of the argument is taken in front."""
    if isinstance(value, fmpq):
        if value == 0:
            return ZERO
        return negative(function(name, -value)) if value < 0 else function(name, value)
    if not value.real:
        return function(name, value, real=False)
    return negative(function(name, negative(value))) if sign(value) < 0 else function(name, value)


def ratio(above: Exact, below: Exact, name: str) -> Exact:
    if is_zero(below):
        raise OutOfDomain(f"{name} has no value here: it grows without bound. Use another angle.")
    return divide(above, below)


def tan(value: Exact) -> Exact:
    return ratio(sin(value), cos(value), "The tangent")


def cot(value: Exact) -> Exact:
    return ratio(cos(value), sin(value), "The cotangent")


def sec(value: Exact) -> Exact:
    return ratio(UNIT, cos(value), "The secant")


def csc(value: Exact) -> Exact:
    return ratio(UNIT, sin(value), "The cosecant")


# Inverses


def _guess(value: Form | fmpq, name: str) -> Exact | None:
    """The multiple of π/120 that the inverse is, proved by its cosine, sine or tangent."""
    ctx.prec = 96
    ball = value.ball() if isinstance(value, Form) else arb(value)
    if isinstance(ball, acb):
        return None
    found = getattr(ball, name)() * 120 / arb.pi()
    number = (found + arb(fmpq(1, 2))).floor().unique_fmpz() if found.is_finite() else None
    if number is None or not (found - number).abs_upper() < arb(2) ** -40:
        return None
    if name == "atan" and number % 120 == 60:  # so near a right angle, whose tangent is no number
        return None
    angle = multiply(PI_VALUE, fmpq(number, 120))
    back = {"asin": sin, "acos": cos, "atan": tan}[name](angle)
    return angle if isinstance(subtract(back, value), fmpq) and subtract(back, value) == 0 else None


def asin(value: Exact) -> Exact:
    found = _simple_angle(value, "asin")
    if found is not None:
        return found
    if not _is_real(value):
        return function("asin", value, real=False)
    value = at_the_edge(value)
    if isinstance(value, fmpq) and abs(value) == 1:
        return multiply(value, HALF_PI)
    if compare(value, UNIT) > 0 or compare(value, -UNIT) < 0:
        return subtract(HALF_PI, acos(value))
    back = lone(value)
    if back is not None and abs(back[1]) == 1 and back[0].name == "sin" and back[0].real:
        turns, rest = _without_half_turns(add(back[0].arguments[0], HALF_PI))
        rest = subtract(rest, HALF_PI)
        return negative(rest) if (turns % 2 == 1) != (back[1] < 0) else rest
    return _odd("asin", value)


def at_the_edge(value: Exact) -> Exact:
    """1 or −1 where the value cannot be told from it: beyond, the inverses are complex."""
    for edge in (UNIT, -UNIT):
        if not isinstance(value, fmpq) and compare(value, edge) == 0:
            return edge
    return value


def _without_half_turns(value: Exact) -> tuple[fmpz, Exact]:
    """value = turns·π + rest, the rest from 0 to π."""
    turns = floor(divide(value, PI_VALUE))
    return turns, subtract(value, multiply(fmpq(turns), PI_VALUE))


def acos(value: Exact) -> Exact:
    found = _simple_angle(value, "acos")
    if found is not None:
        return found
    if not _is_real(value):
        return function("acos", value, real=False)
    value = at_the_edge(value)
    if isinstance(value, fmpq) and abs(value) == 1:
        return ZERO if value > 0 else PI_VALUE
    if compare(value, UNIT) > 0:
        return multiply(IMAGINARY_UNIT, _log_of_sum(value))
    if compare(value, -UNIT) < 0:
        return subtract(PI_VALUE, multiply(IMAGINARY_UNIT, _log_of_sum(negative(value))))
    back = lone(value)
    if back is not None and back[1] == 1 and back[0].name == "cos" and back[0].real:
        turns, rest = _without_half_turns(back[0].arguments[0])
        return subtract(PI_VALUE, rest) if turns % 2 == 1 else rest
    return function("acos", value)


def _log_of_sum(value: Exact) -> Exact:
    """ln(x + √(x² − 1)) for x above 1."""
    return ln(add(value, sqrt(subtract(multiply(value, value), UNIT))))


def _is_real(value: Exact) -> bool:
    return isinstance(value, fmpq) or value.real


def _simple_angle(value: Exact, name: str) -> Exact | None:
    """The inverse as a multiple of π/120, for small rationals and values built of few roots."""
    if isinstance(value, fmpq):
        return _guess(value, name) if abs(value) in (0, 1, HALF) else None
    if value.real and len(value.terms) <= 3 and all(each.kind in ("prime", "sum") for each in value.atoms()):
        return _guess(value, name)
    return None


def atan(value: Exact) -> Exact:
    found = _simple_angle(value, "atan")
    if found is not None:
        return found
    if not _is_real(value):
        if is_zero(add(multiply(value, value), UNIT)):
            raise OutOfDomain("The arctangent has no value at i and −i. Use another number.")
        return function("atan", value, real=False)
    back = over_each_other(value, "sin", "cos")
    if back is not None:
        _, rest = _without_half_turns(add(back[0], HALF_PI))
        rest = subtract(rest, HALF_PI)
        return negative(rest) if back[1] < 0 else rest
    return _odd("atan", value)


def atan2(y: Exact, x: Exact) -> Exact:
    """The angle of the point (x, y), from −π to π."""
    if is_zero(x):
        if is_zero(y):
            raise OutOfDomain("The point (0, 0) has no angle. Use another point.")
        return HALF_PI if sign(y) > 0 else negative(HALF_PI)
    below = sign(y) < 0
    found = ZERO if is_zero(y) else atan(divide(y, x))
    if sign(x) > 0:
        return found
    return subtract(found, PI_VALUE) if below else add(found, PI_VALUE)


# Complex numbers as points


def size(value: Exact) -> Exact:
    """The absolute value."""
    if isinstance(value, fmpq):
        return abs(value)
    if value.real:
        return negative(value) if sign(value) < 0 else value
    real, imaginary = real_part(value), imaginary_part(value)
    if real is None or imaginary is None:
        return function("abs", value, real=True)
    if isinstance(real, fmpq) and real == 0:
        return size(imaginary)
    square = add(multiply(real, real), multiply(imaginary, imaginary))
    return ZERO if is_zero(square) else sqrt(square)


def argument(value: Exact) -> Exact:
    if isinstance(value, fmpq) or value.real:
        found = sign(value)
        if found == 0:
            raise OutOfDomain("Zero has no angle. Use a number that is not zero.")
        return ZERO if found > 0 else PI_VALUE
    real, imaginary = real_part(value), imaginary_part(value)
    if real is None or imaginary is None:
        return function("arg", value, real=True)
    return atan2(imaginary, real)


def conjugate(value: Exact) -> Exact:
    if isinstance(value, fmpq) or value.real:
        return value
    if any(not each.real and each is not I for each in value.atoms()):
        return function("conj", value, real=False)
    return made({m: -f if (I, 1) in m else f for m, f in value.terms.items()})
