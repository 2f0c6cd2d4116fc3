"""What an expression may refer to, and what it does refer to. Plain data, so that it can travel to another process."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Known:
    """The records, the last answer and the names a person has.

    records  number -> the `value` text of that record
    last     the number that `ans` means
    names    name -> its definition as typed, "vat = 19%" or "f(x) = x^2 + 1"
    gone     number -> the sentence why that record cannot be used
    """

    records: Mapping[int, str] = field(default_factory=dict)
    last: int | None = None
    names: Mapping[str, str] = field(default_factory=dict)
    gone: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True)
class References:
    """What a text refers to, so that just that can be looked up."""

    records: frozenset[int]
    ans: bool
    names: frozenset[str]
    defines: str | None


NOTHING = Known()
