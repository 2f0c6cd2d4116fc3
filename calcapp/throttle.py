"""How often something may be tried. Counted in PostgreSQL, so that all workers and replicas count together."""

import functools
import ipaddress
import math
import time
from datetime import timedelta
from threading import Lock

from flask import current_app, request
from flask_login import current_user
from werkzeug.exceptions import TooManyRequests

from calcapp import logs
from calcapp.extensions import db
from calcapp.models import ThrottleCount

# How long each window is; how many tries it holds is a setting (LIMIT_LOG_IN and so on, see settings.limits).
WINDOWS = {
    "LOG_IN": timedelta(minutes=5),  # wrong ones, for each account, and for each device that was here before
    "LOG_IN_ADDRESS": timedelta(minutes=5),  # wrong ones, from each network address
    "LOG_IN_ALL": timedelta(minutes=5),  # wrong ones, all together
    "RIGHT": timedelta(minutes=5),  # right ones that do not count as tries: to look at each costs the same
    "CODE": timedelta(days=1),  # wrong codes after the right password, for each account and for each known device
    "REGISTER": timedelta(hours=1),  # from each address
    "RESET": timedelta(hours=1),  # mails to each account
    "RESET_ADDRESS": timedelta(hours=1),  # asked for from each address
    "CALCULATE": timedelta(minutes=1),  # for each person; for visitors, each address
    "PREVIEW": timedelta(minutes=1),  # as for CALCULATE; far more than anybody types
    "EXPORT": timedelta(minutes=1),  # for each person; imports too
}
HANDFUL = 30  # what is counted at once, where counting one by one would cost twice what the work itself does
REFUSED = -1
MOST_HANDS = 10_000
at_hand: dict[str, tuple[int, float]] = {}  # {who: (how many are left of a handful, until when)} in this process
AT_HAND_LOCK = Lock()
ONCE = timedelta(minutes=10)


def take(limit: str, who: str) -> None:
    """Count one try and keep it counted, whatever becomes of the request. 429 where it is one too many."""
    used, seconds = count(f"{limit} {who}", WINDOWS[limit])
    if used > current_app.config["LIMITS"][limit]:
        refuse(limit, seconds)


def count(name: str, window: timedelta, by: int = 1) -> tuple[int, float]:
    """One more, written down at once; who is there stays loaded."""
    session = db.session()
    expires, session.expire_on_commit = session.expire_on_commit, False
    try:
        counted = ThrottleCount.one_more(name, window, by)
        session.commit()
    finally:
        session.expire_on_commit = expires
    return counted


def has_room(limit: str, who: str) -> bool:
    """Count one try; False where it is one too many."""
    used, _ = count(f"{limit} {who}", WINDOWS[limit])
    return used <= current_app.config["LIMITS"][limit]


def give_back(limit: str, who: str) -> None:
    """The try was right: it does not count."""
    ThrottleCount.one_less(f"{limit} {who}")


def first_time(what: str) -> bool:
    """Whether this, which lives a few minutes at most, is brought for the first time."""
    used, _ = count(what, ONCE)
    return used == 1


def limited(limit: str, counting=take):
    """A view that may be used so often: by each person, or from each visitor's address."""

    def decorated(view):
        @functools.wraps(view)
        def counted(*args, **named):
            counting(limit, who_asks())
            return view(*args, **named)

        return counted

    return decorated


def who_asks() -> str:
    return f"user {current_user.id}" if current_user.is_authenticated else f"address {network()}"


def take_at_hand(limit: str, who: str) -> None:
    """As `take`, for what is done at every key: a handful is counted at once, and used up in this process.

    All processes together allow no more than `take` would, and the database is asked once in a while.
    """
    name, now = f"{limit} {who}", time.monotonic()
    with AT_HAND_LOCK:
        left, until = at_hand.get(name, (0, 0.0))
        if until > now and left:
            if left == REFUSED:
                refuse(limit, until - now)
            at_hand[name] = left - 1, until
            return
    used, seconds = count(name, WINDOWS[limit], by=HANDFUL)
    left = min(HANDFUL, current_app.config["LIMITS"][limit] - (used - HANDFUL))
    with AT_HAND_LOCK:
        if len(at_hand) >= MOST_HANDS:
            at_hand.clear()
        at_hand[name] = left - 1 if left > 0 else REFUSED, now + seconds
    if left <= 0:
        refuse(limit, seconds)


def refuse(limit: str, seconds: float) -> None:
    logs.event("throttled", limit=limit)
    wait = max(1, math.ceil(seconds))
    minutes = math.ceil(wait / 60)
    when = f"{wait} seconds" if wait < 60 else "a minute" if minutes == 1 else f"{minutes} minutes"
    raise TooManyRequests(f"That was tried too often. Try again in {when}.", retry_after=wait)


def network() -> str:
    """Who sends, as far as addresses tell. Of IPv6 the first half: the rest is each customer's own to choose."""
    try:
        address = ipaddress.ip_address(request.remote_addr or "")
    except ValueError:
        return "unknown"
    return str(ipaddress.ip_network((address, 64), strict=False)) if address.version == 6 else str(address)
