"""What spares a bad day's API: longer and longer pauses, and a circuit breaker."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from naming.claude.reasons import STANDING
from naming.outcome import CannotName, Reason

FAILURES_TO_OPEN: Final = 5  # failures in a row

FIRST_PAUSE_SECONDS: Final = 10.0
STANDING_PAUSE_SECONDS: Final = 300.0  # the pause for what only a person can mend


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
    _grown: float = 1.0

    def pause(self, told_seconds: float | None = None) -> float:
        """Give the seconds to wait now: at least what the other side asked for."""
        jitter = random.uniform(1 - self.jitter, 1 + self.jitter)  # noqa: S311 # no secret
        seconds = min(self.first * self._grown, self.longest) * jitter
        return max(seconds, min(told_seconds or 0.0, self.longest_told))

    def grow(self) -> None:
        """Make the next pause longer."""
        self._grown *= self.growth

    def reset(self) -> None:
        """Begin again with the first pause."""
        self._grown = 1.0


class State(StrEnum):
    """What the circuit does with the next call."""

    CLOSED = "closed"
    OPEN = "open"
    PROBING = "probing"


class Circuit:
    """Counts verdicts; `now` is a monotonic clock in seconds, and `tell` hears of each state.

    Every call that `admit` lets through ends in one of `succeeded`, `failed`, `no_verdict`, with
    the era that it was given: one from before the last pause or probe tells nothing about now.
    """

    def __init__(
        self,
        now: Callable[[], float],
        tell: Callable[[State], None] = lambda _: None,
        backoff: Backoff | None = None,
        failures_to_open: int = FAILURES_TO_OPEN,
    ) -> None:
        self.now = now
        self._tell = tell
        self._backoff = backoff or Backoff(FIRST_PAUSE_SECONDS)
        self._failures_to_open = failures_to_open
        self._failures = self._era = 0
        self._open_until = self._last_success = float("-inf")
        self.paused_for: Reason | None = None
        """Why calls were last paused; None since they succeed, or where others paused them."""
        self.state = State.CLOSED
        tell(self.state)

    @property
    def seconds_left(self) -> float:
        """How long the pause lasts, if there is one, until a call is let through to probe."""
        return max(0.0, self._open_until - self.now()) if self.state is State.OPEN else 0.0

    @property
    def is_due(self) -> bool:
        """Tell whether the next call let through would be a probe."""
        return self.state is State.OPEN and not self.seconds_left

    def hear(self, pause_seconds: float, left_seconds: float) -> None:
        """Pause as another process does, whose pause of `pause_seconds` has `left_seconds` left.

        What this process has seen since that pause began counts for more, and calls on their way
        still may end it.
        """
        now = self.now()
        if self.state is State.PROBING or self._last_success > now - (pause_seconds - left_seconds):
            return
        self._open_until = now + max(self.seconds_left, left_seconds)
        self._become(State.OPEN)

    def admit(self) -> int | None:
        """Let a call through, and give its era; None while calls are paused or another probes."""
        if self.is_due:
            self._era += 1  # which is the probe's alone
            self._become(State.PROBING)
        elif self.state is not State.CLOSED:
            return None
        return self._era

    def succeeded(self, era: int) -> None:
        """Take note that the other side answered."""
        if era == self._era:
            self._failures, self.paused_for = 0, None
            self._backoff.reset()
            self._last_success = self.now()
            self._become(State.CLOSED)

    def failed(self, era: int, declined: CannotName, *, at_once: bool = False) -> float | None:
        """Take note of a failure; gives the seconds of the pause that it begins, else None.

        So many in a row, a failed probe, a standing reason or `at_once` begins one.
        """
        if era != self._era:
            return None
        self._failures += 1
        stands = declined.reason in STANDING
        if self.state is State.PROBING:
            self._backoff.grow()
        elif not (at_once or stands or self._failures >= self._failures_to_open):
            return None
        told = self._backoff.pause(declined.retry_after_seconds)
        pause = STANDING_PAUSE_SECONDS if stands else told
        self.paused_for = declined.reason
        self.open(pause)
        return pause

    def open(self, seconds: float) -> None:
        """Pause for `seconds`, whatever the calls under way come to."""
        self._era += 1
        self._open_until = self.now() + seconds
        self._become(State.OPEN)

    def no_verdict(self, era: int) -> None:
        """Take note that a call told nothing, such as at its caller's very short deadline."""
        if era == self._era and self.state is State.PROBING:
            self._become(State.OPEN)

    def _become(self, state: State) -> None:
        if state is not self.state:
            self.state = state
            self._tell(state)
