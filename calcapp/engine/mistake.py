"""What can be wrong with a calculation: each mistake has a sentence that says what to do, and a place."""

from __future__ import annotations


class Mistake(Exception):
    """Something the person can put right. `start` and `end` are places in the text; `repair` is the whole text
    put right."""

    kind = "mistake"

    def __init__(self, message: str, start: int = -1, end: int = -1, repair: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.start = start
        self.end = max(end, start)
        self.repair = repair

    def placed(self, start: int, end: int) -> Mistake:
        """This mistake with a place, if it has none yet: what computes knows no text."""
        if self.start < 0:
            self.start, self.end = start, end
        return self

    def to_json(self) -> dict[str, object]:
        return {"kind": self.kind, "message": self.message, "start": self.start, "end": self.end}

    def __reduce__(self) -> tuple[type[Mistake], tuple[str, int, int, str | None]]:
        return type(self), (self.message, self.start, self.end, self.repair)


class SyntaxMistake(Mistake):
    kind = "syntax"


class UnknownName(Mistake):
    kind = "unknown name"


class DividedByZero(Mistake):
    kind = "division by zero"


class OutOfDomain(Mistake):
    kind = "domain"


class UnitMismatch(Mistake):
    kind = "unit mismatch"


class UnitMissing(UnitMismatch):
    """A plain number stands where one with a unit is wanted."""


class TooLarge(Mistake):
    kind = "too large"
