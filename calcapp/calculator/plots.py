"""A function of one's own as a picture, between two places that the person chooses."""

import time
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from fractions import Fraction

from flask import abort, render_template, request
from flask_login import current_user
from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import Length

from calcapp import throttle
from calcapp.calculator import bp
from calcapp.calculator.curve import Curve
from calcapp.display import as_typed
from calcapp.engine import Known, Mistake
from calcapp.engine.guarded import evaluate_guarded
from calcapp.extensions import db
from calcapp.models import Calculation, Name

PATIENCE = 2.0  # seconds for all points of a picture
LONGEST_PLACE = 100
FARTHEST_PLACE = 100  # as a power of ten
FARTHEST = 1000  # decimal places before the point: what is larger is not drawn


class TooSlow(Exception):
    """The message says what to do."""


class PlotForm(FlaskForm):
    """Where the picture begins and ends: numbers, or calculations such as 2π."""

    class Meta:
        csrf = False  # it only looks

    start = StringField("From", default="-10", validators=[Length(max=LONGEST_PLACE)])
    end = StringField("To", default="10", validators=[Length(max=LONGEST_PLACE)])

    def places(self) -> tuple[Fraction, Fraction] | None:
        """Both ends, or None with a sentence at the field that is wrong."""
        found = [place_in(field) for field in (self.start, self.end)]
        if None not in found and found[0] >= found[1]:
            self.end.errors = [f"Enter a number above {self.start.data}, where the picture begins."]
        return None if self.errors else tuple(found)


def place_in(field) -> Fraction | None:
    try:
        place = number_in(Calculation.work_out(field.data or "", current_user))
        if abs(place.adjusted()) > FARTHEST_PLACE:  # every point would be a fraction of thousands of digits
            raise ValueError
        return Fraction(place)
    except Mistake as mistake:
        field.errors = [str(mistake)]
    except ValueError:
        field.errors = ["Enter a number, for example 10 or 2π."]
    return None


def number_in(result) -> Decimal:
    """The answer as a number. ValueError where it is none: a day, a complex number, a percentage."""
    try:
        return Decimal(result.answer)
    except InvalidOperation:
        raise ValueError from None


@bp.get("/names/<name>/plot")
@throttle.limited("CALCULATE")
def plot(name):
    found = db.first_or_404(Name.named(current_user, name).where(Name.deleted_at.is_(None)))
    if not found.takes_one:
        abort(404)
    form = PlotForm(request.args)
    form.validate()
    places = form.places()
    curve = None
    try:
        curve = Curve(worth_of(found), *places, write=as_typed) if places else None
    except TooSlow as slow:
        form.end.errors = [str(slow)]
    return render_template("calculator/plot.html", form=form, name=found, curve=curve), 200 if curve else 422


def worth_of(name: Name) -> Callable[[Fraction], Decimal | None]:
    """What the function is worth at a place, in the person's angles; None where there is no real number.

    Raises TooSlow when all of its calls have taken PATIENCE.
    """
    known: Known = Calculation.recalled(f"{name.name}(1)", current_user).known
    until = time.monotonic() + PATIENCE

    def worth(place: Fraction) -> Decimal | None:
        if time.monotonic() > until:
            raise TooSlow("This takes too long to draw. Choose places where the function is quicker to work out.")
        try:
            answer = evaluate_guarded(f"{name.name}({place})", angle_unit=current_user.angle_unit, known=known)
            value = number_in(answer)
        except (Mistake, ValueError):
            return None
        return value if value.adjusted() < FARTHEST else None

    return worth
