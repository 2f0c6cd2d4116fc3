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

ASKING = (("what", "is"), ("how", "much", "is"), ("calculate",), ("convert",))
"""What may stand before a calculation, and says nothing."""
WEEKDAY = (("what", "day", "is"), ("what", "day", "was"), ("what", "weekday", "is"), ("what", "weekday", "was"))


class Questions(Targets):
    def sentence(self) -> Tree:
        """`what % of 80 is 20`, `20 is what % of 80`, `20% of what is 16`, or a conversion."""
        if self.next.kind == "name" and self.said("what", "how", "calculate", "convert"):
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
        self.passed(*ASKING)
        return None

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
