"""An earlier record on the desk again: edit it, and let what depends on it follow."""

from flask import abort, flash, redirect, render_template, url_for
from flask_login import current_user

from calcapp.calculator import bp
from calcapp.calculator.desk import desk_page
from calcapp.calculator.forms import EditForm
from calcapp.engine import Mistake
from calcapp.extensions import db
from calcapp.models import Calculation
from calcapp.models.calculation import StaleEdit
from calcapp.models.recomputing import CannotFollow, recompute
from calcapp.models.wording import written


@bp.get("/calculations/<number:number>/edit")
def edit(number):
    record = living(number)
    return desk_page(EditForm(expression=typed(record), version=record.version), editing=record)


@bp.post("/calculations/<number:number>/edit")
def save(number):
    record = living(number)
    form = EditForm()
    if not form.validate_on_submit():
        return desk_page(form, 422, editing=record)
    try:
        Calculation.hold(current_user)
        record.rework(form.expression.data, owner=current_user, version=form.version.data, by=current_user)
        db.session.commit()
    except Mistake as mistake:
        db.session.rollback()
        form.reject(mistake)
        return desk_page(form, 422, editing=living(number))
    except StaleEdit:
        db.session.rollback()
        record = living(number)
        if record.expression != form.expression.data:  # or the same form was sent twice
            return render_template("calculator/stale.html", record=record, form=form), 409
    flash({"text": f"Saved #{number}.", "undo": url_for(".undo_edit", number=number)})
    return redirect(url_for(".desk", edited=number), 303)


@bp.post("/calculations/<number:number>/undo")
def undo_edit(number):
    """Let the record say again what it said before the last edit. The edit stays among its versions."""
    record = living(number)
    if not record.versions:
        abort(404)
    Calculation.hold(current_user)
    try:
        record.rework(record.versions[0].expression, owner=current_user, version=record.version, by=current_user)
    except Mistake as mistake:
        abort(422, f"#{number} cannot say again what it said: {mistake.message}")
    db.session.commit()
    flash(f"#{number} says again what it said before.")
    return redirect(url_for(".desk", edited=number), 303)


@bp.post("/calculations/<number:number>/recompute")
def let_follow(number):
    record = living(number)
    try:
        done = recompute(record, owner=current_user, by=current_user)
        db.session.commit()
    except CannotFollow as cannot:
        db.session.rollback()
        abort(422, str(cannot))
    except StaleEdit:
        db.session.rollback()
        abort(409)
    flash(f"Recomputed {counted(len(done))}: {', '.join(f'#{each}' for each in sorted(done)[:50])}.")
    return redirect(url_for(".desk", edited=number, done=1), 303)


def living(number: int) -> Calculation:
    """One's own record that is on the tape; 404 otherwise."""
    found = db.session.scalar(Calculation.numbered(current_user, number)) or abort(404)
    if found.deleted_at is not None:
        abort(404, f"#{number} was deleted. Restore it from Recently deleted to change it.")
    return found


def typed(record: Calculation) -> str:
    """The old text, in the way this person writes now."""
    same_way = record.decimal_comma == current_user.decimal_comma
    return record.expression if same_way else written(record.read, current_user)


def counted(many: int) -> str:
    return "1 calculation" if many == 1 else f"{many} calculations"
