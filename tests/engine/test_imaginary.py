"""Values on the imaginary axis and on the unit circle: what is known to be real or imaginary is shown so."""

import pytest

from calcapp.engine import evaluate

# text, answer
ON_AN_AXIS = [
    ("asin(2i)", "1.44363547517881i"),
    ("acos(2i)", "1.5707963267949 - 1.44363547517881i"),
    ("atan(i/2)", "0.549306144334055i"),
    ("atan(2i)", "1.5707963267949 + 0.549306144334055i"),
    ("atan(-2i)", "-1.5707963267949 - 0.549306144334055i"),
    ("acot(2i)", "-0.549306144334055i"),
    ("acsc(2i)", "-0.481211825059603i"),
    ("asinh(i/2)", "0.523598775598299i"),
    ("asinh(2i)", "1.31695789692482 + 1.5707963267949i"),
    ("asinh(-2i)", "-1.31695789692482 - 1.5707963267949i"),
    ("atanh(2i)", "1.10714871779409i"),
    ("acoth(2i)", "-0.463647609000806i"),
    ("acsch(2i)", "-0.523598775598299i"),
    ("erf(i)", "1.65042575879754i"),
    ("si(-2i)", "-2.50156743335498i"),
    ("besselj(0, i)", "1.26606587775201"),
    ("besselj(3, 2i)", "-0.212739959239853i"),
    ("tan(atan(2i))", "2i"),
    ("log(tan(pi/4 - i))", "-0.565347330705307i"),
]


@pytest.mark.parametrize(("text", "answer"), ON_AN_AXIS)
def test_a_value_on_an_axis_has_no_doubtful_other_part(text, answer):
    result = evaluate(text)
    assert result.answer == answer
    assert result.certainty != "undecided"


# text, answer, exact
ON_THE_CIRCLE = [
    ("ln(e^i)", "i", "i"),
    ("ln(exp(1 + i))", "1 + i", "1 + i"),
    ("ln(exp(4i))", "-2.28318530717959i", "(4 - 2π) i"),
    ("ln(-e^i)", "-2.14159265358979i", "(1 - π) i"),
    ("ln(sin(1) + i*cos(1))", "0.570796326794897i", "(π - 2) i/2"),
    ("ln(-sin(1) - i*cos(1))", "-2.5707963267949i", "-(2 + π) i/2"),
    ("arg(-i*e^(2i))", "0.429203673205103", "(4 - π)/2"),
    ("abs(2*e^(i/3))", "2", None),
    ("abs(3pi*exp(2 - 7i))", "69.6402130720902", "3π e^2"),
    ("arg(e^(100i))", "-0.530964914873384", "100 - 32π"),
    ("abs(cos(1) + i*sin(2))^2 - cos(1)^2 - sin(2)^2", "0", None),
    ("ln((-i)^ln(2))", "-1.0887930451518i", "-π ln(2) i/2"),
    ("(e^i)^(1/2) - e^(i/2)", "0", None),
]


@pytest.mark.parametrize(("text", "answer", "exact"), ON_THE_CIRCLE)
def test_size_and_angle_of_a_power_of_e_are_exact(text, answer, exact):
    result = evaluate(text)
    assert (result.answer, result.exact, result.certainty) == (answer, exact, "exact")


@pytest.mark.parametrize(
    ("text", "answer"),
    [("asin(cos(5))", "(10 - 3π)/2"), ("acos(sin(100))", "(65π - 200)/2"), ("acos(-cos(3))", "π - 3"),
     ("asin(-cos(4))", "(3π - 8)/2"), ("atan(cot(10))", "(7π - 20)/2"), ("atan(-1/tan(3))", "(6 - π)/2")],
)  # fmt: skip
def test_an_inverse_undoes_the_cofunction_too(text, answer):
    assert evaluate(text).exact == answer
