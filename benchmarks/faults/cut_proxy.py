"""A wire that can be cut: a TCP proxy on loopback whose rule sees every piece that passes."""

import contextlib
import socket
import struct
import threading
from collections.abc import Callable

PIECE = 65536
AT_ONCE = struct.pack("ii", 1, 0)  # SO_LINGER: closing sends a reset


class Link:
    """One connection through the proxy. A rule may mark it."""

    def __init__(self, client: socket.socket, server: socket.socket) -> None:
        self.client, self.server = client, server
        self.marked = False

    def cut(self) -> None:
        for end in (self.client, self.server):
            with contextlib.suppress(OSError):
                end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, AT_ONCE)
            with contextlib.suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
            end.close()


# rule(link, upward, piece): what is passed on; None cuts the connection. Upward is towards the server.
Rule = Callable[[Link, bool, bytes], bytes | None]


class CutProxy:
    """`rule` is asked about each piece; while `open` is not set, nothing passes and nothing is closed."""

    def __init__(self, connect: Callable[[], socket.socket]) -> None:
        self.connect = connect
        self.rule: Rule | None = None
        self.open = threading.Event()
        self.open.set()
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=1024)
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        self.listener.close()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self._join, args=(client,), daemon=True).start()

    def _join(self, client: socket.socket) -> None:
        try:
            link = Link(client, self.connect())
        except OSError:
            client.close()
            return
        threading.Thread(target=self._pass, args=(link, link.server, link.client, False), daemon=True).start()
        self._pass(link, link.client, link.server, True)

    def _pass(self, link: Link, source: socket.socket, sink: socket.socket, upward: bool) -> None:
        try:
            while piece := source.recv(PIECE):
                self.open.wait()
                rule = self.rule
                passed = rule(link, upward, piece) if rule else piece
                if passed is None:
                    link.cut()
                    return
                sink.sendall(passed)
            sink.shutdown(socket.SHUT_WR)
            if not upward:  # the server has said all; a half-open client is of no use to anybody
                source.close()
        except OSError:
            link.cut()
