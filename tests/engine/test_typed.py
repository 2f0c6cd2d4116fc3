"""What people type in a hurry is taken as meant where it can mean one thing."""

import pytest

from calcapp.engine import evaluate

# fmt: off
UNITS = [
    ("2h15m", "2.25 h"),
    ("1d2h3min4s to s", "93784 s"),
    ("1m80cm5mm", "1.805 m"),
    ("1 m 2 cm", "1.02 m"),
    ("2 hours and 15 minutes to minutes", "135 min"),
    ("6 and 3", "2"),
    ("5'3'' to cm", "160.02 cm"),
    ("5''", "5 in"),
    ("1 light-year to km", "9460730472580.8 km"),
    ("2 kilowatt-hours to MJ", "7.2 MJ"),
    ("1 acre-foot to acre-feet", "1 acft"),
    ("10 m-2 m", "8 m"),
    ("100 ft-lb to ft lbf", "100 ft lbf"),
    ("100 lb ft to foot-pounds", "100 ft lbf"),
    ("12 inch-pounds to ft lb", "1 ft lbf"),
    ("5 lb in g", "2267.96185 g"),
    ("5 IN IN CM", "12.7 cm"),
    ("5 CM IN IN", "1.96850393700787 in"),
    ("8 Kbps to bps", "8000 bps"),
    ("1 KBps to kbps", "8 kbps"),
    ("5 MHZ to kHz", "5000 kHz"),
    ("5 KM to MI", "3.10685596118667 mi"),
    ("1 imp pint to ml", "568.26125 mL"),
    ("1 amu to Da", "1 Da"),
]
# fmt: on


@pytest.mark.parametrize(("text", "expected"), UNITS, ids=[row[0] for row in UNITS])
def test_units_are_taken_as_meant(text, expected):
    result = evaluate(text)
    assert " ".join(filter(None, [result.answer, result.unit])) == expected
    assert evaluate(result.read).value == result.value


def test_minutes_are_said_to_be_read():
    assert evaluate("2h15m").hints == ("m was read as min",)
    assert evaluate("1 m 2 cm").hints == ()


def test_a_hyphen_between_names_of_ones_own_is_a_minus():
    assert evaluate("light = 5; foot = 2; light-foot").answer == "3"
