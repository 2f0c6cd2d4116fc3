"""One calculation from text to result."""

from __future__ import annotations

import datetime

from calcapp.engine import work
from calcapp.engine.answer import certified, rational, scientific, shown_complex
from calcapp.engine.bases import in_base
from calcapp.engine.evaluator import Evaluator
from calcapp.engine.form import Exact, Form
from calcapp.engine.hidden import hidden_unit
from calcapp.engine.known import Known, References
from calcapp.engine.mistake import Mistake, OutOfDomain, TooLarge, UnitMissing, UnknownName
from calcapp.engine.numbers import fmpq
from calcapp.engine.parser import parse
from calcapp.engine.parts import written as in_parts
from calcapp.engine.products import in_figures
from calcapp.engine.quantity import Quantity, unit_text, written
from calcapp.engine.reading import Reader, read
from calcapp.engine.recognition import simplest
from calcapp.engine.referring import defined, refer
from calcapp.engine.result import Result
from calcapp.engine.scope import names_and_functions
from calcapp.engine.tree import Call, Convert, Record, Tree
from calcapp.engine.value import Day, Share, Value, Word
from calcapp.engine.written import LONGEST as LONGEST_VALUE
from calcapp.engine.written import exact_text, rational_text, worth_showing

LONGEST_EXACT = 1_000
MOST_DIGITS = 1_000


def work_out(
    text: str, digits: int, decimal_comma: bool, angle_unit: str, known: Known, today: datetime.date | None
) -> Result:
    digits = max(1, min(digits, MOST_DIGITS))
    variables, functions = names_and_functions(known)
    program = parse(text, decimal_comma=decimal_comma, variables=variables, functions=functions)
    with work.alone() as account:
        evaluator = Evaluator(known, angle_unit, today)
        try:
            for statement in program.statements:
                value = evaluator.value(statement)
            value = simplest(value)
        except UnknownName as mistake:
            if mistake.repair is not None:
                mistake.repair = text[: mistake.start] + mistake.repair + text[mistake.end :]
            raise
        except UnitMissing as mistake:
            mistake.message += hidden_unit(program.statements, {**known.names, **evaluator.scope})
            raise
        last = program.statements[-1]
        if isinstance(value, Quantity) and not isinstance(last, Convert | Record):
            value = in_figures(value)
        try:
            answer, exact, certain = shown(value, last, digits, evaluator)
        except Mistake as mistake:
            raise mistake.placed(0, len(text)) from None
        if account.doubt and answer == "0":
            evaluator.hint("0 to 1,000 digits; whether it is exactly 0 could not be decided")
        certainty = "undecided" if account.doubt else "exact" if certain else "certified"
    reading = read(program.statements, evaluator.understood)
    kept = value_text(value)
    lost = certainty == "undecided" and isinstance(value, fmpq)  # the number alone would not say so again
    if len(kept) > LONGEST_VALUE or lost:
        kept = by_reading(program.statements, evaluator)
    unit = unit_text(value) or None if isinstance(value, Quantity) and not value.parts else None
    return Result(
        input=text,
        read=reading,
        answer=answer,
        exact=exact,
        certainty=certainty,
        unit=unit,
        note=program.note,
        value=kept,
        used=tuple(evaluator.used),
        names_used=tuple(evaluator.names_used),
        defines=defined(program.statements),
        hints=tuple(program.hints + evaluator.hints),
    )


