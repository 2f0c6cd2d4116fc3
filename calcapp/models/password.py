"""What a password may be, and how it is kept: as an argon2id hash."""

import functools
import re
import threading

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

SHORTEST_PASSWORD, LONGEST_PASSWORD = 8, 1024  # characters, bytes
OWN_NAMES = {"calcapp", "calculator", "calculate", "calculation", "calculations"}
LOOK_ALIKES = str.maketrans("013457@$!", "oleastasi")

# OWASP's password storage cheat sheet: argon2id with 19 MiB, two rounds, one lane.
HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
HASHING = threading.BoundedSemaphore(1)  # each takes 19 MiB: one at a time in a process fits a small container
# The hash of a random text that nobody kept: what an unknown person's password is compared with.
NOBODY = "$argon2id$v=19$m=19456,t=2,p=1$OYObM8A7dCZCEcLHuPLb6g$PoqBW4MAbBycL5cWhnYDuJ8byLgXvuLd2vF1KlXu7qM"


def weakness(password: str, email: str = "") -> str | None:
    """Why this password is refused, in a sentence; None where it is accepted."""
    if len(password) < SHORTEST_PASSWORD:
        return f"Use at least {SHORTEST_PASSWORD} characters."
    if len(password.encode(errors="surrogatepass")) > LONGEST_PASSWORD:
        return f"Use at most {LONGEST_PASSWORD} bytes."
    if password.casefold() in common_passwords():
        return "Many people use this password, so it is tried first. Choose another; a few words make a good one."
    if once(core(password)) in OWN_NAMES | own_words(email):
        return "That is this calculator's name or your own. Choose another; a few words make a good one."
    return None


@functools.cache
def common_passwords() -> frozenset[str]:
    """The 30,000 most common ones that zxcvbn ships; read at the first need."""
    from zxcvbn.frequency_lists import FREQUENCY_LISTS

    return frozenset(FREQUENCY_LISTS["passwords"])


def core(password: str) -> str:
    """C4lculator-2026! is calculator: without digits and marks at its ends, look-alikes as letters."""
    folded = password.casefold()
    letters = [place for place, character in enumerate(folded) if character.isalpha()]
    inner = folded[letters[0] : letters[-1] + 1] if letters else ""
    return re.sub(r"[\W_]", "", inner.translate(LOOK_ALIKES))


def once(text: str) -> str:
    """What a text repeats: calccalc is calc."""
    period = (text + text).find(text, 1)
    return text[:period]


def own_words(email: str) -> set[str]:
    name, _, domain = email.casefold().partition("@")
    return {core(part) for part in (name, domain, email, domain.partition(".")[0])} - {""}


def hash_password(password: str) -> str:
    with HASHING:
        return HASHER.hash(password.encode(errors="surrogatepass"))


def check_password(password_hash: str | None, password: str) -> bool:
    """Whether the password fits. Takes as long for an unknown person (None), so that time tells nothing."""
    typed = password.encode(errors="surrogatepass")
    if len(typed) > LONGEST_PASSWORD:
        return False
    try:
        with HASHING:
            return HASHER.verify(password_hash or NOBODY, typed) and password_hash is not None
    except (VerifyMismatchError, InvalidHashError):
        return False


def is_outdated(password_hash: str) -> bool:
    return HASHER.check_needs_rehash(password_hash)
