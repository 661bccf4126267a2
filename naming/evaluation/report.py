"""The results: lines and tables for a terminal or a browser, and JSON for other programs."""

from __future__ import annotations

import json
import re
from datetime import UTC, datetime
from html import escape
from importlib.metadata import version
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias

import msgspec

from naming.content_policy import content_policy
from naming.evaluation.inputs import printable
from naming.evaluation.scoring import MEASURES
from naming.evaluation.summary import worst

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from naming.evaluation.running import Result
    from naming.evaluation.summary import Comparison, MeanInterval, Summary

SHOWN: Final = 8
"""Worst cases that a terminal is shown; a page shows all of them, with their prompts."""

MAX_PROMPT: Final = 600
"""Characters of a prompt that are shown."""

BAR: Final = 20
"""Characters of the longest bar."""

LETTERS: Final = "AB"
"""What two variants are called."""

VERSION: Final = 1
"""Of the JSON document."""

_COLUMNS: Final = {
    "score": "score",
    "name_f1": "name_f1",
    "title_rouge_l": "rouge_l",
    "language_kept": "language",
    "identifiers_kept": "identif",
    "contains": "contains",
    "avoids": "avoids",
    "tidy": "tidy",
}
"""The measures that are told by tag, and what they are called there."""

_NUMBER: Final = re.compile(r"[-+]?[\d.,]+(?: to [-+]?[\d.]+)?|")


class Section(NamedTuple):
    """Rows of cells under a heading each; a terminal has room for the first of both alone."""

    title: str
    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
    columns_shown: int | None = None
    rows_shown: int | None = None


Part: TypeAlias = str | Section


def report(summaries: Sequence[Summary], comparison: Comparison | None) -> Iterator[Part]:
    """Tell the results in lines and tables. Nothing in it is made safe to print yet."""
    for letter, summary in zip(LETTERS, summaries, strict=False):
        lead = f"{letter}: " if comparison else ""
        label = f"{summary.variant.label}: " if summary.variant.label else ""
        yield f"{lead}{label}{summary.overall.cases:,} cases, {summary.variant.described}"
        yield from _how_it_went(summary)
        yield _measures(summary)
        yield _tags(summary)
        if found := worst(summary.results):
            heads = ("score", "case", "given", "wanted", "missed", "prompt")
            yield Section("the lowest scores", heads, list(map(_case, found)), 3, SHOWN)
    if comparison is not None:
        yield _differences(comparison)
        yield verdict(summaries, comparison)


def _how_it_went(summary: Summary) -> Iterator[str]:
    """Say where names came from, what they broke, how long they took and what they cost."""
    reasons = f"; reasons: {_counted(summary.reasons)}" if summary.reasons else ""
    yield f"  sources: {_counted(summary.sources)}{reasons}"
    overall = summary.overall
    yield f"  law breaches: {overall.law_breaches}, secrets leaked: {overall.secrets_leaked}"
    for measure, missed in (("kept", "needless changes"), ("changed", "missed turns")):
        if (found := overall.measures.get(measure)) is not None:
            yield f"  {missed}: {round((1 - found.mean) * found.count)} of {found.count:,}"
    if summary.latency_ms is None:
        yield "  latency: not measured, the replies are recorded ones"
    else:
        taken = (f"{name} {ms:,.1f} ms" for name, ms in summary.latency_ms.items())
        yield f"  latency: {', '.join(taken)}"
    if summary.variant.model is not None:
        known = summary.cost_usd is not None
        cost = f"about ${summary.cost_usd:,.4f}" if known else "their price is not known here"
        yield f"  {summary.tokens}, {cost}"
    if summary.missing:
        yield f"  not in the replay: {', '.join(summary.missing)}"


def _counted(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{word} {count:,}" for word, count in counts.items()) or "none"


def _measures(summary: Summary) -> Section:
    heads = ("measure", "mean", "95 % interval", "cases", "mean from 0 to 1", "meaning")
    rows = [
        (name, *_mean(found), f"{found.count:,}", "█" * round(BAR * found.mean), MEASURES[name])
        for name, found in summary.overall.measures.items()
    ]
    return Section("measures", heads, rows, 4)


def _mean(found: MeanInterval, sign: str = "") -> tuple[str, str]:
    interval = f"{found.low:{sign}.3f} to {found.high:{sign}.3f}"
    return f"{found.mean:{sign}.3f}", interval


def _tags(summary: Summary) -> Section:
    rows = []
    for tag, means in {"all": summary.overall, **summary.by_tag}.items():
        cells = {name: _mean(found) for name, found in means.measures.items()}
        none = ("", "")
        interval = cells.get("score", none)[1]
        shown = (cells.get(name, none)[0] for name in _COLUMNS)
        rows.append((tag, f"{means.cases:,}", interval, *shown))
    return Section("by tag", ("tag", "cases", "95 % of score", *_COLUMNS.values()), rows)


def _case(result: Result) -> list[str]:
    case, outcome, scores = result.case, result.outcome, result.scores
    assert outcome is not None  # noqa: S101 # what is scored was named
    missed = [each for each in scores.items() if each[0] != "score" and each[1] < 1]
    return [
        f"{scores['score']:.2f}",
        case.place,
        "\n".join(filter(None, (*outcome.task_name, outcome.reason))),
        "\n".join(filter(None, (case.name, case.display_name))),
        ", ".join(f"{each} {found:.2f}" for each, found in missed),
        case.prompt[:MAX_PROMPT] + ("…" if len(case.prompt) > MAX_PROMPT else ""),
    ]


def _differences(comparison: Comparison) -> Section:
    rows = []
    for name, apart in comparison.differences.items():
        means = (f"{mean:.3f}" for mean in comparison.means[name])
        rows.append((name, *means, *_mean(apart, "+"), "" if apart.is_above_noise else "noise"))
    return Section("B - A", ("measure", "A", "B", "B - A", "95 % interval", ""), rows)


def verdict(summaries: Sequence[Summary], comparison: Comparison) -> str:
    """Say which side wins, by how much, and whether that is more than noise."""
    found = comparison.differences.get("score")
    if found is None:
        return "No winner: there is no case that both sides have named and that can be scored."
    sure = f"(95 % interval of B - A: {found.low:+.3f} to {found.high:+.3f}, {found.count:,} cases)"
    better = int(found.mean > 0)
    ahead = f"{LETTERS[better]} ({summaries[better].variant.label})"
    if comparison.winner is not None:
        return f"{ahead} wins by {abs(found.mean):.3f} {sure}: more than noise."
    if not round(found.mean, 3):
        return f"No winner: both sides score the same {sure}."
    return f"No winner: {ahead} is ahead by {abs(found.mean):.3f} {sure}, which is within noise."


def as_text(parts: Iterable[Part]) -> str:
    """Write a report for a terminal, safe to print."""
    text = "".join(f"{line}\n" for part in parts for line in _lines(part))
    return re.sub("\n{3,}", "\n\n", text)


def _lines(part: Part) -> Iterator[str]:
    if isinstance(part, str):
        yield printable(part)
        return
    heads = part.heads[: part.columns_shown]
    rows = [
        [printable(cell.replace("\n", " / ")) for cell in row[: part.columns_shown]]
        for row in part.rows[: part.rows_shown]
    ]
    columns = list(zip(heads, *rows, strict=True))
    widths = [max(map(len, column)) for column in columns]
    numbers = [all(map(_NUMBER.fullmatch, cells)) for _, *cells in columns]
    yield ""
    for row in (heads, *rows):
        cells = (
            cell.rjust(width) if is_number else cell.ljust(width)
            for cell, width, is_number in zip(row, widths, numbers, strict=True)
        )
        yield f"  {'  '.join(cells)}".rstrip()
    yield ""


def as_page(parts: Iterable[Part]) -> str:
    """Write a report as one page for a browser: no script, nothing fetched."""
    template = (files("naming.evaluation") / "page.html").read_text("utf-8")
    made = f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, task-naming {version('task-naming')}"
    head, tail = template.replace("{{policy}}", content_policy(template)).split("{{body}}")
    return head + "\n".join(map(_as_html, (made, *parts))) + tail


def _as_html(part: Part) -> str:
    if isinstance(part, str):
        return f"<p>{_safe(part)}</p>"
    head = "".join(f"<th>{_safe(cell)}</th>" for cell in part.heads)
    body = "".join(f"<tr>{''.join(map(_html_cell, row))}</tr>" for row in part.rows)
    table = f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    place = part.title.replace(" ", "-")
    return f'<h2>{_safe(part.title)}</h2><div class="wide {_safe(place)}">{table}</div>'


def _html_cell(cell: str) -> str:
    number = ' class="number"' if cell and _NUMBER.fullmatch(cell) else ""
    return f"<td{number}>{_safe(cell)}</td>"


def _safe(text: str) -> str:
    """Escape `text`, line breaks kept and whatever is invisible made visible."""
    return escape("\n".join(map(printable, text.split("\n"))))


def as_json(summaries: Sequence[Summary], comparison: Comparison | None) -> str:
    """Write everything that was measured; no prompts, cases are told by their place."""
    document: dict[str, Any] = {"version": VERSION, "sides": [], "comparison": None}
    document["sides"] = list(map(_side, summaries))
    if comparison is not None:
        winner = comparison.winner
        document["comparison"] = {
            "differences": comparison.differences,
            "winner": None if winner is None else LETTERS[winner],
            "verdict": verdict(summaries, comparison),
        }
    return json.dumps(msgspec.to_builtins(document), indent=1) + "\n"


_AS_THEY_ARE: Final = "overall by_tag sources reasons latency_ms cost_usd missing".split()


def _side(summary: Summary) -> dict[str, Any]:
    variant, tokens = summary.variant, summary.tokens
    return {
        "label": variant.label,
        "model": variant.model,
        "instructions": None if variant.instructions is None else variant.instructions.version,
        **{part: getattr(summary, part) for part in _AS_THEY_ARE},
        "tokens": {"in": tokens.all_input, "out": tokens.output},
        "cached_tokens": {"written": tokens.cache_write, "read": tokens.cache_read},
        "answers": [
            {
                "case": result.case.place,
                **result.outcome.told(),
                "scores": result.scores,
            }
            for result in summary.results
            if result.outcome is not None
        ],
    }
