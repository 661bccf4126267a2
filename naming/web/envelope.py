"""What every answer is wrapped in: a request id, its timing, and one line in the log."""

from __future__ import annotations

import asyncio
import os
import re
import time
from typing import TYPE_CHECKING, Final

from litestar.enums import ScopeType

from naming.web.admission import OPEN_PATHS, Admission, header, refuse
from naming.web.crowd import Crowd, connections_allowed

if TYPE_CHECKING:
    from litestar import Litestar
    from litestar.types import Message, Receive, Scope, Send

    from naming.observability import Metrics
    from naming.observability.log import Log
    from naming.settings import Settings

CLIENT_GONE: Final = 499
"""What the log says of a request whose client left before its answer.

No standard has a status for it."""

_SANE_ID: Final = re.compile(rb"[A-Za-z0-9._-]{1,128}")
KNOWN_PATHS: Final = frozenset(
    {"/v1/names", "/metrics", "/schema/openapi.json", "/", "/playground", *OPEN_PATHS}
)


class Envelope:
    """Notes when a request arrived, lets it in, marks its answer and logs it.

    Never looks at a body.

    It stands around the whole application, not within, because the framework's own middleware
    misses the requests that match no route. `scope["state"]` gets `arrived` (on the loop's clock)
    and `facts` (for the log line); a body that is read has its `place` there. The connection says
    there that a request has come `whole`, that it is answered by a `refusal`, that its client has
    `gone` or that it was `superseded` by a refusal.
    """

    def __init__(self, app: Litestar, log: Log, metrics: Metrics, settings: Settings) -> None:
        self.inner = app
        self._log = log
        self._metrics = metrics
        self._admission = Admission(settings)
        self._draining = False
        self.crowd = Crowd(connections_allowed(settings))
        self.receive_seconds = settings.receive_timeout_ms / 1000
        self.drain_seconds = settings.drain_ms / 1000

    def drain(self) -> None:
        """Say from now on that requests should be sent elsewhere, and part from each client after its next answer."""
        self._draining = True
        self.inner.state["ready"] = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Wrap one request; anything that is no HTTP request passes through."""
        if scope["type"] != ScopeType.HTTP:
            await self.inner(scope, receive, send)
            return
        started = time.perf_counter()  # the loop's clock counts whole milliseconds
        state = scope.setdefault("state", {})
        state["arrived"] = asyncio.get_running_loop().time()
        facts: dict[str, object] = state.setdefault(
            "facts", {}
        )  # a trace has begun it, where there is one
        request_id = _request_id(scope)
        status = 0
        self._metrics.request_begun()
        self._admission.begin()

        async def send_marked(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                marks = [
                    (b"x-request-id", request_id.encode()),
                    (
                        b"server-timing",
                        b"total;dur=%.2f" % ((time.perf_counter() - started) * 1000),
                    ),
                ]
                if (
                    self._draining or "whole" not in state
                ):  # the rest of a body that nobody wants is not waited for
                    marks.append((b"connection", b"close"))
                message["headers"] = [*message["headers"], *marks]
            await send(message)

        try:
            if (refusal := self._admission.why_not(scope)) is None:
                await self.inner(_as_get(scope), receive, send_marked)
            else:
                await refuse(refusal, send_marked)
        except asyncio.CancelledError:
            if "gone" not in state and "superseded" not in state:
                raise
            status = CLIENT_GONE
        finally:
            self._admission.end()
            if "place" in state:
                state["place"].leave()
            path = scope["path"] if scope["path"] in KNOWN_PATHS else "other"
            self._metrics.request_ended(path, status)
            tell = self._log.debug if path in OPEN_PATHS else self._log.info
            seconds = round(time.perf_counter() - started, 6)
            if "superseded" not in state:
                tell(
                    "request",
                    path=path,
                    status=status,
                    seconds=seconds,
                    request_id=request_id,
                    **facts,
                )


def _as_get(scope: Scope) -> Scope:
    """Let whatever answers GET answer HEAD too; the server leaves the body out."""
    return scope if scope["method"] != "HEAD" else {**scope, "method": "GET"}  # type: ignore[return-value,typeddict-item]


def _request_id(scope: Scope) -> str:
    given = header(scope, b"x-request-id")
    return given.decode() if _SANE_ID.fullmatch(given) else os.urandom(16).hex()
