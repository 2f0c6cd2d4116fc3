"""Every route, tried by everybody. What is expected stands in tests/authz_matrix.csv, written by hand."""

import io
import re

import pytest
from flask import Flask
from flask.sessions import SecureCookieSessionInterface
from werkzeug.test import create_environ, run_wsgi_app

from calcapp.extensions import db
from calcapp.models import AuditEvent
from tests.matrix import CHANGING, NONCE, ROWS, WITH_RECORD, filled, form_of, look_at, name_of, outcome
from tests.world import ACTORS

UNCHANGING = ("HEAD", "OPTIONS")
OTHER_METHODS = ("PUT", "PATCH", "DELETE", "TRACE", "CONNECT", "BREW")
ODD = (
    "0",
    "-1",
    "01",
    str(2**31),
    str(2**63),
    "1" * 40,
    "1e3",
    "٣",
    "%00",
    "1%00",
    "x",
    "1/..",
    "%2e%2e",
    "1" * 10_000,
)
NOBODYS = "00000000-0000-4000-8000-000000000000"


@pytest.mark.security(29)
def test_every_route_is_reviewed(committing_app):
    """Add a line to tests/authz_matrix.csv for each new route: who may do what, and which tables it writes."""
    live = {
        (rule.endpoint, method)
        for rule in committing_app.url_map.iter_rules()
        for method in rule.methods - set(UNCHANGING)
    }
    assert live == {row[:2] for row in ROWS}


@pytest.mark.security(17, 20, 29, 31)
@pytest.mark.parametrize("row", ROWS, ids=name_of)
def test_each_person_gets_what_the_matrix_says_and_changes_nothing_else(world, row):
    assert set(row.cells) == set(ACTORS)
    path = filled(row.path, world)
    for actor in ACTORS:
        with world.undone():
            form = form_of(row.sends, world)
            if actor == "U2w":
                form = {**world.stolen, **form, **({"key": world.keys["U1"]} if "key" in form else {})}
            response = world.send(actor, row.method, path, form)
            look_at(world, actor, path, response)
            if row.method == "GET":
                head = world.send(actor, "HEAD", path)
                look_at(world, actor, path, head)
                assert (outcome(head), head.get_data()) == (outcome(response), b""), actor
            changed = world.named(world.changed(), actor)
            expected = filled(row.cells[actor], world)
            assert outcome(response) == expected.removesuffix(" w"), actor
            assert changed == (world.whose(row.writes) if expected.endswith(" w") else set()), actor
            if "audit_events" in row.writes and actor == "M1":
                check_the_audit(world)


def check_the_audit(world):
    """One event for what was done, by who did it; sessions that end with it are told besides."""
    with world.app.app_context():
        newest = db.session.scalars(AuditEvent.newest().limit(5)).all()
        acts = [event for event in newest if event.reason in {"Spam", "Sorry", "Helps", "Left", "Lost"}]
        assert len([event for event in acts if event.object != "session"]) <= 1
        assert acts
        assert {event.actor_id for event in acts} == {world.ids["M1"]}


@pytest.mark.rehearsal
@pytest.mark.security(11)
@pytest.mark.parametrize("row", ROWS, ids=name_of)
def test_whose_last_proof_is_long_ago_gives_a_new_one_where_credentials_are_changed_and_nowhere_else(world, row):
    with world.undone():
        world.run("UPDATE sessions SET confirmed_at = now() - interval '16 minutes'")
        before, path = world.fingerprint(), filled(row.path, world)
        response = world.send("U1", row.method, path, form_of(row.sends, world))
        if row.asks == "proof":
            assert outcome(response) == "303 /account/confirm"
            assert world.fingerprint() == before
        else:
            assert outcome(response) == filled(row.cells["U1"], world).removesuffix(" w")


@pytest.mark.rehearsal
@pytest.mark.parametrize("row", ROWS, ids=name_of)
def test_who_is_leaving_can_change_that_and_take_everything_along_and_nothing_else(world, row):
    with world.undone():
        world.run("UPDATE users SET leaving_at = now() + interval '1 day' WHERE id = :id", id=world.ids["U1"])
        before, path = world.fingerprint(), filled(row.path, world)
        response = world.send("U1", row.method, path, form_of(row.sends, world))
        if row.asks == "leaving":
            assert outcome(response) != "303 /account/leaving"
        else:
            assert outcome(response) == "303 /account/leaving"
            assert world.fingerprint() == before


