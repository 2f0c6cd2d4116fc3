"""The part of `make check` for what carries the program: the migrations' SQL, the compose files."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent

# What squawk would warn of and is meant, place by place: alembic's own table is alembic's; versions count
# edits by hand, and `count` a person's tries within minutes; `digits` is one of four numbers, by a CHECK; the
# audit's CHECK comes back wider at once; what the search looks at is written for all records, once, and its old
# index goes first.
MEANT = {
    r"^ *version_num VARCHAR\(32\)": "prefer-text-field",
    r"^ *(version|count) INTEGER": "prefer-bigint-over-int",
    r"^ALTER TABLE audit_events DROP CONSTRAINT ck_audit_events_object;": "ban-drop-constraint",
    r"^DROP INDEX IF EXISTS ix_calculations_search;": "require-concurrent-index-deletion",
    r"^ALTER TABLE calculations ADD COLUMN sought TEXT GENERATED": "adding-field-with-default",
    r"^ *(ALTER TABLE \w+ ADD COLUMN )?digits SMALLINT": "prefer-bigint-over-smallint",
}
COMPOSE = (
    ["docker-compose.yml"],
    ["docker-compose.yml", "docker-compose.dev.yml"],
    ["docker-compose.yml", "docker-compose.tls.yml"],
)


def migrations() -> str:
    """What squawk finds in the SQL of all migrations, printed without a database."""
    nowhere = os.environ | {
        "DATABASE_URL": "postgresql:///none",
        "SECRET_KEY": "only-prints-0123456789-abcdefghijklm",
    }
    nowhere.pop("OWNER_DATABASE_URL", None)
    flask = [sys.executable, "-m", "flask", "--app", "wsgi", "db", "upgrade", "--sql"]
    printed = subprocess.run(flask, cwd=ROOT, capture_output=True, text=True, env=nowhere)
    if printed.returncode:
        return printed.stderr
    statements = printed.stdout
    for line, rule in MEANT.items():
        statements = re.sub(f"({line})", rf"-- squawk-ignore {rule}\n\1", statements, flags=re.MULTILINE)
    squawk = [BIN / "squawk", "--pg-version", "15", "--reporter", "gcc"]
    found = subprocess.run(squawk, input=statements, cwd=ROOT, capture_output=True, text=True)
    return (found.stdout + found.stderr) if found.returncode else ""


def compose_files() -> str:
    """What `docker compose config` has against them. Where there is none, that is said; a pipeline fails."""
    docker = shutil.which("docker")
    if docker is None or subprocess.run([docker, "compose", "version"], capture_output=True).returncode:
        if os.environ.get("CI"):
            return "There is no docker compose here, so the compose files were not checked."
        print("left out: the compose files, as there is no docker compose here")
        return ""
    environment = os.environ | {"PUBLIC_URL": "https://localhost"}
    trouble = ""
    for files in COMPOSE:
        command = [
            docker,
            "compose",
            *(word for file in files for word in ("--file", file)),
            "config",
            "--quiet",
        ]
        trouble += subprocess.run(command, cwd=ROOT, capture_output=True, text=True, env=environment).stderr
    return trouble
