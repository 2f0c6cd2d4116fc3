"""A page as a person meets it, inspected each time one is shown."""

import html5lib

TYPED_INTO = {"text", "email", "password", "search", "number", "date", "tel", "url", "file", "checkbox", "radio"}
PROMISED_HEADERS = {
    "Content-Security-Policy",
    "X-Content-Type-Options",
    "Referrer-Policy",
    "Cross-Origin-Opener-Policy",
    "Cache-Control",
}


class Page:
    """The answer to one request. Raises AssertionError where the page breaks a promise that all pages make."""

    def __init__(self, answer, sent):
        self.status = answer.status_code
        self.headers = answer.headers
        self.location = answer.headers.get("Location")
        self.source = answer.get_data(as_text=True)
        self.sent = sent
        assert set(self.headers.keys()) >= PROMISED_HEADERS, f"{sent} lacks a header: {self.headers}"
        is_page = answer.mimetype == "text/html" and "<html" in self.source
        self.tree = self.parse() if is_page else None
        if self.tree is not None:
            self.inspect()

    def parse(self):
        parser = html5lib.HTMLParser(html5lib.getTreeBuilder("etree"), strict=True, namespaceHTMLElements=False)
        return parser.parse(self.source)

    def all(self, *names):
        return [element for element in self.tree.iter() if element.tag in names]

    def inspect(self):
        assert len(self.all("h1")) == 1, f"{self.sent} has {len(self.all('h1'))} h1"
        assert self.title.strip(" –"), f"{self.sent} has no title"
        ids = [element.get("id") for element in self.tree.iter() if element.get("id")]
        assert len(ids) == len(set(ids)), f"{self.sent} has an id twice: {sorted(ids)}"
        labelled = {label.get("for") for label in self.all("label")}
        for field in self.all("input", "select", "textarea"):
            if field.tag != "input" or field.get("type", "text") in TYPED_INTO:
                named = field.get("id") in labelled or field.get("aria-label") or field.get("aria-labelledby")
                assert named, f"{self.sent}: the field {field.get('name')} has no label"
        for element in self.tree.iter():
            assert not any(name.startswith("on") for name in element.attrib), f"{self.sent}: a script in {element.tag}"
            assert not element.get("style"), f"{self.sent}: a style in {element.tag}"
            for name in ("aria-describedby", "aria-labelledby", "form", "list"):
                for target in (element.get(name) or "").split() if not element.tag.endswith("}mo") else ():
                    assert target in ids, f"{self.sent}: {name} names {target}, which is not there"
        assert all(script.get("src") for script in self.all("script")), f"{self.sent} has a script in it"
        assert not self.all("style"), f"{self.sent} has a style in it"

    @property
    def token(self):
        """What its forms send against forgery; None where it has none."""
        fields = [] if self.tree is None else self.all("input")
        return next((field.get("value") for field in fields if field.get("name") == "csrf_token"), None)

    @property
    def title(self):
        return text_of(self.all("title")[0])

    @property
    def h1(self):
        return text_of(self.all("h1")[0])

    @property
    def text(self):
        """What is to be read on it, white space folded."""
        return self.source if self.tree is None else text_of(self.tree.find("body"))

    @property
    def cards(self):
        """The records shown, top first."""
        return [text_of(card) for card in self.all("article")]

    def has(self, button):
        return self.tree is not None and button in buttons_in(self.tree)

    def form(self, button):
        """The form that holds the button with this text: its action, its method, its fields by label or name."""
        for form in self.all("form"):
            if button in buttons_in(form):
                return Form(form, self)
        raise AssertionError(f"{self.sent} has no form with a button {button!r}: {self.text}")


class Form:
    """What a browser would send: every field's value, to be changed by label."""

    def __init__(self, element, page):
        self.method = element.get("method", "get").upper()
        self.action = element.get("action") or page.sent.split(" ", 1)[1]
        self.labels = {text_of(label): label.get("for") for label in page.all("label")}
        self.fields, self.ids = {}, {}
        for field in element.iter():
            name = field.get("name")
            if field.tag not in {"input", "select", "textarea"} or name is None:
                continue
            if field.get("id"):
                self.ids[field.get("id")] = name
            if field.get("type") in {"checkbox", "radio"} and field.get("checked") is None:
                continue
            value = value_of(field)
            if name in self.fields and field.get("type") in {"checkbox", "hidden"}:
                earlier = self.fields[name]
                value = [*(earlier if isinstance(earlier, list) else [earlier]), value]
            self.fields[name] = value

    def fill(self, **values):
        """Set fields, by name or by label (`Expression="1/3"`, `Note="tiles"`)."""
        for key, value in values.items():
            label = next((self.labels[text] for text in self.labels if text == key.replace("_", " ")), None)
            self.fields[self.ids.get(label, key)] = value
        return self.fields


def value_of(field):
    if field.tag == "textarea":
        return "".join(field.itertext())
    if field.tag == "select":
        chosen = [option for option in field.iter("option") if option.get("selected") is not None]
        first = chosen or list(field.iter("option"))
        return first[0].get("value", text_of(first[0])) if first else ""
    return field.get("value", "on" if field.get("type") in {"checkbox", "radio"} else "")


def buttons_in(element):
    return [text_of(button) for button in element.iter("button")]


def text_of(element):
    return " ".join("".join(element.itertext()).split())
