"""What single characters are: letters, spaces, and signs that stand for others."""

from __future__ import annotations

SIGNS = {
    "\u2212": "-", "\u2013": "-", "\u2014": "-", "\ufe63": "-", "\u2010": "-", "\u2011": "-",
    "×": "*", "✕": "*", "✖": "*", "∗": "*", "⋅": "*", "·": "*", "•": "*", "∙": "*",
    "÷": "/", "∕": "/", "⁄": "/", "[": "(", "{": "(", "]": ")", "}": ")", "º": "°", "˚": "°",
}  # fmt: skip
PLAIN = frozenset("+-*/^()=;!%√∛∜°‰|,<>⌊⌋⌈⌉")
SUPERSCRIPTS = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789", strict=True))
NAMED = {
    "π": "pi", "ϕ": "phi", "℃": "degC", "℉": "degF", "′": "arcmin", "″": "arcsec", "∞": "infinity", "→": "to",
    "&": "and", "∧": "and", "∨": "or", "⊻": "xor", "⊕": "xor", "~": "not", "¬": "not",
}  # fmt: skip
SUBSCRIPTS = frozenset("₀₁₂₃₄₅₆₇₈₉")
UNIT_SIGNS = str.maketrans({"\u2126": "Ω", "\u212b": "Å", "\u212a": "K"})
"""The signs of Unicode for ohm, ångström and kelvin, which look like these letters."""
LOWERED = str.maketrans("₀₁₂₃₄₅₆₇₈₉", "0123456789")
HYPHENS = frozenset("-\u2010\u2011\u2013\u2212")
HYPHENS_PLAIN = dict.fromkeys(map(ord, HYPHENS), "-")
SPACES = frozenset(
    " \t\n\r\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
    "\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f"
)
"""Also those that nobody sees, which come along when a line is pasted."""
MARKS = {"'": "ft", "\u2019": "ft", '"': "in", "\u201d": "in"}
MONEY = frozenset("$€£¥₹₩₽₺₴₪₫₱₦₿")
FIGURES = "0123456789"
IN_NAMES = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_" + FIGURES
DIGITS, WORD_MORE = frozenset(FIGURES), frozenset(IN_NAMES)
WORD = WORD_MORE - DIGITS


def behind(text: str, start: int, characters: str) -> int:
    """The place behind all of these characters that stand together from `start` on."""
    return len(text) - len(text[start:].lstrip(characters))


def letter(character: str) -> bool:
    """Whether a name may hold this letter beyond ASCII: Latin with accents, Greek, Cyrillic."""
    place = ord(character)
    if place == 0xBA or character in NAMED:  # º, which people type for °
        return False
    return (0xAA < place < 0x250 or 0x370 <= place < 0x530 or place in (0x212A, 0x212B, 0x2126)) and character.isalpha()
