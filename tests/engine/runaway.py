"""A cell whose engine runs away when it is told to. Nothing but the tests of the watchdog starts it."""

import os
import signal

from flint import fmpz

from calcapp import engine
from calcapp.engine import cell

really_evaluate = engine.evaluate
AWAY = {
    "spin": lambda: (fmpz(10) ** 49 + 9).factor() and (fmpz(10) ** 120 + 7).factor(),
    "abort": lambda: fmpz(10) ** (10**10),
    "divide": lambda: fmpz.fib_ui(10**12),
    "crash": lambda: os.kill(os.getpid(), signal.SIGSEGV),
    "eat": lambda: fmpz(3) ** (10**9),
    "gather": lambda: [b"x" * 2**20 for _ in range(2000)],
    "fail": lambda: 1 // 0,
    "hold": lambda: signal.pause(),
    "stop": lambda: os.kill(os.getpid(), signal.SIGSTOP),
    "leave": lambda: os._exit(0),
    "pid": lambda: os.getpid(),
}


def evaluate(text, **arguments):
    if text in AWAY:
        done = AWAY[text]()
        text = f"{done} " if text == "pid" else "0"
    return really_evaluate(text, **arguments)


if __name__ == "__main__":
    engine.evaluate = evaluate
    cell.main()
