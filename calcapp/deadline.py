"""No call to PostgreSQL waits for ever, even if the server is frozen or its packets vanish.

The server's own statement_timeout ends what a living server does for too long. It cannot end anything while the
server itself stands still, and the kernel goes on to acknowledge what is sent to it, so that no timeout of TCP
ends it either. So a thread looks after the calls under way and shuts down the line of one that takes too long:
to the driver, the server has gone; its request is told 503, and the connection is never used again.
"""

import contextlib
import os
import socket
import threading
import time
from collections.abc import Iterator

from psycopg2.extensions import connection, cursor

LONGEST = (
    6.0  # seconds; the server ends a statement after 5, and no request may take 10, 3 for a new connection among them
)
EVERY = 0.25
STUCK = 0.6  # and a quarter until it is seen: the answer that one is alive takes less than a second


class Watch:
    """The calls under way in this process, and since when."""

    def __init__(self) -> None:
        self.start_over()
        os.register_at_fork(after_in_child=self.start_over)

    def start_over(self) -> None:
        """Also in a process that was forked: the threads stayed behind."""
        self.calls: dict[int, tuple[float, connection]] = {}
        self.one = threading.Lock()
        self.thread: threading.Thread | None = None
        self.answered = 0.0

    @contextlib.contextmanager
    def call(self, line: connection) -> Iterator[None]:
        mine = threading.get_ident()
        with self.one:
            self.calls[mine] = (time.monotonic(), line)
            if self.thread is None:
                self.thread = threading.Thread(target=self.look, daemon=True)
                self.thread.start()
        try:
            yield
            self.answered = time.monotonic()
        finally:
            with self.one:
                del self.calls[mine]

    def look(self) -> None:
        while True:
            time.sleep(EVERY)
            with self.one:  # while a call is among them, its line is open, and is no other one's yet
                for since, line in self.calls.values():
                    if time.monotonic() - since > LONGEST:
                        cut(line)

    def stuck(self) -> int:
        """How many calls take so long that others would wait in vain."""
        with self.one:
            return sum(time.monotonic() - since > STUCK for since, _ in self.calls.values())

    def answers(self) -> bool:
        """Whether a call was answered a moment ago."""
        return time.monotonic() - self.answered < STUCK


def cut(line: connection) -> None:
    with contextlib.suppress(OSError), socket.socket(fileno=os.dup(line.fileno())) as same:
        same.shutdown(socket.SHUT_RDWR)


watch = Watch()


class WatchedConnection(connection):
    def commit(self):
        with watch.call(self):
            super().commit()

    def rollback(self):
        with watch.call(self):
            super().rollback()


class WatchedCursor(cursor):
    def execute(self, *statement):
        with watch.call(self.connection):
            super().execute(*statement)
