"""One run of the compose file under a name of its own, and the people who use it."""

import http.client
import os
import secrets
import socket
import subprocess
import time
import urllib.error
from collections.abc import Callable
from pathlib import Path

from visitor import Visitor

ROOT = Path(__file__).resolve().parents[2]
PASSWORD = f"correct-{secrets.token_hex(8)}-staple"
STARTED = time.monotonic()


class System:
    """One run of the compose file under a name of its own."""

    def __init__(self, image: str | None, tls: Path | None):
        self.project = f"calcapp-smoke-{secrets.token_hex(3)}"
        self.builds = image is None
        self.image = image or f"{self.project}:built"
        self.port = free_port()
        files = ["docker-compose.yml"] + (["docker-compose.tls.yml"] if tls else [])
        self.command = ["docker", "compose", "--project-name", self.project, "--ansi", "never"]
        self.command += [part for file in files for part in ("--file", str(ROOT / file))]
        self.environment = os.environ | {"CALCAPP_IMAGE": self.image, "HTTP_PORT": str(self.port)}
        self.base = f"http://localhost:{self.port}/"
        if tls:
            port = free_port()
            self.base = f"https://localhost:{port}/"
            self.environment |= {"HTTPS_PORT": str(port), "HTTPS_SUFFIX": f":{port}", "TLS_FOLDER": str(tls)}
        self.environment["PUBLIC_URL"] = self.base.rstrip("/")

    def compose(self, *words: str, stdin: str | None = None) -> str:
        return run(*self.command, *words, stdin=stdin, environment=self.environment)

    def containers(self, service: str) -> list[str]:
        return self.compose("ps", "--all", "--quiet", service).split()

    def inspect(self, container: str, what: str) -> str:
        return run("docker", "inspect", "--format", what, container).strip()


def run(*command: str, stdin: str | None = None, environment: dict | None = None) -> str:
    done = subprocess.run(command, input=stdin or "", capture_output=True, text=True, env=environment)
    if done.returncode:
        raise AssertionError(f"{' '.join(command)}\nended with {done.returncode}\n{done.stdout}{done.stderr}")
    return done.stdout


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def say(words: str) -> None:
    print(f"[{time.monotonic() - STARTED:5.1f} s] {words}", flush=True)


def until(fact: str, holds: Callable[[], bool], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not holds():
        if time.monotonic() > end:
            raise AssertionError(f"not within {seconds} s: {fact}")
        time.sleep(0.2)


def is_ready(system: System) -> bool:
    try:
        return Visitor(system.base).open("/healthz/ready").status == 200
    except (OSError, urllib.error.URLError, http.client.HTTPException):
        return False


def register(system: System, email: str) -> Visitor:
    person = Visitor(system.base)
    page = person.send(person.open("/register"), "Create account", Email=email, Password=PASSWORD)
    assert page.status == 200 and "Log out" in page.text, f"registering ended with {page.status}: {page.text[:300]}"
    return person


def log_in(system: System, email: str, password: str) -> Visitor:
    person = Visitor(system.base)
    page = person.send(person.open("/login"), "Log in", Email=email, Password=password)
    assert page.status == 200 and "Log out" in page.text, f"logging in ended with {page.status}: {page.text[:300]}"
    return person


def calculate(person: Visitor, expression: str, answer: str) -> None:
    page = person.send(person.open("/"), "Calculate", Expression=expression)
    assert page.status == 200 and answer in page.text, f"{expression} answered {page.status}: {page.text[:300]}"


def reads_back(person: Visitor, number: int, answer: str) -> None:
    page = person.open(f"/calculations/{number}")
    assert page.status == 200 and answer in page.text, f"#{number} reads {page.status}: {page.text[:300]}"
