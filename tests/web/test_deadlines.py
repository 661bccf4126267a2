"""What a connection waits for, on a clock that jumps: no socket, and nobody waits."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
import uvicorn
from uvicorn.server import ServerState

from naming.web.connection import LINGER_SECONDS, BoundedHttpProtocol
from naming.web.connection_limit import MAX_REFUSALS, ConnectionLimit, Phase
from naming.web.state import request_state
from tests.virtual_time import run_at_once

PATIENCE = 20.0
GET = b"GET /health/live HTTP/1.1\r\nhost: localhost\r\n\r\n"


class App:
    """An application that answers nothing by itself."""

    receive_seconds = PATIENCE

    def __init__(self, most: int = 10) -> None:
        self.connection_limit = ConnectionLimit(most)
        self.begun: list[Any] = []

    async def __call__(self, _scope: Any, _receive: Any, send: Any) -> None:
        self.begun.append(send)
        await asyncio.Event().wait()


class Wire:
    """A transport that notes what is done with it, and when."""

    def __init__(self) -> None:
        self.done: list[tuple[str, float]] = []

    def _note(self, what: str) -> None:
        self.done.append((what, round(asyncio.get_running_loop().time(), 3)))

    def get_extra_info(self, _name: str) -> None:
        """Know nothing."""

    def is_closing(self) -> bool:
        return any(what in {"abort", "close"} for what, _ in self.done)

    def abort(self) -> None:
        self._note("abort")

    def close(self) -> None:
        self._note("close")

    def write_eof(self) -> None:
        self._note("write_eof")

    def write(self, _data: bytes) -> None:
        self._note("write")

    def pause_reading(self) -> None:
        """Nothing more comes in any case."""

    resume_reading = pause_reading


def opened(app: App) -> tuple[BoundedHttpProtocol, Wire]:
    config = uvicorn.Config(app, log_config=None, lifespan="off", proxy_headers=False)
    connection, wire = BoundedHttpProtocol(config, ServerState(), {}), Wire()
    connection.connection_made(wire)
    return connection, wire


def test_a_client_that_does_not_read_is_cut_once_it_has_had_its_time() -> None:
    async def scene() -> Wire:
        connection, wire = opened(App())
        connection.data_received(GET)
        connection.pause_writing()
        await asyncio.sleep(PATIENCE - 1)
        connection.resume_writing()
        connection.pause_writing()  # it has read, and has its time anew
        await asyncio.sleep(PATIENCE - 1)
        assert wire.done == []
        await asyncio.sleep(2)
        connection.connection_lost(None)
        return wire

    assert run_at_once(scene()).done == [("abort", 2 * PATIENCE - 1)]


@pytest.mark.parametrize("method", [b"GET", b"HEAD"])
def test_an_answer_is_sent_in_one_piece(method: bytes) -> None:
    class Answering(App):
        async def __call__(self, _scope: Any, _receive: Any, send: Any) -> None:
            fields = [(b"content-length", b"2")]
            await send({"type": "http.response.start", "status": 200, "headers": fields})
            await send({"type": "http.response.body", "body": b"{}"})

    async def scene() -> Wire:
        connection, wire = opened(Answering())
        for _ in range(2):
            connection.data_received(GET.replace(b"GET", method))
            await asyncio.sleep(1)
        connection.connection_lost(None)
        return wire

    assert run_at_once(scene()).done[:-1] == [("write", 0.0), ("write", 1.0)]


def test_who_waits_to_be_told_to_go_on_is_told_at_once() -> None:
    class Reading(App):
        async def __call__(self, _scope: Any, receive: Any, _send: Any) -> None:
            self.begun.append(await receive())

    async def scene() -> Wire:
        connection, wire = opened(Reading())
        fields = b"expect: 100-continue\r\ncontent-length: 2\r\n\r\n"
        connection.data_received(GET.removesuffix(b"\r\n") + fields)
        await asyncio.sleep(1)
        connection.connection_lost(None)
        return wire

    assert ("write", 0.0) in run_at_once(scene()).done


@pytest.mark.parametrize(("sent", "what"), [(b"", "write_eof"), (b"GET /", "write")])
def test_a_head_that_does_not_come_is_waited_for_so_long(sent: bytes, what: str) -> None:
    class Answering(App):
        async def __call__(self, _scope: Any, _receive: Any, send: Any) -> None:
            start = {"type": "http.response.start", "status": 408, "headers": []}
            await send(start | {"headers": [(b"content-length", b"0")]})
            await send({"type": "http.response.body"})

    async def scene() -> Wire:
        connection, wire = opened(Answering())
        connection.data_received(sent)
        await asyncio.sleep(PATIENCE + LINGER_SECONDS + 1)
        return wire

    done = run_at_once(scene()).done
    assert done[0] == (what, PATIENCE)
    assert done[-1] == ("abort", PATIENCE + LINGER_SECONDS)


def test_a_request_has_as_long_for_its_head_and_body_together() -> None:
    class Waiting(App):
        async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
            self.begun.append(send)
            while (refusal := request_state(scope).refusal) is None:
                if not (await receive())["more_body"]:
                    await asyncio.Event().wait()
            assert refusal.status_code == 408
            await send({"type": "http.response.start", "status": 408, "headers": []})

    async def next_one() -> Wire:
        connection, wire = opened(Waiting())
        connection.data_received(GET)
        await asyncio.sleep(0)
        await connection.app.begun[0]({"type": "http.response.start", "status": 204, "headers": []})
        await connection.app.begun[0]({"type": "http.response.body"})
        wire.done.clear()
        connection.data_received(b"POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 9\r\n\r\nx")
        await asyncio.sleep(PATIENCE + 1)
        return wire

    async def scene() -> Wire:
        connection, wire = opened(Waiting())
        for part in (b"POST / HTTP/1.1\r\nhost: x\r\n", b"content-length: 9\r\n\r\n", b"x", b"x"):
            connection.data_received(part)
            await asyncio.sleep(PATIENCE / 4 - 1)
        assert wire.done == []
        await asyncio.sleep(5)
        return wire

    assert run_at_once(scene()).done[0] == ("write", PATIENCE)
    assert run_at_once(next_one()).done[0] == ("write", PATIENCE)


def test_the_last_answer_to_a_client_that_sends_no_more_closes_the_connection() -> None:
    async def scene() -> tuple[str, float]:
        connection, wire = opened(App())
        connection.data_received(GET * 2)
        assert connection.eof_received()
        for at in (0, 1):
            await asyncio.sleep(0)
            answer = connection.app.begun[at]
            await answer({"type": "http.response.start", "status": 204, "headers": []})
            assert not wire.is_closing()
            await answer({"type": "http.response.body"})
        return wire.done[-1]

    assert run_at_once(scene()) == ("close", 0.0)


def test_room_is_made_by_closing_who_asks_nothing_and_else_newcomers_are_told_or_cut() -> None:
    async def scene() -> None:
        app = App(most=1)
        kept, wire = opened(app)
        kept.data_received(GET)
        await asyncio.sleep(0)
        told = [opened(app) for _ in range(MAX_REFUSALS + 1)]
        await asyncio.sleep(0)
        assert len(app.begun) == 1 + MAX_REFUSALS
        assert [at for at, (_, each) in enumerate(told) if each.done] == [MAX_REFUSALS]
        app.connection_limit.mark(kept.close_idle, Phase.IDLE)
        _, newest = opened(app)
        assert (wire.done, newest.done) == ([("close", 0.0)], [])

    run_at_once(scene())


def test_a_client_that_has_gone_is_waited_for_no_longer() -> None:
    async def scene() -> list[Any]:
        app = App()
        connection, wire = opened(app)
        connection.data_received(b"GET /")
        wire.close()
        connection.connection_lost(None)
        await asyncio.sleep(2 * PATIENCE)
        return [*app.begun, *wire.done[1:]]

    assert run_at_once(scene()) == []
