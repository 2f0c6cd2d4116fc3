"""Set up an authenticator app, get recovery codes, take both away."""

import io

import pyotp
import segno
from flask import flash, g, redirect, render_template, session, url_for
from flask_login import current_user
from flask_wtf import FlaskForm

from calcapp import logs, sealing
from calcapp.access import lately_confirmed
from calcapp.accounts import bp, mails, tries
from calcapp.accounts.logging_in import NOT_THIS_CODE, CodeForm
from calcapp.accounts.second_step import PURPOSE
from calcapp.extensions import db
from calcapp.models import Authenticator, Passkey, RecoveryCode
from calcapp.models.second_factor import step_of

SET_UP_WITHIN = 30 * 60  # seconds between seeing the picture and typing the first code


@bp.get("/account/second-factor")
def second_factor():
    return render_template(
        "accounts/second_factor.html",
        authenticator=Authenticator.of(current_user),
        codes_left=RecoveryCode.left(current_user),
        passkeys=db.session.scalars(Passkey.of(current_user)).all(),
        form=FlaskForm(),
    )


@bp.route("/account/second-factor/app", methods=["GET", "POST"])
@lately_confirmed
def set_up_app():
    """The secret waits, sealed, in the page's cookie, until a code proves that the app has it."""
    secret = sealing.unseal(session.get("new_secret", ""), PURPOSE, SET_UP_WITHIN)
    form = CodeForm()
    if secret and form.validate_on_submit():
        one = tries.proof_of(current_user)
        one.take()
        step = step_of(secret, form.code.data)
        if step is not None:
            one.was_right()
            return keep_app(secret, step)
        form.code.errors = [NOT_THIS_CODE]
    elif not secret:
        secret = pyotp.random_base32()
        session["new_secret"] = sealing.seal(secret, PURPOSE)
    status = 422 if form.is_submitted() else 200
    return render_template("accounts/set_up_app.html", form=form, secret=secret), status


def keep_app(secret: str, step: int):
    Authenticator.remove(current_user)
    sealed = sealing.seal(secret, PURPOSE)
    db.session.add(Authenticator(user_id=current_user.id, sealed_secret=sealed, last_step=step))
    session.pop("new_secret", None)
    logs.event("second_factor_added")
    mails.second_factor_changed(current_user.email, "An authenticator app was added to your account.")
    return show_new_codes()


@bp.post("/account/second-factor/codes")
@lately_confirmed
def new_codes():
    if Authenticator.of(current_user) is None:
        return redirect(url_for(".second_factor"), 303)
    logs.event("recovery_codes_renewed")
    return show_new_codes()


def show_new_codes():
    """They are shown on the next page, once."""
    codes = RecoveryCode.renew(current_user)
    g.login.confirm(strong=True)
    db.session.commit()
    session["codes"] = sealing.seal(" ".join(codes), "codes")
    return redirect(url_for(".recovery_codes"), 303)


@bp.get("/account/second-factor/codes")
def recovery_codes():
    text = sealing.unseal(session.pop("codes", ""), "codes", SET_UP_WITHIN)
    if text is None:
        return redirect(url_for(".second_factor"), 303)
    return render_template("accounts/recovery_codes.html", codes=text.split())


@bp.post("/account/second-factor/remove")
@lately_confirmed
def remove_second_factor():
    Authenticator.remove(current_user)
    logs.event("second_factor_removed")
    mails.second_factor_changed(current_user.email, "The authenticator app was taken from your account.")
    db.session.commit()
    flash("Your password alone lets you in now.")
    return redirect(url_for(".second_factor"), 303)


@bp.get("/account/second-factor/app.svg")
@lately_confirmed
def app_picture():
    """The QR code as a picture of its own, so that pages need no text that is called safe."""
    secret = sealing.unseal(session.get("new_secret", ""), PURPOSE, SET_UP_WITHIN)
    if secret is None:
        return redirect(url_for(".set_up_app"), 303)
    address = pyotp.TOTP(secret).provisioning_uri(name=current_user.email, issuer_name="Calcapp")
    picture = io.BytesIO()
    segno.make(address, error="m").save(picture, kind="svg", scale=5, border=4, light="#fff", xmldecl=False)
    return picture.getvalue(), {"Content-Type": "image/svg+xml; charset=utf-8"}
