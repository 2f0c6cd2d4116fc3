# ruff: noqa: E501 - lists of expressions read better in whole lines
"""Expressions made to hurt: none may cost more than 100 ms of CPU or 64 MB more memory, or end the process.

    python -m benchmarks.fuzz [--count 200000] [--seed 1]

Runs in children of 2,000 expressions each. What costs too much is tried twice again, the least counts, and what is
left is printed with its figures. A child that dies names the expression it died of.
"""

from __future__ import annotations

import argparse
import collections
import json
import resource
import signal
import subprocess
import sys
import time
from random import Random

from benchmarks.grown import cases
from calcapp.engine import FUNCTIONS, Known, Mistake, evaluate

MOST_SECONDS = 0.1
MOST_MEMORY = 64 * 1024  # in the unit of ru_maxrss
BATCH = 2_000

NASTY = (
    *("0", "1", "-1", "2", "0.5", "-0.5", "1/3", "-1/3", "i", "-i", "1+i", "1e-50", "1e50", "-1e50", "1e9", "1e10", "-1e9"),
    *("1e4", "12345", "99999", "123456789", "10^100", "10^1000", "10^5000", "10^50000", "2^199999", "10^-5000", "1e-59000"),
    *("10^10^8", "10^10^10", "9^9^9", "2^127-1", "(2^61-1)*(2^89-1)", "10^24+7", "10^40+1", "10^60000", "4e9", "4*10^9-0.5"),
    *("sqrt(2)", "pi", "e", "exp(100)", "exp(10^6)", "exp(10^9)", "exp(-10^9)", "pi*10^100", "1-1e-30", "1+1e-30", "-1+1e-50"),
    *("sqrt(2)+sqrt(3)", "sin(1)", "10^30+0.5", "355/113", "(1+i)*10^50", "i*10^9", "i*1e-50", "0.1+i*1e30", "100!", "1000!"),
    *("3^0.3333333333", "2^(1/999999937)", "pi^pi^pi", "e^e^e^e", "ln(10^9999)", "(-8)^(1/3)", "170.6", "-170.5", "1e6+0.5"),
    *("5 m", "20 °C", "3 kg", "2026-11-23", "10%", "0xffffffffffff", "1 km/h", "9999-12-31", "tan(pi/2-1e-40)", "fib(1000)"),
)  # fmt: skip
OPERATORS = (
    "+",
    "-",
    "*",
    "/",
    "^",
    " mod ",
    "//",
    " choose ",
    "<<",
    ">>",
    " and ",
    " xor ",
    "**",
    " of ",
    "!+",
    "!!*",
    "%-",
)
PIECES = (
    *"0123456789.,()[]{}+-*/^!%#=;<>|&~\"'\\$@_ ", "sin(", "sqrt ", "√", "∛", "pi", "e", "i", "1e5", "ans", "#1", "#7",
    " to ", " in ", " km", " °C", "°", "²", "⁻³", "½", "3½", "f(x)=", "x", "mod", "!", "!!", "%", "0x", "0b", "to hex",
    "2026-11-23", "weekday(", "lcm(", "１２", "١٢", "\u200b", "\u00a0", "∞", "×", "÷", "−", "\t", "🙂", "log", "choose", "of",
    "what is ", "how many ", "feet in a ", " average of ", " and ", "let ", ":=", "8:30", "7:5", " min", "5'11", "′", "″",
    " to 2 dp", " by ", " raised to ", "49C6", "°C", " f", " to c", "12 V*5 A", "/50 km/h", "mg/kg", "gb", "years between ",
)  # fmt: skip
KINDS = frozenset(("syntax", "unknown name", "division by zero", "domain", "unit mismatch", "too large"))
DIGITS = (15, 15, 15, 15, 30, 30, 100, 200, 1000)


