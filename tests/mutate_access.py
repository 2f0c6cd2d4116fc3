"""Do the tests notice when a guard is gone? Takes out one after the other and lets them try. `make guards`

    python -m tests.mutate_access [PART OF A PLACE …]

Each condition that ties a row to its owner and each gate is removed in a copy of the project: the access matrix must
fail there. So is each other guard of accounts, which any test of accounts may notice. Only tests that come by a
guard are run, as no other can notice; a first run with coverage finds out which these are.
Prints a line for each and ends with 1 where one was not missed.
"""

import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

from coverage import CoverageData

from tests import postgres
from tests.conftest import migrate

ROOT = Path(__file__).resolve().parent.parent
NEEDED = ("calcapp", "deploy", "migrations", "static", "templates", "tests", "pyproject.toml", "wsgi.py")
MATRIX = ["tests/web/test_access_matrix.py", "tests/web/test_access_of_twins.py"]
ACCOUNTS = [
    "tests/accounts",
    "tests/web/test_admin_users.py",
    "tests/web/test_defences.py",
    "tests/web/test_taking_along.py",
    "--deselect=tests/accounts/test_workers.py",  # in processes of its own, in which nothing is counted
]

# `cls.user_id == user.id` becomes `cls.user_id == cls.user_id`: true for everybody's rows.
OWNED = re.compile(r"\b(\w+)\.(user_id|owner_id|deleted_by|id) == (?!\1\.)([a-z][\w.]*)")
# (file, what stands there, what instead). The first are the matrix's own to notice.
GATES = [
    ("calcapp/access.py", "if not current_user.is_admin:", "if False:"),
    ("calcapp/access.py", "else login_manager.unauthorized()", "else None"),
    ("calcapp/access.py", "if current_user.leaving_at and", "if False and"),
    ("calcapp/access.py", '["ADMIN_SECOND_FACTOR"] and not', '["ADMIN_SECOND_FACTOR"] and False and not'),
    ("calcapp/access.py", "app.before_request(refuse_other_sites)", "pass"),
    ("calcapp/access.py", "app.before_request(refuse_null_in_address)", "pass"),
    ("calcapp/access.py", 'regex = "[1-9][0-9]{0,17}"', r'regex = "\\d+"'),
    ("calcapp/factory.py", "csrf.init_app(app)", "app.config.update(WTF_CSRF_ENABLED=False)"),
    ("calcapp/factory.py", "security.init_app(app)", "pass"),
    ("calcapp/admin/__init__.py", "bp.before_request(only_administrators)", "pass"),
    ("calcapp/admin/users.py", "act_as(current_user.id, form.reason.data)", "act_as(0, form.reason.data)"),
    ("calcapp/history/views.py", "if found.removed_by_administrator:", "if False:"),
]
GUARDS = [
    ("calcapp/access.py", "if not user.is_unchanged():", "if False:"),
    ("calcapp/models/user.py", ".with_for_update(key_share=True)", ""),
    ("calcapp/errors.py", 'or g.get("from_elsewhere")', ""),
    ("calcapp/accounts/tries.py", 'who = f"code {known_device(user.email) or user.id}"', 'who = f"code {user.id}"'),
    ("calcapp/accounts/password.py", "tries.forget_codes(user)", "pass"),
    ("calcapp/models/user.py", "self._keep_an_administrator()", "pass"),
    ("calcapp/models/user.py", "User.id == self.id, User.version == version", "User.id == self.id"),
    ("calcapp/models/session.py", "User.active, cls.lives()", "User.active"),
    ("calcapp/models/share.py", "Calculation.deleted_at.is_(None), User.active", "Calculation.deleted_at.is_(None)"),
    ("calcapp/models/share.py", "cls.token == token, Calculation.deleted_at.is_(None)", "cls.token == token"),
    ("calcapp/models/passkey.py", "== credential_id, User.active", "== credential_id"),
    ("calcapp/models/mailed_link.py", "hash_token(token), cls.purpose == purpose", "hash_token(token)"),
    ("calcapp/models/mailed_link.py", "cls.expires_at > func.now(), User.active", "User.active"),
    ("calcapp/models/mailed_link.py", "cls.expires_at > func.now(), User.active", "cls.expires_at > func.now()"),
    ("calcapp/models/second_factor.py", "Authenticator.last_step < step", "True"),
    ("calcapp/accounts/logging_in.py", "if not fits or not user.active:", "if not fits:"),
    ("calcapp/accounts/logging_in.py", 'user.active and half["hash"]', 'half["hash"]'),
    ("calcapp/accounts/logging_in.py", '== fingerprint(user)', '!= ""'),
    ("calcapp/accounts/lost_password.py", "if not link.use_up():", "if False:"),
    ("calcapp/accounts/lost_password.py", "if user.email_verified_at is None:", "if False:"),
    ("calcapp/accounts/address.py", "if not changed and old != email:", "if False:"),
    ("calcapp/accounts/address.py", "not link.use_up() or", ""),
    ("calcapp/accounts/mails.py", "ssl.create_default_context()", "ssl._create_unverified_context()"),
    ("calcapp/accounts/mails.py", "server.starttls(context=trusted)", "pass"),
    ("calcapp/accounts/ceremony.py", 'throttle.first_time(f"challenge {challenge}")', "True"),
    ("calcapp/accounts/password.py", "Session.end_all(user, except_for=except_for)", "pass"),
    ("calcapp/accounts/password.py", "MailedLink.end_all(user)", "pass"),
]  # fmt: skip


