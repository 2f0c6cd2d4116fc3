"""What is written, what it means, and how it is read back."""

import pytest

from calcapp.engine import Mistake, UnitMismatch, evaluate

# text, answer, read
WRITTEN = [
    ("-2^2", "-4", "-2^2"),
    ("2^3^2", "512", "2^3^2"),
    ("(2^3)^2", "64", "(2^3)^2"),
    ("6/2(1+2)", "9", "6 / 2 * (1 + 2)"),
    ("x=2; 1/2x", "1", "x = 2; 1 / 2 * x"),
    ("1 000 000", "1000000", "1000000"),
    ("1,000.5", "1000.5", "1000.5"),
    ("1,234", "1234", "1234"),
    ("1 250,00", "1250", "1250.00"),
    ("1.250,50", "1250.5", "1250.50"),
    ("1'000'000", "1000000", "1000000"),
    ("1_000", "1000", "1000"),
    ("max(1,234)", "234", "max(1, 234)"),
    ("sqrt(1,024)", "32", "sqrt(1024)"),
    ("1e3", "1000", "1e3"),
    ("1 e", "2.71828182845905", "1 * e"),
    ("2e", None, None),
    ("[1+2]*{3}", "9", "(1 + 2) * 3"),
    ("2(3)", "6", "2 * 3"),
    ("(2)(3)", "6", "2 * 3"),
    ("(2)3", "6", "2 * 3"),
    ("2pi", "6.28318530717959", "2 * π"),
    ("2 + -3", "-1", "2 + -3"),
    ("2 - -3", "5", "2 - -3"),
    ("--3", "3", "--3"),
    ("2-(3-4)", "3", "2 - (3 - 4)"),
    ("2/(3/4)", "2.66666666666667", "2 / (3 / 4)"),
    ("2*(3/4)", "1.5", "2 * (3 / 4)"),
    ("(1+2)*3", "9", "(1 + 2) * 3"),
    ("2^(1+1)", "4", "2^(1 + 1)"),
    ("(-2)^2", "4", "(-2)^2"),
    ("2^-1", "0.5", "2^(-1)"),
    ("-(2+3)", "-5", "-(2 + 3)"),
    ("17 mod 5", "2", "17 mod 5"),
    ("17 % 5", "2", "17 mod 5"),
    ("-17 mod 5", "3", "-17 mod 5"),
    ("17 // 5", "3", "17 // 5"),
    ("50% of 80", "40", "50% of 80"),
    ("5!", "120", "5!"),
    ("5!!", "15", "5!!"),
    ("(3!)!", "720", "(3!)!"),
    ("2^3!", "64", "2^3!"),
    ("-3!", "-6", "-3!"),
    ("5‰", "0.005", "5‰"),
    ("sin 0", "0", "sin(0)"),
    ("sqrt 16 + 9", "13", "sqrt(16) + 9"),
    ("sin²(0)", "0", "sin(0)^2"),
    ("cos^2(0)", "1", "cos(0)^2"),
    ("sin⁻¹(1)", "1.5707963267949", "asin(1)"),
    ("tan^-1 1", "0.785398163397448", "atan(1)"),
    ("sin^-2(pi/2)", "1", "sin(π / 2)^(-2)"),
    ("sin 2pi", "0", "sin(2 * π)"),
    ("sqrt 4!", "4.89897948556636", "sqrt(4!)"),
    ("2 sin 0 cos 0", "0", "2 * sin(0) * cos(0)"),
    ("Sin(0)", "0", "sin(0)"),
    ("SQRT(4)", "2", "sqrt(4)"),
    ("PI", "3.14159265358979", "π"),
    ("arcsin(1)", "1.5707963267949", "arcsin(1)"),
    ("|3-5|", "2", "abs(3 - 5)"),
    ("√16", "4", "√16"),
    ("√(9+16)", "5", "√(9 + 16)"),
    ("√2²", "2", "√2^2"),
    ("∛27", "3", "∛27"),
    ("∜16", "2", "∜16"),
    ("2√9", "6", "2 * √9"),
    ("3²", "9", "3^2"),
    ("2⁻³", "0.125", "2^-3"),
    ("10¹²", "1000000000000", "10^12"),
    ("½", "0.5", "(1/2)"),
    ("3½", "3.5", "(3 + 1/2)"),
    ("3×4÷2·5−1", "29", "3 * 4 / 2 * 5 - 1"),
    ("５＋３", "8", "5 + 3"),
    ("（１＋２）＊３", "9", "(1 + 2) * 3"),
    ("5 + 3 =", "8", "5 + 3"),
    ("2**3", "8", "2^3"),
    ("5 plus 3 minus 2 times 4", "0", "5 + 3 - 2 * 4"),
    ("10 divided by 4", "2.5", "10 / 4"),
    ("10 choose 3", "120", "10 choose 3"),
    ("0xff + 0b11 + 0o7", "265", "0xff + 0b11 + 0o7"),
    ("0xFF", "255", "0xff"),
    ("0x0.8", "0.5", "0x0.8"),
    ("6 and 3 or 8", "10", "6 and 3 or 8"),
    ("6 xor 3", "5", "6 xor 3"),
    ("not 5", "-6", "not 5"),
    ("not(5)", "-6", "not(5)"),
    ("6 & 3 | 8", "10", "6 and 3 or 8"),
    ("~5 ∧ 7", "2", "not 5 and 7"),
    ("12 ⊻ 10 ∨ 1", "7", "12 xor 10 or 1"),
    ("¬0", "-1", "not 0"),
    ("max(5|3, 1)", "7", "max(5 or 3, 1)"),
    ("(2 - 3|4)|", None, None),
    ("|max(4 | 1, 2)|", "5", "abs(max(4 or 1, 2))"),
    ("|(5 | 3) - 9|", "2", "abs((5 or 3) - 9)"),
    ("2|3 - 5|^2", "8", "2 * abs(3 - 5)^2"),
    ("2|(3 - 5)| + 1", "5", "2 * abs(3 - 5) + 1"),
    ("5 | 3 | 8", "15", "5 or 3 or 8"),
    ("2²!", "24", "(2^2)!"),
    ("5²%", "0.25", "(5^2)%"),
    ("2 squared!", "24", "(2^2)!"),
    ("1 << 4 >> 2", "4", "1 << 4 >> 2"),
    ("255 to hex", "0xff", "255 to hex"),
    ("10 in bin", "0b1010", "10 to bin"),
    ("8 as octal", "0o10", "8 to oct"),
    ("35 to base 36", "z", "35 to base 36"),
    ("0xff to decimal", "255", "0xff to dec"),
    ("2026 to roman", "MMXXVI", "2026 to roman"),
    ("0.19 to percent", "19%", "0.19 to percent"),
    ("1/3 to percent", "33.3333333333333%", "1 / 3 to percent"),
    ("sqrt(2) to percent", "141.42135623731%", "sqrt(2) to percent"),
    ("0.75 to fraction", "3/4", "0.75 to fraction"),
    ("x = 3; x^2", "9", "x = 3; x^2"),
    ("a = 2; b = a + 1; a*b;", "6", "a = 2; b = a + 1; a * b"),
    ("let a = 2; b := a + 1; a*b", "6", "a = 2; b = a + 1; a * b"),
    ("let f(x) = x^2; f(3)", "9", "f(x) = x^2; f(3)"),
    ("let = 2; let + 1", "3", "let = 2; let + 1"),
    ("f(x) = x^2 + 1; f(3)", "10", "f(x) = x^2 + 1; f(3)"),
    ("f(x, y) = x - y; f(5; 3)", "2", "f(x, y) = x - y; f(5, 3)"),
    ("e^2 # growth", "7.38905609893065", "e^2"),
]


