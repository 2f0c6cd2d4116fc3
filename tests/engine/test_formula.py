"""MathML is well formed, escapes what was typed, and says what was understood."""

import xml.etree.ElementTree as ElementTree

import pytest

from calcapp import engine
from calcapp.engine import FUNCTIONS, Mistake, evaluate
from calcapp.engine.formula import text_mathml

TEXTS = [
    "1/3", "sqrt(2)/2", "2^3^2", "-2^2", "(1+2)*3", "5!", "(3!)!", "|x|", "1 250,00 + 19%",
    "100 km / 2 h to m/s", "1/3 ft to in", "2 h 15 min", "20 °C to °F", "x = 3; x^2", "f(x) = x^2; f(3)",
    "log(8, 2)", "root(8, 3)", "cbrt(2)", "exp(2)", "floor(2.5)", "ceil(2.5)", "√2 + ∛3 + ∜4", "2 pi",
    "17 mod 5", "8% of 50", "not 5", "1 << 3", "3½", "1.5e-7", "1e3^2", "-(-3)", "(1/2)^2", "sin²(1)",
    "2026-11-23 + 90 days", "255 to hex", "5 m^2", "5 m^-1", "30° 15′", "10 choose 3", "#7 + ans", "(-8)^(1/3)",
    "max(1, 2.5)", "a*b", "2(1+2)", "(2+3)°", "abs(-3)",
]  # fmt: skip


@pytest.mark.parametrize("text", TEXTS)
def test_mathml_is_well_formed(text):
    for comma in (False, True):
        root = ElementTree.fromstring(engine.mathml(text, decimal_comma=comma))
        assert root.tag == "math"
        assert "".join(root.itertext()).strip()


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("1/3", "<mfrac><mrow><mn>1</mn></mrow><mrow><mn>3</mn></mrow></mfrac>"),
        ("√2/2", "<msqrt><mrow><mn>2</mn></mrow></msqrt>"),
        ("root(8, 3)", "<mroot><mrow><mn>8</mn></mrow><mrow><mn>3</mn></mrow></mroot>"),
        ("x^2", "<msup><mrow><mi>x</mi></mrow><mrow><mn>2</mn></mrow></msup>"),
        ("-3", '<mo form="prefix">−</mo><mn>3</mn>'),
        ("5 km", '<mi mathvariant="normal">km</mi>'),
        ("50 km/h", '<mi mathvariant="normal">h</mi>'),
        ("9.81 m/s^2", '<mi mathvariant="normal">s</mi>'),
        ("50/h", "<mi>h</mi>"),
        ("50 km/x", "<mi>x</mi>"),
        ("50 km/h + h", "<mo>+</mo><mi>h</mi>"),
        ("log(8, 2)", "<msub><mi>log</mi>"),
        ("2*3", "<mo>×</mo>"),
    ],
)
def test_mathml_shows_the_structure(text, part):
    assert part in engine.mathml(text)


def test_what_was_typed_is_escaped():
    for text in ("<script>alert(1)</script>", "1 < 2 & 3", '"><b>', "x<y"):
        found = engine.mathml(text)
        assert "<script" not in found
        assert "<b>" not in found
        ElementTree.fromstring(found)


def test_mathml_can_carry_a_decimal_comma():
    assert "<mn>1,5</mn>" in engine.mathml("1.5", decimal_comma=True)
    assert '<mo separator="true">;</mo>' in engine.mathml("max(1, 2)", decimal_comma=True)


@pytest.mark.parametrize(
    ("canonical", "typed"),
    [
        ("1.5", "1,5"),
        ("max(1.5, 2)", "max(1,5; 2)"),
        ("f(x, y) = x; f(1.5, 2)", "f(x; y) = x; f(1,5; 2)"),
        ("1/3", "1/3"),
    ],
)
def test_a_canonical_text_is_written_as_a_person_would_type_it(canonical, typed):
    assert engine.rewrite(canonical) == typed
    assert engine.rewrite(canonical, decimal_comma=False) == canonical
    assert evaluate(typed, decimal_comma=True).answer == evaluate(canonical).answer


def test_what_cannot_be_read_is_left_as_it_is():
    assert engine.rewrite("1 $ 2") == "1 $ 2"
    assert engine.mathml("1 +", decimal_comma=True) == "<math><mtext>1 +</mtext></math>"


@pytest.mark.parametrize("row", FUNCTIONS, ids=[row[0] for row in FUNCTIONS])
def test_each_function_has_an_example_that_works(row):
    name, arguments, meaning, example = row
    assert name in example.lower()
    assert arguments
    assert meaning
    result = evaluate(example)
    assert result.answer
    for canonical in (result.read, result.exact or "1"):
        assert engine.mathml(canonical) != text_mathml(canonical)


@pytest.mark.parametrize("row", FUNCTIONS, ids=[row[0] for row in FUNCTIONS])
def test_each_function_refuses_what_it_cannot_take(row):
    name = row[0]
    for inner in ODD:
        found = tried(f"{name}({inner})")
        assert found.message[-1] in ".?" if isinstance(found, Mistake) else found.answer


ODD = [
    "", "0", "-1", "1/2", "i", "pi", "10^100", "5 m", "2026-11-23", "1, 2", "0, 0", "i, -2.5", "1, 2, 3, 4", "50%",
    "sqrt(2), 3",
]  # fmt: skip


def tried(text):
    try:
        return evaluate(text)
    except Mistake as mistake:
        return mistake
