"""Where a page begins: said in its address, checked before the database sees it."""

import re
from datetime import UTC, datetime, timedelta

from flask import abort, request

PAGE = 50
EPOCH = datetime.fromtimestamp(0, UTC)
A_NUMBER = re.compile("[1-9][0-9]{0,17}")
A_RECORD = re.compile(r"([0-9]{1,16})\.([1-9][0-9]{0,17})\.([1-9][0-9]{0,17})")


def asked_number(name: str) -> int | None:
    """The whole number in this part of the address. 400 for what is none."""
    found = asked(name, A_NUMBER)
    return int(found[0]) if found else None


def asked_record() -> tuple[datetime, int, int] | None:
    """(when, owner, number) of the last record of the page before. 400 for what is none."""
    found = asked("before", A_RECORD)
    return found and (EPOCH + timedelta(microseconds=int(found[1])), int(found[2]), int(found[3]))


def asked(name, pattern):
    text = request.args.get(name)
    if not text:
        return None
    return pattern.fullmatch(text) or abort(400, f"The page's address is wrong: “{name}”. Start from its first page.")


def record_cursor(record) -> str:
    """The same, to be written into an address."""
    microseconds = (record.created_at - EPOCH) // timedelta(microseconds=1)
    return f"{microseconds}.{record.user_id}.{record.number}"


def cut(rows) -> tuple[list, bool]:
    """A page of these, which were asked for with one more, and whether there are more."""
    return rows[:PAGE], len(rows) > PAGE