@pytest.mark.rehearsal
@pytest.mark.security(16)
@pytest.mark.parametrize("row", [row for row in ROWS if row.endpoint.startswith("admin.")], ids=name_of)
def test_an_administrator_without_the_second_factor_that_a_setting_asks_for_does_nothing(world, row, monkeypatch):
    monkeypatch.setitem(world.app.config, "ADMIN_SECOND_FACTOR", True)
    with world.undone():
        world.run("UPDATE sessions SET strong = false")
        before, path = world.fingerprint(), filled(row.path, world)
        response = world.send("M1", row.method, path, form_of(row.sends, world))
        assert outcome(response) == "303 /account/second-factor"
        assert world.fingerprint() == before


@pytest.mark.rehearsal
@pytest.mark.security(31, 35)
@pytest.mark.parametrize("path", sorted({row.path for row in ROWS}))
def test_verbs_that_a_route_does_not_list_are_refused(world, path):
    """They are answered before anybody is looked at, so that a visitor and an administrator are enough to try them:
    OPTIONS writes nothing, and what the route does not list is 405."""
    listed = {row.method for row in ROWS if row.path == path}
    listed |= {"OPTIONS"} | ({"HEAD"} if "GET" in listed else set())
    path = filled(path, world)
    for actor in ("A0", "M1"):
        with world.undone():
            for method in ("OPTIONS", *OTHER_METHODS, *({"GET", "HEAD", "POST"} - listed)):
                how = {"headers": {"X-HTTP-Method-Override": "DELETE"}} if method in {"GET", "POST"} else {}
                response = world.send(actor, method, path, {"_method": "DELETE"}, **how)
                look_at(world, actor, path, response)
                if method not in listed:
                    assert response.status_code in {400, 405}, (actor, method)
            assert world.changed() == set(), actor


@pytest.mark.security(30, 45)
@pytest.mark.parametrize("row", WITH_RECORD, ids=name_of)
def test_anothers_record_answers_exactly_like_one_that_is_not_there(world, row):
    """Byte for byte, once the tokens are taken out; and what cannot name anything is 404 or 400, never 500."""
    field = re.findall(r"{(\w+)}", row.path)[-1]
    let_in = "M1" if row.endpoint.startswith("admin.") else "U1"
    for actor in ("A0", "U1", "U2", "M1"):
        with world.undone():
            answers = {}
            missing = NOBODYS if field in {"session", "passkey"} else "999999"
            for thing in (missing, str(world.names[field]), *(ODD if actor == let_in else ())):
                names = {**world.names, field: thing}
                there = row.path.format(**names)
                response = world.send(actor, row.method, there, form_of(row.sends, world))
                look_at(world, actor, there, response)
                if thing in ODD:
                    assert response.status_code in {303, 308, 400, 403, 404, 405, 414}, (actor, thing[:50])
                answers[thing] = (response.status_code, bare(response, there))
                if actor == "U2":
                    assert world.changed() == set()
            if actor in {"A0", "U2"}:
                assert answers[str(world.names[field])] == answers[missing]


def bare(response, path):
    """The answer without its nonces and without the address that was asked for."""
    return NONCE.sub("", response.get_data(as_text=True)).replace(path, "…"), (response.location or "").replace(
        path, "…"
    )


@pytest.mark.security(32)
@pytest.mark.parametrize("row", CHANGING, ids=name_of)
def test_a_form_without_its_own_token_is_refused_and_writes_nothing(world, row):
    actor = next((actor for actor in ("A0", "U1", "M1") if row.cells[actor].endswith(" w")), "U1")
    path = filled(row.path, world)
    form = form_of(row.sends, world)
    page = world.app.config["SESSION_COOKIE_NAME"]
    for how, browser in {
        "missing": {"token": ""},
        "foreign": {"token": world.tokens["Ud"]},
        "garbled": {"token": "x" * 5000},
    }.items():
        with world.undone():
            data = {**form, "csrf_token": browser["token"]} if browser["token"] else form
            response = world.browser(actor).post(path, data=data)
            assert response.status_code in {400, 403}, how
            look_at(world, actor, path, response)
            assert world.changed() == set(), how
            typed = response.get_data(as_text=True)
            assert "seven wooden" not in typed
            if "expression" in form:
                assert f'value="{form["expression"]}"' in typed
    with world.undone():  # with the log-in's cookie alone, as a page of another session would send it
        client = world.app.test_client()
        for name, value in world.cookies.get(actor, {}).items():
            if name != page:
                client.set_cookie(name, value)
        assert client.post(path, data={**form, "csrf_token": world.tokens[actor]}).status_code in {400, 403}
        assert world.changed() == set()
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}):
        with world.undone():
            response = world.send(actor, "POST", path, form, headers=headers)
            assert response.status_code in {400, 403}, headers
            assert world.changed() == set(), headers


