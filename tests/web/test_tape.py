"""The tape: find, annotate, edit, delete, bring back."""

import pytest

from calcapp.extensions import db
from calcapp.models import Calculation, CalculationVersion, User


def row(app, person, number):
    """Everything that the database holds of one record."""
    with app.app_context():
        found = db.session.get(Calculation, (person.id, number))
        return {column.key: getattr(found, column.key) for column in Calculation.__table__.columns}


def test_a_note_can_be_written_before_the_answer_and_after_it(alice):
    alice.calculate("12*7 # tiles")
    assert "tiles" in alice.open("/calculations/1").cards[0]
    alice.press("Save", Note="Kitchen   tiles")
    assert "Kitchen tiles" in alice.open("/calculations").cards[0]


def test_a_note_of_501_characters_is_refused_and_shown_again(alice, kept):
    kept(alice, "12*7")
    page = alice.post("/calculations/1/note", note="n" * 501)
    assert page.status == 422
    assert "n" * 501 in page.source


def test_starred_records_have_a_page_of_their_own(alice, kept):
    kept(alice, "1+1")
    kept(alice, "2+2")
    alice.open("/calculations/1")
    alice.press("Star")
    assert len(alice.open("/calculations?starred=1").cards) == 1
    alice.open("/calculations/1")
    alice.press("Unstar")
    assert alice.open("/calculations?starred=1").cards == []


@pytest.mark.security(67)
def test_a_deleted_record_comes_back_byte_for_byte(app, alice, kept):
    kept(alice, "12*7 # tiles", starred=True)
    before = row(app, alice, 1)
    alice.open("/calculations")
    page = alice.press("Delete #1")
    assert "Deleted #1 “12*7 # tiles”" in page.text
    assert page.cards == []
    alice.press("Undo")
    assert row(app, alice, 1) == before


@pytest.mark.security(67)
def test_recently_deleted_restores_what_was_deleted_days_ago(alice, kept):
    kept(alice, "12*7")
    alice.open("/calculations")
    alice.press("Delete #1")
    alice.open("/calculations?deleted=1")
    alice.press("Restore #1")
    assert len(alice.open("/calculations").cards) == 1


def test_many_are_deleted_at_once_and_one_undo_brings_exactly_these_back(alice, kept):
    for expression in ("1+1", "2+2", "3+3", "4+4"):
        kept(alice, expression)
    alice.open("/calculations")
    alice.press("Delete #1")
    alice.open("/calculations")
    page = alice.press("Delete ticked", number=["2", "3"])
    assert "Deleted 2 calculations." in page.text
    assert [card.split()[0] for card in page.cards] == ["#4"]
    alice.press("Undo")
    assert [card.split()[0] for card in alice.open("/calculations").cards] == ["#4", "#3", "#2"]


def test_all_that_a_search_found_is_deleted_and_nothing_else(alice, kept):
    kept(alice, "1+1 # invoice")
    kept(alice, "2+2")
    alice.open("/calculations?q=invoice")
    alice.press("Delete all found", all="1")
    assert [card.split()[0] for card in alice.open("/calculations").cards] == ["#2"]


def test_a_long_tape_is_cleared_in_several_acts(alice, kept, monkeypatch):
    monkeypatch.setattr("calcapp.models.sweep.MOST", 3)
    monkeypatch.setattr("calcapp.history.bulk.MOST", 3)
    monkeypatch.setattr("calcapp.models.sweep.PIECE", 2)
    for number in range(5):
        kept(alice, f"{number}+1")
    alice.open("/calculations")
    page = alice.press("Clear all", all="1")
    assert "Deleted 3 calculations. There may be more: do it again for the rest." in page.text
    assert [card.split()[0] for card in page.cards] == ["#2", "#1"]
    alice.press("Undo")
    assert len(alice.open("/calculations").cards) == 5


def test_bulk_delete_and_restore_reach_nobody_elses_records(alice, bob, kept):
    kept(alice, "1+1")
    bob.post("/calculations/delete", number="1", all="1")
    assert len(alice.open("/calculations").cards) == 1
    alice.post("/calculations/delete", number="1")
    bob.post("/calculations/restore", number="1")
    assert alice.open("/calculations").cards == []


def test_what_an_administrator_removed_is_not_brought_back_in_bulk(app, alice, grace, kept):
    kept(alice, "1+1")
    with app.app_context():
        db.session.get(Calculation, (alice.id, 1)).delete(by=db.session.get(User, grace.id))
        db.session.commit()
    alice.post("/calculations/restore", number="1")
    assert alice.open("/calculations").cards == []


def test_a_deleted_record_that_is_referred_to_says_so(alice, kept):
    kept(alice, "12*7")
    alice.open("/calculations")
    alice.press("Delete #1")
    page = alice.calculate("#1 * 2")
    assert page.status == 422
    assert "#1 was deleted. Restore it to use it." in page.text


def test_an_edit_shows_the_new_answer_and_the_old_one(app, alice, kept):
    kept(alice, "12*7")
    alice.open("/calculations/1/edit")
    assert alice.page.form("Save").fields["expression"] == "12*7"
    page = alice.press("Save", Expression="12*8")
    assert "= 96" in page.cards[0]
    assert "was 84" in page.cards[0]
    assert "Was 84 from 12*7" in alice.open("/calculations/1").text
    with app.app_context():
        assert db.session.get(CalculationVersion, (alice.id, 1, 1)).expression == "12*7"


def test_an_edit_is_undone_on_the_status_line(alice, kept):
    kept(alice, "12*7")
    alice.open("/calculations/1/edit")
    alice.press("Save", Expression="12*8")
    page = alice.press("Undo")
    assert "= 84" in page.cards[0]
    assert "was 96" in page.cards[0]


