"""Where one is logged in, and how to end that."""

from flask import abort, flash, g, redirect, render_template, url_for
from flask_login import current_user

from calcapp import logs
from calcapp.accounts import bp
from calcapp.extensions import db
from calcapp.models import Session


@bp.get("/account/sessions")
def sessions():
    living = db.session.scalars(Session.living_of(current_user)).all()
    return render_template("accounts/sessions.html", sessions=living, here=g.login.id)


@bp.post("/account/sessions/<uuid:session_id>/end")
def end_session(session_id):
    if not Session.end_one(current_user, session_id):
        abort(404)
    logs.event("session_ended")
    db.session.commit()
    flash("That device is logged out.")
    return redirect(url_for(".sessions"), 303)


@bp.post("/account/sessions/end-others")
def end_other_sessions():
    Session.end_all(current_user, except_for=g.login)
    logs.event("other_sessions_ended")
    db.session.commit()
    flash("All other devices are logged out.")
    return redirect(url_for(".sessions"), 303)
