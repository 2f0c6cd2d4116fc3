"""Searching the tape."""

import uuid
from datetime import UTC, date, datetime
from urllib.parse import quote

import pytest
from sqlalchemy import insert, select

from calcapp.extensions import db
from calcapp.models import Calculation, User, act_as, search
from calcapp.models.folding import fields, folded, sought
from calcapp.models.when import Span, read_when, split_off

OCTOBER = datetime(2026, 10, 12, 9, 30, tzinfo=UTC)


@pytest.fixture
def made(app):
    """Put a record on a tape that was made at some time: made(alice, 1, "tiles", at)."""

    def make(person, number, note, at):
        says = {"expression": "1+1", "read": "1 + 1", "answer": "2", "value": "2", "certainty": "exact"}
        with app.app_context():
            act_as(person.id)
            written = insert(Calculation).values(
                user_id=person.id, number=number, note=note, search=fields(note, "1+1"), created_at=at,
                idempotency_key=uuid.uuid4(), **says,
            )  # fmt: skip
            db.session.execute(written)
            db.session.get(User, person.id).last_number = number
            db.session.commit()

    return make


def numbers(page):
    return [card.split("#")[1].split()[0] for card in page.cards]


@pytest.mark.parametrize(
    "sought", ["tiles", "TILES", "ile", "kuche", "KÜCHE", "3.6", "3.6 × 2.4", "8.64", "e: ti", "6 *", ": "]
)
def test_a_record_is_found_by_any_part_of_note_expression_or_answer(alice, kept, sought):
    kept(alice, "3.6 * 2.4 # Küche: tiles")
    kept(alice, "1+1")
    page = alice.open(f"/calculations?q={sought}")
    assert numbers(page) == ["1"]
    assert page.all("mark")


def test_signs_that_patterns_use_are_plain_letters(alice, kept):
    kept(alice, "50*10%")
    kept(alice, "1+1 # a_b")
    assert numbers(alice.open("/calculations?q=%25")) == ["1"]
    assert numbers(alice.open("/calculations?q=a_b")) == ["2"]
    assert numbers(alice.open("/calculations?q=a%25b")) == []


@pytest.mark.parametrize("far", ["x", "long ago"])
def test_each_letter_of_a_long_text_counts(alice, made, monkeypatch, far):
    monkeypatch.setattr(search, "WALK", 1 if far == "long ago" else 1000)
    for number, note in enumerate(["Wood tiles, garden", "Wood tiles garden", "Good tiles garden", "paint"], 1):
        made(alice, number, note, OCTOBER)
    assert numbers(alice.open("/calculations?q=wood+tiles+garden")) == ["2"]
    assert numbers(alice.open("/calculations?q=tiles+garden")) == ["3", "2"]


@pytest.mark.parametrize("sought", ["lodz", "ŁÓDŹ", "smorrebrod", "smørrebrød", "kisa", "KISA", "aether", "æther"])
def test_letters_that_are_no_accents_are_found_by_plain_ones(alice, kept, sought):
    kept(alice, "1+1 # Łódź, smørrebrød, kısa, Æther")
    assert len(alice.open(f"/calculations?q={quote(sought)}").all("mark")) == 1


@pytest.mark.parametrize("sought", ["+++", "€€€", "+", "a+++b", "b€€€"])
def test_signs_are_found_with_and_without_letters_beside_them(alice, kept, sought):
    kept(alice, "1+1 # a+++b€€€")
    kept(alice, "1 # a++b€€")
    assert numbers(alice.open(f"/calculations?q={quote(sought)}")) == (["2", "1"] if sought == "+" else ["1"])


def test_the_server_writes_what_is_sought_as_it_is_asked_for(app, alice, made):
    signs = "".join(map(chr, range(32, 127))) + "ß İ ﬁ é × “x”"
    made(alice, 1, signs, OCTOBER)
    with app.app_context():
        written = db.session.scalar(select(Calculation.sought))
        db.session.rollback()
    assert written == sought(f"{signs}\n1+1")
    assert len({*written}) == len({*folded(signs), "\n"})  # no two signs have become one


