"""What the SDK raises and how much it may read, turned into reasons.

A reply has a bound on its bytes, before and after decompression, so that none costs more than it
is worth.
"""

from __future__ import annotations

import zlib
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

import anthropic
import httpx2

from naming.claude.api_errors import error_of
from naming.outcome import CannotName, Reason

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Iterator, Mapping

MAX_BODY_BYTES: Final = 1 << 18
"""Bytes. A reply that names a task has about 1,000."""

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
def sdk_errors_as_reasons(
    asked: str = "", sign_in_errors: Mapping[type[Exception], Reason] | None = None
) -> Iterator[None]:
    """Raise CannotName for what the SDK raises while a question about the text `asked` is sent."""
    kinds = sign_in_errors or {}
    try:
        yield
    except anthropic.APITimeoutError as error:
        raise CannotName(Reason.DEADLINE) from error
    except ReplyTooLarge as error:
        raise CannotName(Reason.UNREADABLE) from error
    except anthropic.APIStatusError as error:
        raise error_of(error.status_code, error.body, error.response.headers, asked) from error
    except (anthropic.APIConnectionError, httpx2.TransportError) as error:
        raise CannotName(Reason.UNREACHABLE) from error
    except tuple(kinds) as error:
        reason = next(reason for kind, reason in kinds.items() if isinstance(error, kind))
        raise CannotName(reason) from error
