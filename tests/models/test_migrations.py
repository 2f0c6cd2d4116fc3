"""Migrations build what the models describe, in one straight line, each way, without losing a row."""

import contextlib
import io
import os
import threading
from contextlib import redirect_stdout

import psycopg2
import pytest
from alembic.script import ScriptDirectory
from flask_migrate import check, downgrade, upgrade

from calcapp import create_app
from tests import postgres
from tests.conftest import migrate, settings_for
from tests.serving import eventually

FOLDER = "migrations"
SHAPE = {
    "columns": "SELECT table_name, column_name, data_type, is_nullable, column_default, is_identity"
    " FROM information_schema.columns WHERE table_schema = 'public'",
    "constraints": "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid), convalidated"
    " FROM pg_constraint WHERE connamespace = 'public'::regnamespace",
    "indexes": "SELECT indexdef FROM pg_indexes WHERE schemaname = 'public'",
    "triggers": "SELECT pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal",
    "functions": "SELECT pg_get_functiondef(p.oid) FROM pg_proc p WHERE pronamespace = 'public'::regnamespace"
    " AND prokind = 'f' AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')",
    "grants": "SELECT relname, unnest(coalesce(relacl, acldefault('r', relowner)))::text FROM pg_class"
    " WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'",
    "columns' grants": "SELECT attrelid::regclass::text, attname, unnest(attacl)::text FROM pg_attribute"
    " JOIN pg_class ON attrelid = pg_class.oid WHERE relnamespace = 'public'::regnamespace AND NOT attisdropped",
}
SEED = """
SELECT set_config('app.actor_id', '0', true);
INSERT INTO users (email, password_hash, role, last_number) VALUES
    ('alice@example.org', '$argon2id$x', 'user', 3), ('grace@example.org', '$argon2id$y', 'admin', 0);
INSERT INTO sessions (user_id, token_hash)
    SELECT id, sha256(email::bytea) FROM users;
INSERT INTO calculations (user_id, number, expression, read, answer, value, certainty, idempotency_key, note)
    SELECT id, n, n || '+1', n || ' + 1', (n + 1)::text, (n + 1)::text, 'exact', gen_random_uuid(), 'Küche'
    FROM users, generate_series(1, 3) AS n WHERE email LIKE 'alice%';
INSERT INTO calculation_versions (user_id, number, version, expression, read, answer, value, certainty)
    SELECT user_id, number, 1, '0+1', '0 + 1', '1', '1', 'exact' FROM calculations WHERE number = 2;
INSERT INTO calculation_uses (user_id, number, used_number) SELECT user_id, 3, 1 FROM calculations WHERE number = 3;
UPDATE calculations SET deleted_at = now() WHERE number = 2;
"""
FIRST_TABLES = ("users", "sessions", "calculations", "calculation_versions", "calculation_uses", "audit_events")


@pytest.fixture
def place(server):
    """An empty database of its own, and how to ask and migrate it."""
    name = f"calc_moving_{os.getpid()}"
    postgres.clone(server, name, template=None)
    url = server.url(name, role="owner")
    with contextlib.closing(psycopg2.connect(url)) as connection:
        connection.autocommit = True
        yield Place(url, connection)
    postgres.drop(server, name)


class Place:
    def __init__(self, url, connection):
        self.url = url
        self.connection = connection
        self.app = create_app(settings_for(url))

    def to(self, act, **how):
        with self.app.app_context(), redirect_stdout(io.StringIO()):
            act(**how)

    def run(self, query):
        with self.connection.cursor() as cursor:
            cursor.execute(query)
            return cursor.fetchall() if cursor.description else []

    def shape(self):
        return {thing: sorted(map(str, self.run(query))) for thing, query in SHAPE.items()}

    def rows(self, columns):
        """All rows of the first tables, in the columns that they began with."""
        return {
            table: sorted(map(str, self.run(f"SELECT row({', '.join(names)})::text FROM {table}")))
            for table, names in columns.items()
        }

    def columns(self):
        return {
            table: [
                f'"{name}"'
                for (name,) in self.run(
                    "SELECT column_name FROM information_schema.columns WHERE table_schema = 'public'"
                    f" AND table_name = '{table}' ORDER BY ordinal_position"
                )
            ]
            for table in FIRST_TABLES
        }


def test_the_line_of_migrations_is_straight():
    scripts = ScriptDirectory(FOLDER)
    line = list(scripts.walk_revisions())
    assert len(scripts.get_heads()) == len(scripts.get_bases()) == 1
    assert all(not isinstance(script.down_revision, tuple) for script in line)
    numbers = [script.revision for script in reversed(line)]
    assert numbers == [f"{number:04}" for number in range(1, len(line) + 1)]
    assert all(script.doc for script in line)


@pytest.mark.security(68)
def test_the_migrations_build_what_the_models_describe(place):
    place.to(upgrade)
    place.to(check)  # raises where a table, column, constraint or index differs


@pytest.mark.security(68)
def test_each_migration_goes_down_and_up_again_to_the_same(place):
    shapes = []
    for script in reversed(list(ScriptDirectory(FOLDER).walk_revisions())):
        place.to(upgrade, revision=script.revision)
        shapes.append((script.revision, place.shape()))
    while shapes:
        revision, shape = shapes.pop()
        assert place.shape() == shape, revision
        place.to(downgrade)
        place.to(upgrade, revision=revision)
        assert place.shape() == shape, f"down and up again at {revision}"
        place.to(downgrade)
    tables = place.run("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
    assert tables == [("alembic_version",)]
    assert place.run(SHAPE["functions"]) == []


@pytest.mark.security(68)
def test_no_row_is_lost_on_the_way_down_and_up(place):
    place.to(upgrade, revision="0001")
    columns = place.columns()
    place.to(upgrade)
    place.run(SEED)
    before = place.rows(columns)
    assert all(before.values())
    place.to(downgrade, revision="0001")
    assert place.rows(columns) == before
    place.to(upgrade)
    assert place.rows(columns) == before
    place.to(check)


def test_what_was_searched_for_before_is_found_as_it_is_folded_now(place):
    place.to(upgrade, revision="0008")
    fold = "UPDATE calculations SET search = 'łodz' || chr(10) || '1+1' WHERE number = 1"
    place.run(SEED.replace("Küche", "Łódź") + fold)
    for step, word in ((upgrade, "lodz"), (downgrade, "łódź"), (upgrade, "lódź")):
        place.to(step)
        ((found,),) = place.run("SELECT search FROM calculations WHERE number = 1")
        assert found.split("\n")[0] == word


def test_a_second_run_finds_nothing_to_do(place):
    migrate(place.url)
    shape = place.shape()
    migrate(place.url)
    assert place.shape() == shape


@pytest.mark.security(68)
def test_a_migration_lets_readers_by_and_tries_again(place):
    """It asks for the table, gives up soon, so that nobody waits behind it for long, and comes back."""
    place.to(upgrade, revision="0001")
    reader = psycopg2.connect(place.url)
    reader.cursor().execute("SELECT count(*) FROM calculations")
    waiting = "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = 'calculations'::regclass"
    migration = threading.Thread(target=lambda: place.to(upgrade))
    migration.start()
    try:
        eventually(lambda: place.run(waiting) == [(1,)], "it does not ask")
        eventually(lambda: place.run(waiting) == [(0,)], "it does not give up")
        assert place.run("SELECT version_num FROM alembic_version") == [("0001",)]
    finally:
        reader.close()
        migration.join()
    assert place.run("SELECT version_num FROM alembic_version") == [(ScriptDirectory(FOLDER).get_current_head(),)]
    place.to(check)
