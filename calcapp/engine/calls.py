"""Functions applied to values of any kind: numbers, quantities, angles, days."""

from __future__ import annotations

from calcapp.engine import calendar_rules, functions, statistics
from calcapp.engine.arithmetic import multiply
from calcapp.engine.division import divide
from calcapp.engine.form import PI_VALUE, UNIT, Exact
from calcapp.engine.mistake import Mistake, SyntaxMistake, TooLarge, UnitMismatch
from calcapp.engine.numbers import fmpq
from calcapp.engine.products import product_of, to_power
from calcapp.engine.quantity import (
    RADIAN,
    Quantity,
    Units,
    as_written,
    countable,
    described,
    factor,
    in_radians,
    kelvin,
    measure,
    no_sum,
    same_unit,
    unit_text,
    written,
)
from calcapp.engine.scope import DEEPEST_CALL, Scope, example_of, known_unit
from calcapp.engine.tree import Call, Define, Tree
from calcapp.engine.unknown import unknown
from calcapp.engine.value import Day, Value, number_of
from calcapp.engine.vocabulary import ALIASES, ARITIES, SIGNATURES
from calcapp.engine.work import charge


class Calls(Scope):
    """What a scope can call: the calculator's functions and a person's own."""

    def call(self, tree: Call) -> Value:
        if tree.name in self.functions:
            return self.own_call(tree, *self.functions[tree.name])
        kept = tree.name in self.known.names
        if kept and isinstance(definition := self.definition(tree.name, tree), Define):
            self.note_name(tree.name)
            return self.own_call(tree, definition.parameters, definition.body, fresh=True)
        name = ALIASES.get(tree.name, tree.name)
        if name not in SIGNATURES:
            raise unknown(tree.name, tree.start, tree.name_end, self.own_names(), function=True)
        least, most = ARITIES[name]
        if not least <= len(tree.arguments) <= most:
            raise wrong_count(tree, name)
        arguments = [self.value(each) for each in tree.arguments]
        try:
            return self.applied(name, arguments, tree)
        except Mistake as mistake:
            raise mistake.placed(tree.start, tree.end) from None

    def own_call(self, tree: Call, parameters: tuple[str, ...], body: Tree, fresh: bool = False) -> Value:
        if len(parameters) != len(tree.arguments):
            raise SyntaxMistake(
                f"{tree.name} takes {so_many(len(parameters))}: {tree.name}({', '.join(parameters)}).",
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
        if name in ("min", "max") and isinstance(arguments[0], Day):
            return calendar_rules.outermost(name, arguments)
        values = [uncounted(each, tree) for each in arguments]
        if Quantity in map(type, values):
            found = self.applied_to_quantities(name, values, tree)
            if found is not None:
                return found
            numbers: list[Exact] = [in_radians(each, name) if isinstance(each, Quantity) else each for each in values]
        else:
            numbers = values  # type: ignore[assignment]
            if name in functions.ANGLES and not self.degrees:
                first = numbers[0]
                if isinstance(first, fmpq) and first.q == 1 and 10 <= abs(first) <= 3_600 and first.p % 5 == 0:
                    self.hint(f"{name} took {first} radians; write {first}° for degrees")
            if self.degrees and name in functions.ANGLES:
                numbers = [multiply(numbers[0], divide(PI_VALUE, fmpq(180)))]
                self.understood.took_degrees |= {id(tree)}
                self.hint("angles are in degrees")
        result = self.plainly(name, numbers)
        if name in functions.ANGULAR and self.degrees:
            self.understood.given_degrees |= {id(tree)}
            return Quantity(divide(multiply(result, fmpq(180)), PI_VALUE), measure(UNIT, known_unit("deg")).units)
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
            return as_written(first, functions.plain(name)(written(first), values[1]))
        if name in functions.LIKE or name in functions.SQUARED or name in functions.RATIOS:
            numbers, units = same_unit(values)
            if isinstance(first, Quantity) and first.offset:
                numbers, units = self.on_a_scale(name, numbers, first)
            if name in functions.LIKE and isinstance(first, Quantity) and first.label and units == first.units:
                numbers = [divide(number, first.label.of) for number in numbers]
                return as_written(first, functions.plain(name)(*numbers))
            result = self.plainly(name, numbers)
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

    def plainly(self, name: str, numbers: list[Exact]) -> Exact:
        """A function of plain numbers."""
        if name == "mode" and (count := len(statistics.modes(numbers))) > 1:
            self.hint(f"{count} values are equally frequent; this is the smallest of them")
        return functions.plain(name)(*numbers)

    def on_a_scale(self, name: str, numbers: list[Exact], first: Quantity) -> tuple[list[Exact], Units]:
        """Temperatures in °C have a mean but no sum, and their spread is in kelvin."""
        if name in ("sum", "hypot", "rms", "geomean", "harmean") and len(numbers) > 1:
            raise no_sum(first)
        if name in ("stdev", "stdevp", "spread", "var", "varp"):
            return [multiply(number, factor(first.units)) for number in numbers], kelvin().units
        return numbers, first.units


def unshared(value: Value, tree: Tree) -> Quantity | Exact:
    if isinstance(value, Quantity | Exact):
        return value
    return number_of(value, tree)


def uncounted(value: Value, tree: Tree) -> Quantity | Exact:
    """The value as a number, unless it is a quantity that is more than a count."""
    if isinstance(value, Exact):
        return value
    return value if isinstance(value, Quantity) and not countable(value) else number_of(value, tree)


def wrong_count(tree: Call, name: str) -> SyntaxMistake:
    """What to say of arguments that are missing or too many."""
    least, most = ARITIES[name]
    if not tree.arguments:
        return SyntaxMistake(f"Write what {tree.name} works on, as in {example_of(name)}.", tree.start, tree.end)
    taken = f"{tree.name} takes {so_many(least, most)}: {tree.name}({SIGNATURES[name]})"
    if len(tree.arguments) < least:
        return SyntaxMistake(f"{taken}, as in {example_of(name)}.", tree.start, tree.end)
    return SyntaxMistake(f"{taken}. Take the rest out.", tree.arguments[most].start, tree.arguments[-1].end)


def so_many(least: int, most: int = 0) -> str:
    if least >= most:
        return "one argument" if least == 1 else f"{least} arguments"
    return f"{least} to {most} arguments" if most < 100 else f"at least {least} arguments"
