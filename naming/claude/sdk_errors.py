"""What the SDK raises and how much it may read, turned into reasons.

A reply has a bound on its bytes, before and after decompression, so that none costs more than it
is worth.
"""

from __future__ import annotations

import time
import zlib
from contextlib import contextmanager
from datetime import UTC
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Final

import anthropic
import httpx2

from naming.outcome import CannotName, Reason

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator, Mapping

MAX_BODY_BYTES: Final = 1 << 18
"""Bytes. A reply that names a task has about 1,000."""

_NAMES_OF_OPTIONAL: Final[Mapping[str, tuple[str, ...]]] = {
    "format": ("format", "json_schema", "schema", "structured"),
    "effort": ("effort",),
    "thinking": ("thinking",),
}
"""The words by which a refusal names each optional field."""

MAX_RETRY_AFTER_LENGTH: Final = 40
"""Characters. The longest form of a date in HTTP has 33."""

_GZIP: Final = 16 + zlib.MAX_WBITS  # what zlib calls a stream with a gzip header


class ReplyTooLarge(anthropic.AnthropicError):
    """A reply had more bytes than any reply needs, or an encoding that nobody asked for."""


async def bound_body(response: httpx2.Response) -> None:
    """Make reading `response` stop at the bound. A response hook of the HTTP client.

    Runs before the body is read.
    """
    encoding = response.headers.pop("content-encoding", "identity").strip().lower()
    if encoding not in {"identity", "", "gzip", "x-gzip", "deflate"}:
        raise ReplyTooLarge
    assert isinstance(response.stream, httpx2.AsyncByteStream)  # noqa: S101 # no other here
    response.stream = _Bounded(response.stream, _decoder(encoding))


def _decoder(encoding: str) -> Callable[[bytes], bytes]:
    if encoding in {"identity", ""}:
        return bytes
    decompress = zlib.decompressobj(zlib.MAX_WBITS if encoding == "deflate" else _GZIP)
    return lambda chunk: decompress.decompress(chunk, MAX_BODY_BYTES + 1)


class _Bounded(httpx2.AsyncByteStream):
    def __init__(self, inner: httpx2.AsyncByteStream, decode: Callable[[bytes], bytes]) -> None:
        self._inner = inner
        self._decode = decode

    async def __aiter__(self) -> AsyncIterator[bytes]:
        taken = 0
        async for chunk in self._inner:
            try:
                decoded = self._decode(chunk)
            except zlib.error as error:
                raise ReplyTooLarge from error
            taken += max(len(chunk), len(decoded))  # endless padding may decode to nothing at all
            if taken > MAX_BODY_BYTES:
                raise ReplyTooLarge
            yield decoded

    async def aclose(self) -> None:
        await self._inner.aclose()


@contextmanager
def sdk_errors_as_reasons() -> Iterator[None]:
    """Raise CannotName for what the SDK raises; a status that asks for less stays as it is."""
    try:
        yield
    except anthropic.APITimeoutError as error:
        raise CannotName(Reason.DEADLINE) from error
    except ReplyTooLarge as error:
        raise CannotName(Reason.UNREADABLE) from error
    except anthropic.APIStatusError:
        raise
    except (anthropic.APIConnectionError, httpx2.TransportError) as error:
        raise CannotName(Reason.UNREACHABLE) from error


def why_declined(error: anthropic.APIStatusError) -> CannotName:
    """Tell the reason of an error status where no field can be left out."""
    why = why_refused(error)
    return why if isinstance(why, CannotName) else CannotName(Reason.BAD_REQUEST)


class InvalidRequest(Exception):  # no error of ours: the sign to ask again without a field
    """The other side refuses the request as it is; `named` says which of its fields."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text.lower()

    def named(self) -> frozenset[str]:
        """Tell which optional fields the refusal speaks of; empty when it names none."""
        named = frozenset(
            name
            for name, words in _NAMES_OF_OPTIONAL.items()
            if any(word in self.text for word in words)
        )
        if not named & {"format", "effort"} and "output_config" in self.text:
            return named | {"format", "effort"}  # the field that holds both
        return named


_SPEND_CODES: Final = ("spend_limit", "spendlimit", "billing", "credit")
_SPEND_WORDS: Final = (
    "usage limit",
    "spend limit",
    "spending limit",
    "spend_limit",
    "credit balance",
)
"""What a type or code, or the text, of an error says of a spend cap.

A text may quote a prompt about billing."""


def why_refused(error: anthropic.APIStatusError) -> CannotName | InvalidRequest:
    """Tell the reason of an error status.

    Documented under "Errors" in the provider's API reference.
    """
    status = error.status_code
    code, said = f"{error.type} {error.error_code}".lower(), f"{error.message} {error.body}".lower()
    told = any(word in code for word in _SPEND_CODES) or any(
        words in said for words in _SPEND_WORDS
    )
    if status == 402 or (status in {400, 403, 429} and told):  # noqa: PLR2004
        return CannotName(Reason.SPEND_LIMIT)
    if status in {400, 422}:
        return InvalidRequest(f"{code} {said}")
    if status < 400:  # noqa: PLR2004 # a redirect, which is not followed
        return CannotName(Reason.UNREACHABLE)
    reason = _REASON_OF_STATUS.get(status) or (
        Reason.OVERLOADED if status >= 500 else Reason.BAD_REQUEST  # noqa: PLR2004
    )
    return CannotName(reason, retry_after_seconds=_retry_after(error.response.headers))


_REASON_OF_STATUS: Final[Mapping[int, Reason]] = {
    401: Reason.AUTHENTICATION,
    403: Reason.AUTHENTICATION,
    404: Reason.MODEL_NOT_FOUND,
    429: Reason.RATE_LIMITED,
}


def _retry_after(headers: Mapping[str, str]) -> float | None:
    """Read `Retry-After` (RFC 9110, section 10.2.3) as seconds from now.

    None for what is no number and no date.
    """
    value = headers.get("retry-after", "").strip()
    if not value.isascii() or len(value) > MAX_RETRY_AFTER_LENGTH:
        return None
    try:
        seconds = float(value) if len(value) <= 9 else _seconds_until(value)  # noqa: PLR2004
    except (ValueError, OverflowError):
        return None
    return seconds if seconds >= 0 else None


def _seconds_until(date: str) -> float:
    """Tell how far away a date such as `Sun, 22 Nov 2026 21:17:00 GMT` is.

    0 for one that has passed.
    """
    then = parsedate_to_datetime(date)
    return max(0.0, (then if then.tzinfo else then.replace(tzinfo=UTC)).timestamp() - time.time())
