"""Counting: the metrics of one process, or of all worker processes together.

What is measured stands in `metrics.toml`. Several workers count in files of one directory, which
prometheus-client's multiprocess mode adds up; what a dead one counted stays, but for its gauges.
"""

import fcntl
import os
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import asdict, fields
from functools import cache
from importlib.resources import files
from itertools import product
from pathlib import Path
from shutil import rmtree
from tempfile import TemporaryDirectory, gettempdir
from typing import Any, Final, Literal

import msgspec
import prometheus_client
from prometheus_client.multiprocess import MultiProcessCollector

from naming import __version__
from naming.claude.circuit import State
from naming.claude.message import REFUSAL_CATEGORIES, UNCATEGORIZED, Call, CallObserver, Tokens
from naming.claude.reasons import STANDING
from naming.observability.log import Log
from naming.outcome import Outcome, Reason, Source
from naming.settings import BadSetting
from naming.shared_cache.replica_cache import SharedLookup

# They would double the page, and nothing reads them.
prometheus_client.disable_created_metrics()  # type: ignore[no-untyped-call]

NO_REASON: Final = "none"  # the reason of an answer whose name is Claude's, or the task's own
NAMED: Final = "named"  # the result of a call that gave a name


class MetricDefinition(msgspec.Struct, frozen=True):
    """One metric, as `metrics.toml` explains it."""

    name: str
    type: Literal["counter", "gauge", "histogram"]
    unit: str
    meaning: str
    labels: tuple[str, ...] = ()
    options: dict[str, Any] = {}


DEFINITIONS: Final = msgspec.toml.decode(
    (files("naming.observability") / "metrics.toml").read_bytes(),
    type=dict[Literal["metric"], list[MetricDefinition]],
)["metric"]

# Those that are there from the start, so that a rate is right from the first event on.
SERIES: Final[Mapping[str, Sequence[tuple[str, ...]]]] = {
    "naming_answers_total": [
        (Source.CLAUDE, NO_REASON),
        (Source.CURRENT, NO_REASON),
        *product((Source.PROMPT, Source.RANDOM), Reason),
    ],
    "naming_claude_calls_total": [(NAMED,), *((reason,) for reason in Reason)],
    "naming_claude_tokens_total": [(field.name,) for field in fields(Tokens)],
    "naming_claude_refusals_total": [(each,) for each in (*REFUSAL_CATEGORIES, UNCATEGORIZED)],
    "naming_reused_calls_total": [("cache",), ("shared",), ("flight",)],
    "naming_shared_looks_total": [(each,) for each in SharedLookup],
    "naming_circuit_workers": [(state,) for state in State],
}


class Metrics:
    """What is counted in this process, or in all workers that share a `metrics_directory`."""

    def __init__(self, *, shared: bool = False) -> None:
        self._shared = shared
        if not shared:
            # Else one in the environment, meant for other programs, would be taken for ours.
            prometheus_client.values.ValueClass = prometheus_client.values.MutexValue
        self._registry = prometheus_client.CollectorRegistry()
        self._metrics = {
            each.name: getattr(prometheus_client, each.type.capitalize())(
                each.name, each.meaning, each.labels, registry=self._registry, **each.options
            )
            for each in DEFINITIONS
        }
        self.series = cache(self._find)  # as asking the library each time takes longer
        for name, labels in SERIES.items():
            for each in labels:
                self.series(name, *each)
        self.series("naming_workers").set(1)
        self.series("naming_build_info", __version__).set(1)

    def _find(self, name: str, *labels: str) -> Any:  # noqa: ANN401 # one of three classes
        """Give a series by the name of its metric and its labels' values."""
        metric = self._metrics[name]
        return metric.labels(*labels) if labels else metric

    def answered(self, outcome: Outcome, seconds: float, deadline_seconds: float) -> None:
        """Count one answer, given `seconds` after its request arrived."""
        self.series("naming_answers_total", outcome.source, outcome.reason or NO_REASON).inc()
        self.series("naming_answer_seconds").observe(seconds)
        if deadline_seconds > 0:
            self.series("naming_answer_deadline_ratio").observe(seconds / deadline_seconds)

    def page(self) -> bytes:
        """Write the metrics in Prometheus' text format."""
        registry = self._registry
        if self._shared:
            registry = prometheus_client.CollectorRegistry()
            MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
        return prometheus_client.generate_latest(registry)


