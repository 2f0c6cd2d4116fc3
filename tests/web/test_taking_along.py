"""Export, import, print, share."""

import csv
import io
import json
import re
import uuid
from datetime import UTC, datetime

import pytest
from sqlalchemy import insert

from calcapp.extensions import db
from calcapp.history import importing
from calcapp.models import Calculation, CalculationUse, User, act_as
from calcapp.models.demo import fill
from calcapp.models.takeout import harmless
from calcapp.models.total import total
from tests.cast import keep
from tests.conftest import registered, rolled_back
from tests.serving import ROOT


def export(person, query=""):
    return person.send("GET", f"/calculations.json{query}").source


def bring(person, text, key=None):
    person.open("/calculations/import")
    form = {"csrf_token": person.token(), "key": key or str(uuid.uuid4())}
    file = (io.BytesIO(text.encode()), "calcapp.json")
    return person.send("POST", "/calculations/import", data={**form, "file": file})


@pytest.fixture
def full(app, alice):
    """Alice's tape with one of everything."""
    return filled(app, alice)


@pytest.fixture(scope="module")
def taken(committing_app, password_hash):
    """The export of such a tape, made once."""
    with rolled_back(committing_app):
        return export(filled(committing_app, registered(committing_app, password_hash, "alice@example.org")))


def filled(app, person):
    for expression in (
        "12*7 # Küche: “tiles”",
        "vat = 19%",
        "f(x) = x^2 + 1",
        "#1 / 3",
        "f(ans) + vat",
        "sqrt(2)",
        "9",
    ):
        keep(app, person, expression)
    person.post("/calculations/1/star", starred="1")
    person.post("/calculations/4/edit", expression="#1 / 5", version="1")
    person.post("/calculations/6/delete")
    return person


def test_an_import_into_an_empty_account_gives_the_same_export_byte_for_byte(full, bob):
    taken = export(full)
    assert bring(bob, taken).status == 303
    assert export(bob) == taken
    assert "= 119" in bob.calculate("100 + vat").cards[0]
    assert "#8" in bob.page.cards[0]


def test_each_line_is_written_as_python_writes_it(app, alice, kept):
    """PostgreSQL writes them; an older export, which Python wrote, must come back the same."""
    kept(alice, '1/3 # "q" \\ / \b\f\t\x01\x1f\x7f \u2028 é 𝑎 </script>')
    kept(alice, "#1 * 3")
    whole, tenth, least = (datetime(2026, 1, 2, 3, 4, 5, fraction, tzinfo=UTC) for fraction in (0, 120_000, 1))
    says = {"expression": "1+1", "read": "1 + 1", "answer": "2", "value": "2", "certainty": "exact"}
    times = {"created_at": whole, "updated_at": tenth, "deleted_at": least, "deleted_by": alice.id}
    hints = ['a "b", {c}', "ü\n"]
    with app.app_context():
        row = {"user_id": alice.id, "number": 3, "idempotency_key": uuid.uuid4(), "hints": hints, **says, **times}
        db.session.execute(insert(Calculation).values(**row))
        db.session.commit()
    lines = [line.removesuffix(",") if line.endswith("},") else line for line in export(alice).split("\n")[1:-2]]
    for line in lines:
        assert json.dumps(json.loads(line), ensure_ascii=False, separators=(",", ":")) == line
    last = json.loads(lines[-1])
    assert [last[name] for name in ("created_at", "updated_at", "deleted_at")] == [
        moment.isoformat() for moment in (whole, tenth, least)
    ]
    assert last["hints"] == hints


def test_an_import_into_a_full_account_comes_behind_with_references_moved(app, full, bob, kept):
    kept(bob, "1+1")
    kept(bob, "2+2")
    assert bring(bob, export(full)).status == 303
    with app.app_context():
        assert db.session.get(Calculation, (bob.id, 6)).expression == "#3 / 5"
        assert db.session.get(CalculationUse, (bob.id, 6, 3)) is not None
        assert db.session.get(User, bob.id).last_number == 9
    again = [json.loads(line.rstrip(",")) for line in export(bob).splitlines()[3:-1]]
    there = [json.loads(line.rstrip(",")) for line in export(full).splitlines()[1:-1]]
    same = ("answer", "note", "starred", "created_at", "updated_at", "deleted_at", "value", "hints")
    assert [[line[name] for name in same] for line in again] == [[line[name] for name in same] for line in there]


