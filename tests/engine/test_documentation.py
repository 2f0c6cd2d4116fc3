"""docs/engine.md says what the engine does: each of its examples is worked out here."""

import re
from pathlib import Path

import pytest

from calcapp.engine import Mistake, evaluate

PAGE = Path(__file__).parents[2] / "docs" / "engine.md"


def rows(kind):
    """The rows of the page's tables whose second column is called `kind`, with the third column's name."""
    third = None
    for line in PAGE.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip().replace("\\|", "|") for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
        if cells[:1] == ["you type"]:
            third = cells[2] if cells[1] == kind else None
        elif not cells:
            third = None
        elif third is not None and not cells[0].startswith("---"):
            yield cells[0].strip("`"), cells[1].strip("`"), cells[2].strip("`") if third else None


@pytest.mark.parametrize(("text", "answer", "exact"), list(rows("you get")))
def test_the_page_tells_the_answer(text, answer, exact):
    result = evaluate(text)
    assert " ".join(filter(None, [result.answer, result.unit])) == answer
    if exact is not None:
        assert (result.exact or "") == exact


@pytest.mark.parametrize(("text", "kind", "sentence"), list(rows("kind")))
def test_the_page_tells_the_mistake(text, kind, sentence):
    with pytest.raises(Mistake) as caught:
        evaluate(text)
    assert (caught.value.kind, caught.value.message) == (kind, sentence)


def test_the_page_has_its_examples():
    assert len(list(rows("you get"))) > 60
    assert len(list(rows("kind"))) == 9
