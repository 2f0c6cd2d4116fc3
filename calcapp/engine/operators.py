"""Signs and words between, before and behind operands, and how tightly each of them binds."""

from __future__ import annotations

OR, XOR, AND, SHIFT, SUM, PRODUCT, SIGN, CHOOSE, POWER, TIGHT = 2, 3, 4, 5, 10, 20, 25, 27, 30, 40

INFIX = {
    "+": SUM, "-": SUM, "*": PRODUCT, "/": PRODUCT, "//": PRODUCT, "^": POWER, "<<": SHIFT, ">>": SHIFT,
}  # fmt: skip
WORDS = {
    "plus": ("+", SUM), "minus": ("-", SUM), "times": ("*", PRODUCT), "divided": ("/", PRODUCT), "per": ("/", PRODUCT),
    "multiplied": ("*", PRODUCT),
    "mod": ("mod", PRODUCT), "of": ("of", PRODUCT), "choose": ("choose", CHOOSE), "and": ("and", AND),
    "xor": ("xor", XOR), "or": ("or", OR),
}  # fmt: skip
BETWEEN = {
    "ncr": ("choose", CHOOSE), "npr": ("npr", CHOOSE), "permute": ("npr", CHOOSE), "div": ("//", PRODUCT),
    "modulo": ("mod", PRODUCT), "shl": ("<<", SHIFT), "shr": (">>", SHIFT),
}  # fmt: skip
"""Functions that people also write between two numbers: 10 nCr 3."""
SAID_POWERS = {"squared": 2, "cubed": 3}
SPOKEN = {"off": PRODUCT, "on": PRODUCT, "after": SUM, "before": SUM, "from": SUM}
"""Words with the operands the other way round."""
COMPARING = {
    "more": ("than", "on", PRODUCT), "less": ("than", "off", PRODUCT),
    "increased": ("by", "+", SUM), "decreased": ("by", "-", SUM), "reduced": ("by", "-", SUM),
}  # fmt: skip
"""Words that go with a second one, and what both together are: 20% more than 50 is 20% on 50."""
PAIRED = frozenset((*COMPARING, "by"))
ENDING = frozenset((*SPOKEN, *SAID_POWERS, *COMPARING, "is", "ago"))
"""No operand begins with one of these."""
CONVERTING = frozenset(("to", "in", "as", "into"))
SIGNS = frozenset("+-")
SAID_SIGNS = {"plus": "+", "minus": "-", "not": "not"}
POSTFIX = frozenset(("!", "!!", "%", "‰", "°"))
ROOTS = {"√": "sqrt", "∛": "cbrt", "∜": "root4"}
BEGINS = frozenset(("number", "name", "record", "date", "(", "√", "∛", "∜", "⌊", "⌈"))
ENDS = frozenset(("end", ")", ",", ";"))
"""Behind these an expression is over, or lacks its operand."""
CLOSING = {"(": ")", "[": "]", "{": "}", "（": "）", "［": "］", "｛": "｝"}
BARS = {"|": ("|", "abs"), "⌊": ("⌋", "floor"), "⌈": ("⌉", "ceil")}