DOUBT = "imported, not worked out here"


def changed(text, number, **claims):
    """An export in which that record says something else."""
    lines = text.splitlines()
    lines[number] = json.dumps(json.loads(lines[number].rstrip(",")) | claims, ensure_ascii=False) + ","
    return "\n".join(lines)


def in_order(text, edited):
    """The export as if time had passed; in a test all is done at one moment. `edited` says who was edited when."""
    lines = text.splitlines()
    for place in range(1, len(lines) - 1):
        line = json.loads(lines[place].rstrip(","))
        line["created_at"] = f"2026-10-12T09:{line['number']:02}:00+00:00"
        for version in line["versions"]:
            version["replaced_at"] = f"2026-10-12T1{edited.get(line['number'], 9)}:00:00.5+00:00"
        lines[place] = json.dumps(line, ensure_ascii=False) + ("," if place < len(lines) - 2 else "")
    return "\n".join(lines)


def test_answers_that_come_out_here_too_are_as_good_as_ones_own(register, kept, taken, bob):
    """Whatever was edited, left or deleted since, and however the person wrote and read at that time."""
    berta = register("berta@example.org", decimal_comma=True, angle_unit="deg", digits=30, time_zone="Asia/Tokyo")
    for expression in ("sin(30) + 1,5", "1/3", "ans * 2", "g(a) = a * #1", "g(3)", "10", "#6 / 7"):
        kept(berta, expression)
    berta.post("/calculations/6/edit", expression="11", version="1")  # and #7, which uses it, is left as it was
    berta.post("/calculations/1/edit", expression="cos(60)", version="1")
    berta.open("/?edited=1")
    berta.press("Recompute")
    for text in (in_order(taken, {4: 1}), in_order(export(berta), {6: 1, 1: 2})):
        assert bring(bob, text).status == 303
    assert len(bob.open("/calculations").cards) == 13
    assert DOUBT not in bob.page.text
    assert DOUBT not in "".join(bob.open(f"/calculations/{number}").text for number in range(1, 14))


def test_a_tape_to_look_at_holds_true_answers(app, alice, bob):
    with app.app_context():
        fill(db.session.connection(), [alice.id], 40)
        db.session.commit()
    assert bring(bob, export(alice)).status == 303
    assert DOUBT not in bob.open("/calculations").text


@pytest.mark.parametrize(
    "claims",
    [{"answer": "85"}, {"value": "85"}, {"exact": "85"}, {"read": "12 * 8"}, {"unit": "km"}, {"expression": "12*8"}],
    ids=str,
)
def test_an_answer_that_does_not_come_out_here_says_so_and_so_does_what_rests_on_it(taken, bob, claims):
    assert bring(bob, changed(taken, 1, **claims)).status == 303
    cards = bob.open("/calculations").cards
    doubted = {int(card.partition("#")[2].split()[0]) for card in cards if DOUBT in card}
    assert doubted == {1, 4, 5}
    assert DOUBT in bob.calculate("#1 + 1").cards[0]
    assert DOUBT not in bob.calculate("1 + 1").cards[0]
    assert not any("exactly" in card for card in cards if DOUBT in card)


def test_a_doubted_answer_is_worked_out_by_saving_it_again(taken, bob):
    bring(bob, changed(taken, 1, answer="85"))
    bob.open("/calculations/1/edit")
    page = bob.press("Save")
    assert "= 84" in page.cards[0]
    assert DOUBT not in page.cards[0]
    assert "Was 85 from 12*7 # Küche: “tiles” (imported, not worked out here)" in bob.open("/calculations/1").text


def test_an_earlier_version_that_does_not_come_out_says_so(taken, bob):
    line = json.loads(taken.splitlines()[4].rstrip(","))
    versions = [line["versions"][0] | {"answer": "29"}]
    bring(bob, changed(taken, 4, versions=versions))
    page = bob.open("/calculations/4")
    assert "Was 29 from #1 / 3 (imported, not worked out here)" in page.text
    assert DOUBT not in page.cards[0]


