"""The fields that several forms have, and in which words they are refused."""

from email_validator import EmailNotValidError, validate_email
from wtforms import PasswordField, StringField
from wtforms.validators import InputRequired, ValidationError

from calcapp.models.password import LONGEST_PASSWORD, weakness
from calcapp.models.user import EMAIL, LONGEST_EMAIL, canonical_email

HOW_EMAIL_LOOKS = "Enter an email address like name@example.org."


class AcceptableEmail:
    """Written as an address, in ASCII, so that no two accounts look alike."""

    def __call__(self, _form, field):
        if len(field.data) > LONGEST_EMAIL or not EMAIL.fullmatch(field.data):
            raise ValidationError(HOW_EMAIL_LOOKS)
        try:
            validate_email(field.data, check_deliverability=False, allow_smtputf8=False, test_environment=True)
        except EmailNotValidError:
            raise ValidationError(HOW_EMAIL_LOOKS) from None


class AcceptablePassword:
    """Neither short, nor common, nor one's own name, nor so long that hashing it would be work."""

    def __init__(self, email_of):
        self.email_of = email_of

    def __call__(self, form, field):
        reason = weakness(field.data, self.email_of(form) or "")
        if reason:
            raise ValidationError(reason)


class NotTooLong:
    """What is longer than any password here is refused before anything is hashed."""

    def __call__(self, _form, field):
        if len(field.data.encode(errors="surrogatepass")) > LONGEST_PASSWORD:
            raise ValidationError(f"Use at most {LONGEST_PASSWORD} bytes.")


def tidy_email(text: str | None) -> str:
    return canonical_email(text or "")


def email_field(label="Email"):
    """An address that an account may have."""
    return StringField(label, filters=[tidy_email], validators=[InputRequired(HOW_EMAIL_LOOKS), AcceptableEmail()])


def new_password_field(label, email_of):
    return PasswordField(label, validators=[InputRequired("Choose a password."), AcceptablePassword(email_of)])


def present_password_field(label="Password"):
    return PasswordField(label, validators=[InputRequired("Enter your password."), NotTooLong()])
