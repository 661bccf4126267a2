"""The results: lines and tables for a terminal or a browser, and JSON for other programs."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from html import escape
from importlib.metadata import version
from importlib.resources import files
from typing import Any, Final, NamedTuple, TypeAlias

import msgspec

from naming.evaluation.inputs import WORD_FILE, printable
from naming.evaluation.running import Result
from naming.evaluation.scoring import MEASURES
from naming.evaluation.summary import Difference, MeanInterval, Summary, compare
from naming.text.word_files import read_sections

WORST: Final = 30  # cases that a page shows, with their prompts
SHOWN: Final = 8  # those of them that a terminal is shown
MAX_PROMPT: Final = 600  # characters of a prompt that are shown
BAR: Final = 20  # characters of the longest bar
LETTERS: Final = "AB"  # what two variants are called

_COLUMNS: Final = dict(line.split() for line in read_sections(WORD_FILE)["columns"])
_NUMBER: Final = re.compile(r"[-+]?[\d.,]+(?: to [-+]?[\d.]+)?|")


class Section(NamedTuple):
    """Rows of cells under a heading each; a terminal has room for the first of both alone."""

    title: str
    heads: Sequence[str]
    rows: Sequence[Sequence[str]]
    columns_shown: int | None = None
    rows_shown: int | None = None


Part: TypeAlias = str | Section


def _report(summaries: Sequence[Summary]) -> Iterator[Part]:
    """Tell the results in lines and tables. Nothing in it is made safe to print yet."""
    for letter, summary in zip(LETTERS, summaries, strict=False):
        lead = f"{letter}: " if len(summaries) > 1 else ""
        label = f"{summary.variant.label}: " if summary.variant.label else ""
        yield f"{lead}{label}{summary.overall.cases:,} cases, {summary.variant.described}"
        yield from _how_it_went(summary)
        yield _measures(summary)
        yield _tags(summary)
        if faulty := [each for each in summary.named if each.scores.get("score", 1.0) < 1]:
            heads = ("score", "case", "given", "wanted", "missed", "prompt")
            worst = sorted(faulty, key=lambda each: each.scores["score"])[:WORST]
            yield Section("the lowest scores", heads, list(map(_case, worst)), 3, SHOWN)
    if len(summaries) > 1:
        comparison = compare(*summaries)
        yield _differences(comparison)
        yield _verdict(summaries, comparison)


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
        usd = summary.cost_usd
        cost = "their price is not known here" if usd is None else f"about ${usd:,.4f}"
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
    return f"{found.mean:{sign}.3f}", f"{found.low:{sign}.3f} to {found.high:{sign}.3f}"


def _tags(summary: Summary) -> Section:
    rows = []
    for tag, means in {"all": summary.overall, **summary.by_tag}.items():
        cells = {name: _mean(found) for name, found in means.measures.items()}
        shown = [cells.get(name, ("", "")) for name in _COLUMNS]
        rows.append((tag, f"{means.cases:,}", shown[0][1], *(mean for mean, _ in shown)))
    return Section("by tag", ("tag", "cases", "95 % of score", *_COLUMNS.values()), rows)


def _case(result: Result) -> list[str]:
    case, outcome, scores = result.case, result.outcome, result.scores
    missed = [each for each in scores.items() if each[0] != "score" and each[1] < 1]
    return [
        f"{scores['score']:.2f}",
        case.place,
        "\n".join(filter(None, (*outcome.task_name, outcome.reason))),
        "\n".join(filter(None, (case.name, case.display_name))),
        ", ".join(f"{each} {found:.2f}" for each, found in missed),
        case.prompt[:MAX_PROMPT] + ("…" if len(case.prompt) > MAX_PROMPT else ""),
    ]


def _differences(comparison: Mapping[str, Difference]) -> Section:
    rows = []
    for name, (apart, means) in comparison.items():
        noise = "" if apart.is_above_noise else "noise"
        rows.append((name, *(f"{mean:.3f}" for mean in means), *_mean(apart, "+"), noise))
    return Section("B - A", ("measure", "A", "B", "B - A", "95 % interval", ""), rows)


def _verdict(summaries: Sequence[Summary], comparison: Mapping[str, Difference]) -> str:
    """Say which side wins, by how much, and whether that is more than noise."""
    if "score" not in comparison:
        return "No winner: there is no case that both sides have named and that can be scored."
    found = comparison["score"].apart
    sure = f"(95 % interval of B - A: {found.low:+.3f} to {found.high:+.3f}, {found.count:,} cases)"
    better = int(found.mean > 0)
    ahead = f"{LETTERS[better]} ({summaries[better].variant.label})"
    if found.is_above_noise:
        return f"{ahead} wins by {abs(found.mean):.3f} {sure}: more than noise."
    if not round(found.mean, 3):
        return f"No winner: both sides score the same {sure}."
    return f"No winner: {ahead} is ahead by {abs(found.mean):.3f} {sure}, which is within noise."


def as_text(summaries: Sequence[Summary]) -> str:
    """Write a report for a terminal, safe to print."""
    text = "".join(f"{line}\n" for part in _report(summaries) for line in _lines(part))
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
    sides = [">" if all(map(_NUMBER.fullmatch, column[1:])) else "<" for column in columns]
    yield ""
    for row in (heads, *rows):
        cells = zip(row, sides, widths, strict=True)
        yield f"  {'  '.join(f'{cell:{side}{width}}' for cell, side, width in cells)}".rstrip()
    yield ""


def as_page(summaries: Sequence[Summary]) -> str:
    """Write a report as one page for a browser: no script, nothing fetched."""
    template = (files("naming.evaluation") / "page.html").read_text("utf-8")
    made = f"{datetime.now(UTC):%Y-%m-%d %H:%M} UTC, task-naming {version('task-naming')}"
    return template.replace("{{body}}", "\n".join(map(_as_html, (made, *_report(summaries)))))


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


def as_json(summaries: Sequence[Summary]) -> str:
    """Write everything that was measured; no prompts, cases are told by their place."""
    compared = None
    if len(summaries) > 1:
        comparison = compare(*summaries)
        score = comparison["score"].apart if "score" in comparison else None
        compared = {
            "differences": {name: each.apart for name, each in comparison.items()},
            "winner": LETTERS[score.mean > 0] if score and score.is_above_noise else None,
            "verdict": _verdict(summaries, comparison),
        }
    document = {"version": 1, "sides": list(map(_side, summaries)), "comparison": compared}
    return json.dumps(msgspec.to_builtins(document), indent=1) + "\n"


WRITERS: Final = {"table": as_text, "json": as_json, "html": as_page}
"""What writes all that was found, by format."""


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
            {"case": each.case.place, **each.outcome.told(), "scores": each.scores}
            for each in summary.named
        ],
    }
