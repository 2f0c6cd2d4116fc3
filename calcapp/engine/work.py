"""How much work one calculation has done, and whether anything in it could not be decided.

Whatever can grow is charged here before it is computed. One calculation is worked out at a time, because flint's
precision belongs to the whole process; `alone` is the lock that sees to it.
"""

from __future__ import annotations

from _thread import RLock  # all of threading takes as long to import as five files of the engine

from calcapp.engine.mistake import TooLarge
from calcapp.engine.numbers import ctx

LARGEST_BITS = 200_000
"""Integers, numerators and denominators have up to so many bits: about 60,000 digits."""

HIGHEST_PRECISION = 4_096
"""Zero is decided with up to so many bits."""

MOST_WORK = 4_000_000
"""Units of about ten nanoseconds each, measured on one core of a server of 2020."""


class Work:
    __slots__ = ("done", "doubt")

    def __init__(self) -> None:
        self.done = 0
        self.doubt = False


current = Work()
_turn = RLock()


class alone:
    """One calculation at a time, with its own account of the work, and the precision put back behind it."""

    __slots__ = ("outer", "precision")

    def __enter__(self) -> Work:
        global current
        _turn.acquire()
        self.outer, self.precision = current, ctx.prec
        current = Work()
        return current

    def __exit__(self, *_: object) -> None:
        global current
        current, ctx.prec = self.outer, self.precision
        _turn.release()


def charge(cost: int) -> None:
    current.done += cost
    if current.done > MOST_WORK:
        raise TooLarge("This takes too long to work out. Use smaller numbers, or work it out in parts.")


def doubt() -> None:
    """Something could not be decided with the highest precision."""
    current.doubt = True
