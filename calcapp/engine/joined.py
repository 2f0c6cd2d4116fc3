"""Words typed without the space before their number: sin30°, sqrt9, 17mod5, 10nCr3."""

from __future__ import annotations

from calcapp.engine.operators import BETWEEN, WORDS
from calcapp.engine.token import Token
from calcapp.engine.tokens import tokenize
from calcapp.engine.units import is_unit
from calcapp.engine.vocabulary import ALIASES, CONSTANTS, FUNCTION_NAMES, INVERSES

NAMES = frozenset((*INVERSES, *INVERSES.values(), "sqrt", "cbrt", "ln", "lg", "exp", "abs"))
LONGER = frozenset(alias for alias, name in ALIASES.items() if name in NAMES and len(alias) > 2)
CUT = NAMES | LONGER | frozenset((*WORDS, *BETWEEN))
"""log is not among them: log2 is a function, and log5 may be meant as one."""


def cut(token: Token, behind: Token, text: str) -> list[Token]:
    """The word and what is joined to it, with a decimal fraction behind; or nothing."""
    word = head(token.text)
    if word == token.text or word.lower() not in CUT or known(token.text):
        return []
    end = token.end
    if behind.kind == "number" and behind.start == end and text[end] == ".":
        end = behind.end
    start = token.start + len(word)
    rest = tokenize(text[start:end]).items[:-1]
    for each in rest:
        each.start, each.end = each.start + start, each.end + start
    return [Token("name", word, token.start, start), *rest]


def head(name: str) -> str:
    """The letters before the first digit."""
    return name[: next((place for place, each in enumerate(name) if each.isdigit()), len(name))]


def times(token: Token) -> list[Token]:
    """`5x3` and `49C6` behind a number: the letter is a sign there, if nobody keeps a name such as x3."""
    if token.text[0] not in "xXCP" or not token.text[1:].isdecimal() or known(token.text):
        return []
    start = token.start + 1
    rest = tokenize(token.text[1:]).items[:-1]
    for each in rest:
        each.start, each.end = each.start + start, each.end + start
    sign = {"C": "ncr", "P": "npr"}.get(token.text[0], token.text[0])
    return [Token("name", sign, token.start, start), *rest]


def known(name: str) -> bool:
    return name.lower() in FUNCTION_NAMES or name.lower() in CONSTANTS or is_unit(name)
