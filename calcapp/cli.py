"""Commands for the person who runs the server."""

import secrets

import click
from flask import current_app
from flask.cli import AppGroup, with_appcontext
from sqlalchemy import create_engine
from sqlalchemy.exc import IntegrityError

from calcapp.extensions import db
from calcapp.models import User, act_as, purging
from calcapp.models.demo import fill
from calcapp.models.user import EMAIL, canonical_email

admin = AppGroup("admin", help="Administrators.")
COMMAND_LINE = 0


def init_app(app):
    app.cli.add_command(admin)
    app.cli.add_command(purge)
    app.cli.add_command(demo)


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


@click.command()
@with_appcontext
def purge():
    """Clear away for good what was deleted 30 days ago, who left 7 days ago, and what is over. Run it daily."""
    engine = create_engine(current_app.config["OWNER_DATABASE_URI"], hide_parameters=True)
    with engine.begin() as connection:
        gone = purging.purge(connection)
    engine.dispose()
    click.echo("Gone for good: " + ", ".join(f"{count} {what}" for what, count in gone.items()) + ".")


@click.command("demo")
@click.argument("email")
@click.option("--records", default=1000, show_default=True, type=click.IntRange(1, 2_000_000))
@with_appcontext
def demo(email, records):
    """Put RECORDS made-up calculations on the tape of the account with this EMAIL."""
    user = db.session.scalar(User.with_email(email))
    if user is None:
        raise click.ClickException(f"There is no account {email}. Register it first.")
    engine = create_engine(current_app.config["OWNER_DATABASE_URI"], hide_parameters=True)
    with engine.begin() as connection:
        fill(connection, [user.id], records)
    engine.dispose()
    click.echo(f"{email} has {records} calculations more.")
