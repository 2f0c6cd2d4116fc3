"""The data of an embedded server: made once, with roles and a database, each with a password of its own."""

import json
import os
import secrets
import shutil
import tempfile
from pathlib import Path

from .account import Account
from .binaries import ServerTrouble

DATABASE = "calcapp"
LOGINS = {"app": "calc_app", "owner": "calc_migrate", "admin": "postgres"}

# One statement a line, as the single-user server reads them.
ROLES = """\
CREATE ROLE calc_owner NOLOGIN;
CREATE ROLE calc_migrate LOGIN PASSWORD '{owner}' IN ROLE calc_owner;
CREATE ROLE calc_app LOGIN PASSWORD '{app}' NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION;
ALTER ROLE calc_migrate SET role = 'calc_owner';
ALTER ROLE calc_migrate SET lock_timeout = '4s';
ALTER ROLE calc_app SET statement_timeout = '5s';
ALTER ROLE calc_app SET lock_timeout = '2s';
ALTER ROLE calc_app SET idle_in_transaction_session_timeout = '10s';
ALTER ROLE calc_app SET timezone = 'UTC';
CREATE DATABASE {database} OWNER calc_owner;
"""


def make(data: Path, passwords: Path, binaries: Path, account: Account, durable: bool) -> None:
    """Under another name until all is done, so that an interrupted start leaves nothing half made."""
    if (data / "PG_VERSION").exists():
        if not passwords.exists():
            raise ServerTrouble(
                f"The data in {data} are there, but their passwords in {passwords} are gone. "
                "Bring that file back, or remove the data."
            )
        return
    making = account.own(Path(tempfile.mkdtemp(prefix="making-", dir=data.parent)))
    chosen = {role: secrets.token_urlsafe(24) for role in LOGINS}
    try:
        _initialise(making / "data", making / "password", chosen["admin"], binaries, account, durable)
        _fill(making / "data", chosen, binaries, account)
        passwords.unlink(missing_ok=True)
        with open(os.open(passwords, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as kept:
            json.dump(chosen, kept)
        (making / "data").rename(data)
    finally:
        shutil.rmtree(making, ignore_errors=True)


def _initialise(data: Path, note: Path, password: str, binaries: Path, account: Account, durable: bool) -> None:
    note.touch(0o600)
    note.write_text(password)
    account.own(note)
    command = [f"{binaries}/initdb", "-D", str(data), "-U", LOGINS["admin"], f"--pwfile={note}"]
    command += ["--auth=scram-sha-256", "--encoding=UTF8", "--locale=C"]
    if not durable:
        command.append("--no-sync")
    for letters in ("C.UTF-8", "en_US.UTF-8", "C"):  # what ILIKE and pg_trgm take for a letter
        made = account.run([*command, f"--lc-ctype={letters}"])
        if made.returncode == 0:
            return
    raise ServerTrouble(f"The embedded server's data could not be made: {made.stderr.strip()}")


def _fill(data: Path, chosen: dict[str, str], binaries: Path, account: Account) -> None:
    single = [f"{binaries}/postgres", "--single", "-D", str(data), "-c", "exit_on_error=on", "postgres"]
    filled = account.run(single, ROLES.format(database=DATABASE, **chosen))
    if filled.returncode != 0:
        raise ServerTrouble(f"The embedded server's roles could not be made: {filled.stderr.strip()}")
