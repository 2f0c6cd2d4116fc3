"""Logging in and out, and how often it may be tried."""

import pytest

from calcapp.models import ThrottleCount
from calcapp.models.password import NOBODY
from tests.cast import PASSWORD


def same_but_for_tokens(page):
    return page.source.replace(page.form("Log in").fields["csrf_token"], "")


def from_address(address):
    return {"environ_base": {"REMOTE_ADDR": address}}


def test_the_right_password_leads_back_to_where_one_was_going(alice, somebody, log_in):
    browser = somebody()
    browser.open("/calculations?before=7")
    assert browser.submit("Log in", Email="alice@example.org", Password=PASSWORD).location == "/calculations?before=7"


@pytest.mark.security(5)
def test_a_wrong_password_and_an_unknown_person_look_the_same(alice, log_in):
    wrong = log_in("alice@example.org", "not this one").page
    unknown = log_in("nobody@example.org", "not this one").page
    assert wrong.status == unknown.status == 422
    texts = [same_but_for_tokens(page).replace("nobody@", "alice@") for page in (wrong, unknown)]
    assert texts[0] == texts[1]


@pytest.mark.security(5)
def test_an_unknown_persons_password_is_hashed_all_the_same(visitor, log_in, monkeypatch):
    compared = []

    class Counting:
        def verify(self, against, password):
            compared.append(against)
            return False

    monkeypatch.setattr("calcapp.models.password.HASHER", Counting())
    log_in("nobody@example.org", "not this one")
    assert compared == [NOBODY]


def test_the_hash_of_nobody_costs_what_a_hash_costs_now(true_hashes):
    from calcapp.models.password import HASHER

    assert not HASHER.check_needs_rehash(NOBODY)


def test_a_hash_from_easier_times_is_renewed_at_the_next_log_in(alice, sql, log_in, true_hashes):
    from argon2 import PasswordHasher

    easy = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
    sql("UPDATE users SET password_hash = :easy WHERE id = :id", easy=easy, id=alice.id)
    assert log_in().page.status == 303
    assert sql("SELECT password_hash FROM users WHERE id = :id", id=alice.id)[0][0].startswith(
        "$argon2id$v=19$m=19456,t=2,p=1$"
    )
    assert log_in().page.status == 303


@pytest.mark.security(6)
def test_the_eleventh_wrong_password_of_an_account_is_refused_from_whatever_address(alice, somebody):
    for number in range(11):
        browser = somebody()
        browser.open("/login")
        form = browser.page.form("Log in").fill(Email="alice@example.org", Password="wrong")
        page = browser.send("POST", "/login", data=form, **from_address(f"192.0.2.{number + 1}"))
        assert page.status == (422 if number < 10 else 429)
    assert 0 < int(page.headers["Retry-After"]) <= 300


@pytest.mark.security(6)
def test_one_address_cannot_try_many_accounts(somebody):
    browser = somebody()
    browser.open("/login")
    for number in range(11):
        form = browser.page.form("Log in").fill(Email=f"person{number}@example.org", Password="wrong")
        page = browser.send("POST", "/login", data=form)
        assert page.status == (422 if number < 10 else 429)


@pytest.mark.security(6)
def test_a_stranger_cannot_lock_the_owner_out_of_a_browser_that_was_here_before(alice, somebody, log_in):
    known = log_in()
    known.open("/")
    known.press("Log out")
    for _ in range(11):
        refused = log_in("alice@example.org", "wrong").page
    assert refused.status == 429
    assert log_in(browser=known).page.location == "/"


@pytest.mark.security(6)
def test_after_the_window_the_right_password_works_again(alice, sql, log_in):
    for _ in range(11):
        log_in("alice@example.org", "wrong")
    assert log_in().page.status == 429
    sql("UPDATE throttle_counts SET until = now()")
    assert log_in().page.status == 303


@pytest.mark.security(6)
def test_a_known_browser_may_not_guess_for_ever_either(alice, log_in):
    known = log_in()
    known.open("/")
    known.press("Log out")
    statuses = [log_in("alice@example.org", "wrong", browser=known).page.status for _ in range(11)]
    assert statuses == [422] * 10 + [429]


def test_a_right_password_does_not_count(alice, log_in):
    assert [log_in().page.status for _ in range(12)] == [303] * 12


