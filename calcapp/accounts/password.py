"""Change the password."""

from flask import flash, g, redirect, render_template, url_for
from flask_login import current_user
from flask_wtf import FlaskForm

from calcapp import logs
from calcapp.access import lately_confirmed
from calcapp.accounts import bp, mails, tries
from calcapp.accounts.fields import new_password_field, present_password_field
from calcapp.extensions import db
from calcapp.models import MailedLink, Session


class PasswordForm(FlaskForm):
    current_password = present_password_field("Current password")
    new_password = new_password_field("New password", email_of=lambda form: current_user.email)


@bp.route("/account/password", methods=["GET", "POST"])
@lately_confirmed
def change_password():
    form = PasswordForm()
    if form.validate_on_submit():
        one = tries.proof_of(current_user)
        one.take()
        if current_user.has_password(form.current_password.data):
            one.was_right()
            new_password(current_user, form.new_password.data, except_for=g.login)
            db.session.commit()
            flash("Your password is changed. Other devices are logged out.")
            return redirect(url_for(".account"), 303)
        logs.event("confirm_failed")
        form.current_password.errors = ["That is not your current password."]
    return render_template("accounts/password.html", form=form), 422 if form.is_submitted() else 200


def new_password(user, password: str, except_for: Session | None) -> None:
    """Set it, end every other session and every link that was mailed, and say so by mail."""
    user.set_password(password)
    Session.end_all(user, except_for=except_for)
    MailedLink.end_all(user)
    tries.forget_codes(user)
    logs.event("password_changed", account=user.id)
    mails.password_changed(user.email)
