"""What every answer carries, what no page runs, and what the start refuses."""

import importlib
import itertools
import pkgutil
import re
import subprocess
import sys
import time

import pytest

import calcapp
from calcapp import settings
from calcapp.access import netloc_of
from calcapp.engine import Mistake, evaluate
from calcapp.models import ThrottleCount
from calcapp.models.folding import folded
from calcapp.models.password import core, once, own_words, weakness
from calcapp.models.session import described
from calcapp.models.takeout import harmless
from tests.cast import PASSWORD, Person
from tests.serving import ROOT

SECURE = {"base_url": "https://127.0.0.1:8000"}
CANARY = '"><svg onload=alert(1)>{{7*7}}javascript:x'
POLICY = (
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "object-src 'none'",
)


@pytest.mark.security(51, 54)
@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/", 200),
        ("GET", "/login", 200),
        ("GET", "/static/style.css", 200),
        ("GET", "/static/nothing", 404),
        ("GET", "/nowhere", 404),
        ("POST", "/", 405),
        ("POST", "/calculations", 400),
        ("GET", "/account", 303),
        ("GET", "/healthz/live", 200),
        ("GET", "/calculations?before=x%00", 400),
    ],
)
def test_every_answer_carries_every_header(https, method, path, status):
    answer = https.browser.open(path, method=method, **SECURE)
    assert answer.status_code == status
    policy = answer.headers["Content-Security-Policy"]
    assert {part.strip() for part in policy.split(";")} >= set(POLICY)
    assert "unsafe" not in policy
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert answer.headers["Referrer-Policy"] == "same-origin"
    assert answer.headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert answer.headers["Strict-Transport-Security"] == "max-age=63072000; includeSubDomains"
    assert "charset=utf-8" in answer.headers["Content-Type"].lower() or answer.mimetype == "image/svg+xml"
    assert answer.headers.get("Server") is None
    answer.close()


@pytest.mark.security(54)
def test_over_plain_http_nobody_is_told_to_use_https_for_years(visitor):
    assert "Strict-Transport-Security" not in visitor.open("/").headers


@pytest.mark.security(33)
def test_forms_work_over_https_with_our_own_referrer_policy(https):
    https.send("GET", "/login", **SECURE)
    form = https.page.form("Log in").fill(Email="nobody@example.org", Password=PASSWORD)
    headers = {"Referer": "https://127.0.0.1:8000/login", "Origin": "https://127.0.0.1:8000"}
    assert https.send("POST", "/login", data=form, headers=headers, **SECURE).status == 422


@pytest.mark.security(33)
@pytest.mark.parametrize("referrer", [None, "https://evil.example/", "http://127.0.0.1:8000/login"])
def test_forms_from_elsewhere_are_refused_over_https(https, referrer):
    https.send("GET", "/login", **SECURE)
    form = https.page.form("Log in").fill(Email="nobody@example.org", Password=PASSWORD)
    headers = {"Referer": referrer} if referrer else {}
    assert https.send("POST", "/login", data=form, headers=headers, **SECURE).status == 400


@pytest.mark.security(39, 55)
def test_pages_with_a_token_are_kept_by_no_cache_and_the_log_out_clears_it(alice):
    for path in ("/", "/account", "/calculations"):
        assert alice.open(path).headers["Cache-Control"] == "no-store"
    alice.open("/")
    assert alice.submit("Log out").headers["Clear-Site-Data"] == '"cache"'


@pytest.mark.security(39)
def test_a_form_left_open_over_lunch_still_works(alice, monkeypatch):
    form = alice.open("/").form("Calculate").fill(Expression="1+1")
    later = time.time() + 6 * 3600
    monkeypatch.setattr("itsdangerous.timed.time.time", lambda: later)
    assert alice.send("POST", "/calculations", data=form).status == 303


@pytest.mark.security(52)
def test_what_people_store_is_shown_as_text_everywhere(app, alice, grace, kept):
    """In each field that holds a text, also in those that only an import could fill so; on each page that shows it."""
    says = {name: f"{CANARY} {name}" for name in ("note", "answer", "exact", "unit")}
    kept(alice, "1 + 1", **says, hints=[CANARY, f"read as {CANARY}"])
    removed = kept(alice, "2 + 2", note=CANARY)
    at_canary = Person(app, "alice@example.org")
    at_canary.browser.environ_base["HTTP_USER_AGENT"] = CANARY
    at_canary.open("/login")
    assert at_canary.submit("Log in", Email="alice@example.org", Password=PASSWORD).status == 303
    alice.post("/calculations/1/share")
    link = alice.open("/calculations/1").source.partition("/shared/")[2][:32]
    grace.open(f"/admin/calculations/{alice.id}/{removed}")
    grace.press("Delete", Reason=CANARY)
    for person, paths in {
        alice: (
            "/",
            "/?answer=1",
            "/calculations",
            "/calculations?deleted=1",
            "/calculations/1",
            "/calculations/1/edit",
        ),
        grace: (
            "/admin/calculations",
            f"/admin/calculations/{alice.id}/1",
            f"/admin/calculations/{alice.id}/{removed}",
            "/admin/audit",
        ),
        Person(app): (f"/shared/{link}",),
    }.items():
        for path in paths:
            page = person.open(path)
            assert "&lt;svg onload=" in page.source, path
            check_it_is_text(page)
    grace.post(f"/admin/users/{alice.id}/end-sessions", reason="Lost", version=1)
    assert "browser" in grace.open("/admin/audit").text  # as it called itself
    check_it_is_text(grace.page)
    alice.log_in()
    for path in ("/account", "/account/sessions", "/calculations/print", "/admin/figures", f"/admin/users/{alice.id}"):
        check_it_is_text((grace if "admin" in path else alice).open(path))


