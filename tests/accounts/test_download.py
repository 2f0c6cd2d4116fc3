"""Everything can be taken along, and opened elsewhere."""

import csv
import io
import json

import pytest


def rows_of(answer):
    return list(csv.DictReader(io.StringIO(answer.source.removeprefix("\ufeff"))))


def test_everything_about_a_person_is_one_json_file(alice, kept):
    kept(alice, "1/3", note="a third")
    answer = alice.send("GET", "/account/download.json")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="calcapp-account.json"'
    whole = json.loads(answer.source)
    assert whole["account"]["email"] == "alice@example.org"
    assert [(record["expression"], record["note"]) for record in whole["records"]] == [("1/3", "a third")]
    assert (len(whole["sessions"]), whole["passkeys"]) == (1, [])
    assert not any(word in answer.source for word in ("hash", "token", "argon2"))


def test_the_file_is_taken_in_by_another_account(alice, bob, kept):
    kept(alice, "1/3", note="a third")
    file = alice.send("GET", "/account/download.json").source.encode()
    form = bob.open("/calculations/import").form("Import").fields
    form["file"] = (io.BytesIO(file), "calcapp-account.json")
    assert bob.send("POST", "/calculations/import", data=form, content_type="multipart/form-data").status == 303
    assert "a third" in bob.open("/calculations/1").text


@pytest.mark.security(58)
@pytest.mark.parametrize("path", ["/account/download.csv", "/calculations.csv"])
@pytest.mark.parametrize("note", ["=1+1", "+1 of it", "-1 of it", "@SUM(1)", "\t=1", "\r=1", " =1"])
def test_no_cell_of_the_csv_is_a_formula(alice, kept, path, note):
    kept(alice, "1 + 1", note=note)
    answer = alice.send("GET", path)
    assert answer.headers["Content-Disposition"] == 'attachment; filename="calcapp.csv"'
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    cell = rows_of(answer)[0]["Note"]
    assert cell.startswith("'") or not cell.lstrip().startswith(("=", "+", "-", "@"))


@pytest.mark.security(58)
def test_a_negative_number_stays_one(alice, kept):
    kept(alice, "1 - 3")
    assert rows_of(alice.send("GET", "/account/download.csv"))[0]["Decimal"] == "-2"


def test_nobodys_records_but_ones_own_are_in_it(alice, bob, kept):
    kept(bob, "41 + 1", note="of Bob")
    for path in ("/account/download.json", "/account/download.csv"):
        assert "of Bob" not in alice.send("GET", path).source
