"""What is measured: every metric with its type, unit and meaning.

The one place where a metric is declared.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from enum import StrEnum
from itertools import product
from typing import Final, Literal

from naming.claude.circuit import State
from naming.claude.interfaces import SharedLookup
from naming.claude.message import REFUSAL_CATEGORIES, UNCATEGORIZED, Tokens
from naming.claude.reasons import STANDING
from naming.outcome import Reason, Source


class MetricType(StrEnum):
    """Prometheus' types."""

    COUNTER = "counter"
    GAUGE = "gauge"
    HISTOGRAM = "histogram"


@dataclass(frozen=True, slots=True)
class MetricDefinition:
    """One metric, named as a query names it.

    A histogram without its `_bucket`, `_sum` and `_count`.

    `series` are the values of `labels` that are there from the start, so that a rate is right from
    the first event on. `multiprocess_mode` says how the values of a gauge in several worker
    processes make one; counts are added up.
    """

    name: str
    type: MetricType
    unit: str
    meaning: str
    labels: tuple[str, ...] = ()
    series: tuple[tuple[str, ...], ...] = ()
    buckets: tuple[float, ...] = ()
    multiprocess_mode: Literal["all", "livesum", "livemax"] = "all"


# fmt: off
SECONDS: Final = (
    0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 3.0, 5.0, 10.0, 30.0, 60.0
)
# fmt: on
RATIOS: Final = (0.01, 0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 1.0, 1.1, 1.25, 1.5, 2.0, 5.0)

NO_REASON: Final = "none"
"""The `reason` of an answer whose name is Claude's, or the one that the task has."""

NAMED: Final = "named"
"""The `result` of a call that gave a name."""

ANSWERS: Final = MetricDefinition(
    "naming_answers_total",
    MetricType.COUNTER,
    "answers",
    "Names given, by where they came from and why not from Claude (`none`: they did, or stay).",
    ("source", "reason"),
    (
        (Source.CLAUDE, NO_REASON),
        (Source.CURRENT, NO_REASON),
        *product((Source.PROMPT, Source.RANDOM), Reason),
    ),
)
ANSWER_SECONDS: Final = MetricDefinition(
    "naming_answer_seconds",
    MetricType.HISTOGRAM,
    "seconds",
    "Time from the arrival of a request to its answer.",
    buckets=SECONDS,
)
DEADLINE_RATIO: Final = MetricDefinition(
    "naming_answer_deadline_ratio",
    MetricType.HISTOGRAM,
    "ratio",
    "Time to the answer as a share of the caller's deadline: over 1 is late. A deadline "
    "of 0 does not count.",
    buckets=RATIOS,
)
REQUESTS: Final = MetricDefinition(
    "naming_requests_total",
    MetricType.COUNTER,
    "requests",
    "HTTP requests answered, by path (`other`: none of ours) and status (499: the caller "
    "had left).",
    ("path", "status"),
)
REQUESTS_IN_PROGRESS: Final = MetricDefinition(
    "naming_requests_in_progress",
    MetricType.GAUGE,
    "requests",
    "HTTP requests that are being answered.",
    multiprocess_mode="livesum",
)
CALLS: Final = MetricDefinition(
    "naming_claude_calls_total",
    MetricType.COUNTER,
    "calls",
    "Calls to Claude, by what they came to: `named`, or the reason for no name.",
    ("result",),
    ((NAMED,), *((reason,) for reason in Reason)),
)
CALL_SECONDS: Final = MetricDefinition(
    "naming_claude_call_seconds",
    MetricType.HISTOGRAM,
    "seconds",
    "Time that a call to Claude took.",
    buckets=SECONDS,
)
CALLS_IN_PROGRESS: Final = MetricDefinition(
    "naming_claude_calls_in_progress",
    MetricType.GAUGE,
    "calls",
    "Calls to Claude under way, pauses before a second try included.",
    multiprocess_mode="livesum",
)
TOKENS: Final = MetricDefinition(
    "naming_claude_tokens_total",
    MetricType.COUNTER,
    "tokens",
    "Tokens that Claude was sent and read in full (`input`), wrote to its cache (`cache_write`), "
    "read from it (`cache_read`), and answered (`output`).",
    ("direction",),
    tuple((field.name,) for field in fields(Tokens)),
)
REFUSALS: Final = MetricDefinition(
    "naming_claude_refusals_total",
    MetricType.COUNTER,
    "replies",
    "Replies in which Claude refused, by the policy that it names (`other`: none of these).",
    ("category",),
    tuple((category,) for category in (*REFUSAL_CATEGORIES, UNCATEGORIZED)),
)
REUSED: Final = MetricDefinition(
    "naming_reused_calls_total",
    MetricType.COUNTER,
    "calls",
    "Calls that were not needed: a recent name was known here (`cache`) or to another "
    "replica (`shared`), or the same "
    "call was under way (`flight`).",
    ("how",),
    (("cache",), ("shared",), ("flight",)),
)
LOOKS: Final = MetricDefinition(
    "naming_shared_looks_total",
    MetricType.COUNTER,
    "looks",
    "Looks into what replicas share (`NAMING_CACHE_URL`): found (`hit`) or not (`miss`), "
    "no answer in 5 ms (`late`), "
    "not tried because it is away (`down`), or something there that is not ours (`unusable`).",
    ("result",),
    tuple((each,) for each in SharedLookup),
)
SHARING: Final = MetricDefinition(
    "naming_shared_workers",
    MetricType.GAUGE,
    "workers",
    "Worker processes that reach what replicas share. 0 without `NAMING_CACHE_URL`.",
    multiprocess_mode="livesum",
)
PAUSES: Final = MetricDefinition(
    "naming_claude_pauses_total",
    MetricType.COUNTER,
    "pauses",
    "Times that calls to Claude were paused, by the reason of the last failure. Those for "
    + ", ".join(f"`{reason}`" for reason in Reason if reason in STANDING)
    + " last until a person mends something.",
    ("reason",),
)
CIRCUIT: Final = MetricDefinition(
    "naming_circuit_workers",
    MetricType.GAUGE,
    "workers",
    "Worker processes by what they do with calls to Claude: let through (`closed`), pause "
    "(`open`) or let one try (`probing`). All 0 without a key.",
    ("state",),
    tuple((state,) for state in State),
    multiprocess_mode="livesum",
)
WORKERS: Final = MetricDefinition(
    "naming_workers",
    MetricType.GAUGE,
    "workers",
    "Worker processes that run.",
    multiprocess_mode="livesum",
)
BUILD: Final = MetricDefinition(
    "naming_build_info",
    MetricType.GAUGE,
    "",
    "Always 1; its label tells the version.",
    ("version",),
    multiprocess_mode="livemax",
)

ALL: Final = (
    ANSWERS,
    ANSWER_SECONDS,
    DEADLINE_RATIO,
    REQUESTS,
    REQUESTS_IN_PROGRESS,
    CALLS,
    CALL_SECONDS,
    CALLS_IN_PROGRESS,
    TOKENS,
    REFUSALS,
    REUSED,
    LOOKS,
    SHARING,
    PAUSES,
    CIRCUIT,
    WORKERS,
    BUILD,
)


def metrics_table() -> str:
    """Write the metrics as the documentation's table: metric, type, unit, labels, meaning."""
    lines = ["| metric | type | unit | labels | meaning |", "|---|---|---|---|---|"]
    for each in ALL:
        labels = ", ".join(f"`{label}`" for label in each.labels)
        lines.append(f"| `{each.name}` | {each.type} | {each.unit} | {labels} | {each.meaning} |")
    return "\n".join(lines)