def check_it_is_text(page):
    assert "<svg onload" not in page.source
    assert "49javascript" not in page.source
    assert 'href="javascript:' not in page.source


@pytest.mark.security(52)
@pytest.mark.parametrize(
    "path", ["/calculations?q={}", "/login?next={}", "/register?email={}", "/?draft={}", "/nowhere/{}"]
)
def test_what_comes_in_an_address_is_shown_as_text(alice, path):
    page = alice.send("GET", path.format("%22%3E%3Csvg onload=alert(1)%3E"))
    assert "<svg onload" not in page.source + str(page.headers)


@pytest.mark.security(52)
def test_an_expression_that_is_markup_stays_text_in_the_refusal(alice):
    alice.open("/")
    page = alice.submit("Calculate", Expression=CANARY)
    assert page.status == 422
    assert "<svg onload" not in page.source


@pytest.mark.security(53)
def test_every_template_is_one_that_is_escaped_by_itself():
    assert [path for path in (ROOT / "templates").rglob("*") if path.is_file() and path.suffix != ".html"] == []


@pytest.mark.security(53)
def test_every_attribute_in_a_template_is_quoted():
    bare = re.compile(r"<[a-z][^<>]*\s[a-z-]+=(?![\"'])\{\{")
    found = [path for path in (ROOT / "templates").rglob("*.html") if bare.search(path.read_text(encoding="utf-8"))]
    assert found == []


@pytest.mark.security(56)
@pytest.mark.parametrize("path", ["/console", "/__debug__", "/.git/config", "/.env", "/server-status", "/wsgi.py"])
def test_there_is_no_debugger_and_no_file_to_find(visitor, path):
    assert visitor.send("GET", path).status == 404


WEAK = ["dev", "secret", "x" * 64, "change-me", "short-but-random-9f3", "abababababababababababababababab"]


@pytest.mark.security(23)
@pytest.mark.parametrize("secret", [None, "", *WEAK])
def test_a_secret_that_can_be_guessed_stops_the_start(secret):
    environment = {"DATABASE_URL": "postgresql://localhost/x"} | ({} if secret is None else {"SECRET_KEY": secret})
    with pytest.raises(settings.SettingError):
        settings.load(environment)


@pytest.mark.rehearsal
@pytest.mark.security(23)
def test_gunicorn_does_not_start_with_such_a_secret():
    environment = {
        "DATABASE_URL": "postgresql://localhost/x",
        "SECRET_KEY": "dev",
        "PATH": "/usr/bin:/bin",
        "BIND": "127.0.0.1:0",
    }
    gunicorn = [sys.executable, "-m", "gunicorn", "wsgi:app"]
    done = subprocess.run(gunicorn, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=60)
    assert done.returncode != 0
    assert "SECRET_KEY can be guessed" in done.stderr


@pytest.mark.security(32)
@pytest.mark.parametrize("token", [None, "", "x", "of another session"])
def test_a_form_without_its_token_is_refused_and_can_be_sent_again(alice, bob, token):
    form = alice.open("/").form("Calculate").fill(Expression="84.50*3")
    form["csrf_token"] = bob.token() if token == "of another session" else token or ""
    page = alice.send("POST", "/calculations", data=form)
    assert page.status == 400
    assert page.form("Try again").fields["expression"] == "84.50*3"
    assert alice.open("/calculations").cards == []
    alice.send("POST", "/calculations", data=form)
    assert alice.submit("Try again").status == 303


FROM_ELSEWHERE = [
    {"Sec-Fetch-Site": "cross-site"},
    {"Origin": "https://evil.example"},
    {"Origin": "null"},
    {"Origin": "http://["},
    {"Referer": "https://evil.example/calculations"},
]


