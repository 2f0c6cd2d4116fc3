"""Calcapp as `make run` serves it: gunicorn, its workers and its database, on a port of its own."""

import contextlib
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import postgres

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 60
# A shell that runs the tests in the background has them ignore Ctrl-C, and so all that they start.
if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)
OURS = ("DATABASE_URL", "OWNER_DATABASE_URL", "SECRET_KEY", "PUBLIC_URL", "PORT", "PG_BIN", "BIND")


class Site:
    """A server that was started. What it says is read from a file, so that it never waits for us."""

    def __init__(self, command: list[str | Path], folder: Path, environment: dict[str, str], **account: object) -> None:
        self.environment = environment
        self.output = tempfile.NamedTemporaryFile("w+")  # noqa: SIM115
        self.process = subprocess.Popen(
            command,
            cwd=folder,
            env={name: value for name, value in os.environ.items() if name not in OURS} | {"PORT": "0"} | environment,
            stdin=subprocess.DEVNULL,
            stdout=self.output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            **account,
        )
        self.address = ""

    @property
    def said(self) -> str:
        return Path(self.output.name).read_text()

    def wait_until_it_serves(self) -> "Site":
        eventually(lambda: "serves on" in self.said or self.process.poll() is not None, self)
        found = re.search(r"serves on (http://\S+\d)", self.said)
        assert found, f"it does not serve: {self.said}"
        self.address = found[1]
        return self

    def interrupt(self, number: int = signal.SIGINT) -> int:
        """Ctrl-C in a terminal reaches every process that was started there."""
        if self.process.poll() is None:
            os.killpg(self.process.pid, number)
        return self.process.wait(timeout=PATIENCE)

    def kill(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait(timeout=PATIENCE)
        self.output.close()


def eventually(true, what: object = "", seconds: float = PATIENCE) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, f"it did not come about in time: {getattr(what, 'said', what)}"
        time.sleep(0.02)


@contextlib.contextmanager
def started(command: list[str | Path], folder: Path = ROOT, account=None, **environment: str) -> Iterator[Site]:
    site = Site(command, folder, environment, **(account or {}))
    try:
        yield site
    finally:
        with contextlib.suppress(subprocess.TimeoutExpired):
            site.interrupt()
        site.kill()


@contextlib.contextmanager
def served(folder: Path = ROOT, **environment: str) -> Iterator[Site]:
    """Without make, which would only look whether all is there."""
    with started([sys.executable, "-m", "calcapp.serve"], folder, **environment) as site:
        yield site.wait_until_it_serves()


def processes_in(folder: Path) -> dict[int, str]:
    """Whatever still runs in a folder or was started with its name."""
    found = {}
    for entry in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            command = (entry / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
            inside = str((entry / "cwd").readlink()).startswith(str(folder))
            if command and (inside or str(folder) in command) and int(entry.name) != os.getpid():
                found[int(entry.name)] = command
    return found


@pytest.fixture(scope="session")
def site(server, template):
    """The whole site for one worker, on a database of its own on the shared server, with the two roles."""
    name = f"calc_site_{os.getpid()}"
    postgres.clone(server, name, template)
    secret = "only-for-these-tests-0123456789-abcdefghijklmnop"
    urls = {"DATABASE_URL": server.url(name), "OWNER_DATABASE_URL": server.url(name, role="owner")}
    with served(**urls, SECRET_KEY=secret, LIMIT_REGISTER="10000") as running:
        yield running
    postgres.drop(server, name)
