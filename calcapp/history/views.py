"""One's own records, page by page."""

import re

from flask import abort, redirect, render_template, request, url_for
from flask_login import current_user

from calcapp.extensions import db
from calcapp.history import bp
from calcapp.models import Calculation

PAGE = 50


@bp.get("/calculations")
def tape():
    found = Calculation.of(current_user)
    if (before := asked_before()) is not None:
        found = found.where(Calculation.number < before)
    page = db.session.scalars(found.limit(PAGE + 1)).all()
    return render_template("history/tape.html", page=page[:PAGE], more=len(page) > PAGE, before=before)


def asked_before() -> int | None:
    """Where the page begins: below this number. 400 for what is no number."""
    text = request.args.get("before")
    if text is not None and not re.fullmatch("[1-9][0-9]{0,17}", text):
        abort(400, "The page's address is wrong: “before” takes a record's number.")
    return None if text is None else int(text)


@bp.get("/calculations/<number:number>")
def record(number):
    return render_template("history/record.html", record=own(number))


@bp.post("/calculations/<number:number>/delete")
def delete(number):
    found = own(number)
    if found.deleted_at is None:
        found.delete(by=current_user)
        db.session.commit()
    return redirect(url_for("history.tape"), 303)


@bp.post("/calculations/<number:number>/restore")
def restore(number):
    found = own(number)
    if found.removed_by_administrator:
        abort(403, "An administrator removed this record; only an administrator can restore it.")
    found.restore()
    db.session.commit()
    return redirect(url_for("history.record", number=number), 303)


def own(number: int) -> Calculation:
    """One's own record, or 404: another person's is not even addressed."""
    return db.session.scalar(Calculation.numbered(current_user, number)) or abort(404)
