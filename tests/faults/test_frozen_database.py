"""A database that does not answer, or dies at a bad moment: nobody waits for ever, and no page is lost for it."""

import contextlib
import json

import psycopg2
import pytest
from sqlalchemy import text
from sqlalchemy.exc import OperationalError, TimeoutError
from sqlalchemy.pool import QueuePool

from calcapp import deadline
from calcapp.extensions import db
from calcapp.models import User


@pytest.fixture
def impatient(monkeypatch):
    """What takes seconds in earnest takes moments here."""
    monkeypatch.setattr(deadline, "LONGEST", 0.05)
    monkeypatch.setattr(deadline, "EVERY", 0.01)
    monkeypatch.setattr(deadline, "watch", deadline.Watch())


@pytest.fixture
def end(server, database):
    """Let the connection that is used just now die, as when PostgreSQL is killed."""
    connection = psycopg2.connect(server.url(database, role="admin"))
    connection.autocommit = True

    def run():
        (process,) = db.session.execute(text("SELECT pg_backend_pid()")).one()
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_terminate_backend(%s, 60000)", (process,))

    yield run
    connection.close()


@pytest.mark.security(64, 85)
def test_a_call_that_is_not_answered_ends_and_the_next_one_is_answered(committing_app, impatient, monkeypatch):
    with committing_app.app_context():
        with pytest.raises(OperationalError, match="closed the connection"):
            db.session.execute(text("SELECT pg_sleep(2)"))
        db.session.rollback()
        monkeypatch.setattr(deadline, "LONGEST", 60)  # a busy machine may take its time
        assert db.session.scalar(text("SELECT 1")) == 1


@pytest.mark.parametrize("end", ["commit", "rollback"])
def test_the_end_of_a_transaction_is_watched_too(committing_app, monkeypatch, end):
    watched = []
    with committing_app.app_context():
        line = db.session.connection().connection.dbapi_connection
        monkeypatch.setattr(deadline.watch, "call", lambda line: contextlib.nullcontext(watched.append(line)))
        getattr(db.session, end)()
    assert watched == [line, line]  # and once more when the pool takes it back


def test_a_call_that_is_answered_in_time_is_left_alone(committing_app):
    with committing_app.app_context():
        process = db.session.scalar(text("SELECT pg_backend_pid()"))
        db.session.commit()
        assert db.session.scalar(text("SELECT pg_backend_pid()")) == process
    assert deadline.watch.calls == {}


@pytest.mark.security(85)
def test_a_connection_is_waited_for_while_the_database_answers_and_not_at_all_while_all_are_stuck(
    committing_app, monkeypatch
):
    monkeypatch.setattr(deadline, "STUCK", 0.0)
    with committing_app.app_context():
        pool, line = db.engine.pool, db.session.connection().connection.dbapi_connection
    monkeypatch.setattr(deadline.watch, "answers", lambda: True)
    tries = iter([TimeoutError("none is free")] * 3 + ["one is free"] + [TimeoutError("none is free")] * 3)

    def get(_pool):
        if isinstance(each := next(tries), Exception):
            raise each
        return each

    monkeypatch.setattr(QueuePool, "_do_get", get)
    assert pool._do_get() == "one is free"
    for someone in range(pool.size()):
        assert pool._timeout > 0
        monkeypatch.setitem(deadline.watch.calls, someone, (0.0, line))
    with pytest.raises(TimeoutError):
        pool._do_get()
    assert len(list(tries)) == 2  # it asked once
    monkeypatch.setattr(deadline, "STUCK", 1e9)
    for change in ((type(pool), "MOST", 0), (deadline.watch, "answers", lambda: False)):
        monkeypatch.setattr(*change)
        tries = iter([TimeoutError("none is free")] * 2)
        with pytest.raises(TimeoutError):
            pool._do_get()
        monkeypatch.setattr(type(pool), "MOST", 1e9)


def test_a_database_that_answered_a_moment_ago_answers(committing_app, monkeypatch):
    monkeypatch.setattr(deadline, "watch", deadline.Watch())
    assert not deadline.watch.answers()
    with committing_app.app_context():
        db.session.execute(text("SELECT 1"))
        assert deadline.watch.answers()
        db.session.rollback()


def test_a_connection_that_dies_when_the_page_is_made_takes_nothing_along(committing_app, end, monkeypatch):
    made = []
    monkeypatch.setitem(committing_app.view_functions, "health.ready", lambda: made.append(end()) or "made\n")
    monkeypatch.setattr(committing_app.view_functions["health.ready"], "public", True, raising=False)
    assert committing_app.test_client().get("/healthz/ready").text == "made\n"
    assert made
    with committing_app.app_context():
        assert db.session.scalar(text("SELECT 1")) == 1


def test_what_is_logged_of_a_failure_asks_no_database(committing_app, end, capsys):
    from flask import g

    from calcapp import logs

    with committing_app.test_request_context("/"):
        g.user_id = 7
        g.login = User(email="nobody@example.org")
        end()
        logs.event("database_failed")
    assert json.loads(capsys.readouterr().err.splitlines()[-1])["user"] == 7
