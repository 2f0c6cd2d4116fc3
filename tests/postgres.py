"""The throw-away PostgreSQL that all tests share: one server, one template, a clone for each worker.

The first process that asks starts it, the last one stops and removes it. TEST_DATABASE_URL names another
server to test on instead, and an account there that may create databases.
"""

import contextlib
import fcntl
import os
import secrets
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg2
from psycopg2 import sql

from calcapp.embedded import Embedded

PLACE = "CALC_TEST_SERVER"  # handed down from pytest to its workers
TEMPLATE = "calc_template"


class Installed:
    """A server that somebody else runs, with the same face as Embedded."""

    def __init__(self, url: str) -> None:
        self.address = urlsplit(url)

    def start(self) -> "Installed":
        return self

    def stop(self) -> None:
        pass

    def __enter__(self) -> "Installed":
        return self.start()

    def __exit__(self, *_trouble: object) -> None:
        self.stop()

    def url(self, database: str = "postgres", role: str = "app") -> str:
        return urlunsplit(self.address._replace(path=f"/{database}"))


def shared_server() -> Embedded | Installed:
    """Not started yet. The same for pytest and for each of its workers."""
    if os.environ.get("TEST_DATABASE_URL"):
        return Installed(os.environ["TEST_DATABASE_URL"])
    if PLACE not in os.environ:
        os.environ[PLACE] = str(Path(tempfile.gettempdir(), f"calc-tests-{secrets.token_hex(8)}"))
    return Embedded(Path(os.environ[PLACE]), durable=False)


def migrated_template(server: Embedded | Installed, migrate: Callable[[str], None]) -> str:
    """The name of a database that `migrate(url of the owner)` has filled, once for all workers."""
    with _alone(), _admin(server) as run:
        if not run("SELECT FROM pg_database WHERE datname = %s", TEMPLATE):
            making = f"{TEMPLATE}_making"
            _create(run, making, None)
            migrate(server.url(making, role="owner"))
            run(sql.SQL("ALTER DATABASE {} RENAME TO {}").format(sql.Identifier(making), sql.Identifier(TEMPLATE)))
    return TEMPLATE


def clone(server: Embedded | Installed, name: str, template: str | None = TEMPLATE) -> str:
    """A fresh database of that name like the template; `None` makes an empty one."""
    with _alone(), _admin(server) as run:
        _create(run, name, template)
    return name


def drop(server: Embedded | Installed, name: str) -> None:
    with _admin(server) as run:
        run(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))


def _create(run: Callable[..., list[tuple]], name: str, template: str | None) -> None:
    run(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
    statement = sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(
        sql.Identifier(name), sql.Identifier(template or "template0")
    )
    if run("SELECT FROM pg_roles WHERE rolname = 'calc_owner'"):
        statement += sql.SQL(" OWNER calc_owner")
    run(statement)


@contextlib.contextmanager
def _admin(server: Embedded | Installed) -> Iterator[Callable[..., list[tuple]]]:
    connection = psycopg2.connect(server.url("postgres", role="admin"))
    connection.autocommit = True

    def run(statement: str | sql.Composable, *values: object) -> list[tuple]:
        with connection.cursor() as cursor:
            cursor.execute(statement, values or None)
            return cursor.fetchall() if cursor.description is not None else []

    try:
        yield run
    finally:
        connection.close()


@contextlib.contextmanager
def _alone() -> Iterator[None]:
    """One worker after the other: a template that is being copied allows nobody else in."""
    with Path(os.environ.get(PLACE, tempfile.gettempdir()), f"tests-{os.getuid()}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
