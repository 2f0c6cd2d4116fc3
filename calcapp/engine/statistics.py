"""Functions of any number of values."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cmp_to_key
from itertools import pairwise

from calcapp.engine.arithmetic import add, multiply, subtract
from calcapp.engine.division import divide
from calcapp.engine.form import UNIT, ZERO, Exact
from calcapp.engine.mistake import OutOfDomain
from calcapp.engine.numbers import fmpq
from calcapp.engine.power import raised, sqrt
from calcapp.engine.sign import compare, is_zero, sign


def total(*values: Exact) -> Exact:
    result: Exact = ZERO
    for value in values:
        result = add(result, value)
    return result


def product(*values: Exact) -> Exact:
    result: Exact = UNIT
    for value in values:
        result = multiply(result, value)
    return result


def mean(*values: Exact) -> Exact:
    return divide(total(*values), fmpq(len(values)))


def ordered(values: Sequence[Exact]) -> list[Exact]:
    from calcapp.engine.functions import real

    return sorted((real(value, "This") for value in values), key=cmp_to_key(compare))


def median(*values: Exact) -> Exact:
    line = ordered(values)
    middle = len(line) // 2
    return line[middle] if len(line) % 2 else divide(add(line[middle - 1], line[middle]), fmpq(2))


def mode(*values: Exact) -> Exact:
    """The most frequent value; of several, the smallest."""
    return modes(values)[0]


def modes(values: Sequence[Exact]) -> list[Exact]:
    """The values of which there are most, in order."""
    line = ordered(values)
    found, most, count = line[:1], 1, 1
    for before, value in pairwise(line):
        count = count + 1 if compare(before, value) == 0 else 1
        if count == most:
            found.append(value)
        elif count > most:
            found, most = [value], count
    return found


def squares(values: tuple[Exact, ...]) -> Exact:
    """The sum of the squared distances from the mean."""
    # Exact values lose nothing by Σx² − (Σx)²/n, which has fewer terms to multiply out.
    everything = total(*values)
    result: Exact = ZERO
    for value in values:
        result = add(result, multiply(value, value))
    return subtract(result, divide(multiply(everything, everything), fmpq(len(values))))


def varp(*values: Exact) -> Exact:
    return divide(squares(values), fmpq(len(values)))


def var(*values: Exact) -> Exact:
    if len(values) < 2:
        raise OutOfDomain("A sample of one value has no spread to measure. Add a value, or use stdevp or varp.")
    return divide(squares(values), fmpq(len(values) - 1))


def stdev(*values: Exact) -> Exact:
    return sqrt(var(*values))


def stdevp(*values: Exact) -> Exact:
    return sqrt(varp(*values))


def geomean(*values: Exact) -> Exact:
    for value in values:
        if sign(value) < 0:
            raise OutOfDomain("A geometric mean takes no negative numbers.")
    return raised(product(*values), fmpq(1, len(values)))


def harmean(*values: Exact) -> Exact:
    result: Exact = ZERO
    for value in values:
        if is_zero(value):
            raise OutOfDomain("A harmonic mean takes no zeros: nothing can be divided by zero.")
        result = add(result, divide(UNIT, value))
    if is_zero(result):
        raise OutOfDomain("These numbers have no harmonic mean: their reciprocals add up to zero.")
    return divide(fmpq(len(values)), result)


def rms(*values: Exact) -> Exact:
    return sqrt(mean(*(multiply(value, value) for value in values)))


def spread(*values: Exact) -> Exact:
    line = ordered(values)
    return subtract(line[-1], line[0])


FUNCTIONS: dict[str, Callable[..., Exact]] = {
    "sum": total, "product": product, "mean": mean, "median": median, "mode": mode, "stdev": stdev, "stdevp": stdevp,
    "var": var, "varp": varp, "geomean": geomean, "harmean": harmean, "rms": rms, "spread": spread,
    "count": lambda *values: fmpq(len(values)),
}  # fmt: skip
