"""Moments at the ends of the calendar, typed or imported, break no page: least of all the administrator's."""

import io
import json

import pytest

SOUND = {"created_at": "2026-01-02T03:04:05+00:00"}


def bring(alice, **changed):
    """Send alice's own export back with this changed in its one record; the page that answers."""
    head, record, *_ = alice.send("GET", "/calculations.json").source.splitlines()
    line = {**json.loads(record.rstrip(",")), "number": 5, **changed}
    file = io.BytesIO("\n".join([head, json.dumps(line), "]}"]).encode())
    page = alice.send("GET", "/calculations/import")
    form = page.form("Import").fill()
    form["file"] = (file, "calcapp.json")
    return alice.send("POST", "/calculations/import", data=form, content_type="multipart/form-data")


def test_an_export_comes_back(alice, kept):
    kept(alice, "1+1")
    assert bring(alice, **SOUND).status == 303


@pytest.mark.parametrize(
    "moment",
    [
        "9999-12-31T23:59:59-12:00",
        "9999-12-31T23:59:59+00:00",
        "0001-01-01T00:00:00+23:59",
        "1969-12-31T00:00:00+00:00",
    ],
)
@pytest.mark.parametrize("name", ["created_at", "updated_at", "deleted_at"])
def test_a_moment_that_never_was_is_refused(alice, grace, kept, name, moment):
    kept(alice, "1+1")
    page = bring(alice, **{name: moment})
    assert page.status == 422
    assert "not a moment" in page.text
    assert grace.send("GET", "/admin/calculations").status == 200


@pytest.mark.parametrize(
    "changed",
    [
        {"hints": ["a\0b"]},
        {"hints": ["\ud800"]},
        {"hints": ["x" * 2001]},
        {"version": 2**31},
        {"version": 10**12},
        {"note": "a\0b"},
        {"digits": True},
        {"number": 10**12 + 1},
        {"certainty": None},
        {"uses": [True]},
    ],
)
def test_a_line_that_the_database_would_refuse_is_refused_with_its_number(alice, kept, changed):
    kept(alice, "1+1")
    page = bring(alice, **changed)
    assert page.status == 422
    assert "Line 2" in page.text


@pytest.mark.parametrize(
    "date", ["9999-12-31", "0001-01-01", "10000-01-01", "2026-02-30", "99999999999", "October 9999"]
)
def test_a_search_at_the_ends_of_the_calendar_is_answered(register, kept, date):
    dave = register("dave@example.org", time_zone="Pacific/Kiritimati")
    kept(dave, "1+1")
    for path in ("/calculations?from={}", "/calculations?to={}", "/calculations?from={0}&to={0}", "/calculations?q={}"):
        assert dave.send("GET", path.format(date)).status in {200, 400, 422}


@pytest.mark.parametrize("at", ["0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59", "x", "2026", "\u0663"])
def test_an_undo_of_a_moment_that_never_was_restores_nothing(alice, kept, at):
    kept(alice, "1+1")
    assert alice.post(f"/calculations/restore?at={at.replace('+', '%2B')}").status in {303, 400}
