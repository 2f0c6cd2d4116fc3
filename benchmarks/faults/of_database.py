"""Faults of PostgreSQL: stopped, killed, frozen, locked, and its wire cut."""

import contextlib
import os
import signal
import time

import psutil
import psycopg2

from benchmarks.faults.cut_proxy import Link
from benchmarks.faults.fault import fault
from benchmarks.faults.swarm import Swarm
from benchmarks.faults.system import System, pause
from calcapp.embedded import Embedded
from tests.serving import eventually

COMMIT = b"COMMIT\0"  # as the driver sends it
FROZEN = 12.0  # seconds; longer than any request may take


@fault("F6", "PostgreSQL is stopped at once (immediate) and started again")
def restart_the_database(system: System, swarm: Swarm) -> list[str]:
    os.kill(system.postmaster, signal.SIGQUIT)
    eventually(lambda: not (system.database.data / "postmaster.pid").exists(), "it lives on")
    broken = []
    if system.get("/healthz/ready") != 503:
        broken.append("ready without a database")
    if system.get("/healthz/live") != 200:
        broken.append("not alive without a database")
    before, system.database = system.database, Embedded(system.database.folder).start()
    before.stop()
    return broken


@fault("F7", "the wire is cut after COMMIT was sent, before its answer, again and again")
def cut_at_commit(system: System, swarm: Swarm) -> None:
    def rule(link: Link, upward: bool, piece: bytes) -> bytes | None:
        if upward and COMMIT in piece and swarm.dice.random() < 0.2:
            link.marked = True
        return None if link.marked and not upward else piece

    system.to_database.rule = rule
    pause(5.0)
    system.to_database.rule = None


@fault("F7b", "a backend is killed at work, three times: all of PostgreSQL starts anew")
def kill_backends(system: System, swarm: Swarm) -> None:
    for _ in range(3):
        eventually(system.database_answers, "it does not come back")
        backend = next(filter(None, (a_working_backend(system) for _ in range(2000))))
        os.kill(backend, signal.SIGKILL)
        pause(1.5)
    eventually(system.database_answers, "it does not come back")


BACKENDS = """
SELECT pid FROM pg_stat_activity WHERE usename = 'calc_app' ORDER BY state = 'active' DESC, random() LIMIT 1
"""


def a_working_backend(system: System) -> int | None:
    try:
        found = system.sql(BACKENDS)
    except psycopg2.OperationalError:
        return None
    return found[0][0] if found else None


@fault("F7c", "the postmaster is killed; nobody starts it again but its keeper")
def kill_the_postmaster(system: System, swarm: Swarm) -> None:
    os.kill(system.postmaster, signal.SIGKILL)
    pause(0.5)
    eventually(system.database_answers, "it does not come back")


@fault("F8", f"every process of PostgreSQL stands still for {FROZEN:.0f} s")
def freeze(system: System, swarm: Swarm) -> None:
    frozen = system.servers()
    for process in frozen:
        process.suspend()
    try:
        pause(FROZEN)
    finally:
        for process in frozen:
            resume(process)


def resume(process: psutil.Process) -> None:
    with contextlib.suppress(psutil.NoSuchProcess):
        process.resume()


@fault("F9", f"nothing passes on the wire to PostgreSQL for {FROZEN:.0f} s, and nothing is closed")
def black_hole(system: System, swarm: Swarm) -> None:
    system.to_database.open.clear()
    pause(FROZEN)
    system.to_database.open.set()


@fault("F10", "PostgreSQL's answers are reset after 1 to 2,000 bytes, sixty times")
def reset_in_the_middle(system: System, swarm: Swarm) -> None:
    left = [0]

    def rule(link: Link, upward: bool, piece: bytes) -> bytes | None:
        if upward or left[0] <= 0:
            return piece
        left[0] -= len(piece)
        return piece if left[0] > 0 else None

    system.to_database.rule = rule
    for _ in range(60):
        left[0] = swarm.dice.randint(1, 2000)
        wait_for(lambda: left[0] <= 0, 1.0)
    system.to_database.rule = None


def wait_for(true, seconds: float) -> None:
    end = time.monotonic() + seconds
    while not true() and time.monotonic() < end:
        time.sleep(0.005)


@fault("F16", "somebody's row is locked for 6 s")
def lock_a_row(system: System, swarm: Swarm) -> list[str]:
    locked = swarm.people[0]
    began = time.monotonic()
    with system.connected() as cursor:
        cursor.execute("SELECT FROM users WHERE email = %s FOR UPDATE", (locked.email,))
        pause(6.0)
    others = [
        request
        for request in list(swarm.ledger.requests)
        if request.failed and request.began > began and request.who not in (locked.email, swarm.grace.email)
    ]
    return [f"others failed too: {len(others)}"] if others else []
