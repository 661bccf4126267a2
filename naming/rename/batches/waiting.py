"""Waiting for somebody who takes hours: short pauses at first, longer ones later."""

from __future__ import annotations

import asyncio
from typing import Final

FIRST_SECONDS: Final = 2.0
GROWTH: Final = 1.5
LONGEST_SECONDS: Final = 60.0
LONGEST_TOLD_SECONDS: Final = 3600.0
"""The longest pause that `Retry-After` is believed."""

SECONDS_A_CALL: Final = 1.5
"""The lowest published limit is 50 calls a minute for all of an organization's batches."""


class Pauses:
    """Pauses that grow until something has happened."""

    def __init__(self) -> None:
        self._next = FIRST_SECONDS

    def reset(self) -> None:
        """Begin again with a short pause."""
        self._next = FIRST_SECONDS

    async def wait(self, at_least: float | None = None, calls: int = 0) -> None:
        """Wait a while.

        As long as was told, and long enough that so many calls a round break no limit.
        """
        told = min(at_least or 0.0, LONGEST_TOLD_SECONDS)
        await asyncio.sleep(max(self._next, told, calls * SECONDS_A_CALL if calls > 1 else 0.0))
        self._next = min(self._next * GROWTH, LONGEST_SECONDS)
