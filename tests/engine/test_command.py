"""The command: one expression a line in, one JSON object a line out."""

import io
import json
import runpy
import sys

from calcapp.engine.__main__ import main


def test_each_line_gets_an_object(monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["calcapp.engine", "--digits", "30"])
    monkeypatch.setattr(sys, "stdin", io.StringIO("1/3\n1/0\n"))
    main()
    first, second = map(json.loads, capsys.readouterr().out.splitlines())
    assert first["answer"] == "0." + "3" * 30
    assert (first["exact"], first["certainty"], first["unit"]) == ("1/3", "exact", None)
    assert second == {
        "input": "1/0",
        "error": {"kind": "division by zero", "message": "Nothing can be divided by zero.", "start": 1, "end": 2},
    }


def test_an_expression_can_be_an_argument(monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["calcapp.engine", "--decimal-comma", "--degrees", "sin(30) + 0,5"])
    main()
    assert json.loads(capsys.readouterr().out)["answer"] == "1"


def test_the_engine_is_a_command(monkeypatch, capsys):
    monkeypatch.setattr(sys, "argv", ["calcapp.engine", "1/4"])
    monkeypatch.delitem(sys.modules, "calcapp.engine.__main__")
    runpy.run_module("calcapp.engine", run_name="__main__")
    assert json.loads(capsys.readouterr().out)["answer"] == "0.25"
