"""How fast Claude may be asked: as many calls at a time as it takes, none while it is down.

The number of calls in flight follows TCP's rule (additive increase, multiplicative decrease);
pauses follow what the upstream says (`Retry-After`, the rate limit headers), and double where it
says nothing.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from typing import Final

from naming.claude.api_errors import seconds_until
from naming.claude.circuit import Backoff

LONGEST_PAUSE_SECONDS: Final = 60.0  # the longest pause where the upstream names none

LONGEST_TOLD_SECONDS: Final = 3600.0
"""The longest pause that the upstream is believed; then it is asked again."""

FAILURES_TO_PAUSE: Final = 3
"""Failures in a row. One alone, among calls that succeed, slows down and pauses nobody."""

RAMP_SECONDS: Final = 0.5
"""Over which the first calls are spread: those that begin together would end together, for ever."""

_LIMITS: Final = ("requests", "tokens", "input-tokens", "output-tokens")


class Pacer:
    """Lets calls through. `say` hears of every pause."""

    def __init__(
        self, calls: int, say: Callable[[str], None], now: Callable[[], float] = time.monotonic
    ) -> None:
        self._most = float(calls)
        self._say = say
        self._now = now
        self._limit = self._most
        self._threshold = self._most
        self._cut_at = now()
        self._failures = 0
        self._backoff = Backoff(1.0, longest=LONGEST_PAUSE_SECONDS, jitter=0.25)
        self._closed_until = 0.0
        self._begun = 0
        self._door = asyncio.Lock()
        self._changed = asyncio.Event()
        self.in_flight = 0

    @property
    def limit(self) -> int:
        """How many calls may be in flight now."""
        return int(self._limit)

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[float]:
        """Wait for a turn to call; gives the time it began."""
        async with self._door:  # first come, first served
            while self.in_flight >= self.limit or self._closed_until > self._now():
                self._changed.clear()
                left = self._closed_until - self._now()
                with suppress(TimeoutError):
                    async with asyncio.timeout(left if left > 0 else None):
                        await self._changed.wait()
            self.in_flight += 1
        try:
            if self._begun < self._most:
                self._begun += 1
                await asyncio.sleep((self._begun - 1) * RAMP_SECONDS / self._most)
            yield self._now()
        finally:
            self.in_flight -= 1
            self._changed.set()

    def succeeded(self) -> None:
        """Take note of an answer: one call more at a time, or less near where it was too many."""
        self._failures = 0
        self._backoff.reset()
        self._limit = min(
            self._most, self._limit + (1.0 if self._limit < self._threshold else 1.0 / self._limit)
        )

    def failed(
        self, began: float, why: str, retry_after_seconds: float | None, *, limited: bool
    ) -> None:
        """Take note of a call that began at `began` and met a limit or an outage: half as many."""
        self._failures += 1
        if began >= self._cut_at:  # calls from before the last cut tell nothing new
            self._threshold = self._limit = max(1.0, self._limit / 2)
            self._cut_at = self._now()
        if self._failures >= FAILURES_TO_PAUSE:
            self._limit = 1.0  # one call is enough to find out whether it is over
        if retry_after_seconds is not None and retry_after_seconds >= 1:
            self._pause(why, retry_after_seconds)
        elif (limited or self._failures >= FAILURES_TO_PAUSE) and self._now() >= self._closed_until:
            self._pause(why, self._backoff.pause())
            self._backoff.grow()

    def heard(self, headers: Mapping[str, str]) -> None:
        """Pause until a limit is reset of which the headers of a reply say that nothing remains."""
        for limit in _LIMITS:
            if headers.get(f"anthropic-ratelimit-{limit}-remaining", "").strip() == "0":
                reset = headers.get(f"anthropic-ratelimit-{limit}-reset", "")
                if seconds := seconds_until(reset):
                    self._pause(f"its limit of {limit.replace('-', ' ')} is used up", seconds)

    def _pause(self, why: str, seconds: float) -> None:
        until = self._now() + min(seconds, LONGEST_TOLD_SECONDS)
        if until <= self._closed_until:
            return
        if until > self._closed_until + 1:  # many calls hear of one pause
            self._say(f"waiting {max(1, round(until - self._now()))} s for Claude: {why}")
        self._closed_until = until
        self._changed.set()
