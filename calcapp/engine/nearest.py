"""The known name that is most like an unknown one."""

from __future__ import annotations

from calcapp.engine.vocabulary import CONSTANTS, FUNCTION_NAMES

_BITS = frozenset(("shl", "shr", "and", "not", "xor"))


def suggestion(name: str, own: list[str], function: bool) -> str | None:
    """A name one slip of the fingers away: an own one, a function, a constant or a unit."""
    lower = name.lower()
    known = [*own, *sorted(FUNCTION_NAMES), *(() if function else sorted(CONSTANTS))]
    best: tuple[int, int, int, str] | None = None
    for place, each in enumerate(known if len(lower) > 1 else ()):
        slips = distance(lower, each.lower())
        if slips > (1 if len(lower) < 6 else 2) or len(each) < 3 or each in _BITS:
            continue
        if not function and (len(lower) < 3 or other_letters(lower, each.lower())):
            continue
        found = (slips, -shared(lower, each.lower()), place, each)
        if best is None or found < best:
            best = found
    if best is not None:
        return best[3]
    if not function:
        from calcapp.engine.units import nearest

        near = [each for each in nearest(name, 20) if len(name) > 1 and not other_letters(lower, each.lower())]
        return min(near, key=lambda each: (-shared(name, each), len(each)), default=None)
    return None


def other_letters(left: str, right: str) -> bool:
    """Whether a short name differs by a letter that is another one: nan is not a mistyped tan."""
    return len(left) < 4 and len(left) == len(right) and sorted(left) != sorted(right)


def shared(left: str, right: str) -> int:
    """How many letters both begin with."""
    count = 0
    for a, b in zip(left, right, strict=False):
        if a != b:
            break
        count += 1
    return count


def distance(left: str, right: str) -> int:
    """How many slips apart: a letter changed, left out, put in, or two swapped; 9 when far."""
    if abs(len(left) - len(right)) > 2:
        return 9
    older: list[int] = []
    before = list(range(len(right) + 1))
    for i, a in enumerate(left, 1):
        row = [i]
        for j, b in enumerate(right, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == right[j - 2] and left[i - 2] == b:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
        older, before = before, row
    return before[-1]
