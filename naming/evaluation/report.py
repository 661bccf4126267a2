"""The results on a terminal, and as JSON for other programs."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, Final

from naming.evaluation.inputs import printable
from naming.evaluation.summary import worst

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from naming.evaluation.running import Result
    from naming.evaluation.summary import Comparison, MeanInterval, MeasureMeans, Summary

SHOWN: Final = 8
"""Worst cases on a terminal; the page shows more, with their prompts."""

_COLUMNS: Final = (
    "score",
    "name_f1",
    "title_rouge_l",
    "language_kept",
    "identifiers_kept",
    "contains",
    "avoids",
    "tidy",
)
_SHORT: Final = {
    "title_rouge_l": "rouge_l",
    "identifiers_kept": "identif",
    "language_kept": "language",
}
LETTERS: Final = "AB"
"""What two variants are called."""

VERSION: Final = 1
"""Of the JSON document."""


def table(summaries: Sequence[Summary], comparison: Comparison | None) -> Iterator[str]:
    """Give the lines of the overview."""
    for letter, summary in zip(LETTERS, summaries, strict=False):
        yield from _variant(f"{letter}: " if comparison else "", summary)
    if comparison is not None:
        yield from _comparison(summaries, comparison)


def _variant(lead: str, summary: Summary) -> Iterator[str]:
    label = f"{printable(summary.variant.label)}: " if summary.variant.label else ""
    described = printable(summary.variant.described)
    yield f"{lead}{label}{summary.overall.cases:,} cases, {described}"
    yield from (f"  {line}" for line in how_it_went(summary))
    yield ""
    yield f"  {'measure':<18}{'mean':>7}  {'95 % interval':<15}{'cases':>6}"
    for name, found in summary.overall.measures.items():
        interval = f"{found.low:.3f} to {found.high:.3f}"
        yield f"  {name:<18}{found.mean:>7.3f}  {interval} {found.count:>6,}"
    yield ""
    by_tag = {"all": summary.overall, **summary.by_tag}
    width = max(len(printable(tag)) for tag in by_tag)
    heads = "".join(f"{_SHORT.get(name, name):>9}" for name in _COLUMNS)
    yield f"  {'tag':<{width}} {'cases':>6} {'95 % of score':>15}{heads}"
    for tag, means in by_tag.items():
        cells = "".join(_cells(means))
        yield f"  {printable(tag):<{width}} {means.cases:>6,} {_interval(means)}{cells}"
    yield ""
    yield from _worst(summary)


def how_it_went(summary: Summary) -> Iterator[str]:
    """Say where names came from, what they broke, how long they took and what they cost."""
    overall = summary.overall
    yield f"sources: {_counted(summary.sources)}" + (
        f"; reasons: {_counted(summary.reasons)}" if summary.reasons else ""
    )
    yield f"law breaches: {overall.law_breaches}, secrets leaked: {overall.secrets_leaked}"
    if summary.milliseconds is None:
        yield "latency: not measured, the replies are recorded ones"
    else:
        yield "latency: " + ", ".join(
            f"{name} {ms:,.1f} ms" for name, ms in summary.milliseconds.items()
        )
    if summary.variant.model is not None:
        cost = (
            "their price is not known here"
            if summary.cost_usd is None
            else f"about ${summary.cost_usd:,.4f}"
        )
        yield f"{summary.tokens}, {cost}"


def verdict(summaries: Sequence[Summary], comparison: Comparison) -> str:
    """Say which side wins, by how much, and whether that is more than noise."""
    found = comparison.differences.get("score")
    if found is None:
        return "No winner: there is no case that both sides have named and that can be scored."
    sure = f"(95 % interval of B - A: {found.low:+.3f} to {found.high:+.3f}, {found.count:,} cases)"
    if comparison.winner is not None:
        winner = _called(summaries, comparison.winner)
        return f"{winner} wins by {abs(found.mean):.3f} {sure}: more than noise."
    if not round(found.mean, 3):
        return f"No winner: both sides score the same {sure}."
    ahead = _called(summaries, int(found.mean > 0))
    return f"No winner: {ahead} is ahead by {abs(found.mean):.3f} {sure}, which is within noise."


def _called(summaries: Sequence[Summary], which: int) -> str:
    return f"{LETTERS[which]} ({printable(summaries[which].variant.label)})"


def _comparison(summaries: Sequence[Summary], comparison: Comparison) -> Iterator[str]:
    yield f"  {'measure':<18}{'A':>7}{'B':>8}{'B - A':>9}  95 % interval"
    for name, apart in comparison.differences.items():
        means = comparison.means[name]
        noise = "" if apart.is_above_noise else "  noise"
        between = f"{apart.low:+.3f} to {apart.high:+.3f}{noise}"
        yield f"  {name:<18}{means[0]:>7.3f}{means[1]:>8.3f}{apart.mean:>+9.3f}  {between}"
    yield ""
    yield verdict(summaries, comparison)


def _worst(summary: Summary) -> Iterator[str]:
    shown = [each for each in worst(summary.results)[:SHOWN] if each.scores["score"] < 1]
    if not shown:
        return
    yield "  the lowest scores"
    for result in shown:
        assert result.outcome is not None  # noqa: S101 # what is scored was named
        name, title = result.outcome.task_name
        place = printable(result.case.place)
        yield f"  {result.scores['score']:.2f}  {place}  {name}  {printable(title)}"
    yield ""


def _interval(means: MeasureMeans) -> str:
    found = means.measures.get("score")
    return " " * 15 if found is None else f"{f'{found.low:.3f} to {found.high:.3f}':>15}"


def _cells(means: MeasureMeans) -> Iterator[str]:
    for name in _COLUMNS:
        found: MeanInterval | None = means.measures.get(name)
        yield f"{'' if found is None else f'{found.mean:.3f}':>9}"


def _counted(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{word} {count:,}" for word, count in counts.items()) or "none"


def as_json(summaries: Sequence[Summary], comparison: Comparison | None) -> str:
    """Write everything that was measured; no prompts, cases are told by their place."""
    document = {
        "version": VERSION,
        "sides": [_side(summary) for summary in summaries],
        "comparison": None
        if comparison is None
        else {
            "differences": {name: asdict(found) for name, found in comparison.differences.items()},
            "winner": None if comparison.winner is None else LETTERS[comparison.winner],
            "verdict": verdict(summaries, comparison),
        },
    }
    return json.dumps(document, indent=1)


def _side(summary: Summary) -> dict[str, Any]:
    variant = summary.variant
    return {
        "label": variant.label,
        "model": variant.model,
        "instructions": None if variant.instructions is None else variant.instructions.version,
        "overall": _measured(summary.overall),
        "by_tag": {tag: _measured(means) for tag, means in summary.by_tag.items()},
        "sources": summary.sources,
        "reasons": summary.reasons,
        "latency_ms": summary.milliseconds,
        "tokens": {"in": summary.tokens.all_input, "out": summary.tokens.output},
        "cached_tokens": {
            "written": summary.tokens.cache_write,
            "read": summary.tokens.cache_read,
        },
        "cost_usd": summary.cost_usd,
        "missing": summary.missing,
        "answers": [_answer(result) for result in summary.results if result.outcome is not None],
    }


def _measured(means: MeasureMeans) -> dict[str, Any]:
    return {
        "cases": means.cases,
        "law_breaches": means.law_breaches,
        "secrets_leaked": means.secrets_leaked,
        "measures": {name: asdict(found) for name, found in means.measures.items()},
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
