"""The results on a terminal.

How names came about, each measure with its interval, tag by tag, and the worst cases.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from naming.evaluation.summary import worst
from naming.evaluation.trouble import plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from naming.evaluation.bootstrap import Estimate
    from naming.evaluation.summary import Comparison, Summary, Tally

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
_LETTERS: Final = "AB"


def table(summaries: Sequence[Summary], comparison: Comparison | None) -> Iterator[str]:
    """Give the lines of the overview."""
    for letter, summary in zip(_LETTERS, summaries, strict=False):
        yield from _side(f"{letter}: " if comparison else "", summary)
    if comparison is not None:
        yield from _comparison(summaries, comparison)


def _side(lead: str, summary: Summary) -> Iterator[str]:
    label = f"{plain(summary.side.label)}: " if summary.side.label else ""
    yield f"{lead}{label}{summary.overall.cases:,} cases, {plain(summary.side.described)}"
    yield from (f"  {line}" for line in how_it_went(summary))
    yield ""
    yield f"  {'measure':<18}{'mean':>7}  {'95 % interval':<15}{'cases':>6}"
    for name, found in summary.overall.measures.items():
        yield f"  {name:<18}{found.mean:>7.3f}  {found.low:.3f} to {found.high:.3f} {found.count:>6,}"
    yield ""
    width = max([len("all"), *(len(plain(tag)) for tag in summary.by_tag)])
    yield f"  {'tag':<{width}} {'cases':>6} {'95 % of score':>15}" + "".join(
        f"{_short(name):>9}" for name in _COLUMNS
    )
    for tag, tally in {"all": summary.overall, **summary.by_tag}.items():
        yield f"  {plain(tag):<{width}} {tally.cases:>6,} {_interval(tally)}" + "".join(
            _cells(tally)
        )
    yield ""
    yield from _worst(summary)


def how_it_went(summary: Summary) -> Iterator[str]:
    """Say where names came from, what they broke, how long they took and what they cost."""
    overall = summary.overall
    yield f"sources: {_counted(summary.sources)}" + (
        f"; reasons: {_counted(summary.reasons)}" if summary.reasons else ""
    )
    yield f"law breaches: {overall.law_breaches}, secrets leaked: {overall.secrets_leaked}"
    if summary.replayed:
        yield "latency: not measured, the replies are recorded ones"
    elif summary.milliseconds:
        yield "latency: " + ", ".join(
            f"{name} {ms:,.1f} ms" for name, ms in summary.milliseconds.items()
        )
    if summary.side.model is not None:
        cost = (
            "their price is not known here"
            if summary.cost_usd is None
            else f"about ${summary.cost_usd:,.4f}"
        )
        yield f"tokens: {summary.tokens_in:,} in, {summary.tokens_out:,} out, {cost}"


def verdict(summaries: Sequence[Summary], comparison: Comparison) -> str:
    """Say which side wins, by how much, and whether that is more than noise."""
    found = comparison.differences.get("score")
    if found is None:
        return "No winner: there is no case that both sides have named and that can be scored."
    sure = f"(95 % interval of B - A: {found.low:+.3f} to {found.high:+.3f}, {found.count:,} cases)"
    if comparison.winner is not None:
        return f"{_called(summaries, comparison.winner)} wins by {abs(found.mean):.3f} {sure}: more than noise."
    if not round(found.mean, 3):
        return f"No winner: both sides score the same {sure}."
    ahead = _called(summaries, int(found.mean > 0))
    return f"No winner: {ahead} is ahead by {abs(found.mean):.3f} {sure}, which is within noise."


def _called(summaries: Sequence[Summary], side: int) -> str:
    return f"{_LETTERS[side]} ({plain(summaries[side].side.label)})"


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
        name, display_name = result.outcome.task_name
        yield f"  {result.scores['score']:.2f}  {plain(result.case.place)}  {name}  {plain(display_name)}"
    yield ""


def _short(name: str) -> str:
    return {
        "title_rouge_l": "rouge_l",
        "identifiers_kept": "identif",
        "language_kept": "language",
    }.get(name, name)


def _interval(tally: Tally) -> str:
    found = tally.measures.get("score")
    return " " * 15 if found is None else f"{f'{found.low:.3f} to {found.high:.3f}':>15}"


def _cells(tally: Tally) -> Iterator[str]:
    for name in _COLUMNS:
        found: Estimate | None = tally.measures.get(name)
        yield f"{'' if found is None else f'{found.mean:.3f}':>9}"


def _counted(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{word} {count:,}" for word, count in counts.items()) or "none"
