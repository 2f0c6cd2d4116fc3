"""`evaluate` that cannot hang, crash or eat the process that calls it (docs/decisions says why so).

Each process keeps up to three cells (see `cell`), started when they are first needed and taken by one thread
at a time. A cell that dies or does not answer in time is the end of a runaway: its request is told TooLarge,
and the next request gets another cell.
"""

from __future__ import annotations

import atexit
import json
import os
import socket
import subprocess
import sys
import threading
from collections import deque
from datetime import date
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import Any

import flint

from calcapp.engine import Known, Result, TooLarge, mistake
from calcapp.engine.cell import AT_MOST, TOO_MUCH

MOST = 3
STARTING = 20.0  # seconds for a start on a machine that is very busy; 0.05 is usual
GRACE = 0.15  # after a cell should have ended itself
MISTAKES = {name: kind for name, kind in vars(mistake).items() if isinstance(kind, type)}
USES = 5_000  # then a cell is replaced, so that nothing can pile up in it
KEPT = ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "PYTHONDONTWRITEBYTECODE", "PYTHONPYCACHEPREFIX")
PATIENCE = 6.0  # seconds to wait for a cell while all of them are taken, or start on a busy machine
BUSY = "Too many long calculations are being worked out right now. Try again in a moment."


def evaluate_guarded(
    text: str,
    *,
    digits: int = 15,
    decimal_comma: bool = False,
    angle_unit: str = "rad",
    known: Known | None = None,
    today: date | None = None,
) -> Result:
    asked = {
        "text": text,
        "digits": digits,
        "decimal_comma": decimal_comma,
        "angle_unit": angle_unit,
        "known": None if known is None else vars(known),
        "today": None if today is None else today.isoformat(),
    }
    return _cells.ask(asked)


class Lost(Exception):
    """The cell ended, or did not answer in time."""


class NeverAsked(Lost):
    """It had ended before it was asked: not the fault of the expression."""


class Cell:
    """One child process, from this side. Only one thread at a time may hold it."""

    def __init__(self, module: str) -> None:
        self.uses = 0
        self.ready = False
        self.channel, inside = socket.socketpair()
        try:
            self.process = subprocess.Popen(
                [sys.executable, "-S", "-m", module],
                stdin=inside.fileno(),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env=_environment(),
            )
        except OSError:
            self.channel.close()
            raise
        finally:
            inside.close()

    def ask(self, line: bytes) -> bytes:
        try:
            if not self.ready:
                self._read(STARTING)
                self.ready = True
            self.uses += 1
            self.channel.settimeout(AT_MOST + GRACE)
            self.channel.sendall(line)
        except (OSError, Lost) as ended:
            raise NeverAsked from ended
        return self._read(AT_MOST + GRACE)

    def _read(self, seconds: float) -> bytes:
        self.channel.settimeout(seconds)
        parts = [b""]
        while not parts[-1].endswith(b"\n"):
            try:
                parts.append(self.channel.recv(65536))
            except OSError as late:
                raise Lost from late
            if not parts[-1]:
                raise Lost
        return b"".join(parts)

    def end(self) -> None:
        self.channel.close()
        self.process.kill()
        self.process.wait()


Turn = SimpleQueue[Cell | None]  # where somebody waits for a cell, or for leave to start one


class Cells:
    """The cells of this process. The one used last is taken first; another starts only when all are taken."""

    def __init__(self, module: str = "calcapp.engine.cell", most: int = MOST) -> None:
        self.module, self.most = module, most
        self._start_over()
        atexit.register(self.end)
        os.register_at_fork(after_in_child=self._start_over)

    def ask(self, asked: dict[str, Any]) -> Result:
        line = json.dumps(asked).encode() + b"\n"
        too_much = TooLarge(TOO_MUCH, 0, len(asked["text"]))
        for _ in range(2):
            cell = self._take()
            if cell is None:
                raise TooLarge(BUSY, 0, len(asked["text"]))
            try:
                reply = json.loads(cell.ask(line))
            except NeverAsked:
                self._lose(cell)
                continue
            except Lost:
                self._lose(cell, replace=True)
                raise too_much from None
            except BaseException:
                self._lose(cell)
                raise
            self._give_back(cell)
            return _told(reply)
        raise RuntimeError(f"python -S -m {self.module} does not start, or ends by itself.")

    def end(self) -> None:
        with self._desk:
            while self._idle:
                self._idle.pop().end()
                self._count -= 1

    def _start_over(self) -> None:
        """Also in a process that was forked from one that had cells: those stay the parent's."""
        for cell in getattr(self, "_idle", []):
            cell.channel.close()
            cell.process.returncode = 0
        self._idle: list[Cell] = []
        self._waiting: deque[Turn] = deque()
        self._count = 0
        self._desk = threading.Lock()

    def _take(self) -> Cell | None:
        """A cell, in the order in which people came; None where none came free in time."""
        with self._desk:
            if self._idle:
                return self._idle.pop()
            if self._count < self.most:
                self._count += 1
                turn: Turn | None = None
            else:
                turn = SimpleQueue()
                self._waiting.append(turn)
        return self._started() if turn is None else self._waited(turn)

    def _waited(self, turn: Turn) -> Cell | None:
        try:
            cell = turn.get(timeout=PATIENCE)
        except Empty:
            with self._desk:
                if turn in self._waiting:
                    self._waiting.remove(turn)
                    return None
            cell = turn.get()  # it came at the last moment
        return cell or self._started()

    def _started(self) -> Cell | None:
        try:
            return Cell(self.module)
        except OSError:  # no more processes or files are to be had
            self._gone()
            return None

    def _give_back(self, cell: Cell) -> None:
        if cell.uses >= USES:
            self._lose(cell)
            return
        with self._desk:
            if self._waiting:
                self._waiting.popleft().put(cell)
            else:
                self._idle.append(cell)

    def _lose(self, cell: Cell, replace: bool = False) -> None:
        """End it; a replacement starts at once, so that nobody waits for it."""
        cell.end()
        new = self._started() if replace else None
        if new is not None:
            self._give_back(new)
        elif not replace:
            self._gone()

    def _gone(self) -> None:
        """One cell less; whoever waits longest may start another."""
        with self._desk:
            if self._waiting:
                self._waiting.popleft().put(None)
            else:
                self._count -= 1


def _told(reply: dict[str, Any]) -> Result:
    if "result" in reply:
        fields: Any = {k: tuple(v) if isinstance(v, list) else v for k, v in reply["result"].items()}
        return Result(**fields)
    if "mistake" in reply:
        raise MISTAKES[reply["mistake"]](*reply["fields"])
    raise RuntimeError(f"The engine failed:\n{reply['fault']}")


def _environment() -> dict[str, str]:
    """Where to import from, and nothing of what the application was told in confidence."""
    places = [Path(__file__).parents[2], Path(flint.__file__).parents[1]]
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    return {"PYTHONPATH": os.pathsep.join(map(str, places)), "PYTHONUTF8": "1", **kept}


_cells = Cells()
