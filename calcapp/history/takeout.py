"""What the search shows, to take along."""

from flask import Response, stream_with_context
from flask_login import current_user

from calcapp import throttle
from calcapp.history import bp
from calcapp.history.asked import asked_search
from calcapp.models.takeout import as_csv, as_json


@bp.get("/calculations.csv")
@throttle.limited("EXPORT")
def csv():
    return download(as_csv(current_user._get_current_object(), asked_search()), "text/csv", "calcapp.csv")


@bp.get("/calculations.json")
@throttle.limited("EXPORT")
def json():
    return download(as_json(current_user._get_current_object(), asked_search()), "application/json", "calcapp.json")


def download(pieces, kind: str, name: str) -> Response:
    """Sent piece by piece, so that neither a long tape nor a slow reader costs memory or a connection."""
    answer = Response(stream_with_context(pieces), mimetype=kind)
    answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer
