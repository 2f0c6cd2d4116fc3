"""Where the parser stands in the tokens, and what it says when it cannot go on."""

from __future__ import annotations

from calcapp.engine.joined import cut, known, times
from calcapp.engine.mistake import Mistake, SyntaxMistake, TooLarge
from calcapp.engine.numbers import fmpq
from calcapp.engine.operators import ENDS
from calcapp.engine.token import Token
from calcapp.engine.tokens import Tokens
from calcapp.engine.unknown import unknown
from calcapp.engine.vocabulary import FUNCTION_NAMES, TAKES_ONE

DEEPEST = 64


class Cursor:
    """The tokens of a text, the one that comes next, and the names that are known."""

    def __init__(
        self,
        text: str,
        tokens: Tokens,
        decimal_comma: bool,
        variables: frozenset[str],
        functions: frozenset[str],
    ) -> None:
        self.text = text
        self.tokens = tokens
        self.items = tokens.items
        self.index = 0
        self.next = self.items[0]
        self.depth = 0
        self.in_exponent = False
        self.in_bars = False
        self.until_by = False
        self.cut_units: frozenset[int] = frozenset()
        self.decimal_comma = decimal_comma
        self.variables = variables
        self.functions = functions

    # Moving on

    def advance(self) -> Token:
        token = self.next
        self.index += 1
        self.next = self.items[self.index]
        return token

    def ahead(self, count: int = 1) -> Token:
        place = self.index + count
        return self.items[place] if place < len(self.items) else self.items[-1]

    def deeper(self, token: Token) -> None:
        self.depth += 1
        if self.depth > DEEPEST:
            raise TooLarge(
                f"This is nested more than {DEEPEST} levels deep. Work it out in parts.",
                token.start,
                token.end,
            )

    def word(self) -> str:
        """The next token as a word in small letters, or nothing."""
        return self.next.text.lower() if self.next.kind == "name" else ""

    def part_word(self, between: bool = False) -> None:
        """Cut `sin30` and `mod5` in two where they come next, unless somebody keeps such a name; behind an operand
        `x3` too."""
        token = self.next
        if token.text.isalpha() or token.text in self.variables or token.text in self.functions:
            return
        pieces = cut(token, self.ahead(), self.text) or (times(token) if between else [])
        if pieces:
            last = self.index + 2 if self.ahead().kind == "number" and pieces[-1].end > token.end else self.index + 1
            self.items[self.index : last] = pieces
            self.next = pieces[0]

    # Mistakes

    def missing_behind(self, operator: Token) -> None:
        if self.next.kind in ENDS:
            sign = operator.text
            raise SyntaxMistake(
                f"Something is missing behind {sign}. Write a number there, or take the {sign} out.",
                operator.start, operator.end,
            )  # fmt: skip

    def side_by_side(self, first: Token, second: Token) -> Mistake:
        between = "*" if second.start == first.end else self.text[first.end : second.start].strip() + "*"
        whole = self.text[: first.end] + between + self.text[second.start :]
        if self.decimal_comma and self.text[second.start] == "," and self.in_list(first):
            begin, end = self.text.rfind("(", 0, first.start), self.text.find(")", second.start) % (len(self.text) + 1)
            listed = self.text[begin:end].replace(",", "; ")
            return SyntaxMistake(
                "With a decimal comma, write ; between values, as in max(1,5; 2).", second.start, second.start + 1,
                self.text[:begin] + listed + self.text[end:],
            )  # fmt: skip
        if second.start == first.end and self.text[second.start] in ".,":
            return SyntaxMistake(
                "A number has one decimal point. Take the other one out.", second.start, second.start + 1
            )
        if first.text == "0" and second.start == first.end:
            return SyntaxMistake("Write this number without the zero in front.", first.start, second.end)
        if first.kind == "name" and first.text not in self.variables | self.functions and not known(first.text):
            return unknown(first.text, first.start, first.end, [*self.variables, *self.functions])
        meant = self.mixed_fraction(first, second)
        if meant is not None:
            return meant
        if self.in_list(first):
            listed = f"{self.text[first.start : first.end]}, {self.text[second.start : second.end]}"
            return SyntaxMistake(
                f"Two numbers stand side by side. Did you mean {listed}?", second.start, second.end,
                f"{self.text[: first.end]}, {self.text[second.start :]}",
            )  # fmt: skip
        if first.kind not in ("number", "name", "record", ")"):
            return SyntaxMistake(
                "Two numbers stand side by side. Write * between them.", second.start, second.end, whole
            )
        return SyntaxMistake(
            f"Two numbers stand side by side. Did you mean {self.text[first.start : first.end]}"
            f"*{self.text[second.start : second.end]}?",
            second.start, second.end, whole,
        )  # fmt: skip

    def in_list(self, token: Token) -> bool:
        """Whether the token stands in the parentheses of a function of several arguments."""
        depth = 0
        for place in range(self.items.index(token), 0, -1):
            kind = self.items[place].kind
            depth += (kind == ")") - (kind == "(")
            if depth < 0:
                name = self.items[place - 1].text.lower()
                return name in FUNCTION_NAMES and name not in TAKES_ONE
        return False

    def mixed_fraction(self, first: Token, second: Token) -> SyntaxMistake | None:
        """`2 1/2` is two and a half to people, and nothing that a calculator should guess."""
        place = self.items.index(second)
        if self.items[place + 1].kind != "/":
            return None
        below = self.items[place + 2]
        if any(part.kind != "number" or not part.text.isdecimal() for part in (first, second, below)):
            return None
        if value_of(second) >= value_of(below):
            return None
        meant = f"({first.text} + {second.text}/{below.text})"
        return SyntaxMistake(
            f"Two numbers stand side by side. Did you mean {meant}?", second.start, second.end,
            self.text[: first.start] + meant + self.text[below.end :],
        )  # fmt: skip

    def unexpected(self, token: Token) -> Mistake:
        if token.kind == "end":
            before = self.items[self.index - 1] if self.index else token
            return SyntaxMistake("The calculation stops too early. Write the rest of it.", before.start, before.end)
        if token.kind == ")":
            return SyntaxMistake(
                "This parenthesis closes nothing, or nothing stands before it. Take it out.",
                token.start,
                token.end,
            )
        if token.kind == "=":
            return SyntaxMistake(
                "Write a name before the = sign to keep a value, as in vat = 19%, or take it out.",
                token.start,
                token.end,
            )
        sign = self.text[token.start : token.end]
        return SyntaxMistake(
            f"A number belongs here, not {sign}. Take the {sign} out, or write a number before it.",
            token.start, token.end,
        )  # fmt: skip

    def left_over(self) -> Mistake:
        token = self.next
        before = self.items[self.index - 1]
        if token.kind == ")":
            return SyntaxMistake(
                "This parenthesis closes nothing. Take it out, or open one before.", token.start, token.end,
                (self.text[: token.start] + self.text[token.end :]) if self.ahead().kind == "end" else None,
            )  # fmt: skip
        if token.kind in ("number", "date"):
            return self.side_by_side(before, token)
        if token.kind == "=" and (self.ahead().kind == "=" or before.kind in ("!", "!!")):
            return SyntaxMistake(
                "Comparing is not something this calculator does. Subtract to see the difference.",
                token.start, token.end,
            )  # fmt: skip
        if token.kind == "|" and self.ahead().kind == "end":
            return SyntaxMistake("This bar closes nothing. Take it out, or open one before.", token.start, token.end)
        if token.kind == "|":
            end = self.ahead().end if self.ahead().kind == "|" else token.end
            fixed = f"{self.text[: token.start].rstrip()} or {self.text[end:].lstrip()}"
            return SyntaxMistake("Write the word or to combine bits.", token.start, end, fixed)
        if token.kind == "=":
            return SyntaxMistake(
                "Only a name can stand before the = sign, as in x = 3. To see an answer, leave the = out.",
                token.start, token.end,
            )  # fmt: skip
        if token.kind in (",", ";"):
            return SyntaxMistake(
                "A comma separates the arguments of a function, as in max(1, 2). Take it out here.",
                token.start,
                token.end,
            )
        return self.unexpected(token)


def value_of(token: Token) -> fmpq:
    assert isinstance(token.value, fmpq)  # noqa: S101 - the tokenizer gives every number its value
    return token.value
