"""What we and a passkey say to each other: our challenge, its signature, and whether that is right."""

import ipaddress
import json
import secrets
from urllib.parse import urlsplit

import webauthn
from flask import current_app, session
from webauthn.helpers import base64url_to_bytes, structs

from calcapp import sealing, throttle
from calcapp.extensions import db
from calcapp.models import Passkey, User

CHALLENGE_LASTS = 5 * 60  # seconds
REQUIRED = structs.UserVerificationRequirement.REQUIRED  # a passkey stands for both factors


def is_possible() -> bool:
    """Browsers know passkeys for names only, not for addresses such as 127.0.0.1, and not without TLS."""
    try:
        ipaddress.ip_address(site())
        return False
    except ValueError:
        return current_app.config["HTTPS"] or site() == "localhost"


def site() -> str:
    return urlsplit(current_app.config["PUBLIC_URL"]).hostname or ""


def asks_for_a_new_one(user: User, kept: list[Passkey]) -> str:
    """What the browser has the device make."""
    chosen = structs.AuthenticatorSelectionCriteria(
        resident_key=structs.ResidentKeyRequirement.REQUIRED, user_verification=REQUIRED
    )
    options = webauthn.generate_registration_options(
        rp_id=site(),
        rp_name="Calcapp",
        user_id=user.id.to_bytes(8, "big"),
        user_name=user.email,
        challenge=new_challenge(),
        authenticator_selection=chosen,
        exclude_credentials=[structs.PublicKeyCredentialDescriptor(id=passkey.credential_id) for passkey in kept],
    )
    return webauthn.options_to_json(options)


def asks_for_a_signature() -> dict:
    """What the browser has the passkey sign. Asks no database."""
    options = webauthn.generate_authentication_options(
        rp_id=site(), challenge=new_challenge(), user_verification=REQUIRED
    )
    return json.loads(webauthn.options_to_json(options))


def made_by(user: User, name: str, credential: str) -> Passkey | None:
    """The passkey that was made for our challenge."""
    challenge = spent_challenge()
    new = challenge and proven(webauthn.verify_registration_response, credential, challenge)
    return new and Passkey(
        user_id=user.id,
        credential_id=new.credential_id,
        public_key=new.credential_public_key,
        sign_count=new.sign_count,
        name=name,
    )


def signed_by(credential: str) -> Passkey | None:
    """The passkey that signed our challenge, now and for the first time."""
    challenge, name = spent_challenge(), attempted(lambda: base64url_to_bytes(json.loads(credential)["id"]))
    passkey = challenge and name and db.session.scalar(Passkey.with_credential(name))
    proof = passkey and proven(
        webauthn.verify_authentication_response,
        credential,
        challenge,
        credential_public_key=passkey.public_key,
        credential_current_sign_count=passkey.sign_count,
    )
    if not proof:
        return None
    passkey.used(proof.new_sign_count)
    return passkey


def proven(verify, credential: str, challenge: bytes, **known):
    """What was made for this challenge, for this site, by somebody whom the device has recognized; or None."""
    return attempted(
        lambda: verify(
            credential=credential,
            expected_challenge=challenge,
            expected_rp_id=site(),
            expected_origin=current_app.config["PUBLIC_URL"],
            require_user_verification=True,
            **known,
        )
    )


def attempted(read):
    """None where it fails, in whatever way: a stranger may have made these bytes up to find one that is new."""
    try:
        return read()
    except Exception:
        return None


def new_challenge() -> bytes:
    challenge = secrets.token_urlsafe(32)
    session["challenge"] = sealing.seal(challenge, "challenge")
    return challenge.encode()


def spent_challenge() -> bytes | None:
    """The challenge of this page's session. A copy of the cookie brings it no second time."""
    challenge = sealing.unseal(session.pop("challenge", ""), "challenge", CHALLENGE_LASTS)
    return challenge.encode() if challenge and throttle.first_time(f"challenge {challenge}") else None
