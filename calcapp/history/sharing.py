"""A link that shows one record to whoever has it: made and withdrawn by its owner."""

from flask import abort, flash, make_response, redirect, render_template, url_for

from calcapp.access import public
from calcapp.extensions import db
from calcapp.history import bp
from calcapp.history.views import own
from calcapp.models import Share


@bp.post("/calculations/<number:number>/share")
def share(number):
    found = own(number)
    if found.deleted_at:
        abort(404)
    Share.make(found)
    db.session.commit()
    flash(f"Whoever has the link below can see #{number}, and nothing else.")
    return redirect(url_for(".record", number=number), 303)


@bp.post("/calculations/<number:number>/unshare")
def unshare(number):
    Share.withdraw(own(number))
    db.session.commit()
    flash(f"The link to #{number} works no more.")
    return redirect(url_for(".record", number=number), 303)


@bp.get("/shared/<token>")
@public
def shared(token):
    found = db.session.scalar(Share.opened_by(token)) or abort(404)
    page = make_response(render_template("history/shared.html", record=found))
    page.headers["X-Robots-Tag"] = "noindex, nofollow"
    page.headers["Referrer-Policy"] = "no-referrer"
    return page
