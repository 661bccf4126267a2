"""The service: `POST /v1/names`, and what operators need beside it."""

from __future__ import annotations

import asyncio
import contextlib
import gc
import os
from typing import TYPE_CHECKING, Any

from litestar import Litestar, Response, get, post
from litestar.exceptions import HTTPException
from litestar.params import JSONBody

from naming.chain import name_task
from naming.extraction import name_from_prompt
from naming.observability import CallWatch, Metrics, open_log
from naming.outcome import Source
from naming.private_errors import hide_messages
from naming.settings import read_settings
from naming.template import Template
from naming.uniqueness import told_apart
from naming.web.capacity import LargeRequests, RequestLimit
from naming.web.errors import (
    BadRequest,
    on_bad_request,
    on_bug,
    on_http_error,
)
from naming.web.front_page import show_front_page
from naming.web.middleware import RequestMiddleware
from naming.web.openapi import DOCUMENT_PATH, write_document
from naming.web.playground import show_page, try_steps
from naming.web.request_body import JsonRequest
from naming.web.schemas import NameAnswer, NameRequest
from naming.web.state import KEY, AppState, app_state, request_state
from naming.wiring import open_asker

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from naming.observability.log import Log
    from naming.observability.traces import Traces
    from naming.settings import Settings


@post("/v1/names", status_code=200)
async def create_name(data: JSONBody[NameRequest], request: JsonRequest) -> NameAnswer:
    """Name the task that a prompt starts: always an answer, always in time."""
    app, state = app_state(request.app.state), request_state(request.scope)
    patience_ms = app.settings.deadline_ms if data.deadline_ms is None else data.deadline_ms
    if state.is_large:
        await app.large_requests.wait_for_turn()
    template = data.template_or(app.template)
    task = data.read(template, app.settings.language)
    outcome = await name_task(task, app.ask, state.arrived + patience_ms / 1000)
    task_name = outcome.task_name
    if outcome.source is not Source.CURRENT:
        frame = template.frame(task_name, template.values(task, data.user or ""))
        task_name = told_apart(task_name, data.taken, frame)
    seconds = asyncio.get_running_loop().time() - state.arrived
    app.metrics.answered(outcome, seconds, patience_ms / 1000)
    state.facts.update(name=task_name.name, source=outcome.source, reason=outcome.reason)
    return NameAnswer(task_name.name, task_name.display_name, outcome.source, outcome.reason)


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


@get(DOCUMENT_PATH, media_type="application/vnd.oai.openapi+json")
async def document(request: JsonRequest) -> bytes:
    """Show what the service takes and gives, as OpenAPI has it."""
    return write_document(locked=bool(app_state(request.app.state).settings.api_keys))


def create_app(
    settings: Settings | None = None,
    log: Log | None = None,
    counters: Metrics | None = None,
    traces: Traces | None = None,
) -> RequestMiddleware:
    """Build the application that `settings` describe; `traces` is closed when it stops.

    Without arguments it is a factory for any ASGI server, and the environment tells the settings.
    """
    if settings is None:
        settings = read_settings(os.environ)
        hide_messages(log := open_log(settings.log_level))
    log = log or open_log(settings.log_level)
    counters = counters or Metrics()
    watch = (
        CallWatch(counters, log)
        if traces is None
        else traces.watch(counters, log, settings.anthropic_model)
    )

    state = AppState(
        settings,
        counters,
        RequestLimit(settings),
        LargeRequests(),
        template=Template(settings.template, settings.max_length),
    )

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

    app = Litestar(
        route_handlers=[
            create_name,
            live,
            ready,
            metrics,
            document,
            *([show_page, try_steps] if settings.playground else [show_front_page]),
        ],
        lifespan=[lifespan],
        request_class=JsonRequest,
        exception_handlers=_handlers(log),
        openapi_config=None,
        logging_config=None,  # the framework's own would write rejected bodies
        debug=False,
    )
    app.state[KEY] = state
    return RequestMiddleware(app, log, counters, settings)


def _handlers(log: Log) -> dict[int | type[Exception], Any]:
    return {
        BadRequest: on_bad_request,
        HTTPException: on_http_error,
        Exception: on_bug(log),
    }
