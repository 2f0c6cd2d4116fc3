"""Quantities: a number with its units behind it, and quantities side by side. The grammar stands in the parser."""

from __future__ import annotations

from calcapp.engine.characters import MARKS
from calcapp.engine.cursor import Cursor, value_of
from calcapp.engine.mistake import SyntaxMistake, TooLarge
from calcapp.engine.numbers import fmpq
from calcapp.engine.operators import CONVERTING, SAID_POWERS, WORDS
from calcapp.engine.token import Token
from calcapp.engine.tokens import tokenize
from calcapp.engine.tree import Measure, Numeral, Together, Tree
from calcapp.engine.units import is_unit
from calcapp.engine.vocabulary import CONSTANTS, FORMS, FUNCTION_NAMES


class Quantities(Cursor):
    def inch_here(self) -> bool:
        """Whether `in` is the unit, because nothing to convert to follows."""
        follows = self.ahead()
        if self.word() != "in" or self.next.text in self.variables or self.in_percent():
            return False
        if follows.text.lower() == "in":  # 5 cm in in, but (2 + 3) in in cm
            return self.ahead(2).kind in ("name", "number", "(")
        if follows.kind == "name":
            return follows.text.lower() in CONVERTING or follows.text.lower() in WORDS
        return follows.kind not in ("(", "number")

    def in_percent(self) -> bool:
        """Whether `in %` comes next, and nothing behind it."""
        return self.ahead().kind == "%" and self.ahead(2).kind in ("end", ")", ",", ";")

    def joined(self, token: Token) -> str:
        """A unit's name of two or three words, such as imp gal or light-year, or just the word."""
        if token.text in self.variables:
            return token.text
        if self.hyphenated(token, self.next, self.ahead()):
            self.advance()
            return f"{token.text} {self.advance().text}"
        if self.next.kind != "name":
            return token.text
        for count in (2, 1):
            words = [token.text] + [self.ahead(each).text for each in range(count)]
            if all(self.ahead(each).kind == "name" for each in range(count)) and is_unit(" ".join(words)):
                for _ in range(count):
                    self.advance()
                return " ".join(words)
        return token.text

    def hyphenated(self, first: Token, sign: Token, second: Token) -> bool:
        """Whether these make a unit's name with a hyphen: kilowatt-hour, but not kg-m."""
        return (
            sign.kind == "-" and second.kind == "name" and first.end == sign.start and sign.end == second.start
            and second.text not in self.variables and is_unit(f"{first.text} {second.text}")
        )  # fmt: skip

    def split_units(self) -> None:
        """`1m80cm` and `2h15min` come as one name behind the number: cut it where the digits begin."""
        token = self.next
        text = token.text
        cut = next((place for place, each in enumerate(text) if each.isdigit()), 0)
        if not cut or token.text in self.variables or text.lower() in FUNCTION_NAMES or not is_unit(text[:cut]):
            return
        rest = tokenize(text[cut:]).items[:-1]
        if len(rest) < 2 or rest[1].kind != "name" or not rest[1].text[0].isalpha():
            return
        for each in rest:
            each.start, each.end = each.start + token.start + cut, each.end + token.start + cut
        token = Token("name", text[:cut], token.start, token.start + cut)
        self.cut_units |= {each.start for each in (token, *rest) if each.kind == "name"}
        self.items[self.index : self.index + 1] = [token, *rest]
        self.next = token

    def degrees_minutes(self) -> None:
        """In `30° 15′` the ° is a unit like the others."""
        place = self.index
        while (each := self.items[place]).kind in ("°", "number", "name"):
            if each.kind == "°":
                self.items[place] = Token("name", "deg", each.start, each.end)
            elif each.text in ("ft", "in") and each.end == each.start + 1:
                self.items[place] = Token("name", {"ft": "arcmin", "in": "arcsec"}[each.text], each.start, each.end)
            place += 1
        self.next = self.items[self.index]

    def is_unit_here(self, after_number: bool) -> bool:
        """Whether the next name is a unit of the number just read."""
        token = self.next
        name = token.text
        lower = name.lower()
        follows = self.ahead()
        if token.start in self.cut_units and is_unit(name):
            return True
        if name in self.variables or name in self.functions or lower in CONSTANTS:
            return False
        if lower == "in":
            return after_number and not self.in_percent() and not (
                follows.kind == "name" and (follows.text.lower() in FORMS or self.begins_unit(1))
                and follows.text.lower() not in CONVERTING
            )  # fmt: skip
        if lower in CONVERTING or (lower in WORDS and name != "per"):
            return False
        if lower in FUNCTION_NAMES and follows.kind == "(":
            return False
        return self.begins_unit(0)

    def begins_unit(self, place: int) -> bool:
        """Whether a unit's name, of one word or two, stands so many tokens ahead."""
        first, second = self.ahead(place), self.ahead(place + 1)
        if is_unit(first.text) or (second.kind == "name" and is_unit(f"{first.text} {second.text}")):
            return True
        return self.hyphenated(first, second, self.ahead(place + 2))

    def quantity(self, number: Tree) -> Tree:
        first = self.measure(number)
        parts = [first]
        while self.next.kind == "number" or self.and_another():
            token = self.advance()
            if not self.next.spaced:
                self.split_units()
            number = Numeral(value_of(token), token.text, 10, token.start, token.end)
            if self.next.kind != "name" or not self.is_unit_here(True):
                if not self.inches_here(parts[-1], token):
                    raise self.without_unit(token)
                parts.append(Measure(number, (("in", 1, token.start, token.end),), token.start, token.end))
                break
            parts.append(self.measure(number))
        if len(parts) == 1:
            return first
        return Together(tuple(parts), first.start, parts[-1].end)

    def inches_here(self, before: Measure, token: Token) -> bool:
        """Whether this is the 11 of `5'11`, or of `5 ft 11 in cm`, where feet alone could not be converted so."""
        name, exponent, start, _ = before.units[-1]
        if exponent != 1 or name not in ("ft", "foot", "feet") or value_of(token) >= 12 or self.next.kind == "number":
            return False
        if self.text[start] not in MARKS and self.word() not in CONVERTING:
            return False
        typed = self.text[token.start : token.end]
        self.tokens.hints.append(f"{typed} was read as {typed} inches")
        return True

    def without_unit(self, token: Token) -> SyntaxMistake:
        """`5 ft 3`: the second number may be inches, or a factor."""
        before = self.text[: token.start].rstrip()
        return SyntaxMistake(
            f"Write a unit behind {token.text} too, as in 2 h 15 min, or * before it to multiply.",
            token.start, token.end, f"{before}*{self.text[token.start :]}",
        )  # fmt: skip

    def and_another(self) -> bool:
        """`2 hours and 15 minutes`: the word is passed, since bits have no units."""
        if self.word() != "and" or self.ahead().kind != "number" or "and" in self.variables:
            return False
        behind = self.ahead(2)
        if behind.kind != "name" or behind.text in self.variables or not is_unit(behind.text):
            return False
        self.advance()
        return True

    def measure(self, number: Tree) -> Measure:
        units: list[tuple[str, int, int, int]] = []
        while self.next.kind == "name" and self.is_unit_here(not units):
            token = self.advance()
            name = self.joined(token)
            end = self.items[self.index - 1].end
            exponent = 1
            if self.word() in SAID_POWERS and self.next.text not in self.variables:
                exponent = SAID_POWERS[self.word()]
                end = self.advance().end
            elif self.next.kind == "power":
                exponent = self.exponent(self.next)
                end = self.advance().end
            elif self.next.kind == "^" and self.ahead().kind == "number" and self.whole(self.ahead()):
                self.advance()
                exponent = self.exponent(self.next)
                end = self.advance().end
            elif (
                self.next.kind == "^"
                and self.ahead().kind == "-"
                and self.ahead(2).kind == "number"
                and self.whole(self.ahead(2))
            ):
                self.advance()
                self.advance()
                exponent = -self.exponent(self.next)
                end = self.advance().end
            units.append((name, exponent, token.start, end))
        return Measure(number, tuple(units), number.start, self.items[self.index - 1].end)

    def whole(self, token: Token) -> bool:
        return isinstance(token.value, fmpq) and token.value.q == 1

    def exponent(self, token: Token) -> int:
        value = value_of(token)
        if abs(value) > 100:
            raise TooLarge("Units are raised to 100 at most.", token.start, token.end)
        return int(value.p)
