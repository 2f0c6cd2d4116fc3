"""Many records at once: delete what is ticked or all that was found, and bring it back in one go."""

from datetime import UTC, datetime

from flask import abort, flash, redirect, request, url_for
from flask_login import current_user

from calcapp.extensions import db
from calcapp.history import bp
from calcapp.history.asked import asked_search
from calcapp.history.views import back
from calcapp.models.sweep import MOST, bring_back, sweep


@bp.post("/calculations/delete")
def delete_many():
    """Delete the ticked records; with `all`, everything that the search finds."""
    found = asked_search(request.form).query(current_user) if request.form.get("all") else None
    when, many = sweep(current_user, ticked(), found)
    db.session.commit()
    if not many:
        flash("Tick the calculations to delete first.")
        return back()
    undo = url_for(".restore_many", at=when.isoformat())
    rest = " There may be more: do it again for the rest." if found is not None and many == MOST else ""
    flash({"text": f"Deleted {many} calculation{'s' * (many != 1)}.{rest}", "undo": undo})
    return back() if found is None else redirect(url_for(".tape"), 303)


@bp.post("/calculations/restore")
def restore_many():
    """Bring back the ticked records, or all that were deleted at one moment."""
    try:
        at = datetime.fromisoformat(request.args["at"]).astimezone(UTC) if "at" in request.args else None
    except (ValueError, OverflowError):
        abort(400, "The page's address is wrong: “at” takes a moment.")
    many = bring_back(current_user, ticked(), at)
    db.session.commit()
    flash(f"{many} calculation{' is' if many == 1 else 's are'} back.")
    return back()


def ticked() -> list[int]:
    numbers = request.form.getlist("number")
    if not all(number.isascii() and number.isdigit() and len(number) <= 18 for number in numbers):
        abort(400, "That is no record's number.")
    return [int(number) for number in numbers]
