"""What the Messages API answers: the text of a reply, and what it cost.

Knows its JSON, and not the SDK.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

from naming.outcome import CannotName, Reason

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

MAX_COUNTED: Final = 1_000_000_000
"""Tokens. A count beyond it is no count, and not even a number that a counter can add."""

PRICES: Final = {"claude-haiku-5-5": (0.10, 0.50)}
"""US dollars for a million tokens in and out, by model."""

PRICES_OF: Final = "November 2026"

BATCH_SHARE: Final = 0.5
"""What a token in a Message Batch costs of that.

From platform.claude.com, "Batch processing", in November 2026."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back: the text of all text blocks, and what it cost in tokens."""

    text: str
    input_tokens: int
    output_tokens: int


class ReplyObserver(Protocol):
    """Hears of every reply, also of those that give no name."""

    def heard(self, headers: Mapping[str, str]) -> None:
        """Take note of a reply's headers, such as those of the rate limit."""

    def spent(self, tokens_in: int, tokens_out: int) -> None:
        """Take note of what a reply cost."""


class TokenCounter:
    """Counts the tokens of replies; `on_headers` is given what they say of limits."""

    def __init__(self) -> None:
        self.tokens_in = 0
        self.tokens_out = 0
        self.on_headers: Callable[[Mapping[str, str]], None] = lambda _: None

    def heard(self, headers: Mapping[str, str]) -> None:
        """Pass on a reply's headers."""
        self.on_headers(headers)

    def spent(self, tokens_in: int, tokens_out: int) -> None:
        """Take note of what a reply cost."""
        self.tokens_in += tokens_in
        self.tokens_out += tokens_out


def read_message(body: bytes, observer: ReplyObserver | None = None) -> Reply:
    """Take the text out of a Messages reply.

    Raises CannotName for a refusal, a cut or anything that is no reply.
    """
    try:
        message = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise CannotName(Reason.UNREADABLE) from error
    return read_parsed(message, observer)


def read_parsed(message: object, observer: ReplyObserver | None = None) -> Reply:
    """Take the text out of a Messages reply that was JSON.

    Raises CannotName, as `read_message` does.
    """
    if not isinstance(message, dict):
        raise CannotName(Reason.UNREADABLE)
    usage = message.get("usage")
    tokens = _tokens(usage, "input_tokens"), _tokens(usage, "output_tokens")
    if observer is not None:
        observer.spent(*tokens)
    if message.get("stop_reason") == "refusal":
        raise CannotName(Reason.REFUSED)
    if message.get("stop_reason") == "max_tokens":
        raise CannotName(Reason.CUT_SHORT)
    blocks = message.get("content")
    texts = [
        block["text"]
        for block in (blocks if isinstance(blocks, list) else [])
        if isinstance(block, dict)
        and block.get("type") == "text"
        and isinstance(block.get("text"), str)
    ]
    if not texts:
        raise CannotName(Reason.UNREADABLE)
    return Reply("".join(texts), *tokens)


def _tokens(usage: object, kind: str) -> int:
    count = usage.get(kind) if isinstance(usage, dict) else None
    return count if isinstance(count, int) and 0 <= count <= MAX_COUNTED else 0


def cost_usd(model: str, tokens_in: int, tokens_out: int, share: float = 1.0) -> float | None:
    """Give what so many tokens cost in US dollars.

    None for a model whose price is not known here.
    """
    price = PRICES.get(model)
    return None if price is None else share * (tokens_in * price[0] + tokens_out * price[1]) / 1e6
