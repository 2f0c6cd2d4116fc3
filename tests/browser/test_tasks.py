"""What people come for, counted: keys, clicks and pages, with and without scripts. A count that rises fails."""

import csv
import io
import os
import re
import subprocess
import sys

import pytest

from tests.serving import ROOT

pytestmark = [pytest.mark.browser, pytest.mark.rehearsal]


class Counted:
    """One person whose keys, clicks and pages are counted."""

    def __init__(self, screen):
        self.screen, self.page = screen, screen.page
        self.reset()
        self.page.on("load", self.loaded)

    def reset(self):
        self.keys = self.clicks = self.pages = 0

    def loaded(self, _page):
        self.pages += 1

    def type(self, text):
        self.page.keyboard.type(text)
        self.keys += len(text)

    def press(self, key):
        self.page.keyboard.press(key)
        self.keys += 1

    def enter(self):
        with self.page.expect_navigation():
            self.press("Enter")

    def click(self, what, leads_away=True):
        self.clicks += 1
        if not leads_away:
            what.click()
            return
        with self.page.expect_navigation():
            what.click()

    def button(self, name):
        return self.page.get_by_role("button", name=name, exact=True)

    def link(self, name):
        return self.page.get_by_role("link", name=name, exact=True)

    @property
    def first(self):
        return " ".join(self.page.get_by_role("article").first.inner_text().split())

    @property
    def in_field(self):
        return self.page.evaluate("document.activeElement.id") == "expression"


@pytest.fixture
def alice(screen):
    """Alice, at the desk, with a few records."""

    def settle(*expressions):
        sat = screen()
        sat.scripts, looks = False, sat.scripts  # the way there is not what is looked at
        sat.register()
        for expression in expressions:
            sat.calculate(expression)
        sat.open("/")
        sat.scripts = looks
        return Counted(sat)

    return settle


def test_an_everyday_sum_takes_its_own_length_and_enter(alice):
    her = alice()
    assert her.in_field
    her.type("1 250,00 + 19%")
    if her.screen.scripts:
        her.page.locator("#preview", has_text="1487.5").wait_for()
    her.enter()
    assert (her.keys, her.clicks, her.pages) == (15, 0, 1)
    assert "= 1487.5" in her.first
    assert "read as 1250.00 + 19% of 1250.00" in her.first
    assert her.in_field
    her.screen.look()


def test_an_old_result_is_used_exactly_and_nothing_typed_is_lost(alice):
    her = alice("35/6", "7")
    her.type("6 * ")
    her.click(her.button("Use #1"), leads_away=not her.screen.scripts)
    assert her.page.locator("#expression").input_value() == "6 * #1"
    assert her.in_field
    her.enter()
    assert her.clicks == 1
    assert "= 35" in her.first


def test_last_months_calculation_is_found_by_its_note(alice):
    her = alice("3.6*2.4 # Kitchen tiles", "7")
    her.screen.open("/calculations")
    her.reset()
    if her.screen.scripts:
        her.press("/")
    else:
        her.click(her.page.get_by_label("Search", exact=True), leads_away=False)
    her.type("tiles")
    her.enter()
    assert her.keys + her.clicks <= 7
    assert her.page.locator("mark").first.inner_text() == "tiles"
    assert her.page.get_by_role("article").count() == 1
    her.screen.look()


def test_a_typo_is_mended_and_what_depends_on_it_follows(alice):
    her = alice("12*7", "#1 * 2", "#2 + 1")
    her.click(her.link("Edit #1"))
    her.page.keyboard.press("Control+a")
    her.type("12*8")
    her.click(her.button("Save").first)
    assert her.clicks == 2
    assert "was 84" in her.first
    assert "2 later calculations use this: #2, #3 (indirectly)." in her.first
    her.screen.look()
    her.click(her.button("Recompute"))
    assert "Recomputed 2 calculations: #2, #3." in her.screen.text
    assert "= 193" in " ".join(her.page.locator("#c3").inner_text().split())
    her.screen.open("/calculations/1")
    assert "Was 84 from 12*7" in her.screen.text


def test_an_edit_is_taken_back_with_one_click(alice):
    her = alice("12*7")
    her.click(her.link("Edit #1"))
    her.page.keyboard.press("Control+a")
    her.type("12*8")
    her.enter()
    her.click(her.button("Undo"))
    assert "= 84" in her.first


def test_a_note_and_a_star_after_the_answer(alice):
    her = alice("12*7")
    assert her.button("Copy #1").is_visible() == her.screen.scripts  # it does nothing without
    her.click(her.page.locator(".note summary").first, leads_away=False)
    if not her.screen.scripts:
        her.page.keyboard.press("Tab")
    her.type("Kitchen tiles")
    her.enter()
    assert her.clicks == 1
    assert "Kitchen tiles" in her.first
    her.click(her.button("Star #1"))
    her.screen.open("/calculations?starred=1")
    assert "Kitchen tiles" in her.first


def test_a_deletion_by_mistake_is_undone_with_one_click(alice):
    her = alice("12*7 # tiles", "2+2")
    before = her.page.locator("#c2").inner_text()
    her.click(her.button("Delete #2"))
    assert "Deleted #2 “2+2”." in her.screen.text
    if her.screen.scripts:  # said once more, for who hears the page
        her.page.locator("#said", has_text="Deleted #2").wait_for()
    assert her.page.locator("#c2").count() == 0
    her.screen.look()
    her.click(her.button("Undo"))
    assert her.clicks == 2
    assert her.page.locator("#c2").inner_text() == before
    her.click(her.button("Delete #2"))
    her.screen.open("/calculations?deleted=1")
    her.click(her.button("Restore #2"))
    her.screen.open("/")
    assert her.page.locator("#c2").inner_text() == before


