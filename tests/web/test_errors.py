"""Every failure has a page of its own: what happened, what to do, what was typed; never how it is built."""

from pathlib import Path

import pytest
from psycopg2.errors import LockNotAvailable, QueryCanceled
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.exceptions import TooManyRequests

from calcapp.errors import PAGES

INSIDES = (
    str(Path(__file__).parent.parent.parent),
    "Traceback",
    "psycopg2",
    "sqlalchemy",
    "SELECT ",
    "Werkzeug",
    "gunicorn",
    "Python/",
    "site-packages",
)


@pytest.fixture
def breaking(app, monkeypatch):
    """breaking(error): the page /help fails with it, as in production."""
    monkeypatch.setattr(app, "testing", False)

    def make(error):
        def view(**_):
            raise error

        view.public = True
        monkeypatch.setitem(app.view_functions, "calculator.help_page", view)

    return make


def check(page, code):
    assert page.status == code
    assert page.h1 == PAGES[code][0]
    assert f"Error {code}" in page.text
    assert [word for word in INSIDES if word in page.source + str(page.headers)] == []
    return page


def test_400_a_nul_character(visitor):
    assert "NUL character" in check(visitor.send("GET", "/help?q=a%00b"), 400).text


@pytest.mark.security(32, 56)
def test_400_a_form_of_another_log_in_keeps_what_was_typed_and_can_be_sent_again(alice):
    page = check(alice.send("POST", "/calculations", data={"expression": '84.50*3 <"&', "csrf_token": "old"}), 400)
    assert "Send it again from here" in page.text
    assert page.form("Try again").fields["expression"] == '84.50*3 <"&'
    page = alice.submit("Try again", expression="84.50*3", key="4b9a1f0e-4f0e-4b0c-9d5f-0d9c3c1f2a11")
    assert page.status == 303
    assert "253.5" in alice.open(page.location).cards[0]


def test_400_several_values_of_one_name_are_all_kept(grace):
    page = check(grace.send("POST", "/admin/calculations/delete", data={"records": ["1.1", "1.2"], "reason": "x"}), 400)
    assert 'value="1.1"' in page.source
    assert 'value="1.2"' in page.source


@pytest.mark.parametrize("path", ["/login", "/register"])
def test_400_never_shows_a_password(visitor, path):
    names = ("password", "new_password", "current_password", "code", "recovery_code", "secret", "token", "credential")
    sent = {"email": "alice@example.org", **dict.fromkeys(names, "seven wooden abacuses")}
    page = check(visitor.send("POST", path, data=sent), 400)
    assert "alice@example.org" in page.source
    assert "abacuses" not in page.source


@pytest.mark.security(56)
def test_403_the_administration(alice):
    check(alice.send("GET", "/admin/"), 403)


@pytest.mark.security(56)
@pytest.mark.parametrize("path", ["/nowhere", "/calculations/99", "/calculations/0", "/calculations/x", "/a/../../etc"])
def test_404_what_is_not_there(alice, path):
    check(alice.send("GET", path), 404)


@pytest.mark.security(56)
def test_405_says_what_would_work(alice):
    page = check(alice.send("GET", "/logout"), 405)
    assert "POST" in page.headers["Allow"]


def test_409_a_record_that_changed_meanwhile(grace, alice, kept):
    kept(alice, "1+1")
    page = grace.post(f"/admin/users/{grace.id}/demote", reason="Tired", version=1)
    assert "last administrator" in check(page, 409).text


@pytest.mark.security(48, 56)
@pytest.mark.parametrize("kind", ["application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/plain"])
def test_413_too_much_at_once(alice, kind):
    body = b"--x\r\nContent-Disposition: form-data; name=a\r\n\r\n" + b"x" * 70_000
    check(alice.send("POST", "/calculations", data=body, content_type=kind), 413)


def test_422_a_refused_form_keeps_what_was_typed(alice):
    alice.open("/")
    page = alice.submit("Calculate", Expression="3 + * 4")
    assert page.status == 422
    assert page.form("Calculate").fields["expression"] == "3 + * 4"


@pytest.mark.security(56)
def test_429_says_how_long_to_wait(visitor, breaking):
    breaking(TooManyRequests("Try again in 7 seconds.", retry_after=7))
    page = check(visitor.send("GET", "/help"), 429)
    assert page.headers["Retry-After"] == "7"
    assert "7 seconds" in page.text


@pytest.mark.security(56)
@pytest.mark.parametrize("error", [ValueError("a secret from inside"), KeyError("x"), RecursionError(), MemoryError()])
def test_500_tells_nothing_of_the_inside(visitor, breaking, error):
    breaking(error)
    page = check(visitor.send("GET", "/help"), 500)
    assert "secret" not in page.source


@pytest.mark.security(56)
@pytest.mark.parametrize(
    "error",
    [
        OperationalError("SELECT 1", {}, Exception("server closed the connection")),
        PoolTimeout(),
        DBAPIError("SELECT 1", {}, LockNotAvailable(), connection_invalidated=True),
        OperationalError("SELECT 1", {}, QueryCanceled()),
    ],
)
def test_503_asks_to_come_back(visitor, breaking, error):
    breaking(error)
    page = check(visitor.send("GET", "/help"), 503)
    assert int(page.headers["Retry-After"]) > 0


@pytest.mark.security(57)
@pytest.mark.parametrize(
    "host", ["evil.example", "127.0.0.1.evil.example", "evil@127.0.0.1", "127.0.0.1:x", "[::1", ""]
)
def test_another_hosts_name_is_refused_and_not_repeated(app, host):
    response = app.test_client().get("/login", headers={"Host": host})
    assert response.status_code == 400
    assert "evil" not in response.get_data(as_text=True) + str(response.headers)
