"""A lost password, an address that changes: by mail, from a real mail server."""

import re

import pytest

from calcapp.extensions import db
from calcapp.models import MailedLink, User
from calcapp.models.mailed_link import CHANGE, STAY, VERIFY
from tests.accounts.conftest import path_in
from tests.accounts.device import Device
from tests.accounts.mailbox import receiving
from tests.accounts.test_passkeys import add
from tests.accounts.test_second_factor import set_up
from tests.cast import PASSWORD

NEW = "nine violet tractors"


@pytest.fixture
def mailbox(app, monkeypatch):
    with receiving() as box:
        monkeypatch.setitem(app.config, "MAIL", {**app.config["MAIL"], **box.reached, "security": "none"})
        yield box


def forget(browser, address="alice@example.org", **how):
    browser.open("/password/forgot")
    form = browser.page.form("Send the link").fill(Email=address)
    return browser.send("POST", "/password/forgot", data=form, **how)


@pytest.mark.security(15)
def test_a_lost_password_is_replaced_by_mail(alice, visitor, log_in, mailbox, sql):
    assert forget(visitor).location == "/password/sent"
    to, subject, text = mailbox.next()
    assert (to, subject) == ("alice@example.org", "A new password for Calcapp")
    path = path_in((to, subject, text))
    visitor.open(path)
    assert visitor.submit("Change password", New_password=NEW).location == "/login"
    page = visitor.open("/login")
    assert page.form("Log in").fields["email"] == "alice@example.org"
    assert "Your password is changed" in page.text
    assert alice.send("GET", "/account").location == "/login?next=/account"
    assert log_in(password=PASSWORD).page.status == 422
    assert log_in(password=NEW).page.status == 303
    assert mailbox.next()[1] == "Your Calcapp password was changed"
    assert sql("SELECT email_verified_at IS NOT NULL FROM users") == [(True,)]


@pytest.mark.security(15)
def test_the_link_is_kept_as_a_hash_of_256_bits(alice, visitor, mails, sql):
    forget(visitor)
    token = path_in(mails[-1]).rsplit("/", 1)[1]
    assert len(token) == 43
    kept = sql("SELECT * FROM mailed_links")[0]
    assert token not in str(kept)
    assert sql("SELECT expires_at - now() FROM mailed_links")[0][0].total_seconds() == 30 * 60


@pytest.mark.security(15)
def test_the_link_works_once(alice, visitor, somebody, mails):
    forget(visitor)
    path = path_in(mails[-1])
    late = somebody()
    late.open(path)
    visitor.open(path)
    visitor.press("Change password", New_password=NEW)
    assert late.submit("Change password", New_password="eleven paper boats").status == 404
    assert somebody().open(path).h1 == "This link no longer works"


@pytest.mark.security(15)
@pytest.mark.parametrize("end", ["too old", "another was sent", "password changed", "deactivated"])
def test_the_link_ends(alice, visitor, mails, sql, end):
    forget(visitor)
    path = path_in(mails[-1])
    assert visitor.open(path).status == 200
    if end == "too old":
        sql("UPDATE mailed_links SET expires_at = now()")
    elif end == "another was sent":
        forget(visitor)
    elif end == "deactivated":
        sql("UPDATE users SET active = false")
    else:
        alice.open("/account/password")
        alice.submit("Change password", Current_password=PASSWORD, New_password=NEW)
    assert visitor.open(path).status == 404


@pytest.mark.security(13, 15)
def test_the_answer_is_the_same_for_who_has_no_account(alice, visitor, somebody, mails):
    known, unknown = forget(visitor), forget(somebody(), "nobody@example.org")
    assert (known.status, known.location) == (unknown.status, unknown.location)
    assert visitor.open("/password/sent").text == somebody().open("/password/sent").text
    assert len(mails) == 1


@pytest.mark.security(15, 57)
def test_the_link_names_the_host_of_the_settings_whatever_the_request_says(alice, visitor, mails):
    forget(visitor, headers={"Host": "localhost", "X-Forwarded-Host": "evil.example", "Origin": "http://localhost"})
    assert re.findall(r"https?://[^/\s]+", mails[-1][2]) == ["http://127.0.0.1:8000"]


def test_a_mailbox_is_not_flooded(alice, visitor, mails):
    for _ in range(8):
        assert forget(visitor).status == 303
    assert len(mails) == 5


def test_one_address_may_not_ask_without_end(visitor, mails):
    statuses = [forget(visitor, f"person{number}@example.org").status for number in range(21)]
    assert statuses == [303] * 20 + [429]


def test_looking_at_the_link_uses_nothing_up(alice, visitor, somebody, mails):
    """Programs that look at mails open links too."""
    forget(visitor)
    path = path_in(mails[-1])
    for _ in range(3):
        assert somebody().open(path).status == 200


