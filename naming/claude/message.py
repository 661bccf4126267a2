"""What the Messages API answers: the text of a reply and what it cost.

Knows its JSON, and not the SDK.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

from naming.outcome import CannotName, Reason

if TYPE_CHECKING:
    from collections.abc import Mapping

MAX_COUNTED: Final = 1_000_000_000
"""Tokens. A count beyond it is no count, and not even a number that a counter can add."""


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back: the text of all text blocks, and what it cost in tokens."""

    text: str
    input_tokens: int
    output_tokens: int


class Meter(Protocol):
    """Hears of every reply, also of those that give no name."""

    def heard(self, headers: Mapping[str, str]) -> None:
        """Take note of a reply's headers, such as those of the rate limit."""

    def spent(self, tokens_in: int, tokens_out: int) -> None:
        """Take note of what a reply cost."""


def read_message(body: bytes, meter: Meter | None = None) -> Reply:
    """Take the text out of a Messages reply.

    Raises CannotName for a refusal, a cut or anything that is no reply.
    """
    try:
        message = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise CannotName(Reason.UNREADABLE) from error
    return read_parsed(message, meter)


def read_parsed(message: object, meter: Meter | None = None) -> Reply:
    """Take the text out of a Messages reply that was JSON.

    Raises CannotName, as `read_message` does.
    """
    if not isinstance(message, dict):
        raise CannotName(Reason.UNREADABLE)
    usage = message.get("usage")
    tokens = _tokens(usage, "input_tokens"), _tokens(usage, "output_tokens")
    if meter is not None:
        meter.spent(*tokens)
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
