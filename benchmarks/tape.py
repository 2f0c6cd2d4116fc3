"""The tape at 1,000 and at 1,000,000 records: pages, searches, adding, exporting. Prints figures, ratios and plans.

    python -m benchmarks.tape [RECORDS] > table-and-plans.md

A page is a whole request, from the session to the last card, and both tapes show as many cards. What is measured is
processor time, of this process and of its server together: a busy machine makes it longer, but both alike.
"""

from __future__ import annotations

import logging
import re
import statistics
import sys
import tempfile
import time
import tracemalloc
import uuid
from collections.abc import Callable
from functools import partial
from pathlib import Path

from flask import current_app
from sqlalchemy import create_engine, event, text

from calcapp import create_app, settings
from calcapp.embedded import Embedded
from calcapp.extensions import db
from calcapp.models import Calculation, Session, User, act_as
from calcapp.models.demo import fill
from calcapp.models.search import Search
from calcapp.models.takeout import as_csv, as_json

SECRET = "0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0"
FEW, OTHERS, EACH = 1000, 998, 100
BUSY, CALM = 1, 2
ROUNDS = 40
PEOPLE = text("""
INSERT INTO users (email, password_hash)
SELECT 'person' || n || '@example.org', '$argon2id$v=19$m=19456,t=2,p=1$none$none' FROM generate_series(1, :n) AS n
""")
# On the short tape words are as many as on a page of the long one.
SHORT = {"places": ["Küche", "Invoice", "Garden"], "things": ["tiles", "tax"], "one_in": 1, "pause": "1 hour"}
PLANT = text("UPDATE calculations SET note = :note, search = lower(:note) WHERE user_id < 3 AND number = :number")
PLANTED = {60: "Zeppelin hangar", 61: "Wood tiles garden"}
LAST_MONTH = "to_char(now() - interval '1 month', 'YYYY-MM')"
PAGES = {
    "First page": "",
    "Deepest page": "?before=60",
    "Search “invoice”: 1 record in 36": "?q=invoice",
    "Search “Küche tiles”: 1 in 612": "?q=Küche+tiles",
    "Search “zeppelin”: one record, at the end": "?q=zeppelin",
    "Search “wood tiles garden”: one, of frequent words": "?q=wood+tiles+garden",
    "Search “xylophone”: none": "?q=xylophone",
    "Search “tiles invoice roof”: none, of frequent words": "?q=tiles+invoice+roof",
    "Search “zz”: none, too short for the index": "?q=zz",
    "Search “12*7”: none, of signs": "?q=12*7",
    "Search last month and nothing else": "?q={month}",
    "Search “tiles” within last month": "?q=tiles&from={month}&to={month}",
    "Search “tiles” with last month in words": "?q=tiles+{month}",
}
PLACES = re.compile(r"ARRAY\[\(*user_id << 32.*?>> 22\)+\]")


def main() -> None:
    many = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
    logging.disable(logging.CRITICAL)
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        server = Embedded(Path(folder), durable=False).start()
        try:
            measure(server, many)
        finally:
            server.stop()


def measure(server: Embedded, many: int) -> None:
    read = {"DATABASE_URL": server.url(), "OWNER_DATABASE_URL": server.url(role="owner"), "SECRET_KEY": SECRET}
    app = create_app(settings.load(read))
    with app.app_context():
        from flask_migrate import upgrade

        upgrade()
        prepare(many)
        month = db.session.scalar(text(f"SELECT {LAST_MONTH}"))
        browsers = [browser_of(app, user) for user in (CALM, BUSY)]
    # Outside of any context of the application: a request inside of one would find the person of the one before.
    plans = {}
    print(f"| asked | cards | at {FEW:,} | at {many:,} | times |\n| --- | --- | --- | --- | --- |")
    for name, query in PAGES.items():
        path = f"/calculations{query.format(month=month)}"
        compare(app, name, *(partial(shown, browser, path) for browser in browsers))
        plans[name] = planned(app, partial(shown, browsers[1], path))
    compare(app, "Adding a record", *(partial(add, app, user) for user in (CALM, BUSY)))
    with app.app_context():
        for name, pieces in (("CSV", as_csv), ("JSON", as_json)):
            export(app, name, pieces, min(many, 100_000))
    for name, found in plans.items():
        print(f"\n## {name}\n")
        print("\n".join(f"```\n{plan}\n```" for plan in found))
    if any("Seq Scan" in plan for found in plans.values() for plan in found):
        print("!! a sequential scan")


