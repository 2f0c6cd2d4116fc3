"""Calcapp, the calculator that remembers. The web is imported only when asked for: the engine stays free of it."""

from typing import Any


def create_app(*args: Any, **kwargs: Any) -> Any:
    """Build the web application; the settings are described in `calcapp.settings`."""
    from calcapp.factory import create_app as build

    return build(*args, **kwargs)
