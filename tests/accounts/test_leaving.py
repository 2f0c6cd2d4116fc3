"""Leaving: a week to think it over, then nothing is left."""

import json

import pytest
from sqlalchemy import create_engine, text

from calcapp import create_app
from calcapp.extensions import db
from calcapp.models import Calculation, User, act_as
from tests import postgres
from tests.accounts.conftest import path_in
from tests.cast import PASSWORD, keep
from tests.conftest import settings_for


def leave(person):
    person.open("/account/leave")
    return person.press("Delete account", Password=PASSWORD)


def test_leaving_needs_the_password(alice):
    alice.open("/account/leave")
    assert alice.submit("Delete account", Password="not this one").status == 422
    assert alice.open("/account").h1 == "Account"


def test_who_leaves_is_logged_out_everywhere_and_told_of_the_week(alice, log_in, mails):
    other = log_in()
    page = leave(alice)
    assert page.h1 == "Log in"
    assert "will be deleted in 7 days" in page.text
    assert other.send("GET", "/account").location == "/login?next=/account"
    assert mails[-1][:2] == ("alice@example.org", "Your Calcapp account will be deleted")


def test_logging_in_again_shows_how_to_stay_and_nothing_else(alice, log_in):
    leave(alice)
    back = log_in()
    for path in ("/", "/calculations", "/account", "/account/password"):
        assert back.open(path).h1 == "Your account is being deleted"
    assert back.send("GET", "/account/download.json").status == 200
    page = back.press("Keep my account") if back.open("/account/leaving") else None
    assert "Your account stays" in page.text
    assert back.open("/calculations").status == 200


def test_the_mailed_link_keeps_the_account_without_logging_in(alice, somebody, log_in, mails, sql):
    leave(alice)
    browser = somebody()
    browser.open(path_in(mails[-1]))
    assert sql("SELECT leaving_at IS NULL FROM users") == [(False,)]
    browser.press("Keep my account")
    assert sql("SELECT leaving_at IS NULL FROM users") == [(True,)]
    assert log_in().open("/account").h1 == "Account"
    assert somebody().open(path_in(mails[-1])).status == 404


@pytest.mark.security(38)
def test_the_last_administrator_stays(grace, register):
    grace.open("/account/leave")
    assert grace.submit("Delete account", Password=PASSWORD).status == 409
    register("heidi@example.org", role="admin")
    grace.open("/account/leave")
    assert grace.submit("Delete account", Password=PASSWORD).status == 303


def test_everything_can_be_taken_along(alice, kept):
    kept(alice, "1/3", note="a third")
    answer = alice.send("GET", "/account/download.json")
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    whole = json.loads(answer.source)
    assert whole["account"]["email"] == "alice@example.org"
    assert [(record["expression"], record["note"]) for record in whole["records"]] == [("1/3", "a third")]
    assert len(whole["sessions"]) == 1
    assert "hash" not in answer.source


# What the command line does is really committed, so it has a database of its own.


@pytest.fixture
def purged(server, database):
    """An application on a fresh database, and what `flask purge` said when it ran there."""
    name = postgres.clone(server, f"{database}_purged")
    owner = server.url(name, role="owner")
    app = create_app(settings_for(server.url(name, role="app"), owner))
    yield (
        app,
        lambda: app.test_cli_runner().invoke(args=["purge"]).output,
        create_engine(settings_for(owner)["OWNER_DATABASE_URI"]),
    )
    with app.app_context():
        db.engine.dispose()
    postgres.drop(server, name)


def settle(app, email, **columns):
    with app.app_context():
        act_as(0)
        user = User(email=email, password_hash="$argon2id$none", **columns)
        db.session.add(user)
        db.session.commit()
        return type("Someone", (), {"id": user.id})


def record(owner, number):
    return db.session.get(Calculation, (owner.id, number))


def act(app, actor, reason, doing):
    with app.app_context():
        act_as(actor.id, reason)
        doing()
        db.session.commit()


NAMES_SOMEBODY = "'((user|owner|actor)_id|_by|^id)$'"
COLUMNS = text(
    "SELECT table_name, column_name FROM information_schema.columns WHERE table_schema = 'public'"
    " AND (column_name ~ '((user|owner|actor)_id|_by)$' OR (table_name, column_name) = ('users', 'id'))"
)