class Unread(io.RawIOBase):
    """A request's body that must not be looked at."""

    def readable(self):
        return True

    def readinto(self, _buffer):
        raise AssertionError("the body was read")


def test_of_who_may_not_come_in_nothing_is_read(world):
    """Not even to look for a token: a form may be as large as the file that is imported."""
    closed = [row for row in CHANGING if not getattr(world.app.view_functions[row.endpoint], "public", False)]
    assert len(closed) > 30
    for row in closed:
        environ = create_environ(
            filled(row.path, world), "http://127.0.0.1", method="POST", content_type="multipart/form-data; boundary=x"
        )
        environ |= {"wsgi.input": Unread(), "CONTENT_LENGTH": "50000000"}
        body, status, headers = run_wsgi_app(world.app, environ)
        assert status.startswith("303"), row
        assert headers["Location"].startswith("/login"), row
        assert list(body)


def test_the_same_form_sent_again_writes_nothing_more(world):
    with world.undone():
        form = form_of("expression=2*3&key={key}", world)
        first = world.send("U1", "POST", "/calculations", form)
        before = world.fingerprint()
        again = world.send("U1", "POST", "/calculations", form)
        assert (again.status_code, again.location) == (first.status_code, first.location)
        assert world.fingerprint() == before


# Names that some function takes for itself, if it is given what an address says.
QUERY = "endpoint=x&_method=x&_external=1&_scheme=javascript&_anchor=x&self=1&name=x&values=1&next=javascript:x"


@pytest.mark.rehearsal
@pytest.mark.security(45)
@pytest.mark.parametrize("row", [row for row in ROWS if row.method == "GET" or "admin" in row.endpoint], ids=name_of)
def test_an_address_may_say_whatever_it_likes(world, row):
    path = filled(row.path, world)
    path += ("&" if "?" in path else "?") + QUERY
    for actor in ("A0", "U1", "M1"):
        with world.undone():
            response = world.send(actor, row.method, path, form_of(row.sends, world))
            look_at(world, actor, path, response)
            assert '"javascript:' not in response.get_data(as_text=True)
            assert (response.location or "/").startswith("/")


@pytest.mark.parametrize("path", ["/nowhere", "/calculations/", "/admin", "/static/x", "/console"])
@pytest.mark.parametrize("actor", ["A0", "U2", "M1"])
def test_what_is_not_there_tells_nothing(world, actor, path):
    response = world.send(actor, "GET", path)
    look_at(world, actor, path, response)
    assert response.status_code in {303, 308, 404}


GARBAGE = (
    "",
    "x",
    "\x01",
    "é",
    "%00",
    "1|é",
    "a.b.c",
    "x" * 8000,
    ".eJwrSi0uKYnPzFOyUkpUqgUAKmwF3A.aSOlZw.0000000000000",
)


@pytest.mark.security(27)
@pytest.mark.parametrize("cookie", ["LOGIN_COOKIE_NAME", "SESSION_COOKIE_NAME"])
@pytest.mark.parametrize("garbage", GARBAGE)
def test_a_cookie_that_is_garbage_is_as_none(world, cookie, garbage):
    for path, expected in {"/": 200, "/login": 200, "/calculations": 303, "/admin/": 303}.items():
        browser = world.app.test_client()
        header = f"{world.app.config[cookie]}={garbage}"
        response = browser.get(path, headers={"Cookie": header.encode("utf-8").decode("latin-1")})
        look_at(world, "A0", path, response)
        assert response.status_code == expected


def test_a_page_cookie_of_another_secret_opens_nothing(world):
    signed = Flask("elsewhere")
    signed.secret_key = "another secret of another server"
    page = world.app.config["SESSION_COOKIE_NAME"]
    forged = SecureCookieSessionInterface().get_signing_serializer(signed).dumps({"_user_id": "1", "csrf_token": "x"})
    response = world.app.test_client().get("/calculations", headers={"Cookie": f"{page}={forged}"})
    assert outcome(response) == "303 /login"
