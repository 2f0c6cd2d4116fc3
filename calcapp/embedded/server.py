"""One embedded server: made at the first start, shared by all who ask, gone when the last has ended."""

import contextlib
import hashlib
import json
import os
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self
from urllib.parse import quote, urlencode

from . import cluster, locks
from .account import PATIENCE, Account
from .binaries import ServerTrouble, copy_of_wheel, server_binaries

LONGEST_SOCKET = 103  # macOS takes 104 bytes with the closing zero, Linux 108


class Embedded:
    """`Embedded(folder).start().url()`; a second start, here or in another process, shares the server."""

    def __init__(self, folder: Path, durable: bool = True, pg_bin: str | None = None) -> None:
        self.folder = Path(folder).absolute()
        self.durable = durable
        self.pg_bin = pg_bin
        self.home = self.folder
        self.socket = ""
        self._using: int | None = None
        self._process = os.getpid()

    def start(self) -> Self:
        if self._using is not None:
            return self
        try:
            self._join()
            with locks.locked(self.home / "starting.lock"):
                while not self._is_ready():
                    self._clear_up()
                    binaries = self._binaries()
                    cluster.make(self.data, self._passwords, binaries, self.account, self.durable)
                    self._launch(binaries)
        except PermissionError as trouble:
            self._leave()
            raise ServerTrouble(
                f"{trouble.filename} belongs to somebody else. Start as the same user as the first time, "
                f"or remove {self.folder}, and with it the records it holds."
            ) from trouble
        except BaseException:
            self._leave()
            raise
        return self

    def stop(self) -> None:
        """Stop the server, unless others use it too. Forked children may call it: to them it does nothing."""
        if self._using is None or self._process != os.getpid():
            return
        using, self._using = self._using, None
        locks.let_go(using)
        try:
            if locks.could_take(using, locks.ALONE):
                locks.let_go(using)  # to the keeper, who waits for it
            elif locks.could_take(using, locks.SHARED):  # refused, had the keeper its lock already
                return
            _until(lambda: not self._is_kept(), "The embedded server did not stop.")
            locks.take(using, locks.SHARED)  # from the keeper, who is ending
            if not self.durable and locks.could_take(using, locks.ALONE):
                for folder in {self.folder: None, self.home: None}:  # first what tells where the rest is
                    _throw_away(folder)
        finally:
            os.close(using)

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.stop()

    def url(self, database: str = cluster.DATABASE, role: str = "app") -> str:
        """As psql takes it. `app` reads and writes rows, `owner` also migrates, `admin` may do everything."""
        account = f"{cluster.LOGINS[role]}:{json.loads(self._passwords.read_text())[role]}"
        return f"postgresql://{account}@/{quote(database)}?{urlencode({'host': self.socket})}"

    @property
    def is_elsewhere(self) -> bool:
        """Whether the data had to be put outside the folder, because the server's user cannot get into it."""
        return self.home != self.folder

    @property
    def data(self) -> Path:
        return self.home / "data"

    @property
    def log(self) -> Path:
        return self.home / "server.log"

    @property
    def _passwords(self) -> Path:
        return self.folder / "passwords.json"

    def _join(self) -> None:
        """Become one of its users. Waits where the server is being stopped just now."""
        while self._using is None:
            self._settle()
            try:
                using = locks.opened(self.home / "users.lock")
            except FileNotFoundError:
                continue
            locks.take(using, locks.SHARED)
            if locks.is_still(using, self.home / "users.lock"):
                self._using = using
            else:  # thrown away while we waited
                os.close(using)

    # Where it lives

    def _settle(self) -> None:
        """In the folder; where the server's user cannot get into it, elsewhere; the folder remembers."""
        self.home = self.folder
        self.folder.mkdir(parents=True, exist_ok=True)
        remembered = self.folder / "where"
        if remembered.exists():
            self.home = Path(remembered.read_text().strip())
        self.account = Account([self.data])
        if self.is_elsewhere:
            self.home.mkdir(mode=0o755, parents=True, exist_ok=True)
        elif not self.account.may_enter(self.folder):
            self.home = self._place_elsewhere()
            self.home.chmod(0o755)
            remembered.write_text(f"{self.home}\n")

    def _place_elsewhere(self) -> Path:
        """The same for everybody who starts in this folder, and ours: not what somebody else has put there."""
        name = f"calcapp-{hashlib.sha256(os.fsencode(self.folder)).hexdigest()[:12]}"
        for parent in ("/var/lib", "/var/tmp") if self.durable else ("/tmp",):  # noqa: S108
            place = Path(parent, name)
            with contextlib.suppress(OSError):
                place.mkdir(mode=0o755, exist_ok=True)
                if place.lstat().st_uid == os.geteuid() and self.account.may_enter(place):
                    return place
        raise ServerTrouble(
            f"The server's user cannot get into {self.folder}, nor is there another place "
            "for the data. Move the checkout, or set DATABASE_URL."
        )

    def _binaries(self) -> Path:
        made_by = self.data / "PG_VERSION"
        found = server_binaries(self.pg_bin, int(made_by.read_text()) if made_by.exists() else None)
        return found if self.account.may_run(found / "postgres") else copy_of_wheel(found, self.home)

    def _socket_folder(self) -> tuple[Path, list[Path]]:
        """Beside the data; where that path is too long for a socket's name, a folder of its own in /tmp."""
        beside = self.home / "socket"
        if len(os.fsencode(beside / ".s.PGSQL.5432.lock")) <= LONGEST_SOCKET:
            beside.mkdir(mode=0o700, exist_ok=True)
            return self.account.own(beside), []
        short = self.account.own(Path(tempfile.mkdtemp(prefix="calcapp-", dir="/tmp")))
        return short, [short]

    # Its process

    def _launch(self, binaries: Path) -> None:
        socket, temporary = self._socket_folder()
        keeper = [sys.executable, "-I", "-S", str(Path(__file__).with_name("keeper.py"))]
        if self.account.user is not None:
            keeper += [f"--uid={self.account.user.pw_uid}", f"--gid={self.account.user.pw_gid}"]
        keeper += [*(f"--remove={folder}" for folder in temporary), "--", str(self.home)]
        command = [f"{binaries}/postgres", "-D", str(self.data), "-k", str(socket)]
        settings = ["listen_addresses=", "unix_socket_permissions=0700", "timezone=UTC", "log_timezone=UTC"]
        if not self.durable:
            settings += ["fsync=off", "synchronous_commit=off", "full_page_writes=off", "autovacuum=off"]
        command += [part for setting in settings for part in ("-c", setting)]
        with open(os.open(self.log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as log:
            subprocess.run(keeper + command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd="/", check=True)
        if not self._is_ready():
            last = " / ".join(self.log.read_text(errors="replace").strip().splitlines()[-3:])
            raise ServerTrouble(f"The embedded server ended at its start. {self.log} says: {last}")

    def _is_kept(self) -> bool:
        """Whether a keeper is alive: it holds its lock for as long as it lives."""
        try:
            lock = locks.opened(self.home / "keeper.lock")
        except FileNotFoundError:
            return False
        try:
            return not locks.could_take(lock, locks.SHARED)
        finally:
            os.close(lock)

    def _is_ready(self) -> bool:
        """Waits for a server that is being started; false where there is none."""

        def known() -> bool:
            lines = self._pid_file()
            self.socket = lines[4] if len(lines) > 4 else ""
            serves = len(lines) > 7 and lines[7].strip() == "ready" and str(self.data) in _command_of(int(lines[0]))
            return serves or not self._is_kept()

        _until(known, f"The embedded server is not ready after {PATIENCE} seconds; see {self.log}.")
        return self._is_kept()

    def _pid_file(self) -> list[str]:
        try:
            return (self.data / "postmaster.pid").read_text().splitlines()
        except FileNotFoundError:
            return []

    def _clear_up(self) -> None:
        """No keeper lives, so nothing may: end an orphaned server, forget a stale process id."""
        lines = self._pid_file()
        if not lines:
            return
        number = int(lines[0])
        if str(self.data) in _command_of(number):
            with contextlib.suppress(ProcessLookupError):
                os.kill(number, signal.SIGINT)
            _until(
                lambda: str(self.data) not in _command_of(number),
                f"An earlier embedded server (process {number}) does not end.",
            )
        (self.data / "postmaster.pid").unlink(missing_ok=True)

    def _leave(self) -> None:
        if self._using is not None:
            os.close(self._using)
            self._using = None


def _throw_away(folder: Path) -> None:
    """In one step, so that somebody who starts at this moment finds either all of it or nothing."""
    gone = folder.with_name(f"{folder.name}-{secrets.token_hex(4)}")
    with contextlib.suppress(FileNotFoundError):
        folder.rename(gone)
    shutil.rmtree(gone, ignore_errors=True)


def _until(true: Callable[[], bool], otherwise: str) -> None:
    end = time.monotonic() + PATIENCE
    while not true():
        if time.monotonic() > end:
            raise ServerTrouble(otherwise)
        time.sleep(0.01)


def _command_of(process: int) -> str:
    """The command line of a living process: the number in an old file may be somebody else's by now."""
    try:
        return Path(f"/proc/{process}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except OSError:
        if Path("/proc/self").exists():
            return ""
    listed = subprocess.run(
        ["ps", "-o", "command=", "-p", str(process)],  # noqa: S607
        capture_output=True,
        text=True,
    )
    return listed.stdout
