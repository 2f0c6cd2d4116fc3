"""What a text refers to: a cheap look at its tree, without working anything out."""

from __future__ import annotations

from calcapp.engine.known import References
from calcapp.engine.parser import parse
from calcapp.engine.tree import (
    Binary,
    Call,
    Convert,
    Define,
    Let,
    Measure,
    Name,
    Postfix,
    Record,
    Together,
    Tree,
    Unary,
)  # fmt: skip
from calcapp.engine.vocabulary import CONSTANTS, FUNCTION_NAMES


def defined(statements: tuple[Tree, ...]) -> str | None:
    """The name a sole definition sets."""
    if len(statements) == 1 and isinstance(statements[0], Let | Define):
        return statements[0].name
    return None


def refer(text: str, decimal_comma: bool) -> References:
    program = parse(text, decimal_comma=decimal_comma)
    finder = Finder()
    for statement in program.statements:
        finder.look(statement)
    return References(
        frozenset(finder.records),
        finder.ans,
        frozenset(finder.names - finder.own),
        defined(program.statements),
    )


class Finder:
    """Walks trees without recursion and collects what they refer to."""

    def __init__(self) -> None:
        self.records: set[int] = set()
        self.ans = False
        self.names: set[str] = set()
        self.own: set[str] = set()

    def look(self, tree: Tree) -> None:
        waiting: list[Tree] = [tree]
        while waiting:
            each = waiting.pop()
            match each:
                case Record(number=None):
                    self.ans = True
                case Record():
                    self.records.add(each.number)
                case Name():
                    self.note(each.name)
                case Call():
                    self.note(each.name)
                    waiting.extend(each.arguments)
                case Unary() | Postfix():
                    waiting.append(each.operand)
                case Binary():
                    waiting += (each.left, each.right)
                case Measure():
                    waiting.append(each.number)
                    for name, *_ in each.units:
                        self.note(name)
                case Together():
                    waiting.extend(each.parts)
                case Convert():
                    waiting.append(each.operand)
                    if each.target is not None:
                        waiting.append(each.target)
                case Let():
                    self.own.add(each.name)
                    waiting.append(each.value)
                case Define():
                    self.own |= {each.name, *each.parameters}
                    waiting.append(each.body)

    def note(self, name: str) -> None:
        if name.lower() not in CONSTANTS and name.lower() not in FUNCTION_NAMES:
            self.names.add(name)
