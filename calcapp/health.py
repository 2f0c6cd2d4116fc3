"""Is the process alive, and is it ready to serve? For machines."""

from flask import Blueprint
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError

from calcapp.access import public
from calcapp.extensions import db

bp = Blueprint("health", __name__, url_prefix="/healthz")


@bp.get("/live")
@public
def live():
    """Asks no database, so that a frozen one does not get the process killed."""
    return "alive\n", {"Content-Type": "text/plain; charset=utf-8"}


@bp.get("/ready")
@public
def ready():
    try:
        db.session.execute(text("SELECT 1"))
    except SQLAlchemyError:
        return "not ready\n", 503, {"Content-Type": "text/plain; charset=utf-8"}
    return "ready\n", {"Content-Type": "text/plain; charset=utf-8"}
