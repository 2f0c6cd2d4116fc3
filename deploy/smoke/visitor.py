"""A visitor without a browser: finds fields by their labels and buttons by their words, and sends forms."""

import http.cookiejar
import json
import ssl
import urllib.error
import urllib.parse
import urllib.request
from html.parser import HTMLParser

SKIPPED = {"script", "style", "title"}
WITHIN_A_WORD = {"i", "wbr"}  # a long number's groups of digits


class Page(HTMLParser):
    """A page's words and its forms. Each form knows its fields by name, its labels and its buttons."""

    def __init__(self, url: str, status: int, html: str):
        super().__init__()
        self.url, self.status, self.html = url, status, html
        self.forms: list[dict] = []
        self.words: list[str] = []
        self.labels: dict[str, str] = {}
        self._inside: list[str] = []
        self._collecting: tuple[str, object] | None = None
        self.feed(html)
        self.text = " ".join("".join(self.words).split())

    def handle_starttag(self, tag, attributes):
        attribute = dict(attributes)
        self._inside.append(tag)
        self.part(tag)
        if tag == "form":
            self.forms.append(
                {
                    "action": attribute.get("action") or "",
                    "method": attribute.get("method", "get").lower(),
                    "fields": {},
                    "ids": {},
                    "buttons": [],
                }
            )
        elif tag == "label":
            self._collecting = ("label", attribute.get("for", ""))
        elif tag == "button" and self.forms:
            button = {
                "name": attribute.get("name"),
                "value": attribute.get("value", ""),
                "words": "",
                "action": attribute.get("formaction"),
            }
            self.forms[-1]["buttons"].append(button)
            self._collecting = ("button", button)
        if tag in {"input", "textarea", "select"} and self.forms and attribute.get("name"):
            form, name = self.forms[-1], attribute["name"]
            if attribute.get("type") not in {"checkbox", "radio", "submit"} or "checked" in attribute:
                form["fields"][name] = attribute.get("value") or ""
            form["ids"][attribute.get("id", name)] = name

    def handle_endtag(self, tag):
        self.part(tag)
        while self._inside and self._inside.pop() != tag:
            pass
        if tag in {"label", "button"}:
            self._collecting = None

    def handle_data(self, data):
        if SKIPPED & set(self._inside):
            return
        self.words.append(data)
        if self._collecting and self._collecting[0] == "label":
            field = self._collecting[1]
            self.labels[field] = (self.labels.get(field, "") + " " + data).strip()
        elif self._collecting:
            self._collecting[1]["words"] = (self._collecting[1]["words"] + " " + data).strip()

    def part(self, tag):
        """What stands before a tag and behind it are words of their own, as a rule."""
        if tag not in WITHIN_A_WORD:
            self.words.append(" ")

    def form_with(self, button: str) -> tuple[dict, dict]:
        for form in self.forms:
            for candidate in form["buttons"]:
                if " ".join(candidate["words"].split()) == button:
                    return form, candidate
        raise AssertionError(f"no button “{button}” on {self.url} ({self.status}): {self.text[:300]}")

    def field_named(self, form: dict, label: str) -> str:
        for field, words in self.labels.items():
            if field in form["ids"] and words.lower().startswith(label.lower()):
                return form["ids"][field]
        raise AssertionError(f"no field “{label}” beside its button on {self.url}: {sorted(self.labels.values())}")


class Visitor:
    """One person with cookies of their own."""

    def __init__(self, base: str):
        self.base = base
        # The test's own certificate is signed by nobody: the way through is tested, not the authority.
        anyone = ssl.create_default_context()
        anyone.check_hostname, anyone.verify_mode = False, ssl.CERT_NONE
        self.opener = urllib.request.build_opener(
            urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()),
            urllib.request.HTTPSHandler(context=anyone),
            urllib.request.ProxyHandler({}),
        )

    def open(self, path: str, data: dict | None = None, referer: str | None = None) -> Page:
        url = urllib.parse.urljoin(self.base, path)
        body = None if data is None else urllib.parse.urlencode(data).encode()
        request = urllib.request.Request(url, data=body, headers={"Referer": referer or url})
        try:
            with self.opener.open(request, timeout=15) as answer:
                return Page(answer.url, answer.status, answer.read().decode())
        except urllib.error.HTTPError as refusal:
            return Page(refusal.url, refusal.status, refusal.read().decode(errors="replace"))

    def send(self, page: Page, button: str, **filled: str) -> Page:
        """Fill fields, named by their labels, and press a button."""
        form, pressed = page.form_with(button)
        data = dict(form["fields"])
        for label, value in filled.items():
            data[page.field_named(form, label.replace("_", " "))] = value
        if pressed["name"]:
            data[pressed["name"]] = pressed["value"]
        action = urllib.parse.urljoin(page.url, pressed["action"] or form["action"])
        if form["method"] == "get":
            return self.open(f"{action}?{urllib.parse.urlencode(data)}")
        return self.open(action, data, referer=page.url)

    def json(self, path: str) -> dict:
        return json.loads(self.open(path).html)
