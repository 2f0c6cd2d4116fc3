"""One's account at a glance, and the page where people prove again who they are."""

from flask import g, redirect, render_template, request
from flask_login import current_user
from flask_wtf import FlaskForm
from wtforms import PasswordField, StringField

from calcapp import logs
from calcapp.access import safe_return
from calcapp.accounts import bp, mails, tries
from calcapp.accounts.fields import NotTooLong
from calcapp.accounts.second_step import is_right
from calcapp.extensions import db
from calcapp.models import Authenticator, Passkey, Session


class ConfirmForm(FlaskForm):
    """The password, or a code where there is a second factor."""

    password = PasswordField("Password", validators=[NotTooLong()])
    code = StringField("Code from your app", filters=[lambda text: (text or "").strip()[:40]])


@bp.get("/account")
def account():
    return render_template(
        "accounts/account.html",
        sessions=len(db.session.scalars(Session.living_of(current_user)).all()),
        authenticator=Authenticator.of(current_user),
        passkeys=len(db.session.scalars(Passkey.of(current_user)).all()),
        mails_are_sent=mails.are_sent(),
    )


@bp.route("/account/confirm", methods=["GET", "POST"])
def confirm():
    form = ConfirmForm()
    has_code = Authenticator.of(current_user) is not None
    if not has_code:
        del form.code
    if form.validate_on_submit():
        brings_code = has_code and bool(form.code.data)
        one = tries.proof_of(current_user, with_code=brings_code)
        one.take()
        strong = brings_code and is_right(current_user, form.code.data)
        if strong or (form.password.data and current_user.has_password(form.password.data)):
            one.was_right()
            g.login.confirm(strong=strong)
            db.session.commit()
            return redirect(safe_return(request.args.get("next"), "accounts.account"), 303)
        logs.event("confirm_failed")
        form.password.errors = ["That is not right."]
    return render_template("accounts/confirm.html", form=form), 422 if form.is_submitted() else 200
