"""What the SDK raises and how many bytes of a reply it may read and unpack."""

from __future__ import annotations

import zlib
from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import contextmanager
from functools import partial
from typing import Final

import anthropic
import httpx2

from naming.claude.api_errors import error_of
from naming.outcome import CannotName, Reason

MAX_BODY_BYTES: Final = 1 << 18  # bytes. A reply that names a task has about 1,000


class ReplyTooLarge(anthropic.AnthropicError):
    """A reply had more bytes than any reply needs, or an encoding that nobody asked for."""


async def bound_body(response: httpx2.Response) -> None:
    """Make reading `response` stop at the bound; a hook that runs before the body is read."""
    encoding = response.headers.pop("content-encoding", "identity").strip().lower()
    if encoding not in {"identity", "", "gzip", "x-gzip", "deflate"}:
        raise ReplyTooLarge
    assert isinstance(response.stream, httpx2.AsyncByteStream)  # noqa: S101 # no other here
    decode: Callable[[bytes], bytes] = bytes
    if encoding not in {"identity", ""}:
        unpack = zlib.decompressobj(32 + zlib.MAX_WBITS).decompress  # gzip or zlib, as it begins
        decode = partial(unpack, max_length=MAX_BODY_BYTES + 1)
    response.stream = _Bounded(response.stream, decode)


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


_REASON_OF: Final[Mapping[str, Reason]] = {
    "APITimeoutError": Reason.DEADLINE,
    "ReplyTooLarge": Reason.UNREADABLE,
    "APIConnectionError": Reason.UNREACHABLE,
    "TransportError": Reason.UNREACHABLE,  # of httpx2, and of google.auth
    "HTTPClientError": Reason.UNREACHABLE,  # of botocore
    "ServiceRequestError": Reason.UNREACHABLE,  # of azure.core
    "BotoCoreError": Reason.AUTHENTICATION,
    "GoogleAuthError": Reason.AUTHENTICATION,
    "AzureError": Reason.AUTHENTICATION,
    "AnthropicError": Reason.AUTHENTICATION,
}
"""By the name of an error's class or of the nearest above it: most are of extras.

Those that come to `authentication` are raised before anything is sent."""


@contextmanager
def sdk_errors_as_reasons(asked: str = "") -> Iterator[None]:
    """Raise CannotName for what the SDK raises while a question about the text `asked` is sent."""
    try:
        yield
    except anthropic.APIStatusError as error:
        raise error_of(error.status_code, error.body, error.response.headers, asked) from error
    except Exception as error:
        names = (kind.__name__ for kind in type(error).__mro__)
        reason = next((_REASON_OF[name] for name in names if name in _REASON_OF), None)
        if type(error) is RuntimeError and "credentials" in str(error):  # the SDK's for Bedrock
            reason = Reason.AUTHENTICATION
        if reason is None:
            raise
        raise CannotName(reason) from error
