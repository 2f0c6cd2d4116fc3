"""Several replicas start at the same moment."""

import os
import subprocess
import sys

import psycopg2
import pytest

from tests.postgres import clone, drop, shared_server
from tests.serving import OURS, ROOT

pytestmark = pytest.mark.rehearsal


@pytest.mark.security(68)
def test_four_migrations_at_once_all_succeed_and_one_of_them_works():
    name = f"calc_at_once_{os.getpid()}"
    with shared_server() as server:
        clone(server, name, template=None)
        environment = {key: value for key, value in os.environ.items() if key not in OURS}
        environment |= {"DATABASE_URL": server.url(name, role="owner"), "SECRET_KEY": "only-for-a-test-" * 4}
        command = [sys.executable, "-m", "flask", "--app", "wsgi", "db", "upgrade"]
        replicas = [
            subprocess.Popen(
                command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True
            )
            for _ in range(4)
        ]
        said = [replica.communicate(timeout=90)[0] for replica in replicas]
        assert [replica.returncode for replica in replicas] == [0] * 4, said
        connection = psycopg2.connect(server.url(name, role="owner"))
        with connection, connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM alembic_version")
            assert cursor.fetchone() == (1,)
        connection.close()
        drop(server, name)
