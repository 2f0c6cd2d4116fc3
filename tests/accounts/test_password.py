"""Changing the password, proving who one is, and sessions that end."""

import pytest

from tests.cast import PASSWORD

NEW = "nine violet tractors"


def change(person, current=PASSWORD, new=NEW):
    person.open("/account/password")
    return person.submit("Change password", Current_password=current, New_password=new)


def test_the_new_password_lets_in_and_the_old_one_no_more(alice, log_in):
    assert change(alice).location == "/account"
    assert log_in(password=PASSWORD).page.status == 422
    assert log_in(password=NEW).page.status == 303


@pytest.mark.security(11)
def test_changing_the_password_needs_the_present_one(alice):
    page = change(alice, current="not this one")
    assert page.status == 422
    assert "not your current password" in page.text


@pytest.mark.security(4)
@pytest.mark.parametrize("password", ["12345678", "calculator", "alice123456", "short"])
def test_a_weak_password_is_refused_at_the_change_too(alice, password):
    assert change(alice, new=password).status == 422


@pytest.mark.security(19)
def test_changing_the_password_ends_every_other_session_and_keeps_this_one(alice, log_in):
    other = log_in()
    remembered = log_in(remember="y")
    assert other.open("/account").h1 == "Account"
    change(alice)
    assert other.send("GET", "/account").location == "/login?next=/account"
    assert remembered.send("GET", "/account").location == "/login?next=/account"
    assert alice.open("/account").h1 == "Account"


@pytest.mark.security(11)
@pytest.mark.parametrize(
    "path", ["/account/password", "/account/email", "/account/passkeys", "/account/second-factor/app"]
)
def test_credentials_are_changed_only_by_who_proved_lately_who_they_are(alice, sql, path):
    sql("UPDATE sessions SET confirmed_at = now() - interval '16 minutes'")
    page = alice.send("GET", path)
    assert page.location == f"/account/confirm?next={path}"
    alice.open(page.location)
    wrong = alice.submit("Go on", Password="not this one")
    assert wrong.status == 422
    assert alice.submit("Go on", Password=PASSWORD).location == path
    assert alice.send("GET", path).status == 200


@pytest.mark.security(11)
def test_a_form_that_was_open_for_long_changes_nothing(alice, sql, log_in):
    alice.open("/account/password")
    sql("UPDATE sessions SET confirmed_at = now() - interval '16 minutes'")
    page = alice.submit("Change password", Current_password=PASSWORD, New_password=NEW)
    assert page.location.startswith("/account/confirm")
    assert log_in(password=PASSWORD).page.status == 303


def test_guessing_on_the_page_that_asks_again_is_throttled_too(alice):
    alice.open("/account/confirm")
    statuses = [alice.submit("Go on", Password="wrong").status for _ in range(11)]
    assert statuses == [422] * 10 + [429]
