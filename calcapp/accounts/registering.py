"""Create an account."""

import uuid

from flask import flash, redirect, render_template, session, url_for
from flask_wtf import FlaskForm
from sqlalchemy.exc import IntegrityError

from calcapp import logs, throttle
from calcapp.access import public
from calcapp.accounts import bp, mails
from calcapp.accounts.fields import email_field, new_password_field
from calcapp.accounts.logging_in import enter
from calcapp.engine import Mistake
from calcapp.extensions import db
from calcapp.models import Calculation, MailedLink, User, act_as
from calcapp.models.mailed_link import VERIFY

TAKEN = "There is an account with this address. Log in, or use another address."


class RegisterForm(FlaskForm):
    email = email_field()
    password = new_password_field("Password", email_of=lambda form: form.email.data)


@bp.route("/register", methods=["GET", "POST"])
@public
def register():
    form = RegisterForm()
    if not form.validate_on_submit():
        return render_template("accounts/register.html", form=form), 422 if form.is_submitted() else 200
    throttle.take("REGISTER", throttle.network())
    user = User(email=form.email.data)
    user.set_password(form.password.data)
    try:
        db.session.add(user)
        db.session.flush()
    except IntegrityError:
        db.session.rollback()
        form.email.errors = [TAKEN]
        return render_template("accounts/register.html", form=form), 422
    return welcome(user)


def welcome(user: User):
    """The first log-in; what was worked out before becomes #1."""
    act_as(user.id)
    logs.event("registered", account=user.id)
    unkept = keep_visitors_calculation(user)
    if mails.are_sent():
        mails.confirm_address(user.email, MailedLink.make(user, VERIFY, user.email))
    response = redirect(url_for("calculator.desk"), 303)
    enter(response, user)
    if unkept:  # told after the log-in, which empties the page's session
        session["draft"] = unkept
        flash("Your calculation could not be kept yet. It is in the field: press Calculate.")
    db.session.commit()
    return response


def keep_visitors_calculation(user: User) -> str | None:
    """Keep what the visitor worked out as #1; the expression where that cannot be done, so that it is not lost."""
    visitor = session.get("visitor")
    if not visitor:
        return None
    try:
        Calculation.keep(visitor["expression"], owner=user, key=uuid.UUID(visitor["key"]))
    except (Mistake, ValueError):
        return visitor["expression"]
    return None