@pytest.mark.parametrize(("text", "answer", "read"), WRITTEN, ids=[row[0] for row in WRITTEN])
def test_it_means_what_people_mean(text, answer, read):
    if answer is None:
        with pytest.raises(Mistake):
            evaluate(text)
        return
    result = evaluate(text)
    assert (result.answer, result.read) == (answer, read)
    assert evaluate(result.read).answer == answer


PERCENT = [
    ("100 + 10%", "110"), ("100 - 8%", "92"), ("100 + 10% + 10%", "121"), ("50*10%", "5"), ("100+10%*2", "100.2"),
    ("10%+5%", "0.15"), ("100 + (10% + 5%)", "115"), ("8% of 50", "4"), ("10%-3", "-2.9"), ("100 + -10%", "90"),
    ("-10%", "-0.1"), ("1/3%", "33.3333333333333"), ("vat = 19%; 100 + vat", "119"), ("(100+10%)*2", "220"),
    ("2*100+10%", "220"), ("5 m + 10%", "5.5"), ("10%!", None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "answer"), PERCENT, ids=[row[0] for row in PERCENT])
def test_a_percentage_takes_part_of_what_it_is_added_to(text, answer):
    assert evaluate(text).answer == (answer or evaluate("0.1!").answer)


def test_a_relative_percentage_is_explained():
    assert evaluate("1 250,00 + 19%").hints == ("1 250,00 was read as 1250.00", "read as 1250.00 + 19% of 1250.00")


