"""Counting what a plan holds, by where its names came from and why, and what asking Claude cost."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from naming.claude.prices import BATCH_SHARE, PRICES, PRICES_OF, cost_usd

if TYPE_CHECKING:
    from collections.abc import Iterator

    from naming.rename.plan_file import PlanRow


class Counts:
    """The rows of a plan by source and reason."""

    def __init__(self) -> None:
        self._rows: Counter[tuple[str, str]] = Counter()

    def add(self, row: PlanRow) -> None:
        """Count one row."""
        self._rows[row.source.value, "" if row.reason is None else row.reason.value] += 1

    @property
    def total(self) -> int:
        """Count all rows."""
        return self._rows.total()

    def lines(self) -> Iterator[str]:
        """Write the counts, one line a source and reason, the most frequent first."""
        for (source, reason), count in sorted(
            self._rows.items(), key=lambda pair: (-pair[1], pair[0])
        ):
            yield f"  {count:>9,}  {source}{f' ({reason})' if reason else ''}"


def cost_line(model: str, tokens_in: int, tokens_out: int, *, batches: bool = False) -> str:
    """Write what so many tokens cost, at the price of batches where they come in batches."""
    tokens = f"tokens: {tokens_in:,} in, {tokens_out:,} out"
    share = BATCH_SHARE if batches else 1.0
    cost = cost_usd(model, tokens_in, tokens_out, share)
    if cost is None:
        return f"{tokens}; the price of {model} is not known here"
    price_in, price_out = (price * share for price in PRICES[model])
    return (
        f"{tokens}; about ${cost:,.2f} (an estimate, at ${price_in:.2f} in and ${price_out:.2f} out"
        f" per million tokens, the price of {model}{' in batches' if batches else ''} in {PRICES_OF})"
    )
