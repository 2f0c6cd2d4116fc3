"""Nobody sends these by accident. Each is answered with a page and a 4xx, none breaks anything."""

import re
import socket
from urllib.parse import quote, urlsplit

import pytest

from tests.faults.conftest import registered

FIVE_MEGABYTES = 5 * 1024 * 1024
HUGE = "99999999999999999999"


@pytest.fixture(scope="module")
def somebody(site):
    """One person for all of it: nothing that is refused leaves anything behind."""
    return registered(site)


def is_refused(answer):
    assert 400 <= answer.status < 500, f"{answer.status}: {answer.text[:500]}"
    assert "Traceback" not in answer.text


@pytest.mark.security(44, 45)
@pytest.mark.parametrize(
    "path",
    [
        "/a%00b",
        "/calculations/a%00b",
        "/calculations?before=a%00b",
        "/calculations?q=a%00b",
        "/preview?expression=a%00b",
        "/?a%00b=1",
        f"/calculations?before={HUGE}",
        f"/calculations/{HUGE}",
        "/calculations?before=-1",
        "/calculations?before=0",
        "/calculations?before=1e3",
        f"/calculations?before={quote('٣')}",
        f"/calculations/{quote('٣')}",
        "/calculations/0",
        "/calculations/-1",
        "/calculations/1e3",
        "/calculations/" + str(2**31),
        "/calculations/" + str(2**63 - 1),
        "/calculations/" + str(2**63),
        "/calculations/" + "9" * 5000,
        "/static/../wsgi.py",
        "/static/%2e%2e/wsgi.py",
        "/static/a%00b",
        "/%ff%fe",
        "/" + "a" * 8000,
        f"/admin/calculations/{HUGE}/1",
        "/healthz/nothing",
    ],
)
def test_a_strange_address_is_refused(somebody, path):
    is_refused(somebody.send("GET", path))


@pytest.mark.parametrize("path", ["/calculations?before=%ff%fe", "/preview?expression=%ff", "/?next=%ff"])
def test_letters_that_are_none_break_nothing(somebody, path):
    assert somebody.send("GET", path).status < 500


@pytest.mark.security(44)
@pytest.mark.parametrize("field", ["expression", "key", "csrf_token"])
def test_a_null_character_in_a_form_is_refused(somebody, field):
    is_refused(somebody.post("/calculations", **{"expression": "1+1", **somebody.form(), field: "a\0b"}))


def test_a_null_character_in_an_email_is_refused(visitor):
    token = visitor.form("/register")["csrf_token"]
    is_refused(visitor.post("/register", email="a\0b@example.org", password="seven wooden abacuses", csrf_token=token))
    is_refused(visitor.post("/login", email="a@example.org", password="seven\0abacuses", csrf_token=token))


