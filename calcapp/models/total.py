"""The exact sum of what records answer, where that is one kind of thing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from calcapp.engine import Mistake
from calcapp.engine.guarded import evaluate_guarded
from calcapp.models.calculation import Calculation

RATIONAL = re.compile(r"\(?(-?\d{1,400}(?:/\d{1,400})?)\)?( [^\d()]*)?")


@dataclass
class Total:
    """The sum of each unit (None for plain numbers), and how many records have no number to add."""

    sums: list[str]
    left_out: int


def total(records: list[Calculation]) -> Total:
    """Exact for whole numbers and fractions, of each unit by itself; what is no such number is left out and counted."""
    sums: dict[str | None, Fraction] = {}
    left_out = 0
    for record in records:
        found = RATIONAL.fullmatch(record.value)
        if found is None or (found[2] or "").strip() != (record.unit or ""):
            left_out += 1
        else:
            sums[record.unit] = sums.get(record.unit, Fraction()) + Fraction(found[1])
    return Total([shown(amount, unit) for unit, amount in sorted(sums.items(), key=by_unit)], left_out)


def by_unit(sum_: tuple[str | None, Fraction]) -> tuple[bool, str]:
    """Plain numbers first."""
    return sum_[0] is not None, sum_[0] or ""


def shown(amount: Fraction, unit: str | None) -> str:
    try:
        decimal = evaluate_guarded(str(amount)).answer
    except Mistake:
        decimal = str(amount)
    return f"{decimal} {unit}" if unit else decimal
