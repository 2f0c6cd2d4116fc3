"""Passkeys: add one, log in with one, remove one. The only pages here that need a script."""

import ipaddress
import json
import secrets
from urllib.parse import urlsplit

import webauthn
from flask import abort, current_app, flash, g, jsonify, redirect, render_template, request, session, url_for
from flask_login import current_user
from flask_wtf import FlaskForm
from webauthn.helpers import base64url_to_bytes, structs
from webauthn.helpers.exceptions import WebAuthnException
from wtforms import StringField
from wtforms.validators import InputRequired, Length

from calcapp import logs, sealing, throttle
from calcapp.access import lately_confirmed, public, safe_return
from calcapp.accounts import bp, mails
from calcapp.accounts.logging_in import enter
from calcapp.extensions import db
from calcapp.models import Passkey
from calcapp.models.passkey import LONGEST_NAME

CHALLENGE_LASTS = 5 * 60  # seconds
NOT_THIS_PASSKEY = "That passkey is not known here. Use another, or your password."
NOT_KEPT = "The passkey could not be kept. Reload the page and try again."
REQUIRED = structs.UserVerificationRequirement.REQUIRED  # a passkey stands for both factors


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


def are_possible() -> bool:
    """Browsers know passkeys for names only, not for addresses such as 127.0.0.1, and not without TLS."""
    host = site()
    try:
        ipaddress.ip_address(host)
        return False
    except ValueError:
        return current_app.config["HTTPS"] or host == "localhost"


def site() -> str:
    return urlsplit(current_app.config["PUBLIC_URL"]).hostname or ""


@bp.app_context_processor
def what_pages_ask():
    return {"passkeys_are_possible": are_possible}


@bp.route("/account/passkeys", methods=["GET", "POST"])
@lately_confirmed
def passkeys():
    form = PasskeyForm()
    kept = db.session.scalars(Passkey.of(current_user)).all()
    if form.validate_on_submit():
        if keep(form.name.data, form.credential.data):
            flash(f"You can log in with {form.name.data} now.")
            return redirect(url_for(".passkeys"), 303)
        form.name.errors = [NOT_KEPT]
    options = webauthn.generate_registration_options(
        rp_id=site(),
        rp_name="Calcapp",
        user_id=current_user.id.to_bytes(8, "big"),
        user_name=current_user.email,
        challenge=new_challenge(),
        authenticator_selection=structs.AuthenticatorSelectionCriteria(
            resident_key=structs.ResidentKeyRequirement.REQUIRED, user_verification=REQUIRED
        ),
        exclude_credentials=[structs.PublicKeyCredentialDescriptor(id=passkey.credential_id) for passkey in kept],
    )
    status = 422 if form.is_submitted() else 200
    return render_template("accounts/passkeys.html", form=form, kept=kept, options=as_text(options)), status


def keep(name: str, credential: str) -> bool:
    challenge = spent_challenge()
    if challenge is None:
        return False
    try:
        new = webauthn.verify_registration_response(
            credential=credential,
            expected_challenge=challenge,
            expected_rp_id=site(),
            expected_origin=current_app.config["PUBLIC_URL"],
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError):
        return False
    db.session.add(
        Passkey(
            user_id=current_user.id,
            credential_id=new.credential_id,
            public_key=new.credential_public_key,
            sign_count=new.sign_count,
            name=name,
        )
    )
    g.login.confirm(strong=True)
    logs.event("passkey_added")
    mails.second_factor_changed(current_user.email, f"The passkey {name} was added to your account.")
    db.session.commit()
    return True


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
    """What the browser has the passkey sign. Asks no database."""
    options = webauthn.generate_authentication_options(
        rp_id=site(), challenge=new_challenge(), user_verification=REQUIRED
    )
    return jsonify(json.loads(as_text(options)))


@bp.post("/login/passkey")
@public
def log_in_with_passkey():
    throttle.take("LOG_IN_ADDRESS", f"passkey {throttle.network()}")
    passkey = signed_by(request.form.get("credential", ""))
    if passkey is None:
        logs.event("passkey_failed")
        flash(NOT_THIS_PASSKEY)
        return redirect(url_for(".log_in"), 303)
    throttle.give_back("LOG_IN_ADDRESS", f"passkey {throttle.network()}")
    response = redirect(safe_return(request.args.get("next")), 303)
    enter(response, passkey.user, remembered=bool(request.form.get("remember")), strong=True)
    db.session.commit()
    return response


def signed_by(credential: str) -> Passkey | None:
    """The passkey that signed our challenge, now and for the first time."""
    challenge = spent_challenge()
    try:
        credential_id = base64url_to_bytes(json.loads(credential)["id"])
        passkey = db.session.scalar(Passkey.with_credential(credential_id))
        if passkey is None or challenge is None:
            return None
        proof = webauthn.verify_authentication_response(
            credential=credential,
            expected_challenge=challenge,
            expected_rp_id=site(),
            expected_origin=current_app.config["PUBLIC_URL"],
            credential_public_key=passkey.public_key,
            credential_current_sign_count=passkey.sign_count,
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError):
        return None
    passkey.used(proof.new_sign_count)
    return passkey


def new_challenge() -> bytes:
    challenge = secrets.token_urlsafe(32)
    session["challenge"] = sealing.seal(challenge, "challenge")
    return challenge.encode()


def spent_challenge() -> bytes | None:
    """The challenge of this page's session. A copy of the cookie brings it no second time."""
    challenge = sealing.unseal(session.pop("challenge", ""), "challenge", CHALLENGE_LASTS)
    return challenge.encode() if challenge and throttle.first_time(f"challenge {challenge}") else None


def as_text(options) -> str:
    return webauthn.options_to_json(options)
