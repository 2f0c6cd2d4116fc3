"""What can be done to the system, and what to expect of it. The faults themselves stand in files by what they hurt."""

from collections.abc import Callable
from dataclasses import dataclass

from benchmarks.faults.swarm import Swarm
from benchmarks.faults.system import System

FAULTS: list["Fault"] = []


@dataclass
class Fault:
    """`act` does harm and takes it away again; what it returns are broken promises of its own."""

    name: str
    what: str
    act: Callable[[System, Swarm], list[str] | None]
    must_hurt: bool  # nothing failed and nothing was late: then nothing was injected
    judges_alive: bool  # not where gunicorn itself is hurt: who is dead cannot answer, nor who is behind 500 others
    recovers: float  # seconds


def fault(name: str, what: str, *, must_hurt=True, judges_alive=True, recovers=5.0):
    def noted(act):
        FAULTS.append(Fault(name, what, act, must_hurt, judges_alive, recovers))
        return act

    return noted


def said(broken: bool, sentence: str) -> list[str]:
    """What a fault returns of a promise of its own."""
    return [sentence] if broken else []
