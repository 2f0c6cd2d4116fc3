"""A function of one's own, drawn."""

import math
import re
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest

from calcapp.calculator import plots
from calcapp.calculator.curve import Curve, marks, plain


def parabola(x):
    return Decimal(x.numerator) ** 2 / Decimal(x.denominator) ** 2 - 3


def pole(x):
    return Decimal(x.denominator) / x.numerator if x else None


def test_a_function_is_drawn_and_told_in_words(alice):
    assert "Plot f" in alice.calculate("f(x) = x^2 - 4").cards[0]
    assert "Plot f" in alice.open("/").text
    page = alice.open("/names/f/plot")
    assert page.h1 == "Plot of f(x) = x^2 - 4"
    assert "the lowest is -4 at x = 0, the highest 96 at x = -10." in page.text
    assert "Zero at x = -2; at x = 2." in page.text
    (line,) = page.all("polyline", "{http://www.w3.org/2000/svg}polyline")
    points = line.get("points").split()
    assert len(points) == 201
    assert {points[0].split(",")[0], points[-1].split(",")[0]} == {"0.0", "400.0"}


def test_the_ends_are_calculations_too(alice):
    alice.calculate("wave(t) = sin(t)")
    alice.open("/names/wave/plot")
    page = alice.press("Plot", From="0", To="2pi")
    assert "the lowest is -1 at x = 4.71239, the highest 1 at x = 1.5708." in page.text


def test_ends_that_make_no_picture_are_refused_beside_the_field(alice):
    alice.calculate("f(x) = x")
    alice.open("/names/f/plot")
    page = alice.press("Plot", From="5", To="1")
    assert page.status == 422
    assert page.title.startswith("Error: ")
    assert "Enter a number above 5, where the picture begins." in page.text
    assert 'value="1"' in page.source
    for wrong in ("", "1 +", "i", "2026-11-23", "1e50000", "-1e-50000"):
        assert alice.press("Plot", From=wrong, To="9").status == 422


def test_only_ones_own_functions_of_one_argument_are_drawn(alice, bob):
    for expression in ("f(x) = x", "g(x, y) = x + y", "vat = 19%"):
        alice.calculate(expression)
    assert alice.open("/").text.count("Plot ") == 1
    assert alice.open("/names/f/plot").status == 200
    assert [alice.open(f"/names/{name}/plot").status for name in ("g", "vat", "nothing")] == [404, 404, 404]
    assert bob.open("/names/f/plot").status == 404
    alice.open("/")
    alice.press("Delete f")
    assert alice.open("/names/f/plot").status == 404


def test_a_function_with_no_real_value_says_so(alice):
    alice.calculate("f(x) = sqrt(-1 - x^2)")
    assert "There is no value to draw at any of these places." in alice.open("/names/f/plot").text


def test_a_function_that_takes_too_long_is_given_up(alice, monkeypatch):
    monkeypatch.setattr(plots, "PATIENCE", 0)
    alice.calculate("f(x) = x")
    page = alice.open("/names/f/plot")
    assert page.status == 422
    assert "This takes too long to draw." in page.text


def test_a_person_with_a_decimal_comma_reads_commas(alice):
    alice.open("/account/preferences")
    alice.press("Save", decimal_comma="yes")
    alice.calculate("f(x) = x / 4")
    assert "the lowest is -2,5 at x = -10" in alice.open("/names/f/plot").text


def test_degrees_are_degrees_in_a_plot(alice):
    alice.open("/account/preferences")
    alice.press("Save", angle_unit="deg")
    alice.calculate("f(x) = sin(x)")
    page = alice.open("/names/f/plot?start=0&end=180")
    assert "the highest 1 at x = 90." in page.text


def test_a_zero_between_two_points_is_told_as_such():
    curve = Curve(parabola, Fraction(-10), Fraction(10))
    assert curve.zeros() == ["between x = -1.8 and -1.7", "between x = 1.7 and 1.8"]


def test_a_pole_breaks_the_line_and_is_no_zero():
    curve = Curve(pole, Fraction(-10), Fraction(10))
    assert len(curve.lines) == 2
    assert curve.zeros() == []
    assert "No value to draw at 1 of the points, the first at x = 0." in curve.told
    off = Curve(pole, Fraction(-10), Fraction(11))
    assert len(off.lines) == 2
    assert off.zeros() == []


def test_a_pole_does_not_flatten_the_rest():
    curve = Curve(lambda x: pole(x - Fraction(1, 1000)), Fraction(-10), Fraction(10))
    assert curve.top < 20


def test_a_constant_lies_in_the_middle():
    curve = Curve(lambda x: Decimal(7), Fraction(0), Fraction(1))
    assert {point.split(",")[1] for point in curve.lines[0].split()} == {"150.0"}


@pytest.mark.parametrize(
    ("value", "written"),
    [("3e1", "30"), ("0e1", "0"), ("-0.50", "-0.5"), ("1234567", "1234570"), ("0.0000025", "0.0000025"),
     ("1.5e-7", "1.5e-7"), ("2e15", "2e15"), ("-6.283185307", "-6.28319")],
)  # fmt: skip
def test_numbers_beside_a_plot_are_written_as_people_do(value, written):
    assert plain(Decimal(value)) == written


@pytest.mark.parametrize("lower", ["-10", "0", "-0.001", "3e20", "0.1"])
@pytest.mark.parametrize("width", ["20", "0.0003", "7", "1e30", "6.283"])
def test_the_grid_has_round_numbers_and_few_lines(lower, width):
    found = marks(Decimal(lower), Decimal(lower) + Decimal(width))
    assert 4 <= len(found) <= 11
    steps = {round(math.log10(after - before), 6) for before, after in pairwise(found)}
    assert all(re.search(r"\.(0|30103|69897)\d*$", str(step % 1)) for step in steps)
