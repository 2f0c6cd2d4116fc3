"""Conversions that have one meaning get it: temperatures and their differences, counts, paces, turns, ounces."""

import pytest

from calcapp import engine
from calcapp.engine import Known, Mistake, evaluate, references

# fmt: off
ROWS = [
    ("100 °C - 0 °C to °F", "180 Δ°F"),
    ("(68 °F - 50 °F) to °C", "10 Δ°C"),
    ("68 °F - 50 °F to K", "10 K"),
    ("100 °C - 0 K to °F", "212 °F"),
    ("5 Δ°C to Δ°F", "9 Δ°F"),
    ("20 °C + 9 Δ°F", "25 °C"),
    ("stdev(20 °C, 22 °C, 24 °C)", "2 K"),
    ("var(50 °F, 68 °F)", "50 K^2"),
    ("spread(10 °C, 68 °F)", "10 K"),
    ("mean(20 °C, 68 °F)", "20 °C"),
    ("sum(20 °C, 5 °C)", "unit mismatch"),
    ("sum(20 °C)", "20 °C"),
    ("sum(20 K, 5 K)", "25 K"),
    ("8 oz to ml", "236.5882365 mL"),
    ("1 cup to oz", "8 fl oz"),
    ("8 oz to g", "226.796185 g"),
    ("100 lb to N", "444.82216152605 N"),
    ("5 lb to ft", "unit mismatch"),
    ("1 h to m", "unit mismatch"),
    ("5 min/km to km/h", "12 km/h"),
    ("12 km/h to min/km", "5 min/km"),
    ("0 km/h to min/km", "division by zero"),
    ("0 mpg to L/100km", "division by zero"),
    ("3000 rpm to Hz", "50 Hz"),
    ("50 Hz to rpm", "3000 rpm"),
    ("2 pi rad/s to Hz", "1 Hz"),
    ("500 ppm to %", "0.05%"),
    ("2 dozen + 3", "27"),
    ("3 - 2 dozen", "-21"),
    ("2 dozen + 1 gross", "14 dozen"),
    ("2 dozen mod 5", "4"),
    ("2^(1 dozen)", "4096"),
    ("sqrt(1 gross)", "12"),
    ("max(1 dozen, 13)", "13"),
    ("2 dozen to hex", "0x18"),
    ("2 dozen + 3 m", "unit mismatch"),
]
# fmt: on


@pytest.mark.parametrize(("text", "expected"), ROWS, ids=[row[0] for row in ROWS])
def test_it_gives(text, expected):
    try:
        result = evaluate(text)
    except Mistake as mistake:
        found = mistake.kind
    else:
        found = f"{result.answer} {result.unit}" if result.unit else result.answer
        assert evaluate(result.read).answer == result.answer
    assert found == expected


@pytest.mark.parametrize("text", ["1.38e-23 J/K * 20 °C", "20 °C / 100 °C", "(20 °C)^2"])
def test_a_product_says_how_degrees_were_counted(text):
    assert any(hint.startswith("in a product °C counts degrees") for hint in evaluate(text).hints)


@pytest.mark.parametrize("text", ["2 * 20 °C", "5 J/(kg °C)", "10% of 20 °C", "20 °C + 5 K"])
def test_there_is_nothing_to_say_where_that_makes_no_difference(text):
    assert not any("counts degrees" in hint for hint in evaluate(text).hints)


def test_what_was_meant_is_said():
    assert evaluate("1 L to oz").hints == ("oz was read as fl oz",)
    assert evaluate("60 rpm to Hz").hints == ("one turn is one period",)


def test_a_plain_number_is_an_angle_in_degrees_for_who_prefers_them():
    result = evaluate("90 to rad", angle_unit="deg")
    assert (result.exact, result.unit, result.read) == ("π/2", "rad", "90° to rad")
    assert evaluate("45 to dms", angle_unit="deg").answer == "45°"
    assert evaluate("pi to deg", angle_unit="deg").answer == "180"
    assert "<mo>°</mo>" in engine.mathml(result.read)


