"""What was sent, written down before it is sent, and what became of it."""

import itertools
import operator
import threading
import time
import uuid
from dataclasses import dataclass, field
from fractions import Fraction

OPERATIONS = {"+": operator.add, "-": operator.sub, "*": operator.mul, "/": operator.truediv}


@dataclass
class Entry:
    """One form of one person. The key makes every sending of it the same."""

    person: str
    key: uuid.UUID
    first: int
    sign: str
    second: int
    note: str
    number: int | None = None  # of the record, once the server has said that it is kept
    said: list[int | None] = field(default_factory=list)  # the status of each answer; None where none came
    numbers: set[int] = field(default_factory=set)

    @property
    def expression(self) -> str:
        return f"{self.first}{self.sign}{self.second} # {self.note}"

    @property
    def answer(self) -> Fraction:
        return OPERATIONS[self.sign](Fraction(self.first), self.second)


@dataclass
class Request:
    began: float
    seconds: float
    status: int | None
    what: str
    who: str
    trouble: str = ""  # where an answer was not an honest one

    @property
    def failed(self) -> bool:
        return self.status is None or self.status >= 500 or bool(self.trouble)


class Ledger:
    """In memory: nobody kills the one who keeps it."""

    firsts = itertools.count(1_000)  # goes on from ledger to ledger: no two forms of a run say the same

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self.requests: list[Request] = []
        self.edits: dict[str, bool] = {}  # {reason of an administrator's edit: whether it was acknowledged}
        self.seen_elsewhere: list[str] = []  # where somebody was shown what is another's
        self._one = threading.Lock()

    def write(self, person: str, key: str, sign: str, second: int, note: str) -> Entry:
        with self._one:
            entry = Entry(person, uuid.UUID(key), next(self.firsts), sign, second, note)
            self.entries.append(entry)
        return entry

    def request(self, began: float, status: int | None, what: str, who: str, trouble: str = "") -> None:
        self.requests.append(Request(began, time.monotonic() - began, status, what, who, trouble))

    @property
    def unacknowledged(self) -> list[Entry]:
        return [entry for entry in self.entries if entry.number is None]
