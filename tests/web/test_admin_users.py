"""Grace looks after the people: who may come in, who administers, who is logged in."""

import pytest

from calcapp.extensions import db
from calcapp.models import AuditEvent, User


@pytest.fixture
def events(app):
    def read():
        with app.app_context():
            events = db.session.scalars(AuditEvent.newest())
            return [(event.actor_id, event.what, event.owner_id, event.reason) for event in events if event.actor_id]

    return read


def standing(app, person):
    with app.app_context():
        user = db.session.get(User, person.id)
        return user.role, user.active


def test_people_are_listed_and_found_by_their_address(grace, alice, bob, kept):
    kept(alice, "1+1")
    page = grace.open("/admin/users")
    assert {"alice@example.org", "bob@example.org", "grace@example.org"} <= set(page.text.split())
    page = grace.open("/admin/users?q=ALICE")
    assert "bob@example.org" not in page.text


def test_a_persons_page_tells_of_records_and_sessions(grace, alice, kept):
    kept(alice, "1+1")
    page = grace.open(f"/admin/users/{alice.id}")
    assert page.h1 == "alice@example.org"
    assert "Records1 on the tape, 1 ever kept Sessions1" in page.text


def test_nobody_is_a_page_that_is_not_there(grace):
    assert grace.send("GET", "/admin/users/999999").status == 404


@pytest.mark.security(20, 25)
def test_deactivating_ends_the_sessions_at_once_and_keeps_out(app, grace, alice, events):
    grace.open(f"/admin/users/{alice.id}")
    page = grace.press("Log out everywhere", Reason="A lost telephone")
    assert alice.send("GET", "/calculations").status == 303
    assert events()[0] == (grace.id, "logged out", alice.id, "A lost telephone")
    alice.log_in()
    page = grace.post(f"/admin/users/{alice.id}/deactivate", reason="Spam", version=1)
    assert page.status == 303
    assert alice.send("GET", "/calculations").location.startswith("/login")
    assert standing(app, alice) == ("user", False)
    assert {what for _, what, _, _ in events()} == {"deactivated", "logged out"}
    alice.log_in()  # not even with a session that somebody makes for her
    assert alice.send("GET", "/calculations").location.startswith("/login")
    page = grace.open(f"/admin/users/{alice.id}")
    assert "deactivated" in page.text
    assert page.has("Activate")
    grace.post(f"/admin/users/{alice.id}/activate", reason="Sorry", version=2)
    assert alice.log_in().send("GET", "/calculations").status == 200
    assert events()[0] == (grace.id, "activated", alice.id, "Sorry")


def test_a_promoted_person_administers_at_the_next_request_and_a_demoted_one_no_more(app, grace, alice, events):
    assert alice.send("GET", "/admin/users").status == 403
    grace.post(f"/admin/users/{alice.id}/promote", reason="Helps me", version=1)
    assert alice.send("GET", "/admin/users").status == 200
    grace.post(f"/admin/users/{alice.id}/demote", reason="Left", version=2)
    assert alice.send("GET", "/admin/users").location.startswith("/login")
    assert alice.log_in().send("GET", "/admin/users").status == 403
    changes = [event for event in events() if event[1] != "logged out"]
    assert changes == [
        (grace.id, "demoted", alice.id, "Left"),
        (grace.id, "promoted", alice.id, "Helps me"),
    ]


@pytest.mark.parametrize("act", ["demote", "deactivate"])
def test_the_last_administrator_stays(app, grace, alice, events, act):
    page = grace.post(f"/admin/users/{grace.id}/{act}", reason="Tired", version=1)
    assert page.status == 409
    assert "last administrator" in page.text
    assert standing(app, grace) == ("admin", True)
    assert events() == []


def test_one_of_two_administrators_may_go(app, grace, alice):
    grace.post(f"/admin/users/{alice.id}/promote", reason="Helps me", version=1)
    assert grace.post(f"/admin/users/{grace.id}/demote", reason="Tired", version=1).status == 303
    assert grace.log_in().send("GET", "/admin/").status == 403
    assert alice.post(f"/admin/users/{alice.id}/deactivate", reason="Tired", version=2).status == 409


def test_a_deactivated_administrator_does_not_count_as_one(app, grace, alice):
    grace.post(f"/admin/users/{alice.id}/promote", reason="Helps me", version=1)
    grace.post(f"/admin/users/{alice.id}/deactivate", reason="Away", version=2)
    assert grace.post(f"/admin/users/{grace.id}/demote", reason="Tired", version=1).status == 409


def test_a_stale_change_of_an_account_is_refused_and_shows_both(app, grace, alice):
    grace.post(f"/admin/users/{alice.id}/promote", reason="Helps me", version=1)
    page = grace.post(f"/admin/users/{alice.id}/deactivate", reason="Spam", version=1)
    assert page.status == 409
    assert "It says nowadministrator, active" in page.text
    assert "You wantedDeactivate" in page.text
    assert standing(app, alice) == ("admin", True)


@pytest.mark.parametrize("act", ["deactivate", "activate", "promote", "demote", "end-sessions"])
@pytest.mark.parametrize("sent", [{}, {"reason": "x"}, {"version": 1}, {"version": "x", "reason": "x"}])
def test_each_change_of_an_account_needs_a_reason_and_a_version(app, grace, alice, events, act, sent):
    page = grace.post(f"/admin/users/{alice.id}/{act}", **sent)
    assert page.status == 422
    assert standing(app, alice) == ("user", True)
    assert events() == []


def test_people_are_shown_page_by_page_each_once(register, grace):
    for place in range(60):
        register(f"person{place}@example.org")
    seen, path = [], "/admin/users?q=person"
    while path:
        page = grace.send("GET", path)
        seen += [link.text for link in page.all("a") if "/admin/users/" in link.get("href")]
        path = next((link.get("href") for link in page.all("a") if link.get("rel") == "next"), None)
    assert seen == [f"person{place}@example.org" for place in range(59, -1, -1)]


def test_the_audit_is_shown_page_by_page_with_the_names_of_people(grace, alice, kept):
    for place in range(30):
        number = kept(alice, f"{place}+1")
        grace.post(f"/admin/calculations/{alice.id}/{number}/delete", reason=f"Reason {place}.")
        grace.post(f"/admin/calculations/{alice.id}/{number}/restore", reason=f"Excuse {place}.")
    seen, path = [], f"/admin/audit?owner={alice.id}"
    while path:
        page = grace.send("GET", path)
        seen += page.cards
        path = next((link.get("href") for link in page.all("a") if link.get("rel") == "next"), None)
    assert len(seen) == 60
    assert "grace@example.org restored #30 of alice@example.org “Excuse 29.”" in seen[0]
    assert "the command line created grace@example.org" in grace.open("/admin/audit?owner=" + str(grace.id)).cards[0]
