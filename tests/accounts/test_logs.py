"""What is written down of security events, and what never is."""

import json
import logging
import os
import re

import pytest

from tests.cast import PASSWORD
from tests.serving import ROOT


@pytest.fixture
def lines(capsys):
    """The log since it was last read, as objects; fails where a line is no JSON."""
    return lambda: [json.loads(line) for line in capsys.readouterr().err.splitlines() if line]


def events(lines):
    return [line["event"] for line in lines]


@pytest.mark.security(87)
def test_each_security_event_is_one_json_line_with_time_and_request(alice, log_in, lines, sql):
    log_in("alice@example.org", "wrong")
    person = log_in()
    answer = person.send("GET", "/calculations/99")
    person.open("/account/password")
    person.press("Change password", Current_password=PASSWORD, New_password="nine violet tractors")
    person.send("POST", "/logout", data={})
    person.open("/")
    person.press("Log out")
    told = lines()
    wanted = ["log_in_failed", "log_in", "authz_denied", "password_changed", "mail", "csrf_failed", "log_out"]
    assert [name for name in events(told) if name in wanted] == wanted
    for line in told:
        assert line["at"].endswith("+00:00")
        assert len(line["request"]) == 32
    denied = next(line for line in told if line["event"] == "authz_denied")
    assert denied["request"] == answer.headers["X-Request-Id"]
    assert (denied["user"], denied["route"], denied["object"]) == (alice.id, "history.record", {"number": 99})


@pytest.mark.security(87)
def test_what_administrators_do_is_written_down(alice, grace, kept, lines):
    number = kept(alice, "1+1")
    grace.open(f"/admin/calculations/{alice.id}/{number}")
    grace.send(
        "POST", f"/admin/calculations/{alice.id}/{number}/delete", data=grace.page.form("Delete").fill(Reason="spam")
    )
    assert [line["route"] for line in lines() if line["event"] == "admin_act"] == ["admin.delete"]


@pytest.mark.security(87)
def test_a_throttled_try_is_written_down(log_in, lines):
    for _ in range(11):
        log_in("alice@example.org", "wrong")
    assert {line["limit"] for line in lines() if line["event"] == "throttled"} == {"LOG_IN"}


@pytest.mark.security(59)
def test_no_secret_and_no_expression_is_written_down(app, alice, log_in, lines):
    person = log_in()
    person.calculate("271828 + 1\n[INFO] admin logged in")
    person.open("/")
    person.submit("Calculate", Expression="314159 + * 1")
    person.send("GET", "/calculations?q=271828")
    told = json.dumps(lines())
    cookie = person.browser.get_cookie(app.config["LOGIN_COOKIE_NAME"]).value
    for secret in (PASSWORD, cookie, "271828", "314159", "admin logged in"):
        assert secret not in told


@pytest.mark.security(59)
@pytest.mark.parametrize("path", ["/shared/{}", "/email/confirm/{}", "/password/reset/{}", "/stay/{}", "/static/{}"])
def test_a_token_in_an_address_is_not_written_down(alice, lines, path):
    """Not even where it opens nothing: it may be a living one of another page, or of a record that comes back."""
    token = "T" * 43
    assert alice.send("GET", path.format(token)).status == 404
    told = lines()
    assert token not in json.dumps(told)
    assert path.startswith("/static") or "authz_denied" in events(told)


@pytest.mark.security(59)
def test_the_proxy_writes_no_token_down_either(committing_app):
    """Each address with a token is shortened in its log, and no other."""
    shortened = re.search(r'"~(.+?)" "\$beginning', (ROOT / "deploy/nginx/common.conf").read_text())[1]
    for rule in committing_app.url_map.iter_rules():
        path = re.sub("<[^>]*>", "x", rule.rule)
        assert bool(re.match(shortened.replace("(?<", "(?P<"), path)) == ("token" in rule.arguments), rule.rule


@pytest.mark.security(59)
def test_a_name_of_ones_own_is_not_written_down(alice, lines):
    assert alice.post("/names/salary/delete").status == 404
    assert "salary" not in json.dumps(lines())


@pytest.mark.security(59)
def test_a_line_break_in_a_fact_does_not_make_a_line(capsys, app):
    from calcapp import logs

    with app.app_context():
        logs.event("told", fact='1\n{"event": "log_in"}')
    assert len(capsys.readouterr().err.splitlines()) == 1


@pytest.mark.security(59, 87)
def test_of_an_error_only_its_kind_and_place_are_written_down(app, capsys):
    try:
        raise ValueError("what somebody typed")
    except ValueError:
        with app.app_context():
            app.logger.exception("unhandled")
    line = json.loads(capsys.readouterr().err)
    assert line["error"] == "builtins.ValueError"
    assert line["at_lines"]
    assert "typed" not in json.dumps(line)


@pytest.mark.security(59)
def test_the_database_does_not_repeat_what_was_typed(app):
    from sqlalchemy.exc import IntegrityError

    from calcapp.extensions import db
    from calcapp.models import User

    assert app.config["SQLALCHEMY_ENGINE_OPTIONS"]["hide_parameters"] is True
    with app.app_context():
        db.session.add(User(email="a secret", password_hash="another secret"))
        with pytest.raises(IntegrityError) as caught:
            db.session.flush()
        record = logging.LogRecord("calcapp", logging.ERROR, "", 0, "unhandled", (), caught._excinfo)
        from calcapp.logs import line_of

        assert "secret" not in line_of(record)


@pytest.mark.security(87)
def test_only_a_proxy_may_name_the_request(app, visitor, monkeypatch):
    named = {"headers": {"X-Request-Id": "f00dfeedf00dfeed"}}
    assert visitor.send("GET", "/", **named).headers["X-Request-Id"] != "f00dfeedf00dfeed"
    monkeypatch.setitem(app.config, "PROXY_COUNT", 1)
    assert visitor.send("GET", "/", **named).headers["X-Request-Id"] == "f00dfeedf00dfeed"
    assert visitor.send("GET", "/", headers={"X-Request-Id": 'x"}'}).headers["X-Request-Id"] != 'x"}'


def test_a_log_that_nobody_reads_holds_nobody_up(app, monkeypatch):
    from calcapp import logs

    unread, full = os.pipe()
    with open(unread, encoding="utf-8") as reader, open(full, "w", encoding="utf-8") as log:
        monkeypatch.setattr("sys.stderr", log)
        with app.app_context():
            for _ in range(2000):  # several times what a pipe holds; the test would stand still here
                logs.event("told")
            os.set_blocking(unread, False)
            read = reader.read()
            logs.event("again")
        lines = [json.loads(line) for line in (read + reader.read()).splitlines()]
    assert 0 < lines[-1]["left_out"] == 2000 - len(lines) + 1
