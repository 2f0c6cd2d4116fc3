"""What an administrator must say."""

from flask_wtf import FlaskForm
from wtforms import HiddenField, IntegerField, StringField
from wtforms.validators import InputRequired, Length

from calcapp.models.calculation import LONGEST_EXPRESSION, LONGEST_REASON


class ReasonForm(FlaskForm):
    reason = StringField(
        "Reason",
        filters=[lambda text: (text or "").strip()],
        validators=[
            InputRequired("Say why; the owner and the audit will see it."),
            Length(max=LONGEST_REASON, message=f"Use at most {LONGEST_REASON} characters."),
        ],
    )


class EditForm(ReasonForm):
    expression = StringField(
        "Expression",
        filters=[lambda text: (text or "").strip()],
        validators=[
            InputRequired("Type the expression that the record shall hold."),
            Length(max=LONGEST_EXPRESSION, message=f"Use at most {LONGEST_EXPRESSION} characters."),
        ],
    )
    version = IntegerField(widget=HiddenField.widget, validators=[InputRequired("Reload the page.")])

    def reject(self, mistake) -> None:
        self.expression.errors = [str(mistake)]
