"""Register, log in, log out, and all that belongs to one's account."""

from flask import Blueprint

bp = Blueprint("accounts", __name__)

from calcapp.accounts import views  # noqa: E402, F401  (the views hang themselves on bp)
