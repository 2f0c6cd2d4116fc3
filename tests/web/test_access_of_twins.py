"""Two people with the same numbers, names and keys: whatever the one has or does, the other sees and does the same."""

import io
import uuid
from urllib.parse import urlencode

import pyotp
import pytest

from calcapp.extensions import db
from calcapp.models import Calculation, User, act_as
from calcapp.models.mailed_link import RESET
from tests.cast import PASSWORD, Person
from tests.matrix import NONCE, ROWS, Row, filled, form_of, look_at, name_of, outcome
from tests.world import SECRET_OF_THE_APP

ROOMS = (
    "calculator.",
    "history.",
    "accounts.download",
    "accounts.account",
    "accounts.second_factor",
    "accounts.passkeys",
)
MORE = (
    Row("", "GET", "/?answer=7", "", {}, "", ""),
    Row("", "GET", "/?edited=1", "", {}, "", ""),
    Row("", "GET", "/calculations/1", "", {}, "", ""),
    Row("", "GET", "/calculations/7", "", {}, "", ""),
    Row("", "GET", "/calculations?q=42", "", {}, "", ""),
    Row("", "GET", "/calculations?q=zz", "", {}, "", ""),
    Row("", "GET", "/calculations?deleted=1", "", {}, "", ""),
    Row("", "GET", "/calculations.json?q=42", "", {}, "", ""),
    Row("", "GET", "/preview?expression=%233*vat%2Bans", "", {}, "", ""),
    Row("", "GET", "/preview?expression=tax", "", {}, "", ""),
    Row("", "POST", "/calculations", "expression=%23%33*vat%2Bans&key={key}", {}, "", ""),
    Row("", "POST", "/calculations/1/edit", "expression=2*2&version=2", {}, "", ""),
    Row("", "POST", "/calculations/7/edit", "expression=%231&version=1", {}, "", ""),
    Row("", "POST", "/calculations/7/edit", "expression=%233 - vat&version=1", {}, "", ""),
    Row("", "POST", "/calculations/1/undo", "", {}, "", ""),
    Row("", "POST", "/calculations/1/recompute", "", {}, "", ""),
    Row("", "POST", "/calculations/4/edit", "expression=vat = 7%25&version=1", {}, "", ""),
    Row("", "POST", "/calculations/4/edit", "expression=1&version=1", {}, "", ""),
    Row("", "POST", "/calculations/restore", "number=2&number=3", {}, "", ""),
    Row("", "POST", "/calculations/delete", "all=1&q=42", {}, "", ""),
)
OURS = [row for row in ROWS if row.endpoint.startswith(ROOMS)] + list(MORE)

BY_CHANCE = {"shares", "sessions", "audit_events"}  # what has tokens or times that are never the same

# What becomes of the twin's things meanwhile.
TWINS = {
    "everything is deleted": [
        "UPDATE calculations SET deleted_at = now(), deleted_by = user_id WHERE user_id = :twin",
        "UPDATE names SET deleted_at = now() WHERE user_id = :twin",
        "DELETE FROM shares WHERE user_id = :twin",
        "DELETE FROM calculation_uses WHERE user_id = :twin",
        "DELETE FROM passkeys WHERE user_id = :twin",
    ],
    "everything is there and says something else": [
        "UPDATE calculations SET deleted_at = NULL, deleted_by = NULL, starred = true, value = '666', answer = '666',"
        " note = 'another note', search = search || ' zz 42', defines = CASE number WHEN 4 THEN NULL ELSE 'vat' END"
        " WHERE user_id = :twin",
        "UPDATE names SET deleted_at = NULL, definition = name || ' = 666', answer = '666', number = 1"
        " WHERE user_id = :twin",
        "INSERT INTO calculation_uses SELECT a.user_id, a.number, b.number FROM calculations a"
        " JOIN calculations b USING (user_id) WHERE a.number <> b.number AND user_id = :twin ON CONFLICT DO NOTHING",
        "INSERT INTO calculation_versions (user_id, number, version, expression, read, answer, value, certainty)"
        " SELECT user_id, number, 9, '665', '665', '665', '665', 'exact' FROM calculations WHERE user_id = :twin",
        "INSERT INTO shares (user_id, number, token) SELECT user_id, number, 'another-token-of-a-twin-' || number"
        " FROM calculations WHERE user_id = :twin ON CONFLICT DO NOTHING",
        "DELETE FROM authenticators WHERE user_id = :twin",
        "INSERT INTO recovery_codes (user_id, code_hash) VALUES (:twin, sha256('x'))",
        "UPDATE users SET last_number = 90000, digits = 30, decimal_comma = true WHERE id = :twin",
    ],
}


