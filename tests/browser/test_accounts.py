"""Accounts in a real Chromium: every page, passkeys, a lost password, and what the back button shows."""

import re
import secrets
import socket

import pytest

from tests import postgres
from tests.browser import chromium
from tests.browser.conftest import Screen
from tests.serving import eventually, served

pytestmark = [pytest.mark.browser, pytest.mark.rehearsal]

NEW = "nine violet tractors"
PAGES = ("/account", "/account/password", "/account/email", "/account/sessions", "/account/second-factor")
MORE_PAGES = ("/account/second-factor/app", "/account/passkeys", "/account/confirm", "/account/leave", "/password/sent")


@pytest.mark.security(51)
def test_no_page_of_an_account_breaks_the_rules_for_content_and_access(screen):
    """The console is empty, so no rule of the content security policy was broken; axe finds nothing."""
    alice = screen()
    for path in ("/login", "/register", "/password/forgot", "/password/reset/" + "A" * 43):
        alice.open(path)
    alice.register()
    for path in PAGES + MORE_PAGES:
        alice.open(path)
    alice.open("/account/password")
    alice.press("Change password", Current_password="wrong", New_password="12345678")
    assert "There is a problem" in alice.text


@pytest.mark.security(55)
def test_after_the_log_out_the_back_button_shows_nothing(screen):
    alice = screen()
    alice.register()
    alice.calculate("271828 + 1")
    alice.follow("History")
    assert "271829" in alice.text.replace(" ", "").replace("\u202f", "")
    alice.press("Log out")
    for _ in range(3):
        alice.page.go_back()
        alice.page.wait_for_load_state()
        assert "271829" not in alice.text.replace(" ", "").replace("\u202f", "")
    assert "271829" not in alice.page.content()


def test_a_lost_password_without_a_mail_server_is_found_in_the_log(screen, site):
    alice = screen()
    email = alice.register()
    alice.press("Log out")
    alice.follow("Forgot your password?")
    alice.press("Send the link", Email=email)
    pattern = rf"{re.escape(site.address)}(/password/reset/[\w-]+)"
    eventually(lambda: re.search(pattern, site.said), site)
    alice.open(re.findall(pattern, site.said)[-1])
    alice.press("Change password", New_password=NEW)
    alice.press("Log in", Password=NEW)
    assert "Log out" in alice.text


@pytest.fixture(scope="module")
def named_site(server, browser):
    """A site with a name, as passkeys need."""
    name = postgres.clone(server, f"calc_named_{secrets.token_hex(4)}", template=None)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    urls = {"DATABASE_URL": server.url(name), "OWNER_DATABASE_URL": server.url(name, role="owner")}
    address = f"http://localhost:{port}"
    with served(**urls, SECRET_KEY=secrets.token_hex(32), PORT=str(port), PUBLIC_URL=address) as running:
        running.address = address
        yield running
    postgres.drop(server, name)


@pytest.fixture
def device(browser, named_site, inspected):
    """A browser with a device that keeps passkeys, and a finger on its sensor."""
    if not chromium.find():
        pytest.skip(chromium.HOW_TO_GET_ONE)
    screen = Screen(browser, named_site, inspected, scripts=True)
    authenticator = screen.context.new_cdp_session(screen.page)
    authenticator.send("WebAuthn.enable")
    kind = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    options = {**kind, "isUserVerified": True, "automaticPresenceSimulation": True}
    screen.authenticator = authenticator
    screen.device_id = authenticator.send("WebAuthn.addVirtualAuthenticator", {"options": options})["authenticatorId"]
    yield screen
    screen.context.close()


def test_a_passkey_logs_in_without_a_password(device):
    email = device.register()
    device.open("/account/passkeys")
    device.press("Add a passkey", Name="My laptop")
    assert "You can log in with My laptop now." in device.text
    device.press("Log out")
    device.press("Log in with a passkey")
    assert "Log out" in device.text
    device.open("/account")
    assert email in device.text


def test_a_passkey_that_was_removed_opens_nothing(device):
    device.register()
    device.open("/account/passkeys")
    device.press("Add a passkey", Name="My laptop")
    device.press("Remove My laptop")
    assert "That passkey is gone." in device.text
    device.press("Log out")
    device.press("Log in with a passkey")
    assert "That passkey is not known here" in device.text


def test_without_a_finger_on_the_sensor_nothing_happens(device):
    device.register()
    device.open("/account/passkeys")
    device.press("Add a passkey", Name="My laptop")
    device.press("Log out")
    device.authenticator.send(
        "WebAuthn.setUserVerified", {"authenticatorId": device.device_id, "isUserVerified": False}
    )
    device.page.get_by_role("button", name="Log in with a passkey").click()
    device.page.get_by_text("Nothing was done").wait_for()
    assert device.open("/account") == 200
    assert "Log in" in device.page.title()


def test_a_passkeys_answer_that_was_taken_down_does_not_work_again(device):
    device.register()
    device.open("/account/passkeys")
    device.press("Add a passkey", Name="My laptop")
    device.press("Log out")
    cookies = device.context.cookies()
    with device.page.expect_request(lambda request: request.method == "POST") as sent:
        device.press("Log in with a passkey")
    device.press("Log out")
    device.context.clear_cookies()
    device.context.add_cookies(cookies)
    form = {"Content-Type": "application/x-www-form-urlencoded"}
    again = device.context.request.post(sent.value.url, data=sent.value.post_data, headers=form, max_redirects=0)
    assert again.headers["location"] == "/login" or again.status == 400