@pytest.mark.parametrize("sought", ["tiles", "garden tiles", "iles", "den til", "tiles 2026"])
def test_words_are_found_newest_first_however_far_apart(alice, made, monkeypatch, sought):
    """Each of these stands where another look has to find it."""
    monkeypatch.setattr("calcapp.history.views.PAGE", 3)
    for number in (1, 5, 20_000, 70_000, 99_500, 10**12 - 2, 10**12):
        made(alice, number, "Garden tiles", OCTOBER)
        made(alice, number + 1, "paint", OCTOBER.replace(year=2025))
    first = alice.open(f"/calculations?q={sought}")
    assert numbers(first) == [str(10**12), str(10**12 - 2), "99500"]
    second = alice.open(next(link.get("href") for link in first.all("a") if link.get("rel") == "next"))
    assert numbers(second) == ["70000", "20000", "5"]
    third = alice.open(next(link.get("href") for link in second.all("a") if link.get("rel") == "next"))
    assert numbers(third) == ["1"]


@pytest.mark.parametrize("span", ["from=2026-10", "from=2026-10&to=2026-10", "from=1999&to=2026-10", "to=2026-10"])
def test_words_are_found_within_dates_of_any_length(alice, made, span):
    made(alice, 1, "Garden tiles", OCTOBER.replace(year=1998))
    made(alice, 2, "Garden tiles", OCTOBER)
    made(alice, 3, "paint", OCTOBER)
    made(alice, 4, "Garden tiles", datetime.now(UTC))
    found = numbers(alice.open(f"/calculations?q=tiles&{span}"))
    assert found == (["4"] if "to" not in span else []) + ["2"] + (["1"] if "from" not in span else [])


def pages(person, path):
    """The numbers on this page, and on those that follow it."""
    found = []
    while path and len(found) < 20:
        page = person.open(path)
        found.append(numbers(page))
        path = next((link.get("href") for link in page.all("a") if link.get("rel") == "next"), None)
    return found


def test_what_was_made_at_a_time_is_shown_by_time_between_what_only_speaks_of_it(alice, made, monkeypatch):
    """Numbers need not grow with time: an import comes behind, with the dates that it had."""
    monkeypatch.setattr("calcapp.history.views.PAGE", 2)
    monkeypatch.setattr(search, "WALK", 3)
    year = 2019
    for number, (month, of, note) in enumerate(
        [(5, 0, ""), (3, 0, ""), (1, -1, "before 2019"), (4, 0, "in 2019"), (7, 1, "after 2019"), (6, 0, ""),
         (2, -1, "paint"), (8, 1, "paint"), (9, -1, "2019 will come"), (1, 3, "2019 is long ago"), (2, 0, "")], 1,
    ):  # fmt: skip
        made(alice, number, note, datetime(year + of, month, 1, tzinfo=UTC))
    assert pages(alice, "/calculations?q=2019") == [["10", "5"], ["6", "1"], ["4", "2"], ["11", "9"], ["3"]]
    assert pages(alice, "/calculations?from=2019&to=2019") == [["6", "1"], ["4", "2"], ["11"]]
    assert pages(alice, "/calculations?to=2018") == [["9", "7"], ["3"]]


def test_a_page_goes_on_where_the_last_one_ended_though_that_record_is_gone(alice, made):
    for number in (1, 2, 4):
        made(alice, number, "", OCTOBER.replace(day=number))
    assert numbers(alice.open("/calculations?from=2026-10&before=3")) == ["2", "1"]
    assert numbers(alice.open("/calculations?from=2026-10&before=1")) == []


def test_a_search_shows_nobody_elses_records(alice, bob, kept):
    kept(alice, "1+1 # tiles")
    assert alice.open("/calculations?q=tiles").cards
    assert not bob.open("/calculations?q=tiles").cards


def test_no_hit_says_what_was_sought_and_how_to_go_on(alice, kept):
    kept(alice, "1+1")
    page = alice.open("/calculations?q=tiles")
    assert "Nothing was found for “tiles”" in page.text
    assert "clear the search" in page.text