def giant(rng: Random) -> str:
    """A number that is as long as it may be, and longer."""
    kind = rng.random()
    if kind < 0.4:
        return rng.choice(NASTY)
    if kind < 0.7:
        return f"10^{rng.randint(1, 70_000)}"
    return str(rng.randint(1, 10 ** rng.randint(1, 40)))


def called(rng: Random) -> str:
    name, arguments, *_ = rng.choice(FUNCTIONS)
    count = rng.randint(1, 5) if arguments.endswith("…") else arguments.count(",") + 1
    count += rng.choice([0, 0, 0, 0, 0, 0, 0, 0, -1, 1])
    return f"{name}({', '.join(giant(rng) for _ in range(count))})"


def towers(rng: Random) -> str:
    parts = [rng.choice([giant(rng), called(rng), str(rng.randint(2, 99))]) for _ in range(rng.randint(2, 5))]
    text = parts[0]
    for part in parts[1:]:
        text += rng.choice(OPERATORS) + (f"({part})" if rng.random() < 0.6 else part)
    return text


def composed(rng: Random) -> str:
    inner = called(rng)
    for _ in range(rng.randint(1, 3)):
        name, arguments, *_ = rng.choice(FUNCTIONS)
        rest = "".join(f", {giant(rng)}" for _ in range(arguments.count(",")))
        inner = f"{name}({inner}{rest})"
    return inner


def broken(rng: Random) -> str:
    text = list(cases(rng).text)
    for _ in range(rng.randint(1, 6)):
        place = rng.randint(0, len(text))
        act = rng.random()
        if act < 0.5:
            text.insert(place, rng.choice(PIECES))
        elif act < 0.8 and text:
            del text[min(place, len(text) - 1)]
        else:
            text[place:place] = text[max(0, place - 8) : place]
    return "".join(text)


def soup(rng: Random) -> str:
    return "".join(rng.choice(PIECES) for _ in range(rng.randint(1, 60)))


