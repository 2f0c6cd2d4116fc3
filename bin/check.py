"""`make check`: all that can be said about the code without running it. Prints a line for each check."""

import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from check_deployment import compose_files, migrations

LOCKING = ("--quiet", "--universal", "--python-version=3.11", "--no-emit-index-url")  # as in the Makefile

ROOT = Path(__file__).resolve().parent.parent
BIN = Path(sys.executable).parent

PROGRAMS: dict[str, list[str | Path]] = {
    "installed packages": ["python", "-m", "pip", "--disable-pip-version-check", "check"],
    "lint": ["ruff", "check", "--quiet", "--output-format=concise"],
    "form": ["ruff", "format", "--check", "--quiet", "--output-format=concise"],
    "imports": ["lint-imports", "--no-cache"],
    "types of the engine": ["mypy"],
    "templates": ["djlint", "--lint", "--quiet", "templates"],
    "lines of docs/security.md": ["python", "bin/draw_security.py", "--check"],
    "workflows": ["actionlint"],
    "safety of the workflows": ["zizmor", "--offline", "--quiet", "--persona=pedantic", ".github"],
    "Dockerfile": ["hadolint", "Dockerfile", ".github/base/Dockerfile"],
}
# Words that turn text into code, trust a text as HTML, or put a query together from text. MathML is written by a
# function that escapes every text it is given; nothing else may call its text safe.
FORBIDDEN = re.compile(
    r"(?<![\w.])(eval|exec|compile|sympify|parse_expr|literal_eval|render_template_string|__import__)\s*\("
    r"|\b(numexpr|pickle|marshal|shelve)\b"
    r"|\byaml\.load\b|\bMarkup\(|\|\s*safe\b|\{%\s*autoescape\s+false"
    r"|\btext\(\s*(f[\"']|[^)\"']*%|[\"'][^\"']*[\"']\s*(%|\.format))"
)
MAY_CALL_IT_SAFE = {"calcapp/display.py"}


def main() -> None:
    checks: dict[str, Callable[[], str]] = {
        name: lambda command=command: output_of(command) for name, command in PROGRAMS.items()
    }
    checks |= {"forbidden words": forbidden_words, "locks": locks}
    checks |= {"SQL of the migrations": migrations, "compose files": compose_files}
    with ThreadPoolExecutor(2) as pool:
        findings = list(pool.map(timed, checks.values()))
    failed = 0
    for name, (finding, seconds) in zip(checks, findings, strict=True):
        failed += bool(finding)
        print(f"{'FAILED' if finding else 'ok':7}{name} ({seconds:.1f} s)")
        if finding:
            print(finding.rstrip())
    print(f"{len(checks) - failed} passed, {failed} failed")
    sys.exit(bool(failed))


def timed(check: Callable[[], str]) -> tuple[str, float]:
    start = time.monotonic()
    return check(), time.monotonic() - start


def output_of(command: list[str | Path]) -> str:
    """What a program that is not content says; nothing where it is."""
    done = subprocess.run([BIN / command[0], *command[1:]], cwd=ROOT, capture_output=True, text=True)
    return (done.stdout + done.stderr or "It failed without a word.") if done.returncode else ""


def forbidden_words() -> str:
    return "\n".join(found_in("calcapp", ".py") | found_in("templates", ".html") | found_in("static", ".js"))


def found_in(folder: str, ending: str) -> dict[str, None]:
    return {
        f"{path}:{number}: {line.strip()}": None
        for path, number, line in lines_of(folder, ending)
        if FORBIDDEN.search(line) and not ("Markup(" in line and path in MAY_CALL_IT_SAFE)
    }


def lines_of(folder: str, ending: str) -> Iterator[tuple[str, int, str]]:
    for file in sorted((ROOT / folder).rglob(f"*{ending}")):
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1):
            yield file.relative_to(ROOT).as_posix(), number, line


def locks() -> str:
    """Every locked package has its hashes, and the locks are what `make lock` makes of the .in files."""
    return "".join(trouble_with(lock) for lock in sorted(path.stem for path in ROOT.glob("requirements*.in")))


def trouble_with(lock: str) -> str:
    text = (ROOT / f"{lock}.txt").read_text()
    locked = pins(text)
    bare = [name for name, hashed in locked.items() if not hashed]
    if bare:
        return f"{lock}.txt: without a hash: {', '.join(bare)}\n"
    if re.search(r"^\s*(-i|--(extra-)?index-url|--find-links)|file:", text, re.MULTILINE):
        return f"{lock}.txt names an index or a folder of one machine.\n"
    with tempfile.TemporaryDirectory() as folder:
        again = Path(folder, "again.txt")
        again.write_text(text)  # the versions to keep where they still fit
        compiled = subprocess.run(
            [BIN / "uv", "pip", "compile", *LOCKING, "--output-file", again, f"{lock}.in"],
            cwd=ROOT,
            capture_output=True,
            text=True,
        )
        if compiled.returncode:
            return f"{lock}.in cannot be locked: {compiled.stderr}"
        wanted = pins(again.read_text())
    if set(wanted) != set(locked):
        differing = ", ".join(sorted(set(wanted) ^ set(locked)))
        return f"{lock}.txt is not what `make lock` makes of {lock}.in: {differing}\n"
    return ""


def pins(text: str) -> dict[str, bool]:
    """name==version of each locked package, and whether a hash stands with it."""
    blocks = re.split(r"^(?=[A-Za-z0-9])", text, flags=re.MULTILINE)
    return {block.split()[0]: "--hash=sha256:" in block for block in blocks if "==" in block.split("\n")[0]}


if __name__ == "__main__":
    main()
