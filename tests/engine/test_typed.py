"""What people type in a hurry is taken as meant where it can mean one thing."""

import pytest

from calcapp.engine import SyntaxMistake, evaluate

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


# fmt: off
NUMBERS = [
    ("1 ½", "1.5"),
    ("5 ft 11 ½ in to cm", "181.61"),
    ("12,34,567", "1234567"),
    ("-1,23,456.78 * 2", "-246913.56"),
    ("10,00,00,000", "100000000"),
    ("sin 30º", "0.5"),
    ("5 ºC to ºF", "41"),
    ("³√-27", "-3"),
    ("⁴√16 + 1", "3"),
    ("1\u2007234\u2007567", "1234567"),
]
WITH_A_COMMA = [
    ("1'250,5", "1250.5"),
    ("1,250.5", "1250.5"),
    ("1,250,000", "1250000"),
    ("1,250", "1.25"),
    ("1.250,5", "1250.5"),
]
# fmt: on


@pytest.mark.parametrize(("text", "expected"), NUMBERS, ids=[row[0] for row in NUMBERS])
def test_numbers_are_taken_as_meant(text, expected):
    result = evaluate(text)
    assert result.answer == expected
    assert evaluate(result.read).value == result.value


@pytest.mark.parametrize(("text", "expected"), WITH_A_COMMA, ids=[row[0] for row in WITH_A_COMMA])
def test_numbers_with_a_decimal_comma_are_too(text, expected):
    assert evaluate(text, decimal_comma=True).answer == expected


@pytest.mark.parametrize("text", ["12,34", "12,34,56", "1,23,4567", "1 ½ ½", "1.5 ½"])
def test_other_groups_are_not_guessed_at(text):
    with pytest.raises(SyntaxMistake):
        evaluate(text)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("min(1,000, 2)", "min(1000, 2)"),
        ("log(1,000)", "log(1000)"),
        ("mean(1,234,050.5, 2)", "mean(1234050.5, 2)"),
    ],
)
def test_no_value_of_a_list_begins_with_zeros(text, meant):
    with pytest.raises(SyntaxMistake, match="here a comma separates values") as caught:
        evaluate(text)
    assert caught.value.repair == meant


def test_a_list_says_how_its_commas_were_read():
    assert evaluate("max(1,234, 567)").hints == ("a comma separates values here: 1,234 was read as 1 and 234",)
    assert evaluate("max(1,234,567)").hints == ()
    comma = evaluate("max(1,2)", decimal_comma=True)
    assert (comma.answer, comma.hints) == ("1.2", ("1,2 was read as one number; write ; between values",))
    assert evaluate("sqrt(2,25)", decimal_comma=True).hints == ()
