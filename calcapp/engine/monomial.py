"""Products of atoms to powers: how two are multiplied, and which exponents may stand in one."""

from __future__ import annotations

from collections.abc import Collection

from calcapp.engine.atom import Atom, Exponent, plus
from calcapp.engine.form import UNIT, Form, Monomial
from calcapp.engine.mistake import TooLarge
from calcapp.engine.numbers import fmpq
from calcapp.engine.work import LARGEST_BITS

MOST_EXPANDED = 120
"""Terms of a sum multiplied out."""


def product(left: Monomial, right: Monomial) -> tuple[fmpq, Monomial, list[tuple[Atom, int]]]:
    """Two monomials multiplied: a rational factor, the monomial, and sums that are to be multiplied out."""
    if not left:
        return UNIT, right, []
    if not right:
        return UNIT, left, []
    powers = dict(left)
    shared = False
    for each, exponent in right:
        before = powers.get(each)
        if before is None:
            powers[each] = exponent
        else:
            powers[each] = plus(before, exponent)
            shared = True
    if not shared:
        return UNIT, left | right, []
    whole_sums = {a for m in (left, right) for a, e in m if a.kind == "sum" and isinstance(e, int) and e > 0}
    return ordered(powers, whole_sums)


def ordered(powers: dict[Atom, Exponent], keep: Collection[Atom] = ()) -> tuple[fmpq, Monomial, list[tuple[Atom, int]]]:
    """Exponents brought into their canonical range; the sums to `keep` are too large to be multiplied out."""
    factor = UNIT
    sums: list[tuple[Atom, int]] = []
    for each, exponent in list(powers.items()):
        if exponent == 0:
            del powers[each]
        elif each.kind == "i":
            turns = int(exponent) % 4  # type: ignore[arg-type] # i never has a fraction
            if turns >= 2:
                factor = -factor
            if turns % 2:
                powers[each] = 1
            else:
                del powers[each]
        elif each.kind == "prime":
            floor = exponent if isinstance(exponent, int) else exponent[0] // exponent[1]
            if floor:
                bounded_power(each.number, floor)
                factor *= fmpq(each.number) ** floor
                if isinstance(exponent, int):
                    del powers[each]
                else:
                    powers[each] = (exponent[0] - floor * exponent[1], exponent[1])
        elif each.kind == "sum" and each not in keep:
            floor = exponent if isinstance(exponent, int) else exponent[0] // exponent[1]
            if floor >= 1 and expandable(each, floor) and (isinstance(exponent, int) or algebraic(each)):
                sums.append((each, floor))
                if isinstance(exponent, int):
                    del powers[each]
                else:
                    powers[each] = (exponent[0] - floor * exponent[1], exponent[1])
    return factor, frozenset(powers.items()), sums


def bounded_power(base: int, exponent: int) -> None:
    if base.bit_length() * abs(exponent) > LARGEST_BITS:
        raise TooLarge("This number is too long to write down. Use smaller numbers.")


def expandable(each: Atom, exponent: int) -> bool:
    inner = each.arguments[0]
    return isinstance(inner, Form) and exponent <= 8 and len(inner.terms) ** exponent <= MOST_EXPANDED


def algebraic(each: Atom) -> bool:
    """Whether a sum is built of roots alone."""
    inner = each.arguments[0]
    return isinstance(inner, Form) and all(one.kind in ("prime", "i") for one in inner.atoms())


def negated(exponent: Exponent) -> Exponent:
    return -exponent if isinstance(exponent, int) else (-exponent[0], exponent[1])


def is_below(exponent: Exponent) -> bool:
    """Whether a factor with this exponent stands below the line."""
    return (exponent if isinstance(exponent, int) else exponent[0]) < 0
