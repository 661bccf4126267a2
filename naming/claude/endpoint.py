"""The SDK: where Claude lives and as whom it is asked, what a reply may hold, what is raised.

What the SDK's clients read from the environment by themselves is left to them.
"""

import asyncio
import os
import re
import zlib
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http import HTTPStatus
from typing import Any, Final

import anthropic
import httpx2
from anthropic._base_client import AsyncAPIClient
from anthropic.lib.credentials import AccessTokenAuth

from naming.claude.reasons import WAITED_OUT, error_of
from naming.outcome import CannotName, Reason

OFFICIAL_URL: Final = "https://api.anthropic.com"
ANTHROPIC: Final = "anthropic"

_API_PATH: Final = re.compile(
    r"/*(?:/v1(?:/(?:messages(?:/batches|/count_tokens)?|models|complete|chat/completions))?)?/*$",
    re.IGNORECASE,
)
"""A path of the API, or what stands in its place at gateways, at the end of an address."""

MAX_BODY_BYTES: Final = 1 << 18  # bytes. A reply that names a task has about 1,000


class Unconfigured(Exception):
    """The SDK's client cannot be made; the message says in one line what is missing."""


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Where and as whom Claude is called; without a key or a token as the SDK finds."""

    api_key: str | None = field(repr=False)
    model: str
    base_url: str | None = None
    max_connections: int = 64
    call_seconds: float = 10.0
    auth_token: str | None = field(default=None, repr=False)
    headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    cloud: str = ANTHROPIC

    @property
    def address(self) -> str:
        """The address for the SDK: many give that of the API with a path of it."""
        return _API_PATH.sub("", self.base_url or OFFICIAL_URL)

    def connect(
        self,
        http_client: httpx2.AsyncClient | None = None,
        timeout: float | httpx2.Timeout | None = None,
    ) -> AsyncAPIClient:
        """Make the SDK's client. Raises Unconfigured."""
        common: dict[str, Any] = {
            "max_retries": 0,  # the SDK's retries know no deadline; ours do
            "timeout": timeout,
            "http_client": http_client,
            "default_headers": {**self.headers, "accept-encoding": "identity"},
            "open_telemetry": False,
        }
        try:
            return self._client(common)
        except ImportError as error:
            needed = f"needs an extra: pip install 'task-naming[{self.cloud}]'"
            raise Unconfigured(needed) from error
        except (ValueError, RuntimeError, anthropic.AnthropicError) as error:
            raise Unconfigured(" ".join(str(error).split())) from error

    def _client(self, common: dict[str, Any]) -> AsyncAPIClient:
        signs_in = {"authorization", "x-api-key"} & {name.lower() for name in self.headers}
        # What clouds need is an extra, which the SDK would import inside the first call.
        match self.cloud:
            case "bedrock":
                bedrock = anthropic.AsyncAnthropicBedrock(**common)
                if bedrock.api_key is None:
                    import boto3  # noqa: F401, PLC0415 # as said
                return bedrock
            case "vertex":
                import google.auth.exceptions  # noqa: F401, PLC0415 # as said

                vertex = anthropic.AsyncAnthropicVertex(**common)
                if vertex.project_id is None:  # it would ask the credentials for it, and too late
                    raise Unconfigured("vertex needs ANTHROPIC_VERTEX_PROJECT_ID")
                if not signs_in:
                    vertex._client.auth = _Renewal(  # noqa: SLF001 # as below
                        vertex._ensure_access_token,  # noqa: SLF001
                        lambda: setattr(vertex.credentials, "token", None),
                    )
                return vertex
            case "foundry" if os.environ.get("ANTHROPIC_FOUNDRY_API_KEY"):
                return anthropic.AsyncAnthropicFoundry(**common)
            case "foundry":
                from azure.identity import aio  # noqa: PLC0415 # as said

                identity: Any = aio.DefaultAzureCredential()
                scope = "https://ai.azure.com/.default"  # as `foundry.md` of the SDK says
                provider = aio.get_bearer_token_provider(identity, scope)
                entra = anthropic.AsyncAnthropicFoundry(azure_ad_token_provider=provider, **common)
                entra.credentials = identity  # what it closes with itself
                return entra
        key, token = self.api_key, None if self.api_key else self.auth_token
        # A profile may bring an address of its own.
        is_known = bool(key or token or self.base_url or signs_in)
        address = self.address if is_known else None
        sdk = anthropic.AsyncAnthropic(api_key=key, auth_token=token, base_url=address, **common)
        if not is_known and sdk.credentials is None:
            raise Unconfigured("the SDK finds no credentials where these variables point")
        if (tokens := sdk._token_cache) is not None and not signs_in:  # noqa: SLF001
            # The SDK's clients take none from outside, and subclasses of them find no credentials.
            renewal = _Renewal(tokens.async_get_token, tokens.invalidate, AccessTokenAuth(tokens))
            sdk._custom_auth = renewal  # type: ignore[assignment]  # noqa: SLF001
        return sdk


