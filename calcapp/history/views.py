"""One's own records: page by page, found, annotated, deleted and restored."""

from flask import abort, flash, redirect, render_template, request, url_for
from flask_login import current_user

from calcapp.access import safe_return
from calcapp.extensions import db
from calcapp.history import bp
from calcapp.history.asked import asked_digits, asked_search
from calcapp.models import Calculation, Share
from calcapp.models.calculation import LONGEST_NOTE
from calcapp.models.search import was_said

PAGE = 50


@bp.get("/calculations")
def tape():
    search = asked_search()
    return render_template(
        "history/tape.html", search=search, page=search.page(current_user, PAGE), wrong=search.mistakes(current_user)
    )


@bp.get("/calculations/<number:number>")
def record(number):
    found = own(number)
    was_said(current_user, [found])
    return render_template(
        "history/record.html",
        record=found,
        digits=asked_digits(),
        dependants=found.dependants(),
        share=db.session.scalar(Share.of(found)),
    )


@bp.post("/calculations/<number:number>/note")
def note(number):
    written = " ".join(request.form.get("note", "").split())
    if len(written) > LONGEST_NOTE:
        abort(422, f"Use at most {LONGEST_NOTE} characters for a note. Yours has {len(written)}.")
    own(number).annotate(written)
    db.session.commit()
    flash(f"Saved the note of #{number}." if written else f"#{number} has no note now.")
    return back(number)


@bp.post("/calculations/<number:number>/star")
def star(number):
    own(number).star(request.form.get("starred") == "1")
    db.session.commit()
    return back(number)


@bp.post("/calculations/<number:number>/delete")
def delete(number):
    found = own(number)
    if found.deleted_at is None:
        expression = found.expression
        found.delete(by=current_user)
        db.session.commit()
        undo = url_for(".restore", number=number)
        flash({"text": f"Deleted #{number} “{expression[:60]}”.", "undo": undo})
    return back()


@bp.post("/calculations/<number:number>/restore")
def restore(number):
    found = own(number)
    if found.removed_by_administrator:
        abort(403, "An administrator removed this record; only an administrator can restore it.")
    found.restore()
    db.session.commit()
    flash(f"#{number} is back.")
    return back(number)


def own(number: int) -> Calculation:
    """One's own record, or 404: another person's is not even addressed."""
    return db.session.scalar(Calculation.numbered(current_user, number)) or abort(404)


def back(number: int | None = None):
    """To the page that the act was on, at the record that it was about."""
    there = safe_return(request.form.get("back") or url_for(".tape"))
    return redirect(there if number is None else f"{there.partition('#')[0]}#c{number}", 303)
