"""Trees worked out to values: exact numbers, quantities, percentages, days and words."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from typing import Any

from flint import fmpq

from calcapp.engine import calendar_rules, functions, power
from calcapp.engine.form import IMAGINARY_UNIT, UNIT, ZERO, Exact, add, divide, multiply, negative, subtract
from calcapp.engine.integers import bits_and, bits_not, bits_or, bits_xor, ncr, shift_down, shift_up
from calcapp.engine.known import Known
from calcapp.engine.mistake import (
    DividedByZero,
    Mistake,
    OutOfDomain,
    SyntaxMistake,
    TooLarge,
    UnitMismatch,
    UnknownName,
)  # fmt: skip
from calcapp.engine.parser import Program, parse
from calcapp.engine.quantity import (
    RADIAN,
    Quantity,
    converted,
    described,
    in_radians,
    measure,
    mismatch,
    plain,
    product_of,
    same_unit,
    sum_of,
    to_power,
    unit_text,
)  # fmt: skip
from calcapp.engine.reading import Reader
from calcapp.engine.sign import is_zero
from calcapp.engine.special import EULER_GAMMA, fact
from calcapp.engine.tree import (
    Binary,
    Call,
    Convert,
    DateLiteral,
    Define,
    Let,
    Measure,
    Name,
    Numeral,
    Postfix,
    Record,
    Together,
    Tree,
    Unary,
)  # fmt: skip
from calcapp.engine.understood import Understood
from calcapp.engine.value import Day, Share, Value, Word, number_of
from calcapp.engine.vocabulary import ALIASES, CONSTANTS, FUNCTION_NAMES, SIGNATURES, arity
from calcapp.engine.work import charge

CURRENCIES = frozenset(
    ("EUR", "USD", "GBP", "JPY", "CHF", "CNY", "INR", "CAD", "AUD", "SEK", "NOK", "DKK", "PLN", "BRL")
)
MONEY = frozenset(("dollar", "dollars", "euro", "euros", "pound_sterling", "yen", "bitcoin", "btc"))
DEEPEST_CALL = 24
DEEPEST_TREE = 150
LONGEST_KNOWN = 20_000
PERCENT = fmpq(1, 100)


class Evaluator:
    def __init__(
        self, known: Known, angle_unit: str, today: datetime.date | None, program: Program | None = None
    ) -> None:
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

    # Trees

    def value(self, tree: Tree) -> Value:
        if type(tree) is Numeral:
            return tree.value
        self.depth += 1
        if self.depth > DEEPEST_TREE:
            raise TooLarge("This is nested too deeply. Work it out in parts.", tree.start, tree.end)
        try:
            return _RULES[type(tree)](self, tree)
        except Mistake as mistake:
            raise mistake.placed(tree.start, tree.end) from None
        finally:
            self.depth -= 1

    def number(self, tree: Tree) -> Exact:
        return number_of(self.value(tree), tree)

    def binary(self, tree: Binary) -> Value:
        """The left spine is walked without recursion, so that a long sum cannot overflow the stack."""
        spine: Tree = tree
        chain: list[Binary] = []
        while type(spine) is Binary:
            chain.append(spine)
            spine = spine.left
        left = self.value(spine)
        for link in reversed(chain):
            left = self.link(link, left)
        return left

    def link(self, tree: Binary, left: Value) -> Value:
        charge(40)
        operator = tree.operator
        if type(left) is Day and type(tree.right) is Together and operator in "+-":
            told = len(self.hints)
            moved = self.moved_by_parts(tree, left)
            del self.hints[told:]
            return moved
        if operator == "of" and not isinstance(left, Share | fmpq):
            raise SyntaxMistake("Write a percentage or a fraction before of, as in 8% of 50.", *tree.at)
        told = len(self.hints)
        right = self.value(tree.right)
        if type(left) is Day:
            del self.hints[told:]  # months are those of the calendar here
        try:
            return self.combined(tree, operator, left, right)
        except Mistake as mistake:
            raise mistake.placed(*(tree.at if tree.at[0] < tree.at[1] else (tree.start, tree.end))) from None

    def combined(self, tree: Binary, operator: str, left: Value, right: Value) -> Value:
        if (type(left) is fmpq and type(right) is fmpq) or (isinstance(left, Exact) and isinstance(right, Exact)):
            if operator == "^":
                self.power_hints(tree, left, right)
            return _OPERATORS[operator](left, right)
        if isinstance(right, Share) and operator in ("+", "-"):
            return self.relative(tree, operator, left, right)
        if isinstance(left, Day) or isinstance(right, Day):
            return calendar_rules.combined(operator, left, right)
        first, second = unshared(left, tree.left), unshared(right, tree.right)
        if not isinstance(first, Quantity) and not isinstance(second, Quantity):
            return _OPERATORS[operator](first, second)
        return self.with_units(tree, operator, first, second)

    def relative(self, tree: Binary, operator: str, left: Value, right: Share) -> Value:
        """a + b% is a·(1 + b/100); percentages alone add up."""
        if isinstance(left, Share):
            return Share(_OPERATORS[operator](left.number, right.number))
        if isinstance(left, Day | Word):
            raise UnitMismatch("A percentage cannot be added to a day. Write a number of days, as in 30 days.")
        part = add(UNIT, right.number) if operator == "+" else subtract(UNIT, right.number)
        reader = Reader(self.understood)
        base, share = reader.text(tree.left)[0], reader.inside(tree.right, 40)
        if len(base) <= 40:
            whole = base if len(base.split()) == 1 else f"({base})"
            self.hint(f"read as {base} {operator} {share} of {whole}")
        return (
            Quantity(multiply(left.number, part), left.units, left.label)
            if isinstance(left, Quantity)
            else multiply(left, part)
        )

    def power_hints(self, tree: Binary, base: Exact, exponent: Exact) -> None:
        """0^0 and roots of negative numbers are read in one of several ways: say which."""
        if not isinstance(exponent, fmpq) or not isinstance(base, fmpq) or base > 0:
            return
        if base == 0 and exponent == 0:
            self.hint("0^0 is 1 here, as in most calculators")
        elif base < 0 and exponent.q == 3 and exponent.p == 1:
            self.hint(f"the principal value, which is complex; cbrt({base}) is the real root")
        elif base < 0 and exponent.q % 2 == 1 and exponent.q > 1:
            self.hint(f"the principal value, which is complex; root(x, {exponent.q}) is the real root")

    def with_units(self, tree: Binary, operator: str, left: Quantity | Exact, right: Quantity | Exact) -> Value:
        if operator in ("+", "-"):
            if not isinstance(left, Quantity) or not isinstance(right, Quantity):
                raise mismatch(left, right, "added" if operator == "+" else "subtracted")
            return sum_of(left, right, operator == "-")
        if operator in ("*", "of"):
            return product_of(left, right)
        if operator == "/":
            if is_zero(right.number if isinstance(right, Quantity) else right):
                raise DividedByZero("Nothing can be divided by zero.")
            if tree.loose and not isinstance(left, Quantity) and isinstance(right, Quantity):
                self.understood.fractions.add(id(tree))
                if not right.offset:
                    return Quantity(divide(left, right.number), right.units)
            return product_of(left, right, over=True)
        if operator == "^":
            if isinstance(right, Quantity):
                raise UnitMismatch(f"An exponent is a plain number, and {unit_text(right)} is {described(right)}.")
            assert isinstance(left, Quantity)  # noqa: S101 - one of the two has units
            return to_power(left, right)
        if operator in ("mod", "//"):
            numbers, units = same_unit([left, right])
            found = functions.PLAIN["mod" if operator == "mod" else "div"](*numbers)
            return Quantity(found, units) if operator == "mod" else found
        raise UnitMismatch(f"{operator} takes plain whole numbers, without units.")

    def moved_by_parts(self, tree: Binary, left: Day) -> Value:
        assert isinstance(tree.right, Together)  # noqa: S101 - the caller has seen to it
        result: Value = left
        for part in tree.right.parts:
            result = calendar_rules.combined(tree.operator, result, self.value(part))
        return result

    def unary(self, tree: Unary) -> Value:
        value = self.value(tree.operand)
        operator = tree.operator
        if operator == "+":
            return value
        if operator == "-":
            if isinstance(value, Quantity):
                return Quantity(negative(value.number), value.units, value.label)
            if isinstance(value, Share):
                return Share(negative(value.number))
            return negative(number_of(value, tree.operand))
        if operator == "not":
            return bits_not(number_of(value, tree.operand))
        return self.applied(
            {"√": "sqrt", "∛": "cbrt", "∜": "root"}[operator],
            [value] if operator != "∜" else [value, fmpq(4)],
            tree,
        )

    def postfix(self, tree: Postfix) -> Value:
        value = self.value(tree.operand)
        if tree.operator == "°":
            unit = _unit("deg")
            if isinstance(value, Quantity):
                raise UnitMismatch("This has a unit already. Take the ° out.")
            return measure(number_of(value, tree.operand), unit)
        number = number_of(value, tree.operand)
        if tree.operator == "%":
            return Share(multiply(number, PERCENT))
        if tree.operator == "‰":
            return Share(multiply(number, fmpq(1, 1000)))
        return fact(number) if tree.operator == "!" else functions.PLAIN["dfact"](number)

    def date(self, tree: DateLiteral) -> Value:
        return calendar_rules.literal(tree.text)

    def measure(self, tree: Measure) -> Value:
        value = self.value(tree.number)
        result: Quantity | Exact = number_of(value, tree.number)
        for name, exponent, start, end in tree.units:
            unit = _unit(name)
            if unit.note:
                self.hint(unit.note)
            bare = measure(UNIT, unit, exponent)
            if exponent == 1 and len(tree.units) == 1 and not isinstance(result, Quantity):
                result = Quantity(result, bare.units, "days" if name in ("day", "days") else None)
            else:
                try:
                    result = product_of(result, bare)
                except Mistake as mistake:
                    raise mistake.placed(start, end) from None
        return result

    def together(self, tree: Together) -> Value:
        total = self.value(tree.parts[0])
        for part in tree.parts[1:]:
            value = self.value(part)
            if not isinstance(total, Quantity) or not isinstance(value, Quantity) or total.dimension != value.dimension:
                raise UnitMismatch(
                    "Quantities side by side add up, and these are of different kinds. Write the sign between them.",
                    tree.start, tree.end,
                )  # fmt: skip
            total = sum_of(total, value, False)
        return total

    # Names

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
        if (name in FUNCTION_NAMES or name in self.functions) and _find(name) is None:
            raise SyntaxMistake(
                f"Write what {name} works on in parentheses, as in {_example(name)}.",
                tree.start,
                tree.end,
            )
        unit = _find(name)
        if unit is not None:
            if unit.note:
                self.hint(unit.note)
            return measure(UNIT, unit)
        raise unknown(name, tree.start, tree.end, self.own_names())

    def shadow_hint(self, name: str) -> None:
        unit = _find(name)
        if unit is not None:
            self.hint(f"{name} is your name ({self.known.names[name].strip()}), not the unit {unit.name}")

    def own_names(self) -> list[str]:
        return [*self.scope, *self.functions, *self.known.names]

    def constant(self, name: str) -> Value:
        match name:
            case "pi" | "π":
                return power.PI_VALUE
            case "e":
                return power.E
            case "i":
                return IMAGINARY_UNIT
            case "tau" | "τ":
                return multiply(fmpq(2), power.PI_VALUE)
            case "phi" | "golden" | "φ":
                return divide(add(UNIT, power.sqrt(fmpq(5))), fmpq(2))
            case "eulergamma":
                return EULER_GAMMA
            case "infinity":
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
        return parse(text, is_unit=is_unit, variables=variables, functions=known_functions, longest=LONGEST_KNOWN)

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
            inner = Evaluator(Known(), "rad", self.given_today)
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

    # Functions

    def call(self, tree: Call) -> Value:
        if tree.name in self.functions:
            return self.own_call(tree, *self.functions[tree.name])
        if tree.name in self.known.names:
            definition = self.definition(tree.name, tree)
            if isinstance(definition, Define):
                self.note_name(tree.name)
                return self.own_call(tree, definition.parameters, definition.body, fresh=True)
        name = ALIASES.get(tree.name, tree.name)
        if name not in SIGNATURES:
            raise unknown(tree.name, tree.start, tree.name_end, self.own_names(), function=True)
        self.check_count(tree, name)
        arguments = [self.value(each) for each in tree.arguments]
        try:
            return self.applied(name, arguments, tree)
        except Mistake as mistake:
            raise mistake.placed(tree.start, tree.end) from None

    def check_count(self, tree: Call, name: str) -> None:
        least, most = arity(name)
        count = len(tree.arguments)
        if count == 0:
            raise SyntaxMistake(f"Write what {tree.name} works on, as in {_example(name)}.", tree.start, tree.end)
        if count < least:
            raise SyntaxMistake(
                f"{tree.name} takes {_counted(least, most)}: {tree.name}({SIGNATURES[name]}), as in {_example(name)}.",
                tree.start, tree.end,
            )  # fmt: skip
        if count > most:
            raise SyntaxMistake(
                f"{tree.name} takes {_counted(least, most)}: {tree.name}({SIGNATURES[name]}). Take the rest out.",
                tree.arguments[most].start, tree.arguments[-1].end,
            )  # fmt: skip

    def own_call(self, tree: Call, parameters: tuple[str, ...], body: Tree, fresh: bool = False) -> Value:
        if len(parameters) != len(tree.arguments):
            raise SyntaxMistake(
                f"{tree.name} takes {_counted(len(parameters))}: {tree.name}({', '.join(parameters)}).",
                tree.start, tree.end,
            )  # fmt: skip
        charge(2_000)
        self.calls += 1
        if self.calls > DEEPEST_CALL:
            raise TooLarge(f"{tree.name} calls other functions too deeply. Work it out in parts.", tree.start, tree.end)
        arguments = [self.value(each) for each in tree.arguments]
        outer = self.scope
        self.scope = dict(() if fresh else outer)
        self.scope.update(zip(parameters, arguments, strict=True))
        try:
            return self.value(body)
        except Mistake as mistake:
            if tree.start <= mistake.start and mistake.end <= tree.end and not fresh:
                raise
            raise type(mistake)(f"In {tree.name}: {mistake.message}", tree.start, tree.end) from None
        finally:
            self.scope = outer
            self.calls -= 1

    def applied(self, name: str, arguments: list[Value], tree: Tree) -> Value:
        """A function applied to values of any kind."""
        if name in calendar_rules.FUNCTIONS:
            return calendar_rules.FUNCTIONS[name](*arguments)
        values = [unshared(each, tree) for each in arguments]
        if any(isinstance(each, Quantity) for each in values):
            found = self.applied_to_quantities(name, values, tree)
            if found is not None:
                return found
            numbers: list[Exact] = [in_radians(each, name) if isinstance(each, Quantity) else each for each in values]
        else:
            numbers = values  # type: ignore[assignment]
            if name in functions.ANGLES and not self.degrees:
                first = numbers[0]
                if isinstance(first, fmpq) and first.q == 1 and abs(first) >= 10 and first.p % 5 == 0:
                    self.hint(f"{name} took {first} radians; write {first}° for degrees")
            if self.degrees and name in functions.ANGLES:
                numbers = [multiply(numbers[0], divide(power.PI_VALUE, fmpq(180)))]
                self.understood.took_degrees.add(id(tree))
                self.hint("angles are in degrees")
        result = functions.PLAIN[name](*numbers)
        if name in functions.ANGULAR and self.degrees:
            self.understood.given_degrees.add(id(tree))
            return Quantity(divide(multiply(result, fmpq(180)), power.PI_VALUE), measure(UNIT, _unit("deg")).units)
        if name in ("isprime", "leap"):
            self.hint("1 means yes" if result == 1 else "0 means no")
        return result

    def applied_to_quantities(self, name: str, values: list[Quantity | Exact], tree: Tree) -> Value | None:
        first = values[0]
        if name in ("sqrt", "cbrt", "root", "pow"):
            exponents = {"sqrt": fmpq(1, 2), "cbrt": fmpq(1, 3)}
            if (len(values) == 2 and isinstance(values[1], Quantity)) or not isinstance(first, Quantity):
                raise UnitMismatch("The second argument is a plain number, without a unit.")
            exponent = exponents.get(name) or (values[1] if name == "pow" else divide(UNIT, values[1]))  # type: ignore[arg-type]
            return to_power(first, exponent)  # type: ignore[arg-type]
        if name in ("round", "floor", "ceil", "trunc") and len(values) == 2 and isinstance(first, Quantity):
            return Quantity(functions.PLAIN[name](first.number, values[1]), first.units)
        if name in functions.LIKE or name in functions.SQUARED or name in functions.RATIOS:
            numbers, units = same_unit(values)
            result = functions.PLAIN[name](*numbers)
            if name in functions.RATIOS:
                return result
            return Quantity(result, units if name in functions.LIKE else tuple((u, 2 * e) for u, e in units))
        if name == "product":
            total: Quantity | Exact = UNIT
            for value in values:
                total = (
                    product_of(total, value)
                    if isinstance(value, Quantity) or isinstance(total, Quantity)
                    else multiply(total, value)
                )
            return total
        if name in functions.ANGLES or all(isinstance(v, Exact) or v.dimension == RADIAN for v in values):
            return None
        bad = next(each for each in values if isinstance(each, Quantity))
        raise UnitMismatch(
            f"{name} takes plain numbers, and {unit_text(bad)} is {described(bad)}. Divide by a unit first.",
            tree.start, tree.end,
        )  # fmt: skip

    # Conversions

    def convert(self, tree: Convert) -> Value:
        value = self.value(tree.operand)
        if tree.form is not None:
            if isinstance(value, Day | Word):
                raise UnitMismatch(f"Only numbers can be shown as {tree.form}.", tree.operand.start, tree.operand.end)
            if tree.form == "percent" and not isinstance(value, Share):
                return Share(number_of(value, tree.operand))
            if isinstance(value, Share):
                return value.number if tree.form != "percent" else value
            return value
        assert tree.target is not None  # noqa: S101 - a conversion has a form or a target
        if isinstance(value, Day | Word):
            raise UnitMismatch("A day has no unit to convert. Subtract two days to get a number of days.")
        target = self.value(tree.target)
        if not isinstance(target, Quantity):
            raise UnitMismatch("Write a unit behind to, for example to cm.", tree.target.start, tree.target.end)
        if (isinstance(target.number, fmpq) and target.number != 1) or len(target.units) > 1:
            target.label = Reader(self.understood).target(tree)
        if is_zero(target.number):
            raise DividedByZero("Nothing can be converted to zero units.")
        if isinstance(target.number, fmpq) and target.number < 0:
            raise UnitMismatch(
                "A unit to convert to has no minus sign. Take it out.", tree.target.start, tree.target.end
            )
        value = unshared(value, tree.operand)
        if isinstance(value, Quantity) and value.dimension != target.dimension:
            value, target = self.temperatures(value, target)
        found = converted(value, target)
        return found if found.units else plain(found)

    def temperatures(self, value: Quantity, target: Quantity) -> tuple[Quantity, Quantity]:
        """Nobody converts coulombs into farads: `20 C to F` is about temperatures."""
        scales = [as_temperature(value), as_temperature(target)]
        if scales[0] is None or scales[1] is None:
            return value, target
        self.hint("C and F were read as °C and °F")
        return scales[0], scales[1]


def as_temperature(value: Quantity) -> Quantity | None:
    if len(value.units) != 1 or value.units[0][1] != 1:
        return None
    unit = value.units[0][0]
    if unit.symbol in ("C", "F"):
        return Quantity(value.number, measure(UNIT, _unit(unit.meant or unit.symbol)).units)
    return value if unit.dimension == _unit("K").dimension else None


def names_and_functions(known: Known) -> tuple[frozenset[str], frozenset[str]]:
    """Which of a person's names are values and which are functions."""
    if not known.names:
        return frozenset(), frozenset()
    own = {name for name, text in known.names.items() if text.strip()[len(name) :].lstrip().startswith("(")}
    return frozenset(known.names) - own, frozenset(own)


