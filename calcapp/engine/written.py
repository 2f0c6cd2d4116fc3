"""Exact values as text that reads back as the same value: `(√6 - √2)/4`, `5π/6`, `ln(1 + √2)`."""

from __future__ import annotations

from functools import lru_cache

from calcapp.engine.arithmetic import multiply
from calcapp.engine.atom import PI, Atom, Exponent, I, atom
from calcapp.engine.form import ONE, PI_VALUE, Exact, Form, Monomial, of_atom
from calcapp.engine.monomial import is_below
from calcapp.engine.numbers import fmpq, fmpz

LONGEST = 20_000
GIANT = 20_000  # bits
DEEPEST_SHOWN = 8


def rational_text(value: fmpq) -> str:
    return whole_text(value.p) if value.q == 1 else f"{whole_text(value.p)}/{whole_text(value.q)}"


def whole_text(value: fmpz) -> str:
    return giant_text(value) if value.bit_length() > GIANT else str(value)


@lru_cache(maxsize=2)
def giant_text(value: fmpz) -> str:
    """To write 50,000 digits takes milliseconds, and an argument is written for each place where it stands."""
    return str(value)


def exact_text(value: Exact) -> str:
    """The whole value as an expression. One that is longer than LONGEST is cut there, and is no expression."""
    if isinstance(value, fmpq):
        return rational_text(value)
    if value.text_cached is None:  # inner forms are asked for again and again, to be put in order
        value.text_cached = form_text(value)[: LONGEST + 1]
    return value.text_cached


def form_text(value: Form) -> str:
    if len(value.terms) > 1 and all((I, 1) in monomial for monomial in value.terms):
        return imaginary_text(Form({monomial - {(I, 1)}: factor for monomial, factor in value.terms.items()}))
    shared = frozenset.intersection(*value.terms) if len(value.terms) > 1 else ONE
    under = frozenset((each, e) for each, e in shared if each.kind != "exp" and is_below(e))
    if under:
        return over_text(value, under)
    terms = logarithms_together(value.terms)
    below = common_denominator(terms)
    parts = sorted(terms.items(), key=lambda item: order(item[0]))
    if len(parts) > 1 and parts[0][1] < 0:
        for place, (_, factor) in enumerate(parts):
            if factor > 0 and not any(a is I for a, _ in parts[place][0]):
                parts.insert(0, parts.pop(place))
                break
    text = ""
    for monomial, factor in parts:
        piece = term_text(abs(factor) * below, monomial, below if len(parts) == 1 else fmpz(1))
        if not text:
            text = ("-" if factor < 0 else "") + piece
        else:
            text += (" - " if factor < 0 else " + ") + piece
    return f"({text})/{below}" if len(parts) > 1 and below != 1 else text


def common_denominator(terms: dict[Monomial, fmpq]) -> fmpz:
    below = fmpz(1)
    for factor in terms.values():
        below = below.lcm(factor.q)
    return below


def over_text(value: Form, under: Monomial) -> str:
    """(1 + π)/(π - 2): a sum over what stands below the line in each of its terms."""
    below = common_denominator(value.terms)
    sign = -1 if all(factor < 0 for factor in value.terms.values()) else 1
    inner = {monomial - under: factor * below * sign for monomial, factor in value.terms.items()}
    top, parts = form_text(Form(inner)), len(logarithms_together(inner))
    bottom = monomial_parts(under)[1]
    text = factors_text(below, bottom)
    text = f"({text})" if below != 1 or len(bottom) > 1 else text
    return f"{'-' if sign < 0 else ''}{f'({top})' if parts > 1 else top}/{text}"


def imaginary_text(value: Form) -> str:
    """(2 + π) i/2: a sum that is multiplied by i."""
    below = common_denominator(value.terms)
    sign = "-" if all(factor < 0 for factor in value.terms.values()) else ""
    inner = form_text(
        Form({monomial: (-factor if sign else factor) * below for monomial, factor in value.terms.items()})
    )
    text = f"{sign}({inner}) i" if inner.count(" ") else f"{sign}{inner} i"
    return text if below == 1 else f"{text}/{below}"


def logarithms_together(terms: dict[Monomial, fmpq]) -> dict[Monomial, fmpq]:
    """ln(2) + ln(5) as ln(10), where that is short."""
    logs = {m: f for m, f in terms.items() if len(m) == 1 and all(a.kind == "log" and e == 1 for a, e in m)}
    if len(logs) < 2:
        return terms
    below = common_denominator(logs)
    product, bits = fmpq(1), fmpz(0)
    for monomial, factor in logs.items():
        number, exponent = next(iter(monomial))[0].number, (factor * below).p
        bits += abs(exponent) * number.bit_length()
        if bits > 80:
            return terms
        product *= fmpq(number) ** int(exponent)
    sign = 1 if product > 1 else -1
    together = atom(
        "function", name="ln", arguments=(product if sign > 0 else 1 / product,), positive=False, proven=False
    )
    rest = {m: f for m, f in terms.items() if m not in logs}
    return {**rest, frozenset(((together, 1),)): fmpq(sign, below)}


def order(monomial: Monomial) -> tuple[object, ...]:
    """Rationals first, then roots, then the rest; i last."""
    return (
        any(a is I for a, _ in monomial),
        len(monomial),
        sorted(place(a, e) for a, e in monomial),
    )


def place(each: Atom, exponent: Exponent) -> tuple[int, int, str, str, str]:
    """Where an atom stands among others: the same in every process."""
    spelled = atom_text(each) if each.kind == "function" else ""
    if each.kind in ("sum", "exp"):
        spelled = exact_text(each.arguments[0])
    return _KINDS[each.kind], each.number, each.name, spelled, exponent_text(exponent)


