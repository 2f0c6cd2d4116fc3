"""Records, the last answer and names come in from outside; a value stands on its own for anybody."""

import datetime

import pytest

from calcapp.engine import Known, Mistake, Result, TooLarge, UnknownName, evaluate


def test_a_record_is_used_exactly():
    first = evaluate("35/6")
    result = evaluate("#127 * 6", known=Known(records={127: first.value}))
    assert (result.answer, result.used, result.read) == ("35", (127,), "#127 * 6")


def test_a_record_can_be_used_twice():
    result = evaluate("#127 / #127 + #127", known=Known(records={127: "35/6"}))
    assert (result.exact, result.used) == ("41/6", (127,))


def test_ans_is_the_last_answer():
    result = evaluate("ans^2", known=Known(records={4: "√2"}, last=4))
    assert (result.answer, result.exact, result.used, result.certainty) == ("2", None, (4,), "exact")


def test_without_an_answer_ans_says_so():
    with pytest.raises(UnknownName, match="no last answer yet"):
        evaluate("ans + 1")


def test_names_are_worked_out_from_their_definitions():
    known = Known(names={"vat": "vat = 19%", "net": "net = 100", "gross": "gross = net + vat"})
    result = evaluate("gross * 2", known=known)
    assert (result.answer, result.names_used) == ("238", ("gross", "net", "vat"))
    assert result.value == "238"


def test_own_functions_can_use_own_names():
    known = Known(names={"f": "f(x) = x^2 + k", "k": "k = 1", "g": "g(x, y) = f(x) + f(y)"})
    result = evaluate("g(2, 3)", known=known)
    assert (result.answer, set(result.names_used)) == ("15", {"f", "g", "k"})


def test_a_name_may_hide_a_unit_and_says_so():
    result = evaluate("3 m", known=Known(names={"m": "m = 5"}))
    assert result.answer == "15"
    assert result.hints == ("m is your name (m = 5), not the unit metre",)


def test_a_name_in_the_text_stands_before_a_kept_one():
    assert evaluate("vat = 7%; 100 + vat", known=Known(names={"vat": "vat = 19%"})).answer == "107"


@pytest.mark.parametrize(
    "names",
    [{"a": "a = b", "b": "b = a"}, {"a": "a = a + 1"}, {"a": "a = f(1)", "f": "f(x) = a*x"}],
)
def test_names_defined_through_each_other_are_refused(names):
    with pytest.raises(UnknownName, match="through itself"):
        evaluate("a", known=Known(names=names))


def test_names_defined_through_too_many_others_are_refused():
    names = {f"n{i}": f"n{i} = n{i - 1} + 1" for i in range(1, 40)} | {"n0": "n0 = 0"}
    assert evaluate("n20", known=Known(names=names)).answer == "20"
    with pytest.raises(TooLarge, match="defined through too many others"):
        evaluate("n39", known=Known(names=names))


def test_functions_that_call_themselves_end():
    with pytest.raises(TooLarge):
        evaluate("f(1)", known=Known(names={"f": "f(x) = f(x + 1)"}))
    with pytest.raises(TooLarge):
        evaluate("u(x) = w(x); w(x) = u(x); u(1)")


def test_functions_that_double_end():
    names = {"f0": "f0(x) = x + 1"} | {f"f{n}": f"f{n}(x) = f{n - 1}(x) + f{n - 1}(x)" for n in range(1, 24)}
    with pytest.raises(TooLarge):
        evaluate("f23(1)", known=Known(names=names))


def test_a_function_name_alone_asks_for_its_argument():
    with pytest.raises(Mistake, match=r"f\(2\)"):
        evaluate("f + 1", known=Known(names={"f": "f(x) = x"}))


def test_the_number_of_arguments_is_checked():
    with pytest.raises(Mistake, match="takes 2 arguments"):
        evaluate("f(1)", known=Known(names={"f": "f(x, y) = x"}))


def test_a_sole_definition_is_told():
    assert evaluate("vat = 19%").defines == "vat"
    assert evaluate("f(x) = x^2").defines == "f"
    assert evaluate("f(x) = x^2").answer == "f(x)"
    assert evaluate("a = 1; b = 2").defines is None
    assert evaluate("1 + 1").defines is None


VALUES = [
    "1/3", "sqrt(2)/2", "sin(1) + sqrt(2)", "ln(10)*pi", "e^pi", "(-8)^(1/3)", "i^i", "sin(1)/cos(1)", "gamma(1/3)",

    "100 km / 2 h", "5 ft 3 in", "20 °C to °F", "2026-11-23 + 90 days", "weekday(2026-11-23)", "19%", "pi to deg",
    "2^0.123456789", "1.0001^1000000", "sin²(1) + cos²(1) - 1", "exp(i)", "log(-10)", "sqrt(1 + pi)", "9^9999",
    "1/3^30000",
    "10^50000*7", "asin(2)", "30 mpg to L/(100 km)", "2^(1/7)", "zeta(3)", "besselj(0, 1)", "cos(pi/7)", "asinh(1)",
    "-sqrt(3)", "7 m/s^2", "sqrt(2 acre)", "(pi + 1)^50", "root(5, 7) - 2", "harmonic(1/2)", "ln(2^61 - 1)",
    "conj(gamma(i))",
]  # fmt: skip


@pytest.mark.parametrize("text", VALUES)
def test_a_value_gives_itself_again(text):
    result = evaluate(text, digits=40)
    assert len(result.value) <= 20_000
    again = evaluate("#1", digits=40, known=Known(records={1: result.value}))
    assert (again.answer, again.unit, again.exact) == (result.answer, result.unit, result.exact)
    assert again.certainty == result.certainty
    assert again.value == result.value or len(result.value) > 1_000


def test_a_value_knows_no_preferences():
    assert evaluate("sin(30)", angle_unit="deg").value == "1/2"
    assert evaluate("1,5 + 1", decimal_comma=True).value == "5/2"
    assert evaluate("today", today=datetime.date(2026, 11, 23)).value == "2026-11-23"


def test_a_value_too_long_to_keep_is_refused_when_it_cannot_be_written_otherwise():
    assert evaluate("9^60000").value == "9^60000"
    result = evaluate("#1 + ans + k", known=Known(records={1: "9^60000", 2: "5"}, last=2, names={"k": "k = 2"}))
    assert result.value == "k = 2; (9^60000) + (5) + k"
    assert evaluate("#1 mod 10", known=Known(records={1: result.value})).answer == "8"
    with pytest.raises(TooLarge, match="too long to keep"):
        evaluate("#1 + 1", known=Known(records={1: result.value}))
    long = Known(records={1: "9" * 15_000})
    assert evaluate("#1^2", known=long).value == f"({'9' * 15_000})^2"
    with pytest.raises(TooLarge, match="too long to keep"):
        evaluate("#1*#1", known=long)


def test_a_broken_record_says_which():
    with pytest.raises(Mistake, match="In #3: "):
        evaluate("#3 + 1", known=Known(records={3: "1/0"}))


def test_a_result_tells_its_json():
    assert evaluate("1/3", digits=5).to_json() == {
        "input": "1/3", "read": "1 / 3", "answer": "0.33333", "exact": "1/3", "certainty": "exact", "unit": None,
        "note": None, "hints": [],
    }  # fmt: skip
    assert isinstance(evaluate("1"), Result)
