"""How a body is read: in whichever parts it comes, of the right kind, and never more of it than is allowed."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from litestar import Request

from naming.observability import Metrics
from naming.settings import read_settings
from naming.web import request_body, state
from naming.web.errors import BadRequest
from naming.web.request_body import LARGE_BYTES, NameRequest, decode, read_body, read_request
from naming.web.state import BYTES, KEY, TURN_SECONDS, AppState, RequestState

MOST = 2 * LARGE_BYTES
GONE = {"type": "http.disconnect"}


class Reader:
    """Reads one request from the messages of a server."""

    def __init__(self, *messages: dict[str, Any], whole: bool = False, **headers: str) -> None:
        settings = read_settings(
            {"NAMING_MAX_BODY_BYTES": str(MOST), "NAMING_MAX_HELD_BYTES": str(MOST)}
        )
        self.unread = list(messages)
        self.state = RequestState(whole=whole)
        self.state.app = AppState(settings, Metrics())
        self.state.fields = {b"content-type": b"application/json"} | {
            name.replace("_", "-").encode(): text.encode() for name, text in headers.items()
        }
        self.room = self.state.app.room
        self.scope: Any = {"type": "http", "state": {KEY: self.state}}

    async def receive(self) -> Any:
        return self.unread.pop(0)

    def read(self) -> bytes:
        async def read() -> bytes:
            return await read_body(Request(self.scope, self.receive))

        return asyncio.run(read())

    def problem(self) -> int:
        with pytest.raises(BadRequest) as raised:
            self.read()
        return raised.value.status_code


def parts_of(*parts: bytes) -> list[dict[str, Any]]:
    return [
        {"type": "http.request", "body": part, "more_body": number < len(parts)}
        for number, part in enumerate(parts, 1)
    ]


@given(
    st.lists(st.binary(max_size=40).map(lambda some: some * 500), min_size=1, max_size=6),
    st.booleans(),
)
def test_a_body_is_the_same_in_whichever_parts_it_comes(parts: list[bytes], whole: bool) -> None:  # noqa: RUF100
    reader = Reader(*parts_of(*parts), whole=whole)
    if (size := sum(map(len, parts))) > MOST:
        assert reader.problem() == 413
    else:
        assert reader.read() == b"".join(parts)
        # What is over the size of a small body is held.
        assert reader.room[BYTES] == MOST - max(0, size - LARGE_BYTES)
    reader.room[BYTES] += reader.state.taken.get(BYTES, 0)
    assert reader.room[BYTES] == MOST


@pytest.mark.parametrize("whole", [True, False])
def test_a_body_may_be_as_large_as_the_limit_and_not_a_byte_larger(whole: bool) -> None:  # noqa: RUF100
    assert len(Reader(*parts_of(b"x" * MOST), whole=whole, content_length=str(MOST)).read()) == MOST
    assert (
        Reader(*parts_of(b"x" * (MOST + 1)), whole=whole, content_length=str(MOST + 1)).problem()
        == 413
    )


def test_a_body_that_is_announced_as_too_large_is_not_waited_for() -> None:
    reader = Reader(*parts_of(b"x"), content_length=str(MOST + 1))
    assert reader.problem() == 413
    assert reader.unread
    assert not reader.state.taken


def test_a_length_that_is_no_number_is_for_the_server_to_refuse() -> None:
    assert Reader(*parts_of(b"x"), content_length="many").read() == b"x"


def test_without_room_a_body_is_read_no_further() -> None:
    reader = Reader(*parts_of(b"x" * LARGE_BYTES, b"x", b"x"))
    reader.room[BYTES] = 0
    assert reader.problem() == 503
    assert len(reader.unread) == 1


@pytest.mark.parametrize("size", [1, 1_000, MOST])
def test_a_body_of_any_size_lets_others_go_first(size: int) -> None:
    async def decode(reader: Reader) -> list[str]:
        order: list[str] = []
        loop = asyncio.get_running_loop()
        loop.call_soon(order.append, "other")
        with pytest.raises(BadRequest):
            await read_request(Request(reader.scope, reader.receive))
        return [*order, "decoded"]

    assert asyncio.run(decode(Reader(*parts_of(b" " * size)))) == ["other", "decoded"]


@pytest.mark.parametrize(("seconds", "goes"), [(0.0, 1), (TURN_SECONDS, 2)])
def test_others_go_again_before_what_took_long_to_read_is_named(
    monkeypatch: pytest.MonkeyPatch, seconds: float, goes: int
) -> None:
    clock = [1.0]
    monkeypatch.setattr(state, "time", SimpleNamespace(perf_counter=lambda: clock[0]))

    def decode_slowly(body: bytes) -> NameRequest:
        clock[0] += seconds
        return decode(body)

    async def read(reader: Reader) -> int:
        loop, gone = asyncio.get_running_loop(), 0

        def other() -> None:
            nonlocal gone
            gone += 1
            loop.call_soon(other)

        loop.call_soon(other)
        await read_request(Request(reader.scope, reader.receive))
        return gone

    monkeypatch.setattr(request_body, "decode", decode_slowly)
    assert asyncio.run(read(Reader(*parts_of(b'{"prompt": "fix it"}')))) == goes


def test_of_the_wrong_kind_nothing_is_read() -> None:
    for reader in (
        Reader(*parts_of(b"{}"), content_type="text/plain"),
        Reader(*parts_of(b"{}"), content_encoding="gzip"),
    ):
        assert reader.problem() == 415
        assert reader.unread


def test_a_client_that_leaves_amid_its_body_ends_the_reading() -> None:
    assert Reader(*parts_of(b"{", b"")[:1], GONE).problem() == 400
