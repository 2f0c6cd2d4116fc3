"""After each fault: what the database holds, against the ledger. Every sentence it returns is a broken promise."""

import time
from collections import Counter
from dataclasses import dataclass, field
from fractions import Fraction

import psutil

from benchmarks.faults.ledger import Entry, Ledger, Request
from benchmarks.faults.swarm import NO_ANSWER, Swarm
from benchmarks.faults.system import System

LONGEST = 10.0  # seconds that a request may take
ALIVE_WITHIN = 1.0
RECOVERED_WITHIN = 5.0
MORE_MEMORY, MORE_FILES = 1.2, 12  # than at rest, when all is over
ROWS = """
SELECT u.email, c.number, c.idempotency_key::text, c.expression, c.value
FROM calculations c JOIN users u ON u.id = c.user_id
WHERE u.email = ANY(%s) AND (c.user_id, c.number) <> %s
"""
GAPS = """
SELECT u.email, u.last_number, count(c.*) FROM users u LEFT JOIN calculations c ON c.user_id = u.id
GROUP BY u.id HAVING u.last_number <> count(c.*)
"""
EDITS = "SELECT reason, count(*) FROM audit_events WHERE object = 'calculation' AND action = 'update' GROUP BY reason"
EDITED = (
    "SELECT version, (SELECT count(*) FROM audit_events WHERE owner_id = user_id AND audit_events.number = c.number)"
)
IDLE = """
SELECT pid, query FROM pg_stat_activity WHERE state LIKE 'idle in transaction%' AND now() - state_change > '10 s'
"""


@dataclass
class Tally:
    """One line of the table."""

    fault: str
    requests: int
    failed: int
    acked: int
    unsure: int  # no answer, and yet kept: why a form has a key
    lost: int
    doubled: int
    leaked: int
    p99: float
    slowest: float
    alive: float
    recovery: float
    broken: list[str] = field(default_factory=list)


class Checker:
    def __init__(self, system: System, swarm: Swarm) -> None:
        self.system, self.swarm = system, swarm
        self.written: list[Entry] = []  # in the whole run
        self.edits: dict[str, bool] = {}
        self.at_rest = weight(system)

    def stored(self) -> dict[str, tuple]:
        """{key: (email, number, key, expression, value)} of all that the people have."""
        emails = [person.email for person in self.swarm.people]
        return {row[2]: row for row in self.system.sql(ROWS, emails, self.swarm.edited)}

    def settle(self, ledger: Ledger) -> int:
        """Every other form without an answer is sent again: one record, the same as before if it was there.
        How many of them were there."""
        stored = self.stored()
        unsure = [entry for entry in ledger.unacknowledged if str(entry.key) in stored]
        for entry in ledger.unacknowledged[::2]:
            if str(entry.key) in stored:
                entry.numbers.add(stored[str(entry.key)][1])
            try:
                self.swarm.person_of(entry).send_again(entry)
            except (*NO_ANSWER, AssertionError, KeyError):
                continue  # counted below as a request without an end
        return len(unsure)

    def tally(self, name: str, ledger: Ledger, removed: float, unsure: int) -> Tally:
        self.written += ledger.entries
        self.edits |= ledger.edits
        stored = self.stored()
        acked = [entry for entry in ledger.entries if entry.number is not None]
        lost = [e for e in acked if str(e.key) not in stored or stored[str(e.key)][1] != e.number]
        twice = [e.expression for e in self.written if len(e.numbers) > 1]
        twice += [text for text, many in Counter(row[3] for row in stored.values()).items() if many > 1]
        seconds = sorted(request.seconds for request in ledger.requests) or [0.0]
        failed = [request for request in ledger.requests if request.failed]
        tally = Tally(
            name,
            requests=len(ledger.requests),
            failed=len(failed),
            acked=len(acked),
            unsure=unsure,
            lost=len(lost),
            doubled=len(twice),
            leaked=len(ledger.seen_elsewhere) + self.misplaced(stored),
            p99=seconds[int(len(seconds) * 0.99)],
            slowest=seconds[-1],
            alive=max(self.swarm.alive, default=0.0),
            recovery=recovery(ledger.requests, removed),
        )
        tally.broken += [f"lost: {entry}" for entry in lost[:3]]
        tally.broken += [f"doubled: {text}" for text in twice[:3]]
        tally.broken += ledger.seen_elsewhere[:3]
        tally.broken += [f"dishonest: {r.what}: {r.trouble}" for r in ledger.requests if r.trouble][:3]
        tally.broken += self.unsound(stored)
        return tally

    def misplaced(self, stored: dict[str, tuple]) -> int:
        marks = {person.email: person.mark for person in self.swarm.people}
        return sum(marks[row[0]] not in row[3] for row in stored.values())

    def unsound(self, stored: dict[str, tuple]) -> list[str]:
        """What is wrong whatever was sent: rows of nobody, wrong answers, gaps, changes without their audit."""
        known = {str(entry.key): entry for entry in self.written}
        broken = [f"never sent: {row}" for key, row in stored.items() if key not in known]
        broken += [
            f"wrong: {row}"
            for key, row in stored.items()
            if key in known and (row[3] != known[key].expression or Fraction(row[4]) != known[key].answer)
        ]
        broken += [f"gaps: {row}" for row in self.system.sql(GAPS)]
        told = dict(self.system.sql(EDITS))
        broken += [f"edit without audit: {why}" for why, acked in self.edits.items() if acked and told.get(why) != 1]
        broken += [
            f"audit without edit: {why}"
            for why, many in told.items()
            if why.startswith("edit ") and (why not in self.edits or many > 1)
        ]
        ((version, events),) = self.system.sql(
            f"{EDITED} FROM calculations c WHERE (user_id, number) = %s", self.swarm.edited
        )
        return broken + ([f"{events} audited edits, but version {version}"] if version != events + 1 else [])

    def residue(self) -> list[str]:
        """What a fault has left behind."""
        left = [f"idle in a transaction: {row}" for row in self.system.sql(IDLE)]
        left += [
            f"waits for a lock: {row}" for row in self.system.sql("SELECT pid, mode FROM pg_locks WHERE NOT granted")
        ]
        left += [f"a zombie: {p}" for p in self.system.everybody() if p.status() == psutil.STATUS_ZOMBIE]
        return left

    def growth(self) -> list[str]:
        """At the very end: memory and open files, against those at the beginning."""
        (memory, files), (before, files_before) = weight(self.system), self.at_rest
        grown = [f"memory from {before / 1e6:.0f} to {memory / 1e6:.0f} MB"] if memory > before * MORE_MEMORY else []
        return grown + ([f"open files from {files_before} to {files}"] if files > files_before + MORE_FILES else [])


def recovery(requests: list[Request], removed: float) -> float:
    """Seconds until 99 of 100 requests that began later were answered as they should be."""
    later = sorted((r for r in requests if r.began > removed), key=lambda r: r.began, reverse=True)
    failed, last = 0, 0.0
    for number, request in enumerate(later, 1):
        failed += request.failed
        if failed > max(1, number // 100):
            last = max(last, request.began + request.seconds - removed)
    return last


def weight(system: System) -> tuple[int, int]:
    """(bytes, open files) of gunicorn with all that it has started."""
    together = system.everybody()
    return sum(p.memory_full_info().pss for p in together), sum(p.num_fds() for p in together)


def until_at_rest(checker: Checker, seconds: float = 12.0) -> list[str]:
    """What is still there after the longest that anything may take."""
    end = time.monotonic() + seconds
    while (left := checker.residue()) and time.monotonic() < end:
        time.sleep(0.2)
    return left
