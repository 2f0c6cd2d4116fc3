"""What exact forms are made of: i, roots of primes, π, powers of e, logarithms of primes, and values of functions.

An atom knows how to be a ball at the precision asked for. Equal atoms are the same object, so that monomials can
be compared quickly. An exponent is an int, or a pair of ints for a fraction.
"""

from __future__ import annotations

from math import gcd
from weakref import WeakValueDictionary

from calcapp.engine.mistake import TooLarge
from calcapp.engine.numbers import acb, arb, ctx, fmpq, fmpz
from calcapp.engine.work import charge

TYPE_CHECKING = False  # as of `typing`, which takes a tenth of the start and nothing else needs
if TYPE_CHECKING:
    from calcapp.engine.form import Form

Exponent = int | tuple[int, int]
Ball = arb | acb
DEEPEST = 40

# Special functions cost about the square of the precision divided by this, in the unit of MOST_WORK (measured
# with flint from 128 to 16,384 bits, real and complex).
COSTS = {
    "erf": 200, "erfc": 200, "erfinv": 50, "normcdf": 200, "airyai": 200, "airybi": 200, "gamma": 80, "lgamma": 80,
    "besselj": 80, "bessely": 80, "beta": 80, "ei": 80, "li": 80, "si": 80, "ci": 80, "digamma": 50, "harmonic": 50,
    "zeta": 8, "polylog": 4,
}  # fmt: skip


class Atom:
    """`kind` is i, prime, pi, log, exp, sum or function. Sums of `proven` atoms of one kind, roots and i are known not
    to be zero when they do not cancel."""

    __slots__ = (
        "__weakref__", "arguments", "ball_cached", "depth", "kind", "name", "number", "positive", "precision",
        "proven", "real",
    )  # fmt: skip

    def __init__(
        self,
        kind: str,
        number: int,
        name: str,
        arguments: tuple[fmpq | Form, ...],
        real: bool,
        positive: bool,
        proven: bool,
    ) -> None:
        self.kind, self.number, self.name, self.arguments = kind, number, name, arguments
        self.real, self.positive, self.proven = real, positive, proven
        self.precision = 0
        self.ball_cached: Ball | None = None
        self.depth: int = 1 + max((each.depth for each in arguments if not isinstance(each, fmpq)), default=0)
        if self.depth > DEEPEST:
            raise TooLarge("This is nested too deeply to keep it exact. Work it out in parts.")

    def ball(self) -> Ball:
        """The atom at flint's present precision."""
        precision = ctx.prec
        if self.ball_cached is None or self.precision < precision:
            charge(self.cost(precision))
            self.ball_cached = self.fresh_ball()
            self.precision = precision
        return self.ball_cached

    def cost(self, precision: int) -> int:
        if self.name == "polylog":
            order = self.arguments[0]
            if not isinstance(order, fmpq) or order.q > 2:  # 50 ms with 1,700 bits, 300 with 3,400
                return precision**3 // 1_300
        if self.name in COSTS:
            return 200 + precision * precision // COSTS[self.name]
        return elementary(precision) if self.kind in ("exp", "function") else 200 + precision

    def fresh_ball(self) -> Ball:
        if self.kind == "prime":
            return arb(self.number)
        if self.kind == "pi":
            return arb.pi()
        if self.kind == "i":
            return acb(0, 1)
        if self.kind == "log":
            return arb(self.number).log()
        if self.kind == "exp":
            return ball(self.arguments[0]).exp()
        if self.kind == "sum":
            return ball(self.arguments[0])
        from calcapp.engine.balls import function_ball

        return function_ball(self.name, self.arguments, self.real)

    def power(self, exponent: Exponent) -> Ball:
        if exponent == 1:
            return self.ball()
        if self.kind == "exp":  # e^(tiny) is 1 to all digits, and its huge powers would be lost
            charge(elementary(ctx.prec))
            return (ball(self.arguments[0]) * rational_of(exponent)).exp()
        value = self.ball()
        if isinstance(exponent, int):
            return value**exponent
        top, bottom = exponent
        if bottom == 2:
            charge(ctx.prec // 3)
            value = value.sqrt()
            return value if top == 1 else value**top
        charge(2 * elementary(ctx.prec))
        return value ** arb(fmpq(top, bottom))


def elementary(precision: int) -> int:
    """What a power of e or a sine costs with so many bits: it takes 0.6 µs with 128, 5 ms with 65,536."""
    return 200 + precision + precision * precision // 8_000


def ball(value: fmpq | Form) -> Ball:
    """A value as a ball at flint's present precision."""
    if isinstance(value, fmpq):
        return arb(value)
    return value.ball()


_atoms: WeakValueDictionary[object, Atom] = WeakValueDictionary()


def atom(
    kind: str, number: int = 0, name: str = "", arguments: tuple[fmpq | Form, ...] = (),
    real: bool = True, positive: bool = True, proven: bool = True,
) -> Atom:  # fmt: skip
    """The one atom of that description."""
    key = (kind, number, name, *[key_of(each) for each in arguments])
    found = _atoms.get(key)
    if found is None:
        found = Atom(kind, number, name, arguments, real, positive, proven)
        _atoms[key] = found
    return found


def known_atom(kind: str, argument: Form) -> Atom | None:
    """That atom, if it is in use already."""
    return _atoms.get((kind, 0, "", key_of(argument)))


def key_of(value: fmpq | Form) -> object:
    if isinstance(value, fmpq):
        return (int(value.p), int(value.q))
    return value.key()


I = atom("i", real=False, positive=False)  # noqa: E741 - its name everywhere else
PI = atom("pi")


def prime(number: int, proven: bool = True) -> Atom:
    return atom("prime", number, proven=proven)


def log_of_prime(number: int, proven: bool = True) -> Atom:
    return atom("log", number, proven=proven)


def plus(left: Exponent, right: Exponent) -> Exponent:
    if isinstance(left, int) and isinstance(right, int):
        return left + right
    a, b = (left, 1) if isinstance(left, int) else left
    c, d = (right, 1) if isinstance(right, int) else right
    return simple(a * d + c * b, b * d)


def times(left: Exponent, right: Exponent) -> Exponent:
    a, b = (left, 1) if isinstance(left, int) else left
    c, d = (right, 1) if isinstance(right, int) else right
    return simple(a * c, b * d)


GIANT = 2**2_000
"""Denominators of exponents up to this take no time worth a charge."""


def simple(top: int, bottom: int) -> Exponent:
    if bottom > GIANT:
        charge(top.bit_length() * bottom.bit_length() // 5_000)  # Python's gcd and division are quadratic
    common = gcd(top, bottom)
    top, bottom = top // common, bottom // common
    return top if bottom == 1 else (top, bottom)


def exponent_of(value: fmpq) -> Exponent:
    return int(value.p) if value.q == 1 else (int(value.p), int(value.q))


def rational_of(exponent: Exponent) -> fmpq:
    return fmpq(exponent) if isinstance(exponent, int) else fmpq(*exponent)


def integer(value: fmpz) -> int:
    return int(value)
