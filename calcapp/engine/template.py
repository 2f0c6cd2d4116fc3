"""The process that has loaded the engine and becomes cells, and the cells, from this side (see `cell`)."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from time import monotonic

from calcapp.engine.cell import AT_MOST, NO_ROOM

STARTING = 20.0  # seconds for a start on a machine that is very busy; 0.05 is usual
SOON = 0.9  # then whoever asked is told, unless the machine is to blame
GRACE = 0.15  # after a cell should have ended itself
KEPT = ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH", "PYTHONDONTWRITEBYTECODE", "PYTHONPYCACHEPREFIX")


class Lost(Exception):
    """The cell ended, or did not answer in time."""


class Late(Lost):
    """It did not answer in time."""


class Starved(Lost):
    """It had not done its share of work when its time was over: it waited for the processor or the disk."""


class NeverAsked(Lost):
    """It had ended before it was asked: not the fault of the expression."""


class NoRoom(Lost):
    """No more processes are to be had."""


class Template:
    """Started when the first cell is wanted, and again should it have ended."""

    def __init__(self, module: str) -> None:
        self.module = module
        self.control: socket.socket | None = None
        self.lock = threading.Lock()

    def cell(self) -> Cell:
        """Raises OSError where no more processes or files are to be had."""
        channel, inside = socket.socketpair()
        try:
            with inside, self.lock:
                self._hand_over(inside)
        except OSError:
            channel.close()
            raise
        return Cell(channel)

    def _hand_over(self, inside: socket.socket) -> None:
        if self.control is not None:
            try:
                socket.send_fds(self.control, [b"+"], [inside.fileno()])
                return
            except OSError:
                self.end()
        self.control = self._started()
        socket.send_fds(self.control, [b"+"], [inside.fileno()])

    def _started(self) -> socket.socket:
        control, inside = socket.socketpair()
        try:
            self.process = subprocess.Popen(
                [sys.executable, "-S", "-m", self.module],
                stdin=inside.fileno(),
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                env=environment(),
            )
        except OSError:
            control.close()
            raise
        finally:
            inside.close()
        return control

    def end(self) -> None:
        if self.control is not None:
            self.control.close()
            self.process.kill()
            self.process.wait()
            self.control = None

    def leave(self) -> None:
        """In a process that was forked from the one it belongs to."""
        if self.control is not None:
            self.control.close()
            self.process.returncode = 0


class Cell:
    """Only one thread at a time may hold it."""

    def __init__(self, channel: socket.socket) -> None:
        self.channel = channel
        self.pid: int | None = None
        self.uses = 0
        self.received = b""

    def ask(self, line: bytes) -> bytes:
        return next(self.ask_all([line]))

    def ask_all(self, lines: list[bytes]) -> Iterator[bytes]:
        """The answers, as they come. All of the lines have to find room in the socket."""
        try:
            if self.pid is None:
                self._begin()
            self.uses += len(lines)
            self.channel.settimeout(AT_MOST)
            self.channel.sendall(b"".join(lines))
        except NoRoom:
            raise
        except (OSError, Lost) as ended:
            raise NeverAsked from ended
        for _ in lines:
            yield self._answer()

    def _begin(self) -> None:
        said = self._read(STARTING)
        if said == NO_ROOM:
            raise NoRoom
        self.pid = int(said)

    def _answer(self) -> bytes:
        began = monotonic()
        try:
            return self._read(SOON)
        except Late:
            if not self.starved():
                self._kill()
                raise
        try:
            return self._read(AT_MOST + GRACE - SOON)
        except Late as late:
            self._kill()
            raise Starved from late
        except Lost as ended:
            if monotonic() - began < AT_MOST - GRACE:  # by the clock it had more time, so that its work is done
                raise
            raise Starved from ended

    def _read(self, seconds: float) -> bytes:
        self.channel.settimeout(seconds)
        while b"\n" not in self.received:
            try:
                more = self.channel.recv(65536)
            except TimeoutError as late:
                raise Late from late
            except OSError as ended:
                raise Lost from ended
            if not more:
                raise Lost
            self.received += more
        line, end, self.received = self.received.partition(b"\n")
        return line + end

    def starved(self) -> bool:
        """Whether it could go on but waits for the processor or the disk. Had it computed, its time would be over."""
        try:
            state = Path(f"/proc/{self.pid}/stat").read_text("ascii", "replace").rpartition(")")[2].split()[0]
        except OSError:
            return False
        return state in ("R", "D")

    def _kill(self) -> None:
        """It has not ended, or its socket would have, so that the number is its own."""
        assert self.pid is not None  # noqa: S101 - it was asked
        os.kill(self.pid, signal.SIGKILL)

    def end(self) -> None:
        """It ends when its socket does."""
        self.channel.close()


def environment() -> dict[str, str]:
    """Where to import from, and nothing of what the application was told in confidence."""
    flint = find_spec("flint")
    assert flint is not None  # noqa: S101 - the engine stands on it
    assert flint.origin is not None  # noqa: S101 - its __init__
    places = [Path(__file__).parents[2], Path(flint.origin).parents[1]]
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    return {"PYTHONPATH": os.pathsep.join(map(str, places)), "PYTHONUTF8": "1", **kept}
