"""Message Batches through the official SDK: create, look, read results, cancel."""

from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import Annotated, Any, Final, TypeVar
from urllib.parse import quote

import anthropic
import httpx2
import msgspec

from naming.claude.endpoint import Endpoint, bound_body, errors_as_reasons
from naming.outcome import CannotName, Reason

T = TypeVar("T")

PATH: Final = "/v1/messages/batches"
RESULTS: Final = "/results"
PAGE: Final = 100  # batches a page of the list; the API allows 1 to 1000

CONNECT_SECONDS: Final = 10.0
PATIENCE_SECONDS: Final = 600.0
"""How long each phase of a call may take; the SDK's own default for the API."""

SENT_TOGETHER: Final = 8  # requests, of some thousand bytes each
MAX_LINE_BYTES: Final = 1 << 20  # a line of results has about 1,000; a longer one than this is none

NOT_CREATED: Final = frozenset({400, 401, 402, 403, 404, 413, 422, 429})
"""Statuses of a batch that was not taken; after any other failure nobody knows."""

TAKES_NOTHING: Final = frozenset({503, 529})
"""Statuses of an API too busy; what it took all the same stands in the list at once."""


class Batch(msgspec.Struct, frozen=True):
    """What the API tells of a batch."""

    id: str
    created_at: Annotated[datetime, msgspec.Meta(tz=True)]
    processing_status: str
    request_counts: dict[str, int]
    archived_at: datetime | None = None

    @property
    def requests(self) -> int:
        """Count its requests, in whichever state they are."""
        return sum(self.request_counts.values())

    @property
    def ended(self) -> bool:
        """Tell whether its results are ready."""
        return self.processing_status == "ended"


class _Page(msgspec.Struct, frozen=True):
    data: list[Batch]
    has_more: bool = False


@dataclass(eq=False)
class InDoubt(Exception):
    """A batch may have been created: `was_answered` if the API itself says that it took nothing."""

    reason: Reason
    was_answered: bool


class BatchClient:
    """Speaks with the Message Batches API. Nothing is retried here. Raises CannotName."""

    def __init__(self, endpoint: Endpoint) -> None:
        http_client = anthropic.DefaultAsyncHttpxClient(
            follow_redirects=False,  # a redirect would carry the key elsewhere
            event_hooks={"response": [_bound]},
        )
        timeout = httpx2.Timeout(PATIENCE_SECONDS, connect=CONNECT_SECONDS)
        self._sdk = endpoint.connect(http_client, timeout)

    async def aclose(self) -> None:
        """Close the connections."""
        await self._sdk.close()

    async def create(self, length: int, chunks: Iterable[bytes]) -> Batch:
        """Create a batch. Raises CannotName if it surely was not, InDoubt if it may have been."""
        headers = {"content-type": "application/json", "content-length": str(length)}
        content, options = _stream(chunks), {"headers": headers}
        try:
            return await self._fetch(Batch, self._sdk.post, "", content=content, options=options)
        except CannotName as declined:
            error = declined.__cause__
            status = getattr(error, "status_code", None)
            apart = (httpx2.ConnectError, httpx2.ConnectTimeout)
            if status in NOT_CREATED or isinstance(error and error.__cause__, apart):
                raise
            raise InDoubt(declined.reason, was_answered=status in TAKES_NOTHING) from declined

    async def look(self, batch_id: str) -> Batch:
        """Ask how a batch is doing."""
        return await self._fetch(Batch, self._sdk.get, _path(batch_id))

    async def cancel(self, batch_id: str) -> Batch:
        """Have a batch end early; what is under way in it may still be done."""
        return await self._fetch(Batch, self._sdk.post, f"{_path(batch_id)}/cancel")

    async def recent(self, since: datetime) -> AsyncGenerator[Batch, None]:
        """Give the batches of the workspace that were created since then, the newest first."""
        params: dict[str, Any] = {"limit": PAGE}
        while True:
            page = await self._fetch(_Page, self._sdk.get, "", options={"params": params})
            recent = [batch for batch in page.data if batch.created_at >= since]
            for batch in recent:
                yield batch
            if not page.has_more or not recent:
                return
            params["after_id"] = page.data[-1].id

    async def _fetch(
        self,
        kind: type[T],
        ask: Callable[..., Awaitable[httpx2.Response]],
        path: str,
        **more: Any,  # noqa: ANN401 # as the SDK's own
    ) -> T:
        """Make a call and read its answer, which the SDK would not check."""
        with errors_as_reasons():
            answered = await ask(f"{PATH}{path}", cast_to=httpx2.Response, **more)
        try:
            return msgspec.json.decode(answered.content, type=kind)
        except (msgspec.DecodeError, UnicodeDecodeError) as error:
            raise CannotName(Reason.UNREADABLE) from error

    async def results(self, batch_id: str) -> AsyncGenerator[bytes, None]:
        """Give the results of an ended batch, a line each, in no order; to be closed if left."""
        # Not the results_url: that one would send the key to whatever address a body holds, past a
        # gateway too.
        path, rest = f"{PATH}{_path(batch_id)}{RESULTS}", b""
        headers = {"X-Stainless-Raw-Response": "stream", "accept": "application/binary"}
        with errors_as_reasons():
            response = await self._sdk.get(
                path, cast_to=httpx2.Response, options={"headers": headers}
            )
            try:
                async for chunk in response.aiter_bytes():
                    *lines, rest = (rest + chunk).split(b"\n")
                    for line in lines:
                        yield line
                    if len(rest) > MAX_LINE_BYTES:
                        raise CannotName(Reason.UNREADABLE)
            finally:
                await response.aclose()
        if rest:
            yield rest


def _path(batch_id: str) -> str:
    return f"/{quote(batch_id, safe='')}"


async def _bound(response: httpx2.Response) -> None:
    if not response.request.url.path.endswith(RESULTS):
        await bound_body(response)


async def _stream(chunks: Iterable[bytes]) -> AsyncIterator[bytes]:
    left = iter(chunks)
    while several := b"".join(islice(left, SENT_TOGETHER)):
        yield several
