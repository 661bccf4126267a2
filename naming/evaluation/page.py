"""The results as one page for a browser: tables and the worst cases, no script, nothing fetched."""

from __future__ import annotations

import base64
import hashlib
from html import escape
from importlib.resources import files
from typing import TYPE_CHECKING, Final

from naming.evaluation.inputs import printable
from naming.evaluation.report import LETTERS, how_it_went, verdict
from naming.evaluation.scoring import MEASURES
from naming.evaluation.summary import worst

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from naming.evaluation.running import Result
    from naming.evaluation.summary import Comparison, MeanInterval, Summary

MAX_PROMPT: Final = 600
"""Characters of a prompt that are shown."""


def page(summaries: Sequence[Summary], comparison: Comparison | None) -> str:
    """Write the page."""
    template = (files("naming.evaluation") / "page.html").read_text("utf-8")
    style = template.partition("<style>")[2].partition("</style>")[0]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    head, tail = template.replace("{{policy}}", policy).split("{{body}}")
    return head + "\n".join(_body(summaries, comparison)) + tail


def _body(summaries: Sequence[Summary], comparison: Comparison | None) -> Iterator[str]:
    letters = LETTERS[: len(summaries)] if comparison else [""]
    yield "<h1>How good the names are</h1>"
    if comparison is not None:
        yield f'<p class="verdict"><strong>{escape(verdict(summaries, comparison))}</strong></p>'
    for letter, summary in zip(letters, summaries, strict=True):
        yield from _variant(letter, summary)
    if comparison is not None:
        yield "<h2>B - A, measure by measure</h2>"
        yield '<p class="quiet">Above zero B is better; noise is a difference that may be none.</p>'
        yield _table(["measure", "A", "B", "B - A", "95 % interval", ""], _differences(comparison))
    columns = [(f"{letter} mean", "", f"{letter} 95 % interval") for letter in letters]
    heads = [head for of_variant in columns for head in of_variant]
    yield "<h2>Measures</h2>"
    yield '<p class="quiet">Means with 95 % intervals over all cases; 1 is best.</p>'
    measures = (
        [_head(name), *_means(summary.overall.measures.get(name) for summary in summaries)]
        for name in MEASURES
    )
    yield _table(["measure", *heads], measures)
    meanings = ([_head(name), f"<td>{escape(meaning)}</td>"] for name, meaning in MEASURES.items())
    yield f"<details><summary>What is measured</summary>{_table([], meanings)}</details>"
    yield "<h2>Score by tag</h2>"
    yield _table(["tag", *heads], _tags(summaries))
    yield "<h2>How scores are spread</h2>"
    heads = [head for letter in letters for head in (f"{letter} cases", "")]
    yield _table(["score from", *heads], _spread(summaries))
    for letter, summary in zip(letters, summaries, strict=True):
        yield f"<h2>The lowest scores{f' of {letter}' if letter else ''}</h2>"
        heads = ["score", "case and prompt", "given", "wanted", "missed"]
        yield _table(heads, map(_case, worst(summary.results)))


def _variant(letter: str, summary: Summary) -> Iterator[str]:
    parts = (f"{letter}:" if letter else "", printable(summary.variant.label))
    label, described = " ".join(filter(None, parts)), printable(summary.variant.described)
    cases = f"{summary.overall.cases:,} cases"
    yield f"<p><strong>{escape(label)}</strong> {cases}, {escape(described)}</p>"
    lines = list(how_it_went(summary))
    if summary.missing:
        lines.append(f"not in the replay: {printable(', '.join(summary.missing))}")
    yield from (f'<p class="quiet">{escape(line)}</p>' for line in lines)


def _table(heads: Sequence[str], rows: Iterable[Iterable[str]]) -> str:
    """Write a table; cells come as HTML."""
    head = f"<thead><tr>{''.join(map(_head, heads))}</tr></thead>" if heads else ""
    body = "".join(f"<tr>{''.join(row)}</tr>" for row in rows)
    return f'<div class="wide"><table>{head}<tbody>{body}</tbody></table></div>'


def _head(text: str) -> str:
    return f"<th>{escape(text.strip())}</th>"


def _number(text: str) -> str:
    return f'<td class="number">{text}</td>'


def _means(found: Iterable[MeanInterval | None]) -> Iterator[str]:
    for each in found:
        if each is None:
            yield "<td></td>" * 3
            continue
        yield _number(f"{each.mean:.3f}")
        yield f'<td><meter value="{each.mean:.3f}"></meter></td>'
        yield _number(f"{each.low:.3f} to {each.high:.3f}")


def _differences(comparison: Comparison) -> Iterator[list[str]]:
    for name, apart in comparison.differences.items():
        mine, theirs = comparison.means[name]
        numbers = f"{mine:.3f}", f"{theirs:.3f}", f"{apart.mean:+.3f}"
        interval = f"{apart.low:+.3f} to {apart.high:+.3f}"
        noise = "" if apart.is_above_noise else "noise"
        yield [_head(name), *map(_number, (*numbers, interval)), f"<td>{noise}</td>"]


def _tags(summaries: Sequence[Summary]) -> Iterator[list[str]]:
    for tag, means in summaries[0].by_tag.items():
        found = [summary.by_tag[tag].measures.get("score") for summary in summaries]
        if any(found):
            yield [_head(f"{printable(tag)} ({means.cases:,})"), *_means(found)]


def _spread(summaries: Sequence[Summary]) -> Iterator[list[str]]:
    """Give a row for each tenth of the score, with the number of cases that are in it."""
    counts = [[0] * 10 for _ in summaries]
    for of_variant, summary in zip(counts, summaries, strict=True):
        for result in summary.results:
            if "score" in result.scores:
                of_variant[min(9, int(result.scores["score"] * 10))] += 1
    most = max(1, *map(max, counts))
    for tenth in range(10):
        row = [_head(f"{tenth / 10:.1f}")]
        for of_variant in counts:
            count = of_variant[tenth]
            row += [_number(f"{count:,}"), f'<td><meter max="{most}" value="{count}"></meter></td>']
        yield row


def _case(result: Result) -> Iterator[str]:
    case, outcome = result.case, result.outcome
    assert outcome is not None  # noqa: S101 # what is scored was named
    prompt = _text(case.prompt[:MAX_PROMPT]) + ("…" if len(case.prompt) > MAX_PROMPT else "")
    place, why = printable(case.place), ", ".join(filter(None, (outcome.source, outcome.reason)))
    yield _number(f"{result.scores['score']:.2f}")
    yield f'<td><span class="quiet">{escape(place)}</span><pre>{prompt}</pre></td>'
    yield f'<td>{_names(*outcome.task_name)}<br><span class="quiet">{why}</span></td>'
    yield f"<td>{_names(case.name or '', case.display_name or '')}</td>"
    scores = result.scores.items()
    missed = [f"{name} {value:.2f}" for name, value in scores if value < 1 and name != "score"]
    yield f"<td>{escape(', '.join(missed))}</td>"


def _names(name: str, display_name: str) -> str:
    return f'<span class="name">{_text(name)}</span><br><bdi>{_text(display_name)}</bdi>'


def _text(text: str) -> str:
    """Escape `text`, line breaks kept and whatever is invisible made visible."""
    return escape("\n".join(printable(line) for line in text.split("\n")))