def test_invoices_are_exported_for_the_taxes(alice):
    her = alice("100 + 19% # Invoice 1", "-5 # Invoice 2", "7")
    her.screen.open("/calculations")
    her.reset()
    her.click(her.page.get_by_label("Search", exact=True), leads_away=False)
    her.type("invoice")
    her.enter()
    with her.page.expect_download() as download:
        her.link("Export as CSV").click()
    assert her.clicks + 1 <= 4
    with open(download.value.path(), encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(io.StringIO(file.read())))
    assert [row[1:] for row in rows[1:]] == [
        ["2", "Invoice 2", "'-5 # Invoice 2", "", "-5"],
        ["1", "Invoice 1", "100 + 19% # Invoice 1", "", "119"],
    ]
    her.click(her.link("Print"))
    assert "Total of this sheet: 114" in her.screen.text
    her.screen.look()


def test_a_sheet_of_the_paper_tape_is_one_page(screen, site):
    alice = screen()
    fill = [sys.executable, "-m", "flask", "--app", "wsgi", "demo", alice.register(), "--records", "80"]
    subprocess.run(fill, cwd=ROOT, env={**os.environ, **site.environment}, capture_output=True, check=True)
    alice.open("/calculations/print")
    paper = alice.page.pdf(format="A4", margin=dict.fromkeys(("top", "right", "bottom", "left"), "15mm"))
    assert alice.page.locator(".sheet").count() == 2
    assert len(re.findall(rb"/Type\s*/Page\b", paper)) == 2


def test_the_phone_carries_on_with_the_keypad(alice, browser):
    """`+ 20 =` is four keys. With three of them the answer is shown; what is shown is never kept by itself, so that
    the fourth does that."""
    her = alice("22")
    phone = browser.new_context(
        java_script_enabled=her.screen.scripts,
        viewport={"width": 320, "height": 640},
        has_touch=True,
        is_mobile=True,
        storage_state=her.screen.context.storage_state(),
    )
    page = phone.new_page()
    page.goto(her.screen.address + "/")
    last = page.get_by_text("ans = 22")
    assert last.bounding_box()["y"] < 640  # to be seen without scrolling
    keys = page.locator(".keypad")
    for key in ("plus", "2", "0"):
        button = keys.get_by_role("button", name=key, exact=True)
        assert button.bounding_box()["height"] >= 44
        if her.screen.scripts:
            button.tap()
        else:
            with page.expect_navigation():
                button.tap()
    if her.screen.scripts:
        page.locator("#preview", has_text="42").wait_for()
    keys.get_by_role("button", name="equals", exact=True).tap()
    page.get_by_role("article").first.get_by_text("42", exact=True).wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    phone.close()


def test_what_is_very_long_stays_inside_of_the_page(alice):
    """On a phone too: a sum of many, a number without an end, a fraction, a note without a gap."""
    her = alice("+".join(map(str, range(1, 100))), "2^2000", f"1/{'7' * 60}", f"{'9' * 300} # {'tiles' * 20}")
    her.screen.open("/")
    for width in (1280, 320):
        her.page.set_viewport_size({"width": width, "height": 800})
        assert her.page.evaluate("document.documentElement.scrollWidth") <= width


class Scales:
    """What comes over the line, as the browser counts it: headers, and bodies as they are sent."""

    def __init__(self, page):
        self.sizes, self.addresses = {}, {}
        line = page.context.new_cdp_session(page)
        line.send("Network.enable")
        line.send("Network.setCacheDisabled", {"cacheDisabled": True})
        line.on("Network.responseReceived", lambda told: self.named(told["requestId"], told["response"]["url"]))
        line.on("Network.loadingFinished", lambda told: self.weighed(told["requestId"], told["encodedDataLength"]))

    def named(self, request, address):
        self.addresses[request] = address

    def weighed(self, request, size):
        self.sizes[request] = size

    def of(self, ending):
        return sum(
            size for request, size in self.sizes.items() if self.addresses[request].partition("?")[0].endswith(ending)
        )


def test_the_first_page_is_light(alice, screen):
    """With everything that it fetches, the font of formulas included: for a visitor, and for a long tape on a phone."""
    visitor = screen()
    her = alice("22", *("1/3 + sqrt(2) # Kitchen tiles",) * 20)
    her.page.set_viewport_size({"width": 320, "height": 640})
    for page in (visitor.page, her.page):
        scales = Scales(page)
        page.goto(visitor.address + "/", wait_until="networkidle")
        assert len(scales.sizes) <= 6
        assert sum(scales.sizes.values()) < 30_000, scales.sizes
        assert scales.of(".js") <= 2_048 + 1_000  # with its headers


def test_every_page_of_the_tape_is_for_everybody(alice):
    """Each is looked at small and large, by day and by night, where scripts run; all of them answer without."""
    her = alice("12*7 # tiles", "vat = 19%", "#1 * 2", "f(x) = 1/x")
    her.click(her.page.locator("details.names summary"), leads_away=False)
    her.screen.look()
    for path in (
        "/calculations/1",
        "/calculations/1/edit",
        "/calculations?starred=1&from=tomorrowish",
        "/calculations?q=nothing",
        "/calculations?deleted=1",
        "/calculations/import",
        "/account/preferences",
        "/names/f/plot",
    ):
        assert her.screen.open(path) == 200
    her.screen.open("/calculations/1")
    her.click(her.button("Make a link"))
    her.screen.look()
    her.click(her.page.locator("main a[href*='/shared/']"))
    her.screen.look()
