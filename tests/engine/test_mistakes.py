# ruff: noqa: E501 - a sentence reads better in one line
"""Every mistake has a kind, a place and a sentence that says what to do. Read them aloud before changing one."""

import pytest

from calcapp.engine import Known, Mistake, evaluate

# text, kind, the part that is marked, sentence, the text put right
SENTENCES = [
    ("", "syntax", "", "Type a calculation, for example 84.50 * 3.", None),
    ("=", "syntax", "=", "Write a name before the = sign to keep a value, as in vat = 19%, or take it out.", None),
    ("#", "syntax", "#", "Type a calculation, for example 84.50 * 3.", None),
    ("3 +", "syntax", "+", "Something is missing behind +. Write a number there, or take the + out.", None),
    ("3 + * 4", "syntax", "*", "A number belongs here, not *. Take the * out, or write a number before it.", None),
    ("* 3", "syntax", "*", "A number belongs here, not *. Take the * out, or write a number before it.", None),
    ("2 ** ", "syntax", "**", "Something is missing behind ^. Write a number there, or take the ^ out.", None),
    ("(3 + 4", "syntax", "(", "Close the parenthesis that was opened here: add ) at the end.", "(3 + 4)"),
    ("((3 + 4", "syntax", "(", "Close the parentheses: 2 are missing at the end.", "((3 + 4))"),
    ("3 + 4)", "syntax", ")", "This parenthesis closes nothing. Take it out, or open one before.", "3 + 4"),
    (
        "()",
        "syntax",
        "()",
        "There is nothing between these parentheses. Write a number into them, or take them out.",
        None,
    ),
    ("sin(1", "syntax", "(", "Close the parenthesis that was opened here: add ) at the end.", "sin(1)"),
    ("sin", "syntax", "sin", "Write what sin works on in parentheses, as in sin(30°).", None),
    ("sin()", "syntax", "sin()", "Write what sin works on, as in sin(30°).", None),
    (
        "sin(,)",
        "syntax",
        ",",
        "sin takes one argument. Take the comma out.",
        None,
    ),
    ("max(1,)", "syntax", ")", "An argument of max is missing here. Write it, or take the comma out.", None),
    ("max(1,,2)", "syntax", ",", "An argument of max is missing here. Write it, or take the comma out.", None),
    ("log(1, 2, 3)", "syntax", "3", "log takes 1 to 2 arguments: log(x, b). Take the rest out.", None),
    ("root(8)", "syntax", "root(8)", "root takes 2 arguments: root(x, n), as in root(8, 3).", None),
    (
        "stdev(1)",
        "domain",
        "stdev(1)",
        "A sample of one value has no spread to measure. Add a value, or use stdevp or varp.",
        None,
    ),
    ("(1+2]*3", "syntax", "]", "This ] closes a (. Write ) here.", "(1+2)*3"),
    ("⌊3.7", "syntax", "⌊", "Close the ⌊ opened here with ⌋.", None),
    ("0x.", "syntax", "0x.", "Write digits behind 0x, for example 0x10.", None),
    ("2026-00-10", "domain", "2026-00-10", "A year has months 1 to 12, not 0. Write dates as year-month-day.", None),
    ("2 3", "syntax", "3", "Two numbers stand side by side. Did you mean 2*3?", "2*3"),
    ("2 1/2 + 1", "syntax", "1", "Two numbers stand side by side. Did you mean (2 + 1/2)?", "(2 + 1/2) + 1"),
    ("2 3/2", "syntax", "3", "Two numbers stand side by side. Did you mean 2*3?", "2*3/2"),
    ("2 1.5/2", "syntax", "1.5", "Two numbers stand side by side. Did you mean 2*1.5?", "2*1.5/2"),
    ("3² 2", "syntax", "2", "Two numbers stand side by side. Write * between them.", "3²*2"),
    ("2 x y", "unknown name", "y", "There is no name or unit y. To keep a value under it, write y = 5.", None),
    ("x3 + 1", "unknown name", "x3", "There is no name or unit x3. To keep a value under it, write x3 = 5.", None),
    ("5|3|1", "syntax", "|", "Write the word or to combine bits.", "5 or 3|1"),
    ("5||3", "syntax", "||", "Write the word or to combine bits.", "5 or 3"),
    ("5 + 3|", "syntax", "|", "This bar closes nothing. Take it out, or open one before.", None),
    ("mean(1 2)", "syntax", "2", "Two numbers stand side by side. Did you mean 1, 2?", "mean(1, 2)"),
    ("mean((1) * 2 3)", "syntax", "3", "Two numbers stand side by side. Did you mean 2, 3?", "mean((1) * 2, 3)"),
    ("sin(1 2)", "syntax", "2", "Two numbers stand side by side. Did you mean 1*2?", "sin(1*2)"),
    ("max((1 2), 3)", "syntax", "2", "Two numbers stand side by side. Did you mean 1*2?", "max((1*2), 3)"),
    (
        "SELECT 1",
        "unknown name",
        "SELECT",
        "There is no name or unit SELECT. To keep a value under it, write SELECT = 5.",
        None,
    ),
    ("two + 3", "unknown name", "two", "Write numbers in digits: 2 in place of two.", "2 + 3"),
    ("1 + 2j", "unknown name", "j", "There is no name j. Write i for the imaginary unit.", "1 + 2i"),
    ("a * 3", "unknown name", "a", "There is no name or unit a. To keep a value under it, write a = 5.", None),
    ("3 == 4", "syntax", "=", "Comparing is not something this calculator does. Subtract to see the difference.", None),
    ("3 != 4", "syntax", "=", "Comparing is not something this calculator does. Subtract to see the difference.", None),
    (
        "3 <= 4",
        "syntax",
        "<=",
        "Comparing with <= is not something this calculator does. Subtract to see the difference.",
        None,
    ),
    (
        "3 ≠ 4",
        "syntax",
        "≠",
        "Comparing with ≠ is not something this calculator does. Subtract to see the difference.",
        None,
    ),
    ("$5 + €3", "syntax", "€", "Here are two currencies, $ and €. Multiply one by its rate, as in 5 + 3 * 1.1.", None),
    ("=SUM(A1:A3)", "syntax", ":", "There are no cells here. Write their values, as in sum(1, 2, 3).", None),
    (
        "\\sqrt{2}",
        "syntax",
        "\\sqrt",
        "Formulas are written plainly here: 1/2, sqrt(2), 2 * pi. Take the \\ out.",
        None,
    ),
    ("Math.sqrt(4)", "syntax", "Math.", "Leave Math. out: names stand alone here, as in sqrt(2).", "sqrt(4)"),
    (
        "1,2,3",
        "syntax",
        ",",
        "Write a list of values into a function, as in sum(1, 2, 3). In a number, commas group digits in threes.",
        None,
    ),
    ("3 + (", "syntax", "(", "The calculation stops too early. Write the rest of it.", None),
    ("٣ + ٤", "syntax", "٣", "Write digits as 0 to 9: 3 in place of ٣.", "3 + 4"),
    (
        "1，5",
        "syntax",
        "，",
        "Is this comma a decimal comma? Write 1.5 with a point, or choose the decimal comma in your preferences.",
        "1.5",
    ),
    ("ln(1.5, 2)", "syntax", ",", "ln takes one argument. Take the comma out.", None),
    ("2 + sqrt((1 + 2) * 0.5,3)", "syntax", ",", "sqrt takes one argument. Take the comma out.", None),
    ("2 * (1.5,2)", "syntax", ",", "A number has one decimal point. Take this comma out.", None),
    ("1.1,1", "syntax", ",", "A number has one decimal point. Take this comma out.", None),
    ("1,1.1", "syntax", ",", "A number has one decimal point. Take this comma out.", None),
    ("6&&3", "syntax", "&", "Write the word and to combine bits.", "6 and 3"),
    ("5 5!", "syntax", "5", "Two numbers stand side by side. Did you mean 5*5?", "5*5!"),
    ("1 2 3 4 5", "syntax", "2", "Two numbers stand side by side. Did you mean 1*2?", "1*2 3 4 5"),
    ("pi 3", "syntax", "3", "Two numbers stand side by side. Did you mean pi*3?", "pi*3"),
    (
        "1,5",
        "syntax",
        ",",
        "Is this comma a decimal comma? Write 1.5 with a point, or choose the decimal comma in your preferences.",
        "1.5",
    ),
    (
        "1,00",
        "syntax",
        ",",
        "Is this comma a decimal comma? Write 1.00 with a point, or choose the decimal comma in your preferences.",
        "1.00",
    ),
    ("1.2.3", "syntax", ".", "A number has one decimal point. Take the other one out.", None),
    ("3,", "syntax", ",", "A comma separates the arguments of a function, as in max(1, 2). Take it out here.", None),
    ("1e", "syntax", "1e", "Write an exponent behind 1e, as in 1e3, or 1 * e for the constant e.", "1*e"),
    ("1e+", "syntax", "1e", "Write an exponent behind 1e, as in 1e3, or 1 * e for the constant e.", None),
    ("1e999999", "too large", "1e999999", "Exponents of ten go up to 60,000 here. Write a smaller one.", None),
    ("0x", "syntax", "0x", "Write digits behind 0x, for example 0x10.", None),
    ("0b12", "syntax", "2", "2 is no binary digit. Use 0 and 1.", None),
    ("0o9", "syntax", "9", "9 is no octal digit. Use 0 to 7.", None),
    ("0xfg", "syntax", "g", "g is no hexadecimal digit. Use 0 to 9 and a to f.", None),
    ("١٢", "syntax", "١٢", "Write digits as 0 to 9: 12 in place of ١٢.", "12"),
    ("1 $ 2", "syntax", "$", "Leave $ out: this calculator works with plain amounts, not with currencies.", None),
    ("$x", "syntax", "$", "Leave $ out: this calculator works with plain amounts, not with currencies.", None),
    (
        "50 USD",
        "unknown name",
        "USD",
        "Currencies are not known here, because their rates change. Multiply by the rate yourself.",
        None,
    ),
    ('"abc"', "syntax", '"', "Leave the quotation marks out; a note goes behind #.", None),
    ("'5", "syntax", "'", "Leave the quotation marks out; a note goes behind #.", None),
    ("7 ~ 3", "syntax", "~", "A number belongs here, not ~. Take the ~ out, or write a number before it.", None),
    ("to m", "unknown name", "to", "Write what is to be converted before to, as in 5 ft to cm.", None),
    ("255 to base", "syntax", "to base", "Write a base from 2 to 36 behind base, as in to base 7.", None),
    ("6:3", "syntax", ":", "Write / to divide; times are written 2:15 or 2 h 15 min.", None),
    ("1:75", "syntax", ":", "Write / to divide; times are written 2:15 or 2 h 15 min.", None),
    ("sum(1:10)", "syntax", ":", "Write / to divide; times are written 2:15 or 2 h 15 min.", None),
    (
        "9:00 + 5:30 pm",
        "syntax",
        "5:30 pm",
        "Write the hours of the day from 0 to 24: 17:30 in place of 5:30 pm.",
        "9:00 + 17:30",
    ),
    ("12:15 am", "syntax", "12:15 am", "Write the hours of the day from 0 to 24: 0:15 in place of 12:15 am.", "0:15"),
    (
        "5!!! + 1",
        "syntax",
        "!!!",
        "More than two factorial signs are read in two ways. Write parentheses between them.",
        None,
    ),
    (
        "5!!!!! + 1",
        "syntax",
        "!!!!!",
        "More than two factorial signs are read in two ways. Write parentheses between them.",
        None,
    ),
    (
        "0.05 to mm/m",
        "unit mismatch",
        "mm/m",
        "The units of mm/m cancel, so it is a plain number. Divide by it to see how many times it goes in.",
        None,
    ),
    ("5 km to 1", "unit mismatch", "1", "Write a unit behind to, for example to cm.", None),
    ("7 \\ 2", "syntax", "\\", "Write / to divide.", "7 / 2"),
    ("3 < 4", "syntax", "<", "Comparing with < is not something this calculator does. Use << to shift bits.", None),
    ("3 > 4", "syntax", ">", "Comparing with > is not something this calculator does. Use >> to shift bits.", None),
    ("3 @ 4", "syntax", "@", "@ means nothing in a calculation. Take it out.", None),
    ("2⁻", "syntax", "⁻", "Write raised digits behind the raised sign, as in 2⁻³.", None),
    ("|3", "syntax", "|", "Close the bar opened here with another |.", None),
    ("x = ", "unknown name", "x", "There is no name or unit x. To keep a value under it, write x = 5.", None),
    ("pi = 3", "syntax", "pi", "pi is a constant already. Choose another name, for example pi1.", None),
    ("sin = 3", "syntax", "sin", "sin is a function already. Choose another name, for example sin1.", None),
    ("f(x, x) = x", "syntax", "f(x, x) ", "Give each argument its own name.", None),
    (
        "3 = 4",
        "syntax",
        "=",
        "Only a name can stand before the = sign, as in x = 3. To see an answer, leave the = out.",
        None,
    ),
    ("x + 1", "unknown name", "x", "There is no name or unit x. To keep a value under it, write x = 5.", None),
    ("foo", "unknown name", "foo", "There is no name or unit foo. Did you mean foot?", "foot"),
    ("foo(2)", "unknown name", "foo", "There is no function foo. Look at the list of functions.", None),
    ("sqr(4)", "unknown name", "sqr", "There is no function sqr. Did you mean sqrt?", "sqrt(4)"),
    ("squrt(4)", "unknown name", "squrt", "There is no function squrt. Did you mean sqrt?", "sqrt(4)"),
    ("metr", "unknown name", "metr", "There is no name or unit metr. Did you mean metre?", "metre"),
    ("5 metr", "unknown name", "metr", "There is no name or unit metr. Did you mean metre?", "5 metre"),
    ("5 kgg", "unknown name", "kgg", "There is no name or unit kgg. Did you mean kg?", "5 kg"),
    ("now", "unknown name", "now", "Write today for the present day.", "today"),
    ("1 / 0", "division by zero", "/", "Nothing can be divided by zero.", None),
    ("1/(1-1)", "division by zero", "/", "Nothing can be divided by zero.", None),
    ("0^-1", "division by zero", "^", "Zero has no negative powers: nothing can be divided by zero.", None),
    ("5 mod 0", "division by zero", "mod", "Nothing can be divided by zero.", None),
    ("1/sin(0)", "division by zero", "/", "Nothing can be divided by zero.", None),
    ("ln(0)", "domain", "ln(0)", "Zero has no logarithm. Use a number that is not zero.", None),
    ("log(5, 1)", "domain", "log(5, 1)", "A logarithm cannot have the base 1. Use another base.", None),
    (
        "tan(90°)",
        "domain",
        "tan(90°)",
        "The tangent has no value here: it grows without bound. Use another angle.",
        None,
    ),
    (
        "atanh(1)",
        "domain",
        "atanh(1)",
        "The inverse hyperbolic tangent has no value at 1 and −1. Use another number.",
        None,
    ),
    ("(-2)!", "domain", "(-2)!", "Negative whole numbers have no factorial. Use a number from 0 on.", None),
    (
        "gamma(0)",
        "domain",
        "gamma(0)",
        "Gamma has no value at 0 and the negative whole numbers. Use another number.",
        None,
    ),
    ("asec(0)", "domain", "asec(0)", "asec has no value at 0. Use another number.", None),
    ("ncr(2.5, 1)", "domain", "ncr(2.5, 1)", "ncr takes whole numbers, and this is not one.", None),
    (
        "gcd(1.5, pi)",
        "domain",
        "gcd(1.5, pi)",
        "gcd takes whole numbers or fractions, and one of these is not one.",
        None,
    ),
    ("floor(i)", "domain", "floor(i)", "floor takes real numbers, and this one is complex.", None),
    ("max(1, i)", "domain", "max(1, i)", "max takes real numbers, and this one is complex.", None),
    (
        "round(2, 1.5)",
        "domain",
        "round(2, 1.5)",
        "The number of places is a whole number, as in round(2.345, 2).",
        None,
    ),
    (
        "5 kg + 3 m",
        "unit mismatch",
        "+",
        "kg is a mass and m is a length: they cannot be added. Give both the same kind of unit.",
        None,
    ),
    (
        "5 kg to m",
        "unit mismatch",
        "5 kg to m",
        "kg is a mass and m is a length: they cannot be converted into each other. Give both the same kind of unit.",
        None,
    ),
    (
        "5 m + 3",
        "unit mismatch",
        "+",
        "One of these has the unit m and the other has none: they cannot be added. Give both a unit, or neither.",
        None,
    ),
    (
        "5 to cm",
        "unit mismatch",
        "5 to cm",
        "A plain number cannot become cm. Write its unit behind it, for example 5 ft to cm.",
        None,
    ),
    (
        "10 °C to m",
        "unit mismatch",
        "10 °C to m",
        "°C is a temperature and m is a length: they cannot be converted into each other. Give both the same kind of unit.",
        None,
    ),
    (
        "20 °C + 5 °C",
        "unit mismatch",
        "+",
        "Two temperatures in °C cannot be added: their zeros are not nothing. Write the difference in K, as in 20 °C + 5 K.",
        None,
    ),
    ("sin(5 m)", "unit mismatch", "sin(5 m)", "sin takes an angle or a plain number, and m is a length.", None),
    ("ln(5 m)", "unit mismatch", "ln(5 m)", "ln takes plain numbers, and m is a length. Divide by a unit first.", None),
    ("2^(3 m)", "unit mismatch", "^", "An exponent is a plain number, and m is a length.", None),
    ("(5 m)!", "unit mismatch", "(5 m)", "A plain number belongs here, and m is a length.", None),
    ("5 m and 3", "unit mismatch", "and", "and takes plain whole numbers, without units.", None),
    (
        "sqrt(5 m)",
        "unit mismatch",
        "sqrt(5 m)",
        "m has no such root. Root a square of a unit, as in sqrt(16 m^2).",
        None,
    ),
    ("5 m to", "syntax", "to", "Write a unit or a form behind to, for example to cm or to hex.", None),
    (
        "5 to blue",
        "unknown name",
        "blue",
        "There is no name or unit blue. To keep a value under it, write blue = 5.",
        None,
    ),
    (
        "2026-11-23 + 5",
        "unit mismatch",
        "+",
        "Write what to count behind the number, as in 2026-11-23 + 90 days.",
        None,
    ),
    (
        "2026-11-23 + 2026-11-24",
        "unit mismatch",
        "+",
        "Two days cannot be added. Subtract them to get the days between.",
        None,
    ),
    (
        "2026-11-23 * 2",
        "unit mismatch",
        "*",
        "Days can be subtracted, and moved by days, weeks, months and years. For a subtraction of numbers, put spaces around the signs.",
        None,
    ),
    (
        "2026-11-23 + 10%",
        "unit mismatch",
        "+",
        "A percentage cannot be added to a day. Write a number of days, as in 30 days.",
        None,
    ),
    ("2023-02-30", "domain", "2023-02-30", "February 2023 has 28 days.", None),
    ("weekday(5)", "unit mismatch", "weekday(5)", "weekday takes a day, as in weekday(2026-11-23).", None),
    (
        "weekday(2026-11-23) + 1",
        "unit mismatch",
        "weekday(2026-11-23)",
        "A number belongs here, not the word Monday.",
        None,
    ),
    ("2026-11-23 + 1.5 days", "domain", "+", "Days are counted in whole numbers. Times of day are not kept.", None),
    ("9999-12-31 + 1 day", "domain", "+", "Dates reach from 0001-01-01 to 9999-12-31.", None),
    ("#7", "unknown name", "#7", "There is no record #7. Look at the number on its card.", None),
    ("#7 + ans", "unknown name", "#7", "There is no record #7. Look at the number on its card.", None),
    ("ans + 1", "unknown name", "ans", "There is no last answer yet. Work something out first.", None),
    (
        "#1234567890123456789",
        "syntax",
        "#1234567890123456789",
        "Record numbers are shorter than this. Look at the number on the card.",
        None,
    ),
    ("9^9^9", "too large", "^", "This power is too long to write down. Use a smaller exponent.", None),
    ("10^(10^7)", "too large", "^", "This power is too long to write down. Use a smaller exponent.", None),
    ("(9^9)!", "too large", "(9^9)!", "The factorial takes numbers up to 17,000 here. Use a smaller one.", None),
    ("fib(10^12)", "too large", "fib(10^12)", "fib takes numbers up to 280,000 here. Use a smaller one.", None),
    ("exp(10^10)", "too large", "exp(10^10)", "This exponent is too large. Use a smaller one.", None),
    ("1<<10^6", "too large", "<<", "This number is too long to write down. Shift by fewer places.", None),
    (
        "lcm(10^50000, 10^50000+1)",
        "too large",
        "lcm(10^50000, 10^50000+1)",
        "This common multiple is too long to write down. Use smaller numbers.",
        None,
    ),
    (
        "factor(10^30)",
        "too large",
        "factor(10^30)",
        "factor takes numbers of up to 25 digits. Use a smaller one.",
        None,
    ),
    (
        "isprime(10^1000)",
        "too large",
        "isprime(10^1000)",
        "Prime numbers are looked for up to 450 digits. Use a smaller number.",
        None,
    ),
    ("5 mod 3 of", "syntax", "of", "Something is missing behind of. Write a number there, or take the of out.", None),
    ("5 of 3 m of", "syntax", "of", "Something is missing behind of. Write a number there, or take the of out.", None),
    (
        "i to hex",
        "domain",
        "i to hex",
        "Only real numbers can be written in another base.",
        None,
    ),
    ("4000 to roman", "domain", "4000 to roman", "Roman numerals go from 1 to 3999.", None),
    ("5 to base 99", "syntax", "99", "Bases go from 2 to 36.", None),
    (
        "infinity + 1",
        "domain",
        "infinity",
        "Infinity is not a number to calculate with. Write a number in its place.",
        None,
    ),
    ("f(x)=f(x)+1; f(1)", "too large", "f(1)", "In f: f calls other functions too deeply. Work it out in parts.", None),
    (
        "1 if 1 else 2",
        "unknown name",
        "if",
        "There is no name or unit if. To keep a value under it, write if = 5.",
        None,
    ),
    (
        "(1; 2)",
        "syntax",
        ";",
        "A comma separates the arguments of a function, as in max(1, 2). Take it out here.",
        None,
    ),
    ("3 ⌋", "syntax", "⌋", "A number belongs here, not ⌋. Take the ⌋ out, or write a number before it.", None),
    ("3 + of 5", "syntax", "of", "A number belongs here, not of. Take the of out, or write a number before it.", None),
    ("x = ; 3", "syntax", "=", "Write what x is to be behind the = sign.", None),
    ("x" * 41 + " = 3", "syntax", "x" * 41, "Names have up to 40 letters. Choose a shorter one.", None),
    ("sin^2 + 1", "syntax", "sin", "Write what sin works on in parentheses, as in sin(30°).", None),
    ("0１２", "syntax", "0１２", "Write this number without the zero in front.", None),
    ("5 ft 3", "syntax", "3", "Write a unit behind 3 too, as in 2 h 15 min, or * before it to multiply.", "5 ft*3"),
    (
        "2 h 15 foo",
        "syntax",
        "15",
        "Write a unit behind 15 too, as in 2 h 15 min, or * before it to multiply.",
        "2 h*15 foo",
    ),
    ("16 is 80", "syntax", "16 is 80", "Ask with the word what, as in 20 is what % of 80 or 20% of what is 16.", None),
    ("2 + 2 ＃", "syntax", "＃", "＃ means nothing in a calculation. Take it out.", None),
    (
        "5 ft 3 kg",
        "unit mismatch",
        "5 ft 3 kg",
        "Quantities side by side add up, and these are of different kinds. Write the sign between them.",
        None,
    ),
]


