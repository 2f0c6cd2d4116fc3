"""Is this code right? One from the app, or one for recovery; each works once."""

from calcapp import logs, sealing
from calcapp.models import Authenticator, RecoveryCode, User
from calcapp.models.second_factor import step_of

PURPOSE = "authenticator"


def is_right(user: User, code: str) -> bool:
    authenticator = Authenticator.of(user)
    secret = authenticator and sealing.unseal(authenticator.sealed_secret, PURPOSE)
    step = step_of(secret, code) if secret else None
    if step is not None:
        authenticator.sealed_secret = sealing.seal(secret, PURPOSE)  # with the present key, should it have changed
        return authenticator.spend(step)
    if RecoveryCode.spend(user, code):
        logs.event("recovery_code_used", account=user.id, left=RecoveryCode.left(user))
        return True
    return False
