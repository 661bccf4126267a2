"""What spares a bad day's API: longer and longer pauses, a circuit breaker, few retries."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from naming.claude.reasons import STANDING

if TYPE_CHECKING:
    from naming.outcome import Reason

FAILURES_TO_OPEN: Final = 5  # failures in a row

FIRST_PAUSE_SECONDS: Final = 10.0
LONGEST_PAUSE_SECONDS: Final = 60.0
"""Pauses double at each failed probe up to this; a longer Retry-After is cut to it too."""

STANDING_PAUSE_SECONDS: Final = 300.0
"""The pause for what only a person can mend: a spend limit, a wrong key, a missing model."""

RETRIES_PER_CALL: Final = 0.1  # each first call earns a tenth of a retry
MOST_SAVED: Final = 10.0  # retries that quiet times can save up. A new service starts with these


@dataclass
class Backoff:
    """Pauses of `first` seconds, `growth` times as long after each, at most `longest`.

    `jitter` is the share by which a pause is longer or shorter at random, so that many who wait do
    not come back as one. A pause that the other side asks for is believed up to `longest_told`.
    """

    first: float
    growth: float = 2.0
    longest: float = 60.0
    longest_told: float = 60.0
    jitter: float = 0.0
    _seconds: float = field(init=False)

    def __post_init__(self) -> None:
        """Begin with the first pause."""
        self.reset()

    def pause(self, told_seconds: float | None = None) -> float:
        """Give the seconds to wait now: at least what the other side asked for."""
        jitter = random.uniform(1 - self.jitter, 1 + self.jitter)  # noqa: S311 # no secret
        return max(self._seconds * jitter, min(told_seconds or 0.0, self.longest_told))

    def grow(self) -> None:
        """Make the next pause longer."""
        self._seconds = min(self._seconds * self.growth, self.longest)

    def reset(self) -> None:
        """Begin again with the first pause."""
        self._seconds = min(self.first, self.longest)


class State(StrEnum):
    """What the circuit does with the next call."""

    CLOSED = "closed"
    OPEN = "open"
    PROBING = "probing"


@dataclass(frozen=True, eq=False)
class Permit:
    """Lets one call through. A straggler from before a pause is known by its era."""

    era: int


class Circuit:
    """Counts verdicts; `now` is a monotonic clock in seconds.

    Every call that `admit` lets through ends in one of `succeeded`, `failed`, `no_verdict`.
    """

    def __init__(self, now: Callable[[], float]) -> None:
        self._now = now
        self._failures = 0
        self._backoff = Backoff(FIRST_PAUSE_SECONDS, longest=LONGEST_PAUSE_SECONDS)
        self._open_until: float | None = None
        self._probe: Permit | None = None
        self._last_success = float("-inf")
        self._era = 0

    @property
    def state(self) -> State:
        """The state now."""
        if self._open_until is None:
            return State.CLOSED
        return State.PROBING if self._probe is not None else State.OPEN

    @property
    def is_due(self) -> bool:
        """Tell whether the next call let through would be a probe."""
        return self.state is State.OPEN and self._now() >= (self._open_until or 0.0)

    def hear(self, pause_seconds: float, left_seconds: float) -> None:
        """Pause as another process does, whose pause of `pause_seconds` has `left_seconds` left.

        What this process has seen since that pause began counts for more, and calls on their way
        still may end it.
        """
        now = self._now()
        if self._probe is not None or self._last_success > now - (pause_seconds - left_seconds):
            return
        self._open_until = max(self._open_until or 0.0, now + left_seconds)

    def admit(self) -> Permit | None:
        """Let a call through; None while calls are paused or another call probes."""
        permit = Permit(self._era)
        if self.is_due:
            self._probe = permit
        elif self.state is not State.CLOSED:
            return None
        return permit

    def succeeded(self, permit: Permit) -> None:
        """Take note that the other side answered; stragglers tell nothing about now."""
        if permit.era != self._era:
            return
        self._failures = 0
        self._backoff.reset()
        self._open_until = self._probe = None
        self._last_success = self._now()

    def failed(
        self, permit: Permit, reason: Reason, retry_after_seconds: float | None = None
    ) -> float | None:
        """Take note of a failure; gives the seconds of the pause that it begins, else None.

        The fifth in a row, a failed probe or a standing reason begins one.
        """
        if permit.era != self._era:
            return None
        self._failures += 1
        if permit is self._probe:
            self._backoff.grow()
        elif self._failures < FAILURES_TO_OPEN and reason not in STANDING:
            return None
        self._probe = None
        self._era += 1
        pause = self._backoff.pause(retry_after_seconds)
        if reason in STANDING:
            pause = STANDING_PAUSE_SECONDS
        self._open_until = self._now() + pause
        return pause

    def no_verdict(self, permit: Permit) -> None:
        """Take note that a call told nothing, such as at its caller's very short deadline."""
        if permit is self._probe:
            self._probe = None


class RetryBudget:
    """A token bucket filled by calls, as in Finagle's RetryBudget and gRPC's retry throttling."""

    _saved = MOST_SAVED

    def deposit(self) -> None:
        """Take note of a first call."""
        self._saved = min(MOST_SAVED, self._saved + RETRIES_PER_CALL)

    def withdraw(self) -> bool:
        """Spend a retry; False, and nothing spent, when none is left."""
        if self._saved < 1.0:
            return False
        self._saved -= 1.0
        return True