class CallWatch(CallObserver):
    """Counts the calls to Claude, and says loudly what only a person can mend."""

    def __init__(self, metrics: Metrics, log: Log) -> None:
        self._series = metrics.series
        self._log = log

    def called(self, call: Call) -> None:
        """Count a finished call."""
        self._series("naming_claude_calls_total", call.reason or NAMED).inc()
        self._series("naming_claude_call_seconds").observe(call.seconds)
        if call.reply is not None:
            for direction, count in asdict(call.reply.tokens).items():
                self._series("naming_claude_tokens_total", direction).inc(count)
            if call.reply.reason is Reason.REFUSED:
                self._series("naming_claude_refusals_total", call.reply.category).inc()

    def reused(self, how: str) -> None:
        """Count a call that was not needed."""
        self._series("naming_reused_calls_total", how).inc()

    def looked(self, result: SharedLookup) -> None:
        """Count a look into what replicas share."""
        self._series("naming_shared_looks_total", result).inc()

    def line_is(self, *, up: bool) -> None:
        """Say, and show, whether what replicas share can be reached."""
        self._series("naming_shared_workers").set(up)
        if up:
            self._log.info("sharing_begun")
        else:
            remedy = "check NAMING_CACHE_URL and the server behind it"
            self._log.warning("sharing_paused", remedy=remedy)

    def in_flight(self, calls: int) -> None:
        """Show how many calls are under way."""
        self._series("naming_claude_calls_in_progress").set(calls)

    def circuit_is(self, state: State) -> None:
        """Show what this process does with calls to Claude."""
        for each in State:
            self._series("naming_circuit_workers", each).set(each is state)

    def retires(self, model: str, when: str) -> None:
        """Say that the model is due to retire."""
        remedy = "choose another by ANTHROPIC_MODEL before then"
        self._log.warning("model_retires", model=model, when=when, remedy=remedy)

    def paused(self, reason: Reason, seconds: float) -> None:
        """Say that calls are paused; what only a person can mend as an error, with the remedy."""
        self._series("naming_claude_pauses_total", reason).inc()
        facts = {"reason": reason, "pause_seconds": seconds}
        if reason in STANDING:
            self._log.error("claude_unusable", **facts, remedy=STANDING[reason])
        else:
            self._log.warning("claude_paused", **facts)


MULTIPROCESS: Final = "PROMETHEUS_MULTIPROC_DIR"  # the library's own, by which workers hear of it
PREFIX: Final = "naming-counts-"
STARTING_SECONDS: Final = 60.0  # older and held by nobody, a directory has lost its supervisor
# Writable in a read-only container too, and waits for no disk; what is made there is private.
IN_MEMORY: Final = Path("/dev/shm")  # noqa: S108


@contextmanager
def metrics_directory() -> Iterator[Path]:
    """Make a private directory for workers, removed in the end, or later. Raises BadSetting."""
    with ExitStack() as stack:
        try:
            parent = IN_MEMORY if os.access(IN_MEMORY, os.W_OK) else Path(gettempdir())
            for other in parent.glob(f"{PREFIX}*"):
                with suppress(OSError), _held(other):
                    if time.time() - other.stat().st_mtime > STARTING_SECONDS:
                        rmtree(other)
            made = TemporaryDirectory(prefix=PREFIX, dir=parent, ignore_cleanup_errors=True)
            directory = Path(stack.enter_context(made))
            stack.enter_context(_held(directory))
        except OSError as error:
            told = "several workers count in files, and none can be made in /dev/shm or there"
            raise BadSetting(f"TMPDIR: {told}: {error.strerror}") from error
        os.environ[MULTIPROCESS] = str(directory)
        stack.callback(os.environ.pop, MULTIPROCESS, None)
        yield directory


@contextmanager
def _held(directory: Path) -> Iterator[None]:
    """Hold a directory. Raises OSError where another does, or where it is none, such as a pipe."""
    lock = os.open(directory, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    finally:
        os.close(lock)
