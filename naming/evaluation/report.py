"""The results: lines and tables for a terminal or a browser, and JSON for other programs."""

from __future__ import annotations

import json
import re
from collections import Counter
from dataclasses import asdict
from datetime import UTC, datetime
from html import escape
from importlib.metadata import version
from importlib.resources import files
from typing import TYPE_CHECKING, Any, Final, NamedTuple, TypeAlias

from naming.content_policy import content_policy
from naming.evaluation.inputs import printable
from naming.evaluation.scoring import MEASURES
from naming.evaluation.summary import worst

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from naming.evaluation.running import Result
    from naming.evaluation.summary import Comparison, MeanInterval, MeasureMeans, Summary

SHOWN: Final = 8
"""Worst cases in an overview; a detailed one shows all of them, with their prompts."""

MAX_PROMPT: Final = 600
"""Characters of a prompt that are shown."""

BAR: Final = 20
"""Characters of the longest bar."""

LETTERS: Final = "AB"
"""What two variants are called."""

VERSION: Final = 1
"""Of the JSON document."""

_COLUMNS: Final = (
    ("score", "score"),
    ("name_f1", "name_f1"),
    ("title_rouge_l", "rouge_l"),
    ("language_kept", "language"),
    ("identifiers_kept", "identif"),
    ("contains", "contains"),
    ("avoids", "avoids"),
    ("tidy", "tidy"),
)
"""The measures that are told by tag, and what they are called there."""

_NUMBER: Final = re.compile(r"[-+]?[\d.,]+(?: to [-+]?[\d.]+)?|")


class Section(NamedTuple):
    """Rows of cells under a heading each."""

    title: str
    heads: Sequence[str]
    rows: Sequence[Sequence[str]]


Part: TypeAlias = str | Section


def report(
    summaries: Sequence[Summary], comparison: Comparison | None, *, detailed: bool
) -> Iterator[Part]:
    """Tell the results in lines and tables; `detailed` ones tell what needs room, such as prompts.

    Nothing in it is made safe to print yet.
    """
    if detailed:
        yield f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, task-naming {version('task-naming')}"
    for letter, summary in zip(LETTERS, summaries, strict=False):
        lead = f"{letter}: " if comparison else ""
        label = f"{summary.variant.label}: " if summary.variant.label else ""
        yield f"{lead}{label}{summary.overall.cases:,} cases, {summary.variant.described}"
        yield from _how_it_went(summary)
        yield _measures(summary, detailed=detailed)
        yield _tags(summary)
        if detailed:
            yield _spread(summary)
        if found := worst(summary.results)[: None if detailed else SHOWN]:
            heads = ["score", "case", "given", "wanted", "missed", "prompt"]
            heads = heads if detailed else heads[:3]
            rows = [_case(result)[: len(heads)] for result in found]
            yield Section("the lowest scores", heads, rows)
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
    if summary.milliseconds is None:
        yield "  latency: not measured, the replies are recorded ones"
    else:
        taken = (f"{name} {ms:,.1f} ms" for name, ms in summary.milliseconds.items())
        yield f"  latency: {', '.join(taken)}"
    if summary.variant.model is not None:
        known = summary.cost_usd is not None
        cost = f"about ${summary.cost_usd:,.4f}" if known else "their price is not known here"
        yield f"  {summary.tokens}, {cost}"
    if summary.missing:
        yield f"  not in the replay: {', '.join(summary.missing)}"


def _counted(counts: Mapping[str, int]) -> str:
    return ", ".join(f"{word} {count:,}" for word, count in counts.items()) or "none"


def _measures(summary: Summary, *, detailed: bool) -> Section:
    heads = ("measure", "mean", "95 % interval", "cases", "mean from 0 to 1", "meaning")
    rows = [
        (name, f"{found.mean:.3f}", _interval(found), f"{found.count:,}", _bar(found.mean), meaning)
        for name, meaning in MEASURES.items()
        if (found := summary.overall.measures.get(name)) is not None
    ]
    shown = None if detailed else 4
    return Section("measures", heads[:shown], [row[:shown] for row in rows])


