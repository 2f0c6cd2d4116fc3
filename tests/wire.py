"""Somebody at the other end of a wire: a browser without a screen."""

import html
import http.client
import re
from urllib.parse import urlencode, urlsplit

FORM = {"Content-Type": "application/x-www-form-urlencoded"}


class Answer:
    def __init__(self, answer):
        self.status = answer.status
        self.headers = answer.headers
        self.location = answer.headers.get("Location")
        self.text = answer.read().decode(errors="replace")


class Wire:
    """Keeps cookies, follows nothing, sends what it is told, waits so many seconds for an answer."""

    def __init__(self, address, patience=60):
        self.host = urlsplit(address).netloc
        self.patience = patience
        self.cookies = {}

    def send(self, method, path, body=None, headers=None):
        connection = http.client.HTTPConnection(self.host, timeout=self.patience)
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
        return self.fields(self.open(path).text)

    @staticmethod
    def fields(page, *names):
        wanted = names or ("csrf_token", "key")
        return {name: html.unescape(hidden(page, name)) for name in wanted if f'name="{name}"' in page}

    def calculate(self, expression):
        return self.post("/calculations", expression=expression, **self.form())

    def register(self, email, password):
        token = self.form("/register")["csrf_token"]
        answer = self.post("/register", email=email, password=password, csrf_token=token)
        assert answer.status == 303, answer.text

    def records(self):
        return re.findall(r"#(\d+)", self.open("/calculations").text.split("<h1", 1)[1])


def hidden(page, name):
    for tag in re.findall(r"<input[^>]*>", page):
        if f'name="{name}"' in tag:
            return re.search(r'value="([^"]*)"', tag)[1]
    raise AssertionError(f"no field {name}: {page}")
