"""How many connections the processes may open together, and whether PostgreSQL allows so many. Asked at the start."""

import re

import psycopg2

from calcapp.settings import SettingError

MIGRATION = 1  # runs beside them at an upgrade
ALLOWED = """
SELECT least(
    current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int
        - coalesce(current_setting('reserved_connections', true)::int, 0),
    (SELECT nullif(rolconnlimit, -1) FROM pg_roles WHERE rolname = current_user),
    (SELECT nullif(datconnlimit, -1) FROM pg_database WHERE datname = current_database()))
"""


def check(url: str, workers: int, threads: int, each: int) -> None:
    """Raises SettingError where they do not fit. A database that is away allows what it will allow."""
    if each >= threads:
        raise SettingError(
            f"POOL_SIZE is {each} and WEB_THREADS is {threads}. Give a process fewer connections than threads: "
            "pages that need no database are then served even when it hangs."
        )
    needed, most = workers * each + MIGRATION, allowed(url) if url else None
    if most is not None and needed > most:
        raise SettingError(
            f"{workers} workers of {each} connections and a migration need {needed}; PostgreSQL allows {most}. "
            "Lower WEB_CONCURRENCY or POOL_SIZE, or raise its max_connections."
        )


def opened(url: str, patience: int) -> "psycopg2.extensions.connection":
    """A connection of the driver alone, in whichever way the address names it; waits so many seconds for it."""
    return psycopg2.connect(re.sub(r"^\w+(\+\w+)?://", "postgresql://", url), connect_timeout=patience)


def allowed(url: str) -> int | None:
    try:
        connection = opened(url, patience=3)
    except psycopg2.OperationalError:
        return None
    try:
        with connection, connection.cursor() as cursor:
            cursor.execute(ALLOWED)
            return cursor.fetchone()[0]
    finally:
        connection.close()