def test_a_file_that_another_has_imported_with_the_same_key_is_imported_all_the_same(world):
    with world.undone():
        taken = world.send("U1", "GET", "/calculations.json").get_data()
        for actor in ("U1", "U2", "U2"):
            form = {"key": world.names["key"], "file": (io.BytesIO(taken), "calcapp.json")}
            assert world.send(actor, "POST", "/calculations/import", form).status_code == 303
        counted = "SELECT count(*) FROM calculations WHERE user_id = :owner AND deleted_at IS NULL"
        has = {name: world.run(counted, owner=world.ids[name]).scalar() for name in ("U1", "U2")}
        assert has["U2"] - 1 == has["U1"] / 2
        assert {owner for _, owner in world.changed()} == {world.ids["U1"], world.ids["U2"]}


def test_anothers_record_cannot_be_calculated_with(world):
    """U1 alone has a #3: to everybody else it is as if there were none, at the desk and while typing."""
    for actor in ("U2", "M1"):
        answers = []
        for number in (3, 9):
            with world.undone():
                form = {"expression": f"#{number} + 0", "key": world.names["key"]}
                kept = world.send(actor, "POST", "/calculations", form)
                preview = world.send(actor, "GET", f"/preview?expression=%23{number}%2B0")
                assert kept.status_code == 422
                assert world.changed() == set()
                pages = NONCE.sub("", kept.get_data(as_text=True)), preview.get_data(as_text=True)
                answers.append([page.replace(f"#{number}", "#…") for page in pages])
        assert answers[0] == answers[1]
    with world.undone():
        form = {"expression": "#3 + 0", "reason": "Spam", "version": 1}
        path = f"/admin/calculations/{world.ids['U2']}/1/edit"
        assert world.send("M1", "POST", path, form).status_code == 422


def test_a_batch_that_another_deleted_at_the_same_moment_brings_nothing_back(world):
    with world.undone():
        moment = world.run("SELECT now() - interval '1 minute'").scalar()
        world.run(
            "UPDATE calculations SET deleted_at = :moment, deleted_by = user_id WHERE user_id = :twin",
            twin=world.ids["Ux"],
            moment=moment,
        )
        before = world.fingerprint()
        path = f"/calculations/restore?{urlencode({'at': moment.isoformat()})}"
        assert world.send("U1", "POST", path).status_code == 303
        assert world.fingerprint() == before


def test_a_page_of_a_search_by_time_goes_on_where_ones_own_ended(world):
    """Only the twin has a record before which the next page is to begin, made long before all of U1's."""
    columns = "user_id, number, idempotency_key, expression, read, answer, value, certainty, created_at"
    values = ":twin, 40, gen_random_uuid(), '1', '1', '1', '1', 'exact', '2001-01-01'"
    with world.undone():
        world.run(f"INSERT INTO calculations ({columns}) VALUES ({values})", twin=world.ids["Ux"])
        page = world.send("U1", "GET", "/calculations?from=2000-01-01&before=50").get_data(as_text=True)
        assert "40 + 1" in page or "1 + 40" in page


def test_who_is_here_is_noted_of_oneself_alone(world):
    with world.undone():
        world.run("UPDATE sessions SET last_seen_at = now() - interval '1 hour'")
        world.send("U1", "GET", "/")
        seen = world.run("SELECT DISTINCT user_id FROM sessions WHERE last_seen_at > now() - interval '1 minute'")
        assert seen.scalars().all() == [world.ids["U1"]]


def test_who_was_deactivated_is_out_even_where_a_session_was_left(world):
    with world.undone():
        world.run("UPDATE users SET active = false WHERE id = :id", id=world.ids["U1"])
        assert outcome(world.send("U1", "GET", "/account")) == "303 /login"


@pytest.mark.parametrize("actor", ["U1", "M1"])
def test_a_null_character_in_an_address_is_refused(world, actor):
    for path in ("/calculations?q=a%00b", "/admin/calculations?q=a%00b"):
        assert world.send(actor, "GET", path).status_code == 400


@pytest.mark.parametrize("code", ["of the app", "for recovery"])
def test_a_code_opens_ones_own_account_and_leaves_others_theirs(world, code):
    with world.undone():
        before, browser = world.fingerprint(), Person(world.app)
        browser.open("/login")
        browser.press("Log in", Email="u1@example.org", Password=PASSWORD)
        assert browser.submit("Log in", Code=world.codes["U2"][0]).status == 422
        assert world.fingerprint() == before
        right = pyotp.TOTP(SECRET_OF_THE_APP).now() if code == "of the app" else world.codes["U1"][0]
        assert browser.submit("Log in", Code=right).location == "/"
        assert {owner for _, owner in world.changed()} == {world.ids["U1"]}