def shown(value: Value, tree: Tree, digits: int, evaluator: Evaluator) -> tuple[str, str | None, bool]:
    """The answer, its exact form, and whether that is exact."""
    form = tree.form if isinstance(tree, Convert) else None
    if isinstance(value, Exact):
        number = value
    elif isinstance(value, Word):
        return value.text, None, True
    elif isinstance(value, Day):
        return value.date.isoformat(), None, True
    elif isinstance(value, Share):
        number, form = value.number, "percent" if value.asked else form
    else:
        number = written(value)
    if form is not None and form not in ("dec", "fraction", "scientific"):
        if form == "percent":
            text, exact, certain = decimal(number * 100 if isinstance(number, fmpq) else number, digits)
            if isinstance(number, Form):
                from calcapp.engine.arithmetic import multiply

                text, exact, certain = decimal(multiply(number, fmpq(100)), digits)
            return f"{text}%", None, certain
        text, whole = in_base(number, form, digits)
        _, exact, certain = decimal(number, digits)
        return text, None if whole else exact, certain
    answer, exact, certain = decimal(number, digits)
    if isinstance(value, Quantity) and value.parts:
        return in_parts(answer, value.parts, digits), None, certain
    if form == "fraction" and exact is not None and isinstance(number, fmpq):
        return exact, None, certain
    if form == "scientific" and "i" not in answer:
        answer = scientific(answer, digits)
    if isinstance(tree, Call) and tree.name == "factor" and isinstance(number, fmpq):
        from calcapp.engine.primes import factor_list

        pieces = [str(p) if e == 1 else f"{p}^{e}" for p, e in factor_list(number)]
        exact = ("-" if number.p < 0 else "") + (" * ".join(pieces) or "1")
    return answer, exact, certain


def decimal(number: Exact, digits: int) -> tuple[str, str | None, bool]:
    if isinstance(number, fmpq):
        return rational(number, digits), exact_rational(number, digits), True
    answer = certified(number, digits) if number.real else shown_complex(number, digits)
    exact = None
    if answer == "0" and not work.current.doubt:
        return answer, None, True
    if worth_showing(number):
        text = exact_text(number)
        exact = text if len(text) <= 200 else None
    return answer, exact, exact is not None


def exact_rational(number: fmpq, digits: int) -> str | None:
    """The fraction, where it is no integer and not too long to look at."""
    if number.q == 1:
        if number.height_bits() > 700:
            text = str(number.p)
            return text if len(text) <= LONGEST_EXACT and len(text) > 200 else None
        return None
    return rational_text(number) if number.height_bits() < 600 else None


def value_text(value: Value) -> str:
    """Source text that gives exactly this value again, for anybody."""
    if isinstance(value, Exact):
        return exact_text(value)
    if isinstance(value, Word):
        return value.source
    if isinstance(value, Day):
        return value.date.isoformat()
    if isinstance(value, Share):
        from calcapp.engine.arithmetic import multiply

        text = exact_text(multiply(value.number, fmpq(100)))
        return (f"({text})%" if not text.isdigit() else f"{text}%") + (" to percent" if value.asked else "")
    text, unit = exact_text(written(value)), readable_unit(value)
    text = f"{text} {unit}" if text.lstrip("-").isdigit() else f"({text}) {unit}"
    if value.label and value.label.of != 1:
        text += f" to {value.label.text}"
    if value.parts:
        text += f" to {' '.join(unit.name for unit in value.parts)}"
    return text


def readable_unit(value: Quantity) -> str:
    """The unit as it can be read again: `as` is a word, and ° stands behind a number only."""
    angles = {"°": "deg", "′": "arcmin", "″": "arcsec"} if len(value.units) > 1 or value.units[0][1] != 1 else {}
    return unit_text(value, {"as": "attosecond", **angles})


def by_reading(trees: tuple[Tree, ...], evaluator: Evaluator) -> str:
    """A value that is too long to write out is kept as what was typed, behind what that refers to."""
    known = evaluator.known
    if len(trees) == 1 and isinstance(trees[0], Record):
        return known.records[evaluator.used[0]]
    values: dict[int | None, str] = {number: known.records[number] for number in evaluator.used}
    if any(";" in text for text in values.values()) or (evaluator.names_used and evaluator.degrees):
        raise TooLarge("This answer is too long to keep. Use smaller numbers.")
    values[None] = values.get(known.last, "")
    pieces = [read(evaluator.parsed(known.names[name]).statements) for name in reversed(evaluator.names_used)]
    reader = Reader(evaluator.understood, values)
    pieces += (reader.text(tree)[0] for tree in trees)
    text = "; ".join(pieces)
    if len(text) > LONGEST_VALUE:
        raise TooLarge("This answer is too long to keep. Use smaller numbers.")
    return text


__all__ = ["OutOfDomain", "References", "refer", "work_out"]
