"""Who changed what of whom, and why."""

from flask import render_template, request

from calcapp.admin import bp
from calcapp.admin.forms import ReasonForm
from calcapp.admin.paging import PAGE, asked_number, cut
from calcapp.extensions import db
from calcapp.models import AuditEvent, Calculation, User


@bp.get("/audit")
def audit():
    found = AuditEvent.newest(before=asked_number("before"), owner=asked_number("owner"))
    events, more = cut(db.session.scalars(found.limit(PAGE + 1)).all())
    people = {event.actor_id for event in events} | {event.owner_id for event in events}
    return render_template(
        "admin/audit.html",
        events=events,
        emails=User.emails_of(people),
        restorable=Calculation.deleted_among({event.record for event in events if event.what == "deleted"}),
        reason=ReasonForm(formdata=None),
        owner=request.args.get("owner"),
        next=events[-1].id if more else None,
    )
