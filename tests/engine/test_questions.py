"""Questions and names in words are read as the calculation they ask for."""

from datetime import date

import pytest

from calcapp.engine import Known, Mistake, evaluate, references

TODAY = date(2026, 11, 23)

# fmt: off
ROWS = [
    ("what is 20% of 50?", "20% of 50", "10"),
    ("What is the square root of 16", "sqrt(16)", "4"),
    ("how much is 5% of 200", "5% of 200", "10"),
    ("calculate 5 + 3", "5 + 3", "8"),
    ("convert 5 km into miles", "5 km to miles", "3.10685596118667 mi"),
    ("how many feet in a mile", "mile to feet", "5280 ft"),
    ("how many feet are there in 2 miles", "2 miles to feet", "10560 ft"),
    ("how many fl oz in a cup", "cup to fl oz", "8 fl oz"),
    ("how many km is 5 miles", "5 miles to km", "8.04672 km"),
    ("how many weeks until 2026-12-07", "2026-12-07 - today to weeks", "2 wk"),
    ("what day is 2026-12-25", "weekday(2026-12-25)", "Friday"),
    ("what weekday was 2000-01-01", "weekday(2000-01-01)", "Saturday"),
    ("an inch to cm", "inch to cm", "2.54 cm"),
    ("A kWh", "A * kWh", "1 A*kWh"),
    ("3 * the cube root of 8", "3 * cbrt(8)", "6"),
    ("2 to the power of 3 + 1", "2^3 + 1", "9"),
    ("2 to the power 3", "2^3", "8"),
    ("2 raised to 3", "2^3", "8"),
    ("-2 raised to the power of 2", "-2^2", "-4"),
    ("log base 2 of 8", "log(8, 2)", "3"),
    ("log base 2 (8)", "log(8, 2)", "3"),
    ("log(8) base 2 + 1", "log(8, 2) + 1", "4"),
    ("log 8 base 2", "log(8, 2)", "3"),
    ("geometric mean(2, 8)", "geomean(2, 8)", "4"),
    ("harmonic mean of 1 and 2", "harmean(1, 2)", "1.33333333333333"),
    ("harmonic(4)", "harmonic(4)", "2.08333333333333"),
    ("standard deviation of 1, 2 and 3", "stdev(1, 2, 3)", "1"),
    ("absolute value of -5", "abs(-5)", "5"),
    ("natural logarithm of e", "ln(e)", "1"),
    ("average of 4 and 6", "average(4, 6)", "5"),
    ("average of 1, 2, and 3", "average(1, 2, 3)", "2"),
    ("average of (1, 2, 3)", "average(1, 2, 3)", "2"),
    ("average of (1 + 2) and 5", "average(1 + 2, 5)", "4"),
    ("a = sum of 1 and 2; a * 2", "a = sum(1, 2); a * 2", "6"),
    ("max(sum of 1 and 2, 2)", "max(sum(1, 2), 2)", "3"),
    ("max of 3", "max(3)", "3"),
    ("year of today", "year(today)", "2026"),
    ("percent change from 50 to 60", "(60 - 50) / 50 to percent", "20%"),
    ("what is the percentage decrease from 60 to 45", "(60 - 45) / 60 to percent", "25%"),
    ("increase 50 by 20%", "50 + 20%", "60"),
    ("decrease 50 by 5", "50 - 5", "45"),
    ("50 increased by 20%", "50 + 20%", "60"),
    ("80 reduced by 10% + 1", "80 - 10% + 1", "73"),
    ("20% more than 50", "50 + 20%", "60"),
    ("20% less than 50", "50 - 20%", "40"),
    ("100 + 19% VAT", "100 + 19%", "119"),
    ("19% vat on 100", "100 + 19%", "119"),
    ("99 + 8.25 percent sales tax", "99 + 8.25%", "107.1675"),
    ("10% discount on 80", "80 - 10%", "72"),
    ("half of 90 + 1", "(1/2) of 90 + 1", "46"),
    ("a third of 9", "(1/3) of 9", "3"),
    ("half a mile to km", "(1/2) * mile to km", "0.804672 km"),
    ("half an hour to min", "(1/2) * hour to min", "30 min"),
    ("1/4 in %", "1 / 4 to percent", "25%"),
    ("(5 + 3 in %)", "5 + 3 to percent", "800%"),
    ("minus 5 plus 3", "-5 + 3", "-2"),
    ("5 minus minus 3", "5 - -3", "8"),
    ("plus 5", "+5", "5"),
]
# fmt: on


@pytest.mark.parametrize(("text", "read", "answer"), ROWS, ids=[row[0] for row in ROWS])
def test_a_question_is_read_as_what_answers_it(text, read, answer):
    result = evaluate(text, today=TODAY)
    assert (result.read, " ".join(filter(None, [result.answer, result.unit]))) == (read, answer)
    assert evaluate(read, today=TODAY).value == result.value


@pytest.mark.parametrize(
    "name",
    [
        "how",
        "many",
        "much",
        "are",
        "there",
        "calculate",
        "convert",
        "an",
        "the",
        "raised",
        "rounded",
        "increase",
        "increased",
        "more",
        "less",
        "vat",
        "tip",
        "discount",
        "half",
        "percentage",
        "by",
        "base",
        "natural",
        "f",
        "k",
    ],
)
def test_none_of_the_words_is_reserved(name):
    assert evaluate(f"{name} = 3; 2 {name} + 1").answer == "7"
    assert evaluate(f"2 {name} + 1", known=Known(names={name: f"{name} = 3"})).answer == "7"
    assert name in references(f"2 {name} + 1").names


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("how many apples in 3 kg", "Ask for a unit, as in how many feet in a mile."),
        ("how many feet", "Ask for a unit, as in how many feet in a mile."),
        ("how many 5", "Ask for a unit, as in how many feet in a mile."),
        ("how", "There is no name or unit how. To keep a value under it, write how = 5."),
        ("percent change 50 to 60", "Write both numbers, as in percent change from 50 to 60."),
        ("percent drop from 50", "Write the other number too, as in percent drop from 50 to 60."),
        ("increase 50", "Write by how much, as in increase 50 by 20%."),
        ("increase", "There is no name or unit increase. To keep a value under it, write increase = 5."),
        ("5 more than 3", "Write a percentage before more than, as in 15% more than 80."),
        ("5 more", "There is no name or unit more. Did you mean mode?"),
        ("half 5", "There is no name or unit half. To keep a value under it, write half = 5."),
        ("10 ft by", "There is no name or unit by. To keep a value under it, write by = 5."),
        ("a b c", "There is no name or unit a. To keep a value under it, write a = 5."),
        ("2 to the 3", "There is no name or unit the. Did you mean TH?"),
        ("average of (1 + 2", "Close the parenthesis that was opened here: add ) at the end."),
        ("log(8, 3) base 2", "There is no name or unit base. To keep a value under it, write base = 5."),
        ("5 in % 3", "One of these has the unit in and the other has none: they cannot be compared or added. "
                     "Give both a unit, or neither."),
    ],
)  # fmt: skip
def test_what_asks_for_nothing_says_how_it_is_asked(text, sentence):
    with pytest.raises(Mistake) as caught:
        evaluate(text)
    assert caught.value.message == sentence
