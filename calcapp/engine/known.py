"""What an expression may refer to, and what it does refer to. Plain data, so that it can travel to another process."""

from __future__ import annotations

from collections.abc import Mapping


class Known:
    """The records, the last answer and the names a person has.

    records  number -> the `value` text of that record
    last     the number that `ans` means
    names    name -> its definition as typed, "vat = 19%" or "f(x) = x^2 + 1"
    gone     number -> the sentence why that record cannot be used
    """

    def __init__(
        self,
        records: Mapping[int, str] | None = None,
        last: int | None = None,
        names: Mapping[str, str] | None = None,
        gone: Mapping[int, str] | None = None,
    ) -> None:
        self.records, self.last, self.names, self.gone = records or {}, last, names or {}, gone or {}


class References:
    """What a text refers to, so that just that can be looked up."""

    def __init__(self, records: frozenset[int], ans: bool, names: frozenset[str], defines: str | None) -> None:
        self.records, self.ans, self.names, self.defines = records, ans, names, defines


NOTHING = Known()
