"""How numbers, expressions and times look to the person who reads them."""

import hashlib
import re
from datetime import datetime
from fractions import Fraction
from functools import cache
from itertools import pairwise
from pathlib import Path

from flask import current_app, request
from flask_login import current_user
from markupsafe import Markup, escape

from calcapp import engine
from calcapp.models import wording
from calcapp.models.folding import parts
from calcapp.models.user import DIGITS

NUMBER = re.compile(r"(?<![\w.,])(\d+)(?:[.,](\d+))?")
POWER = re.compile(r"\^(-?\d+)")
RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def init_app(app):
    app.add_template_filter(moment)
    app.add_template_filter(as_typed)
    app.add_template_filter(as_told)
    app.add_template_filter(as_mathml)
    app.add_template_filter(answer_of)
    app.add_template_filter(as_unit)
    app.add_template_filter(groups)
    app.add_template_filter(says_more)
    app.add_template_filter(more_digits)
    app.add_template_filter(parts, "parts")
    app.add_template_global(here)
    app.add_template_global(example_day)
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
    return wording.moment(at, current_user)


def example_day() -> str:
    return wording.example_day(current_user)


def as_typed(canonical: str) -> str:
    """An answer or expression as this person would type it: with a decimal comma where that is the preference."""
    return wording.written(canonical, current_user)


def as_told(hint: str) -> str:
    """A remark of the engine; what it says was read, as this person would type it."""
    before, read, after = hint.rpartition("read as ")
    return f"{before}{read}{as_typed(after)}"


def as_mathml(canonical: str) -> Markup:
    """The expression as MathML, named for who hears it without speech for formulas. The engine's writer escapes
    every text it is given."""
    formula = engine.mathml(canonical, decimal_comma=decimal_comma())
    return Markup(formula.replace("<math>", f'<math aria-label="{escape(as_typed(canonical))}">', 1))  # noqa: S704


def answer_of(record, digits: int | None = None) -> str:
    """The answer of a record or result with its unit, in as many digits as this person wants to see."""
    wanted = digits or getattr(current_user, "digits", None)
    number = as_typed(record.answer_in(wanted) if wanted and hasattr(record, "answer_in") else record.answer)
    return f"{number} {as_unit(record.unit)}" if record.unit else number


def as_unit(canonical: str) -> str:
    """`kg*m^2` as `kg·m²`, which can be typed and pasted too."""
    return POWER.sub(lambda power: power[1].translate(RAISED), canonical).replace("*", "·")


def groups(text: str) -> list[str]:
    """Cut where a thin gap makes a long number easy to read: by threes from its decimal mark."""
    cuts = set()
    for number in NUMBER.finditer(text):
        if len(number[1]) > 4:
            cuts.update(range(number.end(1) - 3, number.start(1), -3))
        if len(number[2] or "") > 4:
            cuts.update(range(number.start(2) + 3, number.end(2), 3))
    return [text[start:end] for start, end in pairwise([0, *sorted(cuts), len(text)])]


def says_more(record) -> bool:
    """Whether the exact form adds to the answer: digits were left out."""
    if record.certainty != "exact" or record.exact in (None, record.answer):
        return False
    try:
        return Fraction(record.exact) != Fraction(record.answer)
    except ValueError:  # π, √2, or more digits than Python likes to read
        return True


def more_digits(record, digits: int | None = None) -> list[int]:
    """How many digits could be shown instead, where there are more than these."""
    shown = digits or getattr(current_user, "digits", DIGITS[0])
    return [] if record.is_whole else [more for more in DIGITS if more > shown]


def here() -> str:
    """Where an act on this page leads back to."""
    return request.full_path.rstrip("?") if request.method == "GET" else ""


def decimal_comma() -> bool:
    return getattr(current_user, "decimal_comma", False)


def described(field, hint: str | None, attributes: dict[str, object], also: str | None = None) -> dict[str, object]:
    """A field's attributes with those that tie it to its hint and its mistakes, for who hears the page; where
    nothing is wrong, to what `also` names."""
    name = attributes.get("id", field.id)
    ids = [f"{name}-hint"] if hint else []
    ids += [also] if also and not field.errors else []
    ids += [f"{name}-error-{place}" for place, _ in enumerate(field.errors, start=1)]
    tied = {"aria-describedby": " ".join(ids)} if ids else {}
    return attributes | tied | ({"aria-invalid": "true"} if field.errors else {})
