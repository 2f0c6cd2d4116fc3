"""What to say about a name that nobody knows."""

from __future__ import annotations

from calcapp.engine.mistake import UnknownName

CURRENCIES = frozenset(
    ("EUR", "USD", "GBP", "JPY", "CHF", "CNY", "INR", "CAD", "AUD", "SEK", "NOK", "DKK", "PLN", "BRL")
)
MONEY = frozenset(("dollar", "dollars", "euro", "euros", "pound_sterling", "yen", "bitcoin", "btc"))
NUMBERS = {
    word: str(number)
    for number, word in enumerate(
        (
            "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
            "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
        )
    )
} | {
    "thirty": "30", "forty": "40", "fifty": "50", "sixty": "60", "seventy": "70", "eighty": "80", "ninety": "90",
    "hundred": "100",
}  # fmt: skip


def unknown(name: str, start: int, end: int, own: list[str], function: bool = False) -> UnknownName:
    from calcapp.engine.nearest import suggestion

    lower = name.lower()
    if name.upper() in CURRENCIES or lower in MONEY:
        return UnknownName(
            "Currencies are not known here, because their rates change. Multiply by the rate yourself.", start, end
        )
    if lower in ("now", "date"):
        return UnknownName("Write today for the present day.", start, end, "today")
    if lower in ("to", "into"):
        return UnknownName(f"Write what is to be converted before {name}, as in 5 ft to cm.", start, end)
    if lower == "what":
        return UnknownName("Write is and the part behind it, as in 20% of what is 16.", start, end)
    if lower in NUMBERS and not function:
        return UnknownName(f"Write numbers in digits: {NUMBERS[lower]} in place of {name}.", start, end, NUMBERS[lower])
    if name == "j":
        return UnknownName("There is no name j. Write i for the imaginary unit.", start, end, "i")
    near = suggestion(name, own, function)
    what = f"There is no {'function' if function else 'name or unit'} {name}."
    if near:
        return UnknownName(f"{what} Did you mean {near}?", start, end, near)
    advice = "Look at the list of functions." if function else f"To keep a value under it, write {name} = 5."
    if name[:1].isdigit() or len(name) > 40:
        advice = "Check the spelling."
    return UnknownName(f"{what} {advice}", start, end)