@pytest.mark.security(6)
def test_a_right_password_that_is_brought_again_and_again_counts_too(app, alice, log_in, monkeypatch):
    """To look at it costs as much as at a wrong one; who has an account could keep a worker busy with it."""
    monkeypatch.setitem(app.config["LIMITS"], "RIGHT", 2)
    monkeypatch.setitem(app.config["LIMITS"], "LOG_IN", 3)
    assert [log_in().page.status for _ in range(6)] == [303] * 5 + [429]


@pytest.mark.security(8)
def test_a_made_up_forwarded_address_does_not_start_the_count_again(somebody):
    browser = somebody()
    browser.open("/login")
    for number in range(11):
        form = browser.page.form("Log in").fill(Email=f"person{number}@example.org", Password="wrong")
        page = browser.send("POST", "/login", data=form, headers={"X-Forwarded-For": f"198.51.100.{number}"})
    assert page.status == 429


@pytest.mark.security(8)
def test_behind_one_proxy_only_its_own_word_counts(server, database):
    from calcapp import create_app
    from calcapp.throttle import network
    from tests.conftest import settings_for

    app = create_app(settings_for(server.url(database, role="app"), PROXY_COUNT="1"))
    seen = []
    app.wsgi_app = SeesAddress(app.wsgi_app, app, seen, network)
    for made_up in ("203.0.113.9", "203.0.113.10, 203.0.113.11"):
        app.test_client().get("/healthz/live", headers={"X-Forwarded-For": f"{made_up}, 192.0.2.7"})
    assert seen == ["192.0.2.7", "192.0.2.7"]


class SeesAddress:
    """Notes what the throttle takes for the sender's address."""

    def __init__(self, inner, app, seen, network):
        self.inner = inner
        app.before_request(lambda: seen.append(network()))

    def __call__(self, environ, start):
        return self.inner(environ, start)


@pytest.mark.security(7)
def test_every_worker_counts_in_the_same_place(app, monkeypatch):
    """Two applications, as two workers are: the counts go up one by one."""
    from datetime import timedelta

    seen = []
    for _ in range(4):
        with app.app_context():
            seen.append(ThrottleCount.one_more("same", timedelta(minutes=5))[0])
            from calcapp.extensions import db

            db.session.commit()
    assert seen == [1, 2, 3, 4]


@pytest.mark.security(9)
@pytest.mark.parametrize("name", ["admin", "root", "test"])
def test_there_is_no_account_to_begin_with(log_in, sql, name):
    assert sql("SELECT count(*) FROM users") == [(0,)]
    assert log_in(f"{name}@example.org", name).page.status == 422


def test_a_deactivated_person_does_not_get_in(alice, sql, log_in):
    sql("UPDATE users SET active = false WHERE id = :id", id=alice.id)
    assert log_in().page.status == 422


LEADS_AWAY = ["//e", "///e", "////e", "/\\e", "\\\\e", "https:e", "https:///e", "http:/\\e", "/\t/e", "/\n/e", "\t//e"]


LEADS_AWAY += [
    "javascript:alert(1)",
    "//e\\@127.0.0.1",
    "/%5c/e\\",
    "http://e/",
    "/\r\nSet-Cookie: a=b",
    "/é",
    "@e",
    ".e",
]


@pytest.mark.security(34)
@pytest.mark.parametrize("target", LEADS_AWAY)
def test_logging_in_never_leads_off_the_site(alice, somebody, target):
    browser = somebody()
    browser.send("GET", "/login", query_string={"next": target})
    form = browser.page.form("Log in").fill(Email="alice@example.org", Password=PASSWORD)
    page = browser.send("POST", "/login", query_string={"next": target}, data=form)
    assert (page.status, page.location) == (303, "/")


@pytest.mark.security(34)
@pytest.mark.parametrize("target", LEADS_AWAY)
def test_no_other_way_back_leads_off_the_site_either(alice, kept, target):
    number = kept(alice, "1+1")
    assert alice.post(f"/calculations/{number}/star", starred="1", back=target).location == f"/#c{number}"
    form = {"csrf_token": alice.token(), "password": PASSWORD}
    page = alice.send("POST", "/account/confirm", query_string={"next": target}, data=form)
    assert (page.status, page.location) == (303, "/account")
