"""Every person's records, the people, the audit and the figures, for administrators."""

from flask import Blueprint

from calcapp.access import only_administrators

bp = Blueprint("admin", __name__, url_prefix="/admin")
bp.before_request(only_administrators)

from calcapp.admin import audit, calculations, figures, users  # noqa: E402, F401  (the views hang themselves on bp)
