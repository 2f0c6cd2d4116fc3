"""Everything that is kept about a person, as one file."""

import json

from flask import Response
from flask_login import current_user

from calcapp import throttle
from calcapp.access import open_to_leaving
from calcapp.accounts import bp
from calcapp.extensions import db
from calcapp.models import Calculation, Passkey, Session

SAYS = ("number", "expression", "read", "answer", "exact", "value", "certainty", "unit", "note", "starred")


@bp.get("/account/download.json")
@open_to_leaving
@throttle.limited("EXPORT")
def download():
    records = db.session.scalars(Calculation.of(current_user)).all()
    whole = about(current_user) | {"records": [{name: getattr(record, name) for name in SAYS} for record in records]}
    answer = Response(json.dumps(whole, ensure_ascii=False, default=str), mimetype="application/json")
    answer.headers["Content-Disposition"] = 'attachment; filename="calcapp-account.json"'
    return answer


def about(user) -> dict[str, object]:
    """The account, its sessions and its passkeys, without what only the server may know."""
    kept = db.session.scalars(Session.of(user)).all()
    passkeys = db.session.scalars(Passkey.of(user)).all()
    return {
        "account": {"email": user.email, "role": user.role, "since": user.created_at.isoformat()},
        "sessions": [
            {
                "browser": session.browser,
                "address": session.address,
                "since": session.created_at.isoformat(),
                "last_seen": session.last_seen_at.isoformat(),
            }
            for session in kept
        ],
        "passkeys": [{"name": passkey.name, "since": passkey.created_at.isoformat()} for passkey in passkeys],
    }
