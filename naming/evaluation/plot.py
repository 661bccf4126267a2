"""Plots as SVG: means with their intervals, and how scores are spread.

Colours come from classes, so from a style.
"""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from naming.evaluation.bootstrap import Estimate

STYLE: Final = """
svg { --ink: light-dark(#1b1f27, #e8eaef); --grid: light-dark(#d9dce2, #353b47); max-width: 100%; height: auto;
  font: 13px system-ui, sans-serif; --one: light-dark(#1f5fd0, #86b1ff); --two: light-dark(#b4500b, #f5a867); }
svg text { fill: var(--ink); } svg .grid { stroke: var(--grid); } svg .zero { stroke: var(--ink); }
svg .s0 { fill: var(--one); stroke: var(--one); } svg .s1 { fill: var(--two); stroke: var(--two); }
svg .end { text-anchor: end; } svg .middle { text-anchor: middle; } svg .whisker { stroke-width: 2; opacity: .65; }
"""

WIDTH: Final = 720
LEFT: Final = 190
"""Pixels kept for the labels."""

RIGHT: Final = 96
ROW: Final = 26
SERIES: Final = 11
TOP: Final = 24


def intervals(
    rows: Sequence[tuple[str, Sequence[Estimate | None]]],
    title: str,
    least: float = 0.0,
    most: float = 1.0,
) -> str:
    """Draw a line a row: each series' mean as a dot, and its 95 % interval as a bar through it."""
    apart = max((len(series) for _, series in rows), default=1) - 1
    row = ROW + SERIES * apart
    height = TOP + row * len(rows) + 8
    room = WIDTH - LEFT - RIGHT

    def x(value: float) -> float:
        return LEFT + room * (min(max(value, least), most) - least) / (most - least)

    def draw() -> Iterator[str]:
        for step in range(5):
            value = least + (most - least) * step / 4
            kind = "zero" if value == 0 and least < 0 else "grid"
            yield f'<line class="{kind}" x1="{x(value):.1f}" x2="{x(value):.1f}" y1="{TOP - 4}" y2="{height - 4}"/>'
            yield f'<text class="middle" x="{x(value):.1f}" y="14">{value:.4g}</text>'
        for number, (label, series) in enumerate(rows):
            middle = TOP + row * number + row / 2
            yield f'<text class="end" x="{LEFT - 10}" y="{middle + 4:.1f}">{html.escape(label)}</text>'
            for which, found in enumerate(series):
                if found is None:
                    continue
                y = f"{middle + SERIES * (which - apart / 2):.1f}"
                ends = f'x1="{x(found.low):.1f}" x2="{x(found.high):.1f}"'
                yield f'<line class="s{which} whisker" {ends} y1="{y}" y2="{y}"/>'
                yield f'<circle class="s{which}" cx="{x(found.mean):.1f}" cy="{y}" r="4"/>'
                yield f'<text x="{WIDTH - RIGHT + 12}" y="{y}" dy="4">{found.mean:.3f}</text>'

    return _svg(height, title, draw())


def histogram(series: Sequence[Sequence[float]], title: str) -> str:
    """Draw how many of the values, each from 0 to 1, are in each tenth."""
    counts = [[0] * 10 for _ in series]
    for which, values in enumerate(series):
        for value in values:
            counts[which][min(9, int(value * 10))] += 1
    tallest = max((count for each in counts for count in each), default=0) or 1
    floor, room = 170, (WIDTH - 40) / 10

    def draw() -> Iterator[str]:
        for tenth in range(10):
            left = 20 + room * tenth
            yield f'<text class="middle" x="{left + room / 2:.1f}" y="{floor + 18}">{tenth / 10:.1f}</text>'
            wide = (room - 10) / len(counts)
            for which, each in enumerate(counts):
                tall = 140 * each[tenth] / tallest
                at, top = left + 5 + wide * which, f"{floor - tall:.1f}"
                size = f'width="{wide - 1:.1f}" height="{tall:.1f}"'
                yield f'<rect class="s{which}" x="{at:.1f}" y="{top}" {size}/>'
                if each[tenth]:
                    yield f'<text class="middle" x="{at + wide / 2:.1f}" y="{top}" dy="-4">{each[tenth]}</text>'
        yield f'<line class="grid" x1="20" x2="{WIDTH - 20}" y1="{floor}" y2="{floor}"/>'

    return _svg(floor + 28, title, draw())


def _svg(height: float, title: str, parts: Iterator[str]) -> str:
    said = html.escape(title)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height:.0f}" width="{WIDTH}"'
        f' height="{height:.0f}" role="img" aria-label="{said}"><title>{said}</title>{"".join(parts)}</svg>'
    )
