"""Passkeys: add one, log in with one, remove one. The only pages here that need a script."""

from flask import abort, flash, g, jsonify, redirect, render_template, request, url_for
from flask_login import current_user
from flask_wtf import FlaskForm
from sqlalchemy.exc import IntegrityError
from wtforms import StringField
from wtforms.validators import InputRequired, Length

from calcapp import logs, throttle
from calcapp.access import lately_confirmed, public, safe_return
from calcapp.accounts import bp, ceremony, mails
from calcapp.accounts.logging_in import enter
from calcapp.extensions import db
from calcapp.models import Passkey
from calcapp.models.passkey import LONGEST_NAME

NOT_THIS_PASSKEY = "That passkey is not known here. Use another, or your password."
NOT_KEPT = "The passkey could not be kept. Reload the page and try again."


class PasskeyForm(FlaskForm):
    name = StringField(
        "Name",
        filters=[lambda text: " ".join((text or "").split())],
        validators=[
            InputRequired("Give it a name, such as My phone."),
            Length(max=LONGEST_NAME, message=f"Use at most {LONGEST_NAME} characters."),
        ],
    )
    credential = StringField(validators=[InputRequired("Use the button; it needs JavaScript.")])


@bp.app_context_processor
def what_pages_ask():
    return {"passkeys_are_possible": ceremony.is_possible}


@bp.route("/account/passkeys", methods=["GET", "POST"])
@lately_confirmed
def passkeys():
    form = PasskeyForm()
    if form.validate_on_submit():
        made = ceremony.made_by(current_user, form.name.data, form.credential.data)
        if made is not None and is_new(made):
            return keep(made)
        form.name.errors = [NOT_KEPT]
    kept = db.session.scalars(Passkey.of(current_user)).all()
    options = ceremony.asks_for_a_new_one(current_user, kept)
    status = 422 if form.is_submitted() else 200
    return render_template("accounts/passkeys.html", form=form, kept=kept, options=options), status


def is_new(passkey: Passkey) -> bool:
    """Write it down, unless it belongs to somebody already."""
    try:
        with db.session.begin_nested():
            db.session.add(passkey)
    except IntegrityError:
        return False
    return True


def keep(passkey: Passkey):
    g.login.confirm(strong=True)
    logs.event("passkey_added")
    mails.second_factor_changed(current_user.email, f"The passkey {passkey.name} was added to your account.")
    flash(f"You can log in with {passkey.name} now.")
    db.session.commit()
    return redirect(url_for(".passkeys"), 303)


@bp.post("/account/passkeys/<uuid:passkey_id>/remove")
@lately_confirmed
def remove_passkey(passkey_id):
    if not Passkey.remove(current_user, passkey_id):
        abort(404)
    logs.event("passkey_removed")
    mails.second_factor_changed(current_user.email, "A passkey was taken from your account.")
    db.session.commit()
    flash("That passkey is gone.")
    return redirect(url_for(".passkeys"), 303)


@bp.get("/login/passkey")
@public
def passkey_challenge():
    return jsonify(ceremony.asks_for_a_signature())


@bp.post("/login/passkey")
@public
def log_in_with_passkey():
    throttle.take("LOG_IN_ADDRESS", f"passkey {throttle.network()}")
    passkey = ceremony.signed_by(request.form.get("credential", ""))
    if passkey is None:
        logs.event("passkey_failed")
        flash(NOT_THIS_PASSKEY)
        return redirect(url_for(".log_in"), 303)
    throttle.give_back("LOG_IN_ADDRESS", f"passkey {throttle.network()}")
    response = redirect(safe_return(request.args.get("next")), 303)
    enter(response, passkey.user, remembered=bool(request.form.get("remember")), strong=True)
    db.session.commit()
    return response
