"""What holds for every expression: the answer typed back gives itself, the reading and the value mean the same,
certain digits stay. `ENGINE_EXAMPLES` sets how many expressions are tried."""

import os
from fractions import Fraction

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from calcapp.engine import Known, Mistake, evaluate

pytestmark = pytest.mark.rehearsal

EXAMPLES = int(os.environ.get("ENGINE_EXAMPLES", "60"))
several = settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))

numbers = st.one_of(
    st.integers(-50, 1000).map(lambda n: str(n) if n >= 0 else f"({n})"),
    st.decimals(0, 100, places=3).map(str),
    st.sampled_from(
        ["pi", "e", "sqrt(2)", "1/3", "i", "phi", "½", "0xff", "2³", "10%", "1e-9", "12345678901234567890"]
    ),
)
NAMES = "sin cos tan asin acos atan sinh cosh tanh asinh exp ln sqrt cbrt abs floor ceil round log gamma erf re im conj"
functions = st.sampled_from(NAMES.split())


def larger(inner):
    return st.one_of(
        st.tuples(inner, st.sampled_from(["+", "-", "*", "/", " mod ", "+", "*"]), inner).map("".join),
        st.tuples(inner, st.sampled_from(["^2", "^3", "^0.5", "^(-1)", "!", "²"])).map(lambda p: f"({p[0]}){p[1]}"),
        st.tuples(functions, inner).map(lambda p: f"{p[0]}({p[1]})"),
        st.tuples(inner, inner).map(lambda p: f"({p[0]})({p[1]})"),
        inner.map(lambda each: f"-({each})"),
    )


expressions = st.recursive(numbers, larger, max_leaves=7)


def worked_out(text, **options):
    """The result, or None where there is none to speak of."""
    try:
        return evaluate(text, **options)
    except Mistake as mistake:
        caught = mistake
    assert 0 <= caught.start <= caught.end <= len(text)
    return None


def as_fraction(answer):
    return Fraction(answer) if "i" not in answer else None


@several
@given(expressions)
def test_the_answer_typed_back_gives_itself(text):
    result = worked_out(text)
    assume(result)
    again = evaluate(result.answer)
    if as_fraction(result.answer) is None:
        assert again.answer == result.answer
    else:
        assert as_fraction(again.answer) == as_fraction(result.answer)


@several
@given(expressions)
def test_the_reading_means_the_same(text):
    result = worked_out(text)
    assume(result)
    again = evaluate(result.read)
    assert (again.answer, again.exact, again.certainty) == (result.answer, result.exact, result.certainty)


@several
@given(expressions)
def test_the_value_means_the_same_to_thirty_digits(text):
    result = worked_out(text, digits=30)
    assume(result)
    again = evaluate("#1", digits=30, known=Known(records={1: result.value}))
    assert again.answer == result.answer


@several
@given(expressions)
def test_certain_digits_stay(text):
    result, more = worked_out(text, digits=15), worked_out(text, digits=150)
    assume(result)
    assume(more)
    few, many = as_fraction(result.answer), as_fraction(more.answer)
    assume(few is not None)
    assume(many is not None)
    if result.certainty == "undecided":
        assert abs(many) < Fraction(1, 10**100) or more.certainty == "undecided"
    else:
        assert abs(few - many) <= abs(many) * Fraction(1, 10**14) / 2


@several
@given(st.text(max_size=60))
def test_any_text_gets_an_answer_or_a_place(text):
    worked_out(text)


SIGNS = [
    *"0123456789.,eipx+-*/^%!()[]|#=; √²½°'\"",
    "sin",
    "to",
    "in",
    "km",
    "mod",
    "ans",
    "|",
    "&",
    "~",
    ":",
    "of",
    "and",
]


@several
@given(st.lists(st.sampled_from(SIGNS), max_size=30))
def test_any_row_of_signs_gets_an_answer_or_a_place(signs):
    worked_out("".join(signs))
    worked_out("".join(signs), decimal_comma=True, angle_unit="deg")
