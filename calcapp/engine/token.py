"""One word, number or sign of a text, and where it stands."""

from __future__ import annotations

from calcapp.engine.numbers import fmpq


class Token:
    """`kind` is the sign itself, or one of number, name, record, date, power, end."""

    __slots__ = ("end", "kind", "spaced", "start", "text", "value")

    def __init__(self, kind: str, text: str, start: int, end: int, value: fmpq | int | None = None) -> None:
        self.kind, self.text, self.value = kind, text, value
        self.start, self.end = start, end
        self.spaced = False
