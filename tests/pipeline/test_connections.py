"""The connections that the processes may open fit into what the compose file's server and roles allow."""

import re
import socket
import sys
import threading
from pathlib import Path

import pytest

from calcapp import connections, create_app
from calcapp.settings import SettingError
from tests.conftest import settings_for
from tests.serving import started

ROOT = Path(__file__).resolve().parents[2]
REPLICAS = 3  # what the smoke test scales to, and docs/settings.md promises
RESERVED = 3  # PostgreSQL keeps these for its superuser


def number(pattern: str, path: str) -> int:
    return int(re.search(pattern, (ROOT / path).read_text())[1])


@pytest.mark.security(65)
def test_three_replicas_fit_into_the_limit_of_their_role():
    workers = number(r'"WEB_CONCURRENCY", (\d+)', "gunicorn.conf.py")
    pool = number(r'"POOL_SIZE", (\d+)', "calcapp/settings.py")
    limit = number(r"calc_app .*CONNECTION LIMIT (\d+)", "deploy/database/10-roles.sh")
    assert REPLICAS * workers * pool <= limit


@pytest.mark.security(65)
def test_the_roles_together_fit_into_the_server():
    web = number(r"calc_app .*CONNECTION LIMIT (\d+)", "deploy/database/10-roles.sh")
    migrate = number(r"calc_migrate .*CONNECTION LIMIT (\d+)", "deploy/database/10-roles.sh")
    assert web + migrate + RESERVED <= number(r"max_connections=(\d+)", "docker-compose.yml")


def test_a_process_has_fewer_connections_than_threads():
    assert number(r'"POOL_SIZE", (\d+)', "calcapp/settings.py") < number(r'"WEB_THREADS", (\d+)', "gunicorn.conf.py")


@pytest.mark.security(65)
def test_more_connections_than_postgresql_allows_are_refused_at_the_start(server, database):
    url = server.url(database, role="app")
    most = connections.allowed(url)
    connections.check(url, workers=1, threads=most, each=most - 1)
    with pytest.raises(SettingError, match=f"need {most + 1}; PostgreSQL allows {most}"):
        connections.check(url, workers=1, threads=most + 1, each=most)
    with pytest.raises(SettingError, match="POOL_SIZE is 4 and WEB_THREADS is 4"):
        connections.check(url, workers=1, threads=4, each=4)


def test_a_database_that_is_away_does_not_keep_the_web_from_starting():
    connections.check("postgresql://127.0.0.1:1/calcapp", workers=2, threads=4, each=3)


@pytest.mark.rehearsal
@pytest.mark.security(65)
def test_gunicorn_does_not_start_with_more(server, database):
    too_many = {"WEB_CONCURRENCY": "9", "POOL_SIZE": "500", "WEB_THREADS": "501"}
    urls = {"DATABASE_URL": server.url(database, role="app"), "SECRET_KEY": "only-for-a-test-" * 4}
    with started([sys.executable, "-m", "gunicorn", "wsgi:app"], **urls, **too_many) as site:
        assert site.process.wait(timeout=60) == 1
        assert "9 workers of 500 connections and a migration need 4501" in site.said
        assert "Traceback" not in site.said


SSL_REQUEST = bytes.fromhex("00000008 04d2162f")


@pytest.mark.security(69)
def test_where_tls_is_asked_for_nothing_is_said_without_it():
    """A server, or somebody on the way, that says it has no TLS learns no name and no password."""
    told = []

    def refuse_tls():
        line, _ = listener.accept()
        with line:
            told.append(line.recv(1000))
            line.sendall(b"N")
            told.append(line.recv(1000))

    with socket.create_server(("127.0.0.1", 0)) as listener:
        somebody = threading.Thread(target=refuse_tls)
        somebody.start()
        url = f"postgresql://calc_app:secret@127.0.0.1:{listener.getsockname()[1]}/calcapp?sslmode=verify-full"
        assert create_app(settings_for(url)).test_client().get("/healthz/ready").status_code == 503
        somebody.join()
    assert told == [SSL_REQUEST, b""]
