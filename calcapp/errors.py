"""One page for each failure: what happened, what to do, and what was typed."""

import re

from flask import current_app, g, render_template, request
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DBAPIError, OperationalError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.exceptions import HTTPException, InternalServerError, SecurityError, ServiceUnavailable

from calcapp import logs
from calcapp.extensions import db, login_manager

PAGES = {
    400: ("Something about this request is not right", "Go back, reload the page and try once more."),
    403: ("This is for administrators", "Your account may not see this page."),
    404: ("Nothing is here", "The page or record does not exist, or it is not yours."),
    405: ("That does not work here", "Go back and use the buttons of the page."),
    409: ("This was changed meanwhile", "Reload the page to see what it says now, then try again."),
    413: ("That is too much at once", "Send less than {at_most}."),
    422: ("There is a problem", "Go back, correct what is marked and try again."),
    429: ("Too many tries", "Wait a little, then try again."),
    500: ("Something broke on our side", "Nothing that was kept is lost. Try again in a moment."),
    503: ("The records cannot be reached just now", "Nothing that was kept is lost. Try again in a moment."),
}
NEVER_SHOWN = re.compile("password|code|token|secret|credential", re.IGNORECASE)
SEND_AGAIN = "Whether this was kept is not known. Press Try again: it will be kept once, never twice."
LOCK_NOT_AVAILABLE, QUERY_CANCELED = "55P03", "57014"


def init_app(app):
    app.register_error_handler(HTTPException, show)
    app.register_error_handler(CSRFError, expired_form)
    app.register_error_handler(DBAPIError, database_failed)
    app.register_error_handler(PoolTimeout, database_failed)
    app.register_error_handler(Exception, broke)
    app.teardown_appcontext(let_go)


def show(error):
    """The page of an HTTP error, without a look into the database, which may be what failed."""
    if isinstance(error, SecurityError):
        return "This server does not go by that name.\n", error.code, {"Content-Type": "text/plain"}
    g.setdefault("_login_user", login_manager.anonymous_user())  # or the page would ask who is there
    heading, advice = PAGES.get(error.code, (error.name, "Go back and try again."))
    own_words = error.description if error.description != type(error).description else None
    page = render_template(
        "errors/error.html",
        code=error.code,
        heading=heading,
        advice=own_words or advice.format(at_most=at_most()),
        typed=typed(),
    )
    headers = [pair for pair in error.get_headers() if pair[0] in {"Allow", "Retry-After"}]
    return page, error.code, headers


def at_most() -> str:
    """How much this page takes."""
    kilobytes = request.max_content_length // 1024
    return f"{kilobytes} kB" if kilobytes < 1024 else f"{kilobytes // 1024} MB"


def expired_form(error):
    logs.event("csrf_failed", route=request.endpoint)
    error.description = "This form is no longer valid: it was open in another log-in. Send it again from here."
    return show(error)


def database_failed(error):
    """503 where the database is away or busy, 500 where we asked it for nonsense."""
    db.session.rollback()
    state = getattr(getattr(error, "orig", None), "pgcode", None)
    away = isinstance(error, (OperationalError, PoolTimeout)) or getattr(error, "connection_invalidated", False)
    if away or state in {LOCK_NOT_AVAILABLE, QUERY_CANCELED}:
        current_app.logger.warning("database_failed", extra={"facts": {"why": type(error).__name__, "state": state}})
        advice = SEND_AGAIN if "key" in dict(typed()) else None  # perhaps the answer to COMMIT was lost
        return show(ServiceUnavailable(advice, retry_after=5))
    return broke(error)


def let_go(_error):
    """A connection that dies when the page is made already takes it not along: what was to stay is committed."""
    try:
        db.session.close()
    except SQLAlchemyError:
        db.session().invalidate()


def broke(error):
    if current_app.testing:
        raise error
    current_app.logger.exception("unhandled")
    db.session.rollback()
    return show(InternalServerError())


def typed():
    """What was sent and may be shown again, as (name, text); nothing of what another site has sent."""
    small = request.content_length is not None and request.content_length <= 64 * 1024
    if request.method != "POST" or not small or g.get("from_elsewhere"):
        return []
    try:
        return [
            (name, text)
            for name, text in request.form.items(multi=True)
            if not NEVER_SHOWN.search(name) and len(text) < 5000
        ]
    except HTTPException:
        return []
