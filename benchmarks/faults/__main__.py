"""`make faults`: hurt the whole system in each way of a list, and look whether anything that was accepted is lost.

    python -m benchmarks.faults [--seed N] [F1 F8 …]

Starts its own PostgreSQL (which syncs to disk), gunicorn as in production, a wire that can be cut before each, and a
few people with a ledger. Loopback only. What each fault is and what the columns mean: docs/faults.md.
"""

import argparse
import json
import os
import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import psycopg2

from benchmarks.faults import of_clients, of_database, of_operations, of_workers  # noqa: F401 each brings its faults
from benchmarks.faults.checker import ALIVE_WITHIN, LONGEST, Checker, Tally, until_at_rest
from benchmarks.faults.fault import FAULTS, Fault, said
from benchmarks.faults.ledger import Ledger
from benchmarks.faults.swarm import NO_ANSWER, Swarm
from benchmarks.faults.system import System, pause

PEOPLE = 8
BEFORE, AFTER = 1.0, 6.0  # seconds of work around each fault
LATE = 1.0
COLUMNS = (
    *("requests", "failed", "acked", "unsure", "lost", "doubled", "leaked"),
    *("p99", "slowest", "alive", "recovery"),
)


def main() -> int:
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("faults", nargs="*")
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--tell", action="store_true", help="say how requests failed")
    given = asked.parse_args()
    chosen = [fault for fault in FAULTS if not given.faults or fault.name in given.faults]
    folder = Path(tempfile.mkdtemp(prefix="calc-faults-"))
    folder.chmod(0o755)
    system = System(folder)
    try:
        tallies = run(system, chosen, random.Random(given.seed), given.tell)
    finally:
        system.stop()
        shutil.rmtree(folder, ignore_errors=True)
    broken = [f"{tally.fault}: {sentence}" for tally in tallies for sentence in tally.broken]
    print(*broken, f"seed {given.seed}: {len(tallies)} faults, {len(broken)} promises broken", sep="\n")
    return bool(broken)


def run(system: System, faults: list[Fault], dice: random.Random, tell: bool) -> list[Tally]:
    swarm = Swarm(system, PEOPLE, dice)
    busy = os.getloadavg()[0] > (os.cpu_count() or 1)
    with swarm.at_work():
        pause(3.0)  # all cells of the engine are started, all connections made
    checker = Checker(system, swarm)
    checker.written += swarm.ledger.entries
    checker.edits |= swarm.ledger.edits
    if busy:
        print("This machine has more to do than it has processors: seconds are shown, and not judged.")
    print("| fault |", " | ".join(COLUMNS), "|\n|", " | ".join(["---"] * (len(COLUMNS) + 1)), "|", flush=True)
    tallies = []
    for fault in faults:
        tallies.append(tally := suffer(system, swarm, checker, fault))
        tally.broken += [] if busy else late(tally, fault)
        print(line_of(tally, fault), flush=True)
        if tell:
            print(*(f"    {many} × {how}" for how, many in failures(swarm.ledger)), sep="\n")
            print(*(f"    {many} × {line}" for line, many in logged(system.web.said)), sep="\n", flush=True)
    tallies[-1].broken += checker.growth()
    return tallies


def suffer(system: System, swarm: Swarm, checker: Checker, fault: Fault) -> Tally:
    ledger = swarm.open_ledger()
    with swarm.at_work():
        pause(BEFORE)
        own = acted(fault, system, swarm)
        removed = time.monotonic()
        pause(AFTER)
    system.until_ready()
    tally = checker.tally(fault.name, ledger, removed, checker.settle(ledger))
    tally.broken += own + until_at_rest(checker)
    hurt = tally.failed or tally.slowest > LATE
    if fault.must_hurt and not hurt:
        tally.broken.append("nothing failed and nothing was late: nothing was injected")
    return tally


def acted(fault: Fault, system: System, swarm: Swarm) -> list[str]:
    """What the fault found itself. One that comes to grief does not end the others."""
    try:
        return fault.act(system, swarm) or []
    except (*NO_ANSWER, AssertionError, psycopg2.Error, KeyError, ValueError) as grief:
        return [f"came to grief: {grief!r:.300}"]


def late(tally: Tally, fault: Fault) -> list[str]:
    """The promises that tell of seconds."""
    return [
        *said(tally.slowest > LONGEST, f"a request took {tally.slowest:.1f} s"),
        *said(fault.judges_alive and tally.alive > ALIVE_WITHIN, f"the live answer took {tally.alive:.1f} s"),
        *said(tally.recovery > fault.recovers, f"requests failed until {tally.recovery:.1f} s after"),
    ]


def failures(ledger: Ledger) -> list[tuple[tuple, int]]:
    return Counter((r.what, r.status, r.trouble) for r in ledger.requests if r.failed).most_common()


def logged(said: str) -> list[tuple[str, int]]:
    """What gunicorn has written so far about failures, without when and in which request."""
    lines = [json.loads(line) for line in said.splitlines() if line.startswith("{")]
    troubles = [line for line in lines if line["level"] in ("warning", "error")]
    return Counter(
        str({name: value for name, value in line.items() if name in ("event", "error", "why", "at_lines")})
        for line in troubles
    ).most_common(8)


def line_of(tally: Tally, fault: Fault) -> str:
    cells = [getattr(tally, name) for name in COLUMNS]
    figures = (f"{cell:.2f}" if isinstance(cell, float) else str(cell) for cell in cells)
    return f"| {fault.name} {fault.what} | {' | '.join(figures)} |"


if __name__ == "__main__":
    sys.exit(main())