def test_an_earlier_version_that_nobody_can_read_is_refused(taken, bob):
    line = json.loads(taken.splitlines()[4].rstrip(","))
    page = bring(bob, changed(taken, 4, versions=[line["versions"][0] | {"read": "2 +"}]))
    assert page.status == 422
    assert "Line 5: “read” is '2 +'" in page.text


def test_a_file_that_takes_too_long_to_work_out_is_taken_with_doubt(taken, bob, monkeypatch):
    monkeypatch.setattr("calcapp.models.confirming.SECONDS", 0)
    bring(bob, taken)
    assert all(DOUBT in card for card in bob.open("/calculations").cards)


def test_a_names_answer_is_worked_out_again(taken, bob):
    head = taken.splitlines()[0]
    assert '"answer":"0.19"' in head
    bring(bob, taken.replace(head, head.replace('"answer":"0.19"', '"answer":"0.5"')))
    assert "0.5" not in bob.open("/").text
    assert "= 119" in bob.calculate("100 + vat").cards[0]


def test_what_is_long_is_written_in_parts(taken, bob, monkeypatch):
    monkeypatch.setattr("calcapp.models.intake.LARGEST_PART", 1500)
    assert bring(bob, taken).status == 303
    assert export(bob) == taken


def test_the_same_form_sent_twice_imports_once(taken, bob):
    key = str(uuid.uuid4())
    for _ in range(2):
        assert bring(bob, taken, key).status == 303
    assert len(bob.open("/calculations").cards) == 6


def test_a_bad_line_is_named_and_nothing_is_taken(taken, bob):
    lines = taken.splitlines()
    lines[3] = lines[3].replace('"certainty":"exact"', '"certainty":"sure"')
    lines[5] = "{"
    page = bring(bob, "\n".join(lines))
    assert page.status == 422
    assert "Line 4: “certainty” is 'sure'." in page.text
    assert "Line 6: this is no line of an export." in page.text
    assert bob.open("/calculations").cards == []


@pytest.mark.parametrize(
    "change",
    [
        {"number": 0},
        {"number": "1"},
        {"number": 10**15},
        {"number": True},
        {"expression": ""},
        {"expression": "1\0"},
        {"expression": "\ud800"},
        {"read": "2 +"},
        {"note": "n" * 501},
        {"digits": 16},
        {"created_at": "2026-01-01"},
        {"created_at": None},
        {"deleted_at": "soon"},
        {"hints": [1]},
        {"uses": ["1"]},
        {"uses": [2, 2]},
        {"versions": [{}]},
        {"user_id": 1},
        {"starred": "yes"},
    ],
    ids=str,
)
def test_no_line_is_taken_that_an_export_would_not_write(taken, bob, change):
    lines = taken.splitlines()
    lines[1] = json.dumps(json.loads(lines[1].rstrip(",")) | change) + ","
    page = bring(bob, "\n".join(lines))
    assert page.status == 422
    assert "Line 2:" in page.text


@pytest.mark.parametrize(
    "text", ["", "{}", "[]", "12*7", '{"calcapp":2,"names":[],"last_number":0,"records":[\n]}', "[" * 9]
)
def test_what_is_no_export_is_refused_with_a_sentence(alice, text):
    page = bring(alice, text)
    assert page.status == 422
    assert "calcapp.json" in page.text


def test_a_file_that_is_too_large_is_refused_on_a_page_that_says_how_much_is_not(alice, monkeypatch):
    assert "at most 100,000 calculations and 64 MB" in alice.open("/calculations/import").text
    monkeypatch.setattr(importing, "LARGEST_FILE", 2**18)
    page = bring(alice, "x" * 2**18)
    assert page.status == 413
    assert "Send less than 256 kB." in page.text


def test_the_proxy_lets_pass_what_the_application_takes_and_not_much_more():
    location = re.search(
        r"location = /calculations/import \{(.*?)\}", (ROOT / "deploy/nginx/locations.conf").read_text(), re.DOTALL
    )
    megabytes = int(re.search(r"client_max_body_size (\d+)m;", location[1])[1])
    assert (megabytes - 1) * 2**20 == importing.LARGEST_FILE


def test_an_export_holds_what_the_search_shows(full):
    lines = export(full, "?q=tiles").splitlines()
    assert len(lines) == 3
    assert "Küche" in lines[1]


