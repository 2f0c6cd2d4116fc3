"""What to say about a character that means nothing where it stands."""

from __future__ import annotations

from calcapp.engine.characters import MONEY
from calcapp.engine.mistake import SyntaxMistake
from calcapp.engine.token import Token


def refuse_comma(text: str, start: int, items: list[Token]) -> None:
    """`1,5` outside of a function: most likely a decimal comma, or grouped in the wrong place."""
    before = items[-1] if items else None
    if before is not None and before.kind == "number" and before.end == start:
        end = start + 1
        while end < len(text) and text[end].isdecimal():
            end += 1
        if end > start + 1:
            fixed = f"{text[before.start : start]}.{text[start + 1 : end]}"
            raise SyntaxMistake(
                f"Is this comma a decimal comma? Write {fixed} with a point, "
                "or choose the decimal comma in your preferences.",
                start, start + 1, text[: before.start] + fixed + text[end:],
            )  # fmt: skip
    raise SyntaxMistake(
        "A comma separates the arguments of a function, as in max(1, 2). Take it out here.", start, start + 1
    )


def _word_for(text: str, start: int, word: str) -> str:
    return f"{text[:start].rstrip()} {word} {text[start + 1 :].lstrip(text[start] + ' ')}".strip()


def strange(text: str, start: int) -> SyntaxMistake:
    character = text[start]
    if character.isdecimal():
        import unicodedata

        end = start
        while end < len(text) and text[end].isdecimal():
            end += 1
        plain = "".join(str(unicodedata.digit(each)) for each in text[start:end])
        return SyntaxMistake(
            f"Write digits as 0 to 9: {plain} in place of {text[start:end]}.", start, end,
            text[:start] + plain + text[end:],
        )  # fmt: skip
    if character in MONEY:
        return SyntaxMistake(
            f"Leave {character} out: this calculator works with plain amounts, not with currencies.", start, start + 1,
            text[start + 1 :] if text[start + 1 : start + 2].isdecimal() and not text[:start].strip() else None,
        )  # fmt: skip
    if character in "\"'“”‘’`":
        return SyntaxMistake("Leave the quotation marks out; a note goes behind #.", start, start + 1)
    if character == ":":
        return SyntaxMistake("Write / to divide; times of day are written 2 h 15 min.", start, start + 1)
    if character == "\\":
        return SyntaxMistake("Write / to divide.", start, start + 1, text[:start] + "/" + text[start + 1 :])
    if character == "&":
        return SyntaxMistake("Write the word and to combine bits.", start, start + 1, _word_for(text, start, "and"))
    if character == "~":
        return SyntaxMistake("Write the word not to invert bits.", start, start + 1, _word_for(text, start, "not"))
    if not character.isprintable():
        return SyntaxMistake("There is an invisible sign here. Delete it, or type the line anew.", start, start + 1)
    return SyntaxMistake(f"{character} means nothing in a calculation. Take it out.", start, start + 1)
