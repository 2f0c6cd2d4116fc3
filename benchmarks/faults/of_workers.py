"""Faults of gunicorn: killed workers, a killed master, a deploy."""

import os
import signal

from benchmarks.faults.fault import fault, said
from benchmarks.faults.swarm import Swarm
from benchmarks.faults.system import System, pause
from tests.serving import eventually


@fault("F1", "a worker is killed, eight times", judges_alive=False)
def kill_workers(system: System, swarm: Swarm) -> None:
    for _ in range(8):
        swarm.dice.choice(system.workers()).kill()
        pause(0.5)


@fault("F4", "gunicorn's master is killed and started again", judges_alive=False)
def kill_the_master(system: System, swarm: Swarm) -> list[str]:
    orphans = system.workers()
    os.kill(system.web.process.pid, signal.SIGKILL)
    system.web.process.wait()
    system.lead_to(system.start_web(system.port))  # at once, as a supervisor does
    eventually(lambda: not any(orphan.is_running() for orphan in orphans), "the orphans live on", seconds=10)
    system.until_ready()
    return []


@fault("F5", "a deploy: the new one serves, then the old one is asked to end", must_hurt=False)
def deploy(system: System, swarm: Swarm) -> list[str]:
    before = unanswered(swarm)
    code = system.replace_web().process.wait(timeout=20)
    return [
        *said(code != 0, f"SIGTERM ended it with {code}"),
        *said(unanswered(swarm) > before, f"{unanswered(swarm) - before} requests found nobody in a deploy"),
    ]


@fault("F5b", "a deploy in a hurry: the old one is asked to end at once (SIGQUIT)", must_hurt=False)
def deploy_in_a_hurry(system: System, swarm: Swarm) -> None:
    system.replace_web(signal.SIGQUIT).process.wait(timeout=20)


def unanswered(swarm: Swarm) -> int:
    return sum(request.status is None for request in swarm.ledger.requests)