@dataclass(eq=False)
class _Renewal(httpx2.Auth):
    """Sends once more what bore a token that is refused, if a new one comes, once for all of them.

    The SDK's own does so at Anthropic only, and where the SDK may retry, which it may not here.
    `token` gives the one in use, `forget` has the next one fetched, and `sign` may add it at first.
    """

    token: Callable[[], Awaitable[str]]
    forget: Callable[[], None]
    sign: httpx2.Auth = field(default_factory=httpx2.Auth)
    _door: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def async_auth_flow(
        self, request: httpx2.Request
    ) -> AsyncGenerator[httpx2.Request, httpx2.Response]:
        async for signed in self.sign.async_auth_flow(request):
            response = yield signed
        if response.status_code == HTTPStatus.UNAUTHORIZED:
            borne = request.headers["authorization"]
            async with self._door:
                if f"Bearer {await self.token()}" == borne:
                    self.forget()
                request.headers["authorization"] = f"Bearer {await self.token()}"
            # What was streamed is not there a second time.
            is_whole = isinstance(request.stream, httpx2.ByteStream)
            if is_whole and request.headers["authorization"] != borne:
                yield request


@dataclass(eq=False)
class ReplyTooLarge(anthropic.AnthropicError):
    """A reply had more bytes than any reply needs, or an encoding that nobody asked for."""

    response: httpx2.Response


async def bound_body(response: httpx2.Response) -> None:
    """Make reading `response` stop at the bound; a hook that runs before the body is read."""
    encoding = response.headers.pop("content-encoding", "").strip().lower()
    decode: Callable[[bytes], bytes] = bytes
    if encoding in {"gzip", "x-gzip", "deflate"}:
        unpack = zlib.decompressobj(32 + zlib.MAX_WBITS).decompress  # gzip or zlib, as it begins
        decode = partial(unpack, max_length=MAX_BODY_BYTES + 1)
    elif encoding not in {"identity", ""}:
        raise ReplyTooLarge(response)
    assert isinstance(response.stream, httpx2.AsyncByteStream)  # noqa: S101 # no other here
    response.stream = _Bounded(response, response.stream, decode)


@dataclass
class _Bounded(httpx2.AsyncByteStream):
    response: httpx2.Response
    inner: httpx2.AsyncByteStream
    decode: Callable[[bytes], bytes]

    async def __aiter__(self) -> AsyncIterator[bytes]:
        taken = 0
        async for chunk in self.inner:
            try:
                decoded = self.decode(chunk)
            except zlib.error as error:
                raise ReplyTooLarge(self.response) from error
            taken += max(len(chunk), len(decoded))  # endless padding may decode to nothing at all
            if taken > MAX_BODY_BYTES:
                raise ReplyTooLarge(self.response)
            yield decoded

    async def aclose(self) -> None:
        await self.inner.aclose()


_REASON_OF: Final[Mapping[str, Reason]] = {
    "TimeoutException": Reason.DEADLINE,
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
def errors_as_reasons(asked: str = "") -> Iterator[None]:
    """Raise CannotName for what the SDK raises while a question about the text `asked` is sent."""
    try:
        yield
    except anthropic.APIStatusError as error:
        raise error_of(error.status_code, error.body, error.response.headers, asked) from error
    except ReplyTooLarge as error:
        if error.response.is_success:
            raise CannotName(Reason.UNREADABLE) from error
        raise error_of(error.response.status_code, None, error.response.headers) from error
    except Exception as error:
        # The SDK takes whatever is raised while a request is on its way for a failed connection.
        causes = (error.__cause__, error)
        names = (kind.__name__ for each in causes for kind in type(each).__mro__)
        reason = next((_REASON_OF[name] for name in names if name in _REASON_OF), None)
        if type(error) is RuntimeError and "credentials" in str(error):  # the SDK's for Bedrock
            reason = Reason.AUTHENTICATION
        if any(getattr(each, "retryable", False) for each in causes):  # google.auth's word
            reason = Reason.OVERLOADED
        if isinstance(error, anthropic.WorkloadIdentityError) and reason is Reason.AUTHENTICATION:
            told = error_of(max(error.status_code or 0, 401), None, {}).reason
            reason = told if told in WAITED_OUT else reason
        if reason is None:
            raise
        raise CannotName(reason) from error
