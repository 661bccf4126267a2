"""What asking Claude cost, and what a plan would ask and cost before anything is asked."""

from __future__ import annotations

from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from naming.claude.instructions import fence, load_instructions
from naming.claude.message import (
    BATCH_SHARE,
    NO_TOKENS,
    PRICES,
    PRICES_OF,
    READ_SHARE,
    WRITE_SHARE,
    Tokens,
)
from naming.cleaning import clean
from naming.cleaning.bounds import estimate_tokens
from naming.extraction import name_from_request
from naming.rename.good_names import good_name
from naming.rename.scratch import DigestSet
from naming.request import Request

if TYPE_CHECKING:
    from collections.abc import Iterable

    from naming.rename.tasks import Task


def cost_line(model: str, tokens: Tokens, *, batches: bool = False) -> str:
    """Write what so many tokens cost, at the price of batches where they come in batches."""
    share = BATCH_SHARE if batches else 1.0
    cost = tokens.cost_usd(model, share)
    if cost is None:
        return f"{tokens}; the price of {model} is not known here"
    price_in, price_out = (price * share for price in PRICES[model])
    priced = f"{model}{' in batches' if batches else ''} in {PRICES_OF}"
    return (
        f"{tokens}; about ${cost:,.2f} (an estimate, at ${price_in:.2f} in and ${price_out:.2f} out"
        f" per million tokens, of those in {WRITE_SHARE:g} times that written to the cache"
        f" and {READ_SHARE:g} read from it, the price of {priced})"
    )


TOKENS_OUT: Final = 35
"""Tokens of a usual reply: the two names and the JSON around them."""


@dataclass(slots=True)
class PlanEstimate:
    """How many tasks there are, how many questions they come to, and the tokens of those."""

    tasks: int = 0
    questions: int = 0
    tokens: Tokens = NO_TOKENS
    good: int = 0
    """Tasks whose own words are good names already."""

    def cost_lines(self, model: str, *, batches: bool) -> list[str]:
        """Tell what the questions cost, read from the cache after the first one and not at all."""
        lines = [cost_line(model, self.tokens, batches=batches)]
        share = BATCH_SHARE if batches else 1.0
        uncached = Tokens(self.tokens.all_input, self.tokens.output).cost_usd(model, share)
        if uncached is not None:
            lines.append(f"about ${uncached:,.2f} where what Claude is told cannot be cached")
        return lines


def estimate(tasks: Iterable[Task], *, keep_good: bool = False) -> PlanEstimate:
    """Count what naming `tasks` would ask: equal prompts once, empty ones not at all.

    With `keep_good` nothing is asked about tasks that hold good words already.
    """
    found = PlanEstimate()
    told = round(estimate_tokens(load_instructions().system))
    with closing(DigestSet()) as asked:
        for task in tasks:
            found.tasks += 1
            is_good = good_name(task) is not None
            found.good += is_good
            if is_good and keep_good:
                continue
            text = clean(task.prompt)
            if asked.add(text) and name_from_request(Request(text)) is not None:
                found.questions += 1
                first = told if found.questions == 1 else 0
                asked_tokens = round(estimate_tokens(fence(text)))
                found.tokens += Tokens(asked_tokens, TOKENS_OUT, first, told - first)
    return found
