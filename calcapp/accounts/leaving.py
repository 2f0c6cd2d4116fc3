"""Take everything along, and leave for good: after seven days to think it over."""

from flask import flash, redirect, render_template, url_for
from flask_login import current_user
from flask_wtf import FlaskForm

from calcapp import logs
from calcapp.access import open_to_leaving, public, see_off
from calcapp.accounts import bp, mails, tries
from calcapp.accounts.fields import present_password_field
from calcapp.extensions import db
from calcapp.models import MailedLink, Session, act_as
from calcapp.models.mailed_link import STAY
from calcapp.models.user import LastAdministrator


class LeaveForm(FlaskForm):
    password = present_password_field()


@bp.route("/account/leave", methods=["GET", "POST"])
def leave():
    form = LeaveForm()
    if form.validate_on_submit():
        one = tries.proof_of(current_user)
        one.take()
        if current_user.has_password(form.password.data):
            one.was_right()
            try:
                return go()
            except LastAdministrator:
                form.password.errors = ["You are the last administrator. Make somebody else one first."]
                return render_template("accounts/leave.html", form=form), 409
        logs.event("confirm_failed")
        form.password.errors = ["That is not your password."]
    return render_template("accounts/leave.html", form=form), 422 if form.is_submitted() else 200


def go():
    current_user.leave()
    logs.event("leaving")
    MailedLink.end_all(current_user)
    mails.leaving(current_user.email, MailedLink.make(current_user, STAY, current_user.email))
    Session.end_all(current_user)
    response = redirect(url_for(".log_in"), 303)
    see_off(response)
    db.session.commit()
    flash("Your account and all its records will be deleted in 7 days. Log in before then to keep them.")
    return response


@bp.get("/account/leaving")
@open_to_leaving
def leaving():
    if not current_user.leaving_at:
        return redirect(url_for(".account"), 303)
    return render_template("accounts/leaving.html")


@bp.post("/account/stay")
@open_to_leaving
def stay():
    return keep(current_user)


@bp.route("/stay/<string(length=43):token>", methods=["GET", "POST"])
@public
@open_to_leaving
def stay_by_mail(token):
    link = db.session.scalar(MailedLink.living(token, STAY))
    if link is None:
        return render_template("accounts/dead_link.html", again=url_for(".log_in")), 404
    form = FlaskForm()
    if not form.validate_on_submit():
        return render_template("accounts/stay.html", form=None)
    act_as(link.user.id)
    return keep(link.user)


def keep(user):
    user.stay()
    MailedLink.end(user, STAY)
    logs.event("stays", account=user.id)
    db.session.commit()
    flash("Your account stays, with everything in it.")
    return redirect(url_for(".account"), 303)