def test_who_proves_a_mailbox_takes_ways_in_from_that_account_alone(world):
    with world.undone():
        browser = Person(world.app)
        browser.open(f"/password/reset/{world.links['U1'][RESET]}")
        assert browser.submit("Change password", New_password="nine violet tractors").location == "/login"
        assert {part for part in world.changed() if part[0] in {"passkeys", "authenticators", "recovery_codes"}} == {
            (table, world.ids["U1"]) for table in ("passkeys", "authenticators", "recovery_codes")
        }
        assert {owner for _, owner in world.changed()} == {world.ids["U1"]}


def test_why_a_record_was_removed_is_told_to_its_owner_alone(world):
    reasons = {name: f"Because of {world.canaries[name]}" for name in ("U1", "U2")}
    with world.undone():
        for name, reason in reasons.items():
            path = f"/admin/calculations/{world.ids[name]}/1/delete"
            assert world.send("M1", "POST", path, {"reason": reason}).status_code == 303
        for name, reason in reasons.items():
            page = world.send(name, "GET", "/calculations/1")
            look_at(world, name, "/calculations/1", page)
            assert reason in page.get_data(as_text=True)


def test_what_an_administrator_removed_its_owner_neither_brings_back_nor_takes_along(world):
    def taken():
        return world.send("U1", "GET", "/account/download.json").get_data(as_text=True)

    with world.undone():
        assert "#1 + 42" in taken()
        assert world.send("M1", "POST", f"/admin/calculations/{world.ids['U1']}/3/delete", {"reason": "Spam"})
        before = world.fingerprint()
        world.send("U1", "POST", "/calculations/restore", {"number": 3})
        world.send("U1", "POST", "/calculations/3/restore")
        assert world.fingerprint() == before
        assert "#1 + 42" not in taken()


@pytest.mark.parametrize(
    "path", ["/admin/audit?owner={owner}", "/admin/users/{owner}", "/admin/calculations/{owner}/{number}"]
)
def test_an_administrator_who_asks_for_one_person_is_shown_nobody_else(world, path):
    page = world.send("M1", "GET", filled(path, world))
    assert page.status_code == 200
    assert [name for name in world.foreign_canaries("M1", page) if name != "U1"] == []


@pytest.fixture(scope="module")
def twins(world):
    """U1 and Ux, each with an edited record, two that use it by way of another, and a name that is used and then means
    something else. U1 has deleted the last of the two, and the record of a function."""
    for name in ("U1", "Ux"):
        with world.app.app_context():
            user = db.session.get(User, world.ids[name])
            act_as(user.id)
            for expression in ("#3 + vat", "ans * 2", "#7 + 1", "vat = 7%"):
                Calculation.keep(expression, owner=user, key=uuid.uuid4())
            db.session.get(Calculation, (user.id, 1)).rework("40 + 3", owner=user, version=1, by=user)
            if name == "U1":
                for number in (6, 9):
                    db.session.get(Calculation, (user.id, number)).delete(by=user)
            db.session.commit()
    world.before = world.fingerprint()
    return world


@pytest.mark.rehearsal
@pytest.mark.security(29)
@pytest.mark.parametrize("row", OURS, ids=name_of)
def test_what_one_does_is_the_same_whatever_the_other_has(twins, row):
    alone = seen_and_done(twins, row, [])
    for changes in TWINS.values():
        assert seen_and_done(twins, row, changes) == alone


def seen_and_done(world, row, changes):
    """What U1 is shown and has afterwards. The twin has what it had."""
    with world.undone():
        for change in changes:
            world.run(change, twin=world.ids["Ux"])
        theirs, path = parts_of(world, "Ux"), filled(row.path, world)
        response = world.send("U1", row.method, path, form_of(row.sends, world))
        look_at(world, "U1", path, response)
        assert parts_of(world, "Ux") == theirs
        world.run("UPDATE calculations SET deleted_at = now() WHERE deleted_at IS NOT NULL")  # to the moment
        has = {table: digest for table, digest in parts_of(world, "U1").items() if table not in BY_CHANCE}
        return response.status_code, response.location, NONCE.sub("", response.get_data(as_text=True)), has


def parts_of(world, name):
    return {table: digest for (table, owner), digest in world.fingerprint().items() if owner == world.ids[name]}
