"""Register, log in, log out."""

import uuid

from flask import flash, redirect, render_template, request, session, url_for
from flask_login import current_user
from sqlalchemy.exc import IntegrityError

from calcapp.access import let_in, public, safe_return, see_off
from calcapp.accounts import bp
from calcapp.accounts.forms import LogInForm, RegisterForm
from calcapp.engine import Mistake
from calcapp.extensions import db
from calcapp.models import Calculation, User, act_as
from calcapp.models.user import check_password

NOT_THESE = "The email address or the password is not right."


@bp.before_request
def already_in():
    """Who is logged in has no use for the pages that lead in."""
    if request.endpoint in {"accounts.register", "accounts.log_in"} and current_user.is_authenticated:
        return redirect(url_for("calculator.desk"), 303)
    return None


@bp.route("/register", methods=["GET", "POST"])
@public
def register():
    form = RegisterForm()
    if not form.validate_on_submit():
        return render_template("accounts/register.html", form=form), 422 if form.is_submitted() else 200
    user = User(email=form.email.data)
    user.set_password(form.password.data)
    try:
        db.session.add(user)
        db.session.flush()
    except IntegrityError:
        db.session.rollback()
        form.email.errors = ["There is an account with this address. Log in, or use another address."]
        return render_template("accounts/register.html", form=form), 422
    act_as(user.id)
    keep_visitors_calculation(user)
    response = redirect(url_for("calculator.desk"), 303)
    let_in(response, user)
    db.session.commit()
    return response


def keep_visitors_calculation(user: User) -> None:
    """What a visitor worked out before registering becomes #1."""
    visitor = session.get("visitor")
    if not visitor:
        return
    try:
        Calculation.keep(visitor["expression"], owner=user, key=uuid.UUID(visitor["key"]))
    except (Mistake, ValueError):
        flash("Your calculation could not be kept. Type it once more.")


@bp.route("/login", methods=["GET", "POST"])
@public
def log_in():
    form = LogInForm()
    if not form.validate_on_submit():
        return render_template("accounts/log_in.html", form=form), 422 if form.is_submitted() else 200
    user = db.session.scalar(User.with_email(form.email.data))
    fits = check_password(user.password_hash if user else None, form.password.data)
    if not fits or not user.active:
        form.password.errors = [NOT_THESE]
        return render_template("accounts/log_in.html", form=form), 422
    response = redirect(safe_return(request.args.get("next")), 303)
    let_in(response, user, remembered=form.remember.data)
    db.session.commit()
    return response


@bp.post("/logout")
def log_out():
    response = redirect(url_for("accounts.log_in"), 303)
    see_off(response)
    db.session.commit()
    return response
