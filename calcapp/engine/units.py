"""Units: what a name means, exactly.

    find("km") -> Unit | None       a symbol as written (mW is not MW), a name in words in any case, plurals,
                                    prefixes, "square feet", "imp gal" (several words, one space between)
    find_longest(["fl", "oz", "to"]) -> (Unit, 2) | None
                                    the unit that the most words from the start make, and how many they are
    nearest("metrs") -> ["metre", "meters", "metres"]
                                    for "did you mean"; [] when nothing is near
    in_words(dimension) -> "length" for "5 kg is a mass and 3 m is a length"
    spelt(dimension) -> "m/s"       the coherent SI unit of a derived result, as an expression
    dimensions.py                   NONE, times, over, power, root

A quantity of `value` units is value * unit.factor * π**unit.pi (+ unit.offset, temperatures only) coherent
base units: kg and not g, K, rad, bit. So 20 °C is 20 * 1 + 273.15 K; inside a product or a power (J/°C) only
the factor counts. `unit.symbol` is what answers show, and is found again by `find`; `unit.note` is a sentence
to show when the name could mean two things.

Angles carry a dimension, so that 30° + 3 m is refused. A plain number counts as radians where an angle is
asked for: `pi to deg` is 180°, and `sin(30 deg)` takes the factor. Names of units are also wanted as names of
variables (m, h, g, c): whoever evaluates looks up the names that people set first, then constants and
functions, and units last.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence

from calcapp.engine.dimensions import BASE, NONE, Dimension, in_words, power, spelt, times, written
from calcapp.engine.numbers import fmpq
from calcapp.engine.unit import Unit
from calcapp.engine.unit_table import BINARY_PREFIXES, GROUPS, PREFIXES

__all__ = ["Unit", "find", "find_longest", "in_words", "is_unit", "nearest", "spelt"]

ZERO = fmpq(0)
LENGTH = written("m")
LONGEST = 40  # no name of a unit is longer
BIG = ("k", "M", "G", "T", "P", "E", "Z", "Y", "R", "Q")
SMALL = ("m", "µ", "u", "μ", "n", "p", "f", "a")
COMMON = ("k", "M", "G", "T", "c", "m", "µ", "n", "Ki", "Mi", "Gi", "Ti")
# Where the zero of a scale stands, in kelvin (SI brochure, 9th edition, section 2.3.1).
OFFSETS = {"°C": fmpq(27315, 100), "°F": fmpq(45967, 100) * fmpq(5, 9)}
MANY = {"kgs": "kg", "kms": "km", "cms": "cm", "mms": "mm", "yrs": "yr", "gals": "gal", "pts": "pt", "qts": "qt"}
MOST_WORDS = 4


@functools.lru_cache(maxsize=4096)
def find(name: str) -> Unit | None:
    """The unit of that name; a slip of the shift key is taken where only one unit can be meant."""
    name = name.replace("_", " ")
    name = MANY.get(name, name)
    if name in ("IN", "In"):
        name = "in"
    return _symbol(name) or _word(name.casefold()) or _to_a_power(name) or _of_other_case(name)


def is_unit(name: str) -> bool:
    return find(name) is not None


def find_longest(words: Sequence[str]) -> tuple[Unit, int] | None:
    for count in range(min(len(words), MOST_WORDS), 0, -1):
        unit = find(" ".join(words[:count]))
        if unit is not None:
            return unit, count
    return None


def nearest(name: str, most: int = 3) -> list[str]:
    """Names that are one slip of the fingers or of the shift key away, in the order to propose them."""
    same_letters = list(_folded().get(name.casefold(), ()))
    if len(name) < 3 or len(name) > LONGEST:
        return same_letters[:most]
    known = _known()
    near = {known[slip] for slip in _one_slip(name.casefold()) if slip in known}
    return (same_letters + sorted(near, key=lambda word: (abs(len(word) - len(name)), word)))[:most]


def _one_slip(name: str) -> Iterator[str]:
    """The name with a letter left out, two swapped, one changed or one put in."""
    for i in range(len(name) + 1):
        head, tail = name[:i], name[i:]
        yield head + tail[1:]
        yield head + tail[1:2] + tail[:1] + tail[2:]
        for letter in "abcdefghijklmnopqrstuvwxyz":
            yield head + letter + tail[1:]
            yield head + letter + tail


# Looking up


def _symbol(name: str) -> Unit | None:
    line = _index().symbols.get(name)
    if line is not None:
        return _unit(line)
    for prefix, word, factor, binary in _prefixes():
        line = _index().symbols.get(name[len(prefix) :]) if name.startswith(prefix) else None
        if line is not None and _takes(line, prefix, binary):
            return _prefixed(line, prefix, word, factor)
    return None


def _word(name: str) -> Unit | None:
    line = _index().words.get(name)
    if line is not None:
        return _unit(line)
    for prefix, word, factor, binary in _prefixes():
        line = _index().words.get(name[len(word) :]) if name.startswith(word) else None
        if line is not None and _takes(line, prefix, binary):
            return _prefixed(line, prefix, word, factor)
    return None


def _to_a_power(name: str) -> Unit | None:
    """square feet, sq ft, cubic metre, cu in, m2, cm3"""
    first, _, rest = name.partition(" ")
    exponent = {"square": 2, "sq": 2, "cubic": 3, "cu": 3}.get(first.casefold())
    if name[-1:] in ("2", "3"):
        exponent, rest = int(name[-1]), name[:-1]
    unit = (_symbol(rest) or _word(rest.casefold())) if exponent and rest else None
    if unit is None or exponent is None or unit.dimension != LENGTH:
        return None
    kind = "square" if exponent == 2 else "cubic"
    names = (f"{unit.symbol}^{exponent}", f"{kind} {unit.name}", f"{kind} {unit.plural}")
    factor = unit.factor**exponent
    return Unit(*names, power(unit.dimension, exponent), factor, unit.pi * exponent, ZERO, unit.note, unit.source)


def _of_other_case(name: str) -> Unit | None:
    """KG, Km, PSI: a slip of the shift key, taken where only one unit is meant. MHZ is not mHz."""
    if len(name) < 2:
        return None
    meant = _folded().get(name.casefold(), ())
    if len(meant) > 1 and name[0] == "M":
        meant = tuple(each for each in meant if each[0] == "M")
    if name.islower() and {each[1] for each in meant} == {"b", "B"}:
        return _bytes_or_bits(name, meant)
    return _symbol(meant[0]) if len(meant) == 1 else None


def _bytes_or_bits(name: str, meant: tuple[str, ...]) -> Unit | None:
    """`gb` is meant for GB, and `mbps` for Mbps, which says bits."""
    said = next(each for each in meant if each[1] == ("b" if name.endswith("ps") else "B"))
    unit = _symbol(said)
    return unit and _noted(unit, f"{name} was read as {said}")


def _noted(unit: Unit, note: str) -> Unit:
    return Unit(
        unit.symbol, unit.name, unit.plural, unit.dimension, unit.factor, unit.pi, unit.offset, note, unit.source
    )


def _takes(line: Line, prefix: str, binary: bool) -> bool:
    """Whether people say that prefix with that unit."""
    rule = line.prefixes
    if binary or rule == "data":
        return rule == "data" and (binary or prefix in BIG or prefix == "K")
    return (
        rule == "all"
        or prefix in rule.split()
        or ("big" in rule and prefix in BIG)
        or ("small" in rule and prefix in SMALL)
    )


# The table, read once; a unit is worked out when it is first asked for


class Line:
    """A line of the table, as it stands there."""

    __slots__ = ("definition", "names", "note", "prefixes", "source", "symbols")

    def __init__(
        self,
        symbols: tuple[str, ...],
        names: tuple[str, ...],
        definition: str,
        prefixes: str,
        note: str | None,
        source: str,
    ) -> None:
        self.symbols, self.names, self.definition = symbols, names, definition
        self.prefixes, self.note, self.source = prefixes, note, source


class Index:
    __slots__ = ("symbols", "words")

    def __init__(self) -> None:
        self.symbols: dict[str, Line] = {}
        self.words: dict[str, Line] = {}


@functools.cache
def _index() -> Index:
    index = Index()
    for source, text in GROUPS:
        for row in text.strip().splitlines():
            cells = [cell.strip() for cell in row.split("|")]
            symbols, names = (tuple(w.replace("_", " ") for w in cell.split()) for cell in cells[:2])
            line = Line(symbols, names, cells[2], cells[3], cells[4] or None, source)
            index.symbols.update(dict.fromkeys(symbols, line))
            index.words.update({name.casefold(): line for name in names})
    return index


def _lines() -> list[Line]:
    index = _index()
    return list(dict.fromkeys([*index.symbols.values(), *index.words.values()]))


@functools.cache
def _unit(line: Line) -> Unit:
    factor, pi, dimension = _defined(line.definition)
    symbol = (line.symbols + line.names)[0]
    name = (line.names or line.symbols)[0]
    plural = line.names[1] if len(line.names) > 1 else name
    offset = OFFSETS.get(symbol, ZERO)
    return Unit(symbol, name, plural, dimension, factor, pi, offset, line.note, line.source)


@functools.cache
def _prefixed(line: Line, prefix: str, word: str, factor: fmpq) -> Unit:
    unit = _unit(line)
    symbol = {"u": "µ", "μ": "µ", "K": "k"}.get(prefix, prefix) + line.symbols[0] if line.symbols else word + unit.name
    if symbol in _index().symbols:  # kt is the knot, so a thousand tonnes are a kilotonne
        symbol = word + unit.name
    names = (symbol, word + unit.name, word + unit.plural)
    return Unit(*names, unit.dimension, unit.factor * factor, unit.pi, unit.offset, None, unit.source)


def _defined(definition: str) -> tuple[fmpq, int, Dimension]:
    """'550 ft lbf s-1' as a factor, a power of π and a dimension."""
    factor, pi, dimension = fmpq(1), 0, NONE
    for part in definition.split():
        if part[0].isdigit():
            factor *= _number(part)
            continue
        symbol = part.rstrip("-0123456789")
        exponent = int(part[len(symbol) :] or 1)
        if symbol == "π":
            pi += exponent
        elif symbol in BASE:
            dimension = times(dimension, written(part))
        else:
            unit = _symbol(symbol) or _unit(_index().words[symbol])
            factor *= unit.factor**exponent
            pi += unit.pi * exponent
            dimension = times(dimension, power(unit.dimension, exponent))
    return factor, pi, dimension


def _number(text: str) -> fmpq:
    above, _, below = text.partition("/")
    return _decimal(above) / _decimal(below or "1")


def _decimal(text: str) -> fmpq:
    digits, _, exponent = text.partition("e")
    whole, _, fraction = digits.partition(".")
    return fmpq(int(whole + fraction)) * fmpq(10) ** (int(exponent or 0) - len(fraction))


@functools.cache
def _prefixes() -> tuple[tuple[str, str, fmpq, bool], ...]:
    """(symbol, word, factor, binary), so that each way to write a prefix is one row."""
    rows = [(symbol, word, fmpq(10) ** exponent, False) for symbol, word, exponent in PREFIXES]
    rows += [(other, "micro", fmpq(1, 10**6), False) for other in ("u", "μ")] + [("da", "deka", fmpq(10), False)]
    rows += [("K", "kilo", fmpq(1000), False)]  # of bits and bytes only: people write Kbps
    rows += [(symbol, word, fmpq(1024**exponent), True) for symbol, word, exponent in BINARY_PREFIXES]
    return tuple(rows)


@functools.cache
def _folded() -> dict[str, tuple[str, ...]]:
    """Symbols in lower case -> how they are rightly written, one for each unit that they could mean."""
    found: dict[str, dict[tuple[Line, str], str]] = {}
    for written_out, line, prefix in _common(_index().symbols, 0):
        found.setdefault(written_out.casefold(), {}).setdefault((line, prefix), written_out)
    return {folded: tuple(ways.values()) for folded, ways in found.items()}


@functools.cache
def _known() -> dict[str, str]:
    """What `nearest` may propose, by its lower case."""
    symbols = {written_out.casefold(): written_out for written_out, *_ in _common(_index().symbols, 0)}
    return symbols | {written_out: written_out for written_out, *_ in _common(_index().words, 1)}


def _common(names: dict[str, Line], column: int) -> Iterator[tuple[str, Line, str]]:
    """Every name with the prefixes that people use: (as written, line, prefix)."""
    for name, line in names.items():
        yield name, line, ""
        for prefix in _prefixes():
            if prefix[0] in COMMON and _takes(line, prefix[0], prefix[3]):
                yield str(prefix[column]) + name, line, prefix[0]
