"""The whole of it: register, calculate, remember, log out; nobody else sees it; an administrator mends it."""

import pytest

pytestmark = pytest.mark.browser


@pytest.mark.security(51)
def test_the_main_job(screen, administrator):
    alice = screen()
    alice.open("/")
    alice.follow("Create account")
    email = alice.register()
    alice.calculate("84.50*3")
    assert "#1" in alice.cards[0]
    assert "253.5" in alice.cards[0]
    alice.calculate("1/3")
    assert "#2" in alice.cards[0]
    assert "0.333333333333333" in alice.cards[0]
    assert alice.page.get_by_role("article").first.locator("mfrac").count() >= 1
    alice.calculate("#2 * 3")  # the third is kept exactly, not as it is shown
    assert "= 1" in " ".join(alice.cards[0].split())
    alice.calculate("1/0")
    assert "There is a problem" in alice.text
    alice.follow("History")
    assert ["#3" in alice.cards[0], "#2" in alice.cards[1], "#1" in alice.cards[2]] == [True] * 3
    alice.press("Log out")
    alice.open("/calculations")
    assert "Log in" in alice.page.title()

    bob = screen()
    bob.register()
    bob.follow("History")
    assert bob.cards == []
    assert "253.5" not in bob.text
    assert bob.open("/calculations/1") == 404
    assert bob.open("/admin/calculations") == 403

    grace = screen()
    grace.log_in(*administrator)
    grace.follow("Admin")
    grace.press("Find", Owner=email)
    grace.follow(f"#1 of {email}")
    grace.press("Save", Expression="84.50*4", Reason_to_edit="The shop counted wrong")
    assert "338" in grace.text
    grace.open("/admin/calculations")
    grace.press("Find", Owner=email)
    grace.follow(f"#2 of {email}")
    grace.press("Delete", Reason="Not a sum of the shop")
    grace.follow("Audit")
    newest = " ".join(" ".join(grace.cards[:2]).split())
    for told in ("The shop counted wrong", "84.50*4", "338", "Not a sum of the shop", "deleted", email):
        assert told in newest

    alice.log_in(email, "seven wooden abacuses")
    alice.follow("History")
    assert [card.split()[0] for card in alice.cards] == ["#3", "#1"]
    assert "338" in alice.cards[1]


def test_what_a_visitor_worked_out_becomes_the_first_record(screen):
    visitor = screen()
    visitor.open("/")
    visitor.calculate("84.50*3")
    assert "253.5" in visitor.text
    visitor.follow("Keep this: create account")
    visitor.register()
    assert "#1" in visitor.cards[0]
    assert "253.5" in visitor.cards[0]


def test_double_click_and_back_leave_one_record(screen):
    alice = screen()
    alice.register()
    alice.page.get_by_label("Expression", exact=True).fill("6*7")
    alice.page.get_by_role("button", name="Calculate", exact=True).dblclick()
    alice.page.get_by_role("article").wait_for()
    alice.page.wait_for_load_state("networkidle")
    alice.page.reload()
    alice.page.go_back()
    alice.page.go_forward()
    alice.open("/calculations")
    assert len(alice.cards) == 1