def exponent_text(exponent: Exponent) -> str:
    """Through fmpz, because Python refuses to write integers of more than 4,300 digits."""
    if isinstance(exponent, int):
        return str(fmpz(exponent))
    return f"({fmpz(exponent[0])}/{fmpz(exponent[1])})"


_KINDS = {"prime": 0, "pi": 1, "exp": 2, "log": 3, "sum": 4, "function": 5, "i": 6}


def term_text(factor: fmpq, monomial: Monomial, under: fmpz) -> str:
    above, below = monomial_parts(monomial)
    top = factors_text(fmpz(factor.p), above)
    if not below and under == 1:
        return top
    bottom = factors_text(under, below)
    return f"{top}/({bottom})" if below and (under != 1 or len(below) > 1) else f"{top}/{bottom}"


def factors_text(number: fmpz, pieces: list[str]) -> str:
    if number != 1 or not pieces:
        pieces = [str(number), *pieces]
    text = pieces[0]
    for piece in pieces[1:]:
        text += joint(text, piece) + piece
    return text


def joint(text: str, piece: str) -> str:
    """What stands between two factors: nothing as in 2√3 and 5π, a sign before a digit, otherwise a space."""
    if piece[0].isdigit():
        return "*"
    return "" if text[-1].isdigit() and text.isdigit() and (piece[0] in "√∛∜π(" or piece == "i") else " "


def monomial_parts(monomial: Monomial) -> tuple[list[str], list[str]]:
    """The factors above and below the line."""
    roots: dict[int, int] = {}
    above: list[str] = []
    below: list[str] = []
    last: list[str] = []
    nested: list[Exact] = []
    for each, exponent in sorted(monomial, key=lambda item: place(*item)):
        if each is I:
            last.append("i")
        elif each.kind == "prime" and isinstance(exponent, tuple):
            if each.number.bit_length() * exponent[0] > 256 or exponent[1] > 99:
                above.append(f"{fmpz(each.number)}^{exponent_text(exponent)}")
            else:
                roots[exponent[1]] = roots.get(exponent[1], 1) * each.number ** exponent[0]
        elif each.kind == "sum" and exponent == (1, 2):
            nested.append(each.arguments[0])
        elif each is PI and exponent == (1, 2):
            nested.append(PI_VALUE)
        else:
            down = exponent < 0 if isinstance(exponent, int) else exponent[0] < 0
            if each.kind == "exp":
                above.append(power_of_e(each, exponent))
                continue
            if down:
                exponent = -exponent if isinstance(exponent, int) else (-exponent[0], exponent[1])
            (below if down else above).append(atom_power(each, exponent))
    if nested:
        nested[0] = multiply(nested[0], fmpq(roots.pop(2, 1)))
    under_roots = [f"√({text})" if text != "π" else "√π" for text in map(exact_text, nested)]
    return [root_text(n, degree) for degree, n in sorted(roots.items())] + under_roots + above + last, below


def root_text(number: int, degree: int) -> str:
    signs = {2: "√", 3: "∛", 4: "∜"}
    if degree in signs:
        return f"{signs[degree]}{fmpz(number)}"
    return f"{fmpz(number)}^(1/{degree})"


def power_of_e(each: Atom, exponent: Exponent) -> str:
    inner = multiply(each.arguments[0], fmpq(exponent) if isinstance(exponent, int) else fmpq(*exponent))
    if isinstance(inner, fmpq) and inner.q == 1:
        return "e" if inner == 1 else f"e^{inner}" if inner > 0 else f"e^({inner})"
    text = exact_text(inner)
    return f"e^{text}" if text in ("π", "i") else f"e^({text})"


def atom_power(each: Atom, exponent: Exponent) -> str:
    if each.kind == "sum":
        inner = exact_text(each.arguments[0])
        if exponent in ((1, 2), (1, 3), (1, 4)):
            return f"{root_text(0, exponent[1])[:-1]}({inner})"
        lone_logarithm = inner.startswith("ln(") and inner.endswith(")") and inner.count("(") == 1
        base = inner if lone_logarithm else f"({inner})"
    else:
        base = atom_text(each)
        if exponent in ((1, 2), (1, 3), (1, 4)):
            return f"{root_text(0, exponent[1])[:-1]}{base}"
    if exponent == 1:
        return base
    return f"{base}^{exponent_text(exponent)}"


def atom_text(each: Atom) -> str:
    if each.kind == "pi":
        return "π"
    if each.kind == "log":
        return f"ln({fmpz(each.number)})"
    if each.name == "cospi":
        return f"cos({exact_text(multiply(each.arguments[0], of_atom(PI)))})"
    if not each.arguments:
        return each.name
    return f"{each.name}({', '.join(exact_text(one) for one in each.arguments)})"


def worth_showing(value: Form) -> bool:
    """Whether the exact form says more than the decimals: roots, π, e and logarithms, in few terms."""
    if len(value.terms) > 6 or value.depth > DEEPEST_SHOWN:
        return False
    return all(shown(each, exponent) for monomial in value.terms for each, exponent in monomial)


def atoms_within(each: Atom) -> list[Atom]:
    return [a for one in each.arguments if not isinstance(one, fmpq) for a in one.atoms()]


def shown(each: Atom, exponent: Exponent, inner: bool = True) -> bool:
    if not isinstance(exponent, int) and exponent[1] > 12:
        return False
    if each.kind == "function" and each.name not in ("ln", "eulergamma"):
        return False
    if each.kind == "exp" and not all(one.kind in ("prime", "pi") for one in atoms_within(each)):
        return False
    return all(
        isinstance(one, fmpq) or (len(one.terms) <= 4 and all(shown(a, e) for m in one.terms for a, e in m))
        for one in each.arguments
    )
