"""File locks: the kernel lets go of them when their holder ends, in whatever way."""

import contextlib
import fcntl
import os
from collections.abc import Iterator
from pathlib import Path

SHARED = fcntl.LOCK_SH
ALONE = fcntl.LOCK_EX


def opened(path: Path) -> int:
    return os.open(path, os.O_RDWR | os.O_CREAT, 0o600)


@contextlib.contextmanager
def locked(path: Path) -> Iterator[None]:
    lock = opened(path)
    try:
        fcntl.flock(lock, ALONE)
        yield
    finally:
        os.close(lock)


def take(lock: int, kind: int) -> None:
    """Waits for as long as others hold it."""
    fcntl.flock(lock, kind)


def could_take(lock: int, kind: int) -> bool:
    try:
        fcntl.flock(lock, kind | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True


def is_still(lock: int, path: Path) -> bool:
    """Whether the file is the one that was opened, and not removed since."""
    try:
        return os.path.samestat(os.fstat(lock), path.stat())
    except FileNotFoundError:
        return False


def let_go(lock: int) -> None:
    fcntl.flock(lock, fcntl.LOCK_UN)
