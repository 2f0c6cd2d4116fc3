"""The audit: written by the database in the same transaction, and never rewritten."""

import psycopg2
import psycopg2.errors
import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from calcapp.extensions import db
from calcapp.models import AuditEvent, Session, User, act_as

NEVER_SHOWN = {"password_hash", "token_hash", "sealed_secret"}


@pytest.fixture
def run(app):
    """run(sql, **values) in the test's transaction; an error leaves it usable."""
    with app.app_context():
        connection = db.engine

    def execute(statement, **values):
        with connection.begin_nested():
            return connection.execute(text(statement), values)

    return execute


@pytest.mark.security(63)
@pytest.mark.parametrize(
    "change",
    [
        "UPDATE calculations SET note = 'x' WHERE user_id = :alice",
        "UPDATE users SET role = 'admin' WHERE id = :alice",
        "UPDATE users SET active = false WHERE id = :alice",
        "UPDATE users SET email = 'mallory@example.org' WHERE id = :alice",
        "INSERT INTO users (email, password_hash, role) VALUES ('mallory@example.org', '$argon2id$', 'admin')",
    ],
)
def test_a_change_without_an_actor_is_refused(run, alice, kept, change):
    kept(alice, "1+1")
    run("SELECT set_config('app.actor_id', '', true)")
    with pytest.raises(DBAPIError, match="a change without an actor"):
        run(change, **({"alice": alice.id} if ":alice" in change else {}))


@pytest.mark.parametrize("actor", ["x", "1; DROP TABLE users", "9223372036854775808"])
def test_an_actor_that_is_no_number_is_refused(run, alice, kept, actor):
    kept(alice, "1+1")
    run("SELECT set_config('app.actor_id', :actor, true)", actor=actor)
    with pytest.raises(DBAPIError):
        run("UPDATE calculations SET note = 'x' WHERE user_id = :alice", alice=alice.id)


def test_ones_own_changes_are_ones_own_business(app, run, alice, kept):
    kept(alice, "1+1", note="mine")
    run("SELECT set_config('app.actor_id', :actor, true), set_config('app.reason', '', true)", actor=str(alice.id))
    run("UPDATE calculations SET note = 'x' WHERE user_id = :alice", alice=alice.id)
    assert run("SELECT count(*) FROM audit_events WHERE object = 'calculation'").scalar() == 0


@pytest.mark.security(63)
def test_a_strangers_change_by_plain_sql_is_written_down_whole(app, run, alice, bob, kept):
    kept(alice, "84.50*3", note="mine")
    run("SELECT set_config('app.actor_id', :actor, true), set_config('app.reason', 'a hole', true)", actor=str(bob.id))
    run("UPDATE calculations SET answer = '666' WHERE user_id = :alice", alice=alice.id)
    event = run("SELECT * FROM audit_events ORDER BY id DESC LIMIT 1").mappings().one()
    assert (event["actor_id"], event["owner_id"], event["number"]) == (bob.id, alice.id, 1)
    assert (event["action"], event["reason"]) == ("update", "a hole")
    assert (event["before"]["answer"], event["after"]["answer"]) == ("253.5", "666")
    assert event["before"].keys() >= {"expression", "note", "value", "version", "deleted_at"}


@pytest.mark.security(63)
def test_a_refused_transaction_leaves_no_event(app, run, alice, bob, kept):
    kept(alice, "1+1")
    run("SELECT set_config('app.actor_id', :actor, true)", actor=str(bob.id))
    before = run("SELECT count(*) FROM audit_events").scalar()
    with pytest.raises(DBAPIError):
        run("UPDATE calculations SET note = 'x', version = 0 WHERE user_id = :alice", alice=alice.id)
    assert run("SELECT count(*) FROM audit_events").scalar() == before


def test_nothing_that_opens_an_account_is_written_down(app, alice, grace):
    with app.app_context():
        act_as(grace.id, "Test")
        user = db.session.get(User, alice.id)
        user.promote(1)
        Session.end_all(user)
        user = db.session.get(User, alice.id)
        user.set_password("eight abacuses")
        db.session.commit()
        for event in db.session.scalars(AuditEvent.newest()):
            for row in (event.before or {}, event.after or {}):
                assert not NEVER_SHOWN & row.keys()
                assert "argon2id" not in str(row)


NOBODY = 10**15  # who left
OF_NOBODY = f"WHERE actor_id = {NOBODY}"


@pytest.fixture
def owner(server, database):
    """A connection as the account that owns the tables, which only migrations use."""
    connection = psycopg2.connect(server.url(database, role="owner"))
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO users (email, password_hash) VALUES ('dave@example.org', '$argon2id$x') RETURNING id"
        )
        (dave,) = cursor.fetchone()
        shown = ", ".join(f'\'{{"note": "x", "deleted_by": {who}}}\'::jsonb' for who in (dave, NOBODY))
        cursor.execute(
            "INSERT INTO audit_events (actor_id, action, object, owner_id, reason, before, after)"
            f" SELECT who, 'update', 'user', {dave}, 'x', {shown} FROM (VALUES ({dave}), ({NOBODY})) AS actors (who)"
        )
    yield connection
    connection.rollback()
    connection.close()


@pytest.mark.security(63)
@pytest.mark.parametrize(
    "change",
    [
        "UPDATE audit_events SET reason = 'nothing happened'",
        "UPDATE audit_events SET actor_id = 1",
        "UPDATE audit_events SET actor_id = -1",  # a pseudonym is for who left; Dave is there
        "UPDATE audit_events SET after = NULL",
        "UPDATE audit_events SET before = jsonb_set(before, '{deleted_by}', '-1')",  # he is there inside of it, too
        f"UPDATE audit_events SET before = NULL, after = NULL, actor_id = -1 {OF_NOBODY}",
        f"UPDATE audit_events SET actor_id = -1, reason = 'nothing happened' {OF_NOBODY}",
        f"UPDATE audit_events SET actor_id = -1, after = after - 'note' {OF_NOBODY}",
        f"UPDATE audit_events SET actor_id = 7 {OF_NOBODY}",
        f"UPDATE audit_events SET after = jsonb_set(after, '{{deleted_by}}', '7') {OF_NOBODY}",
        "UPDATE audit_events SET at = now()",
        "DELETE FROM audit_events",
        "TRUNCATE audit_events",
    ],
)
def test_not_even_its_owner_rewrites_the_audit(owner, change):
    with owner.cursor() as cursor, pytest.raises(psycopg2.errors.InsufficientPrivilege):
        cursor.execute(change)


@pytest.mark.parametrize("change", ["actor_id = -1", "after = jsonb_set(after, '{deleted_by}', '-1')"])
def test_who_left_becomes_a_pseudonym_there(owner, change):
    with owner.cursor() as cursor:
        cursor.execute(f"UPDATE audit_events SET {change} {OF_NOBODY}")
        assert cursor.rowcount == 1
