"""What people say for shares and days is read as the calculation it means."""

from datetime import date

import pytest

from calcapp.engine import Known, Mistake, SyntaxMistake, evaluate, references

# fmt: off
ROWS = [
    ("15% off 80", "80 - 15%", "68"),
    ("15% on 80", "80 + 15%", "92"),
    ("15 per cent off 80 * 2", "(80 - 15%) * 2", "136"),
    ("15% off (80 + 20)", "80 + 20 - 15%", "85"),
    ("vat = 19%; vat on 100", "vat = 19%; 100 + vat", "119"),
    ("20 as % of 80", "20 / 80 to percent", "25%"),
    ("20 + 5 as a percentage of 80", "(20 + 5) / 80 to percent", "31.25%"),
    ("20 kg as % of 80 kg", "20 kg / (80 kg) to percent", "25%"),
    ("20 is what % of 80", "20 / 80 to percent", "25%"),
    ("what percent of 80 is 20 + 5", "(20 + 5) / 80 to percent", "31.25%"),
    ("20% of what is 16", "16 / 20%", "80"),
    ("16 is 20% of what", "16 / 20%", "80"),
    ("2 weeks after 2026-11-23", "2026-11-23 + 2 weeks", "2026-12-07"),
    ("1 month 1 day before 2024-03-31", "2024-03-31 - 1 month 1 day", "2024-02-28"),
    ("90 days from 23 November 2026", "2026-11-23 + 90 days", "2027-02-21"),
    ("3 days from today", "today + 3 days", "2026-11-26"),
    ("2 weeks 3 days ago", "today - 2 weeks 3 days", "2026-11-06"),
    ("days until 2026-12-25", "2026-12-25 - today", "32 days"),
    ("days since Nov 22, 2026", "today - 2026-11-22", "1 day"),
    ("weeks between 2026-11-23 and 2026-12-07", "2026-12-07 - 2026-11-23 to weeks", "2 wk"),
    ("days from 2026-11-23 to 2026-12-25", "2026-12-25 - 2026-11-23", "32 days"),
    ("25th December 2026", "2026-12-25", "2026-12-25"),
    ("december 25 2026 + 1 week", "2026-12-25 + 1 week", "2027-01-01"),
    ("2026–11–23", "2026-11-23", "2026-11-23"),
    ("1 month 1 day + 2024-01-31", "1 month 1 day + 2024-01-31", "2024-03-01"),
    ("tomorrow - today", "tomorrow - today", "1 day"),
]
# fmt: on


@pytest.mark.parametrize(("text", "read", "answer"), ROWS, ids=[row[0] for row in ROWS])
def test_it_is_read_as_what_it_means(text, read, answer):
    result = evaluate(text, today=date(2026, 11, 23))
    assert result.read == read
    assert " ".join(filter(None, [result.answer, result.unit])) == answer
    assert evaluate(read, today=date(2026, 11, 23)).value == result.value


@pytest.mark.parametrize("name", ["off", "on", "after", "before", "from", "until", "since", "is", "what", "ago", "may"])
def test_none_of_the_words_is_reserved(name):
    assert evaluate(f"{name} = 3; 2 {name} + 1").answer == "7"
    assert evaluate(f"2 {name} + 1", known=Known(names={name: f"{name} = 3"})).answer == "7"
    assert name in references(f"2 {name} + 1").names


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("5 off 80", "Write a percentage before off, as in 15% off 80."),
        ("2 after 5", "Write how long before after, as in 2 weeks after 2026-11-23."),
        ("16 is 20", "Ask with the word what, as in 20 is what % of 80 or 20% of what is 16."),
        ("what % of 80", "Write is and the part, as in what % of 80 is 20."),
        ("what + 1", "Write is and the part behind it, as in 20% of what is 16."),
        ("20% of what", "Write is and the part behind it, as in 20% of what is 16."),
        ("days between 2026-11-23", "Write the other day too, as in days between 2026-11-23 and 2026-12-25."),
        ("31 Feb 2026", "February 2026 has 28 days."),
        ("25.12.2026", "Write a day as year, month, day: 2026-12-25."),
    ],
)
def test_a_mistake_says_how_it_is_said(text, sentence):
    with pytest.raises(Mistake) as caught:
        evaluate(text)
    assert caught.value.message == sentence


def test_a_day_with_points_is_one_click_away():
    with pytest.raises(SyntaxMistake) as caught:
        evaluate("weekday(25.12.2026)")
    assert caught.value.repair == "weekday(2026-12-25)"


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("2026-2-5", "2026-2-5 was read as a subtraction; the day is written 2026-02-05"),
        ("2026/12/25", "2026/12/25 was read as a division; the day is written 2026-12-25"),
        ("12/25/2026", "12/25/2026 was read as a division; the day is written 2026-12-25"),
        ("25/12/2026", "25/12/2026 was read as a division; the day is written 2026-12-25"),
        ("4/5/2026", "4/5/2026 was read as a division; the day is written year-month-day"),
    ],
)
def test_a_calculation_that_looks_like_a_day_says_so(text, hint):
    assert evaluate(text).hints == (hint,)


@pytest.mark.parametrize("text", ["2026 - 2 - 5", "1920/16/9", "7/4/2", "2026/13/1", "12/25/20265", "1/2/2026.5"])
def test_other_calculations_do_not(text):
    assert evaluate(text).hints == ()
