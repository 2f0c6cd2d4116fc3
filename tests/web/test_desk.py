"""Calculating at the desk, with and without an account."""

import pytest

from calcapp.display import groups
from calcapp.engine import TooLarge
from calcapp.extensions import db
from calcapp.models import Calculation, User
from tests.page import text_of


def test_a_visitor_calculates_without_an_account(visitor):
    assert "253.5" in visitor.calculate("84.50*3").cards[0]


def test_what_a_visitor_calculated_becomes_number_one_by_registering(visitor):
    visitor.calculate("84.50*3")
    visitor.open("/register")
    page = visitor.press("Create account", Email="carol@example.org", Password="seven wooden abacuses")
    assert page.h1 == "Calculate"
    assert "#1" in page.cards[0]
    assert "253.5" in page.cards[0]


def test_what_cannot_be_kept_by_registering_waits_in_the_field(visitor, monkeypatch):
    def busy(*_, **__):
        raise TooLarge("Too many long calculations are being worked out right now.", 0, 1)

    visitor.calculate("84.50*3")
    visitor.open("/register")
    monkeypatch.setattr(Calculation, "keep", busy)
    page = visitor.press("Create account", Email="carol@example.org", Password="seven wooden abacuses")
    assert page.form("Calculate").fields["expression"] == "84.50*3"
    assert "press Calculate" in page.text


def test_more_digits_of_a_record_come_from_its_exact_value(alice, kept):
    number = kept(alice, "sqrt(2)")
    assert "1.4142135623730950488016887242" in alice.open(f"/calculations/{number}?digits=30").text


def test_the_answer_stands_on_top_of_ones_own_tape(alice):
    alice.calculate("84.50*3")
    page = alice.calculate("1/3")
    assert "#2" in page.cards[0]
    assert "0.333333333333333" in page.cards[0]


def test_the_exact_answer_is_kept(app, alice):
    alice.calculate("1/3")
    with app.app_context():
        assert db.session.get(Calculation, (alice.id, 1)).exact == "1/3"


def test_the_answer_is_shown_with_its_unit(alice):
    assert "= 160.02 cm" in alice.calculate("5 ft + 3 in to cm").cards[0]
    assert "160.02 cm" in alice.send("GET", "/preview?expression=5+ft+%2B+3+in+to+cm").source


def test_quantities_side_by_side_are_kept_like_others(alice):
    assert "= 160.02 cm" in alice.calculate("5 ft 3 in to cm").cards[0]


@pytest.mark.parametrize("expression", ["1/3", "sqrt(2)"])
def test_the_exact_form_is_told_where_it_adds_to_the_answer(alice, expression):
    assert "exactly" in alice.calculate(expression).cards[0]


@pytest.mark.parametrize("expression", ["84.50*3", "5/8 to fraction", "5 ft + 3 in to cm", "2^100", "sqrt(-4)"])
def test_an_answer_that_says_all_is_not_said_twice(alice, expression):
    assert "exactly" not in alice.calculate(expression).cards[0]


def test_an_exact_form_of_hundreds_of_digits_waits_behind_a_line(alice):
    page = alice.calculate("2^2000")
    assert "Exactly, in 603 characters" in page.cards[0]
    assert str(2**2000) in page.cards[0]


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("1267650600", "1 267 650 600"),
        ("0.333333333333333", "0.333 333 333 333 333"),
        ("12345,67891", "12 345,678 91"),
        ("-12345 + 67890i", "-12 345 + 67 890i"),
        ("1.28571428571429e-60", "1.285 714 285 714 29e-60"),
        ("2027-02-21", "2027-02-21"),
        ("1487.5", "1487.5"),
        ("0b11111111", "0b11111111"),
    ],
)
def test_long_numbers_are_cut_by_threes_from_their_decimal_mark(text, pieces):
    assert groups(text) == pieces.replace(" + ", "_+_").replace(" ", "|").replace("_", " ").split("|")


def test_the_gaps_in_a_number_are_seen_and_not_there(alice):
    page = alice.calculate("2^100")
    assert "= 1267650600228229401496703205376" in page.cards[0]
    assert len(page.all("i")) > 5


def test_units_are_shown_as_they_are_written_by_hand(alice):
    assert "= 15 m²" in alice.calculate("3 m * 5 m").cards[0]
    assert "= 15 m²" in alice.calculate("15 m²").cards[0]


def test_a_function_that_was_defined_is_not_shown_as_its_own_answer(alice):
    page = alice.calculate("f(x) = x^2 + 1")
    assert "= f(x)" not in page.cards[0]
    assert "f(x) can be used from now on" in page.cards[0]


def test_the_field_is_described_by_the_answer_just_given(alice):
    """Whoever hears the page is in the field again, and is told the answer with it."""
    page = alice.calculate("84.50*3")
    field = next(each for each in page.all("input") if each.get("name") == "expression")
    said = next(each for each in page.all("p") if each.get("id") == field.get("aria-describedby"))
    assert "253.5" in text_of(said)


