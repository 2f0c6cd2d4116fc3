"""Names of one's own that hide a unit: with m = 3, 5 m is 15."""

from __future__ import annotations

from collections.abc import Mapping

from calcapp.engine.referring import parts
from calcapp.engine.tree import Name, Tree
from calcapp.engine.units import find


def hidden_unit(trees: tuple[Tree, ...], own: Mapping[str, object]) -> str:
    """What to add where a unit is missed: that such a name stands there, and what to write for the unit."""
    waiting = list(trees)
    while waiting:
        tree = waiting.pop()
        waiting += parts(tree)
        if isinstance(tree, Name) and tree.name in own and (unit := find(tree.name)) and unit.plural not in own:
            return f" {tree.name} is a name of yours here; for the unit write {unit.plural}."
    return ""
