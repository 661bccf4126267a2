"""One call to the Messages API through the official SDK: the reply's text and cost, or the reason for having none."""

from __future__ import annotations

import json
import logging
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final, Protocol

import anthropic
import httpx2

from naming.claude.bounded_body import ReplyTooLarge, bound_body
from naming.claude.instructions import SCHEMA, Instructions, fence
from naming.outcome import CannotName, Reason

if TYPE_CHECKING:
    from collections.abc import Mapping

MAX_TOKENS: Final = 200
"""Output tokens. A name and a display name in any script take at most about 80."""

KEEPALIVE_SECONDS: Final = 60.0
"""How long an idle connection is kept. The transport's own 5 s would make sparse traffic pay a handshake each time."""

# The SDK's own debug logging would write whole prompts; nothing that it says is needed beside our one line.
for _library in ("anthropic", "httpx2", "httpcore2", "aiohttp"):
    logging.getLogger(_library).setLevel(logging.CRITICAL + 1)


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where and as whom Claude is called. `api_key` never shows in a repr."""

    api_key: str = field(repr=False)
    model: str
    base_url: str | None = None
    max_connections: int = 64
    call_seconds: float = 10.0


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back: the text of all text blocks, and what it cost in tokens."""

    text: str
    input_tokens: int
    output_tokens: int


_OPTIONAL: Final[Mapping[str, Mapping[str, Any]]] = {
    "format": {"output_config": {"format": {"type": "json_schema", "schema": SCHEMA}}},
    "effort": {"output_config": {"effort": "low"}},
    "thinking": {"thinking": {"type": "disabled"}},
}
"""What is asked for where the other side takes it: current models think by default, at the cost of `max_tokens`."""

_NAMES_OF_OPTIONAL: Final[Mapping[str, tuple[str, ...]]] = {
    "format": ("format", "json_schema", "schema", "structured", "output_config"),
    "effort": ("effort", "output_config"),
    "thinking": ("thinking",),
}
"""The words by which a refusal names each optional field."""


class Meter(Protocol):
    """Hears of every reply, also of those that give no name."""

    def heard(self, headers: Mapping[str, str]) -> None:
        """Take note of a reply's headers, such as those of the rate limit."""

    def spent(self, tokens_in: int, tokens_out: int) -> None:
        """Take note of what a reply cost."""


class Client:
    """Calls one model at one address. Fields that the other side refuses are left out from then on."""

    def __init__(self, endpoint: Endpoint, instructions: Instructions, meter: Meter | None = None) -> None:
        self._endpoint = endpoint
        self._meter = meter
        self._instructions = instructions
        self._refused: frozenset[str] = frozenset()
        limits = httpx2.Limits(
            max_connections=endpoint.max_connections,
            max_keepalive_connections=endpoint.max_connections,
            keepalive_expiry=KEEPALIVE_SECONDS,
        )
        self._sdk = anthropic.AsyncAnthropic(
            api_key=endpoint.api_key,
            base_url=endpoint.base_url,
            max_retries=0,  # the SDK's retries know no deadline; ours do
            timeout=endpoint.call_seconds,  # per phase; the whole call is bounded by whoever awaits it
            http_client=anthropic.DefaultAioHttpClient(
                limits=limits,
                follow_redirects=False,  # a redirect would carry the key elsewhere
                event_hooks={"response": [bound_body]},
            ),
            default_headers={"accept-encoding": "identity"},
            open_telemetry=False,
        )

    @property
    def model(self) -> str:
        """The model that is asked."""
        return self._endpoint.model

    @property
    def refused_fields(self) -> frozenset[str]:
        """The optional fields that the other side was found to refuse."""
        return self._refused

    async def close(self) -> None:
        """Close the connections."""
        await self._sdk.close()

    async def send(self, text: str) -> Reply:
        """Ask for a name of cleaned `text`; without the fields that turn out to be refused. Raises CannotName."""
        try:
            return await self._send(text, self._refused)
        except _BadRequest as error:
            refused = self._refused | (error.named() or frozenset(_OPTIONAL))
            if refused == self._refused:
                raise CannotName(Reason.BAD_REQUEST) from error
        return await self._send_without(text, refused)

    async def _send_without(self, text: str, refused: frozenset[str]) -> Reply:
        try:
            reply = await self._send(text, refused)
        except _BadRequest as error:
            if refused == frozenset(_OPTIONAL):  # it was none of them, so none is remembered
                raise CannotName(Reason.BAD_REQUEST) from error
            return await self._send_without(text, frozenset(_OPTIONAL))
        except CannotName:
            self._refused = refused  # another failure: the fields were taken
            raise
        self._refused = refused
        return reply

    async def _send(self, text: str, without: frozenset[str]) -> Reply:
        optional: dict[str, Any] = {}
        for name, fields in _OPTIONAL.items():
            if name not in without:
                for key, value in fields.items():
                    optional[key] = optional.get(key, {}) | value
        try:
            raw = await self._sdk.messages.with_raw_response.create(
                model=self._endpoint.model,
                max_tokens=MAX_TOKENS,
                system=self._instructions.system,
                messages=[{"role": "user", "content": fence(text)}],
                **optional,
            )
        except anthropic.APIStatusError as error:
            self._tell_limits(error.response.headers)
            raise _why_refused(error) from error
        except anthropic.APITimeoutError as error:
            raise CannotName(Reason.DEADLINE) from error
        except ReplyTooLarge as error:
            raise CannotName(Reason.UNREADABLE) from error
        except anthropic.APIConnectionError as error:
            raise CannotName(Reason.UNREACHABLE) from error
        self._tell_limits(raw.http_response.headers)
        return _read(raw.http_response.content, self._meter)

    def _tell_limits(self, headers: Mapping[str, str]) -> None:
        if self._meter is not None:
            self._meter.heard(headers)


