"""Counting: the metrics of one process, or of all worker processes together.

With a `directory` that all workers have, prometheus-client's multiprocess mode adds them up.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import asdict
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, Final

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    disable_created_metrics,
    generate_latest,
    values,
)
from prometheus_client.multiprocess import MultiProcessCollector

from naming.claude.circuit import State
from naming.claude.interfaces import Call, CallObserver
from naming.claude.reasons import STANDING
from naming.observability import metric_definitions as definitions
from naming.observability.metric_definitions import MetricDefinition, MetricType
from naming.outcome import Reason

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from naming.claude.interfaces import SharedLookup
    from naming.observability.log import Log
    from naming.outcome import Outcome

disable_created_metrics()  # type: ignore[no-untyped-call] # they would double the page, and nothing reads them


class Metrics:
    """What is counted in this process, or, with `directory`, in all worker processes."""

    def __init__(self, directory: Path | None = None) -> None:
        self._directory = directory
        if directory is None:
            # Else one in the environment, meant for other programs, would be taken for ours.
            values.ValueClass = values.MutexValue
        self._registry = CollectorRegistry()
        made = {each: self._make(each) for each in definitions.ALL}
        self._answers = _Children(made[definitions.ANSWERS])
        self._answer_seconds: Histogram = made[definitions.ANSWER_SECONDS]
        self._deadline_ratio: Histogram = made[definitions.DEADLINE_RATIO]
        self._requests = _Children(made[definitions.REQUESTS])
        self._in_progress: Gauge = made[definitions.REQUESTS_IN_PROGRESS]
        self._circuit = _Children(made[definitions.CIRCUIT])
        self.calls = _Children(made[definitions.CALLS])
        self.call_seconds: Histogram = made[definitions.CALL_SECONDS]
        self.calls_in_progress: Gauge = made[definitions.CALLS_IN_PROGRESS]
        self.tokens = _Children(made[definitions.TOKENS])
        self.refusals = _Children(made[definitions.REFUSALS])
        self.reused = _Children(made[definitions.REUSED])
        self.looks = _Children(made[definitions.LOOKS])
        self.sharing: Gauge = made[definitions.SHARING]
        self.pauses = _Children(made[definitions.PAUSES])
        made[definitions.WORKERS].set(1)
        made[definitions.BUILD].labels(version("task-naming")).set(1)

    def _make(self, definition: MetricDefinition) -> Any:  # noqa: ANN401 # one of three classes without a useful common one
        common = definition.name, definition.meaning, definition.labels
        metric: Counter | Gauge | Histogram
        match definition.type:
            case MetricType.COUNTER:
                metric = Counter(*common, registry=self._registry)
            case MetricType.GAUGE:
                metric = Gauge(
                    *common, registry=self._registry, multiprocess_mode=definition.multiprocess_mode
                )
            case MetricType.HISTOGRAM:
                metric = Histogram(*common, registry=self._registry, buckets=definition.buckets)
        for labels in definition.series:
            metric.labels(*labels)
        return metric

    def answered(self, outcome: Outcome, seconds: float, deadline_seconds: float) -> None:
        """Count one answer, given `seconds` after its request arrived."""
        self._answers[outcome.source, outcome.reason or definitions.NO_REASON].inc()
        self._answer_seconds.observe(seconds)
        if deadline_seconds > 0:
            self._deadline_ratio.observe(seconds / deadline_seconds)

    def request_begun(self) -> None:
        """Count a request that is to be answered; `request_ended` follows."""
        self._in_progress.inc()

    def request_ended(self, path: str, status: int) -> None:
        """Count a request that was answered with `status`; 499 when its caller had left."""
        self._in_progress.dec()
        self._requests[path, str(status)].inc()

    def circuit_is(self, state: State) -> None:
        """Show what this process does with calls to Claude."""
        for each in State:
            self._circuit[each,].set(each is state)

    def page(self) -> bytes:
        """Write the metrics in Prometheus' text format."""
        if self._directory is None:
            return generate_latest(self._registry)
        registry = CollectorRegistry()
        MultiProcessCollector(registry, str(self._directory))  # type: ignore[no-untyped-call]
        return generate_latest(registry)


class _Children(defaultdict[tuple[str, ...], Any]):
    """The series of a metric by their labels' values.

    Quicker to find than by asking the library each time.
    """

    def __init__(self, metric: Counter | Gauge | Histogram) -> None:
        super().__init__()
        self._find: Callable[..., Any] = metric.labels

    def __missing__(self, labels: tuple[str, ...]) -> Any:  # noqa: ANN401 # as the values
        child = self[labels] = self._find(*labels)
        return child


class CallWatch(CallObserver):
    """Counts the calls to Claude, and says loudly what only a person can mend."""

    def __init__(self, metrics: Metrics, log: Log) -> None:
        self._metrics = metrics
        self._log = log

    def called(self, call: Call) -> None:
        """Count a finished call."""
        self._metrics.calls[call.reason or definitions.NAMED,].inc()
        self._metrics.call_seconds.observe(call.seconds)
        if call.reply is not None:
            for direction, count in asdict(call.reply.tokens).items():
                self._metrics.tokens[direction,].inc(count)
            if call.reply.reason is Reason.REFUSED:
                self._metrics.refusals[call.reply.category,].inc()

    def reused(self, how: str) -> None:
        """Count a call that was not needed."""
        self._metrics.reused[how,].inc()

    def looked(self, result: SharedLookup) -> None:
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

    def retires(self, model: str, when: str) -> None:
        """Say that the model is due to retire."""
        remedy = "choose another by ANTHROPIC_MODEL before then"
        self._log.warning("model_retires", model=model, when=when, remedy=remedy)

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
    Reason.MODEL_NOT_FOUND: "check ANTHROPIC_BASE_URL and ANTHROPIC_MODEL: "
    "no such model at this address",
    Reason.BAD_REQUEST: "check ANTHROPIC_BASE_URL and ANTHROPIC_MODEL: "
    "what answers there refuses every question",
}
