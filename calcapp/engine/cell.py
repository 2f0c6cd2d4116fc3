"""A process of its own that works out one expression at a time, and can be lost without harm.

`template` starts this once, as `python -S -m calcapp.engine.cell` with a socket as standard input, and hands a
socket over it for each cell that is wanted: what has loaded the engine forks, in a thousandth of a second, and the
child is the cell. It writes its number, then reads a line of JSON, the arguments of `evaluate`, and writes a line, the
result or the mistake, until the socket ends. Whatever a forgotten limit lets through ends this process and nothing
else: time by alarms that the kernel delivers even while C code holds the interpreter, memory by a limit on the
address space, a crash by itself.
"""

from __future__ import annotations

import gc
import io
import json
import os
import resource
import signal
import socket
from datetime import date
from typing import Any

from calcapp import engine
from calcapp.engine import Known, Mistake

SECONDS = 0.3  # of work; what a busy machine makes us wait does not count against the expression
AT_MOST = 3.0  # with the waiting
TOO_MUCH = "This takes too long, or too much memory, to work out here. Try smaller numbers."
MORE_MEMORY = 128 * 2**20  # the promise is 64 MB an expression
NO_ROOM = b"0\n"


def main() -> None:
    engine.evaluate("gamma(1/3)")  # loads all that is needed, before an expression's time counts
    gc.freeze()  # what is loaded stays shared between the cells
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which ends us when it is done
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody asks how a cell ended
    with socket.socket(fileno=0) as wanted:
        channel = born(wanted)
    if channel is not None:
        confine()
        with channel, channel.makefile("rwb") as lines:
            lines.write(b"%d\n" % os.getpid())
            lines.flush()
            serve(lines)


def born(wanted: socket.socket) -> socket.socket | None:
    """The channel of the cell that this process has become; None where it is still the template, at the end."""
    while received := socket.recv_fds(wanted, 1, 1)[1]:
        channel = socket.socket(fileno=received[0])
        try:
            if os.fork() == 0:
                return channel
        except OSError:
            channel.sendall(NO_ROOM)
        channel.close()
    return None


def confine() -> None:
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    try:
        with open("/proc/self/statm", encoding="ascii") as sizes:
            now = int(sizes.read().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (now + MORE_MEMORY, now + MORE_MEMORY))
        with open("/proc/self/oom_score_adj", "w", encoding="ascii") as first_to_go:
            first_to_go.write("1000")
    except OSError:
        pass  # no /proc: the alarm is left


def serve(lines: io.BufferedRWPair) -> None:
    for line in lines:
        signal.setitimer(signal.ITIMER_PROF, SECONDS)
        signal.setitimer(signal.ITIMER_REAL, AT_MOST)
        reply = answer(json.loads(line))
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.setitimer(signal.ITIMER_REAL, 0)
        lines.write(json.dumps(reply).encode() + b"\n")
        lines.flush()


def answer(asked: dict[str, Any]) -> dict[str, Any]:
    """The fields of the result, or of the mistake."""
    if asked["today"] is not None:
        asked["today"] = date.fromisoformat(asked["today"])
    if asked["known"] is not None:
        asked["known"] = _known(**asked["known"])
    try:
        return {"result": vars(engine.evaluate(**asked))}
    except Mistake as mistake:
        return {"mistake": type(mistake).__name__, "fields": mistake.__reduce__()[1]}
    except MemoryError:
        return {"mistake": "TooLarge", "fields": [TOO_MUCH, 0, len(asked["text"])]}
    except Exception:
        import traceback

        return {"fault": traceback.format_exc()}


def _known(records: dict[str, str], last: int | None, names: dict[str, str], gone: dict[str, str]) -> Known:
    """JSON knows names only, so numbers come as text."""
    numbered = ({int(number): text for number, text in part.items()} for part in (records, gone))
    return Known(next(numbered), last, names, next(numbered))


if __name__ == "__main__":
    main()