def test_a_formula_has_its_text_for_a_name(alice):
    page = alice.calculate("3/4 + 1")
    formula = next(each for each in page.tree.iter() if str(each.tag).endswith("math"))
    assert formula.get("aria-label") == "3 / 4 + 1"


def test_an_example_is_written_as_one_writes(app, alice):
    with app.app_context():
        db.session.get(User, alice.id).decimal_comma = True
        db.session.commit()
    alice.open("/")
    form = alice.page.form("84,50*3")
    answered = alice.send("POST", form.action, data=form.fill(expression="84,50*3"))
    assert "= 253,5" in alice.open(answered.location).cards[0]


def test_an_example_is_worked_out_by_one_press(visitor):
    visitor.open("/")
    form = visitor.page.form("84.50*3")
    answered = visitor.send("POST", form.action, data=form.fill(expression="84.50*3"))
    assert "253.5" in visitor.open(answered.location).cards[0]


def test_an_earlier_record_is_used_exactly(alice):
    alice.calculate("35/6")
    assert "35" in alice.calculate("#1 * 6").cards[0]


def test_a_mistake_is_explained_beside_the_field_and_loses_nothing(alice):
    alice.open("/")
    page = alice.submit("Calculate", Expression="3 + * 4")
    assert page.status == 422
    assert page.title.startswith("Error: ")
    assert "There is a problem" in page.text
    assert page.form("Calculate").fields["expression"] == "3 + * 4"


def test_the_same_form_sent_twice_leaves_one_row(app, alice):
    form = alice.open("/").form("Calculate").fill(Expression="84.50*3")
    first = alice.send("POST", "/calculations", data=form)
    again = alice.send("POST", "/calculations", data=form)
    assert (first.status, first.location) == (again.status, again.location) == (303, "/?answer=1")
    assert len(alice.open("/calculations").cards) == 1


def test_a_used_form_with_another_expression_is_a_conflict_that_keeps_what_was_typed(alice):
    form = alice.open("/").form("Calculate").fill(Expression="84.50*3")
    alice.send("POST", "/calculations", data=form)
    page = alice.send("POST", "/calculations", data={**form, "expression": "84.50*4"})
    assert page.status == 409
    assert page.form("Calculate").fields["expression"] == "84.50*4"
    assert "338" in alice.press("Calculate").cards[0]


@pytest.mark.security(37)
def test_fields_that_the_form_does_not_have_change_nothing(app, alice, bob):
    form = alice.open("/").form("Calculate").fill(Expression="1+1")
    alice.send("POST", "/calculations", data={**form, "user_id": bob.id, "answer": "3", "number": "99"})
    with app.app_context():
        assert db.session.get(Calculation, (alice.id, 1)).answer == "2"


@pytest.mark.parametrize("key", ["", "1", "not a key", "52552759-41be-4eff-a05c-f823ed2a40d"])
def test_a_form_without_a_proper_key_is_refused_with_a_sentence(alice, key):
    alice.open("/")
    page = alice.submit("Calculate", Expression="1+1", key=key)
    assert page.status == 422
    assert "Reload the page" in page.text


def test_the_keypad_types_without_a_script(alice):
    alice.open("/")
    form = alice.page.form("Calculate").fill(Expression="84.5")
    alice.send("POST", "/keypad", data={**form, "press": "7"})
    assert alice.open("/").form("Calculate").fields["expression"] == "84.57"


def test_the_preview_keeps_nothing(alice):
    assert "253.5" in alice.send("GET", "/preview?expression=84.50*3").source
    assert alice.open("/calculations").cards == []


def test_an_answer_while_typing_that_comes_late_takes_nothing_back(visitor):
    visitor.open("/")
    assert "Set-Cookie" not in visitor.send("GET", "/preview?expression=84.50*3").headers


def test_an_answer_that_cannot_be_shown_just_now_waits_in_the_field(visitor, monkeypatch):
    def busy(*_, **__):
        raise TooLarge("Too many long calculations are being worked out right now.", 0, 1)

    visitor.calculate("84.50*3")
    with monkeypatch.context() as patched:
        patched.setattr("calcapp.calculator.desk.evaluate_guarded", busy)
        page = visitor.open("/")
    assert "Too many long calculations" in page.text
    assert "253.5" in visitor.press("Calculate").cards[0]


SCRIPTS = "".join(chr(0x10000 + 7919 * place % 0xFFFF) for place in range(990))  # hardly to be compressed


def test_what_is_too_long_for_a_visitors_cookie_is_given_up_aloud_and_the_form_still_works(visitor):
    page = visitor.calculate(f"1 + 1 # {SCRIPTS}")
    assert "too long to remember for a visitor" in page.text
    assert len(visitor.browser.get_cookie("page").value) < 4000
    assert "253.5" in visitor.calculate("84.50*3").cards[0]
