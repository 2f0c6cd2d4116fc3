"""Log in, with a code where there is a second factor, and log out."""

import hashlib
import json

from flask import redirect, render_template, request, session, url_for
from flask_login import current_user
from flask_wtf import FlaskForm
from wtforms import BooleanField, StringField
from wtforms.validators import InputRequired, Length

from calcapp import logs, sealing
from calcapp.access import let_in, open_to_leaving, public, safe_return, see_off
from calcapp.accounts import bp, mails, tries
from calcapp.accounts.fields import present_password_field, tidy_email
from calcapp.accounts.second_step import is_right
from calcapp.extensions import db
from calcapp.models import Authenticator, User, act_as
from calcapp.models.password import check_password

NOT_THESE = "The email address or the password is not right."
NOT_THIS_CODE = "That code is not right, or was used before. Wait for the next one."
HALF_IN_FOR = 10 * 60  # seconds between the password and the code
SUSPICIOUS = 10  # wrong codes in a day; nobody mistypes so many
WAYS_IN = {"accounts.register", "accounts.log_in", "accounts.log_in_code"}


class LogInForm(FlaskForm):
    email = StringField("Email", filters=[tidy_email], validators=[InputRequired("Enter your email address.")])
    password = present_password_field()
    remember = BooleanField("Remember me on this device")


class CodeForm(FlaskForm):
    code = StringField(
        "Code",
        filters=[lambda text: (text or "").strip()],
        validators=[InputRequired("Enter the code."), Length(max=40, message="A code is shorter than that.")],
    )


@bp.before_request
def already_in():
    """Who is logged in has no use for the pages that lead in."""
    if request.endpoint in WAYS_IN and current_user.is_authenticated:
        return redirect(url_for("calculator.desk"), 303)
    return None


@bp.route("/login", methods=["GET", "POST"])
@public
def log_in():
    form = LogInForm(email=session.pop("email", None))
    if not form.validate_on_submit():
        return render_template("accounts/log_in.html", form=form), 422 if form.is_submitted() else 200
    one = tries.password_of(form.email.data)
    one.take()
    user = db.session.scalar(User.with_email(form.email.data))
    fits = check_password(user.password_hash if user else None, form.password.data)
    if not fits or not user.active:
        logs.event("log_in_failed", account=user.id if user else None)
        form.password.errors = [NOT_THESE]
        return render_template("accounts/log_in.html", form=form), 422
    one.was_right()
    act_as(user.id)
    user.renew_hash(form.password.data)
    return go_on(user, form)


def go_on(user: User, form: LogInForm):
    """In, or to the second step."""
    if Authenticator.of(user):
        half = {"user": user.id, "remember": form.remember.data, "hash": fingerprint(user)}
        session["half_in"] = sealing.seal(json.dumps(half), "half in")
        response = redirect(url_for(".log_in_code", next=request.args.get("next")), 303)
    else:
        response = redirect(safe_return(request.args.get("next")), 303)
        enter(response, user, remembered=form.remember.data)
    db.session.commit()
    return response


@bp.route("/login/code", methods=["GET", "POST"])
@public
def log_in_code():
    user, remembered = half_in()
    if user is None:
        return redirect(url_for(".log_in", next=request.args.get("next")), 303)
    form = CodeForm()
    if form.validate_on_submit():
        one = tries.code_of(user)
        tried = one.take()["CODE"]
        if is_right(user, form.code.data):
            one.was_right()
            response = redirect(safe_return(request.args.get("next")), 303)
            enter(response, user, remembered=remembered, strong=True)
            db.session.commit()
            return response
        logs.event("code_failed", account=user.id)
        if tried == SUSPICIOUS:
            mails.codes_are_guessed(user.email)
        form.code.errors = [NOT_THIS_CODE]
    return render_template("accounts/log_in_code.html", form=form), 422 if form.is_submitted() else 200


def half_in() -> tuple[User | None, bool]:
    """Who has typed the right password a moment ago, if it is still the password; and whether to remember."""
    text = sealing.unseal(session.get("half_in", ""), "half in", HALF_IN_FOR)
    half = json.loads(text) if text else {"user": None, "remember": False}
    user = db.session.get(User, half["user"]) if half["user"] else None
    valid = user is not None and user.active and half["hash"] == fingerprint(user)
    return (user if valid else None), half["remember"]


def fingerprint(user: User) -> str:
    """Changes with the password."""
    return hashlib.sha256(user.password_hash.encode()).hexdigest()[:16]


def enter(response, user: User, *, remembered=False, strong=False) -> None:
    """Begin the session, and know this browser again at the next log-in."""
    let_in(response, user, remembered=remembered, strong=strong)
    tries.remember_device(response, user.email)


@bp.post("/logout")
@open_to_leaving
def log_out():
    response = redirect(url_for("accounts.log_in"), 303)
    see_off(response)
    db.session.commit()
    return response