@pytest.mark.security(67)
def test_after_the_week_no_row_has_the_persons_number(purged):
    app, purge, owner = purged
    alice, bob = settle(app, "alice@example.org", role="admin"), settle(app, "bob@example.org")
    grace = settle(app, "grace@example.org", role="admin")
    for number in range(3):
        keep(app, alice, f"{number} + 1")
        keep(app, bob, f"{number} + 2")
    act(app, alice, "spam", lambda: record(bob, 1).delete(by=db.session.get(User, alice.id)))
    act(app, alice, "ugly", lambda: record(bob, 2).delete(by=db.session.get(User, alice.id)))
    act(app, bob, "help", lambda: record(alice, 1).delete(by=db.session.get(User, bob.id)))
    act(app, grace, "fine", lambda: record(bob, 1).restore())
    with owner.begin() as connection:
        connection.execute(text("SELECT set_config('app.actor_id', '0', true)"))
        connection.execute(
            text("UPDATE users SET leaving_at = now() + interval '1 hour' WHERE id = :id"), {"id": alice.id}
        )
    assert "0 accounts" in purge()
    with owner.begin() as connection:
        connection.execute(
            text("UPDATE users SET leaving_at = now() - interval '1 second' WHERE id = :id"), {"id": alice.id}
        )
    assert "1 accounts" in purge()
    with owner.connect() as connection:
        for table, column in connection.execute(COLUMNS).all():
            found = connection.execute(text(f"SELECT count(*) FROM {table} WHERE {column} = :id"), {"id": alice.id})
            assert found.scalar() == 0, (table, column)
        inside = text(
            "SELECT key, value FROM audit_events, LATERAL (VALUES (before), (after)) AS both_ (shown),"
            f" jsonb_each(shown) WHERE key ~ {NAMES_SOMEBODY}"
        )
        shown = [(key, value) for key, value in connection.execute(inside) if value is not None]
        assert alice.id not in [value for _, value in shown]
        told = connection.execute(text("SELECT actor_id, owner_id, reason, after FROM audit_events ORDER BY id")).all()
        assert [event.reason for event in told if event.actor_id < 0] == ["spam", "ugly"]
        assert ("help", None) in [(event.reason, event.after) for event in told if event.owner_id < 0]
        pseudonym = {event.owner_id for event in told if event.owner_id < 0}
        assert len(pseudonym) == 1
        assert {value for name, value in shown if name == "deleted_by"} == pseudonym
        assert connection.execute(text("SELECT count(*) FROM calculations")).scalar() == 3
    owner.dispose()


@pytest.mark.security(67)
def test_what_was_deleted_for_thirty_days_goes_and_the_rest_stays(purged):
    app, purge, owner = purged
    alice = settle(app, "alice@example.org")
    for number in range(3):
        keep(app, alice, f"{number} + 1")
    with owner.begin() as connection:
        connection.execute(text("SELECT set_config('app.actor_id', '0', true)"))
        connection.execute(
            text("UPDATE calculations SET deleted_at = now() - number * interval '29 days' WHERE number < 3")
        )
    assert "1 deleted records" in purge()
    with owner.connect() as connection:
        assert connection.execute(text("SELECT number FROM calculations ORDER BY 1")).all() == [(1,), (3,)]
    owner.dispose()


def test_the_webs_role_cannot_purge(purged):
    from sqlalchemy.exc import ProgrammingError

    app, _, owner = purged
    if "calc_app" not in app.config["SQLALCHEMY_DATABASE_URI"]:
        owner.dispose()
        pytest.skip("this server is used with one account for everything")
    alice = settle(app, "alice@example.org")
    with app.app_context():
        for statement in ("DELETE FROM users", "DELETE FROM calculations", "UPDATE audit_events SET owner_id = -1"):
            with pytest.raises(ProgrammingError, match="permission denied"):
                db.session.execute(text(statement))
            db.session.rollback()
    assert alice.id
    owner.dispose()


def test_who_keeps_history_for_thirty_days_keeps_what_has_a_star(purged):
    app, purge, owner = purged
    alice, bob = settle(app, "alice@example.org", keep_history="30 days"), settle(app, "bob@example.org")
    for number in range(3):
        keep(app, alice, f"{number} + 1")
        keep(app, bob, f"{number} + 1")
    with owner.begin() as connection:
        connection.execute(text("SELECT set_config('app.actor_id', '0', true)"))
        connection.execute(text("UPDATE calculations SET created_at = now() - interval '31 days' WHERE number < 3"))
        connection.execute(text("UPDATE calculations SET starred = true WHERE number = 1"))
    assert "1 records past their owner's time" in purge()
    with owner.connect() as connection:
        left = connection.execute(text("SELECT user_id, number FROM calculations ORDER BY user_id, number")).all()
    assert [tuple(row) for row in left] == [(alice.id, 1), (alice.id, 3), (bob.id, 1), (bob.id, 2), (bob.id, 3)]
    owner.dispose()


def test_demo_fills_a_tape_that_reads_like_any_other(purged):
    app, _purge, owner = purged
    alice = settle(app, "alice@example.org")
    keep(app, alice, "1+1")
    said = app.test_cli_runner().invoke(args=["demo", "alice@example.org", "--records", "50"]).output
    assert "50 calculations more" in said
    keep(app, alice, "2+2")
    with owner.connect() as connection:
        rows = connection.execute(text("SELECT number, note, search, value FROM calculations ORDER BY number")).all()
    assert [row.number for row in rows] == list(range(1, 53))
    assert any(row.note.startswith("Küche") and row.search.startswith("kuche") for row in rows)
    assert "no account" in app.test_cli_runner().invoke(args=["demo", "bob@example.org"]).output
    owner.dispose()
