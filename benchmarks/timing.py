"""Does the time of a refused log-in tell whether there is an account? 200 tries each, in turn.

    python -m benchmarks.timing [TRIES]

Starts gunicorn on a database of its own. Medians that differ by less than 10 % are what is promised.
"""

import http.cookiejar
import re
import secrets
import socket
import statistics
import sys
import time
import urllib.error
import urllib.parse
import urllib.request

from tests import postgres
from tests.cast import PASSWORD
from tests.conftest import migrate
from tests.serving import eventually, started

LIMITS = ("LOG_IN", "LOG_IN_ADDRESS", "LOG_IN_ALL", "RESET", "RESET_ADDRESS")


def main(tries: int = 200) -> None:
    server = postgres.shared_server().start()
    try:
        postgres.migrated_template(server, migrate)
        name = postgres.clone(server, "calc_timing")
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            address = f"http://127.0.0.1:{free.getsockname()[1]}"
        settings = {
            "DATABASE_URL": server.url(name, role="app"),
            "SECRET_KEY": secrets.token_hex(32),
            "PUBLIC_URL": address,
            "BIND": address.removeprefix("http://"),
            **{f"LIMIT_{limit}": "1000000" for limit in LIMITS},
        }
        with started([sys.executable, "-m", "gunicorn", "wsgi:app"], **settings) as site:
            eventually(lambda: Browser(address).serves(), site)
            measure(address, tries)
    finally:
        server.stop()


def measure(address: str, tries: int) -> None:
    person = Browser(address)
    person.send("/register", email="alice@example.org", password=PASSWORD)
    for path, more in (("/login", {"password": "not this one"}), ("/password/forgot", {})):
        browser, spent = Browser(address), {"alice@example.org": [], "nobody@example.org": []}
        for _ in range(tries):
            for email, times in spent.items():
                times.append(browser.send(path, email=email, **more))
        known, unknown = (statistics.median(times) * 1000 for times in spent.values())
        apart = abs(known - unknown) / max(known, unknown)
        print(f"{path}: known {known:.1f} ms, unknown {unknown:.1f} ms, {apart:.1%} apart, {tries} tries each")


class Browser:
    """Keeps its cookies; opens a form, sends it, and says how long the sending took."""

    def __init__(self, address: str) -> None:
        self.address = address
        kept = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self.opener = urllib.request.build_opener(kept, Stays())
        self.token = ""

    def open(self, path: str, form: dict[str, str] | None = None) -> str:
        data = urllib.parse.urlencode(form).encode() if form else None
        try:
            answer = self.opener.open(self.address + path, data, timeout=20)
        except urllib.error.HTTPError as refused:
            answer = refused
        with answer:
            return answer.read().decode()

    def send(self, path: str, **form: str) -> float:
        if not self.token:
            self.token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', self.open(path))[1]
        start = time.perf_counter()
        self.open(path, {"csrf_token": self.token, **form})
        return time.perf_counter() - start

    def serves(self) -> bool:
        try:
            return self.open("/healthz/ready") == "ready\n"
        except OSError:
            return False


class Stays(urllib.request.HTTPRedirectHandler):
    """Does not follow: the time of the next page is not asked for."""

    def redirect_request(self, *_):
        return None


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
