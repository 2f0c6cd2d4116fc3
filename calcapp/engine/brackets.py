"""What stands between parentheses, brackets and bars. The grammar stands in the parser."""

from __future__ import annotations

from calcapp.engine.mistake import SyntaxMistake
from calcapp.engine.operators import BARS, CLOSING
from calcapp.engine.spoken import Spoken
from calcapp.engine.token import Token
from calcapp.engine.tree import Call, Tree


class Brackets(Spoken):
    def parenthesised(self) -> Tree:
        opening = self.advance()
        self.deeper(opening)
        if self.next.kind == ")":
            raise SyntaxMistake(
                "There is nothing between these parentheses. Write a number into them, or take them out.",
                opening.start, self.next.end,
            )  # fmt: skip
        outer = self.in_exponent, self.in_bars
        self.in_exponent = self.in_bars = False
        tree = self.conversion()
        self.in_exponent, self.in_bars = outer
        tree.start, tree.end = opening.start, self.close(opening).end
        self.depth -= 1
        return tree

    def bars(self) -> Tree:
        """`|x|` is the absolute value, `⌊x⌋` and `⌈x⌉` the next integer below and above."""
        opening = self.advance()
        closing, name = BARS[opening.kind]
        self.deeper(opening)
        outer, self.in_bars = self.in_bars, closing == "|"
        tree = self.conversion()
        self.in_bars = outer
        if self.next.kind != closing:
            what = "bar" if opening.kind == "|" else opening.kind
            raise SyntaxMistake(
                f"Close the {what} opened here with {'another ' if what == 'bar' else ''}{closing}.",
                opening.start, opening.end,
            )  # fmt: skip
        end = self.advance().end
        self.depth -= 1
        return Call(name, (tree,), opening.start, end, opening.end)

    def close(self, opening: Token) -> Token:
        if self.next.kind == ")":
            opened, closed = self.text[opening.start], self.text[self.next.start]
            if CLOSING.get(opened, closed) != closed:
                raise SyntaxMistake(
                    f"This {closed} closes a {opened}. Write {CLOSING[opened]} here.", self.next.start, self.next.end,
                    self.text[: self.next.start] + CLOSING[opened] + self.text[self.next.end :],
                )  # fmt: skip
            return self.advance()
        if self.next.kind == "end":
            missing = (
                1
                + sum(1 for each in self.items[: self.index] if each.kind == "(")
                - sum(1 for each in self.items[: self.index] if each.kind == ")")
                - 1
            )
            body = self.text[: self.next.start].rstrip()
            raise SyntaxMistake(
                "Close the parenthesis that was opened here: add ) at the end." if missing == 1 else
                f"Close the parentheses: {missing} are missing at the end.",
                opening.start, opening.end, body + ")" * missing + self.text[len(body):],
            )  # fmt: skip
        raise self.left_over()

    def list_here(self) -> bool:
        """Whether this is a list as in `mean([1, 2, 3])`, and not a group as in `mean([1 + 2] * 3)`."""
        if self.text[self.next.start] not in "[{":
            return False
        depth, several = 0, False
        for place in range(self.index, len(self.items)):
            kind = self.items[place].kind
            depth += (kind == "(") - (kind == ")")
            several = several or (depth == 1 and kind in (",", ";"))
            if depth == 0:
                return several and self.items[place + 1].kind in (",", ";", ")")
        return several

    def list_in_parentheses(self) -> bool:
        """Whether parentheses with several values come next."""
        depth = 0
        for place in range(self.index, len(self.items)):
            kind = self.items[place].kind
            depth += (kind == "(") - (kind == ")")
            if depth == 0 or kind in (",", ";"):
                return depth == 1
        return False

    def list_inside(self) -> list[Tree]:
        opening = self.advance()
        self.deeper(opening)
        values = [self.conversion()]
        while self.next.kind in (",", ";"):
            self.advance()
            values.append(self.conversion())
        self.close(opening)
        self.depth -= 1
        return values
