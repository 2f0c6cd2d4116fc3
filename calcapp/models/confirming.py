"""Imported answers are worked out again. What comes out as the file says is as good as calculated here."""

from __future__ import annotations

import re
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice, product
from zoneinfo import ZoneInfo

from calcapp.engine import Known, Mistake, Result, references
from calcapp.engine.guarded import Question, evaluate_all_guarded, evaluate_guarded, question
from calcapp.models.memory import DEEPEST
from calcapp.models.user import DIGITS

SECONDS = 120  # for one file; what is left then is taken as not confirmed
CLAIMS = ("read", "answer", "exact", "value", "certainty", "unit")
NAMELESS = re.compile(r"(?:[^\w#]|\d)*(?:#(?!\d).*)?", re.DOTALL)  # no letter but in the note, and no record's number
RECORD = re.compile(r"#(\d{1,13})")
NOTHING = Known()
Claim = tuple[int, int | None]  # a record, as it is or in an earlier version
Saying = tuple[dict, Iterator[Question]]  # what it says, and the ways in which that may have been worked out
TOGETHER = 32  # claims that are looked at in one go


class Past:
    """What a file says about its own records, at each moment of theirs.

    Moments are compared as they are written: an export writes all in one zone.
    """

    def __init__(self, names: Iterable[dict]) -> None:
        self.definitions = {name["name"]: name["definition"] for name in names}
        self.states: dict[int, list[tuple[str, dict]]] = {}
        self.givers: dict[str, list[int]] = defaultdict(list)
        self.used_by: dict[int, list[int]] = defaultdict(list)
        self.wanted = {number for text in self.definitions.values() for number in named_in(text)}

    def expect(self, line: dict) -> None:
        """Note what the record needs to know of others, and what others may need to know of it."""
        for used in line["uses"]:
            self.used_by[used].append(line["number"])
        if line["defines"]:
            self.givers[line["defines"]].append(line["number"])
            self.wanted.add(line["number"])
        reads = [said["read"] for _, said in states(line)]
        self.wanted.update(line["uses"], *map(named_in, reads))
        if line["uses"] or any("ans" in read for read in reads):
            self.wanted.add(line["number"] - 1)

    def remember(self, lines: Iterator[dict]) -> None:
        """Of all lines what was expected of them: few records are used by others, and a file may be long."""
        for line in lines if self.wanted else ():
            if line["number"] in self.wanted:
                self.states[line["number"]] = [
                    (since, {"value": said["value"], "read": said["read"]}) for since, said in states(line)
                ]

    def said(self, number: int, at: str) -> dict | None:
        """What the record said at that moment; None where it was not there yet."""
        return next((said for since, said in reversed(self.states.get(number, ())) if since <= at), None)

    def doubted(self, lines: Iterator[dict], zone: ZoneInfo) -> set[Claim]:
        """What does not come out as it is said, and what rests on it."""
        end, found = time.monotonic() + SECONDS, set()
        claims = self.claims(lines, zone)
        while some := dict(islice(claims, TOGETHER)):
            found |= some.keys() if time.monotonic() > end else unconfirmed(some)
        waiting = [number for number, version in found if version is None]
        while waiting:
            resting = {(number, None) for number in self.used_by[waiting.pop()]} - found
            found |= resting
            waiting += [number for number, _ in resting]
        return found

    def claims(self, lines: Iterator[dict], zone: ZoneInfo) -> Iterator[tuple[Claim, Saying]]:
        for line in lines:
            for since, said in states(line):
                version = None if said is line else said["version"]
                yield (line["number"], version), (said, self.questions(line, said, since, version, zone))

    def questions(self, line: dict, said: dict, at: str, version: int | None, zone: ZoneInfo) -> Iterator[Question]:
        """How to work it out with what was there at that time: the ways that the person may have chosen then."""
        today = datetime.fromisoformat(at).astimezone(zone).date()
        commas = {line["decimal_comma"]: None} | ({not line["decimal_comma"]: None} if version else {})
        digits = {line["digits"]: None} | (dict.fromkeys(DIGITS) if version else {})
        for comma, many, angles in product(commas, digits, ("rad", "deg")):
            try:
                known = self.known(line, said["expression"], comma, at)
            except Mistake:
                continue
            yield question(
                said["expression"], digits=many, decimal_comma=comma, angle_unit=angles, known=known, today=today
            )

    def known(self, line: dict, expression: str, comma: bool, at: str) -> Known:
        """As `memory.recall` finds it on a tape."""
        if NAMELESS.fullmatch(expression):
            return NOTHING
        asked = references(expression, decimal_comma=comma)
        wanted, numbers, ans = {*asked.names, asked.defines} - {None}, set(asked.records), asked.ans
        names: dict[str, str] = {}
        givers: set[int] = set()
        for _ in range(DEEPEST):
            found = {name: text for name in wanted - names.keys() if (text := self.meaning(name, line, at, givers))}
            if not found:
                break
            names |= found
            for inside in map(references, found.values()):
                numbers |= inside.records
                ans, wanted = ans or inside.ans, wanted | inside.names
        last = self.last(line, numbers | givers) if ans else None
        said = {number: self.said(number, at) for number in {*numbers, last} - {None}}
        return Known({number: then["value"] for number, then in said.items() if then}, last, names)

    def meaning(self, name: str, line: dict, at: str, givers: set[int]) -> str | None:
        giver = max((number for number in self.givers[name] if number < line["number"]), default=None)
        said = None if giver is None else self.said(giver, at)
        if giver is None or said is None:
            return self.definitions.get(name)
        givers.add(giver)
        is_formula = "(" in said["read"].partition("=")[0]
        return said["read"] if is_formula else f"{name} = {said['value']}"

    def last(self, line: dict, others: set[int]) -> int | None:
        """What `ans` meant: the one record that was used without being named, or the one before."""
        rest = set(line["uses"]) - others
        return rest.pop() if len(rest) == 1 else line["number"] - 1


def named_in(read: str) -> Iterator[int]:
    return map(int, RECORD.findall(read))


def states(line: dict) -> Iterator[tuple[str, dict]]:
    """What the record said, each time with since when; the last is what it says now."""
    since = line["created_at"]
    for version in line["versions"]:
        yield since, version
        since = version["replaced_at"]
    yield since, line


def unconfirmed(claims: dict[Claim, Saying]) -> set[Claim]:
    """Those that come out in none of their ways. The first ways of all are tried together, then the second ones."""
    found: set[Claim] = set()
    while claims:
        ways = {claim: way for claim, (_, left) in claims.items() if (way := next(left, None))}
        found |= claims.keys() - ways.keys()
        told = zip(ways, evaluate_all_guarded(list(ways.values())), strict=True)
        claims = {claim: claims[claim] for claim, result in told if not is_what(claims[claim][0], result)}
    return found


def is_what(said: dict, result: Result | Mistake) -> bool:
    return isinstance(result, Result) and all(getattr(result, claim) == said[claim] for claim in CLAIMS)


def answer_of(name: dict) -> str | None:
    """What a name's definition answers; in as many digits as the file says, where these are right."""
    if name["answer"] is None:
        return None
    try:
        answers = [evaluate_guarded(name["definition"], digits=digits).answer for digits in DIGITS]
    except Mistake:
        return None
    return name["answer"] if name["answer"] in answers else answers[0]
