"""Who may come in. Everything is closed until a view is opened by name."""

import functools
import re
from urllib.parse import urlsplit

from flask import abort, current_app, flash, g, redirect, request, session, url_for
from flask_login import current_user
from flask_wtf.csrf import generate_csrf
from werkzeug.routing import BaseConverter

from calcapp import logs
from calcapp.extensions import db, login_manager
from calcapp.models import Session, User, act_as

READING = {"GET", "HEAD", "OPTIONS"}
NEEDS_NOBODY = {None, "static", "health.live", "health.ready"}
MESSAGES = 5  # the page's cookie has little room, and nobody reads more
ROOM = 3800  # browsers silently drop a cookie of more than 4,096 bytes, and with it the token of each form
GIVEN_UP_FIRST = {
    "draft": "That was too long to carry on without JavaScript.",
    "undo": "So many cannot be undone at once; restore them from the audit.",
    "visitor": "That was too long to remember for a visitor. Create an account to keep it.",
}


class NumberConverter(BaseConverter):
    """A whole number from 1 up that PostgreSQL's bigint can hold, in ASCII digits and in one spelling."""

    regex = "[1-9][0-9]{0,17}"

    def to_python(self, value):
        return int(value)


def asked_number(name: str) -> int | None:
    """A record's number from the page's address. 400 for what is no number."""
    asked = request.args.get(name)
    if asked is not None and not re.fullmatch(NumberConverter.regex, asked):
        abort(400, f"The page's address is wrong: “{name}” takes a record's number.")
    return None if asked is None else int(asked)


def public(view):
    """Open a view to visitors."""
    view.public = True
    return view


def open_to_leaving(view):
    """Open a view to who has asked for the account to be deleted; everything else waits for the change of mind."""
    view.open_to_leaving = True
    return view


def lately_confirmed(view):
    """Before credentials are changed, the person proves again to be the one who logged in, if that is long ago."""

    @functools.wraps(view)
    def confirmed(*args, **named):
        if g.login.confirmed_lately:
            return view(*args, **named)
        came_from = request.full_path.rstrip("?") if request.method == "GET" else urlsplit(request.referrer or "").path
        return redirect(url_for("accounts.confirm", next=came_from or None), 303)

    return confirmed


def init_app(app):
    login_manager.request_loader(who_is_there)
    login_manager.unauthorized_handler(send_to_log_in)
    app.before_request(refuse_other_sites)
    app.before_request(refuse_null_in_address)
    app.before_request(close_by_default)
    app.before_request(refuse_null_in_form)
    app.after_request(keep_the_page_small)


def refuse_null_in_address():
    refuse_null(request.path, *request.args.keys(), *request.args.values())


def refuse_null_in_form():
    """After the gate: of who may not come in nothing is read, least of all a large file."""
    if request.method == "POST":
        refuse_null(*request.form.keys(), *request.form.values())


def refuse_null(*parts):
    """PostgreSQL's text holds no NUL; nobody types one by accident."""
    if any("\0" in part for part in parts):
        abort(400, "There is a NUL character in what was sent. Take it out and try again.")


def refuse_other_sites():
    """A second lock beside the token of each form: what a browser says another site has sent is not read.

    Nor is it shown again with a fresh token and a button, for the person here to press in the other site's place.
    """
    if request.method in READING:
        return
    ours = {request.host, netloc_of(current_app.config["PUBLIC_URL"])}
    said = {netloc_of(request.headers[name]) for name in ("Origin", "Referer") if request.headers.get(name)}
    if request.headers.get("Sec-Fetch-Site") == "cross-site" or said - ours:
        g.from_elsewhere = True
        abort(400, "This was sent from another site. Open the page here and send it from there.")


def netloc_of(address: str) -> str:
    """Empty for what is no address, such as the origin that calls itself null."""
    try:
        return urlsplit(address).netloc
    except ValueError:
        return ""


