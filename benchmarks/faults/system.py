"""The system that is hurt: a PostgreSQL that syncs to disk, gunicorn as in production, a wire before each."""

import contextlib
import http.client
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import psycopg2

from benchmarks.faults.cut_proxy import CutProxy
from calcapp.embedded import Embedded
from tests.serving import OURS, ROOT, Site, eventually

SECRET = "only-for-a-run-of-faults-0123456789-abcdefghijklmnop"
# How the image tells the C library to give memory back.
MALLOC = dict(re.findall(r"(MALLOC_\w+)=(\d+)", (ROOT / "Dockerfile").read_text(encoding="utf-8")))
UNLIMITED = {f"LIMIT_{name}": "1000000" for name in ("REGISTER", "CALCULATE", "LOG_IN", "LOG_IN_ADDRESS", "LOG_IN_ALL")}


class System:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.database = Embedded(folder / "postgres").start()
        self.to_database = CutProxy(self._to_database)
        self.settings = {"SECRET_KEY": SECRET, **UNLIMITED, **MALLOC}
        self.flask("db", "upgrade")
        self.webs: list[Site] = []
        self.lead_to(self.start_web())
        self.to_web = CutProxy(lambda: socket.create_connection(("127.0.0.1", self.port), timeout=30))
        self.until_ready()

    def stop(self) -> None:
        for web in self.webs:
            with contextlib.suppress(subprocess.TimeoutExpired):
                web.interrupt(signal.SIGTERM)
            web.kill()
        self.to_web.close()
        self.to_database.close()
        self.database.stop()

    # The web

    def start_web(self, port: int | None = None, **settings: str) -> Site:
        """gunicorn with gunicorn.conf.py, on a free port or on this one; its database is behind the wire."""
        port = port or free_port()
        through = self.database.url().split("@")[0] + f"@127.0.0.1:{self.to_database.port}/calcapp"
        environment = self.settings | {"BIND": f"127.0.0.1:{port}", "DATABASE_URL": through} | settings
        web = Site([sys.executable, "-m", "gunicorn", "wsgi:app"], ROOT, environment)
        web.port = port
        self.webs.append(web)
        return web

    def lead_to(self, web: Site) -> None:
        """From now on the wire ends there."""
        self.web = web

    def replace_web(self, end: int = signal.SIGTERM, **settings: str) -> Site:
        """Start another beside the one that serves, lead the wire there once it is ready, and end the former one."""
        old, new = self.web, self.start_web(**settings)
        self.until_ready(new)
        self.lead_to(new)
        old.process.send_signal(end)
        return old

    @property
    def port(self) -> int:
        return self.web.port

    @property
    def address(self) -> str:
        """Of the wire before gunicorn."""
        return f"http://127.0.0.1:{self.to_web.port}"

    def get(self, path: str, web: Site | None = None) -> int | None:
        """As `status`, asked of gunicorn itself."""
        return self.status((web or self.web).port, path)

    @staticmethod
    def status(port: int, path: str) -> int | None:
        """Of a page; None where no answer came in time."""
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=5.0)
        try:
            connection.request("GET", path)
            return connection.getresponse().status
        except (OSError, http.client.HTTPException):
            return None
        finally:
            connection.close()

    def until_ready(self, web: Site | None = None) -> None:
        eventually(lambda: self.get("/healthz/ready", web) == 200, web or self.web)

    def workers(self, web: Site | None = None) -> list[psutil.Process]:
        """gunicorn's workers; the engine's cells are theirs."""
        try:
            return psutil.Process((web or self.web).process.pid).children()
        except psutil.NoSuchProcess:
            return []

    def everybody(self) -> list[psutil.Process]:
        """gunicorn, its workers and their cells."""
        master = psutil.Process(self.web.process.pid)
        return [master, *master.children(recursive=True)]

    def flask(self, *words: str, **settings: str) -> subprocess.CompletedProcess[str]:
        """A command of the operator's, at the database itself."""
        command = [sys.executable, "-m", "flask", "--app", "wsgi", *words]
        kept = {name: value for name, value in os.environ.items() if name not in OURS}
        urls = {"DATABASE_URL": self.database.url(), "OWNER_DATABASE_URL": self.database.url(role="owner")}
        return subprocess.run(
            command, cwd=ROOT, env=kept | self.settings | urls | settings, capture_output=True, text=True, timeout=60
        )

    # The database

    def _to_database(self) -> socket.socket:
        wire = socket.socket(socket.AF_UNIX)
        wire.settimeout(30)
        wire.connect(f"{self.database.socket}/.s.PGSQL.5432")
        wire.settimeout(None)
        return wire

    @property
    def postmaster(self) -> int:
        return int((self.database.data / "postmaster.pid").read_text().split()[0])

    def servers(self) -> list[psutil.Process]:
        """Every process of PostgreSQL."""
        postmaster = psutil.Process(self.postmaster)
        return [postmaster, *postmaster.children()]

    @contextlib.contextmanager
    def connected(self, role: str = "admin") -> Iterator[psycopg2.extensions.cursor]:
        """Past the wire; committed at the end."""
        connection = psycopg2.connect(self.database.url(role=role), connect_timeout=5)
        try:
            with connection, connection.cursor() as cursor:
                yield cursor
        finally:
            connection.close()

    def sql(self, query: str, *values: object) -> list[tuple]:
        with self.connected() as cursor:
            cursor.execute(query, values or None)
            return cursor.fetchall()

    def database_answers(self) -> bool:
        try:
            return self.sql("SELECT 1") == [(1,)]
        except psycopg2.Error:
            return False


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return free.getsockname()[1]


def pause(seconds: float) -> None:
    """For as long as a fault lasts."""
    time.sleep(seconds)
