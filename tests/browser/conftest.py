"""People at a real browser, in front of the site as gunicorn serves it."""

import functools
import hashlib
import os
import re
import secrets
import subprocess
import sys

import pytest

from tests.browser import chromium
from tests.cast import PASSWORD
from tests.serving import ROOT

DESK = {"width": 1280, "height": 800}
# Each width once and each set of colours once: neither changes what the other shows. Where nothing is rehearsed, the
# first has to do.
LOOKS = {"on a phone by day": (390, "light"), "on a desk at night": (1280, "dark")}


@pytest.fixture(scope="session")
def browser():
    path = chromium.find()
    if path is None:
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(chromium.HOW_TO_GET_ONE)
    from playwright.sync_api import sync_playwright  # here, as each worker would load it while it looks for tests

    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=chromium.arguments())
        yield running
        running.close()


# Two pages with the same elements, classes and roles are one kind: axe would say the same again.
KIND_OF_PAGE = """() => {
    const elements = [...document.querySelectorAll("*")];
    const kinds = elements.map(e => [e.tagName, e.className, e.role, e.type, e.parentElement?.tagName].join());
    return location.pathname.replace(/\\d+/g, "0") + [...new Set(kinds)].sort().join(";");
}"""


class Inspected:
    """The kinds of pages that a worker of this run has looked at: a folder of theirs, with a file for each."""

    def __init__(self, folder, looks):
        self.folder = folder
        self.looks = looks
        self.folder.mkdir(exist_ok=True)

    def is_new(self, kind):
        try:
            (self.folder / hashlib.sha256(kind.encode()).hexdigest()).open("x").close()
        except FileExistsError:
            return False
        return True


@pytest.fixture(scope="session")
def inspected(request, tmp_path_factory):
    own = tmp_path_factory.getbasetemp()
    rehearsed = any(test.get_closest_marker("rehearsal") for test in request.session.items)
    looks = list(LOOKS.items())[: None if rehearsed else 1]
    return Inspected((own.parent if "PYTEST_XDIST_WORKER" in os.environ else own) / "inspected", looks)


@functools.cache
def axe():
    """The program of axe, read at the first page that it looks at."""
    from axe_playwright_python.sync_playwright import Axe

    return Axe().axe_script


class Screen:
    """One person's browser. With scripts, axe looks at each kind of page too."""

    def __init__(self, browser, site, inspected, scripts):
        self.inspected = inspected
        self.scripts = scripts
        self.address = site.address
        self.context = browser.new_context(java_script_enabled=scripts, viewport=DESK)
        self.context.set_default_timeout(20_000)
        self.page = self.context.new_page()
        self.complaints = []
        self.page.on("console", self.note)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def note(self, message):
        """A page that is refused with 404 or 422 is one that was asked for; anything else is our mistake."""
        if message.type in {"error", "warning"} and "responded with a status of 4" not in message.text:
            self.complaints.append(message.text)

    def open(self, path):
        answer = self.page.goto(self.address + path)
        self.look()
        return answer.status

    def press(self, name, **fields):
        for label, text in fields.items():
            self.page.get_by_label(label.replace("_", " "), exact=True).fill(text)
        with self.page.expect_navigation():
            self.page.get_by_role("button", name=name, exact=True).click()
        self.look()

    def follow(self, name):
        with self.page.expect_navigation():
            self.page.get_by_role("link", name=name, exact=True).first.click()
        self.look()

    def look(self):
        self.page.wait_for_load_state()
        assert self.page.locator("h1").count() == 1, f"{self.page.url} has {self.page.locator('h1').count()} h1"
        if not self.scripts:
            return
        assert not self.complaints, f"{self.page.url}: {self.complaints}"
        if not self.inspected.is_new(self.page.evaluate(KIND_OF_PAGE)):
            return
        self.page.evaluate(axe())
        for seen, (width, colours) in self.inspected.looks:
            self.page.set_viewport_size({"width": width, "height": 800})
            self.page.emulate_media(color_scheme=colours)
            self.ask_axe(seen)
            overflow = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
            assert overflow <= 0, f"{self.page.url} is {overflow} px too wide {seen}"
        self.page.emulate_media(color_scheme="light")
        self.page.set_viewport_size(DESK)

    def ask_axe(self, seen):
        found = self.page.evaluate("axe.run({resultTypes: ['violations']})")
        named = [(each["id"], [node["html"] for node in each["nodes"]]) for each in found["violations"]]
        assert not named, f"{self.page.url}, {seen}: {named}"

    def register(self, email=None):
        email = email or f"{secrets.token_hex(6)}@example.org"
        self.open("/register")
        self.press("Create account", Email=email, Password=PASSWORD)
        return email

    def log_in(self, email, password):
        self.open("/login")
        self.press("Log in", Email=email, Password=password)

    def calculate(self, expression):
        self.press("Calculate", Expression=expression)

    @property
    def cards(self):
        return self.page.get_by_role("article").all_inner_texts()

    @property
    def text(self):
        return self.page.locator("body").inner_text()


@pytest.fixture(params=[True, False], ids=["with scripts", "without scripts"])
def screen(request, browser, site, inspected):
    """Sit down at a browser of one's own: screen() is a new person's."""
    open_ones = []

    def sit_down():
        open_ones.append(Screen(browser, site, inspected, request.param))
        return open_ones[-1]

    yield sit_down
    for each in open_ones:
        each.context.close()


@pytest.fixture(scope="session")
def administrator(site):
    """Made as the person does who runs the server: (email, password)."""
    email = f"grace-{secrets.token_hex(4)}@example.org"
    command = [sys.executable, "-m", "flask", "--app", "wsgi", "admin", "create", email]
    done = subprocess.run(
        command, cwd=ROOT, env={**os.environ, **site.environment}, capture_output=True, text=True, check=True
    )
    return email, re.search(r"Password, shown only here: (\S+)", done.stdout)[1]
