"""Style and script: kept by browsers for good, fetched anew when they change."""

import re


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
