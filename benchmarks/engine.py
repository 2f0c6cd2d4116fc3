"""How fast the engine is, beside mathjs (npm) and qalc (Debian) where they are installed.

    python -m benchmarks.engine [--corpus FILE] [--mathjs FOLDER]

The corpus is the one of the tests or a file of JSON lines with an `expr` each. Everything runs in one sitting on one
machine, so that the ratios mean something: compare those, not the microseconds of another day. `evaluate` gives text;
a page has some of it written as MathML, and looks up beforehand what the text refers to: that row has all of it.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.oracle import grown

ROUNDS = 5
STARTS = ("", "import flint", "from calcapp.engine import evaluate; evaluate('1+1')")
STARTED = 40
MATHJS = """
const { create, all } = require(process.argv[1] + '/node_modules/mathjs');
const lines = require('fs').readFileSync(0, 'utf8').split('\\n').filter(Boolean);
const math = create(all, JSON.parse(process.argv[2]));
const best = lines.map(() => Infinity);
for (let round = 0; round < 5; round++) lines.forEach((line, i) => {
  const began = process.hrtime.bigint();
  try { math.evaluate(line).toString(); } catch (error) {}
  best[i] = Math.min(best[i], Number(process.hrtime.bigint() - began) / 1000);
});
console.log(JSON.stringify(best));
"""


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    options.add_argument("--corpus", type=Path, help="JSON lines with an expr each")
    options.add_argument("--mathjs", type=Path, default=Path(os.environ.get("MATHJS", ".")), help="where npm put it")
    asked = options.parse_args()
    expressions = corpus(asked.corpus)
    print(f"{len(expressions)} expressions, best of {ROUNDS} rounds each, one process each; times in µs")
    rows = [("calcapp, 15 digits", ours(expressions, 15)), ("calcapp, 30 digits", ours(expressions, 30))]
    rows.append(("calcapp, guarded", guarded(expressions)))
    rows.append(("calcapp, for a page", for_a_page(expressions)))
    if shutil.which("node") and (asked.mathjs / "node_modules/mathjs").exists():
        rows.append(("mathjs BigNumber 64", mathjs(expressions, asked.mathjs, '{"number":"BigNumber","precision":64}')))
        rows.append(("mathjs", mathjs(expressions, asked.mathjs, "{}")))
    if shutil.which("qalc"):
        rows.append(("qalc, in a batch", qalc(expressions)))
    base = statistics.median(rows[0][1])
    print(f"{'':22} {'median':>8} {'mean':>8} {'p99':>8} {'ratio':>7}")
    for name, times in rows:
        times = sorted(times)
        median, p99 = statistics.median(times), times[int(len(times) * 0.99)]
        print(f"{name:22} {median:8.0f} {statistics.mean(times):8.0f} {p99:8.0f} {median / base:7.2f}")
    print(f"\na fresh python -S, {STARTED} times; milliseconds, without those of one that does nothing")
    print(f"{'':22} {'processor':>17} {'clock':>17}\n{'':22} {'least':>8} {'median':>8} {'least':>8} {'median':>8}")
    nothing, flint, engine = imported().values()
    for name, taken in (("all of flint", flint), ("import, first answer", engine)):
        more = [mark(a) - mark(b) for a, b in zip(taken, nothing, strict=True) for mark in (min, statistics.median)]
        print(f"{name:22} {' '.join(f'{each:8.1f}' for each in more)}")


def corpus(file: Path | None) -> list[str]:
    if file is None:
        return [grown(1, number).text for number in range(1000)]
    rows = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    return [row["expr"] for row in rows if row.get("expect") != "too large"]  # peers would not come back


def best(expressions: list[str], work_out: Callable[[str], object]) -> list[float]:
    least = [float("inf")] * len(expressions)
    for _ in range(ROUNDS):
        for place, expression in enumerate(expressions):
            began = time.perf_counter()
            with contextlib.suppress(Exception):  # a refusal takes its time too
                work_out(expression)
            least[place] = min(least[place], (time.perf_counter() - began) * 1e6)
    return least


def ours(expressions: list[str], digits: int) -> list[float]:
    from calcapp.engine import evaluate

    return best(expressions, lambda expression: evaluate(expression, digits=digits))


def guarded(expressions: list[str]) -> list[float]:
    from calcapp.engine.guarded import evaluate_guarded

    return best(expressions, evaluate_guarded)


def for_a_page(expressions: list[str]) -> list[float]:
    from calcapp.engine import mathml, references
    from calcapp.engine.guarded import evaluate_guarded

    def work_out(expression: str) -> None:
        references(expression)
        result = evaluate_guarded(expression)
        mathml(result.read)
        if result.exact is not None:
            mathml(result.exact)

    return best(expressions, work_out)


def mathjs(expressions: list[str], folder: Path, settings: str) -> list[float]:
    command = ["node", "-e", MATHJS, str(folder.resolve()), settings]
    said = subprocess.run(
        command, input="\n".join(expressions), capture_output=True, text=True, check=True, timeout=120
    )
    return json.loads(said.stdout)


def qalc(expressions: list[str]) -> list[float]:
    """qalc reads a batch; only the whole can be timed, so every expression gets the same share."""
    few = [e for e in expressions if "\n" not in e][:200]
    began = time.perf_counter()
    subprocess.run(["qalc", "-t"], input="\n".join(few), capture_output=True, text=True, check=False, timeout=120)
    return [(time.perf_counter() - began) / len(few) * 1e6] * len(few)


def imported() -> dict[str, tuple[list[float], list[float]]]:
    """Milliseconds of the processor and by the clock for a process with each of these; bytecode is there."""
    import flint

    places = os.pathsep.join([str(Path(__file__).parents[1]), str(Path(flint.__file__).parents[1])])
    taken: dict[str, tuple[list[float], list[float]]] = {code: ([], []) for code in STARTS}
    with tempfile.TemporaryDirectory() as bytecode:
        environment = {"PYTHONPATH": places, "PYTHONPYCACHEPREFIX": bytecode}
        for again in range(-1, STARTED):
            for code, (processor, clock) in taken.items():
                before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
                subprocess.run([sys.executable, "-S", "-c", code], env=environment, check=True)
                after, ended = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
                if again >= 0:  # the first one writes the bytecode
                    processor.append((after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime) * 1e3)
                    clock.append((ended - began) * 1e3)
    return taken


if __name__ == "__main__":
    main()
