"""What stands around the application.

It decides by a request's head who is let in, gives the request an id and its answer a timing,
counts it and writes its log line. It never looks at a body.
"""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import ipaddress
import os
import re
import socket
import time
from contextlib import nullcontext
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from litestar import Request
from litestar.enums import ScopeType

from naming.web.capacity import ConnectionLimit, connections_allowed
from naming.web.errors import BadRequest, answer
from naming.web.state import app_state, request_state

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextlib import AbstractContextManager

    from litestar import Litestar
    from litestar.types import HTTPScope, Message, Receive, Scope, Send

    from naming.observability import Metrics
    from naming.observability.log import Log
    from naming.settings import Settings
    from naming.web.state import RequestState

CLIENT_GONE: Final = 499
"""What the log says of a request whose client left before its answer.

No standard has a status for it."""

OPEN_PATHS: Final = ("/health/live", "/health/ready")
"""What needs no key."""

_SANE_ID: Final = re.compile(rb"[A-Za-z0-9._-]{1,128}")

RequestSpan: TypeAlias = "Callable[[HTTPScope, str, RequestState], AbstractContextManager[None]]"
"""What a request runs in, given its scope, its path as it is counted, and what becomes known."""


_NO_SPAN: Final = nullcontext()


class RequestMiddleware:
    """Notes when a request arrived, lets it in, marks its answer, counts and logs it.

    It stands around the whole application, not within, because the framework's own middleware
    misses the requests that match no route.
    """

    def __init__(
        self,
        app: Litestar,
        log: Log,
        metrics: Metrics,
        settings: Settings,
        span: RequestSpan | None = None,
    ) -> None:
        self.inner = app
        self._tell, self._tell_health = log.info, log.debug
        self._metrics = metrics
        self._span = span or (lambda *_: _NO_SPAN)
        self._paths = {route.path for route in app.routes}
        self._keys = [_digest(key.get_secret_value().encode()) for key in settings.api_keys]
        self._hosts = AllowedHosts(settings)
        self._draining = False
        self.connection_limit = ConnectionLimit(connections_allowed(settings))
        self.receive_seconds = settings.receive_timeout_ms / 1000
        self.drain_seconds = settings.drain_ms / 1000

    def drain(self) -> None:
        """Send further requests elsewhere: say so, and close each connection after its answer."""
        self._draining = True
        app_state(self.inner.state).ready = False

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Wrap one request; anything that is no HTTP request passes through."""
        if scope["type"] != ScopeType.HTTP:
            await self.inner(scope, receive, send)
            return
        started = time.perf_counter()  # the loop's clock counts whole milliseconds
        state = request_state(scope)
        state.arrived = asyncio.get_running_loop().time()
        path = scope["path"] if scope["path"] in self._paths else "other"
        given = header(scope, b"x-request-id")
        request_id = given if _SANE_ID.fullmatch(given) else os.urandom(16).hex().encode()
        self._metrics.request_begun()

        async def send_marked(message: Message) -> None:
            if message["type"] == "http.response.start":
                state.status = message["status"]
                milliseconds = (time.perf_counter() - started) * 1000
                marks = [
                    (b"x-request-id", request_id),
                    (b"server-timing", b"total;dur=%.2f" % milliseconds),
                ]
                # The rest of a body that nobody wants is not waited for.
                if (self._draining or not state.whole) and scope["http_version"] < "2":
                    marks.append((b"connection", b"close"))
                message["headers"] = [*message["headers"], *marks]
            await send(message)

        with self._span(scope, path, state):
            try:
                app: Any = self.inner
                if (refusal := state.refusal or self._refusal(scope)) is not None:
                    app = answer(refusal).to_asgi_response(None, Request(scope))
                await app(_as_get(scope), receive, send_marked)
            except asyncio.CancelledError:
                if not (state.gone or state.superseded):
                    raise
                state.status = CLIENT_GONE
            finally:
                if state.held is not None:
                    state.held.release()
                self._metrics.request_ended(path, state.status)
                if not state.superseded:
                    tell = self._tell_health if path in OPEN_PATHS else self._tell
                    seconds = round(time.perf_counter() - started, 6)
                    told = {"path": path, "status": state.status, "seconds": seconds}
                    tell("request", **told, request_id=request_id.decode(), **state.facts)

    def _refusal(self, scope: Scope) -> BadRequest | None:
        """Tell why the request is refused; None lets it in."""
        if not self._hosts.allow(scope):
            told = "Host names none of this service's hosts; NAMING_ALLOWED_HOSTS lists more"
            return BadRequest(told, status=421)
        # The playground's page asks for the key.
        is_open = not self._keys or scope["path"] == "/" or scope["path"] in OPEN_PATHS
        if is_open or self._is_key_shown(scope):
            return None
        told = "show one of the configured keys as Authorization: Bearer KEY"
        return BadRequest(told, status=401)

    def _is_key_shown(self, scope: Scope) -> bool:
        scheme, _, key = header(scope, b"authorization").partition(b" ")
        digest = _digest(key.strip())
        # Every key is compared, and in constant time, so that timing tells nothing.
        matches = [hmac.compare_digest(digest, known) for known in self._keys]
        return scheme.lower() == b"bearer" and any(matches)


class AllowedHosts:
    """Knows for which hosts requests are taken.

    A web page can give its own name the address 127.0.0.1, and so speak to what listens there
    (DNS rebinding). Its browser says that name in Host, so a service on loopback that asks for no
    key takes requests for loopback only.
    """

    def __init__(self, settings: Settings) -> None:
        names = settings.allowed_hosts
        if names or (not settings.api_keys and is_loopback(settings.host)):
            own = f"[{settings.host}]" if ":" in settings.host else settings.host
            names = (*names, own, "localhost", "127.0.0.1", "[::1]")
        patterns = [re.escape(name).replace(r"\*", ".*") for name in names or ["*"]]
        self._allowed = re.compile(rf"(?:{'|'.join(patterns)})\.?(?::\d*)?", re.IGNORECASE)

    def allow(self, scope: Scope) -> bool:
        """Tell whether a request for its Host is taken; one of HTTP/1.0 may have none."""
        host = header(scope, b"host").strip().decode("latin-1")
        return not host or self._allowed.fullmatch(host) is not None


def is_loopback(host: str) -> bool:
    """Tell whether a socket on `host` is reached from this machine only. Raises OSError."""
    (*_, address), *_ = socket.getaddrinfo(host, None, type=socket.SOCK_STREAM)
    return ipaddress.ip_address(str(address[0]).partition("%")[0]).is_loopback


def _digest(key: bytes) -> bytes:
    return hashlib.sha256(key).digest()


def header(scope: Scope, name: bytes) -> bytes:
    """Give the first header field called `name`; empty when there is none."""
    for key, value in scope["headers"]:
        if key == name:
            return value
    return b""


def _as_get(scope: Scope) -> Scope:
    """Let whatever answers GET answer HEAD too; the server leaves the body out."""
    return scope if scope["method"] != "HEAD" else {**scope, "method": "GET"}  # type: ignore[return-value,typeddict-item]
