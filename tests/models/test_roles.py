"""What the web's own account may not do: a hole in a page is not a hole in the schema."""

import psycopg2
import psycopg2.errors
import pytest

FORBIDDEN = [
    "CREATE TABLE loot (x int)",
    "CREATE SCHEMA loot",
    "CREATE EXTENSION dblink",
    "CREATE ROLE mallory SUPERUSER",
    "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1'",
    "CREATE INDEX ON calculations (answer)",
    "CREATE TRIGGER t BEFORE UPDATE ON users FOR EACH ROW EXECUTE FUNCTION audit_stays()",
    "DROP TABLE calculations",
    "DROP TRIGGER audit_calculations ON calculations",
    "ALTER TABLE calculations DISABLE TRIGGER ALL",
    "ALTER TABLE users ADD COLUMN loot text",
    "ALTER ROLE calc_app SUPERUSER",
    "ALTER FUNCTION audit_change() RESET search_path",
    "TRUNCATE calculations CASCADE",
    "TRUNCATE audit_events",
    "UPDATE calculations SET user_id = 2",
    "UPDATE calculations SET number = 2",
    "UPDATE calculations SET idempotency_key = gen_random_uuid()",
    "UPDATE calculations SET created_at = now()",
    "DELETE FROM calculations",
    "DELETE FROM calculation_versions",
    "UPDATE calculation_versions SET answer = '0'",
    "INSERT INTO audit_events (actor_id, action, object, owner_id) VALUES (1, 'update', 'user', 1)",
    "UPDATE audit_events SET reason = ''",
    "DELETE FROM audit_events",
    "DELETE FROM users",
    "SET ROLE calc_owner",
    "SET ROLE calc_migrate",
    "SET session_replication_role = replica",
    "SET session AUTHORIZATION postgres",
    "SELECT pg_read_file('/etc/passwd')",
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'postgres'",
    "SELECT rolpassword FROM pg_authid",
    "COPY users TO '/tmp/loot'",
    "COPY users FROM PROGRAM 'id'",
    "UPDATE alembic_version SET version_num = '0000'",
]


@pytest.fixture(scope="module")
def web(server, database):
    """A connection as the web's account."""
    connection = psycopg2.connect(server.url(database, role="app"))
    cursor = connection.cursor()
    cursor.execute("SELECT current_user")
    if cursor.fetchone() != ("calc_app",):
        pytest.skip("this server is used with one account for everything")
    yield connection
    connection.close()


@pytest.mark.security(60)
@pytest.mark.parametrize("statement", FORBIDDEN)
def test_the_webs_account_may_not(web, statement):
    with web.cursor() as cursor, pytest.raises(psycopg2.errors.InsufficientPrivilege):
        cursor.execute(statement)
    web.rollback()


@pytest.mark.security(60)
def test_the_webs_account_is_nothing_special(web):
    with web.cursor() as cursor:
        cursor.execute(
            "SELECT rolsuper, rolcreatedb, rolcreaterole, rolreplication, rolbypassrls FROM pg_roles"
            " WHERE rolname = current_user"
        )
        assert cursor.fetchone() == (False,) * 5
        cursor.execute("SELECT count(*) FROM pg_class WHERE relowner = current_user::regrole")
        assert cursor.fetchone() == (0,)
    web.rollback()


@pytest.mark.security(64)
def test_the_webs_account_gives_up_in_time(web):
    with web.cursor() as cursor:
        for setting, value in {
            "statement_timeout": "5s",
            "lock_timeout": "2s",
            "idle_in_transaction_session_timeout": "10s",
            "timezone": "UTC",
        }.items():
            cursor.execute(f"SHOW {setting}")
            assert cursor.fetchone() == (value,)
    web.rollback()


@pytest.mark.security(64)
def test_the_pool_says_the_same_where_the_account_was_not_told(committing_app):
    options = committing_app.config["SQLALCHEMY_ENGINE_OPTIONS"]["connect_args"]["options"]
    for setting in ("statement_timeout=5s", "lock_timeout=2s", "idle_in_transaction_session_timeout=10s"):
        assert setting in options


@pytest.mark.security(64)
def test_what_takes_too_long_is_cancelled(web):
    with web.cursor() as cursor, pytest.raises(psycopg2.errors.QueryCanceled):
        cursor.execute("SET LOCAL statement_timeout = '20ms'; SELECT pg_sleep(5)")
    web.rollback()
