"""What may stand behind `to`: a unit, or units that share a quantity; never a sum, a number or a name."""

import pytest

from calcapp.engine import Known, Mistake, UnitMismatch, evaluate

# fmt: off
SHARED = [
    ("1.75 m to ft in", "5 ft 8.8976377952756 in"),
    ("1.75 m to feet and inches", "5 ft 8.8976377952756 in"),
    ("1.75 m to in + ft", "5 ft 8.8976377952756 in"),
    ("-63 in to ft in", "-5 ft 3 in"),
    ("6 ft to ft in", "6 ft"),
    ("0 m to ft in", "0 in"),
    ("71.9999999999999999 in to ft in", "6 ft"),
    ("8103 s to h min s", "2 h 15 min 3 s"),
    ("3661 s to hms", "1 h 1 min 1 s"),
    ("100000 s to d h min s", "1 d 3 h 46 min 40 s"),
    ("sqrt(2) h to hms", "1 h 24 min 51.16882454314 s"),
    ("2026-12-25 - 2026-11-23 to weeks and days", "4 wk 4 d"),
    ("50 months to years months", "4 yr 2 mo"),
    ("4 lb - 12 oz to lb oz", "3 lb 4 oz"),
    ("180 lb to st lb", "12 st 12 lb"),
    ("1 GB to MiB KiB", "953 MiB 690.5 KiB"),
    ("45.5042° to dms", "45° 30′ 15.12″"),
    ("atan(1/2) to dms", "26° 33′ 54.1842374808″"),
]
# fmt: on


@pytest.mark.parametrize(("text", "expected"), SHARED, ids=[row[0] for row in SHARED])
def test_units_share_a_quantity(text, expected):
    result = evaluate(text)
    assert (result.answer, result.unit) == (expected, None)
    assert evaluate(result.read).answer == expected
    assert evaluate(result.value).answer == expected


def test_the_value_itself_is_not_rounded():
    known = Known(records={1: evaluate("1.75 m to ft in").value})
    assert evaluate("#1 to m", known=known).answer == "1.75"


def test_a_product_of_lengths_is_still_an_area():
    result = evaluate("2 ft^2 to ft in")
    assert (result.answer, result.unit) == ("24", "ft*in")


@pytest.mark.parametrize("text", ["1 mile to miles m", "100 d to years days", "20 °C to K °C", "5 m to m metres"])
def test_what_is_not_a_whole_number_of_the_other_shares_nothing(text):
    with pytest.raises(UnitMismatch, match="cannot share a quantity"):
        evaluate(text)


def test_a_complex_quantity_is_not_shared_out():
    with pytest.raises(UnitMismatch, match="complex"):
        evaluate("(1 + 2i) * 1 m to m cm")


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("3 kg to g + 5 g", "(3 kg to g) + 5 g"),
        ("3 kg to g - 5 g", "(3 kg to g) - 5 g"),
        ("2 * 255 to hex * 2", "(2 * 255 to hex) * 2"),
        ("x = 5 km; 2 x to m + 1 m", "x = 5 km; (2 x to m) + 1 m"),
        ("1 h to min and 5", "(1 h to min) and 5"),
    ],
)
def test_a_conversion_comes_last(text, meant):
    with pytest.raises(Mistake, match="A conversion comes last") as caught:
        evaluate(text)
    assert caught.value.repair == meant


@pytest.mark.parametrize("text", ["3 kg to 5 g", "20 °C to K * 2", "3 kg to sqrt(4) g", "1 m to -1 m", "1 m to 2"])
def test_no_number_stands_in_a_unit(text):
    with pytest.raises(Mistake, match="Only a unit belongs behind to"):
        evaluate(text)


def test_a_number_may_stand_below_the_line():
    assert evaluate("30 mpg to L/100km").unit == "L/(100 km)"
    assert evaluate("5 Hz to 1/s").answer == "5"


@pytest.mark.parametrize("text", ["x1 = 20 km; 100 km to x1", "100 km to leg"])
def test_a_name_of_ones_own_is_no_unit(text):
    with pytest.raises(UnitMismatch, match="divide by it"):
        evaluate(text, known=Known(names={"leg": "leg = 20 km"}))


@pytest.mark.parametrize("text", ["atan(1) to °", "2700 arcmin to °", "0.125 turn to °"])
def test_the_sign_of_degrees_is_a_unit_too(text):
    result = evaluate(text)
    assert (result.answer, result.unit) == ("45", "°")


# fmt: off
GOING_ON = [
    ("30 mpg to L/100km to mpg", "30 mpg"),
    ("c = 7.5 L/km to L/100km; c * 50 km", "375 L"),
    ("c = 7.5 L/100km to L/(100 km); c * 50 km", "3.75 L"),
    ("c = 7.5 L/100km to L/(100 km); c / (1 L/km)", "0.075"),
    ("c = 7.5 L/100km to L/(100 km); c + 1 L/100km", "8.5 L/(100 km)"),
    ("c = 7.5 L/100km to L/(100 km); c - 10%", "6.75 L/(100 km)"),
    ("c = 7.5 L/100km to L/(100 km); 2 c", "15 L/(100 km)"),
    ("c = 7.5 L/100km to L/(100 km); -c/2", "-3.75 L/(100 km)"),
    ("round(30 mpg to L/100km, 1)", "7.8 L/(100 km)"),
    ("max(30 mpg to L/100km, 5 L/100km)", "7.84048611111111 L/(100 km)"),
    ("var(1 L/100km to L/(100 km), 3 L/100km)", "0.0002 L^2/km^2"),
    ("(2026-12-25 - 2026-11-23) / 7", "4.57142857142857 days"),
    ("5 * days", "5 days"),
    ("2/3 days", "0.666666666666667 days"),
]
# fmt: on


@pytest.mark.parametrize(("text", "expected"), GOING_ON, ids=[row[0] for row in GOING_ON])
def test_what_was_converted_is_still_what_it_was(text, expected):
    result = evaluate(text)
    assert " ".join(filter(None, [result.answer, result.unit])) == expected
    again = evaluate("#1", known=Known(records={1: result.value}))
    assert (again.answer, again.unit, again.value) == (result.answer, result.unit, result.value)


def test_a_record_of_litres_a_hundred_kilometres_is_used_as_such():
    known = Known(records={1: evaluate("30 mpg to L/100km").value})
    assert evaluate("#1 * 100 km", known=known).answer == "7.84048611111111"


def test_a_record_in_percent_is_shown_in_percent_and_counts_as_before():
    known = Known(records={1: evaluate("1/6 to %").value})
    assert evaluate("#1", known=known, digits=20).answer == "16.666666666666666667%"
    assert evaluate("600 * #1", known=known).answer == "100"
    assert evaluate("600 + #1", known=known).answer == "700"


@pytest.mark.parametrize(
    "text",
    [
        "5 attoseconds",
        "2 attoseconds^2",
        "3 d/deg",
        "4 attoseconds * 2 kg",
        "(2 m^2)^3",
        "2 dozen^2",
        "-3 days",
        "2.5 days",
        "sin30dozen",
    ],
)
def test_each_value_can_be_read_again(text):
    for angle_unit in ("rad", "deg"):
        result = evaluate(text, angle_unit=angle_unit)
        again = evaluate("#1", known=Known(records={1: result.value}))
        assert (again.answer, again.unit) == (result.answer, result.unit)
        assert evaluate(result.read, angle_unit=angle_unit).value == result.value
