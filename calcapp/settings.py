"""The only reader of the environment. A missing or unsafe setting stops the start with a sentence."""

import os
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

from calcapp import local
from calcapp.deadline import WatchedConnection, WatchedCursor
from calcapp.extensions import PatientPool

EXAMPLE_SECRETS = {"change-me", "changeme", "dev", "secret", "your-secret-key"}
SHORTEST_SECRET = 32  # bytes; OWASP ASVS 5.0, 11.5.1 asks for 128 bits, a typed secret needs more letters


class SettingError(Exception):
    """A setting that the program cannot start with; the sentence says what to do."""


def load(environment: Mapping[str, str] | None = None) -> dict[str, object]:
    """Settings from the environment, as Flask's config wants them.

    Each name may also be given as NAME_FILE, a file whose text is the value (for mounted secrets).
    Where the environment names no database, the embedded server is started or joined; a secret goes with it.
    Raises SettingError where a value is missing or unsafe.
    """
    if environment is None and not local.names_a_database(os.environ):
        local.start_server(os.environ)
        local.find_secret(os.environ)
    read = Reader(os.environ if environment is None else environment)
    public_url = read.text("PUBLIC_URL", "http://127.0.0.1:8000").rstrip("/")
    https = urlsplit(public_url).scheme == "https"
    host = urlsplit(public_url).hostname or ""
    database_url = read.text("DATABASE_URL")
    secret, former = read.secret("SECRET_KEY"), read.list("SECRET_KEY_FALLBACKS")
    return {
        "SECRET_KEY": secret,
        "SECRET_KEY_FALLBACKS": former,
        "WTF_CSRF_SECRET_KEY": [*former, secret],  # the last one signs, each of them is accepted
        "SQLALCHEMY_DATABASE_URI": with_driver(database_url),
        "OWNER_DATABASE_URI": with_driver(read.text("OWNER_DATABASE_URL", database_url)),
        "SQLALCHEMY_ENGINE_OPTIONS": pool(read.integer("POOL_SIZE", 3, at_least=1)),
        "PUBLIC_URL": public_url,
        "TRUSTED_HOSTS": [host, "127.0.0.1", "localhost", *read.list("TRUSTED_HOSTS")],
        "PROXY_COUNT": read.integer("PROXY_COUNT", 0),
        "HTTPS": https,
        "MAX_CONTENT_LENGTH": 64 * 1024,
        "MAX_FORM_MEMORY_SIZE": 64 * 1024,
        "SESSION_COOKIE_NAME": "__Host-page" if https else "page",
        "SESSION_COOKIE_SECURE": https,
        "SESSION_COOKIE_SAMESITE": "Lax",
        "LOGIN_COOKIE_NAME": "__Host-calcapp" if https else "calcapp",
        "DEVICE_COOKIE_NAME": "__Host-device" if https else "device",
        "LIMITS": limits(read),
        "ADMIN_SECOND_FACTOR": read.flag("ADMIN_SECOND_FACTOR"),
        "MAIL": mail(read, host),
        "WTF_CSRF_TIME_LIMIT": None,  # a form left open over lunch still works; the token ends with its session
        "JSON_SORT_KEYS": False,
        "SEND_FILE_MAX_AGE_DEFAULT": 365 * 24 * 3600,  # static addresses carry the version of their content
    }


def with_driver(url: str) -> str:
    """A URL that SQLAlchemy 2.1 opens with psycopg2; to it, plain `postgresql://` means psycopg 3."""
    scheme, _, rest = url.partition("://")
    return f"postgresql+psycopg2://{rest}" if scheme in {"postgres", "postgresql"} else url


def pool(size: int) -> dict[str, object]:
    """Fewer connections than gunicorn has threads, and a short wait: a frozen database takes no page down
    that can do without one."""
    return {
        "pool_size": size,
        "max_overflow": 0,
        "poolclass": PatientPool,
        "pool_pre_ping": True,
        "pool_recycle": 1800,
        "hide_parameters": True,  # an error of the database never repeats what somebody typed
        "connect_args": {
            "connect_timeout": 3,
            "keepalives_idle": 5,
            "keepalives_interval": 2,
            "keepalives_count": 3,
            "tcp_user_timeout": 8000,
            "connection_factory": WatchedConnection,
            "cursor_factory": WatchedCursor,
            "options": "-c statement_timeout=5s -c lock_timeout=2s"
            " -c idle_in_transaction_session_timeout=10s -c timezone=UTC",
        },
    }


