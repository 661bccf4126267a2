"""Watching the way to Claude.

What happens on it is counted, and what only a person can mend is said loudly.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from naming.claude.circuit import STANDING, State
from naming.claude.watch import Call, Watch
from naming.observability.measures import NAMED
from naming.outcome import Reason

if TYPE_CHECKING:
    from naming.claude.shared import Look
    from naming.observability.log import Log
    from naming.observability.metrics import Metrics


class CallWatch(Watch):
    """Counts the calls to Claude, and says loudly what only a person can mend."""

    def __init__(self, metrics: Metrics, log: Log) -> None:
        self._metrics = metrics
        self._log = log

    def called(self, call: Call) -> None:
        """Count a finished call."""
        self._metrics.calls[call.reason or NAMED,].inc()
        self._metrics.call_seconds.observe(call.seconds)
        self._metrics.tokens["input",].inc(call.input_tokens)
        self._metrics.tokens["output",].inc(call.output_tokens)

    def reused(self, how: str) -> None:
        """Count a call that was not needed."""
        self._metrics.reused[how,].inc()

    def looked(self, result: Look) -> None:
        """Count a look into what replicas share."""
        self._metrics.looks[result,].inc()

    def line_is(self, *, up: bool) -> None:
        """Say, and show, whether what replicas share can be reached."""
        self._metrics.sharing.set(up)
        if up:
            self._log.info("sharing_begun")
        else:
            self._log.warning(
                "sharing_paused", remedy="check NAMING_CACHE_URL and the server behind it"
            )

    def in_flight(self, calls: int) -> None:
        """Show how many calls are under way."""
        self._metrics.calls_in_progress.set(calls)

    def circuit_is(self, state: State) -> None:
        """Show what the circuit does."""
        self._metrics.circuit_is(state)

    def paused(self, reason: Reason, seconds: float) -> None:
        """Say that calls are paused.

        What only a person can mend is said as an error, with the remedy.
        """
        self._metrics.pauses[reason,].inc()
        if reason in STANDING:
            self._log.error(
                "claude_unusable", reason=reason, pause_seconds=seconds, remedy=_REMEDY[reason]
            )
        else:
            self._log.warning("claude_paused", reason=reason, pause_seconds=seconds)


_REMEDY: Final = {
    Reason.SPEND_LIMIT: "raise the spend limit of the account or wait for its next period",
    Reason.AUTHENTICATION: "check ANTHROPIC_API_KEY",
    Reason.MODEL_NOT_FOUND: "check ANTHROPIC_MODEL: no such model at this address",
}