@pytest.mark.parametrize(
    "query",
    ["q=October+2026", "q=tiles+october+2026", "q=2026-10", "from=2026-10-01&to=2026-10-31", "from=Oct+2026&to=2026"],
)
def test_a_record_is_found_by_when_it_was_made(alice, made, query):
    made(alice, 1, "tiles", OCTOBER)
    made(alice, 2, "tiles", OCTOBER.replace(month=8))
    assert numbers(alice.open(f"/calculations?{query}")) == ["1"]


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("today", "2026-01-01", "2026-01-01"),
        ("Yesterday", "2025-12-31", "2025-12-31"),
        ("this week", "2025-12-29", "2026-01-04"),
        ("last week", "2025-12-22", "2025-12-28"),
        ("this month", "2026-01-01", "2026-01-31"),
        ("last month", "2025-12-01", "2025-12-31"),
        ("last year", "2025-01-01", "2025-12-31"),
        ("December", "2025-12-01", "2025-12-31"),
    ],
)
def test_words_of_time_are_meant_from_today(words, first, last):
    new_year = date(2026, 1, 1)
    assert read_when(words, new_year) == Span(date.fromisoformat(first), date.fromisoformat(last))
    assert split_off(f"tiles {words}", new_year) == ("tiles", read_when(words, new_year))


def test_a_word_that_is_a_date_is_found_in_notes_too(alice, kept):
    kept(alice, "1+1 # invoice for October 2025")
    assert numbers(alice.open("/calculations?q=october+2025")) == ["1"]


def test_days_begin_at_midnight_where_the_person_is(register, made):
    late = datetime(2026, 10, 31, 23, 30, tzinfo=UTC)
    berlin = register("berta@example.org", time_zone="Europe/Berlin")
    made(berlin, 1, "late", late)
    assert numbers(berlin.open("/calculations?to=2026-10-31")) == []
    assert numbers(berlin.open("/calculations?from=2026-11-01")) == ["1"]


@pytest.mark.parametrize(("style", "day"), [("iso", "2026-10-23"), ("day", "23.10.2026"), ("month", "10/23/2026")])
def test_a_date_that_is_none_is_explained_beside_its_field(register, style, day):
    berta = register("berta@example.org", date_style=style)
    page = berta.open("/calculations?from=tomorrowish")
    assert f"Write a date like {day}" in page.text
    assert "Write a date" not in berta.open(f"/calculations?from={day}").text


def test_a_star_that_is_asked_for_with_words_is_to_be_seen(alice):
    for query, seen in (("q=tiles&starred=1", True), ("q=tiles", False), ("starred=1", False)):
        page = alice.open(f"/calculations?{query}")
        (filters,) = (each for each in page.all("details") if "Dates and stars" in "".join(each.itertext()))
        assert ("open" in filters.attrib) == seen


def test_pages_follow_each_other_without_gap_or_repetition(alice, kept, monkeypatch):
    monkeypatch.setattr("calcapp.history.views.PAGE", 3)
    for number in range(8):
        kept(alice, f"{number}+1")
    assert pages(alice, "/calculations") == [["8", "7", "6"], ["5", "4", "3"], ["2", "1"]]


def test_without_an_index_the_tape_is_looked_through_piece_by_piece(alice, kept, monkeypatch):
    monkeypatch.setattr(search, "WINDOW", 3)
    monkeypatch.setattr(search, "index_tells", lambda words: False)
    kept(alice, "1+1 # tiles")
    for number in range(5):
        kept(alice, f"{number}+1")
    page = alice.open("/calculations?q=tiles")
    assert numbers(page) == []
    assert "#4 and newer were looked through" in page.text
    further = next(link.get("href") for link in page.all("a") if link.get("rel") == "next")
    assert numbers(alice.open(further)) == ["1"]


def test_a_comma_finds_what_a_point_was_written_for(register, kept):
    berta = register("berta@example.org", decimal_comma=True)
    kept(berta, "1487,5 * 2")
    kept(berta, "1 / 8")
    assert numbers(berta.open("/calculations?q=1487,5")) == ["1"]
    assert numbers(berta.open("/calculations?q=0,125")) == ["2"]


def test_the_server_here_has_the_index(app):
    with app.app_context():
        assert [words for words in ("tiles", "12*7", "+++", "€€€", "ab") if search.index_tells(words)] == [
            "tiles", "12*7", "+++"
        ]  # fmt: skip
        db.session.rollback()
