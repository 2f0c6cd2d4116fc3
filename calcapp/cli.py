"""Commands for the person who runs the server."""

import secrets

import click
from flask.cli import AppGroup
from sqlalchemy.exc import IntegrityError

from calcapp.extensions import db
from calcapp.models import User, act_as
from calcapp.models.user import EMAIL, canonical_email

admin = AppGroup("admin", help="Administrators.")
COMMAND_LINE = 0


def init_app(app):
    app.cli.add_command(admin)


@admin.command("create")
@click.argument("email")
def create_admin(email):
    """Make an administrator with this EMAIL and print the password, once. An existing account is promoted."""
    email = canonical_email(email)
    if not EMAIL.fullmatch(email):
        raise click.ClickException(f"{email} is not an email address. Give one like grace@example.org.")
    act_as(COMMAND_LINE, "flask admin create")
    user = db.session.scalar(User.with_email(email))
    if user is not None:
        user.role = "admin"
        db.session.commit()
        click.echo(f"{email} is an administrator now. The password is unchanged.")
        return
    password = secrets.token_urlsafe(18)
    user = User(email=email, role="admin")
    user.set_password(password)
    db.session.add(user)
    try:
        db.session.commit()
    except IntegrityError:
        raise click.ClickException(f"{email} could not be used. Give an address like grace@example.org.") from None
    click.echo(f"{email} is an administrator. Password, shown only here: {password}")
