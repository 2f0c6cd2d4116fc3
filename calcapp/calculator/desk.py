"""What stands on the desk: the field, the answer just given, the person's names, the newest of the tape."""

from dataclasses import dataclass

from flask import render_template, request, session, url_for
from flask_login import current_user

from calcapp import throttle
from calcapp.access import asked_number
from calcapp.calculator.forms import CalculationForm, EditForm
from calcapp.engine import Mistake, Result
from calcapp.engine.guarded import evaluate_guarded
from calcapp.extensions import db
from calcapp.models import Calculation, Name
from calcapp.models.search import Page, Search, was_said

NEWEST = 20
EXAMPLES = ("84.50*3", "1250 + 19%", "5 ft + 3 in to cm")


@dataclass
class Desk:
    form: CalculationForm | EditForm
    newest: Page
    names: list[Name]
    used_by: dict[str, list[int]]
    editable: set[int]
    answer: Calculation | None = None
    dependants: list[tuple[int, bool]] | None = None
    visitors: Result | None = None
    editing: Calculation | None = None

    @property
    def last(self) -> Calculation | None:
        """What `ans` means, where its card does not stand beside the field."""
        return None if self.answer or self.editing else next(iter(self.newest.records), None)

    @property
    def last_expression(self) -> str:
        newest = self.answer or next(iter(self.newest.records), None)
        return newest.expression if newest else ""


def desk_page(form, status=200, editing=None):
    """The desk with this form in it, ready to be sent (again)."""
    if editing is None:
        form.with_new_key()
    shown = visitors_desk(form) if not current_user.is_authenticated else own_desk(form, editing)
    return render_template("calculator/desk.html", desk=shown, form=form, examples=EXAMPLES), status


def visitors_desk(form) -> Desk:
    return Desk(form, Page(), [], {}, set(), visitors=visitors_last(form))


def own_desk(form, editing) -> Desk:
    names = list(db.session.scalars(Name.of(current_user)))
    used_by, editable = Name.users_of(current_user, names), Name.editable(current_user, Calculation, names)
    shown = Desk(form, Search().page(current_user, NEWEST), names, used_by, editable, editing=editing)
    number = asked_number("answer") or asked_number("edited")
    if number and editing is None:
        shown.answer = db.session.scalar(Calculation.of(current_user).where(Calculation.number == number))
    if shown.answer:
        shown.newest.records = [record for record in shown.newest.records if record.number != number]
        was_said(current_user, [shown.answer])
        shown.dependants = shown.answer.dependants() if request.args.get("edited") else None
    if not shown.answer and current_user.keep_history == "never":
        shown.visitors = visitors_last(form)
    return shown


def work_out_for_visitor(form) -> str:
    """A visitor's last calculation stays in the page's own cookie, until it is kept by registering."""
    evaluate_guarded(form.expression.data)
    session["visitor"] = {"expression": form.expression.data, "key": form.key.data}
    return url_for("calculator.desk")


def visitors_last(form) -> Result | None:
    """The answer again. What cannot be worked out just now waits in the field, with the reason."""
    if "visitor" not in session:
        return None
    throttle.take_at_hand("PREVIEW", throttle.who_asks())
    expression = session["visitor"]["expression"]
    try:
        if current_user.is_authenticated:
            return Calculation.work_out(expression, current_user)
        return evaluate_guarded(expression)
    except Mistake as mistake:
        if not form.expression.data:
            del session["visitor"]
            form.expression.data = expression
            form.reject(mistake)
        return None
