"""What can be typed at the desk."""

import uuid

from flask_wtf import FlaskForm
from wtforms import HiddenField, StringField
from wtforms.validators import InputRequired, Length, ValidationError

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
