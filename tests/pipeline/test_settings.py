"""What can be set: the code, .env.example and docs/settings.md hold the same list."""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
READ = re.compile(
    r"""read\.\w+\(\s*["']([A-Z][A-Z0-9_]+)["']  # through Reader, in settings.py and gunicorn.conf.py
      | environ(?:ment)?(?:\.get|\.setdefault)?[(\[]\s*["']([A-Z][A-Z0-9_]+)["']  # before settings""",
    re.X,
)
COMPOSE = re.compile(r"\$\{([A-Z][A-Z0-9_]+)")
NOT_OURS = {"CI", "HOME", "PATH", "VIRTUAL_ENV"}  # the machine's own, or set for a run of the pipeline alone


def read_by_the_code() -> set[str]:
    sources = [*ROOT.glob("calcapp/**/*.py"), *ROOT.glob("bin/*.py"), ROOT / "gunicorn.conf.py"]
    names = {name for path in sources for found in READ.findall(path.read_text()) for name in found if name}
    names |= {name for path in ROOT.glob("docker-compose*.yml") for name in COMPOSE.findall(path.read_text())}
    return {name.removesuffix("_FILE") for name in names} - NOT_OURS


def shown_as_example() -> set[str]:
    return set(re.findall(r"^(?:# ?)?([A-Z][A-Z0-9_]+)=", (ROOT / ".env.example").read_text(), re.M))


def explained() -> set[str]:
    return set(re.findall(r"^\| `([A-Z][A-Z0-9_]+)`", (ROOT / "docs/settings.md").read_text(), re.M))


def test_every_setting_is_in_the_example():
    assert shown_as_example() == read_by_the_code()


def test_every_setting_is_explained():
    assert explained() == read_by_the_code()


def test_the_example_holds_no_secret_that_would_start():
    example = (ROOT / ".env.example").read_text()
    assert not re.search(r"^(SECRET_KEY|DATABASE_URL|SMTP_PASSWORD)=.+", example, re.M)


def test_what_changes_in_development_is_loaded_again():
    """What gunicorn loads before it forks stays as it was in every worker that comes after."""
    code = """
import runpy, sys
for options in [], ["--reload"]:
    sys.argv[1:] = options
    print(runpy.run_path("gunicorn.conf.py")["preload_app"])
"""
    said = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert said.stdout.split() == ["True", "False"]
