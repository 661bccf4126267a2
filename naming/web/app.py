"""The service: `POST /v1/names`, and what operators need beside it."""

import asyncio
import contextlib
import gc
import os
from collections.abc import AsyncIterator
from functools import partial
from typing import Final

from litestar import Litestar

from naming.extraction import name_from_prompt
from naming.observability import CallWatch, Log, Metrics
from naming.private_errors import hide_messages
from naming.settings import Settings, read_settings
from naming.web import endpoints
from naming.web.errors import on_error
from naming.web.middleware import RequestMiddleware
from naming.web.state import AppState
from naming.wiring import open_asker

# Named at the start: they compile rules and words, which no request shall wait for. What reads
# Chinese and Japanese (33 and 37 MB, a quarter of a second) is left to the first prompt in them.
WARMING_UP: Final = ("fix it", "the password: is wrong", "로그인")


def create_app(
    settings: Settings | None = None, log: Log | None = None, counters: Metrics | None = None
) -> RequestMiddleware:
    """Build the application; without arguments, as the environment describes it."""
    settings = settings or read_settings(os.environ)
    if log is None:  # then all that the process would write goes to one
        log = Log(settings.log_level)
        hide_messages(log.error, log.warning)
    counters = counters or Metrics()
    watch, traces = CallWatch(counters, log), None
    if settings.traces != "off":
        from naming.observability.traces import TracedCalls, Traces  # noqa: PLC0415 # an extra

        traces = Traces(log)
        watch = TracedCalls(counters, log, traces)
    shared = AppState(settings, counters)

    @contextlib.asynccontextmanager
    async def lifespan(_app: Litestar) -> AsyncIterator[None]:
        async with open_asker(settings, watch) as shared.ask:
            for prompt in WARMING_UP:
                name_from_prompt(prompt)
            gc.collect()
            # What was imported stays; scanning it again and again would cost pauses of 0.1 s.
            gc.freeze()
            shared.ready = True
            yield
            shared.ready = False
        if traces is not None:
            await asyncio.to_thread(traces.close)

    app = Litestar(
        route_handlers=endpoints.handlers(settings),
        lifespan=[lifespan],
        exception_handlers={Exception: partial(on_error, log)},
        openapi_config=None,
        logging_config=None,  # the framework's own would write rejected bodies
        debug=False,
    )
    return RequestMiddleware(app, shared, log, traces)
