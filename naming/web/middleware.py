"""What stands around the application, and never looks at a body."""

import asyncio
import hmac
import os
import re
import time
from contextlib import nullcontext
from hashlib import sha256
from typing import TYPE_CHECKING, Any, Final

from litestar import Litestar, Request
from litestar.enums import ScopeType
from litestar.types import Message, Receive, Scope, Send

from naming.observability import Log
from naming.web.connection_limit import ConnectionLimit, connections_allowed
from naming.web.errors import BadRequest
from naming.web.request_head import allowed_hosts
from naming.web.state import AppState, request_state

if TYPE_CHECKING:
    from naming.observability.traces import Traces

CLIENT_GONE: Final = 499  # in the log, for want of a standard one, where a client left
OPEN_PATHS: Final = ("/health/live", "/health/ready")  # what needs no key
_SANE_ID: Final = re.compile(rb"[A-Za-z0-9._-]{1,128}")


class RequestMiddleware:
    """Notes when a request arrived, lets it in, marks its answer, counts and logs it.

    The framework's own middleware would miss the requests that match no route.
    """

    def __init__(self, app: Litestar, shared: AppState, log: Log, traces: "Traces | None") -> None:
        settings = shared.settings
        self.inner = app
        self.shared = shared
        self._log = log
        self._traces = traces
        self._paths = {route.path for route in app.routes}
        self._keys = [sha256(key.text.encode()).digest() for key in settings.api_keys]
        self._hosts = allowed_hosts(settings)
        self.connection_limit = ConnectionLimit(connections_allowed(settings))
        self.receive_seconds = settings.receive_timeout_ms / 1000

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Wrap one request; anything that is no HTTP request passes through."""
        if scope["type"] != ScopeType.HTTP:
            await self.inner(scope, receive, send)
            return
        state = request_state(scope)
        state.app, state.arrived = self.shared, time.perf_counter()
        path = scope["path"] if scope["path"] in self._paths else "other"
        state.fields = dict(reversed([*scope["headers"]]))
        given = state.fields.get(b"x-request-id", b"")
        request_id = given.decode() if _SANE_ID.fullmatch(given) else os.urandom(16).hex()
        facts = state.facts = {"path": path, "status": 0, "seconds": 0.0, "request_id": request_id}
        series = self.shared.metrics.series

        async def send_marked(message: Message) -> None:
            if message["type"] == "http.response.start":
                facts["status"] = message["status"]
                timing = b"total;dur=%.2f" % (state.seconds() * 1000)
                marks = [(b"x-request-id", request_id.encode()), (b"server-timing", timing)]
                # Who stops sends further requests elsewhere; a body's unwanted rest is not awaited.
                if not (self.shared.ready and state.whole) and scope["http_version"] < "2":
                    marks.append((b"connection", b"close"))
                message["headers"] = [*message["headers"], *marks]
            await send(message)

        is_health = path in OPEN_PATHS
        traces = None if is_health else self._traces
        span = nullcontext() if traces is None else traces.request(scope, facts)
        with series("naming_requests_in_progress").track_inprogress(), span:
            try:
                app: Any = self.inner
                if (refusal := state.refusal or self._refusal(scope, state.fields)) is not None:
                    request: Any = Request(scope)
                    app = refusal.to_response(request).to_asgi_response(None, request)
                # The server leaves the body out.
                method = "GET" if scope["method"] == "HEAD" else scope["method"]
                await app({**scope, "method": method}, receive, send_marked)
            except asyncio.CancelledError:
                if not state.gone:
                    raise
                facts["status"] = CLIENT_GONE
            finally:
                for what, number in state.taken.items():
                    self.shared.room[what] += number
                series("naming_requests_total", path, str(facts["status"])).inc()
                facts["seconds"] = round(state.seconds(), 6)
                (self._log.debug if is_health else self._log.info)("request", **facts)

    def _refusal(self, scope: Scope, fields: dict[bytes, bytes]) -> BadRequest | None:
        """Tell why the request is refused; None lets it in."""
        host = fields.get(b"host", b"").strip().decode("latin-1")
        if host and not self._hosts.fullmatch(host):  # one of HTTP/1.0 may have none
            told = "Host names none of this service's hosts; NAMING_ALLOWED_HOSTS lists more"
            return BadRequest(told, status=421)
        # The playground's page asks for the key.
        if not self._keys or scope["path"] == "/" or scope["path"] in OPEN_PATHS:
            return None
        scheme, _, key = fields.get(b"authorization", b"").partition(b" ")
        digest = sha256(key.strip()).digest()
        # Every key is compared, and in constant time, so that timing tells nothing.
        matches = [hmac.compare_digest(digest, known) for known in self._keys]
        if scheme.lower() == b"bearer" and any(matches):
            return None
        told = "show one of the configured keys as Authorization: Bearer KEY"
        return BadRequest(told, status=401)
