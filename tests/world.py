"""The people of the access matrix, what they own, and what can be seen of the database from outside.

A0 is a visitor, A1 one with a forged token. U1 owns the records that everybody tries to get at, U2 does not, U2w
sends U1's secrets along. Ud was deactivated, Ux changed the password elsewhere, Uo logged out, Md was demoted: all
of them come with the cookies that they had before. M1 administers, and so does M2.
"""

import contextlib
import re
import uuid
from datetime import timedelta

from sqlalchemy import func, text

from calcapp import sealing
from calcapp.accounts.second_step import PURPOSE
from calcapp.extensions import db
from calcapp.models import (
    Authenticator,
    Calculation,
    MailedLink,
    Name,
    Passkey,
    RecoveryCode,
    Session,
    Share,
    User,
    act_as,
)  # fmt: skip
from calcapp.models.mailed_link import RESET, STAY
from tests.cast import PASSWORD

PEOPLE = ("U1", "U2", "Ud", "Ux", "Uo", "M1", "M2", "Md")
ACTORS = ("A0", "A1", "U1", "U2", "U2w", "Ud", "Ux", "Uo", "M1", "Md")
NOT_LOOKED_AT = {"alembic_version", "throttle_counts"}  # tries are counted for everybody, by design
SEEN = "last_seen_at"  # the one column that looking at a page may change
SECRET_OF_THE_APP = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
TOKEN = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')


