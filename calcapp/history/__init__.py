"""The tape: one's own records."""

from flask import Blueprint

bp = Blueprint("history", __name__)

from calcapp.history import views  # noqa: E402, F401  (the views hang themselves on bp)