def filled(unit: str, last: str = "1", most: int = 1000) -> str:
    """As often as 1,000 characters allow."""
    return unit * ((most - len(last)) // len(unit)) + last


def long_one(rng: Random) -> str:
    p = [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89, 97, 101]
    n = rng.randint(2, 26)
    return rng.choice(
        [
            lambda: "(" * 10_000 + "1" + ")" * 10_000,
            lambda: filled(rng.choice(["(", "-", "+", "√", "sin(", "sin ", "not ", "2^", "[", "f(", "1/(1+", "sqrt(2+", "exp("])),
            lambda: filled(rng.choice(["9!*", "π^", "1/3+", "√2+", "9^9*", "e*", "x*", "1/7-", "(1+√2)*", "i^i*", "sin(1)*", "2mod"])),
            lambda: filled(rng.choice(["9!+", "sin(1)+", "ln(2)+", "√3*√2+", "cos(2)/", "7^.1+", "3^.1*", "1e9999*", "0.1-", "π*e+"])),
            lambda: "lcm(" + filled("99999999977,", "2)", 990),
            lambda: "lcm(" + ", ".join(str(rng.randint(10**30, 10**31)) for _ in range(28)) + ")",
            lambda: "+".join(f"√{x}" for x in p[:n]),
            lambda: "*".join(f"(1+√{x})" for x in p[:n]),
            lambda: "*".join(f"(√{x}+√{x + 1})" for x in p[:n]),
            lambda: "1/(" + "+".join(f"√{x}" for x in p[:n]) + ")",
            lambda: "(" + "+".join(f"√{x}" for x in p[:n]) + f")^{rng.randint(2, 300)}",
            lambda: "(" + "+".join(f"ln({x})" for x in p[:n]) + f")^{rng.randint(2, 300)}",
            lambda: "(1+pi+e+sqrt(2)+ln(3))^" + str(rng.randint(2, 100_000)),
            lambda: "+".join(f"{x}^(1/{y})" for x, y in zip(p, reversed(p[:n]), strict=False)),
            lambda: "*".join(f"sin({x}pi/{y})" for x, y in zip(p, reversed(p[:n]), strict=False)),
            lambda: f"sin({rng.randint(1, 10**9)}pi/{rng.randint(1, 10**9)})",
            lambda: "f(x)=x*x;" + "f(" * n + "2" + ")" * n,
            lambda: "f(x)=x+x;" + "f(" * n + "2" + ")" * n,
            lambda: "f(x)=(x+√2)*(x-√3);" + "f(" * n + "2" + ")" * n,
            lambda: "f(x)=f(x-1)+f(x-2);f(30)",
            lambda: "f(x)=f(x);f(1)",
            lambda: "f(x)=g(x);g(x)=f(x);f(1)",
            lambda: "f(x)=x^x;f(f(f(3)))",
            lambda: ";".join(f"f{i + 1}(x)=f{i}(f{i}(x))" for i in range(n)).replace("f0(f0(x))", "sin(x)") + f";f{n}(1)",
            lambda: "a=2;" + ";".join(f"a=a*a+{i}" for i in range(n * 3)) + ";a",
            lambda: "a=√2;" + ";".join("a=a*a+√3" for i in range(n)) + ";a",
            lambda: ";".join(f"x{i + 1}=x{i}+x{i}" for i in range(n)).replace("x0+x0", "π", 1) + f";x{n}",
            lambda: "sum(" + ",".join(f"1/{rng.randint(1, 10**12)}" for _ in range(50)) + ")",
            lambda: "stdev(" + ",".join(f"√{rng.randint(1, 99)}" for _ in range(100)) + ")",
            lambda: "geomean(" + ",".join(str(rng.randint(1, 10**9)) for _ in range(80)) + ")",
            lambda: "+".join(f"1/{rng.randint(10**20, 10**21)}" for _ in range(40)),
            lambda: "0." + "0" * 990 + "1",
            lambda: rng.choice(["9", "0.", "1e", "7,"]) + "".join(rng.choice("0123456789") for _ in range(995)),
            lambda: "factor(" + str((10**rng.randint(5, 60) + 7) * (10 ** rng.randint(5, 40) + 9)) + ")",
            lambda: " ".join(["2 h 15 min"] * 80),
            lambda: "*".join(["5 km/h"] * 100),
            lambda: "km" * 400,
        ]
    )()  # fmt: skip


KNOWN = Known(
    records={1: "1/3", 7: "10^50000", 8: "exp(π) + √2"},
    last=7,
    names={
        "a": "b + 1", "b": "a + 1", "loop": "loop", "big": "10^50000", "vat": "19%",
        "f": "f(x) = f(x) + 1", "g": "g(x) = g(x - 1) + g(x - 2)", "h": "h(x) = k(x) * 2", "k": "k(x) = h(x) / 2",
        "twice": "twice(x) = x + x", "square": "square(x) = x * x",
        **{f"n{i + 1}": f"n{i} + n{i}" for i in range(40)}, "n0": "√2",
        **{f"m{i + 1}": f"m{i} * m{i}" for i in range(40)}, "m0": "1 + √2",
        **{f"d{i + 1}": f"d{i + 1}(x) = d{i}(d{i}(x))" for i in range(30)}, "d0": "d0(x) = sin(x)",
    },
    gone={9: "#9 was deleted. Restore it to use it."},
)  # fmt: skip


def named(rng: Random) -> str:
    n = rng.randint(1, 40)
    return rng.choice(
        ["a", "b+a", "loop", "big^big", "big*big+vat", "f(1)", "g(40)", "h(1)", "k(k(1))", f"n{n}", f"m{n}", f"d{n % 31}(1)",
         "twice(" * n + "1" + ")" * n, "square(" * n + "3" + ")" * n, "square(" * (n % 9) + "#8" + ")" * (n % 9), "#9", "ans^ans",
         "ans*#7", "sin(ans)", f"#8^{n}", f"n{n}^{n}", f"m{n % 8}^{n}"]
    )  # fmt: skip


def hurtful(rng: Random) -> str:
    kind = rng.random()
    for share, grow in (
        (0.30, lambda r: cases(r).text), (0.15, broken), (0.07, soup), (0.20, called), (0.10, towers), (0.08, composed),
        (0.06, long_one), (0.04, named),
    ):  # fmt: skip
        kind -= share
        if kind < 0:
            return grow(rng)
    return long_one(rng)


def tried(seed: int, number: int) -> tuple[str, int]:
    rng = Random(f"hurt:{seed}:{number}")
    return hurtful(rng), rng.choice(DIGITS)


def cost(text: str, digits: int) -> tuple[float, int, str]:
    """CPU seconds, memory more in kB, and what came of it."""
    before = resource.getrusage(resource.RUSAGE_SELF)
    try:
        evaluate(text, digits=digits, known=KNOWN)
        said = "answered"
    except Mistake as mistake:
        said = mistake.kind
    except Exception as fault:
        said = f"FAULT {type(fault).__name__}: {str(fault)[:80]}"
    after = resource.getrusage(resource.RUSAGE_SELF)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, after.ru_maxrss - before.ru_maxrss, said


def child(seed: int, start: int, count: int) -> None:
    """Write a line before and after each expression, so that a death leaves its cause."""
    evaluate("1/3 + sin(1)")
    for number in range(start, start + count):
        text, digits = tried(seed, number)
        print(json.dumps(["try", number]), flush=True)
        signal.alarm(10)
        seconds, memory, said = cost(text, digits)
        for _ in range(2):
            if seconds > MOST_SECONDS:
                seconds = min(seconds, cost(text, digits)[0])
        signal.alarm(0)
        print(json.dumps(["done", seconds, memory, said]), flush=True)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--count", type=int, default=200_000)
    options.add_argument("--seed", type=int, default=1)
    options.add_argument("--start", type=int, default=0)
    options.add_argument("--child", action="store_true")
    asked = options.parse_args()
    if asked.child:
        child(asked.seed, asked.start, asked.count)
        return
    outcomes: collections.Counter[str] = collections.Counter()
    worst: list[tuple[float, int]] = []
    bad = 0
    number, end = asked.start, asked.start + asked.count
    began = time.perf_counter()
    while number < end:
        size = min(BATCH, end - number)
        command = [sys.executable, "-m", "benchmarks.fuzz", "--child"]
        command += ["--seed", str(asked.seed), "--start", str(number), "--count", str(size)]
        run = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        now = number
        for line in run.stdout or ():
            kind, *rest = json.loads(line)
            if kind == "try":
                now = rest[0]
                continue
            seconds, memory, said = rest
            outcomes[said.split(":")[0]] += 1
            worst = sorted([*worst, (seconds, now)], reverse=True)[:10]
            if seconds > MOST_SECONDS or memory > MOST_MEMORY or said.startswith("FAULT"):
                bad += 1
                text, digits = tried(asked.seed, now)
                print(
                    f"{asked.seed}:{now} {seconds * 1e3:.0f} ms, {memory / 1024:.0f} MB, {said} | {digits} | {text[:150]}",
                    flush=True,
                )
        if run.wait() != 0:
            bad += 1
            text, digits = tried(asked.seed, now)
            print(f"{asked.seed}:{now} DIED {run.returncode} | {digits} | {text[:150]}", flush=True)
            number = now + 1
        else:
            number += size
    print(f"seed {asked.seed}: {asked.count} expressions in {time.perf_counter() - began:.0f} s: {dict(outcomes)}")
    print("slowest:", ", ".join(f"{seconds * 1e3:.0f} ms ({number})" for seconds, number in worst))
    print(f"{bad} over {MOST_SECONDS * 1e3:.0f} ms or {MOST_MEMORY // 1024} MB, failed or died")
    sys.exit(bool(bad))


if __name__ == "__main__":
    main()
