"""Calcapp, the calculator that remembers. The web is imported only when asked for: the engine stays free of it."""


def create_app(*args: object, **kwargs: object) -> object:
    """Build the web application; the settings are described in `calcapp.settings`."""
    from calcapp.factory import create_app as build

    return build(*args, **kwargs)
