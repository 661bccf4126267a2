"""What models cost, so that a bill can be told before it comes."""

from __future__ import annotations

from typing import Final

PRICES: Final = {"claude-haiku-5-5": (0.10, 0.50)}
"""US dollars for a million tokens in and out, by model."""

PRICES_OF: Final = "November 2026"

BATCH_SHARE: Final = 0.5
"""What a token in a Message Batch costs of that (platform.claude.com, "Batch processing", November 2026)."""


def cost_usd(model: str, tokens_in: int, tokens_out: int, share: float = 1.0) -> float | None:
    """Give what so many tokens cost in US dollars.

    None for a model whose price is not known here.
    """
    price = PRICES.get(model)
    return None if price is None else share * (tokens_in * price[0] + tokens_out * price[1]) / 1e6
