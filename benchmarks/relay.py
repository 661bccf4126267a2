"""A relay on loopback that can be cut and slowed: what a network between two servers does on a bad day."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from contextlib import contextmanager
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator


class Weather(StrEnum):
    FINE = "fine"
    SLOW = "slow"
    CUT = "cut"


class Relay:
    """Relays connections to a port; `weather` may be assigned at any time, and cuts what is open."""

    def __init__(self, to_port: int, slow_seconds: float) -> None:
        self.port = 0
        self._to_port = to_port
        self._slow_seconds = slow_seconds
        self._open: set[asyncio.StreamWriter] = set()
        self._weather = Weather.FINE
        self._loop = asyncio.new_event_loop()

    @property
    def weather(self) -> Weather:
        return self._weather

    @weather.setter
    def weather(self, weather: Weather) -> None:
        self._weather = weather
        if weather is Weather.CUT:
            self._loop.call_soon_threadsafe(self._cut)

    def _cut(self) -> None:
        for writer in self._open:
            writer.transport.abort()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._open.add(writer)
        with contextlib.suppress(OSError):
            if self._weather is not Weather.CUT:
                onward_reader, onward_writer = await asyncio.open_connection(
                    "127.0.0.1", self._to_port
                )
                self._open.add(onward_writer)
                await asyncio.gather(
                    self._pass(reader, onward_writer), self._pass(onward_reader, writer)
                )
        self._open.discard(writer)
        writer.transport.abort()

    async def _pass(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with contextlib.suppress(OSError):
            while data := await reader.read(65536):
                if self._weather is Weather.SLOW:
                    await asyncio.sleep(self._slow_seconds)
                writer.write(data)
                await writer.drain()
        self._open.discard(writer)
        writer.transport.abort()

    async def _run(self, started: threading.Event) -> None:
        server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.port = server.sockets[0].getsockname()[1]
        started.set()
        await asyncio.Event().wait()

    def run(self, started: threading.Event) -> None:
        self._loop.run_until_complete(self._run(started))


@contextmanager
def relay(to_port: int, slow_seconds: float) -> Iterator[Relay]:
    it, started = Relay(to_port, slow_seconds), threading.Event()
    threading.Thread(target=it.run, args=(started,), daemon=True).start()
    assert started.wait(5)
    yield it
