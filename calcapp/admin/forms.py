"""What an administrator may ask for and must say."""

import re

from flask_wtf import FlaskForm
from wtforms import HiddenField, IntegerField, SelectField, SelectMultipleField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, ValidationError

from calcapp.models.calculation import LONGEST_EXPRESSION, LONGEST_REASON

MOST_TICKED = 50
NAME = re.compile(r"[1-9][0-9]{0,17}\.[1-9][0-9]{0,17}")


def tidy(text: str | None) -> str:
    return (text or "").strip()


class SearchForm(FlaskForm):
    """Reads an address, changes nothing: no token."""

    class Meta:
        csrf = False

    q = StringField("Search", filters=[lambda text: tidy(text)[:200]])
    owner = StringField("Owner", filters=[lambda text: tidy(text)[:254]])
    state = SelectField(
        "State",
        choices=[SelectChoice("", "All"), SelectChoice("kept", "On the tape"), SelectChoice("deleted", "Deleted")],
        validate_choice=False,
    )


class ReasonForm(FlaskForm):
    reason = StringField(
        "Reason",
        filters=[tidy],
        validators=[
            DataRequired("Say why; the owner and the audit will see it."),
            Length(max=LONGEST_REASON, message=f"Use at most {LONGEST_REASON} characters."),
        ],
    )


class TickedForm(ReasonForm):
    """Several records, each ticked by its name `owner.number`."""

    records = SelectMultipleField(validate_choice=False)

    def validate_records(self, field):
        if not field.data:
            raise ValidationError("Tick the records that you mean.")
        if len(field.data) > MOST_TICKED or not all(NAME.fullmatch(name) for name in field.data):
            raise ValidationError("Reload the page and tick the records again.")

    @property
    def names(self) -> list[tuple[int, int]]:
        """(owner, number) of each."""
        return [tuple(map(int, name.split("."))) for name in self.records.data]


class EditForm(ReasonForm):
    expression = StringField(
        "Expression",
        filters=[tidy],
        validators=[
            DataRequired("Type the expression that the record shall hold."),
            Length(max=LONGEST_EXPRESSION, message=f"Use at most {LONGEST_EXPRESSION} characters."),
        ],
    )
    version = IntegerField(widget=HiddenField.widget, validators=[InputRequired("Reload the page.")])

    def reject(self, mistake) -> None:
        self.expression.errors = [str(mistake)]


class StandingForm(ReasonForm):
    """A change of what somebody may do, and the version of the account that the administrator has read."""

    version = IntegerField(widget=HiddenField.widget, validators=[InputRequired("Reload the page.")])