def limits(read: "Reader") -> dict[str, int]:
    """How often each thing may be tried; what a window is and who is counted stands in calcapp/throttle.py."""
    return {
        "LOG_IN": read.integer("LIMIT_LOG_IN", 10, at_least=1),
        "LOG_IN_ADDRESS": read.integer("LIMIT_LOG_IN_ADDRESS", 10, at_least=1),
        "LOG_IN_ALL": read.integer("LIMIT_LOG_IN_ALL", 1000, at_least=1),
        "REGISTER": read.integer("LIMIT_REGISTER", 30, at_least=1),
        "RESET": read.integer("LIMIT_RESET", 5, at_least=1),
        "RESET_ADDRESS": read.integer("LIMIT_RESET_ADDRESS", 20, at_least=1),
        "RIGHT": read.integer("LIMIT_RIGHT", 30, at_least=1),
        "CODE": read.integer("LIMIT_CODE", 30, at_least=1),
        "CALCULATE": read.integer("LIMIT_CALCULATE", 300, at_least=1),
        "PREVIEW": read.integer("LIMIT_PREVIEW", 600, at_least=1),
        "EXPORT": read.integer("LIMIT_EXPORT", 20, at_least=1),
    }


def mail(read: "Reader", host: str) -> dict[str, object]:
    """How mails leave. Without SMTP_HOST they are printed to the log."""
    sends = {
        "host": read.text("SMTP_HOST", ""),
        "port": read.integer("SMTP_PORT", 587, at_least=1),
        "security": read.text("SMTP_SECURITY", "starttls"),
        "user": read.text("SMTP_USER", ""),
        "password": read.text("SMTP_PASSWORD", ""),
        "sender": read.text("MAIL_FROM", f"Calcapp <no-reply@{host or 'localhost'}>"),
    }
    if sends["security"] not in {"starttls", "tls", "none"}:
        raise SettingError("SMTP_SECURITY is starttls, tls or none.")
    if sends["user"] and sends["security"] == "none":
        raise SettingError("SMTP_USER would send its password in clear text. Set SMTP_SECURITY to starttls or tls.")
    return sends


class Reader:
    """Values by name, from variables or from the files that NAME_FILE names."""

    def __init__(self, environment: Mapping[str, str]):
        self.environment = environment

    def text(self, name: str, default: str | None = None) -> str:
        value = self.environment.get(name)
        path = self.environment.get(f"{name}_FILE")
        if value is None and path:
            try:
                value = Path(path).read_text(encoding="utf-8").strip()
            except OSError as error:
                raise SettingError(f"{name}_FILE names {path}, which cannot be read: {error.strerror}.") from None
        if value:
            return value
        if default is None:
            raise SettingError(f"{name} is not set. See .env.example, or start with `make run`, which sets it.")
        return default

    def integer(self, name: str, default: int, at_least: int = 0) -> int:
        value = self.text(name, str(default))
        if not value.isascii() or not value.isdigit() or int(value) < at_least:
            raise SettingError(f"{name} is {value!r}. Give a whole number of {at_least} or more.")
        return int(value)

    def flag(self, name: str, default: bool = False) -> bool:
        value = self.text(name, "yes" if default else "no").lower()
        if value not in {"yes", "no", "true", "false", "1", "0"}:
            raise SettingError(f"{name} is {value!r}. Give yes or no.")
        return value in {"yes", "true", "1"}

    def list(self, name: str) -> list[str]:
        return [part.strip() for part in self.text(name, "").split(",") if part.strip()]

    def secret(self, name: str) -> str:
        value = self.text(name)
        if len(value.encode()) < SHORTEST_SECRET or value.lower() in EXAMPLE_SECRETS or len(set(value)) < 8:
            raise SettingError(
                f"{name} can be guessed. Make one of at least {SHORTEST_SECRET} characters: "
                'python3 -c "import secrets; print(secrets.token_hex(32))"'
            )
        return value
