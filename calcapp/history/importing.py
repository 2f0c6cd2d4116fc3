"""Bringing a tape back that was taken along."""

import uuid

from flask import flash, redirect, render_template, request, url_for
from flask_login import current_user

from calcapp import throttle
from calcapp.extensions import db
from calcapp.history import bp
from calcapp.models.intake import take_in
from calcapp.models.judging import MOST, Unreadable

LARGEST_FILE = 64 * 2**20


@bp.app_url_value_preprocessor
def allow_a_large_file(endpoint, _values):
    """All other forms stay small; this has to be said before anything looks at the form."""
    if endpoint == "history.import_tape":
        request.max_content_length = LARGEST_FILE


@bp.route("/calculations/import", methods=["GET", "POST"])
def import_tape():
    mistakes: list[str] = []
    if request.method == "POST":
        throttle.take("EXPORT", throttle.who_asks())
        file = request.files.get("file")
        try:
            if not file:
                raise Unreadable(["Choose a file first: calcapp.json, as Export made it."])
            many = take_in(file.stream, current_user, form_key())
            db.session.commit()
            flash(f"Imported {many} calculation{'s' * (many != 1)}.")
            return redirect(url_for(".tape"), 303)
        except Unreadable as unreadable:
            db.session.rollback()
            mistakes = unreadable.mistakes
    most = {"most": f"{MOST:,}", "largest": LARGEST_FILE // 2**20}
    page = render_template("history/import.html", mistakes=mistakes, key=uuid.uuid4(), **most)
    return page, 422 if mistakes else 200


def form_key() -> uuid.UUID:
    """What keeps a file that is sent twice from being imported twice."""
    try:
        return uuid.UUID(request.form.get("key", ""))
    except ValueError:
        raise Unreadable(["Reload the page and send the file from there."]) from None
