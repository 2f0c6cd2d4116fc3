import os
import shutil
from pathlib import Path

import pytest

from tests.serving import ROOT, eventually, processes_in

WHAT_RUNS = ("bin", "calcapp", "migrations", "static", "templates")


@pytest.fixture
def folder(tmp_path):
    """A place that a server's user can get into, as a checkout usually is; pytest's own are not."""
    place = Path("/tmp", f"calc-{os.getpid()}-{tmp_path.name}"[:60])
    place.mkdir(mode=0o755)
    yield place
    eventually(lambda: not processes_in(place), f"nothing of {place} running any more")
    shutil.rmtree(place, ignore_errors=True)


def copy_of_project(place: Path) -> Path:
    """As after git clone, without .venv and instance."""
    ignored = shutil.ignore_patterns("__pycache__", "*.pyc")
    for name in WHAT_RUNS:
        shutil.copytree(ROOT / name, place / name, ignore=ignored)
    for file in (*ROOT.glob("requirements*"), *ROOT.glob("*.py"), ROOT / "Makefile"):
        shutil.copy(file, place)
    return place


@pytest.fixture
def fresh_clone(folder):
    """Nothing is made yet, but the packages are installed."""
    return with_packages(copy_of_project(folder))


@pytest.fixture(scope="session")
def used_clone():
    place = Path("/tmp", f"calc-{os.getpid()}-used")
    place.mkdir(mode=0o755)
    yield with_packages(copy_of_project(place))
    shutil.rmtree(place, ignore_errors=True)


@pytest.fixture
def clone(used_clone):
    """One that other tests have started and stopped too, so that its database is made just once."""
    yield used_clone
    assert not processes_in(used_clone)


def with_packages(place: Path) -> Path:
    (place / ".venv").symlink_to((ROOT / ".venv").resolve())
    return place
