"""Style and script: kept by browsers for good, fetched anew when they change, sent compressed."""

import gzip
import re

import pytest


def test_a_static_address_carries_the_version_of_its_content(visitor):
    source = visitor.open("/").source
    addresses = re.findall(r'"(/static/[^"]+)"', source)
    assert len(addresses) >= 3
    assert all(re.search(r"\?v=[0-9a-f]{8}$", address) for address in addresses)


def test_style_is_kept_for_good_and_belongs_to_nobody(visitor):
    with visitor.browser.get("/static/style.css") as answer:
        assert answer.cache_control.max_age >= 365 * 24 * 3600
        assert "Set-Cookie" not in answer.headers
        assert "Cookie" not in answer.headers.get("Vary", "")


ZIPPED = {"Accept-Encoding": "gzip, br"}


def test_style_leaves_compressed_and_is_asked_for_once(visitor):
    with (
        visitor.browser.get("/static/style.css") as plain,
        visitor.browser.get("/static/style.css", headers=ZIPPED) as zipped,
    ):
        assert "Content-Encoding" not in plain.headers
        assert zipped.headers["Content-Encoding"] == "gzip"
        assert "Accept-Encoding" in zipped.headers["Vary"]
        assert gzip.decompress(zipped.data) == plain.data
        again = {**ZIPPED, "If-None-Match": zipped.headers["ETag"]}
        with visitor.browser.get("/static/style.css", headers=again) as unchanged:
            assert unchanged.status_code == 304


def test_the_first_page_leaves_compressed(alice):
    page = alice.browser.get("/", headers=ZIPPED)
    assert page.headers["Content-Encoding"] == "gzip"
    assert b"Calculate" in gzip.decompress(page.data)


@pytest.mark.parametrize(
    "path", ["/?answer=1", "/?keypad=1", "/calculations", "/calculations?q=a", "/login", "/nothing"]
)
def test_no_page_that_repeats_what_was_sent_is_compressed_beside_its_token(alice, path):
    """BREACH reads a secret through the length of a page that repeats guesses at it."""
    assert "Content-Encoding" not in alice.browser.get(path, headers=ZIPPED).headers
