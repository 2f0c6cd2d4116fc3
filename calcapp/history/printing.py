"""The tape on paper: what is ticked or found, with dates, and a total for each sheet."""

from flask import render_template, request
from flask_login import current_user

from calcapp.extensions import db
from calcapp.history import bp
from calcapp.history.asked import asked_search
from calcapp.history.bulk import ticked
from calcapp.models import Calculation
from calcapp.models.total import total

SHEET = 40
MOST = 2000


@bp.route("/calculations/print", methods=["GET", "POST"])
def paper():
    """GET prints what a search finds, POST what is ticked. Nothing is changed by it."""
    found = asked_search().query(current_user)
    if request.method == "POST":
        found = Calculation.of(current_user).where(Calculation.number.in_(ticked()))
    records = list(db.session.scalars(found.limit(MOST + 1)))
    shown = records[:MOST]
    sheets = [(sheet, total(sheet)) for sheet in map(list, cut(shown, SHEET))]
    return render_template(
        "history/paper.html",
        sheets=sheets,
        all=total(shown),
        many=len(shown),
        more=len(records) > MOST,
        search=asked_search(),
    )


def cut(records, size):
    return (records[start : start + size] for start in range(0, len(records), size))
