"""What is used where the environment names nothing: an embedded server and a secret, both under instance/."""

import contextlib
import os
import secrets
from collections.abc import MutableMapping
from pathlib import Path

from calcapp.embedded import Embedded

INSTANCE = Path(__file__).resolve().parent.parent / "instance"


def names_a_database(environment: MutableMapping[str, str]) -> bool:
    return bool(environment.get("DATABASE_URL") or environment.get("DATABASE_URL_FILE"))


def start_server(environment: MutableMapping[str, str]) -> Embedded:
    """Start the embedded server, or join it, and name it in the environment. It runs as long as we do."""
    server = Embedded(INSTANCE / "postgres", pg_bin=environment.get("PG_BIN")).start()
    environment["DATABASE_URL"] = server.url()
    environment["OWNER_DATABASE_URL"] = server.url(role="owner")
    return server


def find_secret(environment: MutableMapping[str, str]) -> None:
    """Name the secret of this checkout in the environment, where it names none; made at the first start."""
    if environment.get("SECRET_KEY") or environment.get("SECRET_KEY_FILE"):
        return
    path = INSTANCE / "secret"
    INSTANCE.mkdir(exist_ok=True)
    with contextlib.suppress(FileExistsError):
        fresh = INSTANCE / f"secret.{os.getpid()}"
        with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
            file.write(secrets.token_hex(32))
        try:
            os.link(fresh, path)  # the first of several starts wins, and nobody reads half a secret
        finally:
            fresh.unlink()
    environment["SECRET_KEY"] = path.read_text().strip()
