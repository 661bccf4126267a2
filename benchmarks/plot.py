"""A bar chart as an SVG of its own, logarithmic, readable on light and dark pages."""

from __future__ import annotations

import math
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

WIDTH, LABELS, ROW = 760, 290, 30


def bars(title: str, unit: str, values: Mapping[str, float], ours: str) -> str:
    """Draw `values`, those whose label holds `ours` in another colour."""
    least, most = math.log10(min(values.values()) / 2), math.log10(max(values.values()))
    height = 50 + ROW * len(values)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" font-family="sans-serif" font-size="13">',
        f'<rect width="{WIDTH}" height="{height}" fill="#fff"/>',
        f'<text x="12" y="24" font-weight="bold">{escape(title)}</text>',
    ]
    for row, (label, value) in enumerate(values.items()):
        y, length = (
            40 + ROW * row,
            (math.log10(value) - least) / (most - least) * (WIDTH - LABELS - 110),
        )
        colour = "#2a6fdb" if ours in label else "#9aa5b1"
        parts += [
            f'<text x="{LABELS - 10}" y="{y + 15}" text-anchor="end">{escape(label)}</text>',
            f'<rect x="{LABELS}" y="{y}" width="{length:.0f}" height="20" fill="{colour}"/>',
            f'<text x="{LABELS + length + 8:.0f}" y="{y + 15}">{value:,.0f} {escape(unit)}</text>',
        ]
    return "\n".join([*parts, "</svg>", ""])
