"""The desk: a field, the answer, the newest of the tape."""

from flask import redirect, render_template, request, session, url_for
from flask_login import current_user

from calcapp import throttle
from calcapp.access import public
from calcapp.calculator import bp
from calcapp.calculator.forms import CalculationForm
from calcapp.engine import Mistake
from calcapp.engine.guarded import evaluate_guarded
from calcapp.extensions import db
from calcapp.models import Calculation
from calcapp.models.calculation import LONGEST_EXPRESSION, KeyReused

NEWEST = 20
EXAMPLES = ("84.50*3", "1250 + 19%", "5 ft + 3 in to cm")


@bp.get("/")
@public
def desk():
    form = CalculationForm(expression=session.pop("draft", "")).with_new_key()
    return render_template("calculator/desk.html", form=form, examples=EXAMPLES, **what_is_there())


@bp.post("/calculations")
@public
@throttle.limited("CALCULATE")
def calculate():
    form = CalculationForm()
    if form.validate_on_submit():
        try:
            return redirect(keep(form) if current_user.is_authenticated else work_out_for_visitor(form), 303)
        except Mistake as mistake:
            form.reject(mistake)
        except KeyReused as reused:
            db.session.rollback()
            form.with_new_key().expression.errors = [f"{reused} Press Calculate to keep this one too."]
            return render_template("calculator/desk.html", form=form, examples=EXAMPLES, **what_is_there()), 409
    return render_template("calculator/desk.html", form=form, examples=EXAMPLES, **what_is_there()), 422


def keep(form) -> str:
    kept = Calculation.keep(form.expression.data, owner=current_user, key=form.idempotency_key)
    number = kept.number
    db.session.commit()
    return url_for(".desk", answer=number)


def work_out_for_visitor(form) -> str:
    """A visitor's last calculation stays in the page's own cookie, until it is kept by registering."""
    evaluate_guarded(form.expression.data)
    session["visitor"] = {"expression": form.expression.data, "key": form.key.data}
    return url_for(".desk")


@bp.post("/keypad")
@public
def press():
    """A key of the keypad, or Use on a record, where no script puts it at the cursor: it goes to the end."""
    draft = request.form.get("expression", "")[:LONGEST_EXPRESSION]
    key = request.form.get("press", "")[:40]
    session["draft"] = draft[:-1] if key == "⌫" else draft + key
    return redirect(url_for(".desk"), 303)


@bp.get("/preview")
@public
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
        return Calculation.work_out(expression, owner=current_user)
    return evaluate_guarded(expression)


def what_is_there():
    """What stands beside the field: the newest of one's tape, or a visitor's last answer."""
    if current_user.is_authenticated:
        newest = db.session.scalars(Calculation.of(current_user).limit(NEWEST + 1)).all()
        return {"newest": newest[:NEWEST], "more": len(newest) > NEWEST, "visitors": None}
    return {"newest": [], "more": False, "visitors": visitors_last()}


def visitors_last():
    try:
        return evaluate_guarded(session["visitor"]["expression"]) if "visitor" in session else None
    except Mistake:
        return None
