"""A real mail server, in plain text or with TLS."""

import contextlib
import email
import email.policy
import queue
import socket

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult


class Mailbox:
    """What arrives there, and with which passwords people came."""

    def __init__(self, port):
        self.reached = {"host": "127.0.0.1", "port": port}
        self.arrived = queue.Queue()
        self.came = []

    async def handle_DATA(self, server, session, envelope):
        message = email.message_from_bytes(envelope.content, policy=email.policy.default)
        self.arrived.put((message["To"], message["Subject"], message.get_content()))
        return "250 Taken"

    def authenticate(self, _server, _session, _envelope, _mechanism, who):
        self.came.append((who.login.decode(), who.password.decode()))
        return AuthResult(success=True)

    def next(self):
        return self.arrived.get(timeout=20)


@contextlib.contextmanager
def receiving(**how):
    """`ssl_context` speaks TLS from the first byte, `tls_context` after STARTTLS and hears no password before."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        box = Mailbox(free.getsockname()[1])
    place = {"hostname": "127.0.0.1", "port": box.reached["port"]}
    controller = Controller(box, **place, authenticator=box.authenticate, auth_exclude_mechanism=["LOGIN"], **how)
    controller.start()
    try:
        yield box
    finally:
        controller.stop()
