"""Keeps one embedded server company: runs it, and stops it as soon as nobody uses it any more.

Started by server.py as a program of its own, with the standard library alone. Everybody who uses the server
holds a shared lock on users.lock. The keeper waits for the exclusive one, so that the kernel itself says when
the last user has ended, in whatever way: finished, interrupted or killed.
"""

import argparse
import contextlib
import fcntl
import os
import shutil
import signal
import subprocess
import sys
from types import FrameType


class _Woken(BaseException):
    """A signal came: the server ended by itself, or somebody asks the keeper to stop."""


def _wake(number: int, frame: FrameType | None) -> None:
    raise _Woken


def main() -> None:
    ask = argparse.ArgumentParser()
    ask.add_argument("--uid", type=int)
    ask.add_argument("--gid", type=int)
    ask.add_argument("--remove", action="append", default=[])
    ask.add_argument("home")
    ask.add_argument("command", nargs="+")
    given = ask.parse_args()

    told, tell = os.pipe()
    if os.fork():  # nobody's child: whoever started it may turn into another program, and owes it no wait()
        os.close(tell)
        os.read(told, 1)  # until the lock is held, so that it can be looked for from now on
        os._exit(0)
    os.setsid()
    keeping = os.open(os.path.join(given.home, "keeper.lock"), os.O_RDWR | os.O_CREAT, 0o600)
    fcntl.flock(keeping, fcntl.LOCK_EX)  # somebody may be looking whether it is held
    os.close(tell)
    users = os.open(os.path.join(given.home, "users.lock"), os.O_RDWR)

    account = {} if given.uid is None else {"user": given.uid, "group": given.gid, "extra_groups": []}
    for number in (signal.SIGCHLD, signal.SIGTERM):
        signal.signal(number, _wake)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    server = None
    with contextlib.suppress(_Woken):
        server = subprocess.Popen(
            given.command,
            stdin=subprocess.DEVNULL,
            cwd="/",
            env={"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"},
            **account,
        )
        fcntl.flock(users, fcntl.LOCK_EX)
    for number in (signal.SIGCHLD, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN if number == signal.SIGTERM else signal.SIG_DFL)
    if server and server.poll() is None:
        server.send_signal(signal.SIGINT)  # fast: ends every connection, writes a checkpoint
        server.wait()
    for folder in given.remove:
        shutil.rmtree(folder, ignore_errors=True)
    os.close(keeping)  # before the users' lock, or somebody who waited for that would find us still here
    sys.exit(0)


if __name__ == "__main__":
    main()
