"""What an operator sees: one log line a request, and counters; never a prompt, a name or a key."""

from __future__ import annotations

import logging
import sys
from typing import TYPE_CHECKING, Final, TextIO

import msgspec
import structlog
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from naming.claude.ask import Call, Watch
from naming.claude.circuit import STANDING, State
from naming.outcome import Reason, Source

if TYPE_CHECKING:
    from collections.abc import Callable

    from naming.outcome import Outcome

SECONDS_BUCKETS: Final = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 3.0, 5.0, 10.0, 30.0, 60.0)


def open_log(level: str, stream: TextIO | None = None) -> structlog.typing.FilteringBoundLogger:
    """Make the service's log: readable lines on a terminal, one JSON object a line in a pipe."""
    stream = stream or sys.stderr
    on_terminal = stream.isatty()
    renderer: structlog.typing.Processor = (
        structlog.dev.ConsoleRenderer() if on_terminal else structlog.processors.JSONRenderer(serializer=_to_json)
    )
    logger: structlog.typing.FilteringBoundLogger = structlog.wrap_logger(
        structlog.WriteLogger(stream),
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelName(level.upper())),
        cache_logger_on_first_use=True,
    )
    return logger


def _to_json(event: object, **_: object) -> str:
    return msgspec.json.encode(event, enc_hook=str).decode()


class Metrics:
    """The counters of one process."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self.answers = Counter(
            "naming_answers",
            "Names given, by where they came from and why not from Claude.",
            ["source", "reason"],
            registry=self._registry,
        )
        self.answer_seconds = Histogram(
            "naming_answer_seconds",
            "Seconds from the arrival of a request to its answer.",
            buckets=SECONDS_BUCKETS,
            registry=self._registry,
        )
        self.calls = Counter(
            "naming_claude_calls",
            "Calls to Claude, by what they came to: `named`, or the reason for no name.",
            ["result"],
            registry=self._registry,
        )
        self.call_seconds = Histogram(
            "naming_claude_call_seconds",
            "Seconds that a call to Claude took.",
            buckets=SECONDS_BUCKETS,
            registry=self._registry,
        )
        self.tokens = Counter(
            "naming_claude_tokens",
            "Tokens that Claude was sent (`input`) and wrote (`output`).",
            ["direction"],
            registry=self._registry,
        )
        self.reused = Counter(
            "naming_reused_calls",
            "Times that no call was needed: a recent name (`cache`) or a call under way (`flight`).",
            ["how"],
            registry=self._registry,
        )
        self._circuit = Gauge(
            "naming_circuit_open",
            "1 while calls to Claude are paused, 0.5 while one call probes, 0 otherwise.",
            registry=self._registry,
        )
        self.answers.labels(Source.CLAUDE, "none")  # every series is there from the start, so that rates are right
        for source in (Source.PROMPT, Source.RANDOM):
            for reason in Reason:
                self.answers.labels(source, reason)

    def watch_circuit(self, state: Callable[[], State]) -> None:
        """Show the circuit's state whenever the metrics are read."""
        height = {State.CLOSED: 0.0, State.PROBING: 0.5, State.OPEN: 1.0}
        self._circuit.set_function(lambda: height[state()])

    def answered(self, outcome: Outcome, seconds: float) -> None:
        """Count one answer."""
        self.answers.labels(outcome.source, outcome.reason or "none").inc()
        self.answer_seconds.observe(seconds)

    def page(self) -> bytes:
        """Write the metrics in Prometheus' text format."""
        return generate_latest(self._registry)


class CallWatch(Watch):
    """Counts the calls to Claude, and says loudly what only a person can mend."""

    def __init__(self, metrics: Metrics, log: structlog.typing.FilteringBoundLogger) -> None:
        self._metrics = metrics
        self._log = log

    def called(self, call: Call) -> None:
        """Count a finished call."""
        self._metrics.calls.labels(call.reason or "named").inc()
        self._metrics.call_seconds.observe(call.seconds)
        self._metrics.tokens.labels("input").inc(call.input_tokens)
        self._metrics.tokens.labels("output").inc(call.output_tokens)

    def reused(self, how: str) -> None:
        """Count a call that was not needed."""
        self._metrics.reused.labels(how).inc()

    def paused(self, reason: Reason, seconds: float) -> None:
        """Say that calls are paused; what only a person can mend is said as an error, with the remedy."""
        if reason in STANDING:
            self._log.error("claude_unusable", reason=reason, pause_seconds=seconds, remedy=_REMEDY[reason])
        else:
            self._log.warning("claude_paused", reason=reason, pause_seconds=seconds)


_REMEDY: Final = {
    Reason.SPEND_LIMIT: "raise the spend limit of the account or wait for its next period",
    Reason.AUTHENTICATION: "check ANTHROPIC_API_KEY",
    Reason.MODEL_NOT_FOUND: "check ANTHROPIC_MODEL: no such model at this address",
}