def chunks():
    for _ in range(FIVE_MEGABYTES // 65536):
        yield b"a" * 65536


BODIES = {
    "urlencoded": ("application/x-www-form-urlencoded", lambda: b"expression=" + b"1" * FIVE_MEGABYTES),
    "multipart": (
        "multipart/form-data; boundary=x",
        lambda: (
            b'--x\r\nContent-Disposition: form-data; name="expression"\r\n\r\n'
            + b"1" * FIVE_MEGABYTES
            + b"\r\n--x--\r\n"
        ),
    ),
    "a file": (
        "multipart/form-data; boundary=x",
        lambda: (
            b'--x\r\nContent-Disposition: form-data; name="expression"; filename="a"\r\n\r\n'
            + b"1" * FIVE_MEGABYTES
            + b"\r\n--x--\r\n"
        ),
    ),
    "many fields": ("application/x-www-form-urlencoded", lambda: b"a=1&" * (FIVE_MEGABYTES // 4)),
    "json": ("application/json", lambda: b'{"expression": "' + b"1" * FIVE_MEGABYTES + b'"}'),
    "chunked": ("application/x-www-form-urlencoded", chunks),
    "no type": ("", lambda: b"1" * FIVE_MEGABYTES),
}


@pytest.mark.security(48)
@pytest.mark.parametrize("path", ["/calculations", "/login", "/register", "/keypad", "/calculations/1/delete"])
@pytest.mark.parametrize("kind", BODIES)
def test_five_megabytes_are_refused(somebody, kind, path):
    kind, make = BODIES[kind]
    answer = sent_all_the_same(somebody, path, kind, make())
    assert 400 <= int(answer.split()[1]) < 500, answer
    assert "Traceback" not in answer


def sent_all_the_same(wire, path, kind, body):
    """Send on although the server may have answered already; then read what it said."""
    host, port = wire.host.split(":")
    cookies = "; ".join(f"{name}={value}" for name, value in wire.cookies.items())
    head = f"POST {path} HTTP/1.1\r\nHost: {wire.host}\r\nCookie: {cookies}\r\nConnection: close\r\n"
    head += f"Content-Type: {kind}\r\n" if kind else ""
    with socket.create_connection((host, int(port)), timeout=60) as line:
        try:
            if isinstance(body, bytes):
                line.sendall(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body)
            else:
                line.sendall(f"{head}Transfer-Encoding: chunked\r\n\r\n".encode())
                for chunk in body:
                    line.sendall(f"{len(chunk):x}\r\n".encode() + chunk + b"\r\n")
                line.sendall(b"0\r\n\r\n")
        except (BrokenPipeError, ConnectionResetError):
            pass
        return everything_from(line)


def everything_from(line):
    said = b""
    try:
        while piece := line.recv(65536):
            said += piece
    except ConnectionResetError:
        pass
    assert said, "it hung up without an answer"
    return said.decode(errors="replace")


COOKIES = [
    "calcapp=garbage",
    "calcapp=" + "A" * 43,
    "calcapp=" + "A" * 7000,
    "calcapp=a%00b; page=a%00b",
    "calcapp=\xff\xfe",
    "page=garbage",
    "page=eyJhIjoxfQ.aaaa.bbbb",
    "page=....",
    "page=.eJwrBgAAdQB1",
    "=;;=;===",
    'calcapp="; page="',
    "calcapp=\u0663",
    "a" * 7000,
]


@pytest.mark.security(27)
@pytest.mark.parametrize("cookie", COOKIES)
def test_garbage_in_a_cookie_is_a_visitor(visitor, cookie):
    raw = {"Cookie": cookie.encode("utf-8").decode("latin-1")}
    assert visitor.send("GET", "/", headers=raw).status == 200
    assert visitor.send("GET", "/calculations", headers=raw).status == 303
    is_refused(visitor.send("POST", "/calculations", "expression=1", {**raw, "Content-Type": "text/plain"}))


@pytest.mark.security(35)
@pytest.mark.parametrize("verb", ["PUT", "PATCH", "DELETE", "TRACE", "PROPFIND", "FOO", "CONNECT", "QUERY", "G" * 15])
@pytest.mark.parametrize("path", ["/", "/calculations", "/login", "/calculations/1", "/static/style.css", "/nothing"])
def test_an_unknown_verb_is_refused(somebody, verb, path):
    is_refused(somebody.send(verb, path))


RAW = [
    b"\r\n\r\n",
    b"get / HTTP/1.1\r\nHost: HOST\r\n\r\n",
    b"GET / HTTP/9.9\r\nHost: HOST\r\n\r\n",
    b"GET / \r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: evil.example\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: HOST\r\nBad Header: 1\r\n\r\n",
    b"POST /calculations HTTP/1.1\r\nHost: HOST\r\nContent-Length: -1\r\n\r\n",
    b"POST /calculations HTTP/1.1\r\nHost: HOST\r\nContent-Length: abc\r\n\r\n",
    b"POST /calculations HTTP/1.1\r\nHost: HOST\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    b"POST /calculations HTTP/1.1\r\nHost: HOST\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nx\r\n0\r\n\r\n",
    b"POST /calculations HTTP/1.1\r\nHost: HOST\r\nTransfer-Encoding: nonsense\r\n\r\n",
    b"POST /calculations HTTP/1.1\r\nHost: HOST\r\nContent-Type: multipart/form-data\r\nContent-Length: 3\r\n\r\nabc",
    b"GET / HTTP/1.1\r\nHost: HOST\r\nX-Long: " + b"a" * 20000 + b"\r\n\r\n",
    b"GET / HTTP/1.1\r\nHost: HOST\r\n" + b"X: a\r\n" * 200 + b"\r\n",
]


def asked_raw(site, request_):
    host = urlsplit(site.address).netloc
    with socket.create_connection(tuple(host.split(":")), timeout=60) as line:
        line.sendall(request_.replace(b"HOST", host.encode()))
        line.shutdown(socket.SHUT_WR)
        return everything_from(line)


@pytest.mark.parametrize("request_", RAW, ids=range(len(RAW)))
def test_what_is_hardly_http_is_refused(site, request_):
    said = asked_raw(site, request_)
    assert re.match(r"HTTP/1\.1 (4\d\d|501) ", said), said[:300]  # 501: a transfer coding that nobody knows


@pytest.mark.security(56)
@pytest.mark.parametrize("path", ["/", "/static/style.css", "/nowhere", "/a%00b", "/healthz/live", "/%ff"])
def test_no_answer_says_what_serves_it(visitor, path):
    answer = visitor.send("GET", path)
    assert "Server" not in answer.headers
    assert "X-Powered-By" not in answer.headers
    told = answer.text + str(answer.headers)
    assert not re.search("gunicorn|werkzeug|flask|python", told, re.IGNORECASE)


@pytest.mark.security(56)
@pytest.mark.parametrize("request_", RAW, ids=range(len(RAW)))
def test_nor_does_a_refusal_of_what_is_hardly_http(site, request_):
    assert not re.search("gunicorn|werkzeug|python|Traceback", asked_raw(site, request_), re.IGNORECASE)


def test_after_all_that_it_still_serves(somebody):
    assert somebody.calculate("84.50*3").status == 303
