"""Grace administers: every person's records, found, edited, deleted and restored for a reason."""

import pytest

from calcapp.extensions import db
from calcapp.models import AuditEvent, Calculation


@pytest.fixture
def events(app):
    """The audit, newest first, as (actor, what, owner, number, reason)."""

    def read():
        with app.app_context():
            return [
                (event.actor_id, event.what, event.owner_id, event.number, event.reason)
                for event in db.session.scalars(AuditEvent.newest())
                if event.actor_id != 0  # the cast's making
            ]

    return read


def the_record(app, person, number):
    with app.app_context():
        return db.session.get(Calculation, (person.id, number))


def test_every_record_stands_with_its_owner(grace, alice, bob, kept):
    kept(alice, "84.50*3")
    kept(bob, "40+2")
    page = grace.open("/admin/")
    assert page.h1 == "All records"
    for word in ("alice@example.org", "253.5", "bob@example.org", "42"):
        assert word in page.text


@pytest.mark.parametrize("path", ["/admin/", "/admin/calculations", "/admin/users", "/admin/audit", "/admin/figures"])
def test_the_administration_is_closed(visitor, bob, path):
    assert visitor.send("GET", path).location.startswith("/login?next=/admin/")
    page = bob.send("GET", path)
    assert page.status == 403
    assert page.h1 == "This is for administrators"


def test_records_are_found_by_their_text_and_by_their_owner(grace, alice, bob, kept):
    kept(alice, "1111+1", note="Kitchen tiles")
    kept(bob, "2222+2")
    assert "bob" not in grace.open("/admin/calculations?q=KITCHEN").text
    assert "alice" not in grace.open("/admin/calculations?q=2224").text
    assert "alice" not in grace.open("/admin/calculations?owner=BOB@").text
    assert "No record fits" in grace.open("/admin/calculations?q=%25").text
    assert "No record fits" in grace.open("/admin/calculations?q=2222&owner=alice").text


def test_records_are_shown_page_by_page_each_once(app, grace, alice, kept):
    for place in range(120):
        kept(alice, f"{place}+1000")
    seen, path = [], "/admin/calculations?q=1"
    while path:
        page = grace.send("GET", path)
        assert page.status == 200
        seen += [box.get("value") for box in page.all("input") if box.get("name") == "records"]
        path = next((link.get("href") for link in page.all("a") if link.get("rel") == "next"), None)
    assert seen == [f"{alice.id}.{number}" for number in range(120, 0, -1)]


@pytest.mark.parametrize(
    "before", ["0", "x", "1.2", "1e3.1.1", "٣.1.1", "1.0.1", f"{'9' * 40}.1.1", "1.1.9999999999999999999"]
)
def test_an_address_that_names_no_page_is_refused(grace, before):
    assert grace.send("GET", f"/admin/calculations?before={before}").status == 400


@pytest.mark.parametrize("path", ["/admin/audit?before={}", "/admin/audit?owner={}", "/admin/users?before={}"])
@pytest.mark.parametrize("number", ["0", "-1", "9223372036854775808", "1e3", "٣", "x" * 9999])
def test_a_number_that_names_nothing_is_refused(grace, path, number):
    assert grace.send("GET", path.format(number)).status == 400


def test_ticked_records_are_deleted_with_a_reason_and_come_back_by_undo(app, grace, alice, bob, kept, events):
    kept(alice, "84.50*3", note="Kitchen", starred=True)
    kept(bob, "40+2")
    kept(bob, "40+3")
    before = the_record(app, alice, 1)
    grace.open("/admin/calculations")
    page = grace.press("Delete", records=[f"{alice.id}.1", f"{bob.id}.2"], Reason="Names a person")
    assert "2 deleted." in page.text
    assert [card for card in bob.open("/calculations").cards if "#2" in card] == []
    assert sorted(events()) == [
        (grace.id, "deleted", alice.id, 1, "Names a person"),
        (grace.id, "deleted", bob.id, 2, "Names a person"),
    ]
    page = grace.press("Undo")
    assert "2 restored." in page.text
    after = the_record(app, alice, 1)
    assert (after.note, after.starred, after.created_at, after.version, after.deleted_at) == (
        (before.note, before.starred, before.created_at, before.version, None)
    )
    assert (grace.id, "restored", bob.id, 2, "Undone: Names a person") in events()


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        ({"records": []}, "Tick the records that you mean."),
        ({"records": ["1.1"], "reason": " "}, "Say why"),
        ({"records": ["1.x"]}, "tick the records again"),
        ({"records": [f"1.{number}" for number in range(1, 52)]}, "tick the records again"),
        ({"records": ["9223372036854775808.1"]}, "tick the records again"),
        ({"records": ["1.1"], "reason": "x" * 501}, "Use at most 500 characters."),
    ],
)
def test_a_refused_delete_keeps_the_ticks_and_the_reason(app, grace, alice, kept, sent, sentence):
    kept(alice, "1+1")
    page = grace.post("/admin/calculations/delete", **{"reason": "Spam", **sent})
    assert page.status == 422
    assert sentence in page.text
    assert the_record(app, alice, 1).deleted_at is None


def test_the_page_of_a_refused_delete_still_has_its_ticks(grace, alice, kept):
    kept(alice, "1+1")
    grace.open("/admin/calculations?q=1")
    page = grace.submit("Delete", records=[f"{alice.id}.1"])
    assert page.form("Delete").fields["records"] == f"{alice.id}.1"
    assert page.form("Delete").action == "/admin/calculations/delete?q=1"


