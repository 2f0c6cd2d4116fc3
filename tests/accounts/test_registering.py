"""Creating an account."""

import pytest

from tests.cast import PASSWORD


def register(browser, email, password="nine violet tractors", **more):
    browser.open("/register")
    return browser.submit("Create account", Email=email, Password=password, **more)


@pytest.mark.security(1)
def test_a_password_is_kept_as_argon2id_of_at_least_19_mib(visitor, sql, true_hashes):
    register(visitor, "carol@example.org")
    kept = sql("SELECT password_hash FROM users WHERE email = 'carol@example.org'")[0][0]
    assert kept.startswith("$argon2id$v=19$m=19456,t=2,p=1$")


@pytest.mark.security(2)
@pytest.mark.parametrize("password", ["pâté 🥧" * 8, "x y" * 21 + "z", "Ünï çödé 🧮 " * 11])
def test_a_long_password_of_any_letters_is_taken_whole(visitor, somebody, log_in, password):
    assert register(visitor, "carol@example.org", password).status == 303
    assert log_in("carol@example.org", password).page.status == 303
    assert log_in("carol@example.org", password[:-1]).page.status == 422
    assert log_in("carol@example.org", password.swapcase()).page.status == 422


@pytest.mark.security(3)
@pytest.mark.parametrize("path", ["/register", "/login"])
def test_an_endless_password_is_refused_before_it_is_hashed(visitor, monkeypatch, path):
    monkeypatch.setattr("calcapp.models.password.HASHER", None)
    visitor.open(path)
    button = {"/register": "Create account", "/login": "Log in"}[path]
    page = visitor.submit(button, Email="carol@example.org", Password="é" * 513)
    assert page.status == 422
    assert "at most 1024 bytes" in page.text


@pytest.mark.security(4)
@pytest.mark.parametrize(
    "password",
    [
        "12345678",
        "Password",
        "iloveyou",
        "qwertyuiop",
        "calculator",
        "C4lculator-2026!",
        "calcappcalcapp",
        "Calcapp#1",
        "caroline",
        "Caroline99",
        "caroline@example.org",
        "carolinecaroline",
    ],
)
def test_common_passwords_and_names_are_refused(visitor, password):
    page = register(visitor, "caroline@example.org", password)
    assert page.status == 422
    assert "Choose another" in page.text


@pytest.mark.security(4)
def test_the_three_thousand_most_common_passwords_are_refused():
    from zxcvbn.frequency_lists import FREQUENCY_LISTS

    from calcapp.models.password import weakness

    assert [word for word in FREQUENCY_LISTS["passwords"][:3000] if weakness(word) is None] == []


@pytest.mark.parametrize("password", ["seven wooden abacuses", "Tr0ub4dor&3", "correct horse battery staple"])
def test_other_passwords_are_accepted(visitor, password):
    assert register(visitor, "carol@example.org", password).status == 303


@pytest.mark.security(10, 37)
def test_nobody_registers_as_administrator(visitor, sql):
    visitor.open("/register")
    fields = {"role": "admin", "is_admin": "1", "id": "1", "active": "1", "last_number": "9"}
    visitor.submit("Create account", Email="carol@example.org", Password="nine violet tractors", **fields)
    assert sql("SELECT role, last_number FROM users WHERE email = 'carol@example.org'") == [("user", 0)]


TWINS = [
    "Alice@example.org",
    "alice@example.org ",
    "ＡLICE@example.org",
    "аlice@example.org",
    "alice\u200b@example.org",
]


@pytest.mark.security(12)
@pytest.mark.parametrize("twin", TWINS)
def test_an_address_has_no_twins(alice, somebody, twin):
    assert register(somebody(), twin).status == 422


@pytest.mark.security(12)
@pytest.mark.parametrize("twin", ["alice@example.org", *TWINS])
def test_an_address_has_no_twins_in_the_database_either(alice, sql, twin):
    from sqlalchemy.exc import IntegrityError

    with pytest.raises(IntegrityError):
        sql("INSERT INTO users (email, password_hash) VALUES (:email, '$argon2id$x')", email=twin)


@pytest.mark.security(13)
def test_registering_tells_who_is_here_only_as_often_as_the_throttle_allows(alice, somebody, monkeypatch, app):
    monkeypatch.setitem(app.config["LIMITS"], "REGISTER", 1)
    assert "There is an account with this address" in register(somebody(), "alice@example.org").text
    refused = register(somebody(), "alice@example.org")
    assert refused.status == 429
    assert int(refused.headers["Retry-After"]) > 0


@pytest.mark.security(14)
@pytest.mark.parametrize(
    ("path", "wanted"),
    [
        ("/register", {"email": "email", "password": "new-password"}),
        ("/login", {"email": "username webauthn", "password": "current-password"}),
        ("/account/password", {"current_password": "current-password", "new_password": "new-password"}),
    ],
)
def test_password_managers_find_their_way(alice, somebody, path, wanted):
    person = alice if path.startswith("/account") else somebody()
    inputs = {field.get("name"): field for field in person.open(path).all("input")}
    assert {name: inputs[name].get("autocomplete") for name in wanted} == wanted
    assert all(field.get("type") == "password" for name, field in inputs.items() if "password" in name)
    assert not any(field.get("maxlength") for name, field in inputs.items() if "password" in name)


def test_what_was_typed_stays_but_not_the_password(visitor):
    page = register(visitor, "not an address", PASSWORD)
    assert page.form("Create account").fields["email"] == "not an address"
    assert PASSWORD not in page.source
