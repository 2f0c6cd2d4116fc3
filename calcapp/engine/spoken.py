"""Words that people say for a sum, a difference or a share. The grammar stands in the parser.

They are read as what they mean: `15% off 80` as 80 - 15%, `2 weeks after 2026-11-23` as 2026-11-23 + 2 weeks,
`20 is what % of 80` as 20 / 80 to percent. None of them is reserved: a name of one's own comes first.
"""

from __future__ import annotations

from collections.abc import Callable

from calcapp.engine.mistake import SyntaxMistake
from calcapp.engine.operators import ENDING, SUM
from calcapp.engine.quantities import Quantities
from calcapp.engine.token import Token
from calcapp.engine.tree import Binary, Convert, Measure, Name, Postfix, Together, Tree

SPANS = {"days": (), "weeks": ("weeks",), "months": ("months", "days"), "years": ("years", "months", "days")}
"""Years and months are counted by the calendar, as ages are."""
LIMITS = frozenset(("until", "since", "between", "from"))
ASKED = frozenset(("what", "how", "many", "much", "are", "there", "calculate", "convert"))
IN_TWO_WORDS = frozenset(("square", "cube", "arithmetic", "geometric", "harmonic", "standard", "absolute", "natural"))
PURPOSES = frozenset(("vat", "gst", "sales", "tax", "tip", "discount", "interest"))
PARTS = {"half": (1, 2), "third": (1, 3), "quarter": (1, 4)}
SAYABLE = (
    ENDING | LIMITS | ASKED | IN_TWO_WORDS | PURPOSES | PARTS.keys()
    | {"increase", "decrease", "percentage"}
    | {"a", "an", "the", "and", "factorial", "per", "percent", "raised", "rounded", "base", "by", "f", "k"}
)  # fmt: skip
"""Words that are names where somebody keeps such a name."""


class Spoken(Quantities):
    conversion: Callable[[], Tree]  # these two rules stand in the classes built on this one
    expression: Callable[[int], Tree]

    def said(self, *words: str) -> bool:
        token = self.next
        return (
            token.kind == "name" and token.text.lower() in words
            and token.text not in self.variables and token.text not in self.functions
        )  # fmt: skip

    # Shares

    def turned_round(self, word: Token, operator: str, left: Tree, right: Tree) -> Tree:
        """`15% off 80` and `2 weeks after 2026-11-23` name last what they begin with."""
        if operator in ("off", "on"):
            return self.off_or_on(word, operator, left, right)
        return self.moved(word, left, right)

    def off_or_on(self, word: Token, operator: str, left: Tree, right: Tree) -> Tree:
        if not (type(left) is Postfix and left.operator == "%") and type(left) is not Name:
            said = (
                self.text[self.text.rfind(" ", 0, word.start - 1) + 1 : word.end] if word.text == "than" else word.text
            )
            raise SyntaxMistake(f"Write a percentage before {said}, as in 15% {said} 80.", word.start, word.end)
        return turned("-" if operator == "off" else "+", right, left)

    def purpose(self, word: Token) -> bool:
        """Whether this word says what a percentage is for: `100 + 19% VAT`."""
        return (
            word.kind == "name" and word.text.lower() in PURPOSES
            and word.text not in self.variables and word.text not in self.functions
        )  # fmt: skip

    def pass_purpose(self) -> None:
        """`10% discount on 80` is 10% off 80."""
        while self.purpose(self.next):
            discount = self.advance().text.lower() == "discount"
            if discount and self.said("on"):
                self.next = self.items[self.index] = Token("name", "off", self.next.start, self.next.end)

    # Days

    def moved(self, word: Token, left: Tree, right: Tree) -> Tree:
        if type(left) not in (Measure, Together):
            raise SyntaxMistake(
                f"Write how long before {word.text}, as in 2 weeks {word.text} 2026-11-23.", word.start, word.end
            )
        return turned("-" if word.text.lower() == "before" else "+", right, left)

    def ago(self, tree: Tree) -> Tree:
        end = self.advance().end
        tree = Binary("-", Name("today", tree.start, end), tree, (end, end))
        tree.end = end
        return tree

    def span(self, unit: Token) -> Tree:
        """`days until 2030-01-01`, `weeks between 2026-11-23 and 2026-12-25`."""
        word = self.advance().text.lower()
        first = self.expression(SUM + 1)
        today = Name("today", unit.start, unit.end)
        days = Binary("-", first, today, (unit.start, unit.start))
        if word == "since":
            days = Binary("-", today, first, (unit.start, unit.start))
        elif word != "until":
            between = "and" if word == "between" else "to"
            if self.word() != between:
                raise SyntaxMistake(
                    f"Write the other day too, as in days {word} 2026-11-23 {between} 2026-12-25.",
                    unit.start, self.next.start,
                )  # fmt: skip
            self.advance()
            days = Binary("-", self.expression(SUM + 1), first, (unit.start, unit.start))
        days.start, days.end = unit.start, self.items[self.index - 1].end
        wanted: list[Tree] = [Name(each, unit.start, unit.end) for each in SPANS[unit.text.lower()]]
        return Convert(days, None, side_by_side(wanted), days.start, days.end) if wanted else days


def share(part: Tree, whole: Tree) -> Tree:
    of = turned("/", part, whole)
    return Convert(of, "percent", None, of.start, of.end)


def turned(operator: str, first: Tree, second: Tree) -> Tree:
    """An operation whose operands may stand in either order in the text."""
    start, end = min(first.start, second.start), max(first.end, second.end)
    tree = Binary(operator, first, second, (start, end))
    tree.start, tree.end = start, end
    return tree


def side_by_side(names: list[Tree]) -> Tree:
    target = names[0]
    for name in names[1:]:
        target = Binary("*", target, name, (name.start, name.start), True)
    return target
