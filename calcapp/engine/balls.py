"""Functions of balls: what flint works out with certified bounds (F. Johansson, IEEE Trans. Comput. 66, 2017)."""

from __future__ import annotations

from collections.abc import Callable

from calcapp.engine.atom import Ball, ball
from calcapp.engine.form import Form
from calcapp.engine.numbers import acb, arb, ctx, fmpq


def function_ball(name: str, arguments: tuple[fmpq | Form, ...], real: bool) -> Ball:
    """The function at flint's present precision; `real` when arguments and value are known to be real."""
    first = arguments[0] if arguments else None
    if isinstance(first, fmpq):
        if name == "cospi":
            return arb.cos_pi_fmpq(first)
        if name == "pow":
            return arb(first) ** int(str(arguments[1]))
        if name in ("sin", "cos"):
            return _circular(name, first)
    balls = [ball(each) for each in arguments]
    found: Ball
    if name in _OF_COMPLEX:
        return _OF_COMPLEX[name](acb(balls[0]))
    if real and not any(isinstance(each, acb) for each in balls):
        found = _REAL[name](*balls) if name in _REAL else getattr(balls[0], name)()
        return found
    wide = [acb(each) for each in balls]
    found = _WIDE[name](*wide) if name in _WIDE else getattr(wide[0], _NAMES.get(name, name))()
    return found.real if real and isinstance(found, acb) else found


_NAMES = {"ln": "log"}


def _circular(name: str, value: fmpq) -> arb:
    """Large arguments are brought near zero first, with as many bits more as they are long."""
    bits = value.height_bits()
    if bits < 200:
        precise = arb(value)
    else:
        precision = ctx.prec
        ctx.prec = precision + bits + 32
        turn = 2 * arb.pi()
        count = (value / turn + arb(fmpq(1, 2))).mid().floor().unique_fmpz()
        assert count is not None  # noqa: S101 - a midpoint is one number
        precise = value - turn * count
        ctx.prec = precision
    return precise.sin() if name == "sin" else precise.cos()


def _normcdf(value: arb) -> arb:
    return (-value / arb(2).sqrt()).erfc() / 2


_REAL: dict[str, Callable[..., Ball]] = {
    "angle": lambda c, d: (d / c).atan(),
    "ln": lambda x: x.log(),
    "beta": lambda a, b: a.gamma() * b.gamma() / (a + b).gamma(),
    "besselj": lambda n, x: x.bessel_j(n),
    "bessely": lambda n, x: x.bessel_y(n),
    "airyai": lambda x: x.airy_ai(),
    "airybi": lambda x: x.airy_bi(),
    "polylog": lambda s, x: x.polylog(s),
    "agm": lambda a, b: a.agm(b),
    "normcdf": _normcdf,
    "harmonic": lambda x: (x + 1).digamma() + arb.const_euler(),
    "eulergamma": lambda: arb.const_euler(),
    "catalanconstant": lambda: arb.const_catalan(),
}
_WIDE: dict[str, Callable[..., Ball]] = {
    "besselj": lambda n, x: x.bessel_j(n),
    "bessely": lambda n, x: x.bessel_y(n),
    "airyai": lambda x: x.airy_ai(),
    "airybi": lambda x: x.airy_bi(),
    "polylog": lambda s, x: x.polylog(s),
    "agm": lambda a, b: a.agm(b),
    "beta": lambda a, b: a.gamma() * b.gamma() / (a + b).gamma(),
    "conj": lambda z: z.conjugate(),
}
_OF_COMPLEX: dict[str, Callable[[acb], Ball]] = {
    "re": lambda z: z.real,
    "im": lambda z: z.imag,
    "abs": lambda z: abs(z) if not isinstance(abs(z), acb) else abs(z).real,
    "arg": lambda z: z.arg(),
}
