"""What is measured, as `metrics.toml` declares it, and the series that are there from the start."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from enum import StrEnum
from importlib.resources import files
from itertools import product
from typing import TYPE_CHECKING, Final, Literal

from naming.claude.circuit import State
from naming.claude.interfaces import SharedLookup
from naming.claude.message import REFUSAL_CATEGORIES, UNCATEGORIZED, Tokens
from naming.outcome import Reason, Source

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

NO_REASON: Final = "none"
"""The `reason` of an answer whose name is Claude's, or the one that the task has."""

NAMED: Final = "named"
"""The `result` of a call that gave a name."""


class MetricType(StrEnum):
    """Prometheus' types."""

    COUNTER = "counter"
    GAUGE = "gauge"
    HISTOGRAM = "histogram"


@dataclass(frozen=True, slots=True)
class MetricDefinition:
    """One metric, as `metrics.toml` explains it."""

    name: str
    type: MetricType
    unit: str
    meaning: str
    labels: tuple[str, ...] = ()
    buckets: tuple[float, ...] = ()
    multiprocess_mode: Literal["all", "livesum", "livemax"] = "all"


def _read() -> tuple[MetricDefinition, ...]:
    told = tomllib.loads((files("naming.observability") / "metrics.toml").read_text("utf-8"))
    return tuple(
        MetricDefinition(
            **{**row, "type": MetricType(row["type"]), "labels": tuple(row.get("labels", ()))},
            buckets=tuple(told["buckets"][row["unit"]]) if row["type"] == "histogram" else (),
        )
        for row in told["metric"]
    )


ALL: Final = _read()

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
"""The labels of the series that are there from the start, so that a rate is right from the first
event on."""


def metrics_table() -> str:
    """Write the metrics as the documentation's table: metric, type, unit, labels, meaning."""
    lines = ["| metric | type | unit | labels | meaning |", "|---|---|---|---|---|"]
    for each in ALL:
        labels = ", ".join(f"`{label}`" for label in each.labels)
        lines.append(f"| `{each.name}` | {each.type} | {each.unit} | {labels} | {each.meaning} |")
    return "\n".join(lines)
