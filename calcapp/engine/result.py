"""The answer to one calculation, with everything a page or a record needs."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Result:
    input: str
    read: str
    read_mathml: str
    answer: str
    exact: str | None
    exact_mathml: str | None
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
