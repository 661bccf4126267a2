"""An outage under load and the way back, as the benchmark measures it, at a size for every day."""

from __future__ import annotations

import pytest

from benchmarks.outage import run


@pytest.mark.slow  # the circuit takes its real time to close again
def test_an_outage_under_load_fails_no_request_floods_nobody_and_ends_with_claudes_names() -> None:
    result = run(rate=50, outage_seconds=2.0)
    assert result.failed == 0
    assert (
        result.asked["outage"] <= 30
    )  # five failures open the circuit; the rest were on their way, or retries
    assert result.back_after_seconds is not None
    assert result.back_after_seconds < 12
    assert result.answers["after"]["named by Claude"] > 20
    assert result.most_at_once_after <= 20
