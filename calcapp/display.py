"""How numbers, expressions and times look to the person who reads them."""

import hashlib
from datetime import datetime
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo

from flask import current_app
from flask_login import current_user
from markupsafe import Markup

from calcapp import engine

DATE_STYLES = {"iso": "%Y-%m-%d", "day": "%d.%m.%Y", "month": "%m/%d/%Y"}


def init_app(app):
    app.add_template_filter(moment)
    app.add_template_filter(as_typed)
    app.add_template_filter(as_mathml)
    app.add_template_global(described)
    app.url_defaults(name_the_version)


def name_the_version(endpoint: str, values: dict[str, object]) -> None:
    """Static addresses change with their content, so that browsers may keep the content for good."""
    if endpoint == "static" and "v" not in values:
        values["v"] = fingerprint(Path(current_app.static_folder) / values["filename"])


@cache
def fingerprint(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()[:8]


def moment(at: datetime) -> str:
    """A time in the reader's own zone and style."""
    zone = ZoneInfo(getattr(current_user, "time_zone", "UTC"))
    style = DATE_STYLES[getattr(current_user, "date_style", "iso")]
    return at.astimezone(zone).strftime(f"{style} %H:%M")


def as_typed(canonical: str) -> str:
    """An answer or expression as this person would type it: with a decimal comma where that is the preference."""
    return engine.rewrite(canonical, decimal_comma=True) if decimal_comma() else canonical


def as_mathml(canonical: str) -> Markup:
    """The expression as MathML; the engine's writer escapes every text it is given."""
    return Markup(engine.mathml(canonical, decimal_comma=decimal_comma()))  # noqa: S704


def decimal_comma() -> bool:
    return getattr(current_user, "decimal_comma", False)


def described(field, hint: str | None, attributes: dict[str, object]) -> dict[str, object]:
    """A field's attributes with those that tie it to its hint and its mistakes, for who hears the page."""
    name = attributes.get("id", field.id)
    ids = [f"{name}-hint"] if hint else []
    ids += [f"{name}-error-{place}" for place, _ in enumerate(field.errors, start=1)]
    tied = {"aria-describedby": " ".join(ids)} if ids else {}
    return attributes | tied | ({"aria-invalid": "true"} if field.errors else {})
