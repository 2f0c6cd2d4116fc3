"""`evaluate` that cannot hang, crash or eat the process that calls it (docs/decisions says why so).

Each process keeps up to three cells (see `cell`), which one thread at a time takes. A cell that dies or does not
answer in time is the end of a runaway: its request is told TooLarge, and the next request gets another cell. One
that got no processor is asked for once more.
"""

from __future__ import annotations

import atexit
import json
import os
import threading
from collections import deque
from datetime import date
from itertools import accumulate
from queue import Empty, SimpleQueue
from typing import Any

from calcapp.engine import Known, Mistake, Result, TooLarge
from calcapp.engine import mistake as mistakes
from calcapp.engine.cell import TOO_MUCH
from calcapp.engine.template import Cell, Lost, NeverAsked, NoRoom, Starved, Template

MOST = 3
MISTAKES = {name: kind for name, kind in vars(mistakes).items() if isinstance(kind, type)}
USES = 5_000  # then a cell is replaced, so that nothing can pile up in it
PATIENCE = 6.0  # seconds to wait for a cell while all of them are taken
TOGETHER, BYTES_TOGETHER = 16, 2**15  # that go to a cell at once: it is held no longer than others may wait for one
BUSY = "Too many long calculations are being worked out right now. Try again in a moment."

Question = dict[str, Any]  # the arguments of `evaluate`, as JSON knows them


def evaluate_guarded(text: str, **how: Any) -> Result:
    """As `evaluate`, with the same arguments."""
    return _cells.ask(question(text, **how))


def evaluate_all_guarded(questions: list[Question]) -> list[Result | Mistake]:
    """What each of these comes to. Many together cost less than one by one: nobody waits for the other in between."""
    return _cells.ask_all(questions)


def question(
    text: str,
    *,
    digits: int = 15,
    decimal_comma: bool = False,
    angle_unit: str = "rad",
    known: Known | None = None,
    today: date | None = None,
) -> Question:
    return {
        "text": text,
        "digits": digits,
        "decimal_comma": decimal_comma,
        "angle_unit": angle_unit,
        "known": None if known is None else vars(known),
        "today": None if today is None else today.isoformat(),
    }


def start() -> None:
    """Have a cell before anybody asks."""
    _cells.start()


Turn = SimpleQueue[Cell | None]  # where somebody waits for a cell, or for leave to start one


class Cells:
    """The cells of this process. The one used last is taken first; another starts only when all are taken."""

    def __init__(self, module: str = "calcapp.engine.cell", most: int = MOST) -> None:
        self.module, self.most = module, most
        self._begin()
        atexit.register(self.end)
        os.register_at_fork(after_in_child=self._start_over)

    def _begin(self) -> None:
        self._template = Template(self.module)
        self._idle: list[Cell] = []
        self._waiting: deque[Turn] = deque()
        self._count = 0
        self._desk = threading.Lock()

    def ask(self, asked: Question) -> Result:
        line = _line(asked)
        too_much, busy = (TooLarge(sentence, 0, len(asked["text"])) for sentence in (TOO_MUCH, BUSY))
        failure: Exception = RuntimeError(f"python -S -m {self.module} does not start, or ends by itself.")
        for _ in range(2):
            cell = self._take()
            if cell is None:
                raise busy
            try:
                reply = json.loads(cell.ask(line))
            except NeverAsked:
                self._lose(cell)
                continue
            except Starved:  # that is no fault of the expression either
                self._lose(cell, replace=True)
                failure = busy
                continue
            except NoRoom:
                self._lose(cell)
                raise busy from None
            except Lost:
                self._lose(cell, replace=True)
                raise too_much from None
            except BaseException:
                self._lose(cell)
                raise
            self._give_back(cell)
            return _told(reply)
        raise failure

    def ask_all(self, questions: list[Question]) -> list[Result | Mistake]:
        told: list[Result | Mistake] = []
        while len(told) < len(questions):
            lines = few([_line(each) for each in questions[len(told) : len(told) + TOGETHER]])
            together = self._ask_together(lines) if len(lines) > 1 else []
            alone = questions[len(told) + len(together) : len(told) + len(lines)]
            told += together + [self._ask_alone(each) for each in alone]
        return told

    def _ask_together(self, lines: list[bytes]) -> list[Result | Mistake]:
        """What a cell had answered until it was lost, if it was. Who was to blame is found by asking the rest alone."""
        told: list[Result | Mistake] = []
        cell = self._take()
        if cell is None:
            return told
        try:
            for reply in cell.ask_all(lines):
                told.append(_said(json.loads(reply)))
        except Lost:
            self._lose(cell)
            return told
        except BaseException:
            self._lose(cell)
            raise
        self._give_back(cell)
        return told

    def _ask_alone(self, asked: Question) -> Result | Mistake:
        try:
            return self.ask(asked)
        except Mistake as told:
            return told

    def start(self) -> None:
        cell = self._take()
        if cell is not None:
            self._give_back(cell)

    def end(self) -> None:
        with self._desk:
            while self._idle:
                self._idle.pop().end()
                self._count -= 1
        self._template.end()

    def _start_over(self) -> None:
        """In a process that was forked from one that had cells: those stay the parent's."""
        for cell in self._idle:
            cell.end()
        self._template.leave()
        self._begin()

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
            return self._template.cell()
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
        if not replace:
            self._gone()
        elif (new := self._started()) is not None:
            self._give_back(new)

    def _gone(self) -> None:
        """One cell less; whoever waits longest may start another."""
        with self._desk:
            if self._waiting:
                self._waiting.popleft().put(None)
            else:
                self._count -= 1


def few(lines: list[bytes]) -> list[bytes]:
    """As many of them as fit into a cell's socket; at least one."""
    fitting = [line for line, size in zip(lines, accumulate(map(len, lines)), strict=True) if size <= BYTES_TOGETHER]
    return fitting or lines[:1]


def _line(asked: Question) -> bytes:
    return json.dumps(asked).encode() + b"\n"


def _told(reply: dict[str, Any]) -> Result:
    said = _said(reply)
    if isinstance(said, Mistake):
        raise said
    return said


def _said(reply: dict[str, Any]) -> Result | Mistake:
    if "result" in reply:
        fields: Any = {k: tuple(v) if isinstance(v, list) else v for k, v in reply["result"].items()}
        return Result(**fields)
    if "mistake" in reply:
        mistake: Mistake = MISTAKES[reply["mistake"]](*reply["fields"])
        return mistake
    raise RuntimeError(f"The engine failed:\n{reply['fault']}")


_cells = Cells()
