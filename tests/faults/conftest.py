"""People at the other end of a wire, talking to gunicorn as `make run` starts it."""

import secrets

import pytest

from tests.cast import PASSWORD
from tests.wire import Wire


@pytest.fixture
def somebody(site):
    """A person who has just registered."""
    return registered(site)


def registered(site):
    wire = Wire(site.address)
    wire.register(f"{secrets.token_hex(6)}@example.org", PASSWORD)
    return wire


@pytest.fixture
def visitor(site):
    return Wire(site.address)
