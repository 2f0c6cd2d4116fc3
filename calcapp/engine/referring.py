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
)
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
            self.note(each)
            waiting += parts(each)

    def note(self, tree: Tree) -> None:
        match tree:
            case Record(number=int(number)):
                self.records.add(number)
            case Record():
                self.ans = True
            case Name() | Call():
                self.note_name(tree.name)
            case Measure():
                for name, *_ in tree.units:
                    self.note_name(name)
            case Let():
                self.own.add(tree.name)
            case Define():
                self.own |= {tree.name, *tree.parameters}

    def note_name(self, name: str) -> None:
        if name.lower() not in CONSTANTS and name.lower() not in FUNCTION_NAMES:
            self.names.add(name)


def parts(tree: Tree) -> tuple[Tree, ...]:
    """The trees inside a tree."""
    match tree:
        case Call():
            return tree.arguments
        case Unary() | Postfix():
            return (tree.operand,)
        case Binary():
            return tree.left, tree.right
        case Measure():
            return (tree.number,)
        case Together():
            return tree.parts
        case Convert():
            return (tree.operand,) if tree.target is None else (tree.operand, tree.target)
        case Let():
            return (tree.value,)
        case Define():
            return (tree.body,)
    return ()
