"""What every answer is wrapped in: a request id, its timing, the key check, and one line in the log."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import re
import time
import uuid
from typing import TYPE_CHECKING, Final

from litestar.datastructures import MutableScopeHeaders
from litestar.enums import ScopeType

from naming.web.problems import MEDIA_TYPE, TITLES, Problem, encode

if TYPE_CHECKING:
    from collections.abc import Iterable

    from litestar import Litestar
    from litestar.types import Message, Receive, Scope, Send
    from structlog.typing import FilteringBoundLogger

    from naming.observability import Metrics

_SANE_ID: Final = re.compile(rb"[A-Za-z0-9._-]{1,128}")
OPEN_PATHS: Final = ("/health/live", "/health/ready")
KNOWN_PATHS: Final = frozenset({"/v1/names", "/metrics", "/schema/openapi.json", *OPEN_PATHS})


class Envelope:
    """Notes when a request arrived, lets it in, marks its answer and logs it. Never looks at a body.

    It stands around the whole application, not within, because the framework's own middleware misses the requests
    that match no route. `scope["state"]` gets `arrived` (on the loop's clock) and `facts` (for the log line).
    """

    def __init__(self, app: Litestar, log: FilteringBoundLogger, metrics: Metrics, keys: Iterable[str]) -> None:
        self.inner = app
        self._log = log
        self._metrics = metrics
        self._digests = [_digest(key.encode()) for key in keys]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Wrap one request; anything that is no HTTP request passes through."""
        if scope["type"] != ScopeType.HTTP:
            await self.inner(scope, receive, send)
            return
        started = time.perf_counter()  # the loop's clock counts whole milliseconds
        state = scope.setdefault("state", {})
        state["arrived"] = asyncio.get_running_loop().time()
        facts: dict[str, object] = state.setdefault("facts", {})  # a trace has begun it, where there is one
        request_id = _request_id(scope)
        status = 0
        self._metrics.request_begun()

        async def send_marked(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = MutableScopeHeaders.from_message(message)
                headers["x-request-id"] = request_id
                headers["server-timing"] = f"total;dur={(time.perf_counter() - started) * 1000:.2f}"
            await send(message)

        try:
            if self._lets_in(scope):
                await self.inner(scope, receive, send_marked)
            else:
                await _refuse(send_marked)
        finally:
            path = scope["path"] if scope["path"] in KNOWN_PATHS else "other"
            self._metrics.request_ended(path, status)
            tell = self._log.debug if path in OPEN_PATHS else self._log.info
            seconds = round(time.perf_counter() - started, 6)
            tell("request", path=path, status=status, seconds=seconds, request_id=request_id, **facts)

    def _lets_in(self, scope: Scope) -> bool:
        if not self._digests or scope["path"] in OPEN_PATHS:
            return True
        shown = _header(scope, b"authorization")
        if shown[:7].lower() != b"bearer ":
            return False
        digest = _digest(shown[7:].strip())
        # Every key is compared, and in constant time, so that timing tells nothing.
        matches = [hmac.compare_digest(digest, known) for known in self._digests]
        return any(matches)


def _digest(key: bytes) -> bytes:
    return hashlib.sha256(key).digest()


def _header(scope: Scope, name: bytes) -> bytes:
    return next((value for key, value in scope["headers"] if key == name), b"")


def _request_id(scope: Scope) -> str:
    given = _header(scope, b"x-request-id")
    return given.decode() if _SANE_ID.fullmatch(given) else uuid.uuid4().hex


async def _refuse(send: Send) -> None:
    body = encode(Problem(TITLES[401], 401, "show one of the configured keys as Authorization: Bearer KEY"))
    headers = [
        (b"content-type", MEDIA_TYPE.encode()),
        (b"content-length", str(len(body)).encode()),
        (b"www-authenticate", b"Bearer"),
    ]
    await send({"type": "http.response.start", "status": 401, "headers": headers})
    await send({"type": "http.response.body", "body": body, "more_body": False})
