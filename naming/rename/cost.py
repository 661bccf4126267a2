"""What asking Claude cost, and what a plan would ask and cost before anything is asked."""

from __future__ import annotations

from contextlib import closing
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
from naming.cleaning.bounds import estimate_tokens
from naming.extraction import name_from_request
from naming.rename.good_names import good_name
from naming.rename.scratch import DigestSet

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from naming.rename.plan_file import PlanSettings
    from naming.rename.tasks import Task
    from naming.settings import Settings


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


def estimate(tasks: Iterable[Task], settings: Settings, asked: PlanSettings) -> Iterator[str]:
    """Tell what naming `tasks` would ask and cost: equal prompts once, empty ones not at all."""
    model = settings.anthropic_model
    count, questions, good, tokens = 0, 0, 0, NO_TOKENS
    told = round(estimate_tokens(load_instructions(guide=settings.guide).system))
    with closing(DigestSet()) as seen:
        for task in tasks:
            count += 1
            is_good = good_name(task) is not None
            good += is_good
            if is_good and asked.keep_good:
                continue
            request = asked.request(task.prompt)
            if seen.add(str(request.question)) and name_from_request(request) is not None:
                written, read = (0, told) if questions else (told, 0)  # by the first, by the others
                questions += 1
                tokens += Tokens(
                    round(estimate_tokens(fence(request.question))), TOKENS_OUT, written, read
                )
    yield f"{count:,} tasks, {questions:,} questions to Claude (equal prompts are asked once)"
    yield cost_line(model, tokens, batches=asked.batches)
    share = BATCH_SHARE if asked.batches else 1.0
    uncached = Tokens(tokens.all_input, tokens.output).cost_usd(model, share)
    if uncached is not None:
        yield f"about ${uncached:,.2f} where what Claude is told cannot be cached"
    yield (
        f"{good:,} tasks ({good / max(count, 1):.0%}) hold good words already;"
        " --keep-good names these without asking"
    )
