"""One span a request, continuing the trace of the caller (W3C Trace Context).

Imported only where traces are on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from litestar.enums import ScopeType
from opentelemetry.trace import SpanKind, Status, StatusCode
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

from naming.web.middleware import KNOWN_PATHS, OPEN_PATHS, RequestMiddleware
from naming.web.state import request_state

if TYPE_CHECKING:
    from litestar.types import Message, Receive, Scope, Send
    from opentelemetry.trace import Span, Tracer

METHODS: Final = frozenset(
    {"GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "CONNECT", "QUERY"}
)
_CALLERS: Final = TraceContextTextMapPropagator()


class TracingMiddleware(RequestMiddleware):
    """Draws a span around each request but health checks.

    The trace's id goes into the request's log line.
    """

    def __init__(self, tracer: Tracer, *parts: Any) -> None:  # noqa: ANN401 # as the class above has them
        super().__init__(*parts)
        self._tracer = tracer

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Trace one request; anything else passes through."""
        if scope["type"] != ScopeType.HTTP or scope["path"] in OPEN_PATHS:
            await super().__call__(scope, receive, send)
            return
        route = scope["path"] if scope["path"] in KNOWN_PATHS else "other"
        method = scope["method"] if scope["method"] in METHODS else "_OTHER"
        carried = {
            key.decode("latin-1"): value.decode("latin-1")
            for key, value in scope["headers"]
            if key in _HEADERS
        }
        facts = request_state(scope).facts
        with self._tracer.start_as_current_span(
            f"{method} {route}",
            context=_CALLERS.extract(carried),
            kind=SpanKind.SERVER,
            attributes={"http.request.method": method, "http.route": route},
            record_exception=False,  # a message may quote a prompt
            set_status_on_exception=False,
        ) as span:
            facts["trace_id"] = f"{span.get_span_context().trace_id:032x}"

            async def send_noting(message: Message) -> None:
                if message["type"] == "http.response.start":
                    _note_status(span, message["status"])
                await send(message)

            try:
                await super().__call__(scope, receive, send_noting)
            finally:
                for word in ("source", "reason"):
                    if (value := facts.get(word)) is not None:
                        span.set_attribute(f"naming.{word}", str(value))


_HEADERS: Final = (b"traceparent", b"tracestate")


def _note_status(span: Span, status: int) -> None:
    span.set_attribute("http.response.status_code", status)
    if status >= 500:  # noqa: PLR2004 # what is the server's fault
        span.set_status(Status(StatusCode.ERROR))
