"""Register, log in, log out, and all that belongs to one's account."""

from flask import Blueprint

bp = Blueprint("accounts", __name__)

from calcapp.accounts import (  # noqa: E402, F401  (the views hang themselves on bp)
    account,
    address,
    download,
    leaving,
    logging_in,
    lost_password,
    passkeys,
    password,
    registering,
    second_factor,
    sessions,
)
