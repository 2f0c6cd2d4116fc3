"""The ways in which other calculators let people write, taken here as meant."""

import pytest

from calcapp.engine import Mistake, evaluate

# text, answer, unit, read
FORMS = [
    ("0b.01 + 0o.7 + 0x.f", "2.0625", None, "0b0.01 + 0o0.7 + 0x0.f"),
    ("0x1. + 1", "2", None, "0x1 + 1"),
    ("10 nCr 3", "120", None, "10 choose 3"),
    ("10 nPr 3", "720", None, "npr(10, 3)"),
    ("2 ncr(5, 2)", "20", None, "2 * ncr(5, 2)"),
    ("17 div 5", "3", None, "17 // 5"),
    ("60 mph -> m/s", "26.8224", "m/s", "60 mph to m/s"),
    ("5 m → cm", "500", "cm", "5 m to cm"),
    ("log₂ 8 + log₁₀(1000)", "6", None, "log2(8) + log10(1000)"),
    ("x₁ = 5; x₁ + 1", "6", None, "x1 = 5; x1 + 1"),
    ("⌊3.7⌋ + 2⌈3.2⌉", "11", None, "floor(3.7) + 2 * ceil(3.2)"),
    ("1/8 to %", "12.5%", None, "1 / 8 to percent"),
    ("100 + 10 percent", "110", None, "100 + 10%"),
    ("20 percent of 50", "10", None, "20% of 50"),
    ("5 cm in in", "1.96850393700787", "in", "5 cm to in"),
    ("1 gal in in^3", "231", "in^3", "1 gal to in^3"),
    ("(2+3) in in cm", "12.7", "cm", "(2 + 3) * in to cm"),
    ("degrees(pi/2)", "90", None, "degrees(π / 2)"),
    ("radians(180)", "3.14159265358979", None, "radians(180)"),
    ("30 degrees to radians", "0.523598775598299", "rad", "30 degrees to radians"),
    ("2 radians - 1 rad", "1", "rad", "2 radians - 1 rad"),
    ("hex(255)", "0xff", None, "255 to hex"),
    ("BIN(5)", "0b101", None, "5 to bin"),
    ("hex = 5; hex + 1", "6", None, "hex = 5; hex + 1"),
    ("floor(pi, 3)", "3.141", None, "floor(π, 3)"),
    ("ceil(pi, 3)", "3.142", None, "ceil(π, 3)"),
    ("trunc(-1.888, 2)", "-1.88", None, "trunc(-1.888, 2)"),
    ("floor(5.678 m, 1)", "5.6", "m", "floor(5.678 m, 1)"),
    ("int(-3.7)", "-3", None, "int(-3.7)"),
    ("sign(3 + 4i)", "0.6 + 0.8i", None, "sign(3 + 4 * i)"),
    ("5 m2 to cm2", "50000", "cm^2", "5 m2 to cm2"),
    ("5dm3 to L", "5", "L", "5 dm3 to L"),
    ("1 troy oz to g", "31.1034768", "g", "1 troy oz to g"),
    ("20 C to F", "68", "°F", "20 C to F"),
    ("300 K to C", "26.85", "°C", "300 K to C"),
    ("75.2 F to °C", "24", "°C", "75.2 F to °C"),
    ("1 C to A*s", "1", "A*s", "1 C to A*s"),
    ("5 deg C to degrees F", "41", "°F", "5 deg C to degrees F"),
    ("20 ° C to ° F", "68", "°F", "20 °C to °F"),
    ("1 nautical_mile to m", "1852", "m", "1 nautical_mile to m"),
    ("100 lbs to kgs", "45.359237", "kg", "100 lbs to kgs"),
    ("123456 to sci", "1.23456e5", None, "123456 to scientific"),
    ("-0.00123 to scientific", "-1.23e-3", None, "-0.00123 to scientific"),
    ("9999999999999999999 to sci", "1e19", None, "9999999999999999999 to scientific"),
    ("1000 pi to sci", "3.14159265358979e3", None, "1000 * π to scientific"),
    ("0 to sci", "0", None, "0 to scientific"),
    ("2000-01-01 + 1 decade", "2010-01-01", None, "2000-01-01 + 1 decade"),
    ("2000-02-29 + 1 century", "2100-02-28", None, "2000-02-29 + 1 century"),
    ("2024\u201106\u201115 + 1 day", "2024-06-16", None, "2024-06-15 + 1 day"),
    ("2000-50-25", "1925", None, "2000 - 50 - 25"),
]


@pytest.mark.parametrize(("text", "answer", "unit", "read"), FORMS, ids=[row[0] for row in FORMS])
def test_it_is_taken_as_meant(text, answer, unit, read):
    result = evaluate(text)
    assert (result.answer, result.unit, result.read) == (answer, unit, read)
    assert evaluate(result.read).answer == answer


@pytest.mark.parametrize(
    "text",
    [
        "[1+2)*3",
        "max[1, 2)",
        "⌊3.7⌉",
        "⌋",
        "5₂",
        "0b.2",
        "0xf.g0",
        "2.3 m ->",
        "percent",
        "1 s2",
        "floor(1, 0.5)",
    ],
)
def test_what_nobody_can_mean_is_refused(text):
    with pytest.raises(Mistake):
        evaluate(text)


def test_a_coulomb_read_as_a_temperature_is_pointed_out():
    assert evaluate("20 C to F").hints == ("C was read as °C", "F was read as °F")