@pytest.mark.security(15)
@pytest.mark.parametrize("verified", [False, True])
def test_who_registered_an_address_of_somebody_else_keeps_no_way_in(
    app, alice, visitor, mails, sql, monkeypatch, verified
):
    """Unless it was theirs: a lost password takes no passkey and no app from who had confirmed the address."""
    set_up(alice)
    with monkeypatch.context() as named:
        named.setitem(app.config, "PUBLIC_URL", "http://localhost:8000")
        assert add(alice, Device()).status == 303
    if verified:
        sql("UPDATE users SET email_verified_at = now()")
    forget(visitor)
    visitor.open(path_in(mails[-1]))
    assert visitor.submit("Change password", New_password=NEW).status == 303
    left = [sql(f"SELECT count(*) FROM {table}")[0][0] for table in ("passkeys", "authenticators", "recovery_codes")]
    assert left == ([1, 1, 10] if verified else [0, 0, 0])


@pytest.mark.security(15)
def test_the_link_lets_nobody_in_by_itself(alice, visitor, mails):
    """Not even for a moment, and the second factor is asked for afterwards."""
    set_up(alice)
    forget(visitor)
    visitor.open(path_in(mails[-1]))
    visitor.submit("Change password", New_password=NEW)
    assert visitor.send("GET", "/account").location == "/login?next=/account"


@pytest.mark.security(4)
def test_a_weak_new_password_is_refused_and_the_link_still_works(alice, visitor, mails):
    forget(visitor)
    visitor.open(path_in(mails[-1]))
    assert visitor.submit("Change password", New_password="alicealice").status == 422
    assert visitor.submit("Change password", New_password=NEW).status == 303


def test_an_address_changes_when_the_new_one_confirms(alice, somebody, log_in, mailbox):
    alice.open("/account/email")
    alice.press("Send the link", New_email="alice@example.com")
    arrived = {to: (subject, text) for to, subject, text in (mailbox.next(), mailbox.next())}
    assert "about to change" in arrived["alice@example.org"][0]
    assert "alice@example.org" in alice.open("/account").text
    browser = somebody()
    browser.open(path_in(("", "", arrived["alice@example.com"][1])))
    browser.press("Confirm")
    assert "alice@example.com" in alice.open("/account").text
    assert mailbox.next()[:2] == ("alice@example.org", "Your Calcapp address was changed")
    assert log_in("alice@example.com").page.status == 303


def test_an_address_of_somebody_else_is_not_told_and_not_taken(alice, bob, mails):
    alice.open("/account/email")
    page = alice.press("Send the link", New_email="bob@example.org")
    assert "is on its way to bob@example.org" in page.text
    assert mails == []


def test_an_address_that_was_taken_meanwhile_stays_with_who_has_it(alice, somebody, mails, register):
    alice.open("/account/email")
    alice.press("Send the link", New_email="carol@example.org")
    register("carol@example.org")
    browser = somebody()
    browser.open(path_in(mails[0]))
    assert browser.submit("Confirm").status == 404
    assert "alice@example.org" in alice.open("/account").text


def test_who_registers_is_asked_to_confirm_the_address(visitor, mailbox, sql):
    visitor.open("/register")
    visitor.press("Create account", Email="carol@example.org", Password=NEW)
    assert "not confirmed yet" in visitor.open("/account").text
    visitor.open(path_in(mailbox.next()))
    visitor.press("Confirm")
    assert "not confirmed yet" not in visitor.open("/account").text


@pytest.fixture
def link(app, alice):
    """What a mail to Alice would hold: link(purpose) is its token."""

    def make(purpose):
        with app.app_context():
            user = db.session.get(User, alice.id)
            token = MailedLink.make(user, purpose, user.email)
            db.session.commit()
        return token

    return make


def test_the_link_that_confirms_an_address_works_once(visitor, link):
    path = f"/email/confirm/{link(VERIFY)}"
    visitor.open(path)
    visitor.press("Confirm")
    assert visitor.open(path).status == 404


def test_the_link_that_confirms_an_address_is_no_use_for_another_one(visitor, link, sql):
    visitor.open(f"/email/confirm/{link(VERIFY)}")
    sql("UPDATE users SET email = 'alice@example.com'")
    assert visitor.submit("Confirm").status == 404
    assert sql("SELECT email FROM users") == [("alice@example.com",)]


@pytest.mark.security(15)
@pytest.mark.parametrize("purpose", [VERIFY, CHANGE, STAY])
def test_a_link_of_another_purpose_sets_no_password(visitor, link, purpose):
    assert visitor.open(f"/password/reset/{link(purpose)}").status == 404


def test_without_a_mail_server_the_mail_is_in_the_log(alice, visitor, capsys):
    forget(visitor)
    assert "A new password for Calcapp" in capsys.readouterr().err


def test_a_mail_server_that_is_away_is_told_in_the_log_and_fails_no_request(app, alice, visitor, monkeypatch):
    from calcapp.accounts import mails

    sent = []
    monkeypatch.setattr(
        mails, "POSTMAN", type("Now", (), {"submit": lambda self, job, *args: sent.append((job, args))})()
    )
    monkeypatch.setitem(app.config, "MAIL", {**app.config["MAIL"], "host": "127.0.0.1", "port": 1})
    assert forget(visitor).status == 303
    told = []
    monkeypatch.setattr(mails.logs, "event", lambda name, **facts: told.append((name, facts["tries_left"])))
    job, args = sent[0]
    job(*args)
    assert told == [("mail_failed", 2), ("mail_failed", 1), ("mail_failed", 0)]
