"""The page that tells what can be typed."""

import pytest

from calcapp.calculator.help import examples
from calcapp.engine import evaluate


@pytest.mark.parametrize("example", examples())
def test_each_example_has_an_answer(example):
    assert evaluate(example).answer


def test_a_visitor_reads_the_examples_with_their_answers(visitor):
    page = visitor.open("/help")
    assert page.h1 == "What you can type"
    assert "152.4" not in page.text
    assert "160.02 cm" in page.text
