"""Somebody at the other end of a wire, talking to gunicorn as `make run` starts it."""

import html
import http.client
import re
import secrets
from urllib.parse import urlencode, urlsplit

import pytest

from tests.cast import PASSWORD

FORM = {"Content-Type": "application/x-www-form-urlencoded"}


class Answer:
    def __init__(self, answer):
        self.status = answer.status
        self.headers = answer.headers
        self.location = answer.headers.get("Location")
        self.text = answer.read().decode(errors="replace")


class Wire:
    """A browser without a screen: keeps cookies, follows nothing, sends what it is told."""

    def __init__(self, address):
        self.host = urlsplit(address).netloc
        self.cookies = {}

    def send(self, method, path, body=None, headers=None):
        connection = http.client.HTTPConnection(self.host, timeout=60)
        try:
            cookies = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
            connection.request(method, path, body, {**(cookies if self.cookies else {}), **(headers or {})})
            answer = connection.getresponse()
            for cookie in answer.headers.get_all("Set-Cookie") or []:
                name, _, value = cookie.split(";")[0].partition("=")
                self.cookies[name] = value
            return Answer(answer)
        finally:
            connection.close()

    def open(self, path):
        answer = self.send("GET", path)
        return self.open(answer.location) if answer.status == 303 else answer

    def post(self, path, **fields):
        return self.send("POST", path, urlencode(fields), FORM)

    def form(self, path="/"):
        """The hidden fields of the desk, as a page that was opened holds them."""
        page = self.open(path).text
        return {name: html.unescape(hidden(page, name)) for name in ("csrf_token", "key") if f'name="{name}"' in page}

    def calculate(self, expression):
        return self.post("/calculations", expression=expression, **self.form())

    def records(self):
        return re.findall(r"#(\d+)", self.open("/calculations").text.split("<h1", 1)[1])


def hidden(page, name):
    for tag in re.findall(r"<input[^>]*>", page):
        if f'name="{name}"' in tag:
            return re.search(r'value="([^"]*)"', tag)[1]
    raise AssertionError(f"no field {name}: {page}")


@pytest.fixture
def somebody(site):
    """A person who has just registered."""
    wire = Wire(site.address)
    email = f"{secrets.token_hex(6)}@example.org"
    answer = wire.post("/register", email=email, password=PASSWORD, csrf_token=wire.form("/register")["csrf_token"])
    assert answer.status == 303, answer.text
    return wire


@pytest.fixture
def visitor(site):
    return Wire(site.address)
