"""What names mean: a text's own, a person's, constants, units, records and the last answer."""

from __future__ import annotations

import datetime
from collections.abc import Callable

from calcapp.engine import calendar_rules, power
from calcapp.engine.arithmetic import add, multiply
from calcapp.engine.division import divide
from calcapp.engine.form import IMAGINARY_UNIT, PI_VALUE, UNIT, function
from calcapp.engine.known import Known
from calcapp.engine.mistake import Mistake, OutOfDomain, SyntaxMistake, TooLarge, UnknownName
from calcapp.engine.numbers import fmpq
from calcapp.engine.parser import Program, parse
from calcapp.engine.quantity import DAYS, Quantity
from calcapp.engine.reading import Reader
from calcapp.engine.tree import Define, Let, Name, Record, Tree
from calcapp.engine.understood import Understood
from calcapp.engine.units import Unit, find
from calcapp.engine.unknown import unknown
from calcapp.engine.value import Value, Word
from calcapp.engine.vocabulary import ALIASES, CONSTANTS, FUNCTION_NAMES
from calcapp.engine.work import charge

DEEPEST_CALL = 24
LONGEST_KNOWN = 20_000


class Scope:
    """The names and records one calculation can see, and what was told about them on the way."""

    value: Callable[[Tree], Value]  # the evaluator knows the value of a tree

    def __init__(self, known: Known, angle_unit: str, today: datetime.date | None) -> None:
        self.known = known
        self.degrees = angle_unit == "deg"
        self.given_today = today
        self.scope: dict[str, Value] = {}
        self.functions: dict[str, tuple[tuple[str, ...], Tree]] = {}
        self.used: list[int] = []
        self.names_used: list[str] = []
        self.hints: list[str] = []
        self.understood = Understood()
        self.depth = 0
        self.calls = 0
        self.open_names: list[str] = []
        self.outside: dict[str, Value] = {}
        self.record_values: dict[int, Value] = {}

    def hint(self, sentence: str) -> None:
        if sentence not in self.hints and len(self.hints) < 8:
            self.hints.append(sentence)

    def name(self, tree: Name) -> Value:
        name = tree.name
        if name in self.scope:
            return self.scope[name]
        if name in self.outside:
            return self.outside[name]
        if name in self.known.names:
            self.shadow_hint(name)
            return self.kept(name, tree)
        if name in CONSTANTS:
            return self.constant(name)
        if (name in FUNCTION_NAMES or name in self.functions) and find(name) is None:
            raise SyntaxMistake(
                f"Write what {name} works on in parentheses, as in {example_of(name)}.",
                tree.start,
                tree.end,
            )
        unit = find(name)
        if unit is not None:
            if unit.note:
                self.hint(unit.note)
            return Quantity(UNIT, ((unit, 1),), DAYS if name in ("day", "days") else None)
        raise unknown(name, tree.start, tree.end, self.own_names())

    def shadow_hint(self, name: str) -> None:
        unit = find(name)
        if unit is not None:
            self.hint(f"{name} is your name ({self.known.names[name].strip()}), not the unit {unit.name}")

    def own_names(self) -> list[str]:
        return [*self.scope, *self.functions, *self.known.names]

    def constant(self, name: str) -> Value:
        match name:
            case "pi" | "π":
                return PI_VALUE
            case "e":
                return power.E
            case "i":
                return IMAGINARY_UNIT
            case "tau" | "τ":
                return multiply(fmpq(2), PI_VALUE)
            case "phi" | "golden" | "φ":
                return divide(add(UNIT, power.sqrt(fmpq(5))), fmpq(2))
            case "eulergamma":
                return function("eulergamma", positive=True)
            case "infinity" | "inf":
                raise OutOfDomain("Infinity is not a number to calculate with. Write a number in its place.")
            case _:
                return calendar_rules.today(name, self.given_today)

    def kept(self, name: str, tree: Tree) -> Value:
        """A name that the person keeps, worked out from its definition."""
        if name in self.open_names:
            loop = " and ".join(dict.fromkeys([*self.open_names[self.open_names.index(name) :]]))
            raise UnknownName(f"{loop} is defined through itself. Give it a value first.", tree.start, tree.end)
        self.note_name(name)
        if len(self.open_names) > DEEPEST_CALL:
            raise TooLarge(
                "These names are defined through too many others. Give one of them a value.",
                tree.start,
                tree.end,
            )
        statement = self.definition(name, tree)
        if isinstance(statement, Define):
            raise SyntaxMistake(
                f"{name} is a function. Write what it works on in parentheses: {name}(2).",
                tree.start,
                tree.end,
            )
        body = statement.value if isinstance(statement, Let) else statement
        self.open_names.append(name)
        outer, self.scope = self.scope, {}
        try:
            value = self.value(body)
        except Mistake as mistake:
            raise type(mistake)(f"In {name}: {mistake.message}", tree.start, tree.end) from None
        finally:
            self.scope = outer
            self.open_names.pop()
        self.outside[name] = value
        return value

    def note_name(self, name: str) -> None:
        if name not in self.names_used:
            self.names_used.append(name)

    def definition(self, name: str, tree: Tree) -> Tree:
        try:
            return self.parsed(self.known.names[name]).statements[-1]
        except Mistake as mistake:
            raise type(mistake)(f"In {name}: {mistake.message}", tree.start, tree.end) from None

    def parsed(self, text: str) -> Program:
        charge(len(text) * 200)
        variables, known_functions = names_and_functions(self.known)
        return parse(text, variables=variables, functions=known_functions, longest=LONGEST_KNOWN)

    def record(self, tree: Record) -> Value:
        number = self.known.last if tree.number is None else tree.number
        if number is None:
            raise UnknownName("There is no last answer yet. Work something out first.", tree.start, tree.end)
        if number not in self.known.records:
            sentence = self.known.gone.get(number, f"There is no record #{number}. Look at the number on its card.")
            raise UnknownName(sentence, tree.start, tree.end)
        if number not in self.used:
            self.used.append(number)
        if number not in self.record_values:
            inner = type(self)(Known(), "rad", self.given_today)
            try:
                for statement in inner.parsed(self.known.records[number]).statements:
                    self.record_values[number] = inner.value(statement)
            except Mistake as mistake:
                raise type(mistake)(f"In #{number}: {mistake.message}", tree.start, tree.end) from None
        return self.record_values[number]

    def let(self, tree: Let) -> Value:
        self.scope[tree.name] = value = self.value(tree.value)
        self.functions.pop(tree.name, None)
        return value

    def define(self, tree: Define) -> Value:
        self.functions[tree.name] = (tree.parameters, tree.body)
        self.scope.pop(tree.name, None)
        return Word(f"{tree.name}({', '.join(tree.parameters)})", Reader().text(tree)[0])


def names_and_functions(known: Known) -> tuple[frozenset[str], frozenset[str]]:
    """Which of a person's names are values and which are functions."""
    if not known.names:
        return frozenset(), frozenset()
    own = {name for name, text in known.names.items() if text.strip()[len(name) :].lstrip().startswith("(")}
    return frozenset(known.names) - own, frozenset(own)


def known_unit(name: str) -> Unit:
    found = find(name)
    assert found is not None  # noqa: S101 - the parser has looked
    return found


def example_of(name: str) -> str:
    from calcapp.engine.vocabulary import FUNCTIONS

    name = ALIASES.get(name.lower(), name.lower())
    return next((example for other, _, _, example in FUNCTIONS if other == name), f"{name}(1)")
