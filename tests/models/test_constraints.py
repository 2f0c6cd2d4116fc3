"""What the database itself refuses, whoever asks: rows that no page would write, sent by plain SQL."""

import uuid

import psycopg2
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

LONG = "x" * 1001
GOOD = {
    "users": {"email": "carol@example.org", "password_hash": "$argon2id$v=19$x"},
    "sessions": {"user_id": "ALICE", "token_hash": b"x" * 32},
    "calculations": {
        "user_id": "ALICE",
        "number": 7,
        "expression": "1+1",
        "read": "1 + 1",
        "answer": "2",
        "value": "2",
        "certainty": "exact",
        "idempotency_key": str(uuid.uuid4()),
    },
    "calculation_versions": {
        "user_id": "ALICE",
        "number": 1,
        "version": 1,
        "expression": "1+1",
        "read": "1 + 1",
        "answer": "2",
        "value": "2",
        "certainty": "exact",
    },
    "calculation_uses": {"user_id": "ALICE", "number": 2, "used_number": 1},
}
EMAIL = "ck_users_email"
BAD = [
    ("users", {"email": "Carol@example.org"}, EMAIL),
    ("users", {"email": "аlice@example.org"}, EMAIL),  # a Cyrillic а
    ("users", {"email": "alice​@example.org"}, EMAIL),  # a space of no width
    ("users", {"email": " carol@example.org"}, EMAIL),
    ("users", {"email": "carol"}, EMAIL),
    ("users", {"email": "carol@localhost"}, EMAIL),
    ("users", {"email": ""}, EMAIL),
    ("users", {"email": f"carol@{'x' * 250}.org"}, EMAIL),
    ("users", {"email": "carol@example.org\n"}, EMAIL),
    ("users", {"email": "alice@example.org"}, "uq_users_email"),
    ("users", {"email": None}, "email"),
    ("users", {"password_hash": "secret"}, "ck_users_password_hash"),
    ("users", {"password_hash": "scrypt:32768:8:1$x"}, "ck_users_password_hash"),
    ("users", {"role": "root"}, "ck_users_role"),
    ("users", {"role": "Admin"}, "ck_users_role"),
    ("users", {"active": None}, "active"),
    ("users", {"last_number": -1}, "ck_users_last_number"),
    ("users", {"version": 0}, "ck_users_version"),
    ("users", {"digits": 16}, "ck_users_digits"),
    ("users", {"angle_unit": "grad"}, "ck_users_angle_unit"),
    ("users", {"date_style": "us"}, "ck_users_date_style"),
    ("users", {"time_zone": ""}, "ck_users_time_zone"),
    ("users", {"keep_history": "sometimes"}, "ck_users_keep_history"),
    ("users", {"id": 5}, "GENERATED ALWAYS"),
    ("sessions", {"token_hash": b"short"}, "ck_sessions_token_hash"),
    ("sessions", {"user_id": 2**40}, "fk_sessions_user_id_users"),
    ("sessions", {"user_id": None}, "user_id"),
    ("sessions", {"browser": "x" * 301}, "ck_sessions_browser"),
    ("sessions", {"address": "x" * 46}, "ck_sessions_address"),
    ("calculations", {"user_id": 2**40}, "fk_calculations_user_id_users"),
    ("calculations", {"user_id": None}, "user_id"),
    ("calculations", {"number": 1}, "pk_calculations"),
    ("calculations", {"number": 0}, "ck_calculations_number"),
    ("calculations", {"number": -1}, "ck_calculations_number"),
    ("calculations", {"number": 2**63}, "out of range"),
    ("calculations", {"expression": ""}, "ck_calculations_expression"),
    ("calculations", {"expression": LONG}, "ck_calculations_expression"),
    ("calculations", {"expression": None}, "expression"),
    ("calculations", {"read": ""}, "ck_calculations_answer"),
    ("calculations", {"answer": ""}, "ck_calculations_answer"),
    ("calculations", {"answer": None}, "answer"),
    ("calculations", {"value": ""}, "ck_calculations_answer"),
    ("calculations", {"certainty": "probably"}, "ck_calculations_certainty"),
    ("calculations", {"note": "x" * 501}, "ck_calculations_note"),
    ("calculations", {"note": None}, "note"),
    ("calculations", {"version": 0}, "ck_calculations_version"),
    ("calculations", {"idempotency_key": None}, "idempotency_key"),
    ("calculations", {"idempotency_key": "twice"}, "invalid input syntax"),
    ("calculations", {"idempotency_key": "TAKEN"}, "uq_calculations_user_id_idempotency_key"),
    ("calculations", {"deleted_by": "ALICE"}, "ck_calculations_deleted"),
    ("calculations", {"deleted_at": "2026-01-01", "deleted_by": 2**40}, "fk_calculations_deleted_by_users"),
    ("calculations", {"deleted_at": "yesterday-ish"}, "invalid input syntax"),
    ("calculation_versions", {"number": 9}, "fk_calculation_versions_user_id_number_calculations"),
    ("calculation_versions", {"version": 0}, "ck_calculation_versions_version"),
    ("calculation_versions", {"answer": None}, "answer"),
    ("calculation_versions", {"replaced_by": 2**40}, "fk_calculation_versions_replaced_by_users"),
    ("calculation_uses", {"used_number": 2}, "ck_calculation_uses_not_itself"),
    ("calculation_uses", {"used_number": 9}, "fk_calculation_uses_user_id_used_number_calculations"),
    ("calculation_uses", {"number": 9}, "fk_calculation_uses_user_id_number_calculations"),
    ("calculation_uses", {"user_id": "BOB"}, "fk_calculation_uses_user_id"),  # nobody uses another's record
]
MAY_BE_EMPTY = {
    "audit_events.after",
    "audit_events.before",
    "audit_events.number",
    "calculation_versions.exact",
    "calculation_versions.replaced_by",
    "calculation_versions.unit",
    "calculations.deleted_at",
    "calculations.deleted_by",
    "calculations.exact",
    "calculations.unit",
    "calculations.defines",
    "names.answer",
    "names.deleted_at",
    "names.number",
    "passkeys.last_used_at",
    "users.email_verified_at",
    "users.leaving_at",
}


