"""Fractions told from the balls around them."""

import pytest
from flint import arb, ctx, fmpq

from calcapp.engine import work
from calcapp.engine.nearby import PRECISION, near


@pytest.fixture(autouse=True)
def precise():
    with work.alone():
        ctx.prec = PRECISION
        yield


@pytest.mark.rehearsal
def test_every_small_fraction_is_found():
    for below in range(1, 100):
        for above in range(-110, 111):
            assert near(arb(fmpq(above, below)) * arb.pi() / arb.pi(), 1_000) == fmpq(above, below)


def test_what_is_not_simple_is_none():
    assert near(arb.pi(), 1_000) is None
    assert near(arb(fmpq(355, 113)) + arb(10) ** -25, 1_000) is None
    assert near(arb(10) ** 40, 1_000) is None
    assert near(arb(fmpq(1, 1_009)), 1_000) is None
