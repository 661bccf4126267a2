"""Pauses before the next try, longer after each."""

from __future__ import annotations

import random


class Backoff:
    """Pauses of `first` seconds, `growth` times as long after each, at most `longest`.

    `jitter` is the share by which a pause is longer or shorter at random, so that many who wait do
    not come back as one. A pause that the other side asks for is believed up to `longest_told`.
    """

    def __init__(
        self,
        first: float,
        *,
        growth: float = 2.0,
        longest: float = 60.0,
        longest_told: float = 60.0,
        jitter: float = 0.0,
    ) -> None:
        self._first = first
        self._growth = growth
        self._longest = longest
        self._longest_told = longest_told
        self._jitter = jitter
        self._seconds = min(first, longest)

    def pause(self, told_seconds: float | None = None) -> float:
        """Give the seconds to wait now: at least what the other side asked for."""
        jitter = random.uniform(1 - self._jitter, 1 + self._jitter)  # noqa: S311 # no secret
        return max(self._seconds * jitter, min(told_seconds or 0.0, self._longest_told))

    def grow(self) -> None:
        """Make the next pause longer."""
        self._seconds = min(self._seconds * self._growth, self._longest)

    def reset(self) -> None:
        """Begin again with the first pause."""
        self._seconds = min(self._first, self._longest)
