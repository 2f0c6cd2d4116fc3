"""One expression a line in, one JSON object a line out."""

from __future__ import annotations

import argparse
import json
import sys

from calcapp.engine import Mistake, evaluate


def main() -> None:
    options = argparse.ArgumentParser(prog="python -m calcapp.engine", description=__doc__)
    options.add_argument("--digits", type=int, default=15, help="significant digits, 1 to 1000")
    options.add_argument("--decimal-comma", action="store_true", help="the decimal sign is a comma")
    options.add_argument("--degrees", action="store_true", help="angles are in degrees unless said")
    options.add_argument("expression", nargs="*", help="worked out in place of standard input")
    asked = options.parse_args()
    for line in asked.expression or sys.stdin:
        text = line.rstrip("\r\n")
        try:
            result = evaluate(
                text, digits=asked.digits, decimal_comma=asked.decimal_comma,
                angle_unit="deg" if asked.degrees else "rad",
            ).to_json()  # fmt: skip
        except Mistake as mistake:
            result = {"input": text, "error": mistake.to_json()}
        sys.stdout.write(json.dumps(result, ensure_ascii=False) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
