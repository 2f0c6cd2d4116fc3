"""Nothing that people type ends in anything but an answer or a mistake. `make fuzz` tries 200,000 and measures them."""

import pytest

from benchmarks import fuzz
from calcapp.engine import Mistake, evaluate, references

pytestmark = pytest.mark.rehearsal

SEED = 2026
CHUNK = 250


@pytest.mark.parametrize("chunk", range(8))
def test_whatever_is_typed_is_answered_or_told_kindly(chunk):
    for number in range(chunk * CHUNK, (chunk + 1) * CHUNK):
        text, digits = fuzz.tried(SEED, number)
        mistake = told(evaluate, text, digits=digits, known=fuzz.KNOWN)
        if mistake is not None:
            assert mistake.kind in fuzz.KINDS, text
            assert 0 <= mistake.start <= mistake.end <= len(text), text
            assert mistake.message.endswith((".", "?")), (text, mistake.message)


def test_what_a_text_refers_to_is_told_without_working_it_out():
    for number in range(CHUNK):
        text, _ = fuzz.tried(SEED, number)
        mistake = told(references, text)
        assert mistake is None or mistake.kind in fuzz.KINDS, text


def told(act, *arguments, **settings):
    """The mistake, if it was one; anything else that is raised fails the test."""
    try:
        act(*arguments, **settings)
    except Mistake as mistake:
        return mistake
    return None
