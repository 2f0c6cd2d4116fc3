"""The PostgreSQL that comes along: a server under instance/, used where DATABASE_URL is not set."""

from .binaries import server_binaries, wheel_binaries
from .server import Embedded, ServerTrouble

__all__ = ["Embedded", "ServerTrouble", "server_binaries", "wheel_binaries"]
