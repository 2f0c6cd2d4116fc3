"""Passkeys, with a device that may lie: what it answers counts once, here, and for its own person only."""

import json

import cbor2
import pytest
from webauthn.helpers import bytes_to_base64url

from tests.accounts.device import Device
from tests.cast import Person


@pytest.fixture(autouse=True)
def site_with_a_name(app, monkeypatch):
    monkeypatch.setitem(app.config, "PUBLIC_URL", "http://localhost:8000")


def asked_of(person):
    """What the page for adding one asks the browser for."""
    page = person.open("/account/passkeys")
    return json.loads(next(form for form in page.all("form") if form.get("id") == "passkey-new").get("data-options"))


def add(person, device, answer=None):
    """The answer of the server."""
    made = answer or device.makes(asked_of(person))
    return person.submit("Add a passkey", Name="My phone", credential=made)


def challenge_of(browser):
    browser.open("/login")
    token = browser.page.form("Log in").fields["csrf_token"]
    return json.loads(browser.send("GET", "/login/passkey").source), token


def bring(browser, answer, token):
    return browser.send("POST", "/login/passkey", data={"csrf_token": token, "credential": answer}).location


def enters_with(browser, device):
    asked, token = challenge_of(browser)
    return bring(browser, device.signs(asked), token) == "/"


def test_a_passkey_is_added_and_lets_in(alice, somebody):
    device = Device()
    assert add(alice, device).status == 303
    browser = somebody()
    assert enters_with(browser, device)
    assert "alice@example.org" in browser.open("/account").text


@pytest.mark.security(16)
@pytest.mark.parametrize(
    "lie", [{"origin": "https://evil.example"}, {"site": "evil.example"}, {"verified": False}], ids=str
)
def test_what_was_answered_elsewhere_or_without_recognizing_anybody_does_not_count(alice, somebody, lie):
    assert add(alice, Device(**lie)).status == 422
    device = Device()
    assert add(alice, device).status == 303
    for claim, value in lie.items():
        setattr(device, claim, value)
    assert not enters_with(somebody(), device)


@pytest.mark.security(16)
def test_the_challenge_of_another_page_cannot_be_used(alice, bob, somebody):
    """Whoever has Alice sign a challenge of his own does not come in with it, nor keeps what she made."""
    device, stolen = Device(), Device()
    add(alice, device)
    asked, _ = challenge_of(somebody())
    thief = somebody()
    _, token = challenge_of(thief)
    assert bring(thief, device.signs(asked), token) == "/login"
    asked_of(bob)
    assert add(bob, stolen, answer=stolen.makes(asked_of(alice))).status == 422


@pytest.mark.security(16)
def test_a_wrong_answer_spends_the_challenge_too(alice, somebody):
    device, browser = Device(), somebody()
    add(alice, device)
    asked, token = challenge_of(browser)
    assert bring(browser, Device().signs(asked), token) == "/login"
    assert bring(browser, device.signs(asked), token) == "/login"


@pytest.mark.security(16)
def test_an_answer_works_once_even_with_a_copy_of_the_cookies(app, alice, somebody):
    device = Device()
    add(alice, device)
    browser = somebody()
    asked, token = challenge_of(browser)
    copied = [(cookie.key, cookie.value) for cookie in browser.browser._cookies.values()]
    answer = device.signs(asked)
    assert bring(browser, answer, token) == "/"
    thief = Person(app)
    for name, value in copied:
        thief.browser.set_cookie(name, value)
    assert bring(thief, answer, token) == "/login"


@pytest.mark.security(16)
def test_a_signature_of_another_key_or_of_one_that_was_copied_lets_nobody_in(alice, bob, somebody):
    device, bobs = Device(), Device()
    add(alice, device)
    add(bob, bobs)
    bobs.name = device.name
    assert not enters_with(somebody(), bobs)
    assert enters_with(somebody(), device)
    device.uses -= 1  # a copy that counts from where it was taken
    assert not enters_with(somebody(), device)


def test_a_passkey_belongs_to_one_person(alice, bob, somebody):
    device = Device()
    add(alice, device)
    assert add(bob, device).status == 422
    browser = somebody()
    assert enters_with(browser, device)
    assert "alice@example.org" in browser.open("/account").text


def test_who_is_deactivated_does_not_come_in_with_a_passkey(alice, somebody, sql):
    device = Device()
    add(alice, device)
    sql("UPDATE users SET active = false WHERE id = :id", id=alice.id)
    assert not enters_with(somebody(), device)


def broken(**parts):
    response = {part: value if isinstance(value, str) else bytes_to_base64url(value) for part, value in parts.items()}
    return json.dumps({"id": "AQ", "rawId": "AQ", "type": "public-key", "response": response})


CREATED = b'{"type":"webauthn.create","challenge":"Yw","origin":"http://localhost:8000"}'
GARBAGE = [
    "",
    "x",
    "5",
    "null",
    "[" * 20_000,
    '{"id":' * 2_000,
    '{"id": 5}',
    '{"id": "é"}',
    '{"id": "\\ud800"}',
    broken(clientDataJSON=b"[" * 30_000, authenticatorData="AA", signature="AA"),
    broken(clientDataJSON=b'{"type":5}', authenticatorData="", signature=""),
    broken(clientDataJSON=CREATED, attestationObject=b"\x81" * 20_000),
    broken(clientDataJSON=CREATED, attestationObject=cbor2.dumps({"fmt": "packed", "attStmt": {"x5c": []}})),
]


@pytest.mark.parametrize("garbage", GARBAGE, ids=lambda text: text[:20])
def test_garbage_is_refused_and_breaks_nothing(alice, somebody, garbage):
    browser = somebody()
    _, token = challenge_of(browser)
    assert bring(browser, garbage, token) == "/login"
    asked_of(alice)
    assert add(alice, None, answer=garbage or "{").status == 422


def test_whatever_the_library_stumbles_over_is_a_wrong_answer(alice, somebody, monkeypatch):
    device = Device()
    add(alice, device)

    def stumbles(**_):
        raise IndexError

    for verify in ("verify_authentication_response", "verify_registration_response"):
        monkeypatch.setattr(f"webauthn.{verify}", stumbles)
    assert not enters_with(somebody(), device)
    assert add(alice, Device()).status == 422
