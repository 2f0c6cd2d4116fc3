"""What to say about a character that means nothing where it stands."""

from __future__ import annotations

from itertools import pairwise

from calcapp.engine.characters import MONEY
from calcapp.engine.mistake import SyntaxMistake
from calcapp.engine.pattern import Pattern
from calcapp.engine.token import Token

_LISTED = Pattern(r",[ \d.]+,")
_COMMAND = Pattern(r"\\[A-Za-z]+")
_CELL = Pattern(r":\$?[A-Za-z]{1,3}\$?\d")


def refuse_comma(text: str, start: int, items: list[Token]) -> None:
    """`1,5` outside of a function: most likely a decimal comma, or grouped in the wrong place."""
    if any(token.text.lower() == "of" and name.kind == "name" for name, token in pairwise(items)):
        return  # average of 1, 2 and 3
    before = items[-1] if items else None
    if before is not None and before.kind == "number" and _LISTED.match(text, start):
        raise SyntaxMistake(
            "Write a list of values into a function, as in sum(1, 2, 3). In a number, commas group digits in threes.",
            start, start + 1,
        )  # fmt: skip
    if before is not None and before.kind == "number" and before.end == start:
        end = start + 1
        while end < len(text) and text[end].isdecimal():
            end += 1
        if "." in text[before.start : start] or text[end : end + 1] == ".":
            raise one_argument(items, start) or SyntaxMistake(
                "A number has one decimal point. Take this comma out.", start, start + 1
            )
        if end > start + 1:
            fixed = f"{text[before.start : start]}.{text[start + 1 : end]}"
            raise SyntaxMistake(
                f"Is this comma a decimal comma? Write {fixed} with a point, "
                "or choose the decimal comma in your preferences.",
                start, start + 1, text[: before.start] + fixed + text[end:],
            )  # fmt: skip
    raise one_argument(items, start) or SyntaxMistake(
        "A comma separates the arguments of a function, as in max(1, 2). Take it out here.", start, start + 1
    )


def one_argument(items: list[Token], start: int) -> SyntaxMistake | None:
    name = called(items)
    return SyntaxMistake(f"{name} takes one argument. Take the comma out.", start, start + 1) if name else None


def called(items: list[Token]) -> str:
    """The function in whose parentheses the text is."""
    depth = 0
    for name, token in zip(items[-2::-1], items[:0:-1], strict=True):
        depth += (token.kind == ")") - (token.kind == "(")
        if depth < 0:
            return name.text if name.kind == "name" else ""
    return ""


def strange(text: str, start: int) -> SyntaxMistake:
    character = text[start]
    if character.isdecimal():
        import unicodedata

        end = start
        while end < len(text) and text[end].isdecimal():
            end += 1
        plain = "".join(str(unicodedata.digit(each)) for each in text[start:end])
        everywhere = "".join(str(unicodedata.digit(each)) if each.isdecimal() else each for each in text)
        return SyntaxMistake(f"Write digits as 0 to 9: {plain} in place of {text[start:end]}.", start, end, everywhere)
    if character in MONEY:
        return SyntaxMistake(
            f"Leave {character} out: this calculator works with plain amounts, not with currencies.", start, start + 1
        )
    if character == ":" and _CELL.match(text, start):
        return SyntaxMistake("There are no cells here. Write their values, as in sum(1, 2, 3).", start, start + 1)
    if character == "." and start and text[start - 1].isalpha() and text[start + 1 : start + 2].isalpha():
        return _prefix(text, start)
    if character == "\\":
        return _backslash(text, start)
    if character == "&":
        fixed = f"{text[:start].rstrip()} and {text[start + 1 :].lstrip('& ')}".strip()
        return SyntaxMistake("Write the word and to combine bits.", start, start + 1, fixed)
    for characters, sentence in _SENTENCES.items():
        if character in characters:
            return SyntaxMistake(sentence.format(character), start, start + 1)
    if not character.isprintable():
        return SyntaxMistake("There is an invisible sign here. Delete it, or type the line anew.", start, start + 1)
    return SyntaxMistake(f"{character} means nothing in a calculation. Take it out.", start, start + 1)


_SENTENCES = {
    "\"'“”‘’`": "Leave the quotation marks out; a note goes behind #.",
    ":": "Write / to divide; times are written 2:15 or 2 h 15 min.",
    "≤≥≠≈": "Comparing with {} is not something this calculator does. Subtract to see the difference.",
}


def _prefix(text: str, start: int) -> SyntaxMistake:
    """`Math.sqrt`, as programs write it."""
    first = start
    while first and text[first - 1].isalnum():
        first -= 1
    return SyntaxMistake(
        f"Leave {text[first : start + 1]} out: names stand alone here, as in sqrt(2).", first, start + 1,
        text[:first] + text[start + 1 :],
    )  # fmt: skip


def _backslash(text: str, start: int) -> SyntaxMistake:
    command = _COMMAND.match(text, start)
    if command:
        return SyntaxMistake(
            "Formulas are written plainly here: 1/2, sqrt(2), 2 * pi. Take the \\ out.", start, command.end()
        )
    return SyntaxMistake("Write / to divide.", start, start + 1, text[:start] + "/" + text[start + 1 :])
