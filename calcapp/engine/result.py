"""The answer to one calculation. As MathML its texts, `read` and `exact`, are written where a page shows them."""

from __future__ import annotations

from types import SimpleNamespace


class Result(SimpleNamespace):  # as a dataclass it would take a twelfth of the engine's start
    input: str
    read: str
    answer: str
    exact: str | None
    certainty: str
    unit: str | None
    note: str | None
    value: str
    used: tuple[int, ...]
    names_used: tuple[str, ...]
    defines: str | None
    hints: tuple[str, ...]

    def to_json(self) -> dict[str, object]:
        return {
            "input": self.input,
            "read": self.read,
            "answer": self.answer,
            "exact": self.exact,
            "certainty": self.certainty,
            "unit": self.unit,
            "note": self.note,
            "hints": list(self.hints),
        }
