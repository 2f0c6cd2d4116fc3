"""The access matrix: tests/authz_matrix.csv, written by hand, and what holds for every answer to everybody."""

import csv
import re
from pathlib import Path
from typing import NamedTuple
from urllib.parse import parse_qsl, urlsplit

from tests.world import ACTORS

TABLE = Path(__file__).parent / "authz_matrix.csv"
NONCE = re.compile(r'name="(csrf_token|key)"[^>]*value="[^"]*"')
PROMISED = {
    "Content-Security-Policy",
    "X-Content-Type-Options",
    "Referrer-Policy",
    "Cross-Origin-Opener-Policy",
    "Cache-Control",
}


class Row(NamedTuple):
    """A line of the table. It asks for a fresh `proof` of who one is, or is open to who is `leaving`."""

    endpoint: str
    method: str
    path: str
    sends: str
    cells: dict[str, str]
    writes: str
    asks: str


def rows():
    with TABLE.open(newline="") as file:
        for line in csv.DictReader(file):
            cells = {actor: line[heading] for heading in line for actor in heading.split() if actor in ACTORS}
            rest = {name: line[name] for name in Row._fields if name != "cells"}
            yield Row(cells=cells, **rest)


ROWS = list(rows())
CHANGING = [row for row in ROWS if row.method == "POST"]
WITH_RECORD = [row for row in ROWS if "{" in row.path]


def name_of(row):
    return f"{row.method} {row.path}"


def filled(text, world):
    return text.format(**world.names)


def form_of(sends, world):
    return dict(parse_qsl(filled(sends, world), keep_blank_values=True))


def outcome(response):
    if response.status_code in {301, 302, 303, 307, 308}:
        return f"{response.status_code} {urlsplit(response.location).path}"
    return str(response.status_code)


def check_headers(response, path):
    assert set(response.headers.keys()) >= PROMISED
    assert "unsafe" not in response.headers["Content-Security-Policy"]
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    if path.startswith("/static/") and response.status_code < 400:
        assert "Set-Cookie" not in response.headers
        assert "Cookie" not in response.headers.get("Vary", "")
    else:
        assert response.headers["Cache-Control"] == "no-store"
    for cookie in response.headers.getlist("Set-Cookie"):
        assert "HttpOnly" in cookie
        assert "SameSite=Lax" in cookie
        assert "Path=/" in cookie
        assert "Domain" not in cookie


def look_at(world, actor, path, response):
    """What holds for every answer to everybody."""
    assert response.status_code < 500
    check_headers(response, path)
    if actor != "M1" or not path.startswith("/admin/"):
        assert world.foreign_canaries(actor, response) == []