@pytest.mark.parametrize(("text", "kind", "marked", "sentence", "repair"), SENTENCES, ids=[row[0] for row in SENTENCES])
def test_a_mistake_says_where_and_what_to_do(text, kind, marked, sentence, repair):
    with pytest.raises(Mistake) as caught:
        evaluate(text)
    mistake = caught.value
    assert (mistake.kind, text[mistake.start : mistake.end], mistake.message) == (kind, marked, sentence)
    assert mistake.repair == repair


@pytest.mark.parametrize("row", [row for row in SENTENCES if row[4]], ids=lambda row: row[0])
def test_a_repair_gets_further_than_what_was_typed(row):
    try:
        evaluate(row[4])
    except Mistake as mistake:
        assert mistake.message != row[3] or mistake.start > row[0].index(row[2])  # noqa: PT017 - either is progress


def test_there_are_enough_sentences_to_judge_the_tone():
    assert len({sentence for _, _, _, sentence, _ in SENTENCES}) >= 60


@pytest.mark.parametrize("sentence", sorted({row[3] for row in SENTENCES}))
def test_a_sentence_is_kind(sentence):
    assert sentence[0].isupper() or not sentence[0].isalpha() or sentence.split()[0].islower()
    assert sentence[-1] in ".?"
    assert not any(word in sentence.lower() for word in ("invalid", "error", "illegal", "failed", "unexpected", "!"))


