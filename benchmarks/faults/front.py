"""The proxy of production before gunicorn: nginx with the settings in deploy/nginx."""

import contextlib
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

from benchmarks.faults.system import System, free_port
from tests.serving import ROOT, eventually

NGINX = shutil.which("nginx", path="/usr/sbin:/usr/bin:/usr/local/sbin:/usr/local/bin")
CONFIGURATION = """
daemon off;
pid {folder}/nginx.pid;
error_log stderr;
events {{ worker_connections 1024; }}
http {{
    {common}
    server {{
        listen 127.0.0.1:{port};
        {locations}
    }}
}}
"""


@contextlib.contextmanager
def front(system: System) -> Iterator[int]:
    """Its port. What it writes goes into the run's own folder, and the web is found without Docker's name server."""
    folder = system.folder / "nginx"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    folder.chmod(0o777)
    said = [(ROOT / "deploy/nginx" / name).read_text() for name in ("common.conf", "locations.conf")]
    common, locations = (
        text.replace("/tmp/", f"{folder}/")
        .replace("http://web:8000", f"http://127.0.0.1:{system.port}")
        .replace("/dev/stdout", "off")
        .replace("/etc/nginx/calcapp", str(ROOT / "deploy/nginx"))
        for text in said
    )
    common = "\n".join(line for line in common.splitlines() if not line.startswith("resolver"))
    port = free_port()
    configuration = Path(folder, "nginx.conf")
    configuration.write_text(
        CONFIGURATION.format(folder=folder, port=port, common=common, locations=locations.replace("off calcapp", "off"))
    )
    with open(folder / "log", "w") as log:
        nginx = subprocess.Popen([NGINX, "-c", configuration], stdout=log, stderr=log)
    try:
        eventually(lambda: system.status(port, "/healthz/live") == 200, (folder / "log").read_text())
        yield port
    finally:
        nginx.terminate()
        nginx.wait()
