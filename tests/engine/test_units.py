"""Units mean what the standards say, by every name that people give them."""

from fractions import Fraction

import pytest
from mpmath import mp, mpf

from calcapp.engine import units
from calcapp.engine.dimensions import over, power, root, times
from calcapp.engine.units import OFFSETS, find, find_longest, in_words, nearest, spelt

# Where a name means something else to pint, and why ours is meant.
NOT_AS_PINT = {
    "yr", "mo", "decade", "century", "millennium",  # Julian here, as checked below
    "ac", "ch", "fur", "rd", "ftm", "lea", "lnk", "section", "township", "rood", "acft",  # by US survey feet
    "Btu", "thm", "quad", "ton of refrigeration",  # a rounded Btu
    "Gs", "Mx", "Oe", "Fr",  # dimensions of their own
    "cal", "bbl", "cfm", "c", "mil", "point", "pica", "Da", "ton TNT", "Cal",
    "kb",  # a kilobarn
}  # fmt: skip


def every_unit():
    return list(dict.fromkeys(units._unit(line) for line in units._lines()))


def value(unit):
    with mp.workdps(40):
        return mpf(int(unit.factor.p)) / int(unit.factor.q) * mp.pi**unit.pi


@pytest.mark.rehearsal
def test_pint_agrees_on_each_factor_where_it_knows_the_unit():
    import pint  # here, as `make test` does without it

    registry = pint.UnitRegistry()
    ours, theirs = {}, {}
    for unit in every_unit():
        name = unit.name.replace(" ", "_")
        if name in registry and unit.symbol not in {*NOT_AS_PINT, *OFFSETS}:
            known = (1 * registry(name)).to_base_units()
            in_grams = next((power for base, power in known.unit_items() if base == "gram"), 0)
            ours[unit.symbol], theirs[unit.symbol] = float(value(unit)), float(known.magnitude) / 1000**in_grams
    assert len(theirs) > 120
    assert ours == pytest.approx(theirs, rel=1e-9)


@pytest.mark.parametrize(
    ("name", "factor", "pi"),
    [
        ("in", "127/5000", 0),
        ("lb", "45359237/100000000", 0),
        ("psi", "8896443230521/1290320000", 0),
        ("gal", "473176473/125000000000", 0),
        ("imp gal", "454609/100000000", 0),
        ("hp", "37284993579113511/50000000000000", 0),
        ("deg", "1/180", 1),
        ("rpm", "1/30", 1),
        ("pc", "96939420213600000", -1),
        ("year", "31557600", 0),
        ("month", "2629800", 0),
        ("acre", "316160658/78125", 0),
        ("KiB", "8192", 0),
        ("kcal", "4184", 0),
        ("ton", "45359237/50000", 0),
        ("slug", "8896443230521/609600000000", 0),
    ],
)
def test_the_well_known_factors_are_exact(name, factor, pi):
    unit = find(name)
    assert (Fraction(int(unit.factor.p), int(unit.factor.q)), unit.pi) == (Fraction(factor), pi)


def test_every_name_and_every_answer_is_found_again():
    for line in units._lines():
        unit = units._unit(line)
        for name in (*line.symbols, *line.names, unit.symbol, unit.plural):
            assert alike(find(name), unit), name
    for name, *_ in units._common(units._index().symbols, 0):
        assert alike(find(find(name).symbol), find(name)), name


def alike(*found):
    """Whether all are one unit, whatever it was called."""
    return len({tuple(getattr(unit, name) for name in unit.__slots__) for unit in found}) == 1


def test_the_case_of_a_symbol_matters_and_that_of_a_word_does_not():
    assert find("mW").factor != find("MW").factor
    assert find("B").factor == 8 * find("b").factor
    assert alike(find("Metres"), find("METRES"), find("meter"), find("m"))
    assert alike(find("KG"), find("Kg"), find("kg"))
    assert (find("gb").symbol, find("gb").note) == ("GB", "gb was read as GB")
    assert (find("mbps").symbol, find("mbps").note) == ("Mbps", "mbps was read as Mbps")
    assert find("pb") is None
    assert nearest("gb") == ["Gbit", "GB"] or set(nearest("gb")) == {"Gb", "GB"}


def test_ordinary_names_are_no_units():
    assert [name for name in (*"xyzeinkafjqruvw", "foo", "rate", "price", "tax") if find(name)] == []


def test_the_longest_name_wins():
    found, words = find_longest(["fl", "oz", "to", "mL"])
    assert (alike(found, find("floz")), words) == (True, 2)
    assert find_longest(["imp", "gal"])[0].note is None
    found, words = find_longest(["square", "feet", "to"])
    assert (alike(found, find("sq ft")), words) == (True, 2)
    assert find_longest(["to", "mL"]) is None
    assert find("square kg") is None


def test_a_slip_of_the_fingers_finds_its_unit():
    assert "metres" in nearest("metrs")
    assert nearest("killogram") == ["kilogram"]
    assert nearest("x") == []
    assert nearest("x" * 50) == []


@pytest.mark.parametrize(
    ("name", "word", "answer"),
    [
        ("km", "length", "m"),
        ("lb", "mass", "kg"),
        ("mph", "speed", "m/s"),
        ("psi", "pressure", "Pa"),
        ("cP", "dynamic viscosity", "kg/(m*s)"),
        ("mpg", "fuel economy", "1/m^2"),
        ("dozen", "a plain number", ""),
        ("kWh", "energy", "J"),
    ],
)
def test_a_dimension_has_a_word_and_a_unit_for_answers(name, word, answer):
    assert (in_words(find(name).dimension), spelt(find(name).dimension)) == (word, answer)


def test_a_dimension_that_nobody_has_a_word_for_is_spelt():
    assert in_words(power(find("m").dimension, 5)) == "m^5"
    assert over(times(find("m").dimension, find("s").dimension), find("s").dimension) == find("m").dimension
    assert root(find("acre").dimension, 2) == find("m").dimension
    assert root(find("m").dimension, 2) is None