def close_by_default():
    if request.endpoint in NEEDS_NOBODY:
        return None
    view = current_app.view_functions[request.endpoint]
    if not current_user.is_authenticated:
        return None if getattr(view, "public", False) else login_manager.unauthorized()
    if current_user.leaving_at and not getattr(view, "open_to_leaving", False):
        return redirect(url_for("accounts.leaving"), 303)
    return None


def only_administrators():
    """The gate of a blueprint: put it before each of its requests."""
    if not current_user.is_authenticated:
        return None
    if not current_user.is_admin:
        abort(403)
    if current_app.config["ADMIN_SECOND_FACTOR"] and not g.login.strong:
        flash("Administrators need a second factor here. Set it up, or log in with it.")
        return redirect(url_for("accounts.second_factor"), 303)
    return None


def who_is_there(incoming) -> User | None:
    """The person whose living session the cookie opens: one query, nothing for visitors."""
    token = incoming.cookies.get(current_app.config["LOGIN_COOKIE_NAME"])
    if not token:
        return None
    found = db.session.scalar(Session.opened_by(token))
    if found is None:
        return None
    g.login, user = found, found.user
    g.user_id = user.id  # for the log, which must not ask a database that is away
    if found.seen():
        db.session.commit()
    if incoming.method not in READING:
        act_as(user.id)
    return user


def send_to_log_in():
    came_for = request.full_path.rstrip("?") if request.method == "GET" else None
    return redirect(url_for("accounts.log_in", next=came_for), 303)


def let_in(response, user: User, *, remembered=False, strong=False):
    """Begin a session for this person and hand its token to the browser. Ends the one that was there.

    The page's own session is emptied, so that nothing planted before the log-in survives it. Who was deactivated, or
    whose password was changed, between the look at it and now is not let in.
    """
    if not user.is_unchanged():
        abort(409, "Your account was changed at this very moment. Log in again.")
    if "login" in g:
        g.login.end()
    begun, token = Session.begin(
        user,
        remembered=remembered,
        strong=strong,
        browser=request.user_agent.string,
        address=request.remote_addr or "",
    )
    session.clear()
    g.pop("csrf_token", None)  # made for the page's session that has just ended
    generate_csrf()
    logs.event("log_in", account=user.id, strong=strong, remembered=remembered)
    response.set_cookie(
        current_app.config["LOGIN_COOKIE_NAME"],
        token,
        max_age=90 * 24 * 3600 if remembered else None,
        secure=current_app.config["HTTPS"],
        httponly=True,
        samesite="Lax",
        path="/",
    )
    return begun


def see_off(response):
    """End this session, in the database and in the browser."""
    if "login" in g:
        logs.event("log_out")
        g.login.end()
    session.clear()
    response.delete_cookie(
        current_app.config["LOGIN_COOKIE_NAME"],
        secure=current_app.config["HTTPS"],
        httponly=True,
        samesite="Lax",
        path="/",
    )
    response.headers["Clear-Site-Data"] = '"cache"'


def keep_the_page_small(response):
    if len(session.get("_flashes", ())) > MESSAGES:
        session["_flashes"] = session["_flashes"][-MESSAGES:]
    if not session.modified:
        return response
    signed = current_app.session_interface.get_signing_serializer(current_app)
    for name, sentence in GIVEN_UP_FIRST.items():
        if name in session and len(signed.dumps(dict(session))) > ROOM:
            del session[name]
            flash(sentence)
    return response


def safe_return(target: str | None, otherwise: str = "calculator.desk") -> str:
    """Where to go after logging in: a path of this site, or the desk.

    Only what starts with one slash and goes on with plain characters is a path to every browser; backslashes,
    control characters and a second slash lead away from the site in some.
    """
    plain = target and target.startswith("/") and not target.startswith(("//", "/\\"))
    if plain and "\\" not in target and all(" " < character < "\x7f" for character in target):
        return target
    return url_for(otherwise)