@pytest.mark.security(32)
@pytest.mark.parametrize("headers", FROM_ELSEWHERE, ids=str)
@pytest.mark.parametrize("path", ["/calculations", "/nowhere", "/help?q=%00"])
def test_what_another_site_sends_is_not_offered_to_be_sent_again_from_here(alice, headers, path):
    """Or its form would wait here with a fresh token, for a press of the button."""
    form = alice.open("/").form("Calculate").fill(Expression="84.50*3")
    page = alice.send("POST", path, data=form, headers=headers)
    assert page.status == 400
    assert "84.50*3" not in page.source
    assert page.all("form") == []
    assert "Set-Cookie" not in page.headers


@pytest.mark.security(43)
@pytest.mark.parametrize(
    ("typed", "answer"),
    [("1_000", "1000"), ("１２", "12"), ("0x10", "16"), (" 5\n", "5"), ("0.1+0.2", "0.3"), ("-0", "0")],
)
def test_a_number_is_read_as_documented(typed, answer):
    assert evaluate(typed).answer == answer


@pytest.mark.security(43)
@pytest.mark.parametrize("typed", ["NaN", "sNaN", "Infinity", "١٢", "1__0", "1/0"])
def test_what_is_no_number_is_refused_with_a_sentence(alice, typed):
    with pytest.raises(Mistake):
        evaluate(typed)
    alice.open("/")
    assert alice.submit("Calculate", Expression=typed).status == 422


ATTACKS = ["9**9**9", "9^9^9^9", "1e9999999", "int(1e9999999)", "(" * 10_000, "-" * 10_000, "9" * 900 + "!"]


@pytest.mark.security(41, 42)
@pytest.mark.parametrize("attack", ATTACKS, ids=lambda text: text[:12])
def test_an_attack_costs_no_time_and_is_explained(alice, attack):
    """The engine refuses before it works."""

    def suffer():
        with pytest.raises(Mistake) as caught:
            evaluate(attack)
        assert str(caught.value).endswith((".", "?"))

    assert cost(suffer) < 50 * cost(lambda: evaluate("84.50*3"))
    alice.open("/")
    assert alice.submit("Calculate", Expression=attack).status == 422


def patterns():
    """Every regular expression that a module of Calcapp has given a name."""
    for found in pkgutil.walk_packages(calcapp.__path__, "calcapp."):
        if found.name not in {"calcapp.engine.__main__", "calcapp.embedded.keeper"}:  # which run when they are read
            for name, value in vars(importlib.import_module(found.name)).items():
                if isinstance(value, re.Pattern):
                    yield pytest.param(value, id=f"{found.name}.{name}")


BEGINNINGS = ("", "a", "1", "#", "a@", "0x")
PUMPS = ("a", "1", "é", " ", ".", ",", "-", "=", "(", "'", "a.", "a-", "1,", "1 ", "1_", "e1", "#1")


@pytest.mark.security(49)
@pytest.mark.parametrize("pattern", list(patterns()))
def test_every_regular_expression_takes_time_in_proportion(pattern):
    """For what nearly matches, again and again, whichever way it is asked."""
    for begins, pump in itertools.product(BEGINNINGS, PUMPS):
        check_growth(lambda many, begins=begins, pump=pump: pattern.fullmatch(begins + pump * many + "\0"))
        check_growth(lambda many, begins=begins, pump=pump: pattern.match(begins + pump * many + "\0"))


@pytest.mark.security(49)
@pytest.mark.parametrize(
    "check",
    [
        lambda many: core("1!" * many),
        lambda many: core("é" + "1" * many + "é"),
        lambda many: core("a1!" * many + "é"),
        lambda many: once("ab" * many + "c"),
        lambda many: weakness("a1" * many),
        lambda many: own_words("a." * many + "@" + "b." * many),
        lambda many: folded("é" * many),
        lambda many: described("Firefox" * many),
        lambda many: harmless(" " * many + "="),
        lambda many: netloc_of("http://" + "a@" * many),
    ],
)
def test_what_looks_at_texts_takes_time_in_proportion(check):
    check_growth(check)


def test_what_takes_more_than_its_share_is_seen():
    for quadratic, many in (
        (lambda many: re.search("1+a", "1" * many), 600),
        (lambda many: [0 for _ in range(many) for _ in range(many)], 200),
    ):
        with pytest.raises(AssertionError):
            check_growth(quadratic, many)


def check_growth(check, many=1000):
    """Eight times as much takes eight times as long, not sixty-four times. What is too quick for the clock is compared
    with just looking at every letter. What is in proportion can be disturbed, and is looked at again."""
    assert any(grows_in_proportion(check, many) for _ in range(3))


def grows_in_proportion(check, many):
    looking = cost(lambda: sum(map(ord, "x" * many)))
    return cost(lambda: check(8 * many)) < 20 * max(looking, cost(lambda: check(many)))