class _BadRequest(Exception):  # no error of ours: the sign to ask again without a field
    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text.lower()

    def named(self) -> frozenset[str]:
        """Tell which optional fields the refusal speaks of; empty when it names none."""
        return frozenset(name for name, words in _NAMES_OF_OPTIONAL.items() if any(word in self.text for word in words))


_SPEND_WORDS: Final = ("usage limit", "spend limit", "spending limit", "spend_limit", "credit balance", "billing")


def _why_refused(error: anthropic.APIStatusError) -> CannotName | _BadRequest:
    """Tell the reason of an error status; documented under "Errors" in the provider's API reference."""
    status = error.status_code
    said = f"{error.type} {error.error_code} {error.message} {error.body}".lower()
    spent = status == 402 or (status in {400, 403, 429} and any(words in said for words in _SPEND_WORDS))  # noqa: PLR2004
    if spent:
        return CannotName(Reason.SPEND_LIMIT)
    if status in {400, 422}:
        return _BadRequest(said)
    if status < 400:  # noqa: PLR2004 # a redirect, which is not followed
        return CannotName(Reason.UNREACHABLE)
    reason = _REASON_OF_STATUS.get(status) or (Reason.OVERLOADED if status >= 500 else Reason.BAD_REQUEST)  # noqa: PLR2004
    return CannotName(reason, retry_after_seconds=_retry_after(error.response.headers))


_REASON_OF_STATUS: Final[Mapping[int, Reason]] = {
    401: Reason.AUTHENTICATION,
    403: Reason.AUTHENTICATION,
    404: Reason.MODEL_NOT_FOUND,
    429: Reason.RATE_LIMITED,
}


def _retry_after(headers: Mapping[str, str]) -> float | None:
    """Read `Retry-After` in seconds (RFC 9110, section 10.2.3); None for anything but a plain positive number."""
    value = headers.get("retry-after", "").strip()
    try:
        seconds = float(value) if value.isascii() and len(value) <= 9 else -1.0  # noqa: PLR2004
    except ValueError:
        return None
    return seconds if seconds >= 0 else None


def _read(body: bytes, meter: Meter | None = None) -> Reply:
    """Take the text out of a Messages reply. Raises CannotName for a refusal, a cut or anything that is no reply."""
    try:
        message = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise CannotName(Reason.UNREADABLE) from error
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
        if isinstance(block, dict) and block.get("type") == "text" and isinstance(block.get("text"), str)
    ]
    if not texts:
        raise CannotName(Reason.UNREADABLE)
    return Reply("\n".join(texts), *tokens)


def _tokens(usage: object, kind: str) -> int:
    count = usage.get(kind) if isinstance(usage, dict) else None
    return count if isinstance(count, int) and count >= 0 else 0
