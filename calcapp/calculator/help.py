"""What can be typed, told by examples that are worked out before the reader's eyes."""

from functools import cache

from flask import render_template

from calcapp.access import public
from calcapp.calculator import bp
from calcapp.engine import FUNCTIONS
from calcapp.engine.guarded import evaluate_guarded

TOPICS = (
    (
        "Numbers and signs",
        (
            ("84.50*3", "+ - * / and ^ for powers; × ÷ − · √ π, ² and ½ are taken as meant"),
            ("-2^2", "a power binds before the sign"),
            ("6/2(1+2)", "a missing * is added; the page shows how it was read"),
            ("1/3*3", "fractions stay exact"),
            ("5!", "factorial; 5!! is the double factorial"),
            ("17 mod 5", "what is left over"),
            ("1e3", "a thousand"),
        ),
    ),
    (
        "Percent",
        (
            ("100 + 10%", "ten per cent more"),
            ("100 - 8%", "eight per cent less"),
            ("8% of 50", "a share"),
            ("100 + 10% + 10%", "one after the other"),
        ),
    ),
    (
        "Units",
        (
            ("5 ft + 3 in to cm", "“to” and “in” convert"),
            ("1.75 m to ft in", "units share a quantity, as in h min s"),
            ("60 mph in km/h", "units can be multiplied and divided"),
            ("20 °C to °F", "temperatures too"),
            ("9 L / 100 km * 50 km", "a number with its unit is one quantity"),
            ("2 h 15 min to min", "quantities side by side add up"),
        ),
    ),
    (
        "Dates",
        (
            ("2026-11-23 + 90 days", "days, weeks, months, years"),
            ("2026-12-25 - 2026-11-23", "the days between"),
            ("2026-11-23 - 1990-05-17 to years months days", "an age"),
            ("2 weeks after 25 December 2026", "as it is said"),
            ("weekday(2026-12-25)", "which day it is"),
        ),
    ),
    (
        "Angles, bases and complex numbers",
        (
            ("sin 30°", "radians unless said otherwise"),
            ("0xff + 0b101", "hexadecimal, binary, octal with 0o"),
            ("255 to hex", "and back"),
            ("(1+i)^2", "i is the imaginary unit"),
            ("sqrt(-4)", "so roots of negative numbers have answers"),
        ),
    ),
    (
        "Names, records and notes",
        (
            ("x = 3; x^2", "a name for one line"),
            ("f(x) = x^2 + 1; f(3)", "a function of your own"),
            ("12*7 # tiles", "the rest behind # is the note"),
        ),
    ),
)


@bp.get("/help")
@public
def help_page():
    return render_template("calculator/help.html", topics=TOPICS, functions=FUNCTIONS, answer=answer)


@cache
def answer(expression: str) -> str:
    """The answer to an example, worked out once. Raises Mistake: an example that has none is a defect."""
    result = evaluate_guarded(expression)
    return f"{result.answer} {result.unit}" if result.unit and result.unit not in result.answer else result.answer


def examples() -> list[str]:
    return [expression for _, rows in TOPICS for expression, _ in rows] + [row[3] for row in FUNCTIONS]
