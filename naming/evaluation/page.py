"""The results as one page for a browser.

Plots, tables and the worst cases, nothing from elsewhere, no script.
"""

from __future__ import annotations

import base64
import hashlib
from html import escape
from typing import TYPE_CHECKING, Final

from naming.evaluation.plot import STYLE as PLOT_STYLE
from naming.evaluation.plot import histogram, intervals
from naming.evaluation.scoring import MEASURES
from naming.evaluation.summary import worst
from naming.evaluation.table import how_it_went, verdict
from naming.evaluation.trouble import plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from naming.evaluation.bootstrap import Estimate
    from naming.evaluation.running import Result
    from naming.evaluation.summary import Comparison, Summary

MAX_PROMPT: Final = 600
"""Characters of a prompt that are shown."""

_STYLE: Final = (
    """
:root { color-scheme: light dark; --ink: light-dark(#1b1f27, #e8eaef); --quiet: light-dark(#5b6472, #a3abb9);
  --line: light-dark(#d9dce2, #353b47); --raised: light-dark(#f5f6f8, #1f232b); }
body { max-width: 1100px; margin: 0 auto; padding: 20px; font: 15px/1.5 system-ui, sans-serif; color: var(--ink);
  background: light-dark(#fff, #16181d); }
h1 { font-size: 24px; margin: 0 0 4px; } h2 { font-size: 18px; margin: 32px 0 8px; } p { margin: 4px 0; }
.quiet { color: var(--quiet); } .verdict { padding: 10px 14px; background: var(--raised); border-radius: 8px; }
.wide { overflow-x: auto; } table { border-collapse: collapse; width: 100%; }
th, td { padding: 6px 10px; text-align: left; vertical-align: top; border-bottom: 1px solid var(--line); }
th { white-space: nowrap; } td.number { text-align: right; font-variant-numeric: tabular-nums; }
.name { font-family: ui-monospace, monospace; font-size: 13px; }
pre { margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; max-height: 9em; overflow: auto;
  font: 13px/1.4 ui-monospace, monospace; unicode-bidi: plaintext; }
bdi { overflow-wrap: anywhere; }
"""
    + PLOT_STYLE
)


def page(summaries: Sequence[Summary], comparison: Comparison | None) -> str:
    """Write the page."""
    digest = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>How good the names are</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
        f"{chr(10).join(_body(summaries, comparison))}\n</body>\n</html>\n"
    )


def _body(summaries: Sequence[Summary], comparison: Comparison | None) -> Iterator[str]:
    yield "<h1>How good the names are</h1>"
    if comparison is not None:
        yield f'<p class="verdict"><strong>{escape(verdict(summaries, comparison))}</strong></p>'
    for letter, summary in zip("AB", summaries, strict=False):
        yield from _side(letter if comparison else "", summary)
    if comparison is not None:
        yield "<h2>B - A, measure by measure</h2>"
        yield '<p class="quiet">Right of zero B is better; a bar that crosses zero is no more than noise.</p>'
        reach = max(
            [
                0.05,
                *(
                    max(abs(found.low), abs(found.high))
                    for found in comparison.differences.values()
                ),
            ]
        )
        rows = [(name, [found]) for name, found in comparison.differences.items()]
        yield intervals(rows, "Differences between the sides with 95 % intervals", -reach, reach)
    yield "<h2>Measures</h2>"
    yield '<p class="quiet">Means with 95 % intervals over all cases; 1 is best.</p>'
    yield intervals(_rows(summaries), "Measures with 95 % intervals")
    yield _meanings()
    yield "<h2>Score by tag</h2>"
    yield intervals(_tag_rows(summaries), "Scores by tag with 95 % intervals")
    yield "<h2>How scores are spread</h2>"
    yield histogram(
        [
            [each.scores["score"] for each in side.results if "score" in each.scores]
            for side in summaries
        ],
        "Cases by tenth of the score",
    )
    for letter, summary in zip("AB", summaries, strict=False):
        yield f"<h2>The lowest scores{f' of {letter}' if comparison else ''}</h2>"
        yield _cases(worst(summary.results))


def _side(letter: str, summary: Summary) -> Iterator[str]:
    label = " ".join(
        part for part in (f"{letter}:" if letter else "", plain(summary.side.label)) if part
    )
    cases = f"{summary.overall.cases:,} cases"
    yield f"<p><strong>{escape(label)}</strong> {cases}, {escape(plain(summary.side.described))}</p>"
    for line in how_it_went(summary):
        yield f'<p class="quiet">{escape(line)}</p>'
    if summary.missing:
        yield f'<p class="quiet">not in the replay: {escape(plain(", ".join(summary.missing)))}</p>'


def _rows(summaries: Sequence[Summary]) -> list[tuple[str, list[Estimate | None]]]:
    return [(name, [side.overall.measures.get(name) for side in summaries]) for name in MEASURES]


def _tag_rows(summaries: Sequence[Summary]) -> list[tuple[str, list[Estimate | None]]]:
    rows = []
    for tag in summaries[0].by_tag:
        found = [side.by_tag[tag].measures.get("score") for side in summaries]
        rows.append((f"{plain(tag)} ({summaries[0].by_tag[tag].cases:,})", found))
    return [row for row in rows if any(row[1])]


def _meanings() -> str:
    lines = "".join(
        f"<tr><th>{escape(name)}</th><td>{escape(meaning)}</td></tr>"
        for name, meaning in MEASURES.items()
    )
    return f'<details><summary>What is measured</summary><div class="wide"><table>{lines}</table></div></details>'


def _cases(results: Sequence[Result]) -> str:
    heads = "".join(
        f"<th>{head}</th>" for head in ("score", "case and prompt", "given", "wanted", "missed")
    )
    rows = "".join(f"<tr>{''.join(_cells(result))}</tr>" for result in results)
    return f'<div class="wide"><table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>'


def _cells(result: Result) -> Iterator[str]:
    case, outcome = result.case, result.outcome
    assert outcome is not None  # noqa: S101 # what is scored was named
    prompt = _text(case.prompt[:MAX_PROMPT]) + ("…" if len(case.prompt) > MAX_PROMPT else "")
    yield f'<td class="number">{result.scores["score"]:.2f}</td>'
    yield f'<td><span class="quiet">{escape(plain(case.place))}</span><pre>{prompt}</pre></td>'
    why = f"{outcome.source}{f', {outcome.reason}' if outcome.reason else ''}"
    yield f'<td>{_names(*outcome.task_name)}<br><span class="quiet">{why}</span></td>'
    yield f"<td>{_names(case.name or '', case.display_name or '')}</td>"
    missed = [
        f"{name} {value:.2f}"
        for name, value in result.scores.items()
        if value < 1 and name != "score"
    ]
    yield f"<td>{escape(', '.join(missed))}</td>"


def _names(name: str, display_name: str) -> str:
    return f'<span class="name">{_text(name)}</span><br><bdi>{_text(display_name)}</bdi>'


def _text(text: str) -> str:
    """Escape `text`, line breaks kept and whatever is invisible made visible."""
    return escape("\n".join(plain(line) for line in text.split("\n")))
