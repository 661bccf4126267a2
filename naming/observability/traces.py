"""Traces by OpenTelemetry, imported only where they are asked for: they need an extra.

A span tells what kind of thing happened and how long it took: no prompt, no name, no key is ever in
its attributes.
"""

import logging
import os
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPMethod
from typing import Any, Final

from opentelemetry import trace
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.sdk.resources import SERVICE_NAME, SERVICE_VERSION, Resource
from opentelemetry.sdk.trace import ReadableSpan, TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor, SpanExporter, SpanExportResult
from opentelemetry.trace import SpanKind, StatusCode
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

from naming import __version__
from naming.claude.message import Call
from naming.observability.log import Log
from naming.observability.metrics import CallWatch, Metrics

SHUTDOWN_MS: Final = 3000  # how long the last spans may take to leave when the service stops

_CALLERS: Final = TraceContextTextMapPropagator()

# The library logs each failed export with a traceback; one line an outage is enough, and
# `_LoggedExporter` writes it.
logging.getLogger("opentelemetry").setLevel(logging.CRITICAL + 1)


class Traces:
    """Spans on their way to a collector; where to and how, the `OTEL_…` variables say."""

    def __init__(self, log: Log, exporter: SpanExporter | None = None) -> None:
        name = os.environ.get("OTEL_SERVICE_NAME") or "task-naming"
        given = {SERVICE_NAME: name, SERVICE_VERSION: __version__}
        self._provider = TracerProvider(resource=Resource.create(given), shutdown_on_exit=False)
        self._exporter = _LoggedExporter(exporter or OTLPSpanExporter(), log)
        self._provider.add_span_processor(BatchSpanProcessor(self._exporter))
        self.tracer = self._provider.get_tracer("naming")

    @contextmanager
    def request(self, scope: Mapping[str, Any], facts: dict[str, Any]) -> Iterator[None]:
        """Draw a span in the caller's trace (W3C), whose id joins the `facts` of the log line."""
        method = scope["method"] if scope["method"] in HTTPMethod.__members__ else "_OTHER"
        carried = {
            key.decode("latin-1"): value.decode("latin-1") for key, value in scope["headers"]
        }
        with self.tracer.start_as_current_span(
            f"{method} {facts['path']}",
            context=_CALLERS.extract(carried),
            kind=SpanKind.SERVER,
            attributes={"http.request.method": method, "http.route": facts["path"]},
            record_exception=False,  # a message may quote a prompt
            set_status_on_exception=False,
        ) as span:
            facts["trace_id"] = f"{span.get_span_context().trace_id:032x}"
            yield
            span.set_attribute("http.response.status_code", facts["status"])
            if facts["status"] >= 500:  # noqa: PLR2004 # what is the server's fault
                span.set_status(StatusCode.ERROR)
            for word in ("source", "reason"):
                if (value := facts.get(word)) is not None:
                    span.set_attribute(f"naming.{word}", str(value))

    def close(self) -> None:
        """Send what is left, for a moment."""
        if self._exporter.works:
            self._provider.force_flush(SHUTDOWN_MS)
        self._exporter.shutdown()  # else the provider would wait for its tries to end
        self._provider.shutdown()


@dataclass
class _LoggedExporter(SpanExporter):
    """Sends spans by another exporter, and says when that stops working and when it works again."""

    inner: SpanExporter
    log: Log
    works: bool = True

    def export(self, spans: Sequence[ReadableSpan]) -> SpanExportResult:
        result = self.inner.export(spans)
        worked, self.works = self.works, result is SpanExportResult.SUCCESS
        if self.works and not worked:
            self.log.info("traces_sent_again")
        if worked and not self.works:
            remedy = "check OTEL_EXPORTER_OTLP_ENDPOINT and the collector behind it"
            self.log.warning("traces_lost", remedy=remedy)
        return result

    def shutdown(self) -> None:
        self.inner.shutdown()


class TracedCalls(CallWatch):
    """Draws a span for each call to Claude, inside that of the request that waits for it first."""

    def __init__(self, metrics: Metrics, log: Log, traces: Traces) -> None:
        super().__init__(metrics, log)
        self._tracer = traces.tracer

    def called(self, call: Call) -> None:
        """Draw a finished call by OpenTelemetry's conventions for generative AI."""
        super().called(call)
        ended = time.time_ns()
        span = self._tracer.start_span(
            f"chat {call.model}",
            kind=SpanKind.CLIENT,
            start_time=ended - int(call.seconds * 1e9),
            attributes={
                "gen_ai.operation.name": "chat",
                "gen_ai.provider.name": "anthropic",
                "gen_ai.request.model": call.model,
            },
        )
        if call.reply is not None:
            tokens = call.reply.tokens
            span.set_attribute("gen_ai.usage.input_tokens", tokens.all_input)
            span.set_attribute("gen_ai.usage.output_tokens", tokens.output)
            if tokens.cache_read:
                span.set_attribute("gen_ai.usage.cache_read.input_tokens", tokens.cache_read)
        if call.reason is not None:
            span.set_attribute("error.type", call.reason)
            span.set_status(StatusCode.ERROR)
        span.end(ended)

    def reused(self, how: str) -> None:
        """Say on the request's span why no call is in it."""
        super().reused(how)
        trace.get_current_span().set_attribute("naming.reused", how)
