"""Every person's records: find, edit, delete, restore; one by one or several."""

from flask import abort, flash, redirect, render_template, request, session, url_for
from flask_login import current_user
from sqlalchemy.orm import joinedload

from calcapp.admin import bp
from calcapp.admin.forms import EditForm, ReasonForm, SearchForm, TickedForm
from calcapp.admin.paging import PAGE, asked_record, cut, record_cursor
from calcapp.engine import Mistake
from calcapp.extensions import db
from calcapp.models import Calculation, act_as
from calcapp.models.calculation import LONGEST_REASON, StaleEdit


@bp.get("/")
def home():
    return redirect(url_for(".calculations"), 303)


@bp.get("/calculations")
def calculations():
    return listing(TickedForm(formdata=None))


def listing(ticked):
    search = SearchForm(formdata=request.args)
    found = Calculation.everybodys(
        search.q.data, owner=search.owner.data, state=search.state.data, before=asked_record()
    )
    page, more = cut(db.session.scalars(found.limit(PAGE + 1)).all())
    return render_template(
        "admin/calculations.html",
        page=page,
        next=record_cursor(page[-1]) if more else None,
        search=search,
        asked=asked(),
        form=ticked,
        ticked=set(ticked.records.data or ()),
        undo=session.pop("undo", None),
    )


def asked() -> dict[str, str]:
    """What the page's address asks for; a name that would mean something else to `url_for` is none of it."""
    return {name: request.args[name] for name in ("q", "owner", "state", "before") if name in request.args}


@bp.post("/calculations/delete")
def delete_several():
    form = TickedForm()
    if not form.validate_on_submit():
        return listing(form), 422
    delete_these(form.names, form.reason.data)
    return redirect(url_for(".calculations", **asked()), 303)


@bp.post("/calculations/restore")
def restore_several():
    form = TickedForm()
    if not form.validate_on_submit():
        return listing(form), 422
    restore_these(form.names, form.reason.data)
    return redirect(url_for(".calculations", **asked()), 303)


@bp.get("/calculations/<number:user_id>/<number:number>")
def record(user_id, number):
    return show(anyones(user_id, number))


@bp.post("/calculations/<number:user_id>/<number:number>/edit")
def edit(user_id, number):
    found = anyones(user_id, number)
    form = EditForm()
    if not form.validate_on_submit():
        return show(found, form=form), 422
    act_as(current_user.id, form.reason.data)
    try:
        found.rework(form.expression.data, owner=found.owner, version=form.version.data, by=current_user)
        db.session.commit()
    except Mistake as mistake:
        db.session.rollback()
        form.reject(mistake)
        return show(anyones(user_id, number), form=form), 422
    except StaleEdit:
        db.session.rollback()
        return render_template("admin/stale.html", record=anyones(user_id, number), form=form), 409
    flash(f"Saved #{number}.")
    return redirect(url_for(".record", user_id=user_id, number=number), 303)


@bp.post("/calculations/<number:user_id>/<number:number>/delete")
def delete(user_id, number):
    return change(user_id, number, delete_these)


@bp.post("/calculations/<number:user_id>/<number:number>/restore")
def restore(user_id, number):
    return change(user_id, number, restore_these)


def change(user_id, number, act):
    """Delete or restore one record, for a reason."""
    found = anyones(user_id, number)
    reason = ReasonForm()
    if not reason.validate_on_submit():
        return show(found, reason=reason), 422
    act([(user_id, number)], reason.reason.data)
    return redirect(url_for(".record", user_id=user_id, number=number), 303)


def delete_these(names, reason):
    act_as(current_user.id, reason)
    deleted = Calculation.delete_all(names, by=current_user)
    db.session.commit()
    if deleted:
        session["undo"] = {
            "records": [f"{owner}.{number}" for owner, number in deleted],
            "reason": f"Undone: {reason}"[:LONGEST_REASON],
        }
    else:
        flash("Nothing was deleted: somebody was faster.")


def restore_these(names, reason):
    act_as(current_user.id, reason)
    restored = Calculation.restore_all(names)
    db.session.commit()
    flash(f"{len(restored)} restored.")


def show(found, form=None, reason=None):
    """The page of one record, with its forms as they were sent or fresh."""
    shown = form or reason
    return render_template(
        "admin/record.html",
        record=found,
        form=form or EditForm(formdata=None, expression=found.expression, version=found.version),
        reason=reason or ReasonForm(formdata=None),
        mistakes=shown,
        undo=session.pop("undo", None),
    )


def anyones(user_id: int, number: int) -> Calculation:
    found = db.session.get(
        Calculation, (user_id, number), options=[joinedload(Calculation.owner)], populate_existing=True
    )
    return found or abort(404)