def prepare(many: int) -> None:
    """1,000 people; the first has many records, the second 1,000, the others 100 each."""
    start = time.monotonic()
    engine = create_engine(current_app.config["OWNER_DATABASE_URI"])
    with engine.begin() as connection:
        connection.execute(text("SELECT set_config('app.actor_id', '0', true)"))
        connection.execute(PEOPLE, {"n": OTHERS + 2})
        index = connection.scalar(text("SELECT pg_get_indexdef('ix_calculations_sought'::regclass)"))
        connection.exec_driver_sql("DROP INDEX ix_calculations_sought")
        fill(connection, [1], many)
        fill(connection, [2], FEW, **SHORT)
        fill(connection, list(range(3, OTHERS + 3)), EACH)
        for number, note in PLANTED.items():
            connection.execute(PLANT, {"number": number, "note": note})
        connection.exec_driver_sql("SET LOCAL maintenance_work_mem = '256MB'")
        connection.exec_driver_sql(index)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("VACUUM ANALYZE")
    engine.dispose()
    print(f"{many:,} records of one person among {OTHERS + 2:,}, made in {time.monotonic() - start:.0f} s\n")


def browser_of(app, user: int):
    _, token = Session.begin(db.session.get(User, user), browser="benchmark")
    db.session.commit()
    browser = app.test_client()
    browser.set_cookie(app.config["LOGIN_COOKIE_NAME"], token)
    return browser


def shown(browser, path: str) -> int:
    """The cards on the page."""
    answer = browser.get(path)
    assert answer.status_code == 200, answer.status
    return answer.get_data(as_text=True).count("<article")


def compare(app, name: str, at_few: Callable[[], int], at_many: Callable[[], int]) -> None:
    """The medians of turns taken in alternation."""
    cards = f"{at_few()}, {at_many()}"
    worked = clock(app)
    turns = [(worked(at_few), worked(at_many)) for _ in range(ROUNDS)]
    few, many = (statistics.median(column) for column in zip(*turns, strict=True))
    print(f"| {name} | {cards} | {few:.1f} ms | {many:.1f} ms | {many / few:.2f} |", flush=True)


def clock(app) -> Callable[[Callable[[], object]], float]:
    """What tells the milliseconds of processor time that something takes, here and in the server's processes."""
    with app.app_context():
        servers = db.session.scalars(text("SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend'"))
        files = [Path(f"/proc/{pid}/schedstat") for pid in servers]

    def spent() -> int:
        return time.process_time_ns() + sum(int(file.read_text().split()[0]) for file in files)

    def worked(ask: Callable[[], object]) -> float:
        before = spent()
        ask()
        return (spent() - before) / 1e6

    return worked


def planned(app, ask: Callable[[], object]) -> list[str]:
    """How the server ran what was asked of the tape."""
    plans: list[str] = []

    def look(connection, cursor, statement, parameters, context, many):
        if re.match(r"SELECT .*FROM calculations", statement, re.DOTALL):
            cursor.execute(f"EXPLAIN (ANALYZE, COSTS OFF, BUFFERS) {statement}", parameters)
            plan = PLACES.sub("places", "\n".join(row[0] for row in cursor.fetchall()))
            plans.append(re.sub(r"'\{([^,}]+),[^}]{60,}?,([^,}]+)\}'", r"'{\1, …, \2}'", plan))

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", look)
    try:
        ask()
    finally:
        event.remove(engine, "before_cursor_execute", look)
    return plans


def add(app, user: int) -> int:
    with app.app_context():
        act_as(user)
        Calculation.keep("84.50 * 3 # Kitchen tiles", db.session.get(User, user), uuid.uuid4())
        db.session.commit()
    return 1


def export(app, name: str, pieces, count: int) -> None:
    """So many records: seconds, processor time, and the most memory that Python held."""
    start, sent = time.perf_counter(), []
    worked = clock(app)(lambda: sent.append(taken(pieces, count)))
    seconds, (lines, size) = time.perf_counter() - start, sent[0]
    tracemalloc.start()
    taken(pieces, 5000)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    print(
        f"\n{name} of {lines:,} records: {seconds:.1f} s, {worked / 1000:.1f} s of processor time, "
        f"{size / 1e6:.1f} MB sent, {peak / 1e6:.1f} MB held"
    )


def taken(pieces, count: int) -> tuple[int, int]:
    lines = size = 0
    for piece in pieces(db.session.get(User, BUSY), Search()):
        lines += piece.count("\n")
        size += len(piece)
        if lines >= count:
            break
    return lines, size


if __name__ == "__main__":
    main()
