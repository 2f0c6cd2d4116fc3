"""Runs the migrations, one runner at a time."""

import time

from alembic import context
from flask import current_app
from sqlalchemy import create_engine, text
from sqlalchemy.exc import OperationalError

from calcapp.extensions import db

# Any number, the same for every runner: whoever holds this lock migrates, the others wait and find it done.
ADVISORY_LOCK = 4_242_128_507
# Whoever wants a table alone makes everybody behind wait, the web's requests too. So a migration waits for a
# moment only, then lets all of it go and tries again later; in the end it gives up, and can be started again.
PATIENCE = ("SET lock_timeout = '500ms'", "SET statement_timeout = '5min'")
PAUSES = (1, 2, 4, 8)  # seconds between two tries
LOCK_NOT_AVAILABLE = "55P03"


def include_object(thing, name, kind, reflected, compare_to):
    """What extensions bring is not ours to compare, nor the index that is made only where they are."""
    if kind == "index" and name == "ix_calculations_sought":
        return False
    return not (kind == "table" and reflected and compare_to is None and name.startswith("pg_"))


def configure(**how):
    context.configure(target_metadata=db.metadata, include_object=include_object, compare_server_default=True, **how)


def migrate_offline():
    """Print the SQL instead of running it, for review and for the linter of migrations."""
    configure(url=current_app.config["OWNER_DATABASE_URI"], literal_binds=True)
    with context.begin_transaction():
        for limit in PATIENCE:
            context.execute(limit)
        context.run_migrations()


def migrate_online():
    """All in one transaction."""
    engine = create_engine(current_app.config["OWNER_DATABASE_URI"], connect_args={"connect_timeout": 5})
    with engine.connect() as connection:
        connection.execute(text("SET lock_timeout = 0"))  # for as long as others migrate
        connection.execute(text("SELECT pg_advisory_lock(:lock)"), {"lock": ADVISORY_LOCK})
        for limit in PATIENCE:
            connection.execute(text(limit))
        connection.commit()
        try:
            for pause in (*PAUSES, None):
                if tried(connection, last=pause is None):
                    break
                time.sleep(pause)
        finally:
            connection.rollback()
            connection.execute(text("SELECT pg_advisory_unlock(:lock)"), {"lock": ADVISORY_LOCK})
            connection.commit()
    engine.dispose()


def tried(connection, last):
    """Whether all migrations could be run; False where somebody held a table, and nothing is changed."""
    try:
        configure(connection=connection)
        with context.begin_transaction():
            context.run_migrations()
    except OperationalError as busy:
        if last or busy.orig.pgcode != LOCK_NOT_AVAILABLE:
            raise
        connection.rollback()
        return False
    return True


if context.is_offline_mode():
    migrate_offline()
else:
    migrate_online()
