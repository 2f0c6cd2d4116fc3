"""The desk: work out, preview, keypad, plots."""

from flask import Blueprint

bp = Blueprint("calculator", __name__)

from calcapp.calculator import edit, help, plots, preferences, views  # noqa: E402, F401  (the views hang themselves on bp)
