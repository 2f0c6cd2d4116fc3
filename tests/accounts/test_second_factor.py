"""Codes from an app, and the recovery codes for the day it is lost."""

import re
import time

import pyotp
import pytest

from tests.cast import PASSWORD


def set_up(person):
    """Turn the app on; its secret and the recovery codes."""
    page = person.open("/account/second-factor/app")
    secret = re.search(r"<code>([A-Z2-7]{32})</code>", page.source)[1]
    page = person.press("Turn on", Code=code_of(secret, -1))
    assert page.h1 == "Recovery codes"
    return secret, re.findall(r"<code>(\S+)</code>", page.source)


def code_of(secret, step=0):
    return pyotp.TOTP(secret).at(time.time() + 30 * step)


@pytest.fixture(autouse=True)
def one_moment(monkeypatch):
    """The clock of the codes stands still, in the middle of a step."""
    now = time.time() // 30 * 30 + 15
    monkeypatch.setattr(time, "time", lambda: now)


@pytest.fixture
def half_in(log_in):
    """A browser that has given the right password and is asked for a code."""

    def come(password=PASSWORD):
        browser = log_in(password=password)
        assert browser.page.location == "/login/code"
        browser.open("/login/code")
        return browser

    return come


@pytest.mark.security(16)
def test_with_an_app_the_password_alone_opens_nothing(alice, half_in):
    secret, _ = set_up(alice)
    browser = half_in()
    assert browser.send("GET", "/account").location == "/login?next=/account"
    browser.open("/login/code")
    assert browser.submit("Log in", Code="000000").status == 422
    assert browser.submit("Log in", Code=code_of(secret)).location == "/"
    assert browser.open("/account").h1 == "Account"


@pytest.mark.security(16)
def test_a_code_works_once(alice, half_in):
    secret, _ = set_up(alice)
    first, second = half_in(), half_in()
    code = code_of(secret)
    assert first.submit("Log in", Code=code).status == 303
    assert second.submit("Log in", Code=code).status == 422
    assert second.submit("Log in", Code=code_of(secret, -1)).status == 422
    assert second.submit("Log in", Code=code_of(secret, 1)).status == 303


@pytest.mark.security(16)
def test_guessing_codes_is_throttled(alice, half_in):
    set_up(alice)
    browser = half_in()
    statuses = [browser.submit("Log in", Code="000000").status for _ in range(11)]
    assert statuses == [422] * 10 + [429]


@pytest.mark.security(16)
def test_who_has_the_password_guesses_few_codes_a_day_and_the_owner_is_told(
    app, alice, half_in, mails, monkeypatch, sql
):
    monkeypatch.setitem(app.config["LIMITS"], "CODE", 15)
    secret, _ = set_up(alice)
    mails.clear()
    thief, statuses = half_in(), []
    for _ in range(16):
        sql("UPDATE throttle_counts SET until = now() WHERE until < now() + interval '6 minutes'")
        statuses.append(thief.submit("Log in", Code="000000").status)
    assert statuses == [422] * 15 + [429]
    assert int(thief.page.headers["Retry-After"]) > 23 * 3600
    assert [mail[:2] for mail in mails] == [("alice@example.org", "Somebody knows your Calcapp password")]
    assert half_in().submit("Log in", Code=code_of(secret)).status == 429


@pytest.mark.security(16)
def test_guessing_keeps_the_owner_out_neither_of_a_known_browser_nor_after_a_new_password(
    app, alice, half_in, monkeypatch
):
    monkeypatch.setitem(app.config["LIMITS"], "CODE", 1)
    secret, codes = set_up(alice)
    known = half_in()
    known.submit("Log in", Code=codes[0])
    known.open("/")
    known.press("Log out")
    thief = half_in()
    assert [thief.submit("Log in", Code="000000").status for _ in range(2)] == [422, 429]
    known.open("/login")
    known.press("Log in", Email="alice@example.org", Password=PASSWORD)
    assert known.submit("Log in", Code=codes[1]).status == 303
    known.open("/account/password")
    known.press("Change password", Current_password=PASSWORD, New_password="nine violet tractors")
    assert half_in("nine violet tractors").submit("Log in", Code=code_of(secret)).status == 303


