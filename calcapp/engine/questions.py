"""Questions as people ask them: what is 20% of 50, what % of 80 is 20, how many feet in a mile.

They are read as the calculation that answers them. None of their words is reserved: a name of one's own comes first.
"""

from __future__ import annotations

from calcapp.engine.mistake import SyntaxMistake
from calcapp.engine.operators import SUM
from calcapp.engine.spoken import LIMITS, SPANS, share, turned
from calcapp.engine.targets import Targets
from calcapp.engine.tree import Binary, Call, Convert, Name, Tree
from calcapp.engine.vocabulary import FORMS

CHANGES = {"change": False, "increase": False, "growth": False, "decrease": True, "drop": True}
"""Whether the share that a number changes by is told as what it loses."""
ASKING = (("what", "is"), ("how", "much", "is"), ("calculate",), ("convert",))
"""What may stand before a calculation, and says nothing."""
WEEKDAY = (("what", "day", "is"), ("what", "day", "was"), ("what", "weekday", "is"), ("what", "weekday", "was"))


BEGINNING = frozenset(("what", "how", "calculate", "convert", "increase", "decrease", "percent", "percentage"))


class Questions(Targets):
    def sentence(self) -> Tree:
        """`what % of 80 is 20`, `20 is what % of 80`, `20% of what is 16`, or a conversion."""
        if self.next.kind == "name" and self.said(*BEGINNING):
            asked = self.question()
            if asked is not None:
                return asked
        tree = self.conversion()
        if self.next.kind == "end" or not self.said("is"):
            return tree
        self.advance()
        if self.said("what") and self.share_of():
            return share(tree, self.expression(SUM))
        other = self.conversion()
        for unknown, part in ((tree, other), (other, tree)):
            if type(unknown) is Binary and unknown.operator == "of" and is_what(unknown.right):
                return turned("/", part, unknown.left)
        raise SyntaxMistake(
            "Ask with the word what, as in 20 is what % of 80 or 20% of what is 16.", tree.start, other.end
        )

    def question(self) -> Tree | None:
        """What begins with a word that asks; None where the calculation itself comes next."""
        if self.share_of():
            whole = self.expression(SUM)
            if not self.said("is"):
                raise SyntaxMistake("Write is and the part, as in what % of 80 is 20.", self.next.start, self.next.end)
            self.advance()
            return share(self.conversion(), whole)
        begins = self.next
        if self.passed(*WEEKDAY):
            day = self.conversion()
            return Call("weekday", (day,), begins.start, day.end, begins.end)
        if self.passed(("how", "many")):
            return self.how_many()
        if self.said("increase", "decrease"):
            return self.changed_by()
        self.passed(*ASKING)
        if self.said("the") and self.ahead().text.lower() in ("percent", "percentage"):
            self.advance()
        if self.said("percent", "percentage") and self.ahead().text.lower() in CHANGES:
            return self.change()
        return None

    def change(self) -> Tree:
        """`percent change from 50 to 60` is (60 - 50) / 50 to percent."""
        begins, kind = self.advance(), self.advance()
        if not self.passed(("from",)):
            raise SyntaxMistake(f"Write both numbers, as in percent {kind.text} from 50 to 60.", begins.start, kind.end)
        before = self.expression(0)
        if not self.passed(("to",)):
            raise SyntaxMistake(
                f"Write the other number too, as in percent {kind.text} from 50 to 60.", begins.start, before.end
            )
        after = self.expression(0)
        first, second = (before, after) if CHANGES[kind.text.lower()] else (after, before)
        difference = turned("-", first, second)
        return share(difference, before)

    def changed_by(self) -> Tree | None:
        """`increase 50 by 20%` is 50 + 20%."""
        word = self.next
        if not self.begins_operand(self.ahead()):
            return None
        self.advance()
        self.until_by = True
        whole = self.expression(SUM)
        self.until_by = False
        if not self.passed(("by",)):
            raise SyntaxMistake(f"Write by how much, as in {word.text} 50 by 20%.", word.start, whole.end)
        return turned("+" if word.text.lower() == "increase" else "-", whole, self.expression(SUM + 1))

    def passed(self, *phrases: tuple[str, ...]) -> bool:
        """Whether one of these comes next with something behind it; then it is passed."""
        for phrase in phrases:
            words = tuple(self.ahead(place).text.lower() for place in range(len(phrase)))
            if words == phrase and self.ahead(len(phrase)).kind not in ("end", ")", ",", ";", "="):
                for _ in phrase:
                    self.advance()
                return True
        return False

    def how_many(self) -> Tree:
        """`how many feet in a mile` is 1 mile to feet; `how many days until …` asks as it stands."""
        unit = self.next
        if self.word() in SPANS and self.ahead().text.lower() in LIMITS:
            return self.conversion()
        if unit.kind == "name" and self.begins_unit(0):
            self.advance()
            wanted = Name(self.joined(unit), unit.start, self.items[self.index - 1].end)
            while self.said("are", "there"):
                self.advance()
            if self.passed(("in",), ("is",)):
                whole = self.expression(0)
                return Convert(whole, None, wanted, unit.start, whole.end)
        raise SyntaxMistake("Ask for a unit, as in how many feet in a mile.", unit.start, unit.end)

    def share_of(self) -> bool:
        """Whether `what` goes on with `% of`; then all of it is passed."""
        sign, of = self.ahead(), self.ahead(2)
        if self.word() != "what" or FORMS.get(sign.text.lower()) != "percent" or of.text.lower() != "of":
            return False
        for _ in range(3):
            self.advance()
        return True


def is_what(tree: Tree) -> bool:
    return type(tree) is Name and tree.name.lower() == "what"
