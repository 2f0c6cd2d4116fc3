"""What people type in a hurry is taken as meant where it can mean one thing."""

from itertools import product

import pytest

from calcapp.engine import Known, Mistake, SyntaxMistake, evaluate, tokens

# fmt: off
UNITS = [
    ("2h15m", "2.25 h"),
    ("1d2h3min4s to s", "93784 s"),
    ("1m80cm5mm", "1.805 m"),
    ("2 m^2 500 cm^2", "2.05 m^2"),
    ("2 m^2 and 500 cm^2", "2.05 m^2"),
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
    assert evaluate("2 h 15 m").read == "2 h 15 min"
    assert evaluate("12 min and 3½ m").read == "12 min + (3 + 1/2) min"


@pytest.mark.parametrize("unit", ["light-years", "light years", "km", "sq ft", "imp gal"])
def test_a_number_is_no_inches_before_a_unit(unit):
    with pytest.raises(Mistake, match="A plain number cannot become"):
        evaluate(f"-2/3 in {unit}")


def test_a_function_that_takes_the_number_alone_says_so():
    assert evaluate("sin 2pi").hints == ()
    assert evaluate("sin 2 pi").hints == ("sin 2 pi was read as sin(2) * pi",)
    assert evaluate("x = 3; sqrt 2 x").hints == ("sqrt 2 x was read as sqrt(2) * x",)
    assert evaluate("sin 2 cos 3").hints == evaluate("sin 2 * pi").hints == evaluate("sqrt 4 m^2").hints == ()


def test_a_hyphen_between_names_of_ones_own_is_a_minus():
    assert evaluate("light = 5; foot = 2; light-foot").answer == "3"


# fmt: off
NUMBERS = [
    ("1 ½", "1.5"),
    ("5 ft 11 ½ in to cm", "181.61"),
    ("7 / -3½ m", "-2"),
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
    ("max(1, 2)", "2"),
    ("max(1, -2)", "1"),
    ("max(1,5; 2,5, 3)", "3"),
    ("5, ", "5"),
    ("5,+3", "8"),
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


def test_more_commas_than_a_number_has_separate_nothing():
    for text, repair in (("max(1,2,3)", "max(1; 2; 3)"), ("sqrt(4) + max(1,2,3", "sqrt(4) + max(1; 2; 3")):
        with pytest.raises(SyntaxMistake, match="write ; between values") as caught:
            evaluate(text, decimal_comma=True)
        assert caught.value.repair == repair
    with pytest.raises(SyntaxMistake, match="one decimal point"):
        evaluate("1,2,3", decimal_comma=True)


@pytest.mark.parametrize("text", ["1.5½", "12,34", "12,34,56", "1,23,4567", "1 ½ ½", "1.5 ½"])
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
    assert evaluate("max(2.5)", decimal_comma=True).hints == ("2.5 was read as 2,5, with a decimal point",)


# fmt: off
WORDS = [
    ("sin30°cos60°", "sin(30°) * cos(60°)", "0.25"),
    ("2sqrt9+1", "2 * sqrt(9) + 1", "7"),
    ("arcsin0.5", "arcsin(0.5)", "0.523598775598299"),
    ("x = 1; sin2x", "x = 1; sin(2 * x)", "0.909297426825682"),
    ("17mod5", "17 mod 5", "2"),
    ("10nCr3", "10 choose 3", "120"),
    ("mean([1, 2, 3])", "mean(1, 2, 3)", "2"),
    ("average({1, 2, 3}, 4)", "average(1, 2, 3, 4)", "2.5"),
    ("max([1, 5], [3; 9])", "max(1, 5, 3, 9)", "9"),
    ("mean([1 + 2] * 3, 4)", "mean((1 + 2) * 3, 4)", "6.5"),
    ("sqrt([4])", "sqrt(4)", "2"),
    ("(2 + 3) squared", "(2 + 3)^2", "25"),
    ("2 cubed + 1", "2^3 + 1", "9"),
    ("2 m squared", "2 m^2", "2"),
    ("5 multiplied by 2", "5 * 2", "10"),
    ("square root of 16 + 9", "sqrt(16) + 9", "13"),
    ("cube root 27", "cbrt(27)", "3"),
    ("log of 100", "log(100)", "2"),
    ("sqrt of (16 + 9)", "sqrt(16 + 9)", "5"),
    ("weekday of 2026-12-25", "weekday(2026-12-25)", "Friday"),
    ("3 factorial + 1", "3! + 1", "7"),
    ("17 modulo 5", "17 mod 5", "2"),
    ("remainder(-17, 5)", "remainder(-17, 5)", "-2"),
    ("1 shl 4", "1 << 4", "16"),
    ("dec(0xff)", "0xff to dec", "255"),
    ("roman(1994)", "1994 to roman", "MCMXCIV"),
    ("2.5 million / 4", "2.5 million / 4", "625000"),
    ("1/2 million", "(1 / 2) million", "500000"),
    ("5 thousand / 2 thousand", "5 thousand / (2 thousand)", "2.5"),
    ("2 million + 5", "2 million + 5", "2000005"),
    ("2 hundred thousand", "2 hundred thousand", "200000"),
    ("1/2 million km", "(1 / 2) million km", "500000"),
    ("2 million * 3 km", "2 million * 3 km", "6000000"),
    ("5 lakh", "5 lakh", "500000"),
    ("2 million to hex", "2 million to hex", "0x1e8480"),
    ("0.125 to fraction", "0.125 to fraction", "1/8"),
    ("5 to fraction", "5 to fraction", "5"),
    ("pi to fraction", "π to fraction", "3.14159265358979"),
    ("pi to 2 decimal places", "round(π, 2)", "3.14"),
    ("1/3 to 4 dp", "round(1 / 3, 4)", "0.3333"),
    ("pi rounded to 3 decimals", "round(π, 3)", "3.142"),
    ("22/7 m in 1 decimal", "round((22 / 7) m, 1)", "3.1"),
    ("49C6", "49 choose 6", "13983816"),
    ("10P3 + 1", "npr(10, 3) + 1", "721"),
    ("8:30 + 7:45", "8 h 30 min + 7 h 45 min", "16.25"),
    ("(17:30 - 9:05) * 5 to hms", "(17 h 30 min - 9 h 5 min) * 5 to h min s", "42 h 5 min"),
    ("1:30:15 to s", "1 h 30 min 15 s to s", "5415"),
    ("4:30 min/km to km/h", "4 min 30 s / km to km/h", "13.3333333333333"),
    ("0:05 h to min", "0 h 5 min to min", "5"),
    ("sum(1:10, 2:20)", "sum(1 h 10 min, 2 h 20 min)", "3.5"),
]
# fmt: on


@pytest.mark.parametrize(("text", "read", "answer"), WORDS, ids=[row[0] for row in WORDS])
def test_words_are_taken_as_meant(text, read, answer):
    result = evaluate(text)
    assert (result.read, result.answer) == (read, answer)
    assert evaluate(read).value == result.value


@pytest.mark.parametrize("name", ["sin30", "mod5", "squared", "square", "factorial1", "million"])
def test_a_name_of_ones_own_comes_first(name):
    assert evaluate(f"{name} = 3; 2 {name} + 1").answer == "7"
    assert evaluate(f"2 {name} + 1", known=Known(names={name: f"{name} = 3"})).answer == "7"


def test_a_conversion_to_millions_stays_in_millions():
    result = evaluate("1234567 to million")
    assert (result.answer, result.unit) == ("1.234567", "million")
    again = evaluate("#1", known=Known(records={1: result.value}))
    assert (again.answer, again.unit) == ("1.234567", "million")


@pytest.mark.parametrize(
    "text", ["log5", "a1", "x2", "[1, 2]", "mean([1, 2] * 3)", "mean([1, 2)", "mean([1, 2", "mean([])", "sqrt([1, 2])"]
)
def test_what_may_mean_something_else_is_refused(text):
    with pytest.raises(Mistake):
        evaluate(text)


# text, answer, what was read, what is told
PASTED = [
    ("$1,200.50 + 8%", "1296.54", "1200.50 + 8%", "$ was left out: amounts are plain numbers here"),
    ("5€ + 3 €", "8", "5 + 3", "€ was left out: amounts are plain numbers here"),
    ("-£5 * 2", "-10", "-5 * 2", "£ was left out: amounts are plain numbers here"),
    ("$-.50", "-0.5", "-0.50", "$ was left out: amounts are plain numbers here"),
    ("=SUM(1, 2, 3)", "6", "sum(1, 2, 3)", None),
    ("=2*PI()", "6.28318530717959", "2 * π", None),
    ("=POWER(2, 10)", "1024", "power(2, 10)", None),
    ("5 + 3 = ?", "8", "5 + 3", None),
    ("5+3?", "8", "5 + 3", None),
    ("5\u200b + \ufeff3", "8", "5 + 3", None),
    ("5 x 3", "15", "5 * 3", "x was read as ×"),
    ("1920x1080", "2073600", "1920 * 1080", "x was read as ×"),
    ("(2) X (3)", "6", "2 * 3", "X was read as ×"),
    ("2 x 3 x 4", "24", "2 * 3 * 4", "x was read as ×"),
    ("20%of50", "10", "20% of 50", None),
    ("2e^2", "14.7781121978613", "2 * e^2", None),
    ("2e⁻²", "0.270670566473225", "2 * e^-2", None),
    ("2e**2", "14.7781121978613", "2 * e^2", None),
    ("log_3(9)", "2", "log(9, 3)", None),
    ("log₃ 9", "2", "log(9, 3)", None),
    ("2log5(25)^2", "8", "2 * log(25, 5)^2", None),
    ("max（1，2）", "2", "max(1, 2)", None),
    ("=STDEV.P(1, 2, 3)", "0.816496580927726", "stdevp(1, 2, 3)", None),
    ("=Var.s(1, 2, 3)", "1", "var(1, 2, 3)", None),
    ("stdev.x(1)", "syntax", None, None),
    ("e^2pi", "23.2134043573634", "e^2 * π", "e^2pi was read as e^2 * pi"),
    ("2^3 pi", "25.1327412287183", "2^3 * π", None),
    ("sin pi/6", "0", "sin(π) / 6", "sin pi/6 was read as sin(pi)/6"),
    ("sin 2pi/3", "0", "sin(2 * π) / 3", "sin 2pi/3 was read as sin(2pi)/3"),
    ("1/inf", "domain", None, None),
]


@pytest.mark.parametrize(("text", "answer", "read", "hint"), PASTED, ids=[row[0] for row in PASTED])
def test_what_is_pasted_is_taken_as_meant(text, answer, read, hint):
    try:
        result = evaluate(text)
    except Mistake as mistake:
        found = mistake.kind, None
    else:
        found = result.answer, result.read
        assert evaluate(result.read).value == result.value
        assert hint is None or hint in result.hints
    assert found == (answer, read)


def test_a_name_of_ones_own_comes_before_a_sign():
    known = Known(names={"x": "x = 7", "x3": "x3 = 5"})
    assert evaluate("5 x (3)", known=known).answer == "105"
    assert evaluate("5x3", known=known).answer == "25"


BEFORE = ("", "-", "2^", "max(", "sin(", "5.", "1 ")
DIGITS = ("0", "1", "12", "123", "007", "2026", "12345", "1.5", "1.250", "12.", "3.1415")
BEHIND = (
    "", "+2", " + 2", " -2", "*", ")", "!", "%", "(2)", "=", "-2", "-11-23", "\u221211\u221223", "-11\u221223", "-2-5",
    " -11-23", "/2", "/2/2026", "/25/2026", "/12/25", ".5", ".2.2026", ".250,5", ",5", ",250", ", 5", ",000",
    ",250,000", ",25", ",25,000", ",25, 5", ",5,2", ", 250", " 000", " 000.5", " 000,5", "'000", "_000",
    "e3", "e", "e+", "x5", "½", " ½", " km", "km", "°", "' 2", " nov 2026", " of Nov 2026", " Of", " may", " e",
    " to hex", " _", " am", " p.m.", ":30", "²", "?", " $", " ",
)  # fmt: skip


@pytest.mark.rehearsal
def test_a_number_that_is_told_by_one_look_is_what_a_closer_look_finds(monkeypatch):
    texts = ["".join(parts) for parts in product(BEFORE, DIGITS, BEHIND)]
    quick = [cut(text, comma) for text in texts for comma in (False, True)]
    monkeypatch.setattr(tokens, "plain_number", lambda *_: None)
    assert quick == [cut(text, comma) for text in texts for comma in (False, True)]


def cut(text, decimal_comma):
    try:
        found = tokens.tokenize(text, decimal_comma=decimal_comma)
    except Mistake as mistake:
        return mistake.message
    return found.hints, [(each.kind, each.text, each.start, each.end, each.value) for each in found.items]
