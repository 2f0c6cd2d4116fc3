"""A real PostgreSQL, rolled back after each test; the cast; CSRF on.

The application is imported where it is needed: the process that hands out the tests needs none of it, and the others
start behind it.
"""

import contextlib
import functools
import gc
import os

import pytest
from xdist.scheduler import LoadFileScheduling

from tests import postgres
from tests.cast import PASSWORD, Person, keep
from tests.serving import site  # noqa: F401 a fixture


def pytest_configure():
    """Name the server's folder before pytest starts its workers, so that all of them share one."""
    postgres.shared_server()


class BySite(LoadFileScheduling):
    """A file goes to one worker; those that need the whole site go to the same one, so that it starts once."""

    def _split_scope(self, nodeid):
        return "site" if on_the_site(nodeid) else super()._split_scope(nodeid)


def on_the_site(nodeid):
    return nodeid.startswith(("tests/browser/", "tests/faults/"))


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config, log):
    return BySite(config, log) if config.getvalue("dist") == "loadfile" else None


def pytest_collection_modifyitems(items):
    """What takes longest begins first."""
    items.sort(key=lambda item: not on_the_site(item.nodeid))


def pytest_collection_finish():
    """What was collected stays to the end: the collector need not look at it each time."""
    gc.freeze()


SECRET = "0f1e2d3c4b5a69788796a5b4c3d2e1f00f1e2d3c4b5a69788796a5b4c3d2e1f0"


@pytest.fixture(scope="session")
def server():
    """The shared server, started."""
    shared = postgres.shared_server().start()
    yield shared
    shared.stop()


@pytest.fixture(scope="session")
def template(server):
    """The name of a migrated database, from which others are made."""
    return postgres.migrated_template(server, migrate)


@pytest.fixture(scope="session")
def database(server, template):
    """The name of this worker's own migrated database."""
    name = f"calc_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}_{os.getpid()}"
    postgres.clone(server, name, template)
    yield name
    postgres.drop(server, name)


def settings_for(app_url, owner_url=None, **more):
    from calcapp import settings

    return settings.load(
        {"DATABASE_URL": app_url, "OWNER_DATABASE_URL": owner_url or app_url, "SECRET_KEY": SECRET, **more}
    )


def migrate(owner_url):
    from flask_migrate import upgrade

    from calcapp import create_app

    with create_app(settings_for(owner_url)).app_context():
        upgrade()


@pytest.fixture(scope="session")
def quick_hashes():
    """Hashes that cost next to nothing: those that people get take longer than all the rest of a page. Yields what
    makes these."""
    from argon2 import PasswordHasher

    from calcapp.models import password

    with pytest.MonkeyPatch.context() as patch:
        as_people_get_them = password.HASHER
        patch.setattr(password, "HASHER", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
        yield as_people_get_them


@pytest.fixture
def true_hashes(quick_hashes, monkeypatch):
    """Hashes as people get them."""
    monkeypatch.setattr("calcapp.models.password.HASHER", quick_hashes)


@pytest.fixture(scope="session")
def committing_app(server, database, quick_hashes):
    """The application as it is: what it commits stays."""
    from calcapp import create_app
    from calcapp.extensions import db

    app = create_app(settings_for(server.url(database, role="app"), server.url(database, role="owner")))
    app.testing = True
    yield app
    with app.app_context():
        db.engine.dispose()


@pytest.fixture
def app(committing_app):
    """The application inside a transaction that is rolled back at the end: its commits are savepoints."""
    with rolled_back(committing_app):
        yield committing_app


@contextlib.contextmanager
def rolled_back(app):
    """Everything that the application commits meanwhile, undone at the end; yields the one connection it uses."""
    from sqlalchemy import text

    from calcapp.extensions import db

    with app.app_context():
        engine = db.engine
        engines = db._app_engines[app]
    with engine.connect() as connection, pytest.MonkeyPatch.context() as patch:
        outer = connection.begin()
        connection.execute(text("SELECT set_config('app.actor_id', '', true)"))
        patch.setitem(engines, None, connection)
        patch.setitem(db.session.session_factory.kw, "join_transaction_mode", "create_savepoint")
        yield connection
        outer.rollback()


@pytest.fixture(scope="session")
def password_hash(quick_hashes):
    """One hash for the whole cast."""
    from calcapp.models.password import hash_password

    return hash_password(PASSWORD)


@pytest.fixture
def register(app, password_hash):
    """Make a person with an account, logged in."""

    return functools.partial(registered, app, password_hash)


def registered(app, password_hash, email, **columns):
    from calcapp.extensions import db
    from calcapp.models import Session, User, act_as

    with app.app_context():
        act_as(0, "the cast")
        user = User(email=email, password_hash=password_hash, **columns)
        db.session.add(user)
        db.session.flush()
        user_id = user.id
        _, token = Session.begin(user, browser="test")
        db.session.commit()
    return Person(app, email, user_id).hold(token)


@pytest.fixture
def visitor(app):
    return Person(app)


@pytest.fixture
def https(app, monkeypatch):
    """A visitor of the application as its settings make it where the public address has TLS."""
    url = "postgresql://localhost/x"
    plain, secure = settings_for(url), settings_for(url, PUBLIC_URL="https://127.0.0.1:8000")
    for name, value in secure.items():
        if plain[name] != value:
            monkeypatch.setitem(app.config, name, value)
    return Person(app)


@pytest.fixture
def alice(register):
    return register("alice@example.org")


@pytest.fixture
def bob(register):
    """A stranger to Alice."""
    return register("bob@example.org")


@pytest.fixture
def grace(register):
    return register("grace@example.org", role="admin")


@pytest.fixture
def kept(app):
    """Put a record on somebody's tape: kept(alice, "1/3") is its number."""
    return lambda person, expression, **columns: keep(app, person, expression, **columns)
