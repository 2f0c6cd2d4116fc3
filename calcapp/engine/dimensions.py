"""What a quantity measures: whole powers of the base dimensions, and their name in words."""

import functools

Dimension = tuple[int, ...]

# Seven from the SI brochure (9th ed., 2019, section 2.3), and two that nobody mixes up with plain numbers.
BASE = ("m", "kg", "s", "A", "K", "mol", "cd", "rad", "bit")
NONE: Dimension = (0,) * len(BASE)


def times(left: Dimension, right: Dimension) -> Dimension:
    return tuple(a + b for a, b in zip(left, right, strict=True))


def over(left: Dimension, right: Dimension) -> Dimension:
    return tuple(a - b for a, b in zip(left, right, strict=True))


def power(dimension: Dimension, exponent: int) -> Dimension:
    return tuple(a * exponent for a in dimension)


def root(dimension: Dimension, degree: int) -> Dimension | None:
    """The dimension whose `degree`-th power this is; None where a power would be broken."""
    if any(a % degree for a in dimension):
        return None
    return tuple(a // degree for a in dimension)


def written(text: str) -> Dimension:
    """'m s-2' as a dimension."""
    found = [0] * len(BASE)
    for part in text.split():
        symbol = part.rstrip("-0123456789")
        found[BASE.index(symbol)] += int(part[len(symbol) :] or 1)
    return tuple(found)


# Names of quantities from the SI brochure, tables 1, 4, 5 and 6. The third column is the coherent unit that
# an answer is best given in; where it is missing, the base units are multiplied out.
_NAMED = """
a plain number            |                  |
length                    | m                | m
mass                      | kg               | kg
time                      | s                | s
electric current          | A                | A
temperature               | K                | K
amount of substance       | mol              | mol
luminous intensity        | cd               | cd
angle                     | rad              | rad
data                      | bit              | bit
area                      | m2               |
volume                    | m3               |
speed                     | m s-1            |
acceleration              | m s-2            |
volume flow               | m3 s-1           |
fuel economy              | m-2              |
frequency                 | s-1              | Hz
angular speed             | rad s-1          |
solid angle               | rad2             | sr
force                     | kg m s-2         | N
pressure                  | kg m-1 s-2       | Pa
energy                    | kg m2 s-2        | J
power                     | kg m2 s-3        | W
momentum                  | kg m s-1         |
density                   | kg m-3           |
mass flow                 | kg s-1           |
dynamic viscosity         | kg m-1 s-1       |
kinematic viscosity       | m2 s-1           |
surface tension           | kg s-2           |
electric charge           | A s              | C
voltage                   | kg m2 s-3 A-1    | V
resistance                | kg m2 s-3 A-2    | Ω
conductance               | kg-1 m-2 s3 A2   | S
capacitance               | kg-1 m-2 s4 A2   | F
inductance                | kg m2 s-2 A-2    | H
magnetic flux             | kg m2 s-2 A-1    | Wb
magnetic flux density     | kg s-2 A-1       | T
magnetic field strength   | A m-1            |
luminous flux             | cd rad2          | lm
illuminance               | cd rad2 m-2      | lx
luminance                 | cd m-2           |
absorbed dose             | m2 s-2           | Gy
exposure to radiation     | A s kg-1         |
catalytic activity        | mol s-1          | kat
concentration             | mol m-3          |
molar mass                | kg mol-1         |
molar energy              | kg m2 s-2 mol-1  |
heat capacity             | kg m2 s-2 K-1    |
specific heat             | m2 s-2 K-1       |
data rate                 | bit s-1          |
"""


@functools.cache
def _named() -> tuple[dict[Dimension, str], dict[Dimension, str]]:
    """Names and coherent units."""
    names: dict[Dimension, str] = {}
    coherent: dict[Dimension, str] = {}
    for line in _NAMED.strip().splitlines():
        name, powers, unit = (cell.strip() for cell in line.split("|"))
        names[written(powers)] = name
        if unit:
            coherent[written(powers)] = unit
    return names, coherent


def in_words(dimension: Dimension) -> str:
    """'length', 'speed'; or, where nobody has a word for it, 'kg*m^3'."""
    names, _ = _named()
    return names.get(dimension) or spelt(dimension)


def spelt(dimension: Dimension) -> str:
    """The coherent unit of an answer, as an expression: 'N', 'm/s', 'kg/(m*s)'; '' for a plain number."""
    _, coherent = _named()
    if dimension in coherent:
        return coherent[dimension]
    above = [_raised(s, a) for s, a in zip(BASE, dimension, strict=True) if a > 0]
    below = [_raised(s, -a) for s, a in zip(BASE, dimension, strict=True) if a < 0]
    if not below:
        return "*".join(above)
    bottom = below[0] if len(below) == 1 else "(" + "*".join(below) + ")"
    return ("*".join(above) or "1") + "/" + bottom


def _raised(symbol: str, exponent: int) -> str:
    return symbol if exponent == 1 else f"{symbol}^{exponent}"
