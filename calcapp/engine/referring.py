"""What a text refers to: a cheap look at its tree, without working anything out."""

from __future__ import annotations

from itertools import pairwise

from calcapp.engine.known import References
from calcapp.engine.mistake import Mistake
from calcapp.engine.parser import parse
from calcapp.engine.spoken import SAYABLE
from calcapp.engine.tokens import tokenize
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
from calcapp.engine.units import is_unit
from calcapp.engine.vocabulary import CONSTANTS, FUNCTION_NAMES, TAKES_ONE


def defined(statements: tuple[Tree, ...]) -> str | None:
    """The name a sole definition sets."""
    if len(statements) == 1 and isinstance(statements[0], Let | Define):
        return statements[0].name
    return None


def refer(text: str, decimal_comma: bool) -> References:
    names = [
        (one.text, after.kind == "(")
        for one, after in pairwise(tokenize(text, decimal_comma=decimal_comma, takes_one=TAKES_ONE).items)
        if one.kind == "name" and one.text.lower() not in FUNCTION_NAMES
    ]
    # Names that are cut or multiplied as units, unless somebody keeps them: `a2b`, and g in `g(1, 2)`.
    variables = frozenset(name for name, called in names if not called and not name.isalpha())
    functions = frozenset(name for name, called in names if called and is_unit(name))
    said = frozenset(name for name, _ in names if name.lower() in SAYABLE)
    finder = Finder()
    for statement in read_somehow(text, decimal_comma, said, variables, functions):
        finder.look(statement)
    return References(
        frozenset(finder.records), finder.ans, frozenset(finder.names | (variables | said) - finder.own),
        defined(finder.statements),
    )  # fmt: skip


def read_somehow(
    text: str, decimal_comma: bool, said: frozenset[str], variables: frozenset[str], functions: frozenset[str]
) -> tuple[Tree, ...]:
    """The text's statements. Whether on and sin30 are names or words is not known yet: one of these ways fits."""
    for kept in (variables, variables | said):
        try:
            return parse(text, decimal_comma=decimal_comma, variables=kept, functions=functions).statements
        except Mistake:
            continue
    return parse(text, decimal_comma=decimal_comma, functions=functions).statements


class Finder:
    """Walks trees without recursion and collects what they refer to."""

    def __init__(self) -> None:
        self.records: set[int] = set()
        self.ans = False
        self.names: set[str] = set()
        self.own: set[str] = set()
        self.statements: tuple[Tree, ...] = ()

    def look(self, statement: Tree) -> None:
        """What an earlier statement or a call has set is not looked up; `y = x; x = 2` refers to x."""
        self.statements += (statement,)
        given = {*self.own, *statement.parameters} if isinstance(statement, Define) else self.own
        waiting: list[Tree] = [statement]
        while waiting:
            each = waiting.pop()
            self.note(each, given)
            waiting += parts(each)
        if isinstance(statement, Let):
            self.own.add(statement.name)

    def note(self, tree: Tree, given: set[str]) -> None:
        match tree:
            case Record(number=int(number)):
                self.records.add(number)
            case Record():
                self.ans = True
            case Name() | Call():
                self.note_name(tree.name, given)
            case Measure():
                for name, *_ in tree.units:
                    self.note_name(name, given)

    def note_name(self, name: str, given: set[str]) -> None:
        if name.lower() not in CONSTANTS and name.lower() not in FUNCTION_NAMES and name not in given:
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
