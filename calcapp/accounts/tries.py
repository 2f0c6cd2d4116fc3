"""Tries to show who one is: counted before they are looked at, taken back where they were right."""

import secrets

from flask import current_app, request

from calcapp import sealing
from calcapp.models import ThrottleCount, User
from calcapp.models.throttle_count import key_of
from calcapp.throttle import WINDOWS, count, give_back, has_room, network, refuse

DEVICE_LASTS = 400 * 24 * 3600  # as long as browsers keep a cookie at all


class Try:
    """One try, counted in one or several ways: (limit, who)."""

    def __init__(self, *counted: tuple[str, str]):
        self.counted = counted

    def take(self) -> dict[str, int]:
        """Count it, before anything is looked at, so that tries at the same time count too; how many that makes."""
        counts = [(limit, *count(f"{limit} {who}", WINDOWS[limit])) for limit, who in self.counted]
        for limit, used, seconds in counts:
            if used > current_app.config["LIMITS"][limit]:
                refuse(limit, seconds)
        return {limit: used for limit, used, _ in counts}

    def was_right(self) -> None:
        """Take it back, unless there are many: to find a password right takes as long as to find it wrong."""
        if has_room("RIGHT", self.counted[0][1]):
            for limit, who in self.counted:
                give_back(limit, who)


def password_of(email: str) -> Try:
    """One try to log in to one account.

    Whoever logged in here before holds a sealed cookie and is counted alone: so a stranger can use up the
    account's tries, but never those of its owner's own browser.
    """
    if device := known_device(email):
        return Try(("LOG_IN", f"device {device}"))
    return Try(("LOG_IN", f"account {key_of(email).hex()}"), ("LOG_IN_ADDRESS", network()), ("LOG_IN_ALL", ""))


def proof_of(user: User, with_code=False) -> Try:
    """One try to prove again who one is, by whoever sits at a browser that is logged in."""
    who = f"confirm {user.id}"
    return Try(("LOG_IN", who), *([("CODE", who)] if with_code else []))


def code_of(user: User) -> Try:
    """One try at the second step, by who knows the password. Six digits are guessed in the end: few tries a day."""
    who = f"code {known_device(user.email) or user.id}"
    return Try(("LOG_IN", who), ("CODE", who))


def forget_codes(user: User) -> None:
    """With a new password the guessing is over, and whoever guessed keeps nobody out."""
    ThrottleCount.forget(f"CODE code {user.id}")


def known_device(email: str) -> str | None:
    """The name of this browser, if somebody has logged in to this account with it."""
    text = sealing.unseal(request.cookies.get(current_app.config["DEVICE_COOKIE_NAME"], ""), "device", DEVICE_LASTS)
    account, _, device = (text or "").partition(" ")
    return device if account == key_of(email).hex() else None


def remember_device(response, email: str) -> None:
    name = known_device(email) or secrets.token_hex(16)
    response.set_cookie(
        current_app.config["DEVICE_COOKIE_NAME"],
        sealing.seal(f"{key_of(email).hex()} {name}", "device"),
        max_age=DEVICE_LASTS,
        secure=current_app.config["HTTPS"],
        httponly=True,
        samesite="Lax",
        path="/",
    )
