"""Canonical texts in the spelling of people who write a decimal comma, and as MathML, without working them out."""

from __future__ import annotations

from calcapp.engine.formula import mathml, text_mathml
from calcapp.engine.mistake import Mistake
from calcapp.engine.parser import parse
from calcapp.engine.tokens import tokenize
from calcapp.engine.vocabulary import TAKES_ONE

LONGEST = 20_000


def with_commas(text: str) -> str:
    """`max(1.5, 2)` as `max(1,5; 2)`; a text that cannot be read stays as it is."""
    try:
        tokens = tokenize(text, takes_one=TAKES_ONE)
    except Mistake:
        return text
    pieces: list[str] = []
    place = 0
    for token in tokens.items:
        written = text[token.start : token.end]
        if token.kind == "number":
            written = written.replace(".", ",")
        elif token.kind == ",":
            written = ";"
        pieces += (text[place : token.start], written)
        place = token.end
    return "".join(pieces) + text[place:]


def formula(text: str, decimal_comma: bool) -> str:
    try:
        return mathml(parse(text, longest=LONGEST).statements, decimal_comma)
    except Mistake:
        return text_mathml(with_commas(text) if decimal_comma else text)
