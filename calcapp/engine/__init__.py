"""The engine: text in, an exact value out, or a named mistake with its place. It knows no web and no database."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from functools import cache

from calcapp.engine.known import NOTHING, Known, References
from calcapp.engine.mistake import (
    DividedByZero,
    Mistake,
    OutOfDomain,
    SyntaxMistake,
    TooLarge,
    UnitMismatch,
    UnknownName,
)
from calcapp.engine.result import Result
from calcapp.engine.vocabulary import FUNCTIONS

__all__ = [
    "FUNCTIONS",
    "DividedByZero",
    "Known",
    "Mistake",
    "OutOfDomain",
    "References",
    "Result",
    "SyntaxMistake",
    "TooLarge",
    "UnitMismatch",
    "UnknownName",
    "evaluate",
    "mathml",
    "references",
    "rewrite",
]


def evaluate(
    text: str,
    *,
    digits: int = 15,
    decimal_comma: bool = False,
    angle_unit: str = "rad",
    known: Known | None = None,
    today: datetime.date | None = None,
) -> Result:
    """Work out a text; raises a Mistake with its place when it cannot be."""
    return _work_out()(text, digits, decimal_comma, angle_unit, known or NOTHING, today)


@cache
def _work_out() -> Callable[..., Result]:
    """Loaded with the first answer. To import it again with each one takes as long as a sum."""
    from calcapp.engine.calculation import work_out

    return work_out


def references(text: str, *, decimal_comma: bool = False) -> References:
    """What a text refers to; raises a SyntaxMistake when it cannot be read."""
    from calcapp.engine.referring import refer

    return refer(text, decimal_comma)


def mathml(text: str, *, decimal_comma: bool = False) -> str:
    """A canonical text as MathML, without working it out; what cannot be read is shown as text."""
    from calcapp.engine.rewriting import formula

    return formula(text, decimal_comma)


def rewrite(text: str, *, decimal_comma: bool = True) -> str:
    """A canonical text as a person who writes a decimal comma would type it."""
    from calcapp.engine.rewriting import with_commas

    return with_commas(text) if decimal_comma else text
