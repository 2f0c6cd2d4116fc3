"""Faults of running it: clocks, keys, memory, migrations, a start without a database."""

import os
import shutil
import signal
import time
from pathlib import Path

from benchmarks.faults.checker import weight
from benchmarks.faults.fault import fault, said
from benchmarks.faults.of_clients import at_once
from benchmarks.faults.swarm import Person, Swarm
from benchmarks.faults.system import System, pause
from calcapp.embedded import Embedded
from tests.cast import PASSWORD
from tests.serving import ROOT, eventually
from tests.wire import Wire

FAKETIME = next(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"), None)
CLOCK = {  # of the wall alone: gunicorn's heartbeats, and what waits, go by other clocks
    "LD_PRELOAD": str(FAKETIME),
    "FAKETIME_DONT_FAKE_MONOTONIC": "1",
    "NO_FAKE_STAT": "1",
    "PYTHONPATH": str(Path(__file__).with_name("clock")),
}
MEMORY = 256 * 2**20  # what the compose file gives the web
EXPAND = '''"""A column more."""

import sqlalchemy as sa
from alembic import op

revision = "9999"
down_revision = "{head}"


def upgrade():
    op.add_column("calculations", sa.Column("of_no_use", sa.Integer))


def downgrade():
    op.drop_column("calculations", "of_no_use")
'''


@fault("F20", "a migration meets somebody who reads for long", must_hurt=False)
def migrate_beside_a_reader(system: System, swarm: Swarm) -> list[str]:
    folder = system.folder / "migrations"
    shutil.copytree(ROOT / "migrations", folder, ignore=shutil.ignore_patterns("__pycache__"), dirs_exist_ok=True)
    head = max(path.stem[:4] for path in folder.glob("versions/0*.py"))
    (folder / "versions" / "9999_a_column_more.py").write_text(EXPAND.format(head=head))
    with system.connected("owner") as reader:
        reader.execute("SELECT count(*) FROM calculations")
        refused = system.flask("db", "upgrade", "-d", str(folder))
    done = system.flask("db", "upgrade", "-d", str(folder))
    undone = system.flask("db", "downgrade", "-d", str(folder))
    return [
        *said(refused.returncode == 0 or "lock" not in refused.stderr, f"it did not give up: {refused.stderr[-300:]}"),
        *said(done.returncode != 0, f"nor did it work when the reader had gone: {done.stderr[-300:]}"),
        *said(undone.returncode != 0, f"it does not go back: {undone.stderr[-300:]}"),
    ]


@fault("F22", "gunicorn's clock is an hour ahead, an hour behind, a day behind", must_hurt=False)
def skew_the_clock(system: System, swarm: Swarm) -> list[str]:
    if FAKETIME is None:
        return ["left out: Debian's package faketime is not installed"]
    broken, person = [], swarm.people[4]
    for skew in ("+3600", "-3600", "-86400"):
        system.replace_web(FAKETIME=skew, **CLOCK)
        broken += [f"{skew} s: {sentence}" for sentence in with_this_clock(system, person)]
    system.replace_web()
    return broken


def with_this_clock(system: System, person: Person) -> list[str]:
    fresh = Wire(system.address, 60)
    form = {"email": person.email, "password": PASSWORD, **fresh.form("/login")}
    answers = (fresh.post("/login", **form).status for _ in range(20))
    logged_in = next(status for status in answers if status != 503)
    fresh_page = fresh.send("GET", "/account/password").status
    with system.connected() as cursor:
        cursor.execute("UPDATE sessions SET confirmed_at = now() - interval '1 hour'")
    stale_page = fresh.send("GET", "/account/password").status
    return [
        *said(logged_in != 303, f"logging in is answered with {logged_in}"),
        *said(fresh_page != 200, f"who has just logged in may not change the password: {fresh_page}"),
        *said(stale_page != 303, f"who logged in an hour ago may change the password: {stale_page}"),
    ]


@fault("F23", "the secret key is replaced, the old one kept as a fallback", must_hurt=False)
def rotate_the_key(system: System, swarm: Swarm) -> list[str]:
    person = swarm.people[5]
    fields = person.form()
    entry = person.ledger.write(person.email, fields["key"], "+", 1, person.mark)
    old = system.settings["SECRET_KEY"]
    system.settings |= {"SECRET_KEY": old[::-1], "SECRET_KEY_FALLBACKS": old}
    system.replace_web()
    person.send(entry, fields["csrf_token"])
    return said(entry.number is None, f"a form that was open is answered with {entry.said}")


@fault("F24", "fifty people log in at once, in 256 MB", must_hurt=False)
def many_log_in(system: System, swarm: Swarm) -> list[str]:
    statuses, most = [], [0]

    def log_in() -> None:
        wire = Wire(f"http://127.0.0.1:{system.port}", 60)
        form = wire.form("/login")
        statuses.append(wire.post("/login", email=swarm.people[0].email, password=PASSWORD, **form).status)

    def weigh() -> None:
        end = time.monotonic() + 60
        while len(statuses) < 50 and time.monotonic() < end:
            most[0] = max(most[0], weight(system)[0])
            pause(0.1)

    at_once(51, lambda jobs=[weigh, *[log_in] * 50]: jobs.pop()())
    print(f"    {most[0] / 2**20:.0f} MB at most")
    return [
        *said(most[0] > MEMORY, f"{most[0] / 2**20:.0f} MB of {MEMORY / 2**20:.0f}"),
        *said(not set(statuses) <= {303, 503}, f"logging in: {sorted(statuses)}"),
    ]


@fault("F27", "gunicorn is started while PostgreSQL is away", judges_alive=False)
def start_without_a_database(system: System, swarm: Swarm) -> list[str]:
    os.kill(system.postmaster, signal.SIGINT)
    eventually(lambda: not (system.database.data / "postmaster.pid").exists(), "it lives on")
    new = system.start_web()
    eventually(lambda: system.get("/healthz/live", new) == 200, new)
    ready = system.get("/healthz/ready", new)
    system.lead_to(new)
    pause(2.0)
    broken = [
        *said(ready != 503, f"ready without a database: {ready}"),
        *said(new.process.poll() is not None, "gunicorn gave up"),
        *said(new.said.count("Booting worker") != 2, f"workers are started again and again: {new.said[-500:]}"),
    ]
    before, system.database = system.database, Embedded(system.database.folder).start()
    before.stop()
    return broken
