"""What is acceptable when people register and log in, and in which words it is refused."""

from email_validator import EmailNotValidError, validate_email
from flask_wtf import FlaskForm
from wtforms import BooleanField, PasswordField, StringField
from wtforms.validators import InputRequired, ValidationError

from calcapp.models.user import EMAIL, LONGEST_EMAIL, LONGEST_PASSWORD, SHORTEST_PASSWORD, canonical_email

HOW_EMAIL_LOOKS = "Enter an email address like name@example.org."


class AcceptableEmail:
    """Written as an address, in ASCII, so that no two accounts look alike."""

    def __call__(self, _form, field):
        try:
            validate_email(field.data, check_deliverability=False, allow_smtputf8=False, test_environment=True)
        except EmailNotValidError:
            raise ValidationError(HOW_EMAIL_LOOKS) from None
        if len(field.data) > LONGEST_EMAIL or not EMAIL.fullmatch(field.data):
            raise ValidationError(HOW_EMAIL_LOOKS)


class AcceptablePassword:
    """Neither short nor so long that hashing it would be work."""

    def __call__(self, _form, field):
        if len(field.data) < SHORTEST_PASSWORD:
            raise ValidationError(f"Use at least {SHORTEST_PASSWORD} characters.")
        if len(field.data.encode(errors="replace")) > LONGEST_PASSWORD:
            raise ValidationError(f"Use at most {LONGEST_PASSWORD} bytes.")


def tidy_email(text: str | None) -> str:
    return canonical_email(text or "")


class RegisterForm(FlaskForm):
    email = StringField("Email", filters=[tidy_email], validators=[InputRequired(HOW_EMAIL_LOOKS), AcceptableEmail()])
    password = PasswordField("Password", validators=[InputRequired("Choose a password."), AcceptablePassword()])


class LogInForm(FlaskForm):
    email = StringField("Email", filters=[tidy_email], validators=[InputRequired("Enter your email address.")])
    password = PasswordField("Password", validators=[InputRequired("Enter your password.")])
    remember = BooleanField("Remember me on this device")
