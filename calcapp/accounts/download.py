"""Everything that is kept about a person, as files: JSON that another server can import, and CSV."""

import json
from collections.abc import Iterator

from flask import Response, stream_with_context
from flask_login import current_user

from calcapp import throttle
from calcapp.access import open_to_leaving
from calcapp.accounts import bp
from calcapp.extensions import db
from calcapp.models import Passkey, Session
from calcapp.models.search import Search
from calcapp.models.takeout import as_csv, as_json


@bp.get("/account/download.json")
@open_to_leaving
@throttle.limited("EXPORT")
def download():
    return attached(everything(current_user._get_current_object()), "application/json", "calcapp-account.json")


@bp.get("/account/download.csv")
@open_to_leaving
@throttle.limited("EXPORT")
def download_csv():
    return attached(as_csv(current_user._get_current_object(), Search()), "text/csv", "calcapp.csv")


def attached(pieces: Iterator[str], kind: str, name: str) -> Response:
    answer = Response(stream_with_context(pieces), mimetype=kind)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def everything(user) -> Iterator[str]:
    """The tape as it is exported, with the account in its first line, which an import passes over."""
    account = json.dumps(about(user), ensure_ascii=False)
    tape = as_json(user)
    yield account[:-1] + "," + next(tape)[1:]
    yield from tape


def about(user) -> dict[str, object]:
    """The account, its sessions and its passkeys, without what only the server may know."""
    return {
        "account": {"email": user.email, "role": user.role, "since": user.created_at.isoformat()},
        "preferences": {
            name: getattr(user, name)
            for name in ("decimal_comma", "digits", "angle_unit", "date_style", "time_zone", "keep_history")
        },
        "sessions": [
            {
                "browser": session.browser,
                "address": session.address,
                "since": session.created_at.isoformat(),
                "last_seen": session.last_seen_at.isoformat(),
            }
            for session in db.session.scalars(Session.of(user))
        ],
        "passkeys": [
            {"name": passkey.name, "since": passkey.created_at.isoformat()}
            for passkey in db.session.scalars(Passkey.of(user))
        ],
    }
