"""What happened, one JSON object a line: who, what, when, in which request. No secret and no expression."""

import json
import logging
import re
import select
import sys
import traceback
import uuid
from datetime import UTC, datetime

from flask import current_app, g, has_request_context, request

REQUEST_ID = re.compile("[A-Za-z0-9-]{8,64}")
DENIED = {403, 404}
INNERMOST = 20  # places of an exception: the line stays so short that a pipe takes it whole
EVENTS = logging.getLogger("calcapp.security")


def init_app(app):
    logger = logging.getLogger("calcapp")
    EVENTS.setLevel(logging.INFO)
    if not any(isinstance(handler, Lines) for handler in logger.handlers):
        logger.addHandler(Lines())
    app.before_request(name_request)
    app.after_request(note_answer)


def event(name: str, **facts) -> None:
    """A security event. The facts are ours to choose: never what somebody typed, never a token."""
    EVENTS.info(name, extra={"facts": facts})


def request_id() -> str | None:
    return g.get("request_id") if has_request_context() else None


def name_request():
    """The proxy's name for this request, where there is a proxy; else one of our own."""
    given = request.headers.get("X-Request-Id", "")
    behind_proxy = current_app.config["PROXY_COUNT"] > 0
    g.request_id = given if behind_proxy and REQUEST_ID.fullmatch(given) else uuid.uuid4().hex


def note_answer(response):
    """What no view needs to remember to write down: refused looks into other rooms, and acts of administrators."""
    response.headers["X-Request-Id"] = request_id() or uuid.uuid4().hex
    if request.endpoint and "login" in g:
        if response.status_code in DENIED:
            event("authz_denied", route=request.endpoint, status=response.status_code, object=numbers_asked_for())
        elif request.blueprint == "admin" and request.method == "POST" and response.status_code == 303:
            event("admin_act", route=request.endpoint, object=numbers_asked_for())
    return response


def numbers_asked_for() -> dict[str, object]:
    """Which record, person or log-in the address names; never a token that opens something, nor a name of one's own."""
    return {name: value for name, value in (request.view_args or {}).items() if isinstance(value, (int, uuid.UUID))}


class Lines(logging.Handler):
    """Writes to standard error, as it is at that moment. A line that would have to wait for room there is left out,
    and counted in the next: nobody's request waits for whoever reads the log."""

    left_out = 0

    def emit(self, record):
        try:
            if not has_room(sys.stderr):
                self.left_out += 1
                return
            missing = {"left_out": self.left_out} if self.left_out else {}
            sys.stderr.write(line_of(record, **missing) + "\n")
            sys.stderr.flush()
            self.left_out -= missing.get("left_out", 0)
        except Exception:  # a log that cannot be written must not fail the request
            self.handleError(record)


def has_room(stream) -> bool:
    """For a line of usual length. What is no file of the system's always has."""
    try:
        return bool(select.select([], [stream], [], 0)[1])
    except (OSError, ValueError):
        return True


def line_of(record: logging.LogRecord, **more) -> str:
    """A record as JSON. Of an exception its kind and places, not its message, which may repeat what was typed."""
    line = {
        "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
        "level": record.levelname.lower(),
        "event": record.getMessage(),
        "request": request_id(),
    }
    if has_request_context():
        line |= {"address": request.remote_addr, "user": g.get("user_id")}
    line |= getattr(record, "facts", {}) | more
    if record.exc_info and record.exc_info[0]:
        kind, _, trace = record.exc_info
        line["error"] = f"{kind.__module__}.{kind.__qualname__}"
        line["at_lines"] = [f"{f.filename}:{f.lineno} {f.name}" for f in traceback.extract_tb(trace)[-INNERMOST:]]
    return json.dumps(line, ensure_ascii=True, default=str)
