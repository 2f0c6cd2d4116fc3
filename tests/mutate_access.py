"""Does the access matrix notice when a guard is gone? Takes out one after the other and lets it try.

    python -m tests.mutate_access [PART OF A PLACE …]

Each condition that ties a row to its owner, and each gate, is removed in a copy of the project; the matrix must
fail there. Prints a line for each and ends with 1 where one was not missed. Some minutes: for after a change of
guards, not for each run of the tests.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests import postgres
from tests.conftest import migrate

ROOT = Path(__file__).resolve().parent.parent
NEEDED = ("calcapp", "migrations", "static", "templates", "tests", "pyproject.toml", "wsgi.py")
MATRIX = ["tests/web/test_access_matrix.py", "tests/web", "tests/accounts"]  # the matrix first, then who knows more

# `cls.user_id == user.id` becomes `cls.user_id == cls.user_id`: true for everybody's rows.
OWNED = re.compile(r"\b(\w+)\.(user_id|owner_id) == (?!\1\.)([a-z][\w.]*)")
GATES = [
    ("calcapp/access.py", "if not current_user.is_admin:", "if False:"),
    ("calcapp/access.py", "else login_manager.unauthorized()", "else None"),
    ("calcapp/access.py", "app.before_request(refuse_other_sites)", "pass"),
    ("calcapp/access.py", "app.before_request(refuse_null_in_address)", "pass"),
    ("calcapp/access.py", 'regex = "[1-9][0-9]{0,17}"', r'regex = "\\d+"'),
    ("calcapp/factory.py", "csrf.init_app(app)", "app.config.update(WTF_CSRF_ENABLED=False)"),
    ("calcapp/factory.py", "security.init_app(app)", "pass"),
    ("calcapp/admin/__init__.py", "bp.before_request(only_administrators)", "pass"),
    ("calcapp/admin/users.py", "act_as(current_user.id, form.reason.data)", "act_as(0, form.reason.data)"),
    ("calcapp/models/session.py", "hash_token(token), User.active", "hash_token(token)"),
    ("calcapp/models/user.py", "self._keep_an_administrator()", "pass"),
    ("calcapp/models/user.py", "User.id == self.id, User.version == version", "User.id == self.id"),
]


def main():
    wanted = sys.argv[1:] or [""]
    mutations = [
        mutation for mutation in [*owners(), *gates()] if any(part in f"{mutation[0]}:{mutation[1]}" for part in wanted)
    ]
    missed = 0
    with postgres.shared_server() as server:
        postgres.migrated_template(server, migrate)
        for path, line, text in mutations:
            began = time.monotonic()
            noticed = fails_with(path, line, text)
            missed += not noticed
            print(
                f"{'noticed' if noticed else 'MISSED ':8}{path}:{line} {text.strip()[:90]}"
                f" ({time.monotonic() - began:.0f} s){'  by ' + noticed if noticed else ''}",
                flush=True,
            )
    print(f"{len(mutations) - missed} of {len(mutations)} noticed")
    sys.exit(bool(missed))


def owners():
    """(path, line, the line without its condition) for each condition that names an owner."""
    for file in sorted((ROOT / "calcapp").rglob("*.py")):
        for number, line in enumerate(file.read_text().splitlines(), 1):
            for found in OWNED.finditer(line):
                everybodys = f"{found[1]}.{found[2]} == {found[1]}.{found[2]}"
                yield (
                    file.relative_to(ROOT).as_posix(),
                    number,
                    line[: found.start()] + everybodys + line[found.end() :],
                )


def gates():
    for path, there, instead in GATES:
        lines = (ROOT / path).read_text().splitlines()
        places = [number for number, line in enumerate(lines, 1) if there in line]
        if not places:
            sys.exit(f"{path} no longer has: {there}")
        for number in places:
            yield path, number, lines[number - 1].replace(there, instead)


def fails_with(path, line, text):
    """The name of the first test that notices, or nothing."""
    with tempfile.TemporaryDirectory() as folder:
        for name in NEEDED:
            copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
            copy(ROOT / name, Path(folder, name))
        file = Path(folder, path)
        lines = file.read_text().splitlines()
        lines[line - 1] = text
        file.write_text("\n".join(lines) + "\n")
        run = subprocess.run(
            [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *MATRIX],
            cwd=folder,
            capture_output=True,
            text=True,
            env=os.environ | {"PYTHONDONTWRITEBYTECODE": "1"},
        )
        first = re.search(r"^(?:FAILED|ERROR) \S+::(\S+)", run.stdout, re.MULTILINE)
        return run.returncode and (first[1][:70] if first else run.stdout[-300:] + run.stderr[-300:])


if __name__ == "__main__":
    main()
