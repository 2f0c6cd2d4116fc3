"""Write into docs/security.md which test holds which line. `--check` only says what is wrong."""

import ast
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs/security.md"
ROW = re.compile(r"^\| (\d+) \| (P\d) \| (.+) \| (.*)\|$", re.M)
# What no test holds but a command of `make check` or a file does.
OTHERWISE = {
    40: ["`make check`: forbidden words"],
    47: ["`make check`: forbidden words"],
    84: ["`make faults`: [docs/faults.md](faults.md)"],
    86: ["`deploy/backup-drill`, every week in CI"],
    88: ["SECURITY.md, docs/threat-model.md"],
}


def main() -> None:
    held = holders()
    text = PAGE.read_text(encoding="utf-8")
    drawn = ROW.sub(lambda row: f"| {row[1]} | {row[2]} | {row[3]} | {'<br>'.join(held.get(int(row[1]), []))} |", text)
    without = [row[1] for row in ROW.finditer(drawn) if not row[4].strip()]
    if without:
        print(f"docs/security.md: no test holds line {', '.join(without)}")
    if "--check" not in sys.argv:
        PAGE.write_text(drawn, encoding="utf-8")
    elif drawn != text:
        print("docs/security.md is not what the tests say. Run: python bin/draw_security.py")
    sys.exit(bool(without) or ("--check" in sys.argv and drawn != text))


def holders() -> dict[int, list[str]]:
    """{line: [file: test]}, in the order of files and of tests in them."""
    held = defaultdict(list, {line: list(names) for line, names in OTHERWISE.items()})
    for file in sorted((ROOT / "tests").rglob("test_*.py")):
        for line, test in marks(ast.parse(file.read_text(encoding="utf-8"))):
            name = test.removeprefix("test_").replace("_", " ")
            held[line].append(f"[{file.stem.removeprefix('test_')}](../{file.relative_to(ROOT).as_posix()}): {name}")
    return held


def marks(module: ast.Module) -> Iterator[tuple[int, str]]:
    for function in ast.walk(module):
        if isinstance(function, ast.FunctionDef):
            for mark in function.decorator_list:
                if isinstance(mark, ast.Call) and ast.unparse(mark.func) == "pytest.mark.security":
                    yield from ((argument.value, function.name) for argument in mark.args)


if __name__ == "__main__":
    main()
