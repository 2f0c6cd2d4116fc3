"""What lies so near to the middle between two roundings that only many digits tell the side."""

import pytest

from calcapp.engine import TooLarge, evaluate

# text, digits, answer
NEAR_TIES = [
    ("sqrt(7.5^2 + 1e-10)", 1, "8"),
    ("sqrt(7.5^2 - 1e-10)", 1, "7"),
    ("835.5 + sin(1e-40)", 3, "836"),
    ("835.5 - sin(1e-40)", 3, "835"),
    ("26.5 * cos(1e-100)", 2, "26"),
    ("-26.5 * cos(1e-100)", 2, "-26"),
    ("26.5 * exp(1e-300)", 2, "27"),
    ("log1p(1e-30)", 30, "1e-30"),
    ("log1p(-1e-30)", 30, "-1e-30"),
    ("1.5 + exp(-10000)", 1, "2"),
    ("1.5 - exp(-10000)", 1, "1"),
    ("-2.5 + exp(-10000)", 1, "-2"),
    ("(2.5 - exp(-1000)) * (1 + i)", 1, "2 + 2i"),
]


@pytest.mark.parametrize(("text", "digits", "answer"), NEAR_TIES)
def test_a_near_tie_is_rounded_to_its_side(text, digits, answer):
    result = evaluate(text, digits=digits)
    assert result.answer == answer
    assert result.certainty != "undecided"


def test_a_power_too_near_to_1_to_be_told_is_worked_out_from_its_exponent():
    """exp(x) is 1 to 56,000 digits there, and its power was lost."""
    result = evaluate("tan(-1e50)^harmean(81331282300255056731045691768813212, exp(100), 10^56007, 10^29455, -1/3)")
    assert (result.answer, result.certainty) == ("0.328309173035063 + 0.56864816828765i", "certified")


# text, digits, answer
TIES = [
    ("sin(20°) * sin(40°) * sin(60°) * sin(80°)", 3, "0.188"),
    ("2.5 * (sin(1)^2 + cos(1)^2)", 1, "3"),
    ("-2.5 * (cbrt(2 + sqrt(5)) + cbrt(2 - sqrt(5)))", 1, "-3"),
]


@pytest.mark.parametrize(("text", "digits", "answer"), TIES)
def test_a_tie_that_is_proved_goes_away_from_zero(text, digits, answer):
    result = evaluate(text, digits=digits)
    assert (result.answer, result.certainty) == (answer, "exact")


# What a function comes too near to, and does not reach.
UNREACHED = [
    ("floor(tanh(10^5000))", "0"),
    ("ceil(tanh(10^5000))", "1"),
    ("floor(-tanh(10^5000))", "-1"),
    ("round(1.5 * tanh(10^5000))", "1"),
    ("57 // coth(8588826309495989) - 57", "-1"),
    ("floor(2 atan(10^50000) / pi)", "0"),
    ("sign(atan(-10^50000) + pi/2)", "1"),
    ("floor(erf(10^4))", "0"),
    ("floor(erfc(-10^4))", "1"),
    ("floor(normcdf(9000))", "0"),
    ("floor(cos(10^-20000))", "0"),
    ("floor(3 cos(10^-20000) + tanh(10^5000))", "3"),
]


@pytest.mark.parametrize(("text", "answer"), UNREACHED)
def test_a_bound_that_is_not_reached_is_not_rounded_to(text, answer):
    result = evaluate(text)
    assert (result.answer, result.certainty) == (answer, "exact")


@pytest.mark.parametrize("text", ["tanh(10^5000) - 1", "1 / (1 - tanh(10^5000))"])
def test_what_is_not_zero_but_too_near_is_refused(text):
    with pytest.raises(TooLarge, match="more precision"):
        evaluate(text)


def test_a_circle_that_is_hard_to_divide_is_bounded_by_its_number():
    primes = "(1000000000000000000000000000057*1000000000000000000000000000099)"
    result = evaluate(f"cos(pi/{primes}) - cos(2pi/{primes})")
    assert (result.answer, result.certainty) == ("1.4804406601634e-119", "certified")
    assert evaluate("cos(pi/9^7204) - 1").certainty == "undecided"
    assert evaluate("cos(pi/9^7204) + 1").certainty == "certified"
