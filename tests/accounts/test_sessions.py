"""Where one is logged in, and when that ends."""

from datetime import datetime, timedelta

import pytest

from calcapp import settings
from tests.cast import PASSWORD, Person

CLOSED = "/login?next=/account"


def copy_of(person, app):
    """Somebody who has taken the cookies down."""
    thief = Person(app)
    for cookie in person.browser._cookies.values():
        thief.browser.set_cookie(cookie.key, cookie.value)
    return thief


def is_out(person):
    return person.send("GET", "/account").location == CLOSED


@pytest.mark.security(17, 18)
@pytest.mark.parametrize("remember", [{}, {"remember": "y"}])
def test_a_cookie_that_was_copied_opens_nothing_after_the_log_out(app, alice, log_in, remember):
    person = log_in(**remember)
    thief = copy_of(person, app)
    assert thief.open("/account").h1 == "Account"
    person.open("/")
    person.press("Log out")
    assert is_out(thief)


@pytest.mark.security(20)
@pytest.mark.parametrize("change", ["active = false", "email = 'gone@example.org', active = false"])
def test_who_is_deactivated_is_out_at_the_next_request_for_good(alice, sql, change):
    sql(f"UPDATE users SET {change} WHERE id = :id", id=alice.id)
    assert is_out(alice)
    sql("UPDATE users SET active = true WHERE id = :id", id=alice.id)
    assert is_out(alice)


@pytest.mark.security(20)
def test_who_is_demoted_is_out_at_the_next_request(grace, sql):
    assert grace.open("/admin/calculations").status == 200
    sql("UPDATE users SET role = 'user' WHERE id = :id", id=grace.id)
    assert grace.send("GET", "/admin/calculations").location == "/login?next=/admin/calculations"


@pytest.mark.security(21)
@pytest.mark.parametrize("remember", [{}, {"remember": "y"}])
def test_every_cookie_on_https_is_locked_to_the_site(https, alice, remember):
    site = {"base_url": "https://127.0.0.1:8000", "headers": {"Referer": "https://127.0.0.1:8000/login"}}
    https.send("GET", "/login", **site)
    form = https.page.form("Log in").fill(Email="alice@example.org", Password=PASSWORD, **remember)
    check_cookies(https.send("POST", "/login", data=form, **site), {"__Host-calcapp", "__Host-device", "__Host-page"})
    form = https.send("GET", "/", **site).form("Log out").fields
    check_cookies(https.send("POST", "/logout", data=form, **site), {"__Host-calcapp", "__Host-page"})


def check_cookies(page, names):
    cookies = page.headers.getlist("Set-Cookie")
    assert page.status == 303
    assert {cookie.split("=")[0] for cookie in cookies} == names
    for cookie in cookies:
        parts = {part.strip() for part in cookie.split(";")}
        assert parts >= {"Secure", "HttpOnly", "SameSite=Lax", "Path=/"}
        assert "Domain" not in cookie


@pytest.mark.security(22)
def test_nothing_planted_before_the_log_in_survives_it(app, alice, somebody):
    browser = somebody()
    browser.open("/login")
    planted = browser.page.form("Log in").fields["csrf_token"]
    browser.submit("Log in", Email="alice@example.org", Password=PASSWORD)
    refused = browser.send("POST", "/logout", data={"csrf_token": planted})
    assert refused.status == 400


@pytest.mark.security(24)
@pytest.mark.parametrize(
    ("remember", "column", "lives", "ends"),
    [
        ({}, "last_seen_at", "119 minutes", "121 minutes"),
        ({}, "created_at", "719 minutes", "721 minutes"),
        ({"remember": "y"}, "last_seen_at", "29 days", "31 days"),
        ({"remember": "y"}, "created_at", "89 days", "91 days"),
    ],
)
def test_idle_and_old_sessions_end_on_the_server(alice, log_in, sql, remember, column, lives, ends):
    person = log_in(**remember)
    sql(f"UPDATE sessions SET {column} = now() - interval '{lives}'")
    assert person.open("/account").h1 == "Account"
    sql(f"UPDATE sessions SET {column} = now() - interval '{ends}'")
    assert is_out(person)


@pytest.mark.security(25)
def test_people_see_their_devices_and_end_one(alice, somebody, log_in):
    other = somebody()
    other.browser.environ_base["HTTP_USER_AGENT"] = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Firefox/140.0"
    log_in(browser=other)
    assert "Firefox on Linux" in alice.open("/account/sessions").text


