"""People who log in through the real form, clocks that are turned back, and mails that are caught."""

import re

import pytest
from sqlalchemy import text

from calcapp.extensions import db
from tests.cast import PASSWORD, Person


@pytest.fixture
def somebody(app):
    """Another browser, with nobody logged in."""
    return lambda: Person(app)


@pytest.fixture
def log_in(somebody):
    """Log in through the form: the person with the page that followed."""

    def typed(email="alice@example.org", password=PASSWORD, browser=None, **more):
        browser = browser or somebody()
        browser.open("/login")
        browser.submit("Log in", Email=email, Password=password, **more)
        return browser

    return typed


@pytest.fixture
def sql(app):
    """Look into the database, or turn its clock back by changing what it noted."""

    def run(statement, **values):
        with app.app_context():
            db.session.execute(text("SELECT set_config('app.actor_id', '0', true)"))
            found = db.session.execute(text(statement), values)
            rows = found.all() if found.returns_rows else found.rowcount
            db.session.commit()
            return rows

    return run


@pytest.fixture
def mails(monkeypatch):
    """What was sent, as (to, subject, text); the newest last."""
    from calcapp.accounts import mails as module

    caught = []
    monkeypatch.setattr(module, "send", lambda to, subject, text: caught.append((to, subject, text)))
    return caught


def path_in(mail, base="http://127.0.0.1:8000"):
    """The path of the link in a mail."""
    return re.search(re.escape(base) + r"(/\S+)", mail[2])[1]
