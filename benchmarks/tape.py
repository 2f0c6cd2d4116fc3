"""The tape at 1,000 and at 1,000,000 records: pages, searches, adding. Prints figures, ratios and plans.

python -m benchmarks.tape [RECORDS]
"""

from __future__ import annotations

import re
import statistics
import sys
import tempfile
import time
import tracemalloc
import uuid
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import create_engine, event, text

from calcapp import create_app, settings
from calcapp.embedded import Embedded
from calcapp.extensions import db
from calcapp.models import Calculation, User, act_as
from calcapp.models.demo import fill
from calcapp.models.search import Search
from calcapp.models.takeout import as_csv, as_json

SECRET = "0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0"
FEW, OTHERS, EACH = 1000, 998, 100
PAGE, ROUNDS = 50, 60
PEOPLE = text("""
INSERT INTO users (email, password_hash)
SELECT 'person' || n || '@example.org', '$argon2id$v=19$m=19456,t=2,p=1$none$none' FROM generate_series(1, :n) AS n
""")
INDEX = (
    "CREATE INDEX ix_calculations_search ON calculations USING gin (user_id, search gin_trgm_ops) WITH (fastupdate=off)"
)


def main() -> None:
    many = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000_000
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
        busy, calm = (db.session.get(User, number) for number in (1, 2))
        compare("first page", busy, calm, lambda user: Search().page(user, PAGE))
        compare("deepest page", busy, calm, lambda user: Search(before=60).page(user, PAGE))
        for name, words in WORDS.items():
            compare(f"search: {name}", busy, calm, lambda user, words=words: Search(**words).page(user, PAGE))
        compare("adding a record", busy, calm, add)
        export(busy, min(many, 100_000))


WORDS = {
    "rare hit": {"q": "Küche tiles"},
    "frequent hit": {"q": "invoice"},
    "one record": {"q": "Garden tiles 501"},
    "miss": {"q": "zeppelin"},
    "two letters": {"q": "zz"},
    "month": {"q": "tiles", "since": "2026-10", "until": "2026-10"},
}


def prepare(many: int) -> None:
    """1,000 people; the first has many records, the second 1,000, the others 100 each."""
    start = time.monotonic()
    engine = create_engine(app_setting("OWNER_DATABASE_URI"))
    with engine.begin() as connection:
        connection.execute(text("SELECT set_config('app.actor_id', '0', true)"))
        connection.execute(PEOPLE, {"n": OTHERS + 2})
        connection.exec_driver_sql("DROP INDEX ix_calculations_search")
        fill(connection, [1], many)
        fill(connection, [2], FEW)
        fill(connection, list(range(3, OTHERS + 3)), EACH)
        connection.exec_driver_sql("SET LOCAL maintenance_work_mem = '256MB'")
        connection.exec_driver_sql(INDEX)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("VACUUM ANALYZE")
    engine.dispose()
    print(f"{many:,} records of one person among {OTHERS + 2:,}, made in {time.monotonic() - start:.0f} s")


def app_setting(name: str) -> str:
    from flask import current_app

    return current_app.config[name]


def compare(name: str, busy: User, calm: User, ask: Callable[[User], object]) -> None:
    """The medians of turns taken in alternation, so that whatever else the machine does meets both alike."""
    plans = [planned(lambda user=user: ask(user)) for user in (calm, busy)]
    turns = [(timed(calm, ask), timed(busy, ask)) for _ in range(ROUNDS)]
    few, much = (statistics.median(column) for column in zip(*turns, strict=True))
    print(f"\n{name:24} {few * 1000:8.2f} ms {much * 1000:8.2f} ms   {much / few:5.2f} times", flush=True)
    print("\n".join(f"    {line}" for line in plans[1]))
    if any("Seq Scan on calculations" in line for plan in plans for line in plan):
        print("    !! a sequential scan")


def timed(user: User, ask: Callable[[User], object]) -> float:
    start = time.perf_counter()
    ask(user)
    taken = time.perf_counter() - start
    db.session.rollback()
    return taken


def planned(ask: Callable[[], object]) -> list[str]:
    plans: list[list[str]] = []

    def look(connection, cursor, statement, parameters, context, many):
        if not plans and re.match(r"SELECT .*FROM calculations", statement, re.DOTALL):
            cursor.execute(f"EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF) {statement}", parameters)
            plans.append([row[0] for row in cursor.fetchall()])

    event.listen(db.engine, "before_cursor_execute", look)
    try:
        ask()
    finally:
        event.remove(db.engine, "before_cursor_execute", look)
        db.session.rollback()
    return plans[0] if plans else []


def add(user: User) -> None:
    act_as(user.id)
    Calculation.keep("84.50 * 3 # Kitchen tiles", user, uuid.uuid4())
    db.session.commit()


def export(user: User, count: int) -> None:
    """CSV and JSON of so many records: seconds, and the most memory that Python held."""
    for name, pieces in (("CSV", as_csv), ("JSON", as_json)):
        search = Search()
        user = db.session.get(User, user.id)
        start, size, lines = time.perf_counter(), 0, 0
        for piece in pieces(user, search):
            size += len(piece)
            lines += piece.count("\n")
            if lines >= count:
                break
        seconds = time.perf_counter() - start
        user = db.session.get(User, user.id)
        tracemalloc.start()
        seen = 0
        for piece in pieces(user, search):
            seen += piece.count("\n")
            if seen >= 5000:
                break
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        print(f"\n{name} of {lines:,} records: {seconds:.1f} s, {size / 1e6:.1f} MB sent, {peak / 1e6:.1f} MB held")


if __name__ == "__main__":
    main()
