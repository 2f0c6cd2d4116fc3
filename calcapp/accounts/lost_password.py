"""A new password by mail, for who has lost the old one."""

from flask import flash, redirect, render_template, session, url_for
from flask_wtf import FlaskForm

from calcapp import logs, throttle
from calcapp.access import public
from calcapp.accounts import bp, mails
from calcapp.accounts.fields import email_field, new_password_field
from calcapp.accounts.password import new_password
from calcapp.extensions import db
from calcapp.models import Authenticator, MailedLink, Passkey, User, act_as
from calcapp.models.mailed_link import RESET


class ForgotForm(FlaskForm):
    email = email_field()


class ResetForm(FlaskForm):
    new_password = new_password_field("New password", email_of=lambda form: form.email_of_account)
    email_of_account = ""


@bp.route("/password/forgot", methods=["GET", "POST"])
@public
def forgot_password():
    form = ForgotForm()
    if not form.validate_on_submit():
        return render_template("accounts/forgot.html", form=form), 422 if form.is_submitted() else 200
    throttle.take("RESET_ADDRESS", throttle.network())
    send_link(form.email.data)
    return redirect(url_for(".reset_sent"), 303)


def send_link(email: str) -> None:
    """To whoever has an account with this address; the page says the same to all.

    Above the limit nothing is sent, so that a stranger can neither flood a mailbox nor keep replacing the
    link that its owner is about to use.
    """
    if not throttle.has_room("RESET", email):
        return
    user = db.session.scalar(User.with_email(email))
    if user is None or not user.active:
        throttle.has_room("RESET", f"{email} nobody")  # one row written, as for a link: the time tells nothing
        logs.event("reset_unknown")
        return
    account, token = user.id, MailedLink.make(user, RESET, email)
    db.session.commit()
    logs.event("reset_sent", account=account)
    mails.reset_link(email, token)


@bp.get("/password/sent")
@public
def reset_sent():
    return render_template("accounts/reset_sent.html")


@bp.route("/password/reset/<string(length=43):token>", methods=["GET", "POST"])
@public
def reset_password(token):
    link = db.session.scalar(MailedLink.living(token, RESET))
    if link is None:
        return render_template("accounts/dead_link.html", again=url_for(".forgot_password")), 404
    form = ResetForm()
    form.email_of_account = link.user.email
    if not form.validate_on_submit():
        return render_template("accounts/reset.html", form=form), 422 if form.is_submitted() else 200
    user = link.user
    if not link.use_up():
        return render_template("accounts/dead_link.html", again=url_for(".forgot_password")), 404
    act_as(user.id)
    if user.email_verified_at is None:
        take_over(user)
    user.email_verified_at = db.func.now()
    new_password(user, form.new_password.data, except_for=None)
    db.session.commit()
    session["email"] = user.email
    flash("Your password is changed, and every device is logged out. Log in with the new one.")
    return redirect(url_for(".log_in"), 303)


def take_over(user: User) -> None:
    """Whose mailbox this is, is known only now. Whoever had registered the address without having it may have left a
    passkey or an app, to come back in after its owner has chosen a password."""
    Authenticator.remove(user)
    Passkey.remove_all(user)