class Mutant(NamedTuple):
    path: str
    line: int
    text: str  # what stands in the line instead
    tests: list[str]  # who must notice


def main() -> None:
    wanted = sys.argv[1:] or [""]
    mutants = [mutant for mutant in all_of_them() if any(part in f"{mutant.path}:{mutant.line}" for part in wanted)]
    missed = 0
    with postgres.shared_server() as server:
        postgres.migrated_template(server, migrate)
        passing = who_comes_by()
        with ThreadPoolExecutor(max_workers=2) as two:
            for mutant, by in zip(mutants, two.map(lambda mutant: noticed_by(mutant, passing), mutants), strict=True):
                missed += by is None
                print(
                    f"{'MISSED ' if by is None else 'noticed'} {mutant.path}:{mutant.line} {mutant.text.strip()[:90]}"
                    f"{'' if by is None else '  by ' + by.partition('::')[2][:90]}",
                    flush=True,
                )
    print(f"{len(mutants) - missed} of {len(mutants)} noticed")
    sys.exit(bool(missed))


def all_of_them() -> Iterator[Mutant]:
    for file in sorted((ROOT / "calcapp").rglob("*.py")):
        path = file.relative_to(ROOT).as_posix()
        for number, line in enumerate(file.read_text().splitlines(), 1):
            for found in OWNED.finditer(line):
                everybodys = f"{found[1]}.{found[2]} == {found[1]}.{found[2]}"
                yield Mutant(path, number, line[: found.start()] + everybodys + line[found.end() :], MATRIX)
            if line == "@lately_confirmed":
                yield Mutant(path, number, "", [*MATRIX, "-k", "last_proof"])
    for tests, guards in ((MATRIX, GATES), (ACCOUNTS, GUARDS)):
        for path, there, instead in guards:
            lines = (ROOT / path).read_text().splitlines()
            places = [number for number, line in enumerate(lines, 1) if there in line]
            if not places:
                sys.exit(f"{path} no longer has: {there}")
            for number in places:
                yield Mutant(path, number, lines[number - 1].replace(there, instead), tests)


def who_comes_by() -> dict[tuple[str, int], list[str]]:
    """{(file, line): [test|run, or test|setup, or '' for what is run before the first test]}."""
    with tempfile.TemporaryDirectory() as folder:
        kept = Path(folder, "coverage")
        asked = [
            "-n",
            "2",
            "--dist",
            "loadfile",
            "--cov=calcapp",
            "--cov-context=test",
            "--cov-report=",
            "--cov-fail-under=0",
            *MATRIX,
            *ACCOUNTS,
        ]
        done = pytest(asked, ROOT, COVERAGE_FILE=str(kept))
        if done.returncode:
            sys.exit(f"Mend the tests first:\n{done.stdout[-2000:]}")
        data = CoverageData(str(kept))
        data.read()
        return {
            (Path(file).relative_to(ROOT).as_posix(), line): contexts
            for file in data.measured_files()
            for line, contexts in data.contexts_by_lineno(file).items()
        }


def noticed_by(mutant: Mutant, passing: dict[tuple[str, int], list[str]]) -> str | None:
    """The first test that fails without this guard."""
    contexts = passing.get((mutant.path, mutant.line), [])
    tests = [test for test, _, part in (context.partition("|") for context in contexts) if part == "run"]
    files = tuple(name for name in mutant.tests if name.startswith("tests/"))
    ours = [test for test in tests if test.startswith(files)]
    if len(tests) < len(contexts):  # all tests come by where it is run before them: at an import, by a fixture
        ours = mutant.tests
    if not ours:
        return None
    with tempfile.TemporaryDirectory() as folder:
        copy_without(mutant, Path(folder))
        run = pytest(["-x", "-p", "no:cacheprovider", *ours], folder, PYTHONDONTWRITEBYTECODE="1")
        first = re.search(r"^(?:FAILED|ERROR) (\S+::.+?)(?: - |$)", run.stdout, re.MULTILINE)
        return (first[1] if first else run.stdout[-300:] + run.stderr[-300:]) if run.returncode else None


def copy_without(mutant: Mutant, folder: Path) -> None:
    for name in NEEDED:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy
        copy(ROOT / name, folder / name)
    file = folder / mutant.path
    lines = file.read_text().splitlines()
    lines[mutant.line - 1] = mutant.text
    file.write_text("\n".join(lines) + "\n")


def pytest(arguments: list[str], folder: Path | str, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pytest", "-q", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, env=os.environ | environment)


if __name__ == "__main__":
    main()
