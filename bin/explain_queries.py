"""Ask PostgreSQL how it runs the queries that carry the product, and write its answers into docs/database.md.

    python bin/explain_queries.py postgresql://…/an_empty_database

Fills that database with 1,000 people and 300,000 records, 100,000 of them one person's, lets the models ask what
they ask when a page is shown, and explains what they sent.
"""

import os
import re
import secrets
import sys
import textwrap
import uuid
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "database.md"
# What the index of words begins with, as the models and PostgreSQL write it.
PLACES = re.compile(r"ARRAY\[\(*(calculations\.)?user_id << 32.*?>> 22\)+\]")
SEED = """
SET app.actor_id = '0';
INSERT INTO users (email, password_hash)
SELECT 'person' || n || '@example.org', '$argon2id$v=19$m=19456,t=2,p=1$none$none'
FROM generate_series(1, 1000) AS n;
INSERT INTO calculations
    (user_id, number, expression, read, answer, value, certainty, note, search, idempotency_key, created_at)
SELECT u.id, n, n || ' * 1.19', n || ' × 1.19', (n * 1.19)::text, (n * 119) || '/100', 'exact',
       CASE WHEN mod(n, 97) = 0 THEN 'Kitchen tiles ' || n ELSE '' END,
       CASE WHEN mod(n, 97) = 0 THEN 'kitchen tiles ' || n ELSE '' END || E'\\n' || n || ' * 1.19', gen_random_uuid(),
       now() - (interval '1 minute' * (200000 - n))
FROM (SELECT id FROM users ORDER BY id) AS u
CROSS JOIN LATERAL generate_series(1, CASE WHEN u.id = (SELECT min(id) FROM users) THEN 100000 ELSE 200 END) AS n;
INSERT INTO sessions (token_hash, user_id)
SELECT sha256((id || ':' || n)::text::bytea), id FROM users CROSS JOIN generate_series(1, 3) AS n;
UPDATE users SET last_number = (SELECT coalesce(max(number), 0) FROM calculations WHERE user_id = users.id);
"""


def prepare(url: str):
    """The application on that database, with everything in it."""
    os.environ |= {"DATABASE_URL": url, "OWNER_DATABASE_URL": url, "SECRET_KEY": secrets.token_hex()}
    sys.path.insert(0, str(ROOT))
    from flask_migrate import upgrade
    from sqlalchemy import create_engine, text

    from calcapp import create_app

    app = create_app()
    with app.app_context():
        upgrade(directory=str(ROOT / "migrations"))
        patient = create_engine(app.config["OWNER_DATABASE_URI"])  # the web's connections wait for seconds only
        with patient.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
            for statement in filter(str.strip, SEED.split(";\n")):
                connection.exec_driver_sql("SET statement_timeout = 0")
                connection.exec_driver_sql(statement)
            connection.execute(text("VACUUM ANALYZE"))
    return app


def explained(ask: Callable[[], object], kind: str) -> str:
    """The first statement of this kind that `ask` sends, and its plan; nothing of it is kept."""
    from sqlalchemy import event

    from calcapp.extensions import db

    plans = []

    def look(connection, cursor, statement, parameters, context, many):
        if not plans and re.match(kind, statement, re.DOTALL):
            cursor.execute("SAVEPOINT before_the_look")
            cursor.execute(f"EXPLAIN (ANALYZE, COSTS OFF, TIMING OFF, BUFFERS) {statement}", parameters)
            plan = "\n".join(row[0] for row in cursor.fetchall())
            plans.append((statement, plan))
            cursor.execute("ROLLBACK TO SAVEPOINT before_the_look")

    event.listen(db.engine, "before_cursor_execute", look)
    try:
        ask()
    finally:
        event.remove(db.engine, "before_cursor_execute", look)
        db.session.rollback()
    statement, plan = plans[0]
    plan = PLACES.sub("places", re.sub(r"'\\x[0-9a-f]+'::bytea", ":token_hash", plan))
    return f"```sql\n{readable(statement)}\n```\n```\n{plan}\n```\n"


def readable(statement: str) -> str:
    """Without the list of columns, which says little, and broken at its clauses."""
    flat = PLACES.sub("places", " ".join(statement.split()).replace("%%", "%"))
    flat = re.sub(r"^SELECT .*? FROM", "SELECT … FROM", flat)
    flat = re.sub(r"RETURNING .*", "RETURNING …", flat)
    flat = re.sub(r"%\((\w+?)(?:_\d+)?\)s(?:::\w+)?", r":\1", flat)
    flat = re.sub(r" (FROM|JOIN|WHERE|AND|ORDER BY|LIMIT|VALUES|ON CONFLICT|RETURNING|SET)\b", r"\n\1", flat)
    return "\n".join(textwrap.fill(line, 110, subsequent_indent="    ") for line in flat.splitlines())


def answers(app) -> dict[str, str]:
    from sqlalchemy import select

    from calcapp.extensions import db
    from calcapp.models import Calculation, Session, User, act_as
    from calcapp.models.search import Search

    with app.app_context():
        busy = db.session.scalar(select(User).order_by(User.id).limit(1))
        _session, token = Session.begin(busy)
        db.session.commit()
        busy = db.session.scalar(select(User).order_by(User.id).limit(1))

        def keep():
            act_as(busy.id)
            Calculation.keep("84.50 * 3", busy, uuid.uuid4())

        def change():
            act_as(busy.id)
            db.session.get(Calculation, (busy.id, 4711)).delete(by=busy)

        deepest = Calculation.of(busy).where(Calculation.number < 60).limit(50)
        asked = {
            "who": (lambda: db.session.scalars(Session.opened_by(token)).all(), r"SELECT .*\sFROM sessions"),
            "keep": (keep, "INSERT INTO calculations"),
            "page": (lambda: db.session.scalars(deepest).all(), r"SELECT .*\sFROM calculations"),
            "change": (change, "UPDATE calculations"),
            "search": (lambda: Search(q="kitchen tiles 970").page(busy, 50), r"SELECT .* && "),
            "everybody": (
                lambda: db.session.scalars(Calculation.everybodys().limit(50)).all(),
                r"SELECT .*\sFROM calculations",
            ),
        }
        return {name: explained(*how) for name, how in asked.items()}


def main() -> None:
    page = PAGE.read_text(encoding="utf-8")
    for name, answer in answers(prepare(sys.argv[1])).items():
        marks = re.compile(rf"(<!-- {name} -->\n).*?(<!-- /{name} -->)", re.DOTALL)
        page = marks.sub(lambda found, answer=answer: f"{found[1]}{answer}{found[2]}", page)
    PAGE.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
