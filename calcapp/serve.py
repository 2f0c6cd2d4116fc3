"""`make run`: what is missing is made, then gunicorn serves. A failure is a sentence that says what to do."""

import os
import re
import signal
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import click
import psycopg2
from gunicorn.app.base import Application
from gunicorn.arbiter import Arbiter

from calcapp import connections, local
from calcapp.embedded import ServerTrouble

ROOT = Path(__file__).resolve().parent.parent
OLDEST_SERVER = 15


class CannotServe(Exception):
    """The message says what to do."""


def main() -> None:
    try:
        listener = listen(os.environ.get("PORT") or "8000")
        os.environ.setdefault("PUBLIC_URL", address_of(listener))
        server = None
        if not local.names_a_database(os.environ):
            server = local.start_server(os.environ)
            if server.is_elsewhere:
                click.echo(f"The records are in {server.home}: the server's user cannot get into {server.folder}.")
        local.find_secret(os.environ)
        migrate(os.environ.get("OWNER_DATABASE_URL") or named("DATABASE_URL"))
    except (CannotServe, ServerTrouble) as trouble:
        click.echo(trouble, err=True)
        sys.exit(1)
    except KeyboardInterrupt:
        sys.exit(130)
    try:
        Served(listener).run()
    finally:
        if server:
            server.stop()  # in gunicorn's workers, which pass here too, it does nothing


def listen(port: str) -> socket.socket:
    """The port is taken before anything else is done, so that nothing is made in vain."""
    if not (port.isascii() and port.isdigit() and int(port) < 65536):
        raise CannotServe(f"PORT is {port!r}. Give a number from 1 to 65535: make run PORT=8001")
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind(("127.0.0.1", int(port)))
    except PermissionError:
        raise CannotServe(f"Port {port} is not for ordinary users. Choose another: make run PORT=8000") from None
    except OSError:
        other = 8001 if int(port) == 8000 else 8000
        raise CannotServe(
            f"Port {port} is taken, perhaps by a Calcapp that runs already. Choose another: make run PORT={other}"
        ) from None
    listener.listen(2048)
    return listener


def address_of(listener: socket.socket) -> str:
    return f"http://127.0.0.1:{listener.getsockname()[1]}"


def named(setting: str) -> str:
    """A setting, or the text of the file that NAME_FILE names."""
    try:
        return os.environ.get(setting) or Path(os.environ[f"{setting}_FILE"]).read_text().strip()
    except OSError as error:
        raise CannotServe(f"{setting}_FILE cannot be read: {error.strerror}.") from None


def migrate(url: str) -> None:
    """Bring the tables to the newest form. One look tells whether anything is to be done."""
    if form_of_tables(url) == newest_form():
        return
    click.echo("Preparing the tables ...")
    flask = [sys.executable, "-m", "flask", "--app", "wsgi", "db", "upgrade"]
    done = subprocess.run(flask, cwd=ROOT, capture_output=True, text=True)
    if done.returncode != 0:
        last = (done.stderr.strip().splitlines() or ["no reason was given"])[-1]
        raise CannotServe(
            f"The tables could not be prepared: {last}\n"
            f"To see all of it: {sys.executable} -m flask --app wsgi db upgrade"
        )


def newest_form() -> str:
    """The last migration's name: they are one straight line, named by number."""
    newest = max((ROOT / "migrations" / "versions").glob("[0-9]*.py"))
    found = re.search(r'^revision(?:: str)? = "(.+)"', newest.read_text(encoding="utf-8"), re.MULTILINE)
    return found[1] if found else ""


def form_of_tables(url: str) -> str | None:
    try:
        connection = connections.opened(url, patience=5)
    except psycopg2.Error as error:
        reason = str(error).strip().splitlines()[0]
        raise CannotServe(
            f"The database cannot be reached: {reason}\n"
            "Start it, correct DATABASE_URL, or leave DATABASE_URL out: then Calcapp brings a server along."
        ) from None
    try:
        with connection, connection.cursor() as cursor:
            if connection.server_version < OLDEST_SERVER * 10000:
                version = connection.server_version // 10000
                raise CannotServe(f"That server is PostgreSQL {version}; Calcapp needs {OLDEST_SERVER} or newer.")
            cursor.execute("SELECT to_regclass('alembic_version') IS NOT NULL")
            if cursor.fetchone() == (True,):
                cursor.execute("SELECT version_num FROM alembic_version")
                return (cursor.fetchone() or (None,))[0]
            return None
    finally:
        connection.close()


class Served(Application):
    """gunicorn with the settings of gunicorn.conf.py, on a socket that is open already, and quiet."""

    def __init__(self, listener: socket.socket) -> None:
        self.address = address_of(listener)
        self.listener = listener.detach()  # from now on gunicorn's, to close when it sees fit
        super().__init__()

    def load_config(self) -> None:
        self.load_config_from_file(str(ROOT / "gunicorn.conf.py"))
        self.cfg.set("bind", f"fd://{self.listener}")
        self.cfg.set("loglevel", "warning")
        self.cfg.set("chdir", str(ROOT))
        self.cfg.set("when_ready", end_with_the_terminal)
        self.worker_is_ready = self.cfg.post_worker_init
        self.cfg.set("post_worker_init", self.say_so)
        self.chdir()

    def load(self) -> Any:
        from calcapp import create_app

        return create_app()

    def say_so(self, worker: Any) -> None:
        self.worker_is_ready(worker)
        if worker.age == 1:
            click.echo(
                f"Calcapp serves on {self.address}: open it in a browser. Ctrl-C stops it. "
                "An administrator is made by: .venv/bin/flask admin create EMAIL"
            )


def end_with_the_terminal(arbiter: Arbiter) -> None:
    """To gunicorn a hang-up means: read the settings again. Here it means that the window was closed."""
    signal.signal(signal.SIGHUP, lambda number, frame: os.kill(os.getpid(), signal.SIGTERM))


if __name__ == "__main__":
    main()
