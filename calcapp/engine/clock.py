"""Times as a clock shows them: 8:30 is 8 h 30 min, and 4:30 min is 4 min 30 s."""

from __future__ import annotations

import re

from calcapp.engine.mistake import SyntaxMistake
from calcapp.engine.numbers import fmpq
from calcapp.engine.pattern import Pattern
from calcapp.engine.token import Token

_CLOCK = Pattern(
    r"(\d{1,3}):([0-5]\d)(?::([0-5]\d))?(?![\d:.,]*\d)(?:\s?(h|hrs?|hours?|min|mins|minutes?|[ap]\.?m\b\.?)(?!\w))?",
    re.ASCII | re.IGNORECASE,
)


def clock_token(text: str, start: int, items: list[Token], hints: list[str]) -> Token | None:
    """The last token of the quantities that a time stands for, behind the others; None where this is no time."""
    found = _CLOCK.match(text, start)
    if found is None or alone_in_call(text, start, found.end()):
        return None
    unit = (found[4] or "h").lower()
    if unit[0] in "ap":
        raise of_twelve(text, found, unit[0] == "p")
    names = ("min", "s") if unit[0] == "m" and not found[3] else ("h", "min", "s")
    numbers = [found[place] for place in (1, 2, 3) if found[place]]
    tokens: list[Token] = []
    for place, (digits, name) in enumerate(zip(numbers, names, strict=False), 1):
        end = found.end(place)
        tokens += (
            Token("number", str(int(digits)), found.start(place), end, fmpq(int(digits))),
            Token("name", name, end, end + 1 if place < len(numbers) else found.end()),
        )
    hints.append(f"{found[0]} was read as {' '.join(token.text for token in tokens)}")
    items += tokens[:-1]
    return tokens[-1]


def alone_in_call(text: str, start: int, end: int) -> bool:
    """`sum(1:10)` would be a range in a spreadsheet."""
    return text[start - 1 : start] == "(" and text[start - 2 : start - 1].isalpha() and text[end : end + 1] == ")"


def of_twelve(text: str, found: re.Match[str], afternoon: bool) -> SyntaxMistake:
    hour = int(found[1]) % 12 + (12 if afternoon else 0)
    return SyntaxMistake(
        f"Write the hours of the day from 0 to 24: {hour}:{found[2]} in place of {found[0]}.",
        found.start(), found.end(), f"{text[: found.start()]}{hour}:{found[2]}{text[found.end() :]}",
    )  # fmt: skip
