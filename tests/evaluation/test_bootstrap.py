"""How sure a mean is, held against what statistics says."""

from __future__ import annotations

import random
from statistics import fmean, stdev

import pytest
from hypothesis import given
from hypothesis import strategies as st

from naming.evaluation.summary import MeanInterval, bootstrap

values = st.lists(st.floats(-1, 1), min_size=1, max_size=30)


@given(values)
def test_an_interval_lies_within_the_values_and_is_always_the_same(found: list[float]) -> None:
    first = bootstrap(found)
    assert first == bootstrap(found)
    assert first.count == len(found)
    assert first.mean == pytest.approx(fmean(found))
    assert min(found) - 1e-9 <= first.low <= first.high <= max(found) + 1e-9


@given(st.floats(0, 1), st.integers(1, 20))
def test_equal_values_leave_no_doubt(value: float, count: int) -> None:
    found = bootstrap([value] * count)
    assert found.low == pytest.approx(found.high) == pytest.approx(value)


def test_an_interval_is_as_wide_as_the_normal_one() -> None:
    rng = random.Random(7)
    sample = [rng.gauss(0.5, 0.2) for _ in range(400)]
    found, half = bootstrap(sample), 1.96 * stdev(sample) / 400**0.5
    assert found.high - found.mean == pytest.approx(half, rel=0.12)
    assert found.mean - found.low == pytest.approx(half, rel=0.12)


def test_intervals_hold_the_true_mean_about_95_times_in_100() -> None:
    rng = random.Random(3)
    held = 0
    for _ in range(100):
        found = bootstrap([rng.gauss(0.5, 0.2) for _ in range(40)])
        held += found.low <= 0.5 <= found.high
    assert 88 <= held <= 99


@pytest.mark.parametrize(
    ("low", "high", "above"),
    [
        (0.1, 0.3, True),
        (-0.3, -0.1, True),
        (-0.1, 0.3, False),
        (0.0, 0.2, False),
        (-0.2, 0.0, False),
    ],
)
def test_a_difference_counts_where_its_interval_leaves_zero_out(
    low: float, high: float, *, above: bool
) -> None:
    assert MeanInterval((low + high) / 2, low, high, 10).is_above_noise is above
