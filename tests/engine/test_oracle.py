"""Generated expressions: right by independent oracles, readable back, and honest about what is certain.

`make oracle` runs 100,000 of them; here is a sample. A failure names the seed and number that grow it again:
`python -m benchmarks.oracle --seed SEED --only NUMBER`.
"""

import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchmarks import oracle
from calcapp.engine import Known, Mistake, TooLarge, evaluate
from calcapp.engine import written as form

pytestmark = pytest.mark.rehearsal

SEED = 2026
CHUNK = 70


@pytest.mark.security(46)
@pytest.mark.parametrize("chunk", range(12))
def test_every_digit_is_right_by_an_independent_oracle(chunk):
    wrong = []
    for number in range(chunk * CHUNK, (chunk + 1) * CHUNK):
        case, complaint = oracle.check(SEED, number)
        if complaint and complaint != "skipped":
            wrong.append(f"{SEED}:{number} {case.text}: {complaint}")
    assert wrong == []


grown = st.integers(0, 10**9).map(lambda number: oracle.grown(SEED, number))


def worked_out(text, digits=15):
    try:
        return evaluate(text, digits=digits)
    except Mistake:
        return None


@settings(max_examples=150, deadline=None)
@given(grown)
def test_what_was_read_evaluates_to_the_same(case):
    result = worked_out(case.text)
    if result is not None:
        again = evaluate(result.read)
        assert (again.answer, again.unit, again.certainty) == (result.answer, result.unit, result.certainty)


@settings(max_examples=150, deadline=None)
@given(grown)
def test_the_answer_typed_back_gives_itself(case):
    result = worked_out(case.text)
    if result is not None and not result.answer.isalpha():  # the name of a weekday is no calculation
        again = evaluate(result.answer)
        assert number(again.answer) == number(result.answer)


@settings(max_examples=150, deadline=None)
@given(grown)
def test_what_is_stored_gives_the_same_again_at_any_length(case):
    stored = worked_out(case.text)
    if stored is None:
        return
    known = Known(records={7: stored.value}, last=7)
    for digits in (15, 60):
        result = worked_out(case.text, digits)
        with contextlib.suppress(TooLarge):  # too long to be kept once more
            assert number(evaluate("#7", digits=digits, known=known).answer) == number(result.answer)


@settings(max_examples=150, deadline=None)
@given(grown)
def test_certainty_never_lies(case):
    short, long = worked_out(case.text), worked_out(case.text, 150)
    if short is None or long is None or short.certainty == "undecided":
        return
    shown, true = oracle.read(bare(short)), oracle.read(bare(long))
    if shown is None or true is None:
        assert short.answer == long.answer
        return
    for part, better in zip(shown, true, strict=True):
        assert oracle.rounds(part, better, 15)


def bare(result):
    return result.answer.removesuffix(result.unit or "").strip()


def number(answer):
    """What an answer is worth, in whatever base or with whatever exponent it is written."""
    if answer[:2] in ("0x", "0b", "0o"):
        return int(answer, 0), 0
    return oracle.read(answer) or answer


@pytest.mark.parametrize(
    "text",
    [
        "sin(" * 16 + "1" + ")" * 16,
        "f(x) = sin(x) + cos(x); " + "f(" * 16 + "1" + ")" * 16,
        "f(x) = sqrt(x) + sqrt(x + 1); " + "f(" * 16 + "1" + ")" * 16,
        "Cot(Atanh(Asinh(7.11))^-3)",
    ],
)
def test_a_form_inside_forms_is_written_once(text, monkeypatch):
    """Without it every level would write the one below it three times."""
    written = []
    once = form.form_text
    monkeypatch.setattr(form, "form_text", lambda value: written.append(value) or once(value))
    evaluate(text)
    assert len(written) < 400


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("8.92 µm in in", "0.000351181102362205"),
        ("63.90 cm^2 in in^2", "9.90451980903962"),
        ("(5 + 3) in in cm", "20.32"),
        ("5 ft in in", "60"),
        ("atan(3.90049^41.5)", "1.5707963267949"),
        ("exp(1e-59000)", "1"),
    ],
)
def test_what_the_oracle_once_found_stays_found(text, answer):
    assert bare(evaluate(text)) == answer


@pytest.mark.parametrize(
    "text",
    [
        "days(5)",
        "pmt(-0.5, 0, 7)",
        "/.１２",
        "sinh(10^12934)",
        "zeta(1 + 1e-5000)",
        "bessely(1e-59000, 10000)",
        "polylog(1e-5000, 1/2)",
    ],
)
def test_what_the_fuzzer_once_found_is_told_kindly(text):
    with pytest.raises(Mistake):
        evaluate(text)