def cost(work):
    """Processor time of this process, the least of three: what the machine does besides does not count."""
    spent = []
    for _ in range(3):
        start = time.process_time()
        work()
        spent.append(time.process_time() - start)
    return min(spent)


@pytest.mark.security(50)
def test_calculating_is_throttled_for_each_person(app, alice, bob, monkeypatch):
    monkeypatch.setitem(app.config["LIMITS"], "CALCULATE", 2)
    statuses = []
    for _ in range(3):
        alice.open("/")
        statuses.append(alice.submit("Calculate", Expression="1+1").status)
    assert statuses == [303, 303, 429]
    assert int(alice.page.headers["Retry-After"]) > 0
    bob.open("/")
    assert bob.submit("Calculate", Expression="1+1").status == 303


@pytest.mark.security(50)
def test_visitors_of_one_address_share_their_limit(app, visitor, monkeypatch):
    monkeypatch.setitem(app.config["LIMITS"], "CALCULATE", 1)
    for browser, status in ((visitor, 303), (Person(app), 429)):
        browser.open("/")
        assert browser.submit("Calculate", Expression="1+1").status == status


@pytest.fixture
def hands(monkeypatch):
    """hands.clear() makes the next request one to another process, which has counted nothing yet."""
    monkeypatch.setattr("calcapp.throttle.at_hand", fresh := {})
    return fresh


@pytest.mark.security(50)
def test_the_answer_while_typing_is_throttled_for_each_person(app, alice, bob, monkeypatch, hands):
    monkeypatch.setitem(app.config["LIMITS"], "PREVIEW", 2)
    assert [alice.send("GET", "/preview?expression=1%2B1").status for _ in range(4)] == [200, 200, 429, 429]
    assert 0 < int(alice.page.headers["Retry-After"]) <= 60
    assert bob.send("GET", "/preview?expression=1%2B1").status == 200


@pytest.mark.security(50)
def test_no_number_of_processes_shows_more_answers_than_one(app, alice, monkeypatch, hands):
    monkeypatch.setitem(app.config["LIMITS"], "PREVIEW", 70)
    shown = 0
    for _ in range(5):
        hands.clear()
        shown += [alice.send("GET", "/preview?expression=1%2B1").status for _ in range(25)].count(200)
    assert 50 <= shown <= 70


@pytest.mark.security(50)
def test_a_visitors_answer_on_the_desk_counts_as_one_while_typing(app, visitor, monkeypatch, hands):
    monkeypatch.setitem(app.config["LIMITS"], "PREVIEW", 3)
    visitor.calculate("1+1")
    assert [visitor.send("GET", "/").status for _ in range(3)] == [200, 200, 429]


def test_typing_writes_to_the_database_once_in_a_handful(alice, monkeypatch, hands):
    written = []
    really = ThrottleCount.one_more
    monkeypatch.setattr(ThrottleCount, "one_more", lambda *how: written.append(how) or really(*how))
    for _ in range(61):
        assert alice.send("GET", "/preview?expression=1%2B1").status == 200
    assert len(written) == 3


@pytest.mark.security(50)
def test_taking_everything_along_is_throttled(app, alice, monkeypatch):
    monkeypatch.setitem(app.config["LIMITS"], "EXPORT", 1)
    assert [alice.send("GET", "/account/download.json").status for _ in range(2)] == [200, 429]


@pytest.mark.security(50)
def test_bringing_everything_along_is_throttled(app, alice, monkeypatch):
    monkeypatch.setitem(app.config["LIMITS"], "EXPORT", 1)
    assert [alice.post("/calculations/import").status for _ in range(2)] == [422, 429]


@pytest.mark.security(47)
def test_no_statement_is_put_together_from_text():
    """Bound parameters everywhere: no f-string, no % and no format where SQL is written."""
    woven = re.compile(r"\b(text|execute|exec_driver_sql)\(\s*(f[\"']|[^)\n]*[\"']\s*(%|\.format\())")
    found = [path for path in (ROOT / "calcapp").rglob("*.py") if woven.search(path.read_text(encoding="utf-8"))]
    assert found == []


INJECTIONS = [
    "' OR 1=1--",
    "1'; SELECT pg_sleep(9)--",
    "%27%20UNION%20SELECT%20NULL--",
    "\\'; DROP TABLE users; --",
    "1) OR (1=1",
]


@pytest.mark.security(47)
@pytest.mark.parametrize("injection", INJECTIONS)
def test_sql_in_a_field_is_only_text(alice, bob, kept, injection):
    kept(bob, "41 + 1", note="of Bob")
    for path in ("/calculations", "/login", "/preview"):
        for name in ("q", "before", "next", "expression", "from"):
            page = alice.send("GET", path, query_string={name: injection})
            assert page.status in {200, 303, 400, 422}
            assert "of Bob" not in page.source
    alice.open("/")
    assert alice.submit("Calculate", Expression=injection).status in {303, 422}
