"""The results as JSON for other programs: no prompts, cases are told by their place."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from naming.evaluation.table import verdict

if TYPE_CHECKING:
    from collections.abc import Sequence

    from naming.evaluation.running import Result
    from naming.evaluation.summary import Comparison, Summary, Tally

VERSION = 1


def as_json(summaries: Sequence[Summary], comparison: Comparison | None) -> str:
    """Write everything that was measured."""
    document = {
        "version": VERSION,
        "sides": [_side(summary) for summary in summaries],
        "comparison": None
        if comparison is None
        else {
            "differences": {name: asdict(found) for name, found in comparison.differences.items()},
            "winner": None if comparison.winner is None else "AB"[comparison.winner],
            "verdict": verdict(summaries, comparison),
        },
    }
    return json.dumps(document, indent=1)


def _side(summary: Summary) -> dict[str, Any]:
    side = summary.side
    return {
        "label": side.label,
        "model": side.model,
        "instructions": None if side.instructions is None else side.instructions.version,
        "overall": _tally(summary.overall),
        "by_tag": {tag: _tally(tally) for tag, tally in summary.by_tag.items()},
        "sources": summary.sources,
        "reasons": summary.reasons,
        "latency_ms": None if summary.replayed else summary.milliseconds,
        "tokens": {"in": summary.tokens_in, "out": summary.tokens_out},
        "cost_usd": summary.cost_usd,
        "missing": summary.missing,
        "answers": [_answer(result) for result in summary.results if result.outcome is not None],
    }


def _tally(tally: Tally) -> dict[str, Any]:
    return {
        "cases": tally.cases,
        "law_breaches": tally.law_breaches,
        "secrets_leaked": tally.secrets_leaked,
        "measures": {name: asdict(found) for name, found in tally.measures.items()},
    }


def _answer(result: Result) -> dict[str, Any]:
    outcome = result.outcome
    assert outcome is not None  # noqa: S101 # those without are listed as missing
    return {
        "case": result.case.place,
        "name": outcome.task_name.name,
        "display_name": outcome.task_name.display_name,
        "source": outcome.source,
        "reason": outcome.reason,
        "scores": result.scores,
    }
