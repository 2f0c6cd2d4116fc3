"""What a page's address asks for."""

from flask import abort, request

from calcapp.access import asked_number
from calcapp.models.search import LONGEST_SEARCH, Search
from calcapp.models.user import DIGITS


def asked_search(values=None) -> Search:
    values = request.args if values is None else values
    return Search(
        q=" ".join(values.get("q", "")[:LONGEST_SEARCH].split()),
        since=values.get("from", "").strip()[:40],
        until=values.get("to", "").strip()[:40],
        starred=values.get("starred") in {"1", "on"},
        deleted=values.get("deleted") in {"1", "on"},
        before=asked_number("before"),
    )


def asked_digits() -> int | None:
    asked = request.args.get("digits")
    if asked is None:
        return None
    return int(asked) if asked in map(str, DIGITS) else abort(400, "Digits can be 15, 30, 100 or 1000.")
