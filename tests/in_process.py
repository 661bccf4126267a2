"""The application in this process, spoken to in ASGI: no socket, no process, no waiting."""

from __future__ import annotations

import asyncio
import io
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from naming.observability import Log
from naming.settings import read_settings
from naming.web.app import create_app
from tests.running_service import Answer, Client


class InProcess(Client):
    """An application that has started, on an event loop that turns only while a request runs."""

    def __init__(self, app: Any, runner: asyncio.Runner, stream: io.StringIO) -> None:
        self.app = app
        self.runner = runner
        self._stream = stream

    def send(
        self,
        method: str,
        path: str,
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        return self.runner.run(self.exchange(method, path, body, headers))

    async def exchange(
        self,
        method: str,
        path: str,
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        """Send one request among others, on the application's own loop."""
        raw, _, query = path.partition("?")
        given = {"content-length": str(len(body or b""))} | dict(headers or {})
        scope = {
            "type": "http",
            "http_version": "1.1",
            "method": method,
            "scheme": "http",
            "path": raw,
            "raw_path": raw.encode(),
            "query_string": query.encode(),
            "root_path": "",
            "headers": [(key.lower().encode(), value.encode()) for key, value in given.items()],
            "client": ("127.0.0.1", 1),
            "server": ("127.0.0.1", 2),
            "extensions": {},
        }
        sent: list[dict[str, Any]] = []

        async def receive() -> dict[str, Any]:
            return {"type": "http.request", "body": body or b"", "more_body": False}

        async def send(message: dict[str, Any]) -> None:
            sent.append(message)

        await self.app(scope, receive, send)
        start = next(message for message in sent if message["type"] == "http.response.start")
        head = {key.decode().lower(): value.decode() for key, value in start["headers"]}
        return Answer(start["status"], head, b"".join(each.get("body", b"") for each in sent))

    def forget_log(self) -> None:
        self._stream.seek(0)
        self._stream.truncate()

    def log_lines(self) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self._stream.getvalue().splitlines()]


@contextmanager
def in_process(**settings: str) -> Iterator[InProcess]:
    """Start the application with `settings` as its only settings, and stop it in the end."""
    stream = io.StringIO()
    read = read_settings(settings)
    app: Any = create_app(read, Log(read.log_level, stream))
    with asyncio.Runner() as runner:
        told: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        said: asyncio.Queue[dict[str, Any]] = asyncio.Queue()

        async def begin() -> tuple[asyncio.Task[None], dict[str, Any]]:
            scope = {"type": "lifespan", "asgi": {"version": "3.0"}, "state": {}}
            life = asyncio.ensure_future(app(scope, told.get, said.put))
            await told.put({"type": "lifespan.startup"})
            return life, await said.get()

        async def end(life: asyncio.Task[None]) -> None:
            await told.put({"type": "lifespan.shutdown"})
            await life

        life, began = runner.run(begin())
        assert began["type"] == "lifespan.startup.complete", began
        yield InProcess(app, runner, stream)
        runner.run(end(life))
