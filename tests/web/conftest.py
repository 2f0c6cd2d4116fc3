"""The people of the access matrix, once for each file that asks for them."""

import pytest

from tests.conftest import rolled_back
from tests.world import World


@pytest.fixture(scope="module")
def world(committing_app, password_hash):
    with rolled_back(committing_app) as connection:
        yield World(committing_app, connection, password_hash)