@pytest.mark.security(25)
def test_one_device_is_ended_and_the_others_stay(alice, log_in, sql):
    other, third = log_in(), log_in()
    page = alice.open("/account/sessions")
    actions = [form.get("action") for form in page.all("form") if str(form.get("action")).endswith("/end")]
    assert len(actions) == 2
    alice.post(actions[0])
    assert sorted([is_out(other), is_out(third)]) == [False, True]
    assert not is_out(alice)


@pytest.mark.security(25)
def test_all_other_devices_are_ended_at_once(alice, log_in):
    others = [log_in(), log_in()]
    alice.open("/account/sessions")
    alice.press("Log out all others")
    assert all(is_out(other) for other in others)
    assert not is_out(alice)


@pytest.mark.security(30)
def test_a_strangers_session_is_as_unknown_as_one_that_never_was(alice, bob, sql):
    bobs = sql("SELECT id FROM sessions WHERE user_id = :id", id=bob.id)[0][0]
    pages = [alice.post(f"/account/sessions/{name}/end") for name in (bobs, "00000000-0000-4000-8000-000000000000")]
    assert [page.status for page in pages] == [404, 404]
    assert not is_out(bob)


@pytest.mark.security(27)
@pytest.mark.parametrize("name", ["calcapp", "page", "device"])
@pytest.mark.parametrize("value", ["x", "A" * 8000, "\x00", "é", "1|é", "eyJ.e30.x", "%00", '"'])
def test_a_garbled_cookie_is_no_cookie(app, name, value):
    answer = app.test_client().get("/", headers={"Cookie": f"{name}={value}"})
    assert answer.status_code == 200
    assert "Create account" in answer.text


@pytest.mark.security(28)
def test_the_pages_cookie_stays_small_whatever_is_typed(app, visitor):
    visitor.calculate("1+1" + " " * 900)
    form = visitor.open("/").form("Calculate").fill(Expression="🧮" * 1000)
    visitor.send("POST", "/keypad", data={**form, "press": "7"})
    with visitor.browser.session_transaction() as session:
        session["_flashes"] = [("message", f"Deleted #{number}. Undo?") for number in range(50)]
    answer = visitor.browser.get("/healthz/live")
    assert answer.status_code == 200
    assert len(answer.headers.get("Set-Cookie", "")) < 4093
    with visitor.browser.session_transaction() as session:
        assert len(session["_flashes"]) <= 5


@pytest.mark.security(26)
def test_a_session_outlives_a_new_secret_key(server, database, app, alice, monkeypatch):
    monkeypatch.setitem(app.config, "SECRET_KEY_FALLBACKS", [app.config["SECRET_KEY"]])
    monkeypatch.setitem(app.config, "SECRET_KEY", "another secret that nobody has guessed so far")
    assert alice.open("/account").h1 == "Account"


@pytest.mark.security(26)
def test_a_form_that_was_open_outlives_a_new_secret_key_too(app, alice, monkeypatch):
    alice.open("/")
    told = {"SECRET_KEY": "another-secret-that-nobody-has-guessed", "SECRET_KEY_FALLBACKS": app.config["SECRET_KEY"]}
    renewed = settings.load({"DATABASE_URL": "postgresql:///none", **told})
    for name in ("SECRET_KEY", "SECRET_KEY_FALLBACKS", "WTF_CSRF_SECRET_KEY"):
        monkeypatch.setitem(app.config, name, renewed[name])
    assert alice.submit("Calculate", Expression="84.50*3").status == 303
    alice.open("/")
    monkeypatch.setitem(app.config, "WTF_CSRF_SECRET_KEY", [renewed["SECRET_KEY"]])
    assert alice.submit("Calculate", Expression="84.50*3").status == 303, "a new form is signed with the old key"


@pytest.mark.parametrize("skew", [timedelta(days=-1), timedelta(days=1)])
def test_a_wrong_clock_of_ours_opens_and_closes_nothing(alice, sql, monkeypatch, skew):
    """What was noted by the database's clock is compared with that clock."""
    from calcapp.models import session

    class Wrong(datetime):
        @classmethod
        def now(cls, tz=None):
            return datetime.now(tz) + skew

    monkeypatch.setattr(session, "datetime", Wrong)
    sql("UPDATE sessions SET confirmed_at = now() - interval '16 minutes'")
    assert alice.send("GET", "/account/password").status == 303
    sql("UPDATE sessions SET confirmed_at = now() - interval '14 minutes'")
    assert alice.send("GET", "/account/password").status == 200
