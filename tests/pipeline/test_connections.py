"""The connections that the processes may open fit into what the compose file's server and roles allow."""

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
REPLICAS = 3  # what the smoke test scales to, and docs/settings.md promises
RESERVED = 3  # PostgreSQL keeps these for its superuser


def number(pattern: str, path: str) -> int:
    return int(re.search(pattern, (ROOT / path).read_text())[1])


def test_three_replicas_fit_into_the_limit_of_their_role():
    workers = number(r'"WEB_CONCURRENCY", (\d+)', "gunicorn.conf.py")
    pool = number(r'"POOL_SIZE", (\d+)', "calcapp/settings.py")
    limit = number(r"calc_app .*CONNECTION LIMIT (\d+)", "deploy/database/10-roles.sh")
    assert REPLICAS * workers * pool <= limit


def test_the_roles_together_fit_into_the_server():
    web = number(r"calc_app .*CONNECTION LIMIT (\d+)", "deploy/database/10-roles.sh")
    migrate = number(r"calc_migrate .*CONNECTION LIMIT (\d+)", "deploy/database/10-roles.sh")
    assert web + migrate + RESERVED <= number(r"max_connections=(\d+)", "docker-compose.yml")


def test_a_process_has_fewer_connections_than_threads():
    assert number(r'"POOL_SIZE", (\d+)', "calcapp/settings.py") < number(r'"WEB_THREADS", (\d+)', "gunicorn.conf.py")
