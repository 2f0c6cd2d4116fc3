"""Generated expressions against oracles that share nothing with the engine.

    python -m benchmarks.oracle [--count 100000] [--seed 1] [--only 12345]

Each expression is worked out at 15, 30 and 200 digits; every digit shown must be the rounding of the true value.
A failure prints its seed and number, which grow the same expression again.
"""

from __future__ import annotations

import argparse
import collections
import re
import signal
import sys
import time
import traceback
from fractions import Fraction
from random import Random
from types import FrameType
from typing import Any

from mpmath import mp, mpc, mpf
from mpmath.libmp.libhyper import NoConvergence

from benchmarks.grown import Case, Skip, cases
from calcapp.engine import DividedByZero, Mistake, evaluate

DIGITS = (15, 30, 200)
PRECISIONS = (320, 360, 700, 1500)
TINY = mpf(10) ** -1200
REAL = re.compile(r"[+-]?\d+(\.\d+)?(e[+-]?\d+)?")


def truth(case: Case) -> tuple[Fraction, Fraction] | str | None:
    """The value as two rationals that are right to 230 digits, a text, or 'division by zero'."""
    last = None
    for precision in PRECISIONS:
        with mp.workdps(precision):
            try:
                value = case.value()
            except ZeroDivisionError:
                return DividedByZero.kind
            if isinstance(value, str):
                return value
            if isinstance(value, Fraction | int):
                return Fraction(value), Fraction(0)
            now = mpc(value)
            if not mp.isfinite(now) or max(abs(now.real), abs(now.imag)) > mpf(10) ** 3000:
                raise Skip
            real = isinstance(value, mpf)  # its imaginary part is no zero that more digits could tell apart
            if (
                last is not None
                and agreed(last.real, now.real, precision)
                and (real or agreed(last.imag, now.imag, precision))
            ):
                return rational(last.real, now.real), rational(last.imag, now.imag)
            last = now
    raise Skip


def agreed(a: Any, b: Any, precision: int) -> bool:
    """The same to 240 digits; zero only where it is smaller than anything that people write."""
    if abs(b) < mpf(10) ** -250:
        return precision == PRECISIONS[-1] and (abs(b) < TINY or abs(a - b) <= abs(b) * mpf(10) ** -240)
    return abs(a - b) <= abs(b) * mpf(10) ** -240


def rational(before: Any, value: Any) -> Fraction:
    if abs(value) < TINY and abs(before - value) > abs(value) * mpf(10) ** -240:
        return Fraction(0)  # what is left shrinks with the precision
    sign, mantissa, exponent, _ = value._mpf_
    return Fraction(-int(mantissa) if sign else int(mantissa)) * Fraction(2) ** int(exponent)


def read(answer: str) -> tuple[Fraction, Fraction] | None:
    """The real and imaginary part of an answer as shown."""
    text = answer.replace(" ", "").replace("−", "-").replace("…", "")
    if not text.endswith("i"):
        return (Fraction(text), Fraction(0)) if REAL.fullmatch(text) else None
    body = text[:-1].removesuffix("*")
    cut = max((i for i in range(1, len(body)) if body[i] in "+-" and body[i - 1] != "e"), default=0)
    first, second = body[:cut] or "0", {"": "1", "+": "1", "-": "-1"}.get(body[cut:], body[cut:])
    if not (REAL.fullmatch(first) and REAL.fullmatch(second)):
        return None
    return Fraction(first), Fraction(second)


def rounds(shown: Fraction, true: Fraction, digits: int) -> bool:
    """Whether `shown` is `true` rounded to so many significant digits (or closer)."""
    if shown == true:
        return True
    if true == 0:
        return False
    exponent = int((abs(true.numerator).bit_length() - true.denominator.bit_length()) * 0.30103) + 1
    while abs(true) < Fraction(10) ** (exponent - 1):
        exponent -= 1
    if abs(true) < Fraction(10) ** exponent:
        exponent -= 1
    half = Fraction(10) ** (exponent - digits + 1) / 2
    return abs(shown - true) <= half * (1 + Fraction(1, 10**20))


def complaint(case: Case, digits: int, true: Any) -> str | None:
    """What is wrong with the engine's answer, if anything is."""
    try:
        result = evaluate(case.text, digits=digits)
    except Mistake as mistake:
        return None if true == mistake.kind else f"refused: {mistake.kind}: {mistake}"
    except TimeoutError:
        raise
    except Exception as fault:
        return f"failed: {type(fault).__name__}: {fault}"
    if true == DividedByZero.kind:
        return f"should be a division by zero: {result.answer}"
    if isinstance(true, str):
        return None if result.answer.lower() == true.lower() else f"{result.answer}, not {true}"
    answer = result.answer
    if case.kind in ("units", "days") and result.unit:
        answer = answer.removesuffix(result.unit).strip()
    shown = read(answer)
    if shown is None:
        return f"unreadable: {result.answer}"
    if case.unit is not None and result.unit is None:
        return "no unit"
    for part, expected in zip(shown, true, strict=True):
        if not rounds(part, expected, digits):
            return f"{result.answer[:60]} ({result.certainty}), not {decimal(true)}"
    if result.exact and re.fullmatch(r"-?\d+/\d+", result.exact) and not rounds(Fraction(result.exact), true[0], 200):
        return f"exact {result.exact}"
    return None


def decimal(true: tuple[Fraction, Fraction]) -> str:
    with mp.workdps(40):
        return " ".join(mp.nstr(mpf(part.numerator) / part.denominator, 40) for part in true)


def grown(seed: int, number: int) -> Case:
    return cases(Random(f"{seed}:{number}"))


def check(seed: int, number: int, digits: tuple[int, ...] = DIGITS) -> tuple[Case, str | None]:
    """The case and what is wrong with it; 'skipped' where the oracle has no opinion."""
    case = grown(seed, number)
    try:
        true = truth(case)
    except (Skip, ValueError, OverflowError, NoConvergence, TypeError):
        return case, "skipped"
    for asked in digits:
        wrong = complaint(case, asked, true)
        if wrong:
            return case, f"at {asked} digits: {wrong}"
    return case, None


def too_long(_: int, frame: FrameType | None) -> None:
    ours = [f.filename for f in traceback.extract_stack(frame) if "calcapp/engine" in f.filename]
    raise TimeoutError("in the engine" if ours else "in the oracle")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--count", type=int, default=100_000)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--start", type=int, default=0)
    options.add_argument("--only", type=int)
    asked = options.parse_args()
    numbers = [asked.only] if asked.only is not None else range(asked.start, asked.start + asked.count)
    found: collections.Counter[str] = collections.Counter()
    began = time.perf_counter()
    signal.signal(signal.SIGALRM, too_long)
    for number in numbers:
        signal.alarm(20)
        try:
            case, wrong = check(asked.seed, number)
        except TimeoutError as late:
            case, wrong = grown(asked.seed, number), "never ends" if "engine" in str(late) else "skipped"
        signal.alarm(0)
        found["skipped" if wrong == "skipped" else "wrong" if wrong else "right"] += 1
        if wrong and (wrong != "skipped" or asked.only is not None):
            print(f"{asked.seed}:{number} | {case.text} | {wrong}", flush=True)
    took = time.perf_counter() - began
    print(f"seed {asked.seed}: {dict(found)} in {took:.0f} s, at {', '.join(map(str, DIGITS))} digits each")
    sys.exit(bool(found["wrong"]))


if __name__ == "__main__":
    main()