def _bar(share: float) -> str:
    return "█" * round(BAR * share)


def _interval(found: MeanInterval) -> str:
    return f"{found.low:.3f} to {found.high:.3f}"


def _tags(summary: Summary) -> Section:
    by_tag = {"all": summary.overall, **summary.by_tag}
    heads = ("tag", "cases", "95 % of score", *(head for _, head in _COLUMNS))
    return Section("by tag", heads, [_tag(*each) for each in by_tag.items()])


def _tag(tag: str, means: MeasureMeans) -> list[str]:
    found = [means.measures.get(name) for name, _ in _COLUMNS]
    cells = ("" if each is None else f"{each.mean:.3f}" for each in found)
    return [tag, f"{means.cases:,}", "" if found[0] is None else _interval(found[0]), *cells]


def _spread(summary: Summary) -> Section:
    """Count the cases by the tenths of their scores."""
    scored = [each.scores["score"] for each in summary.results if "score" in each.scores]
    counts = Counter(min(9, int(score * 10)) for score in scored)
    most = max(counts.values(), default=1)
    rows = [
        (f"{tenth / 10:.1f}", f"{counts[tenth]:,}", _bar(counts[tenth] / most))
        for tenth in range(10)
    ]
    return Section("how scores are spread", ("score from", "cases", f"0 to {most:,}"), rows)


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
        between = f"{apart.low:+.3f} to {apart.high:+.3f}"
        noise = "" if apart.is_above_noise else "noise"
        rows.append((name, *means, f"{apart.mean:+.3f}", between, noise))
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
    rows = [[printable(cell.replace("\n", " / ")) for cell in row] for row in part.rows]
    columns = list(zip(part.heads, *rows, strict=True))
    widths = [max(map(len, column)) for column in columns]
    numbers = [all(map(_NUMBER.fullmatch, cells)) for _, *cells in columns]
    yield ""
    for row in (part.heads, *rows):
        cells = (
            cell.rjust(width) if is_number else cell.ljust(width)
            for cell, width, is_number in zip(row, widths, numbers, strict=True)
        )
        yield f"  {'  '.join(cells)}".rstrip()
    yield ""


def as_page(parts: Iterable[Part]) -> str:
    """Write a report as one page for a browser: no script, nothing fetched."""
    template = (files("naming.evaluation") / "page.html").read_text("utf-8")
    head, tail = template.replace("{{policy}}", content_policy(template)).split("{{body}}")
    return head + "\n".join(map(_as_html, parts)) + tail


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
    document: dict[str, Any] = {
        "version": VERSION,
        "sides": list(map(_side, summaries)),
        "comparison": None,
    }
    if comparison is not None:
        winner = comparison.winner
        document["comparison"] = {
            "differences": {name: asdict(found) for name, found in comparison.differences.items()},
            "winner": None if winner is None else LETTERS[winner],
            "verdict": verdict(summaries, comparison),
        }
    return json.dumps(document, indent=1)


def _side(summary: Summary) -> dict[str, Any]:
    variant, tokens = summary.variant, summary.tokens
    return {
        "label": variant.label,
        "model": variant.model,
        "instructions": None if variant.instructions is None else variant.instructions.version,
        "overall": asdict(summary.overall),
        "by_tag": {tag: asdict(means) for tag, means in summary.by_tag.items()},
        "sources": summary.sources,
        "reasons": summary.reasons,
        "latency_ms": summary.milliseconds,
        "tokens": {"in": tokens.all_input, "out": tokens.output},
        "cached_tokens": {"written": tokens.cache_write, "read": tokens.cache_read},
        "cost_usd": summary.cost_usd,
        "missing": summary.missing,
        "answers": [
            {
                "case": result.case.place,
                "name": result.outcome.task_name.name,
                "display_name": result.outcome.task_name.display_name,
                "source": result.outcome.source,
                "reason": result.outcome.reason,
                "scores": result.scores,
            }
            for result in summary.results
            if result.outcome is not None
        ],
    }