def unshared(value: Value, tree: Tree) -> Quantity | Exact:
    if isinstance(value, Quantity | Exact):
        return value
    return number_of(value, tree)


def is_unit(name: str) -> bool:
    return _find(name) is not None


def _find(name: str):  # type: ignore[no-untyped-def]
    from calcapp.engine.units import find

    return find(name)


def _unit(name: str):  # type: ignore[no-untyped-def]
    found = _find(name)
    assert found is not None  # noqa: S101 - the parser has looked
    return found


def _counted(least: int, most: int = 0) -> str:
    if least >= most:
        return "one argument" if least == 1 else f"{least} arguments"
    return f"{least} to {most} arguments" if most < 100 else f"at least {least} arguments"


def _example(name: str) -> str:
    from calcapp.engine.vocabulary import FUNCTIONS

    name = ALIASES.get(name.lower(), name.lower())
    return next((example for other, _, _, example in FUNCTIONS if other == name), f"{name}(1)")


def unknown(name: str, start: int, end: int, own: list[str], function: bool = False) -> UnknownName:
    from calcapp.engine.nearest import suggestion

    if name.upper() in CURRENCIES or name.lower() in MONEY:
        return UnknownName(
            "Currencies are not known here, because their rates change. Multiply by the rate yourself.", start, end
        )
    if name.lower() in ("now", "date"):
        return UnknownName("Write today for the present day.", start, end, "today")
    near = suggestion(name, own, function)
    what = f"There is no {'function' if function else 'name or unit'} {name}."
    if near:
        return UnknownName(f"{what} Did you mean {near}?", start, end, near)
    advice = "Look at the list of functions." if function else f"To keep a value under it, write {name} = 5."
    if name[:1].isdigit() or len(name) > 40:
        advice = "Check the spelling."
    return UnknownName(f"{what} {advice}", start, end)


def _divided(left: Exact, right: Exact) -> Exact:
    if is_zero(right):
        raise DividedByZero("Nothing can be divided by zero.")
    return divide(left, right)


_OPERATORS: dict[str, Callable[[Exact, Exact], Exact]] = {
    "+": add, "-": subtract, "*": multiply, "/": _divided, "^": power.raised, "mod": functions.mod, "of": multiply,
    "//": functions.quotient, "and": bits_and, "or": bits_or, "xor": bits_xor, "<<": shift_up, ">>": shift_down,
    "choose": ncr,
}  # fmt: skip
_RULES: dict[type, Callable[[Evaluator, Any], Value]] = {
    Binary: Evaluator.binary,
    Unary: Evaluator.unary,
    Postfix: Evaluator.postfix,
    Name: Evaluator.name,
    Record: Evaluator.record,
    Call: Evaluator.call,
    Measure: Evaluator.measure,
    Together: Evaluator.together,
    Convert: Evaluator.convert,
    DateLiteral: Evaluator.date,
    Let: Evaluator.let,
    Define: Evaluator.define,
}

__all__ = ["ZERO", "Evaluator"]
