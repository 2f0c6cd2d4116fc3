"""The database goes away in the middle, and comes back."""

import os
import shutil
import signal
from pathlib import Path

import pytest

from calcapp.embedded import Embedded
from tests.cast import PASSWORD
from tests.serving import eventually, served
from tests.wire import Wire

pytestmark = pytest.mark.rehearsal


@pytest.fixture
def own_server():
    """A server that may be killed: the tests share theirs."""
    place = Path("/tmp", f"calc-{os.getpid()}-away")
    place.mkdir(mode=0o755)
    server = Embedded(place / "postgres").start()
    yield server
    server.stop()
    shutil.rmtree(place, ignore_errors=True)


@pytest.fixture
def own_site(own_server):
    """Calcapp on that server."""
    urls = {"DATABASE_URL": own_server.url(), "OWNER_DATABASE_URL": own_server.url(role="owner")}
    with served(**urls, SECRET_KEY="only-for-this-test-0123456789-abcdefghijk") as site:
        yield site


def end(server, number):
    os.kill(int((server.data / "postmaster.pid").read_text().split()[0]), number)


@pytest.mark.security(85)
def test_without_its_database_it_says_so_and_goes_on_when_it_is_back(own_server, own_site):
    alice = Wire(own_site.address)
    alice.register("alice@example.org", PASSWORD)
    form = alice.form()

    end(own_server, signal.SIGQUIT)
    eventually(lambda: not (own_server.data / "postmaster.pid").exists(), "it lives on")
    refused = alice.post("/calculations", expression="84.50*3", **form)
    assert refused.status == 503
    assert refused.headers["Retry-After"]
    assert "84.50*3" in refused.text
    assert "it will be kept once, never twice" in refused.text
    assert "Traceback" not in refused.text
    assert Wire(own_site.address).send("GET", "/healthz/live").status == 200
    assert Wire(own_site.address).send("GET", "/healthz/ready").status == 503
    assert Wire(own_site.address).send("GET", "/login").status == 200

    with Embedded(own_server.folder):
        assert alice.post("/calculations", expression="84.50*3", **form).status == 303
        assert set(alice.records()) == {"1"}


@pytest.mark.security(84)
def test_a_killed_database_comes_back_by_itself_and_the_same_form_is_kept(own_server, own_site):
    alice = Wire(own_site.address)
    alice.register("alice@example.org", PASSWORD)
    form = alice.form()
    end(own_server, signal.SIGKILL)
    eventually(lambda: alice.post("/calculations", expression="84.50*3", **form).status == 303, own_site)
    assert alice.post("/calculations", expression="84.50*3", **form).status == 303
    assert set(alice.records()) == {"1"}
