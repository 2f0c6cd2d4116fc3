"""Two administrators who take each other's right away at the same moment: one of them stays."""

import os
import threading

import psycopg2
import pytest

from calcapp import create_app
from calcapp.extensions import db
from calcapp.models import User, act_as
from calcapp.models.user import LastAdministrator
from tests import postgres
from tests.conftest import settings_for
from tests.serving import eventually


@pytest.fixture
def place(server, database):
    """A database of its own, because both really commit."""
    name = f"calc_two_{os.getpid()}"
    postgres.clone(server, name)
    app = create_app(settings_for(server.url(name, role="app")))
    yield app, server.url(name, role="owner")
    with app.app_context():
        db.engine.dispose()
    postgres.drop(server, name)


@pytest.mark.security(38)
def test_one_of_two_who_demote_each_other_at_once_stays(place, password_hash):
    app, owner_url = place
    with app.app_context():
        act_as(0, "the cast")
        grace, heidi = (
            User(email=f"{name}@example.org", password_hash=password_hash, role="admin") for name in ("grace", "heidi")
        )
        db.session.add_all([grace, heidi])
        db.session.commit()
        ids = grace.id, heidi.id
    outcome = []

    def demote(actor, other):
        with app.app_context():
            act_as(actor, "Test")
            try:
                db.session.get(User, other).demote(1)
                db.session.commit()
                outcome.append("demoted")
            except LastAdministrator:
                outcome.append("refused")

    watching = psycopg2.connect(owner_url)
    watching.autocommit = True

    def waits_or_is_done():
        with watching.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_locks WHERE NOT granted")
            return cursor.fetchone() != (0,) or outcome

    with app.app_context():
        act_as(ids[0], "Test")
        db.session.get(User, ids[1]).demote(1)
        second = threading.Thread(target=demote, args=(ids[1], ids[0]))
        second.start()
        eventually(waits_or_is_done)
        db.session.commit()
    second.join()
    watching.close()
    with app.app_context():
        assert [user.id for user in db.session.scalars(User.administrators())] == [ids[0]]
    assert outcome == ["refused"]
