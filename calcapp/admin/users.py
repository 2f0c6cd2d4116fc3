"""The people: who they are, what they may do, where they are logged in."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask_login import current_user

from calcapp.admin import bp
from calcapp.admin.forms import SearchForm, StandingForm
from calcapp.admin.paging import PAGE, asked_number, cut
from calcapp.extensions import db
from calcapp.models import Calculation, Session, User, act_as
from calcapp.models.user import LastAdministrator, StaleAccount


@bp.get("/users")
def users():
    search = SearchForm(formdata=request.args)
    found = User.everybody(search.q.data, before=asked_number("before"))
    page, more = cut(db.session.scalars(found.limit(PAGE + 1)).all())
    return render_template(
        "admin/users.html",
        page=page,
        sessions=Session.counted(page),
        search=search,
        next=page[-1].id if more else None,
    )


@bp.get("/users/<number:user_id>")
def user(user_id):
    return show(somebody(user_id))


@bp.post("/users/<number:user_id>/deactivate")
def deactivate(user_id):
    return change(user_id, User.deactivate, "{} is deactivated and logged out everywhere.")


@bp.post("/users/<number:user_id>/activate")
def activate(user_id):
    return change(user_id, User.activate, "{} may log in again.")


@bp.post("/users/<number:user_id>/promote")
def promote(user_id):
    return change(user_id, User.promote, "{} is an administrator now.")


@bp.post("/users/<number:user_id>/demote")
def demote(user_id):
    return change(user_id, User.demote, "{} is no longer an administrator.")


@bp.post("/users/<number:user_id>/end-sessions")
def end_sessions(user_id):
    return change(user_id, lambda found, _version: Session.end_all(found), "{} is logged out everywhere.")


def change(user_id, act, done):
    """Let the administrator act on somebody's account, for a reason."""
    found = somebody(user_id)
    form = StandingForm()
    if not form.validate_on_submit():
        return show(found, form), 422
    act_as(current_user.id, form.reason.data)
    try:
        act(found, form.version.data)
        db.session.commit()
    except StaleAccount:
        db.session.rollback()
        return render_template("admin/stale_user.html", user=somebody(user_id), wanted=wanted(), form=form), 409
    except LastAdministrator:
        db.session.rollback()
        abort(409, "This is the last administrator. Make somebody else an administrator first.")
    flash(done.format(found.email))
    return redirect(url_for(".user", user_id=user_id), 303)


def wanted() -> str:
    """What the button said: Deactivate, End sessions."""
    return request.endpoint.removeprefix("admin.").replace("_", " ").capitalize()


def show(found, form=None):
    return render_template(
        "admin/user.html",
        user=found,
        on_tape=db.session.scalar(Calculation.count_of(found)),
        sessions=db.session.scalars(Session.of(found)).all(),
        form=form or StandingForm(formdata=None, version=found.version),
    )


def somebody(user_id: int) -> User:
    return db.session.get(User, user_id, populate_existing=True) or abort(404)
