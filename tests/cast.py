"""The people of the tests: Alice calculates, Bob is a stranger to her, Grace is an administrator."""

import uuid

from tests.page import Page

PASSWORD = "seven wooden abacuses"


class Person:
    """Somebody at a browser. Every page that comes back is inspected."""

    def __init__(self, app, email=None, user_id=None):
        self.app = app
        self.browser = app.test_client()
        self.email = email
        self.id = user_id
        self.page = None
        self.known_token = None

    def log_in(self):
        """Come back with a living session, without the cost of checking the password."""
        from calcapp.extensions import db
        from calcapp.models import Session, User

        with self.app.app_context():
            _, token = Session.begin(db.session.get(User, self.id), browser="test")
            db.session.commit()
        return self.hold(token)

    def hold(self, token):
        """Have the cookie of a session."""
        self.browser.set_cookie(self.app.config["LOGIN_COOKIE_NAME"], token)
        return self

    def send(self, method, path, **how):
        self.page = Page(self.browser.open(path, method=method, **how), f"{method} {path}")
        self.known_token = self.page.token or self.known_token
        return self.page

    def open(self, path):
        """Go to a page, and on to where it sends us."""
        page = self.send("GET", path)
        return self.open(page.location) if page.status == 303 else page

    def submit(self, button, **values):
        """Fill the form on the page that has this button, and send it. Stops at the answer, even a redirect."""
        form = self.page.form(button)
        if form.method == "GET":
            return self.send("GET", form.action.partition("?")[0], query_string=form.fill(**values))
        return self.send(form.method, form.action, data=form.fill(**values))

    def press(self, button, **values):
        """As `submit`, and on to where it sends us."""
        page = self.submit(button, **values)
        return self.open(page.location) if page.status == 303 else page

    def calculate(self, expression):
        """Type it at the desk and press Calculate; the page that follows."""
        if self.page is None or not self.page.has("Calculate"):
            self.open("/")
        return self.press("Calculate", Expression=expression)

    def post(self, path, **values):
        """Send a form by hand, with a token of the page that this person has."""
        return self.send("POST", path, data={"csrf_token": self.token(), **values})

    def token(self):
        """Of the last page with a form that this person saw; of the desk at first."""
        return self.known_token or self.send("GET", "/").token


def keep(app, person, expression, **columns):
    """A record of this person, made through the model; its number."""
    from calcapp.extensions import db
    from calcapp.models import Calculation, User, act_as

    with app.app_context():
        user = db.session.get(User, person.id)
        act_as(user.id)
        kept = Calculation.keep(expression, owner=user, key=uuid.uuid4())
        for name, value in columns.items():
            setattr(kept, name, value)
        number = kept.number
        db.session.commit()
        return number
