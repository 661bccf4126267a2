"""One span a request, continuing the caller's trace (W3C); imported only where traces are on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from http import HTTPMethod
from typing import TYPE_CHECKING, Final

from opentelemetry.trace import SpanKind, Status, StatusCode
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

from naming.web.middleware import OPEN_PATHS

if TYPE_CHECKING:
    from litestar.types import HTTPScope
    from opentelemetry.trace import Tracer

    from naming.web.state import RequestState

_CALLERS: Final = TraceContextTextMapPropagator()
_HEADERS: Final = (b"traceparent", b"tracestate")


@contextmanager
def request_span(
    tracer: Tracer, scope: HTTPScope, path: str, state: RequestState
) -> Iterator[None]:
    """Draw a span around a request that is no health check; its log line gets the trace's id."""
    if path in OPEN_PATHS:
        yield
        return
    method = scope["method"] if scope["method"] in HTTPMethod.__members__ else "_OTHER"
    carried = {
        key.decode("latin-1"): value.decode("latin-1")
        for key, value in scope["headers"]
        if key in _HEADERS
    }
    with tracer.start_as_current_span(
        f"{method} {path}",
        context=_CALLERS.extract(carried),
        kind=SpanKind.SERVER,
        attributes={"http.request.method": method, "http.route": path},
        record_exception=False,  # a message may quote a prompt
        set_status_on_exception=False,
    ) as span:
        state.facts["trace_id"] = f"{span.get_span_context().trace_id:032x}"
        yield
        span.set_attribute("http.response.status_code", state.status)
        if state.status >= 500:  # noqa: PLR2004 # what is the server's fault
            span.set_status(Status(StatusCode.ERROR))
        for word in ("source", "reason"):
            if (value := state.facts.get(word)) is not None:
                span.set_attribute(f"naming.{word}", str(value))
