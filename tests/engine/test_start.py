"""The engine starts quickly, and with nothing but flint and Python."""

import importlib
import os
import subprocess
import sys
from pathlib import Path

import flint

from calcapp.engine.numbers import PARTS, fmpq, load_in_part

ANSWER = "from calcapp.engine import evaluate; evaluate('1/3'); "
NAMES = "print(*sorted(set(dir(flint)) - {'__builtins__'}))"
AT_ONCE = """
from threading import Barrier, Thread
together, done = Barrier(4), []
def calculate():
    from calcapp.engine import evaluate
    together.wait()
    done.append(evaluate('1/3').exact)
def use():
    together.wait()
    import flint
    done.append(f'{flint.fmpq(3, 9)} {flint.nmod(8, 7)}')
threads = [Thread(target=act) for act in (calculate, use, calculate, use)]
for thread in threads: thread.start()
for thread in threads: thread.join()
print(sorted(done))
"""


def python(code: str) -> str:
    """What a Python that knows the engine and flint alone has to say."""
    places = [Path(__file__).parents[2], Path(flint.__file__).parents[1]]
    environment = {"PYTHONPATH": os.pathsep.join(map(str, places))}
    command = [sys.executable, "-S", "-c", code]
    return subprocess.run(command, env=environment, capture_output=True, check=True, text=True).stdout


def test_the_engine_needs_flint_alone_and_leaves_out_what_is_slow_to_load():
    loaded = python(ANSWER + "import sys; print(*sys.modules)").split()
    packages = {name.partition(".")[0] for name in loaded}
    others = {name for name in packages - sys.stdlib_module_names if "cython" not in name} - {"__main__", "org"}
    assert others == {"calcapp", "flint"}
    assert packages.isdisjoint({"typing", "threading", "json", "argparse", "decimal", "unicodedata", "socket"})
    assert {"flint.types.fmpq", "flint.types.arb"} < set(loaded)
    assert {"flint.types.nmod", "flint.types.fmpz_poly"}.isdisjoint(loaded)


def test_who_imports_flint_after_the_engine_has_all_of_it():
    missed = "import flint; flint.fmpz_poly; "
    assert python(ANSWER + missed + NAMES) == python("import flint; " + NAMES)
    assert python(ANSWER + "from flint import *; print(nmod(8, 7), fmpz_mat([[2]]))") == "1 [2]\n"
    same = "from calcapp.engine import numbers; print(all(getattr(flint, name) is getattr(numbers, name) for name in "
    assert python(ANSWER + missed + same + "numbers.PARTS))") == "True\n"


def test_who_imported_flint_before_the_engine_keeps_it():
    assert (
        python("import flint; before = flint.fmpq; " + ANSWER + "import flint; print(flint.fmpq is before)") == "True\n"
    )


def test_the_first_answers_may_come_at_once_and_beside_who_imports_flint():
    assert python(AT_ONCE) == "['1/3', '1/3', '1/3 1', '1/3 1']\n"


def test_flint_laid_out_in_another_way_is_loaded_as_a_whole(tmp_path, monkeypatch):
    (tmp_path / "otherwise.py").write_text("class fmpq: pass\nclass nmod: pass\n")
    monkeypatch.syspath_prepend(tmp_path)
    load_in_part("otherwise", PARTS)
    otherwise = importlib.import_module("otherwise")
    assert (otherwise.fmpq.__name__, otherwise.nmod.__name__) == ("fmpq", "nmod")
    assert not hasattr(otherwise, "acb")
    del sys.modules["otherwise"]


def test_flint_that_is_there_or_nowhere_is_left_alone():
    load_in_part("flint", PARTS)
    load_in_part("nowhere_to_be_found", PARTS)
    assert sys.modules["flint"] is flint
    assert flint.fmpq is fmpq
    assert "nowhere_to_be_found" not in sys.modules
