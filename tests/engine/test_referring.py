"""What a text refers to is told before it is worked out, so that just that can be looked up."""

import pytest

from calcapp.engine import Known, Mistake, evaluate, references
from tests.engine.test_peers import ROWS

NAMES = {
    "x": "x = 5", "vat": "vat = 19%", "h": "h = 3", "ft": "ft = 2", "a1x": "a1x = 4", "net_sum": "net_sum = 100",
    "on": "on = 2", "squared": "squared = 7", "million": "million = 8", "square": "square = 9", "sin30": "sin30 = 11",
    "f": "f(x) = x^2 + k", "k": "k = 1", "g": "g(x, y) = x + 10*y", "m2": "m2(x, y) = x - y",
}  # fmt: skip
EVERYTHING = Known(records={3: "35/6", 12: "√2"}, last=12, names=NAMES)


def alone(text):
    """What a text refers to, and that for its names too, out of all that there is."""
    wanted, found = [text], set()
    records = set()
    ans = False
    while wanted:
        asked = references(wanted.pop())
        records |= asked.records
        ans = ans or asked.ans
        new = (asked.names | ({asked.defines} - {None})) & NAMES.keys() - found
        found |= new
        wanted += [NAMES[name] for name in new]
    return Known(
        records={n: value for n, value in EVERYTHING.records.items() if n in records or (ans and n == 12)},
        last=12 if ans else None,
        names={name: NAMES[name] for name in found},
    )


@pytest.mark.parametrize(
    "text",
    [
        "#3 + ans", "ans (2)", "vat", "gross = 100 + vat", "2 h 15 min", "x + 2 h", "5 ft", "3a1x", "2 net_sum",
        "f(2)", "g(2, 3)", "g(1, 2) + 5 kg to kg", "g(2, 3) + 90 s 3 ms to ms", "m2(9, 4)", "m2 (9, 4)",
        "f(x) = x^2; f(x)", "y = x; x = 2; y + x", "x = x + 1", "f(x) = f(x)", "k(x) = x; k(k)", "sin²x", "x to hex",
        "5 in in x", "|x|", "x%", "√x", "hex(x)", "min(x, k)", "10 nCr (k)", "x (2)", "1m80cm + x*1 cm", "not x",
        "5 on", "15% on 80", "5 squared", "2 million", "square root of 16", "sin30", "arcsin0.5", "sqrt9", "17mod5",
        "20 is what % of 80", "1.5 m to ft in", "2h15m30s", "3 days ago", "mean([x, 2])", "30° 15' + x°",
        "2026-01-01 + x days", "weekday(2026-01-01) # x", "-x!", "2 of x",
    ],
)  # fmt: skip
def test_what_a_text_refers_to_is_all_that_it_needs(text):
    assert told(text, alone(text)) == told(text, EVERYTHING)


def told(text, known):
    try:
        result = evaluate(text, known=known)
    except Mistake as mistake:
        return type(mistake), mistake.message
    return result.answer, result.unit, result.read, result.used, result.names_used


def test_whatever_can_be_worked_out_can_be_looked_at_before():
    for _, text, _ in ROWS:
        if isinstance(told(text, Known())[0], str):
            references(text)
            references(evaluate(text).read)


def test_records_names_and_the_last_answer_are_told_apart():
    found = references("f(x) = #3 + ans + vat*x + sin(pi) + 2 km; f(#12)")
    assert found.records == {3, 12}
    assert found.ans
    assert {"vat", "km"} <= found.names
    assert "x" not in found.names
    assert found.defines is None


def test_a_sole_definition_is_told():
    assert references("vat = 19%").defines == "vat"
    assert references("f(x) = x to cm").defines == "f"
    assert references("1,5 + x", decimal_comma=True).names == {"x"}


def test_what_cannot_be_read_refers_to_nothing():
    with pytest.raises(Mistake):
        references("2 +")
