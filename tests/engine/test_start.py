"""The engine starts quickly, and with nothing but flint and Python."""

import os
import subprocess
import sys
from pathlib import Path

import flint

START = "import sys; from calcapp.engine import evaluate; evaluate('1/3'); print(*sys.modules)"


def test_the_engine_needs_flint_alone_and_leaves_out_what_is_slow_to_load():
    places = [Path(__file__).parents[2], Path(flint.__file__).parents[1]]
    environment = {"PYTHONPATH": os.pathsep.join(map(str, places))}
    said = subprocess.run(
        [sys.executable, "-S", "-c", START], env=environment, capture_output=True, check=True, text=True
    )
    loaded = {name.partition(".")[0] for name in said.stdout.split()}
    others = {name for name in loaded - sys.stdlib_module_names if "cython" not in name} - {"__main__", "org"}
    assert others == {"calcapp", "flint"}
    assert loaded.isdisjoint({"typing", "threading", "json", "argparse", "decimal", "unicodedata", "socket"})
