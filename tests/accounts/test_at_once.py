"""Two at the same moment, on a database where both really commit: of what works once, one is let through."""

import re
import threading
import time
from concurrent.futures import ThreadPoolExecutor

import pyotp
import pytest
from sqlalchemy import create_engine, text

from calcapp import create_app
from calcapp.extensions import db
from calcapp.models import Authenticator, MailedLink, RecoveryCode, User, act_as
from tests import postgres
from tests.accounts.conftest import path_in
from tests.accounts.device import Device
from tests.accounts.test_passkeys import add, asked_of, challenge_of
from tests.accounts.test_second_factor import set_up
from tests.cast import PASSWORD, Person
from tests.conftest import settings_for
from tests.serving import eventually

NEW = "nine violet tractors"


@pytest.fixture(scope="module")
def real(server, database):
    """An application with a database of its own and connections for everybody."""
    name = postgres.clone(server, f"{database}_at_once")
    app = create_app(settings_for(server.url(name, role="app"), POOL_SIZE="12", PUBLIC_URL="http://localhost:8000"))
    app.testing = True
    yield app
    with app.app_context():
        db.engine.dispose()
    postgres.drop(server, name)


@pytest.fixture
def owner(server, database, real):
    """Somebody else at the same tables."""
    engine = create_engine(settings_for(server.url(f"{database}_at_once", role="owner"))["OWNER_DATABASE_URI"])
    with engine.begin() as connection:
        connection.execute(text("SELECT set_config('app.actor_id', '0', true)"))
        connection.execute(text("DELETE FROM users"))
        connection.execute(text("DELETE FROM throttle_counts"))
    yield engine
    engine.dispose()


@pytest.fixture
def alice(real, owner, password_hash):
    return someone(real, "alice@example.org", password_hash)


def someone(app, email, password_hash):
    with app.app_context():
        act_as(0)
        user = User(email=email, password_hash=password_hash)
        db.session.add(user)
        db.session.commit()
        return Person(app, email, user.id).log_in()


def both_have_looked(monkeypatch, thing, name, many=2):
    """Nobody does this before everybody is about to: whatever was read before is out of date for all but one."""
    really, meet = getattr(thing, name), threading.Barrier(many, timeout=60)

    def wait(*args, **named):
        meet.wait()
        return really(*args, **named)

    monkeypatch.setattr(thing, name, wait)


def at_once(acts):
    with ThreadPoolExecutor(len(acts)) as pool:
        return [done.result() for done in [pool.submit(act) for act in acts]]


def half_in(app):
    browser = Person(app)
    browser.open("/login")
    browser.submit("Log in", Email="alice@example.org", Password=PASSWORD)
    browser.open("/login/code")
    return browser


@pytest.mark.security(16)
@pytest.mark.parametrize(("kind", "act"), [(RecoveryCode, "recovery"), (Authenticator, "app")])
def test_of_two_who_bring_the_same_code_one_is_let_in(real, alice, monkeypatch, kind, act):
    moment = time.time() // 30 * 30 + 15
    monkeypatch.setattr(time, "time", lambda: moment)
    secret, codes = set_up(alice)
    code = codes[0] if act == "recovery" else pyotp.TOTP(secret).at(moment)
    two = [half_in(real), half_in(real)]
    both_have_looked(monkeypatch, kind, "spend")
    statuses = at_once([lambda browser=browser: browser.submit("Log in", Code=code).status for browser in two])
    assert sorted(statuses) == [303, 422]


@pytest.mark.security(15)
def test_of_two_who_open_the_same_link_one_sets_the_password(real, alice, mails_to, monkeypatch):
    visitor = Person(real)
    visitor.open("/password/forgot")
    visitor.press("Send the link", Email="alice@example.org")
    path = path_in(mails_to[0], "http://localhost:8000")
    two = [Person(real), Person(real)]
    for browser in two:
        browser.open(path)
    both_have_looked(monkeypatch, MailedLink, "use_up")
    words = ["nine violet tractors", "eleven paper boats"]
    statuses = at_once(
        [lambda b=b, w=w: b.submit("Change password", New_password=w).status for b, w in zip(two, words, strict=True)]
    )
    assert sorted(statuses) == [303, 404]
    with real.app_context():
        user = db.session.get(User, alice.id)
        assert [user.has_password(word) for word in words] == [status == 303 for status in statuses]


@pytest.fixture
def mails_to(monkeypatch):
    caught = []
    monkeypatch.setattr("calcapp.accounts.mails.send", lambda to, subject, body: caught.append((to, subject, body)))
    return caught


def test_of_many_who_register_the_same_address_one_gets_it(real, owner, monkeypatch):
    many = [Person(real) for _ in range(6)]
    for browser in many:
        browser.open("/register")
    both_have_looked(monkeypatch, User, "set_password", many=6)
    form = {"Email": "carol@example.org", "Password": NEW}
    pages = at_once([lambda browser=browser: browser.submit("Create account", **form) for browser in many])
    assert sorted(page.status for page in pages) == [303] + [422] * 5
    assert all("There is an account with this address" in page.text for page in pages if page.status == 422)
    with owner.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM users")).scalar() == 1
        assert connection.execute(text("SELECT count(*) FROM sessions")).scalar() == 1


@pytest.mark.security(16)
def test_of_two_who_send_the_same_passkeys_answer_one_is_let_in(real, alice):
    device = Device()
    asked_of(alice)
    assert add(alice, device).status == 303
    browser = Person(real)
    asked, token = challenge_of(browser)
    answer = device.signs(asked)
    two = [browser, Person(real)]
    for cookie in browser.browser._cookies.values():
        two[1].browser.set_cookie(cookie.key, cookie.value)
    form = {"csrf_token": token, "credential": answer}
    places = at_once([lambda b=b: b.send("POST", "/login/passkey", data=form).location for b in two])
    assert sorted(places) == ["/", "/login"]


@pytest.mark.security(6)
def test_of_many_wrong_passwords_at_once_ten_are_looked_at_and_no_more(real, alice):
    """Perhaps fewer: who is the tenth for the account may be the eleventh from the address."""
    many = [Person(real) for _ in range(12)]
    for browser in many:
        browser.open("/login")
    form = {"Email": "alice@example.org", "Password": "wrong"}
    statuses = at_once([lambda browser=browser: browser.submit("Log in", **form).status for browser in many])
    assert set(statuses) == {422, 429}
    assert 8 <= statuses.count(422) <= 10


@pytest.mark.security(19, 20)
@pytest.mark.parametrize("change", ["password_hash = '$argon2id$new'", "active = false"])
def test_who_logs_in_while_the_password_or_the_standing_changes_is_not_let_in(real, alice, owner, change):
    """The old password was right when it was looked at; the session it begins must not outlive the change."""
    thief = Person(real)
    thief.open("/login")
    with owner.connect() as connection, ThreadPoolExecutor(1) as pool:
        connection.execute(text("SELECT set_config('app.actor_id', '0', true)"))
        connection.execute(text(f"UPDATE users SET {change}"))
        connection.execute(text("DELETE FROM sessions"))
        entering = pool.submit(lambda: thief.submit("Log in", Email="alice@example.org", Password=PASSWORD))
        eventually(lambda: waits_for_us(owner) or entering.done())
        connection.commit()
        page = entering.result()
    assert page.status == 409
    assert re.search("changed at this very moment", page.text)
    with owner.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM sessions")).scalar() == 0


def waits_for_us(engine):
    with engine.connect() as connection:
        return connection.execute(text("SELECT count(*) FROM pg_locks WHERE NOT granted")).scalar() > 0
