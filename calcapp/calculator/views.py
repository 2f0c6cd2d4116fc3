"""The desk: a field, the answer, the newest of the tape."""

import re

from flask import flash, redirect, render_template, request, session, url_for
from flask_login import current_user

from calcapp import throttle
from calcapp.access import public
from calcapp.calculator import bp
from calcapp.calculator.desk import desk_page, work_out_for_visitor
from calcapp.calculator.forms import CalculationForm
from calcapp.engine import Mistake
from calcapp.engine.guarded import evaluate_guarded
from calcapp.extensions import db
from calcapp.models import Calculation, Name
from calcapp.models.calculation import LONGEST_EXPRESSION, KeyReused

OPERATOR_FIRST = re.compile(r"[+*/^×÷·]")


@bp.get("/")
@public
def desk():
    return desk_page(CalculationForm(expression=session.pop("draft", "")))


@bp.post("/calculations")
@public
@throttle.limited("CALCULATE")
def calculate():
    form = CalculationForm()
    if not form.validate_on_submit():
        return desk_page(form, 422)
    try:
        return redirect(keep(form) if current_user.is_authenticated else work_out_for_visitor(form), 303)
    except Mistake as mistake:
        db.session.rollback()
        form.reject(mistake)
        return desk_page(form, 422)
    except KeyReused as reused:
        db.session.rollback()
        form.expression.errors = [f"{reused} Press Calculate to keep this one too."]
        return desk_page(form, 409)


def keep(form) -> str:
    if current_user.keep_history == "never":
        return answer_only(form)
    kept = Calculation.keep(continued(form.expression.data), owner=current_user, key=form.idempotency_key)
    number = kept.number
    db.session.commit()
    return url_for(".desk", answer=number)


def answer_only(form) -> str:
    """For who wants no history: the answer is shown once, and only names are remembered."""
    result = Calculation.work_out(form.expression.data, owner=current_user)
    if result.defines:
        Name.give(current_user, result, None)
        db.session.commit()
    session["visitor"] = {"expression": form.expression.data, "key": form.key.data}
    return url_for(".desk")


@bp.post("/keypad")
@public
def press():
    """A key of the keypad, or Use on a record, where no script puts it at the cursor: it goes to the end."""
    draft = request.form.get("expression", "")[:LONGEST_EXPRESSION]
    key = request.form.get("press", "")[:LONGEST_EXPRESSION]
    session["draft"] = (draft[:-1] if key == "⌫" else draft + key)[:LONGEST_EXPRESSION]
    return redirect(url_for(".desk", keypad=request.args.get("keypad")), 303)


@bp.get("/preview")
@public
@throttle.limited("PREVIEW", counting=throttle.take_at_hand)
def preview():
    """The answer while typing, as a piece of a page. Keeps nothing."""
    expression = request.args.get("expression", "").strip()[:LONGEST_EXPRESSION]
    try:
        result = work_out(expression) if expression else None
    except Mistake:
        result = None
    return render_template("calculator/preview.html", result=result)


def work_out(expression):
    if current_user.is_authenticated:
        return Calculation.work_out(continued(expression), owner=current_user)
    return evaluate_guarded(expression)


def continued(expression: str) -> str:
    """What begins with an operator goes on from the last answer, as on a pocket calculator. A minus is a sign."""
    goes_on = OPERATOR_FIRST.match(expression) and current_user.last_number > 0
    return f"ans {expression}" if goes_on and len(expression) + 4 <= LONGEST_EXPRESSION else expression


@bp.post("/names/<name>/delete")
def delete_name(name):
    found = db.first_or_404(Name.named(current_user, name))
    found.delete()
    db.session.commit()
    flash({"text": f"Deleted the name {name}.", "undo": url_for(".restore_name", name=name)})
    return redirect(url_for(".desk"), 303)


@bp.post("/names/<name>/restore")
def restore_name(name):
    found = db.first_or_404(Name.named(current_user, name))
    found.restore()
    db.session.commit()
    flash(f"The name {name} is back.")
    return redirect(url_for(".desk"), 303)