def test_dependants_are_listed_directly_and_indirectly_and_follow_on_demand(alice, kept):
    for expression in ("10", "#1 * 2", "#2 + 1", "#1 + #3", "7"):
        kept(alice, expression)
    alice.open("/calculations/1/edit")
    page = alice.press("Save", Expression="100")
    assert "3 later calculations use this: #2, #3 (indirectly), #4." in page.text
    assert "= 21" in alice.open("/calculations/3").cards[0]
    alice.open("/?edited=1")
    page = alice.press("Recompute")
    assert "Recomputed 3 calculations: #2, #3, #4." in page.text
    assert "= 201" in alice.open("/calculations/3").cards[0]
    assert "= 301" in alice.open("/calculations/4").cards[0]
    assert "was 31" in alice.page.cards[0]


def test_ans_is_followed_as_the_record_that_it_meant(alice, kept):
    for expression in ("10", "ans * 2", "5"):
        kept(alice, expression)
    alice.post("/calculations/1/edit", expression="11", version="1")
    alice.open("/?edited=1")
    alice.press("Recompute")
    assert "= 22" in alice.open("/calculations/2").cards[0]


def test_recomputing_is_all_or_nothing(alice, kept):
    for expression in ("10", "#1 * 2", "1 / #1"):
        kept(alice, expression)
    alice.post("/calculations/1/edit", expression="0", version="1")
    alice.open("/?edited=1")
    page = alice.press("Recompute")
    assert page.status == 422
    assert "#3 cannot follow" in page.text
    assert "= 20" in alice.open("/calculations/2").cards[0]


@pytest.mark.parametrize(("expression", "says"), [("#1 + 1", "is this calculation itself"), ("#3", "depends on #1")])
def test_a_circle_is_refused(alice, kept, expression, says):
    for each in ("10", "#1 * 2", "#2 + 1"):
        kept(alice, each)
    alice.open("/calculations/1/edit")
    page = alice.submit("Save", Expression=expression)
    assert page.status == 422
    assert says in page.text
    assert page.form("Save").fields["expression"] == expression


def test_a_stale_edit_is_a_conflict_that_shows_both(alice, kept):
    kept(alice, "12*7")
    alice.post("/calculations/1/edit", expression="12*8", version="1")
    page = alice.post("/calculations/1/edit", expression="12*9", version="1")
    assert page.status == 409
    assert "12*8 = 96" in page.text
    assert "12*9" in page.text
    assert "= 108" in alice.press("Save mine").cards[0]


def test_saving_twice_with_one_form_is_saving_once(alice, kept):
    kept(alice, "12*7")
    for _ in range(2):
        assert alice.post("/calculations/1/edit", expression="12*8", version="1").status == 303
    page = alice.open("/calculations/1")
    assert "Was 84" in page.text
    assert "Was 96" not in page.text


def test_what_stays_as_it_was_has_no_other_version_when_it_is_recomputed(alice, kept):
    for expression in ("12*7", "#1 * 2"):
        kept(alice, expression)
    alice.post("/calculations/1/edit", expression="12*8", version="1")
    for _ in range(2):
        alice.open("/calculations/1")
        alice.press("Recompute it")
    assert alice.open("/calculations/2").text.count("Was ") == 1


def test_a_deleted_record_says_so_to_who_edits_it(alice, kept):
    kept(alice, "12*7")
    alice.post("/calculations/1/delete")
    for page in (alice.open("/calculations/1/edit"), alice.post("/calculations/1/edit", expression="1", version="1")):
        assert page.status == 404
        assert "#1 was deleted. Restore it" in page.text


@pytest.mark.parametrize("path", ["/calculations", "/calculations/1", "/calculations/print"])
def test_a_note_from_right_to_left_turns_no_number_round(alice, kept, path):
    """An Arabic letter before it would show 2^3000 as 3000^2."""
    kept(alice, "2^3000 # قياس")
    (note,) = (each for kind in ("b", "bdi") for each in alice.open(path).all(kind) if each.text == "قياس")
    assert note.tag == "bdi" or note.get("dir") == "auto"


@pytest.mark.parametrize("path", ["/edit", "/note", "/star", "/delete", "/restore", "/recompute", "/share", "/unshare"])
def test_a_strangers_record_is_not_there(alice, bob, kept, path):
    kept(alice, "12*7")
    assert bob.post(f"/calculations/1{path}").status == 404


def test_use_puts_the_number_behind_what_is_typed(alice, kept):
    kept(alice, "35/6")
    alice.open("/")
    form = alice.page.form("Calculate").fill(Expression="6 * ")
    alice.send("POST", "/keypad", data={**form, "press": "#1"})
    alice.open("/")
    assert "= 35" in alice.press("Calculate").cards[0]


def test_an_operator_first_goes_on_from_the_last_answer(alice):
    alice.calculate("22")
    assert "= 42" in alice.calculate("+ 20").cards[0]
    assert "= -3" in alice.calculate("-3").cards[0]


def test_a_repair_is_one_press_away(alice):
    page = alice.calculate("2 3")
    assert "Did you mean 2*3?" in page.text
    form = page.form("2*3").fields
    answer = alice.send("POST", "/calculations", data={**form, "expression": "2*3"})
    assert "= 6" in alice.open(answer.location).cards[0]


def test_more_digits_are_a_link_away(alice, kept):
    kept(alice, "sqrt(2)")
    assert "1.41421356237309504880168872421" in alice.open("/calculations/1?digits=30").text
    assert alice.open("/calculations/1?digits=31").status == 400
