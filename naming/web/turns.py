"""Turns at the event loop.

Of many large requests one has its few milliseconds at a time, and others come between.
"""

from __future__ import annotations

import asyncio
from typing import Final

LARGE_BYTES: Final = 16_384
"""A request with a larger body takes turns.

Reading and naming a smaller one takes about a millisecond."""


class Turns:
    """Lets those who wait go on one by one, at least one round of the event loop apart."""

    def __init__(self) -> None:
        self._lock = asyncio.Lock()

    async def take(self) -> None:
        """Wait for a turn, which lasts until the caller next waits for anything."""
        async with self._lock:
            await asyncio.sleep(0)
