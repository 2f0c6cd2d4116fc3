"""Every person's records: see, edit, delete, restore; and the audit of it."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask_login import current_user
from sqlalchemy.orm import joinedload

from calcapp.admin import bp
from calcapp.admin.forms import EditForm, ReasonForm
from calcapp.engine import Mistake
from calcapp.extensions import db
from calcapp.models import AuditEvent, Calculation, act_as
from calcapp.models.calculation import StaleEdit

PAGE = 50


@bp.get("/")
def home():
    return redirect(url_for(".calculations"), 303)


@bp.get("/calculations")
def calculations():
    page = db.session.scalars(Calculation.everybodys().limit(PAGE)).all()
    return render_template("admin/calculations.html", page=page)


@bp.get("/calculations/<number:user_id>/<number:number>")
def record(user_id, number):
    found = anyones(user_id, number)
    form = EditForm(expression=found.expression, version=found.version)
    return render_template("admin/record.html", record=found, form=form, reason=ReasonForm())


@bp.post("/calculations/<number:user_id>/<number:number>/edit")
def edit(user_id, number):
    found = anyones(user_id, number)
    form = EditForm()
    if form.validate_on_submit():
        act_as(current_user.id, form.reason.data)
        try:
            found.rework(form.expression.data, owner=found.owner, version=form.version.data, by=current_user)
            db.session.commit()
            flash(f"Saved #{number}.")
            return redirect(url_for(".record", user_id=user_id, number=number), 303)
        except Mistake as mistake:
            db.session.rollback()
            form.reject(mistake)
            found = anyones(user_id, number)
        except StaleEdit:
            db.session.rollback()
            found = anyones(user_id, number)
            return render_template("admin/stale.html", record=found, form=form), 409
    return render_template("admin/record.html", record=found, form=form, reason=ReasonForm(formdata=None)), 422


@bp.post("/calculations/<number:user_id>/<number:number>/delete")
def delete(user_id, number):
    return change(user_id, number, lambda found: found.delete(by=current_user), "Deleted")


@bp.post("/calculations/<number:user_id>/<number:number>/restore")
def restore(user_id, number):
    return change(user_id, number, lambda found: found.restore(), "Restored")


def change(user_id, number, act, done):
    """Delete or restore, for a reason."""
    found = anyones(user_id, number)
    reason = ReasonForm()
    if not reason.validate_on_submit():
        form = EditForm(formdata=None, expression=found.expression, version=found.version)
        return render_template("admin/record.html", record=found, form=form, reason=reason), 422
    act_as(current_user.id, reason.reason.data)
    act(found)
    db.session.commit()
    flash(f"{done} #{number}.")
    return redirect(url_for(".record", user_id=user_id, number=number), 303)


@bp.get("/audit")
def audit():
    before = request.args.get("before", type=int)
    return render_template("admin/audit.html", events=db.session.scalars(AuditEvent.newest(before).limit(PAGE)).all())


def anyones(user_id: int, number: int) -> Calculation:
    found = db.session.get(Calculation, (user_id, number), options=[joinedload(Calculation.owner)])
    return found or abort(404)
