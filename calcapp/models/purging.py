"""What is cleared away for good, by the owner of the tables: the web's role may not."""

import secrets

from sqlalchemy import Connection, text

from calcapp.models.session import Session
from calcapp.models.throttle_count import ThrottleCount

DELETED_FOR = "30 days"
DELETED = "DELETE FROM calculations WHERE deleted_at < now() - cast(:term AS interval)"
TOO_OLD = """
DELETE FROM calculations USING users
 WHERE users.id = calculations.user_id AND users.keep_history = '30 days'
   AND NOT calculations.starred AND calculations.created_at < now() - cast(:term AS interval)"""
DELETED_NAMES = "DELETE FROM names WHERE deleted_at < now() - cast(:term AS interval)"
COMMAND_LINE = "SELECT set_config('app.actor_id', '0', true), set_config('app.reason', 'flask purge', true)"


NOBODY_ANY_MORE = """
SELECT DISTINCT person
  FROM audit_events, LATERAL (VALUES (actor_id), (owner_id), ((before ->> 'deleted_by')::bigint),
                                     ((after ->> 'deleted_by')::bigint)) AS named (person)
 WHERE person > 0 AND NOT EXISTS (SELECT FROM users WHERE id = person)"""
RENAMED = (
    "UPDATE audit_events SET owner_id = :pseudonym, before = NULL, after = NULL WHERE owner_id = :person",
    "UPDATE audit_events SET actor_id = :pseudonym WHERE actor_id = :person",
    "UPDATE audit_events SET before = jsonb_set(before, '{deleted_by}', to_jsonb(:pseudonym))"
    " WHERE (before ->> 'deleted_by')::bigint = :person",
    "UPDATE audit_events SET after = jsonb_set(after, '{deleted_by}', to_jsonb(:pseudonym))"
    " WHERE (after ->> 'deleted_by')::bigint = :person",
)


def purge(connection: Connection) -> dict[str, int]:
    """How many of each went. All of it or, where something fails, none."""
    connection.execute(text(COMMAND_LINE))
    term = {"term": DELETED_FOR}
    return {
        "deleted records": connection.execute(text(DELETED), term).rowcount,
        "records past their owner's time": connection.execute(text(TOO_OLD), term).rowcount,
        "names": connection.execute(text(DELETED_NAMES), term).rowcount,
        "sessions": connection.execute(Session.__table__.delete().where(~Session.lives())).rowcount,
        "links": connection.execute(text("DELETE FROM mailed_links WHERE expires_at < now()")).rowcount,
        "counts": connection.execute(ThrottleCount.closed()).rowcount,
        "accounts": forget_leavers(connection),
    }


def forget_leavers(connection: Connection) -> int:
    """No row keeps the number of who asked to go and has not come back in time; they cannot, while this looks."""
    gone = connection.scalars(text("SELECT id FROM users WHERE leaving_at < now() ORDER BY id FOR UPDATE")).all()
    for person in gone:
        connection.execute(text("DELETE FROM calculations WHERE user_id = :person"), {"person": person})
        connection.execute(text("DELETE FROM users WHERE id = :person"), {"person": person})
    give_pseudonyms(connection)
    return len(gone)


def give_pseudonyms(connection: Connection) -> None:
    """The audit keeps what was done, by a number that leads nowhere: also where it tells of others who deleted."""
    for person in connection.scalars(text(NOBODY_ANY_MORE)).all():
        names = {"person": person, "pseudonym": -secrets.randbits(62) - 1}
        for statement in RENAMED:
            connection.execute(text(statement), names)