def test_a_deleted_record_says_how_to_get_it_back():
    known = Known(gone={7: "#7 was deleted. Restore it to use it."})
    with pytest.raises(Mistake, match="Restore it") as caught:
        evaluate("#7 * 2", known=known)
    assert (caught.value.start, caught.value.end) == (0, 2)


def test_a_mistake_inside_a_name_is_marked_where_the_name_is_used():
    with pytest.raises(Mistake) as caught:
        evaluate("2 * rate", known=Known(names={"rate": "rate = 1/0"}))
    assert caught.value.message == "In rate: Nothing can be divided by zero."
    assert (caught.value.start, caught.value.end) == (4, 8)


@pytest.mark.parametrize(
    ("text", "names", "told"),
    [
        ("5 m to cm", {"m": "m = 3"}, "m is a name of yours here; for the unit write metres."),
        ("5 m + 2 cm", {"m": "m = 3"}, "m is a name of yours here; for the unit write metres."),
        ("h = 2; 2 * 3 h to min", {}, "h is a name of yours here; for the unit write hours."),
        ("5 a to cm", {"a": "a = 3", "ares": "1", "m": "4"}, "for example 5 ft to cm."),
        ("5 + 3 m", {"x": "3"}, "Give both a unit, or neither."),
    ],
)
def test_a_name_of_ones_own_that_hides_a_unit_is_told(text, names, told):
    with pytest.raises(Mistake) as caught:
        evaluate(text, known=Known(names=names))
    assert caught.value.kind == "unit mismatch"
    assert caught.value.message.endswith(told)


def test_a_long_text_is_refused_with_its_length():
    with pytest.raises(Mistake, match="up to 1,000 characters; this one has 1,501"):
        evaluate("1+" * 750 + "1")
