"""The numbers that the engine reckons with: five modules of flint, loaded without the rest.

`import flint` runs thirty-five extension modules more. Without them a start takes 16 ms less of processor time, of 70,
and 5 MB less of memory. They come when somebody misses one of them: who imports flint, before or later, has all of it.
"""

import sys
from contextlib import suppress
from importlib import import_module
from importlib.util import find_spec, module_from_spec

PARTS = {  # in the order in which flint loads them, for they import each other
    "ctx": "pyflint",
    "fmpz": "types.fmpz",
    "fmpq": "types.fmpq",
    "arb": "types.arb",
    "acb": "types.acb",
}


def load_in_part(package: str, parts: dict[str, str]) -> None:
    """Import of a package only the modules with these names, and the rest when another name is missed in it."""
    if package in sys.modules or (spec := find_spec(package)) is None or spec.loader is None:
        return
    whole, module = spec.loader, module_from_spec(spec)

    def missed(name: str) -> object:
        whole.exec_module(module)  # finds what is imported already; twice at once does no harm
        vars(module).pop("__getattr__", None)
        return getattr(module, name)

    vars(module)["__getattr__"] = missed  # Python asks it for the names that a module does not have (PEP 562)
    sys.modules[package] = module
    with suppress(ImportError, AttributeError):  # another version may be laid out otherwise: `missed` gets all of it
        for name, part in parts.items():
            vars(module)[name] = getattr(import_module(f"{package}.{part}"), name)


load_in_part("flint", PARTS)

from flint import acb, arb, ctx, fmpq, fmpz  # noqa: E402 - what was loaded

__all__ = ["acb", "arb", "ctx", "fmpq", "fmpz"]
