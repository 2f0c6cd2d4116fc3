"""Texts that only this server can read: encrypted and signed with a key made from its secret."""

import base64
import hashlib
import hmac

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from flask import current_app


def seal(text: str, purpose: str) -> str:
    return keys(purpose).encrypt(text.encode()).decode()


def unseal(sealed: str, purpose: str, lasts: int | None = None) -> str | None:
    """The text, or None where it was sealed elsewhere, for something else, or more than `lasts` seconds ago."""
    try:
        return keys(purpose).decrypt(sealed.encode(), ttl=lasts).decode()
    except (InvalidToken, ValueError):
        return None


def keys(purpose: str) -> MultiFernet:
    """A key for each secret, so that what an earlier secret sealed can still be read."""
    secrets = [current_app.config["SECRET_KEY"], *current_app.config["SECRET_KEY_FALLBACKS"]]
    made = [hmac.digest(secret.encode(), purpose.encode(), hashlib.sha256) for secret in secrets]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(key)) for key in made])