class World:
    """Everybody and everything, made once; each try at it is undone."""

    def __init__(self, app, connection, password_hash):
        self.app = app
        self.connection = connection
        self.ids, self.cookies, self.tokens, self.things, self.links, self.codes = {}, {}, {}, {}, {}, {}
        self.canaries = {name: f"CANARY-{name}-{uuid.uuid4().hex}" for name in PEOPLE}
        for name in PEOPLE:
            self.settle(name, password_hash)
        for actor in ("A0", *PEOPLE):
            self.visit(actor)
        login = app.config["LOGIN_COOKIE_NAME"]
        self.cookies["A1"] = {**self.cookies["A0"], login: flipped(self.cookies["U1"][login])}
        self.tokens["A1"] = self.tokens["A0"]
        self.cookies["U2w"], self.tokens["U2w"], self.ids["U2w"] = self.cookies["U2"], self.tokens["U2"], self.ids["U2"]
        self.take_rights_away()
        self.names = {
            "owner": self.ids["U1"],
            "number": 3,
            "deleted": 2,
            "disabled": self.ids["Ud"],
            "administrator": self.ids["M2"],
            "version": 2,
            "key": str(uuid.uuid4()),
            **self.things["U1"],
        }
        self.stolen = {
            "user_id": self.ids["U1"],
            "owner": self.ids["U1"],
            "id": self.ids["U1"],
            "role": "admin",
            "is_admin": "1",
            "number": 3,
            "answer": "666",
            "created_at": "2001-01-01",
            "_method": "DELETE",
        }
        self.query = text(fingerprint_query(db.metadata))
        self.before = self.fingerprint()

    def settle(self, name, password_hash):
        """An account with records: U1 has #1 to #6, of which #2 and #3 use #1, #2 is deleted, a name, a deleted
        one and a function; so has Ux, a bystander, whose #2 M1 has deleted, and a shared link; everybody else has #1
        alone. Everybody has a passkey and two links by mail, and, but for
        M2, an app with recovery codes."""
        with self.app.app_context():
            act_as(0, "the cast")
            user = User(
                email=f"{name.lower()}@example.org",
                password_hash=password_hash,
                role="admin" if name.startswith("M") else "user",
            )
            db.session.add(user)
            db.session.flush()
            self.ids[name] = user.id
            db.session.commit()
            act_as(user.id)
            rich = name in {"U1", "Ux"}
            for number in range(1, 7 if rich else 2):
                typed = {2: "#1 + 2", 3: "#1 + 42", 4: "vat = 19%", 5: "tax = 7%", 6: "f(x) = x + 42"}.get(
                    number, f"{number} + 40"
                )
                kept = Calculation.keep(typed, owner=user, key=uuid.uuid4(), note=self.canaries[name])
                self.keys = getattr(self, "keys", {}) | {name: str(kept.idempotency_key)}
                if number == 2 and name == "U1":
                    kept.delete(by=user)
            if rich:
                db.session.scalar(Name.named(user, "tax")).delete()
            if name == "Ux":
                record = db.session.get(Calculation, (user.id, 3))
                Share.make(record)
                self.link = db.session.scalar(Share.of(record)).token
            session, token = Session.begin(user, browser=self.canaries[name])
            session.confirmed_at = func.now() - timedelta(minutes=1)
            session.strong = name.startswith("M")  # administrators may have to bring a second factor; these have
            elsewhere, _ = Session.begin(user, browser="elsewhere")
            passkey = Passkey(
                user_id=user.id, credential_id=name.encode(), public_key=b"key", sign_count=0, name="My phone"
            )
            db.session.add(passkey)
            self.links[name] = {purpose: MailedLink.make(user, purpose, user.email) for purpose in (RESET, STAY)}
            if name != "M2":
                sealed = sealing.seal(SECRET_OF_THE_APP, PURPOSE)
                db.session.add(Authenticator(user_id=user.id, sealed_secret=sealed, last_step=1))
                self.codes[name] = RecoveryCode.renew(user)
            db.session.flush()
            self.things[name] = {"session": str(elsewhere.id), "passkey": str(passkey.id)}
            db.session.commit()
        self.cookies[name] = {self.app.config["LOGIN_COOKIE_NAME"]: token}

    def visit(self, actor):
        """Look at a form, and keep its token and the cookie that belongs to it."""
        browser = self.browser(actor)
        page = browser.get("/" if actor == "A0" else "/calculations/1")
        if actor == "A0":
            page = browser.get("/login")
        self.tokens[actor] = TOKEN.search(page.get_data(as_text=True))[1]
        self.cookies[actor] = {cookie.key: cookie.value for cookie in browser._cookies.values()}

    def take_rights_away(self):
        """Through the same pages as in life, so that the old cookies are really old."""
        for name, act in (("Ud", "deactivate"), ("Md", "demote")):
            path = f"/admin/users/{self.ids[name]}/{act}"
            assert self.send("M1", "POST", path, {"reason": "Test", "version": 1}).status_code == 303
        assert (
            self.send("M1", "POST", f"/admin/calculations/{self.ids['Ux']}/2/delete", {"reason": "Test"}).status_code
            == 303
        )
        assert self.send("Uo", "POST", "/logout").status_code == 303
        with self.app.app_context():
            user = db.session.get(User, self.ids["Ux"])
            act_as(user.id)
            user.set_password(PASSWORD)
            Session.end_all(user)
            db.session.commit()

    def browser(self, actor):
        browser = self.app.test_client()
        for name, value in self.cookies.get(actor, {}).items():
            browser.set_cookie(name, value)
        return browser

    def send(self, actor, method, path, form=None, *, token=None, **how):
        if method == "POST":
            how["data"] = {"csrf_token": token or self.tokens[actor], **(form or {})}
        response = self.browser(actor).open(path, method=method, **how)
        response.get_data()
        response.close()
        return response

    @contextlib.contextmanager
    def undone(self):
        """What happens meanwhile has never happened."""
        savepoint = self.connection.begin_nested()
        try:
            yield
        finally:
            savepoint.rollback()

    def run(self, statement, **values):
        """Change what the pages cannot: the clock, or what somebody did long ago."""
        self.connection.execute(text("SELECT set_config('app.actor_id', '0', true)"))
        return self.connection.execute(text(statement), values)

    def fingerprint(self):
        """A hash of each person's part of each table: {(table, person): hash}."""
        return {(table, owner): digest for table, owner, digest in self.connection.execute(self.query)}

    def changed(self):
        after = self.fingerprint()
        return {part for part in self.before.keys() | after.keys() if self.before.get(part) != after.get(part)}

    def whose(self, names):
        """{(table, person)} for a cell's `calculations users:U1 sessions:new`, where nobody named means the actor."""
        return {tuple(name.split(":")) if ":" in name else (name, "me") for name in names.split()}

    def named(self, changed, actor):
        """The same for what has really changed."""
        people = {number: name for name, number in self.ids.items() if name != "U2w"}
        me = self.ids.get(actor)
        return {(table, "me" if owner == me else people.get(owner, "new")) for table, owner in changed}

    def foreign_canaries(self, actor, response):
        """Whose secret words are in this answer, and are not this actor's."""
        whole = response.get_data(as_text=True) + str(response.headers)
        own = {"U2w": "U2"}.get(actor, actor)
        seen = [name for name, canary in self.canaries.items() if name != own and canary in whole]
        return seen + (["the link of Ux"] if self.link in whole else [])


def flipped(token):
    """With its first letter another one."""
    return ("A" if token[0] != "A" else "B") + token[1:]


def fingerprint_query(metadata):
    parts = []
    for table in metadata.sorted_tables:
        if table.name in NOT_LOOKED_AT:
            continue
        owner = {"users": "id", "audit_events": "owner_id"}.get(table.name, "user_id")
        owner = owner if owner in table.columns else "NULL::bigint"
        columns = ", ".join(f'"{column.name}"' for column in table.columns if column.name != SEEN)
        parts.append(
            f"SELECT '{table.name}', owner, md5(string_agg(whole, ',' ORDER BY whole))"
            f" FROM (SELECT {owner} AS owner, row({columns})::text AS whole FROM {table.name}) AS rows GROUP BY owner"
        )
    return " UNION ALL ".join(parts)
