"""What the test suites of other calculators ask, in our own words, with values worked out by mpmath and by hand.

A row of peers.tsv is a kind, an expression, and its value: a number of up to 40 digits, a fraction, `a + bi`, a
date, a number of days, a weekday, a literal in another base, or the kind of a mistake.
"""

from fractions import Fraction
from pathlib import Path

import pytest

from benchmarks import oracle
from calcapp.engine import Mistake, evaluate

ROWS = [row.split("\t") for row in (Path(__file__).parent / "peers.tsv").read_text("utf-8").splitlines()]
KINDS = {
    "syntax": {"syntax", "unknown name"},
    "division by zero": {"division by zero", "domain"},
    "domain": {"domain", "division by zero"},
    "too large": {"too large"},
    "unit mismatch": {"unit mismatch"},
}


@pytest.mark.parametrize("kind", sorted({row[0] for row in ROWS}))
def test_what_peers_ask_is_answered_rightly(kind):
    assert [said for row in ROWS if row[0] == kind and (said := wrong(*row[1:]))] == []


def wrong(expression, expected):
    """What is wrong with the answer, if anything is."""
    try:
        result = evaluate(expression, digits=30)
    except Mistake as mistake:
        return None if mistake.kind in KINDS.get(expected, ()) else f"{expression}: {mistake.kind}: {mistake}"
    answer = result.answer.removesuffix(result.unit or "").strip()
    if expected in KINDS:
        return f"{expression}: {answer} should be refused"
    value, true = oracle.read(answer), number(expected.removesuffix(" days"))
    if value is None or true is None:
        return None if answer == expected else f"{expression}: {answer} is not {expected}"
    right = all(oracle.rounds(part, wanted, 30) for part, wanted in zip(value, true, strict=True))
    return None if right else f"{expression}: {answer} is not {expected}"


def number(text):
    return (Fraction(text), Fraction(0)) if "/" in text else oracle.read(text)