@pytest.fixture
def insert(app, alice, bob, kept):
    """insert(table, {column: value}) by plain SQL; ALICE, BOB and TAKEN stand for what is there."""
    from calcapp.extensions import db
    from calcapp.models import Calculation

    kept(alice, "1+1")
    kept(alice, "#1+1")
    with app.app_context():
        key = str(db.session.get(Calculation, (alice.id, 1)).idempotency_key)
        connection = db.engine

    def run(table, row):
        row = {name: {"ALICE": alice.id, "BOB": bob.id, "TAKEN": key}.get(value, value) for name, value in row.items()}
        columns, values = ", ".join(row), ", ".join(f":{name}" for name in row)
        with connection.begin_nested():
            connection.execute(text(f"DELETE FROM calculation_uses WHERE user_id = {alice.id}"))
            connection.execute(text(f"INSERT INTO {table} ({columns}) VALUES ({values})"), row)

    return run


@pytest.mark.parametrize("table", GOOD)
def test_a_good_row_is_taken(insert, table):
    insert(table, GOOD[table])


@pytest.mark.security(62)
@pytest.mark.parametrize(("table", "wrong", "word"), BAD)
def test_a_bad_row_is_refused(insert, table, wrong, word):
    with pytest.raises(DBAPIError) as refused:
        insert(table, GOOD[table] | wrong)
    assert word in str(refused.value.orig).replace("non-DEFAULT", "GENERATED ALWAYS")


@pytest.fixture(scope="module")
def ask(server, database):
    """ask(query) of the database's own catalogue: the rows."""
    connection = psycopg2.connect(server.url(database, role="owner"))
    connection.autocommit = True

    def run(query):
        with connection.cursor() as cursor:
            cursor.execute(query)
            return cursor.fetchall()

    yield run
    connection.close()


@pytest.mark.security(62)
def test_only_the_columns_that_may_be_empty_may(ask):
    found = ask(
        "SELECT table_name || '.' || column_name FROM information_schema.columns WHERE table_schema = 'public'"
        " AND is_nullable = 'YES' AND table_name IN (SELECT relname FROM pg_class WHERE relkind IN ('r', 'p'))"
    )
    assert {name for (name,) in found} == MAY_BE_EMPTY


@pytest.mark.security(62)
def test_every_time_has_its_zone_and_no_number_is_a_float(ask):
    wrong = ask(
        "SELECT table_name, column_name, data_type FROM information_schema.columns WHERE table_schema = 'public'"
        " AND data_type IN ('timestamp without time zone', 'time without time zone', 'date', 'real',"
        " 'double precision', 'money', 'json', 'character')"
    )
    assert wrong == []


@pytest.mark.security(62)
def test_every_reference_says_what_happens_when_its_end_goes(ask):
    assert ask("SELECT conname FROM pg_constraint WHERE contype = 'f' AND confdeltype = 'a'") == []


def test_every_reference_is_found_by_an_index_from_its_far_end(ask):
    """Else deleting a person would read every row of the table."""
    slow = ask(
        "SELECT conrelid::regclass::text, conname FROM pg_constraint c WHERE contype = 'f' AND NOT EXISTS ("
        " SELECT FROM pg_index i WHERE i.indrelid = c.conrelid AND i.indpred IS NULL"
        " AND (i.indkey::int2[])[0:array_length(c.conkey, 1) - 1] @> c.conkey)"
    )
    assert {name for _, name in slow} <= {
        "fk_calculations_deleted_by_users",
        "fk_calculation_versions_replaced_by_users",
    }


@pytest.mark.security(62)
def test_every_constraint_is_checked(ask):
    assert ask("SELECT conname FROM pg_constraint WHERE NOT convalidated") == []


def test_a_person_with_records_is_not_deleted_by_accident(app, insert, alice):
    from calcapp.extensions import db

    with app.app_context(), pytest.raises(DBAPIError):
        db.engine.execute(text("DELETE FROM users WHERE id = :id"), {"id": alice.id})
