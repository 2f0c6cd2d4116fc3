"""The tape: one's own records."""

from flask import Blueprint

bp = Blueprint("history", __name__)

from calcapp.history import bulk, importing, printing, sharing, takeout, views  # noqa: E402, F401  (they hang themselves on bp)
