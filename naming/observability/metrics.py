"""Counting: the declared metrics of one process, or of all worker processes together."""

from __future__ import annotations

from collections import defaultdict
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    disable_created_metrics,
    generate_latest,
    values,
)

from naming.claude.circuit import State
from naming.observability import measures
from naming.observability.measures import NO_REASON, Kind, Measure

if TYPE_CHECKING:
    from collections.abc import Callable

    from naming.observability.shared_counts import SharedCounts
    from naming.outcome import Outcome

disable_created_metrics()  # type: ignore[no-untyped-call] # they would double the page, and nothing reads them


class Metrics:
    """What is counted in this process; with `shared`, the page adds up all workers."""

    def __init__(self, shared: SharedCounts | None = None) -> None:
        self._shared = shared
        if (
            shared is None
        ):  # else a directory in the environment, meant for other programs, would be taken for ours
            values.ValueClass = values.MutexValue
        self._registry = CollectorRegistry()
        made = {each: self._make(each) for each in measures.ALL}
        self._answers = _Children(made[measures.ANSWERS])
        self._answer_seconds: Histogram = made[measures.ANSWER_SECONDS]
        self._deadline_ratio: Histogram = made[measures.DEADLINE_RATIO]
        self._requests = _Children(made[measures.REQUESTS])
        self._in_progress: Gauge = made[measures.REQUESTS_IN_PROGRESS]
        self._circuit = _Children(made[measures.CIRCUIT])
        self.calls = _Children(made[measures.CALLS])
        self.call_seconds: Histogram = made[measures.CALL_SECONDS]
        self.calls_in_progress: Gauge = made[measures.CALLS_IN_PROGRESS]
        self.tokens = _Children(made[measures.TOKENS])
        self.reused = _Children(made[measures.REUSED])
        self.looks = _Children(made[measures.LOOKS])
        self.sharing: Gauge = made[measures.SHARING]
        self.pauses = _Children(made[measures.PAUSES])
        made[measures.WORKERS].set(1)
        made[measures.BUILD].labels(version("task-naming")).set(1)

    def _make(self, measure: Measure) -> Any:  # noqa: ANN401 # one of three classes without a useful common one
        common = measure.name, measure.meaning, measure.labels
        metric: Counter | Gauge | Histogram
        match measure.kind:
            case Kind.COUNTER:
                metric = Counter(*common, registry=self._registry)
            case Kind.GAUGE:
                metric = Gauge(
                    *common, registry=self._registry, multiprocess_mode=measure.over_workers
                )
            case Kind.HISTOGRAM:
                metric = Histogram(*common, registry=self._registry, buckets=measure.buckets)
        for labels in measure.series:
            metric.labels(*labels)
        return metric

    def answered(self, outcome: Outcome, seconds: float, deadline_seconds: float) -> None:
        """Count one answer, given `seconds` after the request arrived to a caller who waits `deadline_seconds`."""
        self._answers[outcome.source, outcome.reason or NO_REASON].inc()
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
        if self._shared is None:
            return generate_latest(self._registry)
        registry = CollectorRegistry()
        self._shared.collect_into(registry)
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
