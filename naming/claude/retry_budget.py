"""A retry budget: retries stay a small share of calls, so that they never multiply an outage."""

from __future__ import annotations

from typing import Final

RETRIES_PER_CALL: Final = 0.1
"""Each first call earns a tenth of a retry."""

MOST_SAVED: Final = 10.0
"""Retries that quiet times can save up. A new service starts with these."""


class RetryBudget:
    """A token bucket filled by calls, as in Finagle's RetryBudget and gRPC's retry throttling."""

    def __init__(self) -> None:
        self._saved = MOST_SAVED

    def deposit(self) -> None:
        """Take note of a first call."""
        self._saved = min(MOST_SAVED, self._saved + RETRIES_PER_CALL)

    def withdraw(self) -> bool:
        """Spend a retry; False, and nothing spent, when none is left."""
        if self._saved < 1.0:
            return False
        self._saved -= 1.0
        return True
