"""Special functions where they have simple values, at their edges, and where they have none.

The decimals were compared with mpmath, and the exact values with the formulas cited beside the code.
"""

import pytest

from calcapp.engine import Mistake, evaluate

# fmt: off
ROWS = [
    ("lgamma(-1/2)", "1.26551212348465 - 3.14159265358979i"),
    ("lgamma(-7.25)", "-7.54188344347575 - 25.1327412287183i"),
    ("beta(2, -3)", "0.166666666666667"),
    ("beta(1/2, -1/2)", "0"),
    ("beta(1, i)", "-i"),
    ("beta(0, 1)", "domain"),
    ("digamma(7/2)", "1.10315664064524"),
    ("harmonic(1/2)", "0.613705638880109"),
    ("lambertw(-1/e)", "-1"),
    ("lambertw(2*e^2)", "2"),
    ("lambertw(sqrt(e)/2)", "0.5"),
    ("lambertw(-2/e^2)", "-0.40637573995996"),
    ("lambertw(-0.367879441171)", "-0.99999844928822"),
    ("erf(erfinv(0.3))", "0.3"),
    ("erfinv(erf(-0.3))", "-0.3"),
    ("li(0)", "0"),
    ("li(i)", "0.472000651439569 + 2.94155849494939i"),
    ("ci(-1)", "0.337403922900968 + 3.14159265358979i"),
    ("ci(0)", "domain"),
    ("besselj(0, 0)", "1"),
    ("besselj(2, 0)", "0"),
    ("besselj(1/2, 0)", "0"),
    ("besselj(-1/2, 0)", "domain"),
    ("besselj(1/2, pi)", "0"),
    ("besselj(1/2, 1) - sqrt(2/pi)*sin(1)", "0"),
    ("besselj(-3/2, 2)", "-0.395623281358704"),
    ("besselj(2, -3)", "0.486091260585891"),
    ("besselj(3, -2)", "-0.128943249474402"),
    ("besselj(7/2, -2)", "-0.0685175499851271i"),
    ("bessely(-5/2, 3)", "0.412710032209716"),
    ("bessely(3/2, -1)", "-1.10249557516018i"),
    ("bessely(1, 0)", "domain"),
    ("polylog(0, 1/3)", "0.5"),
    ("polylog(1, 1/2) - ln(2)", "0"),
    ("polylog(-3, 1/2)", "26"),
    ("polylog(-10, -1)", "0"),
    ("polylog(2, -1) + pi^2/12", "0"),
    ("polylog(2, 1/2) - pi^2/12 + ln(2)^2/2", "0"),
    ("polylog(0, 1)", "domain"),
    ("polylog(1/2, 1)", "domain"),
    ("lcm(1/2, 1/3)", "1"),
    ("lcm(3/4, -5/6)", "7.5"),
    ("lcm(1/2, 0)", "0"),
    ("lcm(sqrt(2), 2)", "domain"),
    ("lucas(-7)", "-29"),
    ("lucas(-8)", "47"),
    ("dfact(-3)", "-1"),
    ("dfact(-7)", "-0.0666666666666667"),
    ("dfact(-2)", "domain"),
    ("(1 + 1e-50)^(1e50)", "2.71828182845905"),
    ("(1 - 1e-50)^(1e50)", "0.367879441171442"),
    ("(1 + 1e-30)^(1e50)", "too large"),
    ("root(-8, 3)", "-2"),
]
# fmt: on


@pytest.mark.parametrize(("text", "expected"), ROWS, ids=[row[0] for row in ROWS])
def test_it_gives(text, expected):
    try:
        found = evaluate(text).answer
    except Mistake as mistake:
        found = mistake.kind
    assert found == expected


@pytest.mark.parametrize("text", [text for text, expected in ROWS if expected[-1].isdigit()])
def test_it_is_never_in_doubt(text):
    assert evaluate(text).certainty != "undecided"
