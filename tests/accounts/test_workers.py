"""Four workers, one count: on gunicorn, and after its workers were replaced."""

import os
import re
import secrets
import signal
import socket
import sys
import urllib.error
import urllib.parse
import urllib.request

import pytest

from tests import postgres
from tests.serving import eventually, started

pytestmark = pytest.mark.rehearsal


class Redirected(urllib.request.HTTPRedirectHandler):
    """Stays where it is sent to."""

    def redirect_request(self, *_):
        return None


def open_(address, cookie="", **form):
    """(status, headers, text) of one request on a connection of its own."""
    data = urllib.parse.urlencode(form).encode() if form else None
    asked = urllib.request.Request(address, data, {"Cookie": cookie})
    try:
        answer = urllib.request.build_opener(Redirected).open(asked, timeout=20)
    except urllib.error.HTTPError as refused:
        answer = refused
    with answer:
        return answer.status, answer.headers, answer.read().decode()


def wrong_password(address):
    _, headers, page = open_(f"{address}/login")
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)[1]
    cookie = headers["Set-Cookie"].split(";")[0]
    form = {"csrf_token": token, "email": "alice@example.org", "password": "not this one"}
    return open_(f"{address}/login", cookie, **form)[:2]


def serves(address):
    try:
        return open_(f"{address}/healthz/ready")[0] == 200
    except OSError:
        return False


@pytest.mark.security(6, 7)
def test_four_workers_count_to_the_same_ten_and_forget_nothing_when_they_are_replaced(server, database):
    name = postgres.clone(server, f"{database}_workers")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = f"http://127.0.0.1:{free.getsockname()[1]}"
    settings = {
        "DATABASE_URL": server.url(name, role="app"),
        "SECRET_KEY": secrets.token_hex(32),
        "PUBLIC_URL": address,
        "BIND": address.removeprefix("http://"),
        "WEB_CONCURRENCY": "4",
    }
    with started([sys.executable, "-m", "gunicorn", "wsgi:app"], **settings) as site:
        eventually(lambda: serves(address), site)
        assert [wrong_password(address)[0] for _ in range(11)] == [422] * 10 + [429]
        before = site.said.count("Booting worker")
        os.kill(site.process.pid, signal.SIGHUP)
        eventually(lambda: site.said.count("Booting worker") >= before + 4, site)
        eventually(lambda: serves(address), site)
        status, headers = wrong_password(address)
        assert status == 429
        assert 0 < int(headers["Retry-After"]) <= 300
    postgres.drop(server, name)