def test_deleting_what_is_gone_already_changes_nothing(app, grace, alice, kept, events):
    kept(alice, "1+1")
    alice.open("/calculations/1")
    alice.press("Delete")
    page = grace.post(f"/admin/calculations/{alice.id}/1/delete", reason="Spam")
    assert "Nothing was deleted" in grace.open(page.location).text
    assert not the_record(app, alice, 1).removed_by_administrator
    assert events() == []


def test_the_owner_reads_that_an_administrator_removed_it_and_why(grace, alice, kept):
    kept(alice, "84.50*3")
    grace.open(f"/admin/calculations/{alice.id}/1")
    assert "1 deleted." in grace.press("Delete", Reason="Names <b>a person</b>").text
    page = alice.open("/calculations/1")
    assert "Removed by an administrator: Names <b>a person</b>" in page.text
    assert not page.has("Restore")
    assert alice.post("/calculations/1/restore").status == 403


def test_a_record_is_restored_from_its_page(app, grace, alice, kept, events):
    kept(alice, "84.50*3")
    grace.post(f"/admin/calculations/{alice.id}/1/delete", reason="Spam")
    page = grace.open(f"/admin/calculations/{alice.id}/1")
    assert "by an administrator: Spam" in page.text
    assert "1 restored." in grace.press("Restore", Reason="A mistake").text
    assert the_record(app, alice, 1).deleted_at is None
    assert events()[0] == (grace.id, "restored", alice.id, 1, "A mistake")


def test_a_record_is_restored_from_the_audit(app, grace, alice, kept):
    kept(alice, "84.50*3")
    grace.post(f"/admin/calculations/{alice.id}/1/delete", reason="Spam")
    page = grace.open("/admin/audit")
    assert "grace@example.org deleted #1 of alice@example.org" in page.cards[0]
    assert "“Spam”" in page.cards[0]
    grace.press("Restore", reason="A mistake")
    assert the_record(app, alice, 1).deleted_at is None
    page = grace.open("/admin/audit")
    assert "restored #1" in page.cards[0]
    assert not page.has("Restore")


def test_an_edit_works_the_answer_out_anew_and_the_audit_shows_both(app, grace, alice, kept):
    kept(alice, "84.50*3")
    grace.open(f"/admin/calculations/{alice.id}/1")
    page = grace.press("Save", Expression="1/3", Reason_to_edit="A typo")
    assert "Saved #1." in page.text
    record = the_record(app, alice, 1)
    assert (record.expression, record.exact, record.version) == ("1/3", "1/3", 2)
    audit = grace.open("/admin/audit").cards[0]
    for word in ("grace@example.org edited #1", "“A typo”", "84.50*3 → 1/3", "253.5 → 0.333333333333333"):
        assert word in audit
    assert "Was 253.5 from 84.50*3" in alice.open("/calculations/1").text


def test_an_edit_that_cannot_be_worked_out_is_refused_with_what_was_typed(app, grace, alice, kept, events):
    kept(alice, "84.50*3")
    grace.open(f"/admin/calculations/{alice.id}/1")
    page = grace.submit("Save", Expression="1/0", Reason_to_edit="Mischief")
    assert page.status == 422
    assert page.title.startswith("Error: ")
    assert "Nothing can be divided by zero" in page.text
    fields = page.form("Save").fields
    assert (fields["expression"], fields["reason"]) == ("1/0", "Mischief")
    assert the_record(app, alice, 1).expression == "84.50*3"
    assert events() == []


def test_an_edit_needs_a_reason(app, grace, alice, kept):
    kept(alice, "84.50*3")
    grace.open(f"/admin/calculations/{alice.id}/1")
    page = grace.submit("Save", Expression="1/3")
    assert page.status == 422
    assert "Say why" in page.text
    assert page.form("Save").fields["expression"] == "1/3"


@pytest.mark.security(36)
def test_a_stale_edit_shows_both_values_and_lets_one_choose(app, grace, alice, kept):
    kept(alice, "84.50*3")
    grace.open(f"/admin/calculations/{alice.id}/1")
    form = grace.page.form("Save").fill(Expression="2+2", Reason_to_edit="Mine")
    grace.press("Save", Expression="3+3", Reason_to_edit="The first")
    page = grace.send("POST", f"/admin/calculations/{alice.id}/1/edit", data=form)
    assert page.status == 409
    assert "3+3 = 6" in page.text
    assert "You typed2+2" in page.text
    assert the_record(app, alice, 1).expression == "3+3"
    grace.press("Save what I typed")
    assert the_record(app, alice, 1).expression == "2+2"


def test_a_record_deleted_meanwhile_is_not_edited(app, grace, alice, kept):
    kept(alice, "84.50*3")
    grace.open(f"/admin/calculations/{alice.id}/1")
    form = grace.page.form("Save").fill(Expression="2+2", Reason_to_edit="Mine")
    grace.post(f"/admin/calculations/{alice.id}/1/delete", reason="Spam")
    page = grace.send("POST", f"/admin/calculations/{alice.id}/1/edit", data=form)
    assert page.status == 409
    assert "and is deleted" in page.text
    assert the_record(app, alice, 1).expression == "84.50*3"


def test_what_grace_does_to_her_own_records_here_is_audited_too(grace, kept, events):
    kept(grace, "1+1")
    grace.post(f"/admin/calculations/{grace.id}/1/delete", reason="Mine")
    assert events() == [(grace.id, "deleted", grace.id, 1, "Mine")]


def test_figures_count_people_and_records(grace, alice, kept):
    kept(alice, "1+1")
    kept(alice, "1+2")
    page = grace.open("/admin/figures")
    assert "People2" in page.text
    assert "Records ever kept2" in page.text
