"""What can be typed at the desk."""

import uuid
from zoneinfo import available_timezones

from flask_wtf import FlaskForm
from wtforms import HiddenField, IntegerField, RadioField, SelectChoice, StringField
from wtforms.validators import InputRequired, Length, ValidationError
from wtforms.widgets import HiddenInput

from calcapp.models.calculation import LONGEST_EXPRESSION


class CalculationForm(FlaskForm):
    """An expression, and the key that keeps it from being written twice."""

    expression = StringField(
        "Expression",
        filters=[lambda text: (text or "").strip()],
        validators=[
            InputRequired("Type something to calculate, for example 84.50*3."),
            Length(max=LONGEST_EXPRESSION, message=f"Use at most {LONGEST_EXPRESSION} characters."),
        ],
    )
    key = HiddenField(filters=[lambda text: text or ""])

    def validate_key(self, field):
        try:
            uuid.UUID(field.data)
        except ValueError:
            raise ValidationError("Reload the page and send the form from there.") from None

    @property
    def idempotency_key(self) -> uuid.UUID:
        return uuid.UUID(self.key.data)

    def with_new_key(self):
        """The form with a key of its own: each showing of it can be sent once."""
        self.key.data = str(uuid.uuid4())
        return self

    def reject(self, mistake) -> None:
        self.expression.errors = [str(mistake)]
        self.mistake = mistake


class EditForm(FlaskForm):
    """An earlier record's expression, and the version that the person had read."""

    expression = StringField(
        "Expression",
        filters=[lambda text: (text or "").strip()],
        validators=[
            InputRequired("Type something to calculate, or press Cancel."),
            Length(max=LONGEST_EXPRESSION, message=f"Use at most {LONGEST_EXPRESSION} characters."),
        ],
    )
    version = IntegerField(widget=HiddenInput(), validators=[InputRequired("Reload the page and edit again.")])

    def reject(self, mistake) -> None:
        self.expression.errors = [str(mistake)]
        self.mistake = mistake


class PreferencesForm(FlaskForm):
    """How this person reads and writes."""

    decimal_comma = RadioField(
        "Decimal mark",
        choices=[
            SelectChoice("no", "A point: 1,234.5 and max(1, 2)"),
            SelectChoice("yes", "A comma: 1.234,5 and max(1; 2)"),
        ],
    )
    digits = RadioField(
        "Digits shown",
        coerce=int,
        choices=[SelectChoice(15, "15"), SelectChoice(30, "30"), SelectChoice(100, "100"), SelectChoice(1000, "1,000")],
    )
    angle_unit = RadioField(
        "Angles",
        choices=[SelectChoice("rad", "Radians: sin(π/6) = 0.5"), SelectChoice("deg", "Degrees: sin(30) = 0.5")],
    )
    date_style = RadioField(
        "Dates",
        choices=[
            SelectChoice("iso", "2026-11-23"),
            SelectChoice("day", "23.11.2026"),
            SelectChoice("month", "11/23/2026"),
        ],
    )
    time_zone = StringField("Time zone", validators=[InputRequired("Enter a time zone like Europe/Berlin.")])
    keep_history = RadioField(
        "Keep my history",
        choices=[
            SelectChoice("always", "Always"),
            SelectChoice("30 days", "30 days; older calculations are removed for good, unless they have a star"),
            SelectChoice(
                "never", "Never; answers are shown and forgotten. What is there already stays until you delete it"
            ),
        ],
    )

    @classmethod
    def of(cls, user):
        form = cls(obj=user)
        if not form.is_submitted():
            form.decimal_comma.data = "yes" if user.decimal_comma else "no"
        return form

    def validate_time_zone(self, field):
        if field.data not in available_timezones():
            raise ValidationError("Enter a time zone like Europe/Berlin or America/New_York.")

    def apply_to(self, user) -> None:
        self.populate_obj(user)
        user.decimal_comma = self.decimal_comma.data == "yes"
