"""How many people, how many records: from small tables and short ranges of indexes only."""

from flask import render_template

from calcapp.admin import bp
from calcapp.extensions import db
from calcapp.models import Calculation, Session, User

DAYS = 14


@bp.get("/figures")
def figures():
    return render_template(
        "admin/figures.html",
        people=db.session.execute(User.figures()).one(),
        logged_in=db.session.scalar(Session.living()),
        days=db.session.execute(Calculation.per_day(DAYS)).all(),
    )