def test_csv_opens_in_a_spreadsheet_and_runs_nothing_there(alice, kept):
    kept(alice, "-12.5 # =cmd()")
    kept(alice, "-2^2")
    source = alice.send("GET", "/calculations.csv").source
    assert source.startswith("\ufeff")
    rows = list(csv.reader(io.StringIO(source.removeprefix("\ufeff"))))
    assert rows[0] == ["Date", "Number", "Note", "Expression", "Exact", "Decimal"]
    assert rows[1][1:] == ["2", "", "'-2^2", "", "-4"]
    assert rows[2][1:] == ["1", "'=cmd()", "'-12.5 # =cmd()", "'-25/2", "-12.5"]


@pytest.mark.parametrize(
    "cell", ["=1+1", "+1+1", "-2^2", "@SUM(A1)", "\t=1", "\r=1", " =1", "-1-1", "+cmd|' /C calc'!A0"]
)
def test_no_cell_is_a_formula(cell):
    assert harmless(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["-4", "-12.5", "-1,5", "+3", "-1e-7", "12*7", ""])
def test_numbers_stay_numbers(cell):
    assert harmless(cell) == cell


def test_csv_is_written_as_the_person_writes(register, kept):
    berta = register("berta@example.org", decimal_comma=True, date_style="day", digits=30, time_zone="Europe/Berlin")
    kept(berta, "1/8 + sqrt(2)")
    row = berta.send("GET", "/calculations.csv").source.splitlines()[1].split(";")
    assert row[5].startswith("1,53921356237309504880168872")
    assert row[0][2] == row[0][5] == "."


def test_a_long_tape_is_exported_piece_by_piece(alice, kept, monkeypatch):
    monkeypatch.setattr("calcapp.models.takeout.PIECE", 2)
    for number in range(5):
        kept(alice, f"{number}+1")
    assert len(export(alice).splitlines()) == 7
    numbers = [line.split(",")[1] for line in alice.send("GET", "/calculations.csv").source.splitlines()[1:]]
    assert numbers == ["5", "4", "3", "2", "1"]


def test_the_paper_tape_has_dates_and_an_exact_total(alice, kept):
    for expression in ("0.1", "0.2", "5 km", "sqrt(2)"):
        kept(alice, expression)
    page = alice.open("/calculations/print")
    assert "Total of this sheet: 0.3 + 5 km" in page.text
    assert "1 without a plain number is left out" in page.text
    page = alice.post("/calculations/print", number=["1", "2"])
    assert "Total of this sheet: 0.3" in page.text
    assert "km" not in page.text


def test_a_total_of_nothing_is_nothing():
    assert total([]).sums == []


def link_to_the_first(person):
    person.open("/calculations/1")
    page = person.press("Make a link")
    return next(a.get("href") for a in page.all("a") if "/shared/" in a.get("href"))


def test_a_shared_record_is_seen_by_whoever_has_the_link_and_withdrawn_by_its_owner(alice, bob, visitor, kept):
    kept(alice, "12*7 # tiles")
    kept(alice, "secret = 5")
    link = link_to_the_first(alice)
    for reader in (visitor, bob):
        shown = reader.open(link)
        assert "= 84" in shown.cards[0]
        assert "alice" not in shown.source
        assert "secret" not in shown.source
        assert "noindex" in shown.headers["X-Robots-Tag"]
    alice.open("/calculations/1")
    alice.press("Withdraw the link")
    assert visitor.open(link).status == 404


@pytest.mark.parametrize("gone", ["the record", "its owner"])
def test_a_shared_record_that_is_gone_or_whose_owner_is_is_seen_by_nobody(app, alice, visitor, kept, gone):
    kept(alice, "12*7")
    link = link_to_the_first(alice)
    if gone == "the record":
        alice.post("/calculations/1/delete")
    else:
        with app.app_context():
            act_as(0, "the cast")
            db.session.get(User, alice.id).active = False
            db.session.commit()
    assert visitor.open(link).status == 404


def test_a_link_cannot_be_guessed_and_each_is_another(alice, kept):
    links = set()
    kept(alice, "12*7")
    for _ in range(2):
        links.add(link_to_the_first(alice))
        alice.press("Withdraw the link")
    assert len(links) == 2
    assert all(len(link.rpartition("/")[2]) == 32 for link in links)
