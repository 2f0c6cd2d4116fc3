"""The expression as read, and exact forms, as MathML. Everything that came from a text is escaped."""

from __future__ import annotations

from collections.abc import Set

from calcapp.engine.reading import read
from calcapp.engine.tree import Tree
from calcapp.engine.value import Value


def escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def read_mathml(trees: tuple[Tree, ...], fractions: Set[int], comma: bool) -> str:
    return f"<math><mtext>{escaped(read(trees, fractions, comma))}</mtext></math>"


def exact_mathml(value: Value, exact: str | None) -> str | None:
    return None if exact is None else f"<math><mtext>{escaped(exact)}</mtext></math>"