def test_guessing_codes_in_place_of_the_password_is_throttled_too(app, alice, monkeypatch):
    monkeypatch.setitem(app.config["LIMITS"], "CODE", 2)
    set_up(alice)
    alice.open("/account/confirm")
    statuses = [alice.submit("Go on", Code_from_your_app="000000").status for _ in range(3)]
    assert statuses == [422, 422, 429]


def test_a_recovery_code_works_once_however_it_is_written(alice, half_in):
    _, codes = set_up(alice)
    assert len(codes) == 10
    assert half_in().submit("Log in", Code=codes[0].replace("-", " ").upper()).status == 303
    assert half_in().submit("Log in", Code=codes[0]).status == 422
    assert "9 of 10" in alice.open("/account/second-factor").text


def test_new_recovery_codes_end_the_old_ones(alice, half_in):
    _, codes = set_up(alice)
    alice.open("/account/second-factor")
    alice.press("Make new recovery codes")
    assert half_in().submit("Log in", Code=codes[0]).status == 422


def test_recovery_codes_are_shown_once(alice):
    set_up(alice)
    assert alice.send("GET", "/account/second-factor/codes").location == "/account/second-factor"


def test_neither_secret_nor_codes_can_be_read_in_the_database(alice, sql):
    secret, codes = set_up(alice)
    kept = str(sql("SELECT * FROM authenticators")) + str(sql("SELECT * FROM recovery_codes"))
    assert secret not in kept
    assert not any(code in kept or code.replace("-", "") in kept for code in codes)


def test_without_the_app_the_password_is_enough_again(alice, log_in):
    set_up(alice)
    alice.open("/account/second-factor")
    alice.press("Remove the app")
    assert log_in().page.location == "/"


def test_who_was_deactivated_meanwhile_is_let_in_by_no_code(alice, half_in, sql):
    secret, _ = set_up(alice)
    browser = half_in()
    sql("UPDATE users SET active = false")
    assert browser.submit("Log in", Code=code_of(secret)).location == "/login"


def test_a_password_that_changed_meanwhile_ends_the_way_in(alice, half_in):
    secret, _ = set_up(alice)
    browser = half_in()
    alice.open("/account/password")
    alice.press("Change password", Current_password=PASSWORD, New_password="nine violet tractors")
    assert browser.submit("Log in", Code=code_of(secret)).location == "/login"


def test_the_picture_holds_what_the_app_needs(alice):
    alice.open("/account/second-factor/app")
    picture = alice.send("GET", "/account/second-factor/app.svg")
    assert picture.headers["Content-Type"] == "image/svg+xml; charset=utf-8"
    assert picture.source.startswith("<svg")


def test_a_code_proves_who_one_is_before_a_change(alice, sql):
    secret, _ = set_up(alice)
    sql("UPDATE sessions SET confirmed_at = now() - interval '1 hour'")
    page = alice.open("/account/password")
    assert page.h1 == "Is it still you?"
    assert alice.submit("Go on", Code_from_your_app=code_of(secret)).location == "/account/password"


@pytest.mark.security(16)
def test_the_administration_asks_for_a_second_factor_where_the_setting_says_so(app, grace, alice, monkeypatch):
    monkeypatch.setitem(app.config, "ADMIN_SECOND_FACTOR", True)
    page = grace.open("/admin/calculations")
    assert page.h1 == "Second factor"
    assert "Administrators need a second factor" in page.text
    assert alice.send("GET", "/admin/calculations").status == 403
    set_up(grace)
    assert grace.open("/admin/calculations").status == 200


@pytest.mark.security(16)
def test_an_administrator_who_logs_in_with_the_code_is_let_in(app, grace, log_in, monkeypatch):
    monkeypatch.setitem(app.config, "ADMIN_SECOND_FACTOR", True)
    secret, _ = set_up(grace)
    browser = log_in("grace@example.org")
    browser.open("/login/code")
    browser.press("Log in", Code=code_of(secret))
    assert browser.open("/admin/calculations").status == 200


@pytest.mark.security(26)
def test_what_the_former_key_sealed_is_still_read(app, alice, half_in, monkeypatch):
    secret, _ = set_up(alice)
    monkeypatch.setitem(app.config, "SECRET_KEY_FALLBACKS", [app.config["SECRET_KEY"]])
    monkeypatch.setitem(app.config, "SECRET_KEY", "another secret that nobody has guessed so far")
    assert half_in().submit("Log in", Code=code_of(secret)).status == 303
