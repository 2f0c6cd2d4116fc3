"""Change the email address, and confirm that one's mail arrives there."""

from flask import flash, redirect, render_template, url_for
from flask_login import current_user
from flask_wtf import FlaskForm
from sqlalchemy.exc import IntegrityError

from calcapp import logs, throttle
from calcapp.access import lately_confirmed, open_to_leaving, public
from calcapp.accounts import bp, mails
from calcapp.accounts.fields import email_field
from calcapp.extensions import db
from calcapp.models import MailedLink, User, act_as
from calcapp.models.mailed_link import CHANGE, VERIFY


class AddressForm(FlaskForm):
    email = email_field("New email")


@bp.route("/account/email", methods=["GET", "POST"])
@lately_confirmed
def change_email():
    form = AddressForm()
    if not form.validate_on_submit():
        return render_template("accounts/email.html", form=form), 422 if form.is_submitted() else 200
    throttle.take("RESET", f"change {current_user.id}")
    new, old = form.email.data, current_user.email
    if db.session.scalar(User.with_email(new)) is None:
        mails.confirm_address(new, MailedLink.make(current_user, CHANGE, new))
        mails.address_will_change(old, new)
        logs.event("email_change_asked")
        db.session.commit()
    flash(f"A mail with a link is on its way to {new}. Your address changes when you open it.")
    return redirect(url_for(".account"), 303)


@bp.post("/account/email/verify")
def verify_email():
    throttle.take("RESET", f"verify {current_user.id}")
    mails.confirm_address(current_user.email, MailedLink.make(current_user, VERIFY, current_user.email))
    db.session.commit()
    flash(f"A mail with a link is on its way to {current_user.email}.")
    return redirect(url_for(".account"), 303)


@bp.route("/email/confirm/<string(length=43):token>", methods=["GET", "POST"])
@public
@open_to_leaving
def confirm_email(token):
    """Opening the link shows a button: programs that look at mails open links too."""
    link = db.session.scalar(MailedLink.living(token, VERIFY)) or db.session.scalar(MailedLink.living(token, CHANGE))
    if link is None:
        return render_template("accounts/dead_link.html", again=url_for(".account")), 404
    form = FlaskForm()
    if not form.validate_on_submit():
        return render_template("accounts/confirm_email.html", email=link.email, form=None)
    user, email = link.user, link.email
    act_as(user.id)
    changed = link.purpose == CHANGE
    if not link.use_up() or not take_address(user, email, changed):
        db.session.rollback()
        return render_template("accounts/dead_link.html", again=url_for(".account")), 404
    db.session.commit()
    flash(f"{email} is confirmed.")
    return redirect(url_for(".account"), 303)


def take_address(user: User, email: str, changed: bool) -> bool:
    """False where the address belongs to another account by now, or is no longer this one's."""
    old = user.email
    if not changed and old != email:
        return False
    user.email, user.email_verified_at = email, db.func.now()
    try:
        db.session.flush()
    except IntegrityError:
        return False
    if changed:
        MailedLink.end_all(user)
        logs.event("email_changed", account=user.id)
        mails.address_changed(old, email)
    return True