@pytest.mark.parametrize(
    ("text", "answer", "read"),
    [
        ("1,5", "1.5", "1.5"),
        ("1.000,5", "1000.5", "1000.5"),
        ("1 000,5", "1000.5", "1000.5"),
        ("max(1,5; 2)", "2", "max(1.5, 2)"),
        ("f(x; y) = x*y; f(1,5; 2)", "3", "f(x, y) = x * y; f(1.5, 2)"),
        (",5", "0.5", "0.5"),
        ("1.000", "1000", "1000"),
        ("1.5", "1.5", "1.5"),
    ],
)
def test_a_decimal_comma_is_a_choice(text, answer, read):
    result = evaluate(text, decimal_comma=True)
    assert (result.answer, result.read) == (answer, read)


def test_a_number_that_could_be_two_says_how_it_was_read():
    assert evaluate("1,234").hints == ("1,234 was read as 1234",)
    assert evaluate("1.000", decimal_comma=True).hints == ("1.000 was read as 1000",)
    assert evaluate("1.5", decimal_comma=True).hints == ("1.5 was read as 1,5, with a decimal point",)


def test_degrees_are_a_choice_and_the_reading_says_so():
    result = evaluate("sin(30) + cos 60", angle_unit="deg")
    assert (result.answer, result.read) == ("1", "sin(30°) + cos(60°)")
    assert evaluate(result.read).answer == "1"
    assert "angles are in degrees" in result.hints
    result = evaluate("asin(0.5)", angle_unit="deg")
    assert (result.answer, result.unit, result.read) == ("30", "°", "asin(0.5) to deg")
    assert evaluate("sin(asin(0.5))", angle_unit="deg").answer == "0.5"
    assert evaluate(evaluate("atan2(1, 1)*2", angle_unit="deg").read).answer == "90"


@pytest.mark.parametrize(
    ("text", "read", "answer"),
    [
        ("180 - asin(0.5)", "180° - (asin(0.5) to deg)", "150"),
        ("asin(0.5) + 10", "(asin(0.5) to deg) + 10°", "40"),
        ("90 + 90 - asin(0.5)", "(90 + 90)° - (asin(0.5) to deg)", "150"),
        ("30° + 10", "30° + 10°", "40"),
    ],
)
def test_a_number_beside_an_angle_is_one_too_for_who_prefers_degrees(text, read, answer):
    result = evaluate(text, angle_unit="deg")
    assert (result.read, result.answer, result.unit) == (read, answer, "°")
    assert "angles are in degrees" in result.hints
    assert evaluate(read, angle_unit="deg").value == result.value
    assert evaluate(read).value == result.value
    with pytest.raises(UnitMismatch):
        evaluate("180 - 30 m", angle_unit="deg")


def test_radians_that_look_like_degrees_are_pointed_out():
    assert evaluate("sin 30").hints == ("sin took 30 radians; write 30° for degrees",)
    assert evaluate("sin 3").hints == ()


def test_a_mode_that_is_one_of_several_says_so():
    assert evaluate("mode(2, 2, 1)").hints == ()
    hints = ("2 values are equally frequent; this is the smallest of them",)
    assert evaluate("mode(3, 2, 2, 1, 1)").hints == evaluate("mode(3 m, 2 m, 200 cm, 1 m, 100 cm)").hints == hints


def test_the_note_stands_behind_the_number_sign():
    assert evaluate("12*7 # tiles").note == "tiles"
    assert evaluate("12*7 #tiles").note == "tiles"
    assert evaluate("12*7 #").note is None


@pytest.mark.parametrize(
    "text",
    [
        "1" + "+1" * 499,
        "-" * 60 + "1",
        "(" * 63 + "1" + ")" * 63,
        "1^" * 60 + "1",
        "1" + "!" * 1 + "*1" * 400,
        "√" * 60 + "1",
    ],
)
def test_a_long_expression_does_not_overflow_the_stack(text):
    result = evaluate(text)
    assert evaluate(result.read).answer == result.answer


@pytest.mark.security(41)
@pytest.mark.parametrize(
    "text", ["(" * 65 + "1" + ")" * 65, "-" * 999 + "1", "2^" * 400 + "1", "√" * 900 + "1", "sin " * 200 + "1"]
)
def test_a_deep_expression_is_refused(text):
    with pytest.raises(Mistake, match="nested"):
        evaluate(text)
