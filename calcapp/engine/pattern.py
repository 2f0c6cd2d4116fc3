"""Regular expressions that are compiled when they are first used: all of them would take a tenth of the start."""

from __future__ import annotations

import re


class Pattern:
    __slots__ = ("compiled", "flags", "text")

    def __init__(self, text: str, flags: int = re.ASCII) -> None:
        self.text, self.flags = text, flags
        self.compiled: re.Pattern[str] | None = None

    def match(self, text: str, start: int) -> re.Match[str] | None:
        if self.compiled is None:
            self.compiled = re.compile(self.text, self.flags)
        return self.compiled.match(text, start)
