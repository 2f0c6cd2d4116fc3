"""The extensions, unbound; the factory binds them to the application."""

import time

from flask_login import LoginManager
from flask_migrate import Migrate
from flask_sqlalchemy import SQLAlchemy
from flask_wtf import CSRFProtect
from sqlalchemy import MetaData
from sqlalchemy.exc import TimeoutError
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.pool import QueuePool

from calcapp import deadline


class Base(DeclarativeBase):
    """What all tables share: one way to name a constraint, so that migrations can name it too."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class PatientPool(QueuePool):
    """Waits for a connection as long as the database answers those who have one, and not at all while it does not:
    with many people at the door, a moment each would keep the pages waiting that need no database.
    """

    LOOK, MOST = 0.25, 2.5  # seconds until it is seen whether calls are answered, and in all

    def _do_get(self):
        end = time.monotonic() + self.MOST
        while True:
            try:
                return super()._do_get()
            except TimeoutError:
                if self._timeout == 0 or not deadline.watch.answers() or time.monotonic() >= end:
                    raise

    @property
    def _timeout(self):
        return 0.0 if deadline.watch.stuck() >= self.size() else self.LOOK

    @_timeout.setter
    def _timeout(self, _seconds):
        """As a setting, `pool_timeout` would be cut to whole seconds: none."""


db = SQLAlchemy(model_class=Base, disable_autonaming=True)
migrate = Migrate()
csrf = CSRFProtect()
login_manager = LoginManager()
