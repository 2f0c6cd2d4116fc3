"""Keeps one embedded server company: runs it, starts it again if it dies, stops it as soon as nobody uses it.

Started by server.py as a program of its own, with the standard library alone. Everybody who uses the server
holds a shared lock on users.lock. The keeper waits for the exclusive one, so that the kernel itself says when
the last user has ended, in whatever way: finished, interrupted or killed.
"""

import argparse
import fcntl
import os
import shutil
import signal
import subprocess
import sys
import threading
import time
from typing import Any

SHORTEST_PAUSE, LONGEST_PAUSE = 0.1, 10.0  # seconds before another start; what a killed server leaves needs a moment


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
    server = Server(given.command, os.path.join(given.home, "data", "postmaster.pid"), account)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    signal.signal(signal.SIGTERM, lambda number, frame: threading.Thread(target=server.end).start())
    threading.Thread(target=end_without_users, args=(users, server), daemon=True).start()
    server.run()
    for folder in given.remove:
        shutil.rmtree(folder, ignore_errors=True)
    os.close(keeping)  # before the users' lock, or somebody who waited for that would find us still here
    sys.exit(0)


def end_without_users(users: int, server: "Server") -> None:
    fcntl.flock(users, fcntl.LOCK_EX)
    server.end()


class Server:
    """One after the other, until `end`. One that has served and was killed is started again, and reads its log."""

    def __init__(self, command: list[str], pid_file: str, account: dict[str, Any]) -> None:
        self.command, self.pid_file, self.account = command, pid_file, account
        self.process: subprocess.Popen[bytes] | None = None
        self.ending = threading.Event()
        self.changing = threading.Lock()

    def run(self) -> None:
        has_served, pause = False, SHORTEST_PAUSE
        while process := self.started():
            if self.serves(process):
                has_served, pause = True, SHORTEST_PAUSE
            code = process.wait()
            if code == 0 or not has_served:  # somebody has asked it to end, or it cannot start; its log says why
                return
            sys.stderr.write(f"The server ended with {code}. Another is started.\n")
            sys.stderr.flush()
            self.ending.wait(pause)
            pause = min(2 * pause, LONGEST_PAUSE)

    def started(self) -> subprocess.Popen[bytes] | None:
        with self.changing:
            if self.ending.is_set():
                return None
            self.process = subprocess.Popen(
                self.command,
                stdin=subprocess.DEVNULL,
                cwd="/",
                env={"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"},
                **self.account,
            )
            return self.process

    def serves(self, process: subprocess.Popen[bytes]) -> bool:
        """Wait until it says so in its own file; False where it ends before that."""
        while process.poll() is None:
            try:
                with open(self.pid_file, encoding="utf-8") as file:
                    said = file.read().splitlines()
            except OSError:
                said = []
            if len(said) > 7 and said[0] == str(process.pid) and said[7].strip() == "ready":
                return True
            time.sleep(0.02)
        return False

    def end(self) -> None:
        with self.changing:
            self.ending.set()
            if self.process and self.process.poll() is None:
                self.process.send_signal(signal.SIGINT)  # fast: ends every connection, writes a checkpoint


if __name__ == "__main__":
    main()