# fmt: off
TIDY = [
    ("60 mph * 2.5 h", "150 mi"),
    ("90 kph * 20 min", "30 km"),
    ("10 kn * 3 h", "30 nmi"),
    ("30 mpg * 5 gal", "150 mi"),
    ("100 Mbps * 1 min", "6000 Mbit"),
    ("10 MBps * 1 min", "600 MB"),
    ("2 kWh / 4 h", "0.5 kW"),
    ("3000 mAh / 500 mA", "6 h"),
    ("5 kWh/day * 30 days", "150 kWh"),
    ("1 kWh / 100 W", "10 h"),
    ("100 gal / 5 gpm", "20 min"),
    ("1 GB / 50 Mbps", "160 s"),
    ("1/(50 Hz)", "0.02 s"),
    ("c * 1 s", "299792458 m"),
    ("60 mph / 2 h", "30 mph/h"),
    ("2 dozen kg", "24 kg"),
    ("25 dozen * 2 ppm", "0.0006"),
    ("(2 m2)^3", "8 m^6"),
    ("12 V * 5 A", "60 W"),
    ("10 kJ / 2 s", "5 kW"),
    ("5 V / 10 kohm", "500 µA"),
    ("20 mA * 5 kohm", "100 V"),
    ("0 mA * 5 kohm", "0 V"),
    ("sqrt(2) kV * 3 A", "4242.64068711929 W"),
    ("1000 GV * 10 GA", "10000000000000000000000 W"),
    ("5 N / 2 cm^2", "25 kPa"),
    ("230 V / 10 ohm", "23 A"),
    ("5 kg * 9.81 m/s^2", "49.05 N"),
    ("1/2 * 2 kg * (3 m/s)^2", "9 J"),
    ("1000 kg/m^3 * 9.81 m/s^2 * 10 m", "98100 Pa"),
    ("10 N * 2 m", "20 N*m"),
    ("10 J/s", "10 J/s"),
    ("(1/2) V*A", "0.5 V*A"),
    ("5 V*A * 2", "10 V*A"),
    ("(1/2) in mod 3 in", "0.5 in"),
    ("5 kg*m/s^2", "5 kg*m/s^2"),
    ("20 lb * 32 ft/s^2", "640 lb*ft/s^2"),
    ("100 J / 2 kg", "50 J/kg"),
    ("1500 W * 3 h", "4500 Wh"),
    ("2 h * 1.5 kW", "3 kWh"),
    ("2 h * 3 kg", "6 h*kg"),
    ("12 V * 5 A * 2 h", "120 Wh"),
    ("10 V / 5 ohm * 2 h", "4 Ah"),
    ("10 N * 2 h", "20 N*h"),
    ("100 km / 50 km/h", "2 h"),
    ("100km/50km/h", "2 h"),
    ("2 * 100 km / 50 km/h", "4 h"),
    ("2 * 3 / 2 km/h", "3 km/h"),
    ("1 GB / 10 MB/s * 2", "200 s"),
    ("-(100 km) / 50 km/h", "-2 h"),
    ("x = 100 km; x / 25 m/s/s", "4000 s^2"),
    ("1/2 km/h", "0.5 km/h"),
    ("x = 5; x / 2 km/h", "2.5 km/h"),
    ("x = 12; x / 2 m/s/s + 1 m/s^2", "7 m/s^2"),
    ("10 mg/kg * 70 kg", "700 mg"),
    ("70 kg * 10 mg/kg", "700 mg"),
    ("10 mg/kg/day * 70 kg", "700 mg/d"),
    ("2 (m/s)^2 * 3 s^2 / 1 cm", "600 m"),
    ("1 km / 1 m * 2 m", "2 km"),
    ("5 ft * 3 in * 2", "2.5 ft^2"),
    ("x = 70 kg; 10 mg/kg * x", "0.0007 kg"),
    ("1000 kg/m^3 * 2 L", "2 kg"),
    ("10 ft by 12 ft", "120 ft^2"),
    ("-5! / 2 km/h", "-60 km/h"),
    ("100 km / 50 km / h", "2 h^-1"),
    ("h = 2; 100 km / 50 km/h", "1"),
]
# fmt: on


