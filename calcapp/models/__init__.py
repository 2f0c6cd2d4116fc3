"""One noun a file: columns, named queries, named acts. Views commit; models do not."""

from calcapp.models.actor import act_as
from calcapp.models.audit import AuditEvent
from calcapp.models.calculation import Calculation
from calcapp.models.session import Session
from calcapp.models.use import CalculationUse
from calcapp.models.user import User
from calcapp.models.version import CalculationVersion

__all__ = ["AuditEvent", "Calculation", "CalculationUse", "CalculationVersion", "Session", "User", "act_as"]
