"""One noun a file: columns, named queries, named acts. Views commit; models do not."""

from calcapp.models.actor import act_as
from calcapp.models.audit import AuditEvent
from calcapp.models.calculation import Calculation
from calcapp.models.mailed_link import MailedLink
from calcapp.models.name import Name
from calcapp.models.passkey import Passkey
from calcapp.models.second_factor import Authenticator, RecoveryCode
from calcapp.models.session import Session
from calcapp.models.share import Share
from calcapp.models.throttle_count import ThrottleCount
from calcapp.models.use import CalculationUse
from calcapp.models.user import User
from calcapp.models.version import CalculationVersion

__all__ = [
    "AuditEvent",
    "Authenticator",
    "Calculation",
    "CalculationUse",
    "CalculationVersion",
    "MailedLink",
    "Name",
    "Passkey",
    "RecoveryCode",
    "Session",
    "Share",
    "ThrottleCount",
    "User",
    "act_as",
]