@pytest.mark.parametrize(("text", "expected"), TIDY, ids=[row[0] for row in TIDY])
def test_a_product_is_in_the_unit_that_people_expect(text, expected):
    result = evaluate(text)
    assert " ".join(filter(None, [result.answer, result.unit])) == expected
    assert evaluate(result.read).value == result.value


def test_a_rate_before_a_division_says_so():
    assert evaluate("100 km / 50 km/h").hints == ("50 km/h was read as one quantity",)
    assert evaluate("100 km / 2 h").hints == ()
    assert evaluate("x = 5; x / 2 km/h").hints == ()


# fmt: off
SAID = [
    ("100 f to c", "37.7777777777778", "°C", ("f was read as °F", "c was read as °C")),
    ("-40f in c", "-40", "°C", ("f was read as °F", "c was read as °C")),
    ("20c to f", "68", "°F", ("f was read as °F", "c was read as °C")),
    ("300 k to °C", "26.85", "°C", ("k was read as K",)),
    ("5 km to c", None, None, None),
    ("5 km to f", None, None, None),
    ("0.5 c to km/s", "149896.229", "km/s", ("c: the speed of light",)),
    ("5′11″ to cm", "180.34", "cm", ()),
    ("6′ to m", "1.8288", "m", ()),
    ("70″ to ft in", "5 ft 10 in", None, ()),
    ("5′11″ to deg", "0.0863888888888889", "°", ()),
    ("5′²/2 to cm", None, None, None),
    ("5′ 3 m to cm", None, None, None),
    ("5 gb to mb", "5000", "MB", ("gb was read as GB", "mb was read as MB")),
    ("100 mbps to MB/s", "12.5", "MB/s", ("mbps was read as Mbps",)),
    ("500 kb to kB", "62.5", "kB", ("kb: 1000 bits; kB is 1000 bytes",)),
    ("5'11 to cm", "180.34", "cm", ("11 was read as 11 inches",)),
    ("5'11½", "5.95833333333333", "ft", ("11½ was read as 11½ inches",)),
    ("6 foot 4 in cm", "193.04", "cm", ("4 was read as 4 inches",)),
    ("6 ft 4", None, None, None),
    ("5'12", None, None, None),
    ("5 ft^2 3 to m", None, None, None),
    ("5 m 3 to cm", None, None, None),
    ("5'6 7", None, None, None),
    ("500 mcg to mg", "0.5", "mg", ()),
    ("1 oz t to g", "31.1034768", "g", ()),
    ("5 k\u2126 to \u2126", "5000", "Ω", ()),
    ("1 \u212b to nm", "0.1", "nm", ()),
    ("0 \u212a to °C", "-273.15", "°C", ()),
    ("25 basis points of 1000", "2.5", None, ()),
    ("2 dozen of 3", "72", None, ()),
    ("10 ppm of 2 kg", "0.00002", "kg", ()),
    ("2 kg of 3", None, None, None),
    ("3 quadrillion", "3000000000000000", None, ()),
]
# fmt: on


@pytest.mark.parametrize(("text", "answer", "unit", "hints"), SAID, ids=[row[0] for row in SAID])
def test_what_people_say_for_a_unit_is_taken_as_meant(text, answer, unit, hints):
    if answer is None:
        with pytest.raises(Mistake):
            evaluate(text)
        return
    result = evaluate(text)
    assert (result.answer, result.unit, result.hints) == (answer, unit, hints)
    assert evaluate(result.read).value == result.value


def test_a_name_of_ones_own_is_no_scale():
    assert evaluate("2 f to %", known=Known(names={"f": "f = 3"})).answer == "600%"
    with pytest.raises(Mistake):
        evaluate("100 f to c", known=Known(names={"f": "f = 3"}))
    assert "f" in references("100 f to c").names
