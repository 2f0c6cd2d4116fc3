"""Who acts and why: told to PostgreSQL in each transaction, for the audit trigger to write down."""

from sqlalchemy import event, text

from calcapp.extensions import db

TELL = text("SELECT set_config('app.actor_id', :actor, true), set_config('app.reason', :reason, true)")


def act_as(user_id: int, reason: str = "") -> None:
    """Let all later changes of this session be made by this person, for this reason."""
    session = db.session()
    session.info["actor"] = {"actor": str(user_id), "reason": reason}
    session.execute(TELL, session.info["actor"])


@event.listens_for(db.session, "after_begin")
def _tell_again(session, _transaction, connection):
    """A setting made with set_config(…, true) ends with its transaction; the next one is told anew."""
    if "actor" in session.info:
        connection.execute(TELL, session.info["actor"])
