"""Every page of one's account opens, is well formed, and is closed to visitors."""

import pytest

PAGES = {
    "/account": "Account",
    "/account/password": "Change password",
    "/account/email": "Change email",
    "/account/sessions": "Devices",
    "/account/second-factor": "Second factor",
    "/account/second-factor/app": "Set up an app",
    "/account/passkeys": "Passkeys",
    "/account/confirm": "Is it still you?",
    "/account/leave": "Delete account",
}


@pytest.mark.parametrize(("path", "heading"), PAGES.items())
def test_each_page_of_an_account_opens(alice, path, heading):
    assert alice.open(path).h1 == heading


@pytest.mark.parametrize("path", PAGES)
def test_each_page_of_an_account_sends_visitors_to_the_log_in(visitor, path):
    assert visitor.send("GET", path).location == f"/login?next={path}"


@pytest.mark.parametrize("path", ["/login", "/register", "/password/forgot", "/password/sent"])
def test_the_pages_that_lead_in_are_open(visitor, path):
    assert visitor.open(path).status == 200


def test_there_is_nothing_to_set_up_twice_on_the_way_in(alice):
    assert alice.send("GET", "/login").location == "/"


def test_after_a_refusal_the_first_wrong_field_has_the_focus(visitor):
    visitor.open("/register")
    page = visitor.submit("Create account", Email="carol@example.org", Password="12345678")
    assert [field.get("name") for field in page.all("input") if field.get("autofocus") is not None] == ["password"]
