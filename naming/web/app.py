"""The service: `POST /v1/names`, and what operators need beside it."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import json
import os
from functools import partial
from importlib.resources import files
from typing import TYPE_CHECKING

from litestar import Litestar, Response, get

from naming.extraction import name_from_prompt
from naming.observability import CallWatch, Metrics, open_log
from naming.private_errors import hide_messages
from naming.settings import read_settings
from naming.web.errors import on_error
from naming.web.middleware import RequestMiddleware
from naming.web.name_endpoint import create_name
from naming.web.pages import show_front_page, show_playground, try_steps
from naming.web.request_body import JsonRequest
from naming.web.state import KEY, AppState, app_state
from naming.wiring import open_asker

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from naming.observability.log import Log
    from naming.observability.traces import Traces
    from naming.settings import Settings
    from naming.web.middleware import RequestSpan


@get("/health/live")
async def live() -> dict[str, str]:
    """Answer as long as the event loop turns."""
    return {"status": "live"}


@get("/health/ready")
async def ready(request: JsonRequest) -> Response[dict[str, str]]:
    """Answer 200 while names can be given, 503 before and after."""
    if app_state(request.app.state).ready:
        return Response({"status": "ready"})
    return Response({"status": "not ready"}, status_code=503)


@get("/metrics", media_type="text/plain; version=0.0.4")
async def metrics(request: JsonRequest) -> bytes:
    """Show what all workers have counted, in Prometheus' text format."""
    return app_state(request.app.state).metrics.page()


@get("/schema/openapi.json", media_type="application/vnd.oai.openapi+json")
async def show_document(request: JsonRequest) -> bytes:
    """Show what the service takes and gives, as OpenAPI has it."""
    document = json.loads((files("naming.web") / "openapi.json").read_bytes())
    if not app_state(request.app.state).settings.api_keys:
        del document["security"]
    return json.dumps(document).encode()


def create_app(
    settings: Settings | None = None,
    log: Log | None = None,
    counters: Metrics | None = None,
    traces: Traces | None = None,
) -> RequestMiddleware:
    """Build the application that `settings` describe; traces are closed when it stops.

    Without arguments it is a factory for any ASGI server, and the environment tells the settings.
    Without a log of the caller's, all that the process would write goes to one.
    """
    settings = settings or read_settings(os.environ)
    if log is None:
        log = open_log(settings.log_level)
        hide_messages(log.error, log.warning)
    counters = counters or Metrics()
    watch = CallWatch(counters, log)
    span: RequestSpan | None = None
    if settings.traces != "off":
        # An extra, and nothing when off.
        from naming.observability.traces import TracedCalls, Traces  # noqa: PLC0415
        from naming.web.tracing import request_span  # noqa: PLC0415

        traces = traces or Traces(log)
        watch = TracedCalls(counters, log, traces, settings.anthropic_model)
        span = partial(request_span, traces.tracer)
    state = AppState(settings, counters)

    @contextlib.asynccontextmanager
    async def lifespan(_app: Litestar) -> AsyncIterator[None]:
        async with open_asker(settings, watch) as state.ask:
            name_from_prompt("fix it")  # compiles rules and words, which no request shall wait for
            gc.collect()
            # What was imported stays; scanning it again and again would cost pauses of 0.1 s.
            gc.freeze()
            state.ready = True
            yield
            state.ready = False
        if traces is not None:
            await asyncio.to_thread(traces.close)

    pages = [show_playground, try_steps] if settings.playground else [show_front_page]
    app = Litestar(
        route_handlers=[create_name, live, ready, metrics, show_document, *pages],
        lifespan=[lifespan],
        request_class=JsonRequest,
        exception_handlers={Exception: partial(on_error, log)},
        openapi_config=None,
        logging_config=None,  # the framework's own would write rejected bodies
        debug=False,
    )
    app.state[KEY] = state
    return RequestMiddleware(app, log, counters, settings, span)
