"""A stand-in for Claude in a process of its own: it answers after a fixed time and keeps account of its calls.

What it measures is what the caller achieved: the time in which a call was with the upstream, out of the time in which
so many calls could have been. It is measured here, so that no work of the caller is taken for the upstream's.
"""

from __future__ import annotations

import asyncio
import json
import multiprocessing
import time
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator
    from multiprocessing.connection import Connection

REPLY = {
    "id": "msg_1",
    "type": "message",
    "role": "assistant",
    "model": "fake",
    "content": [
        {
            "type": "text",
            "text": json.dumps({"name": "fix-login-button", "display_name": "Fix login button"}),
        }
    ],
    "stop_reason": "end_turn",
    "stop_sequence": None,
    "usage": {"input_tokens": 500, "output_tokens": 20},
}


@dataclass
class Account:
    """When each call came and when its answer went, by the clock of `time.monotonic`."""

    came: list[float]
    went: list[float]

    def steady(self, calls: int) -> tuple[float, float]:
        """Find when so many calls were first under way, and when the last call came."""
        return self.came[min(calls, len(self.came)) - 1], self.came[-1]

    def in_flight(self, start: float, end: float) -> float:
        """Count the calls that were under way between two times, on average."""
        held = sum(
            max(0.0, min(went, end) - max(came, start))
            for came, went in zip(self.came, self.went, strict=True)
        )
        return held / (end - start)


class _Call(asyncio.Protocol):
    def __init__(self, account: Account, seconds: float, answer: bytes) -> None:
        self._account, self._seconds, self._answer = account, seconds, answer
        self._buffer = b""
        self._transport: asyncio.WriteTransport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.WriteTransport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        head, ended, body = self._buffer.partition(b"\r\n\r\n")
        length = (
            int(head.lower().partition(b"content-length:")[2].split(b"\r\n")[0]) if ended else 0
        )
        if not ended or len(body) < length:
            return
        self._buffer = body[length:]
        self._account.came.append(time.monotonic())
        number = len(self._account.came) - 1
        self._account.went.append(float("inf"))
        asyncio.get_running_loop().call_later(self._seconds, self._reply, number)

    def _reply(self, number: int) -> None:
        self._account.went[number] = time.monotonic()
        self._transport.write(self._answer)


async def _serve(seconds: float, wire: Connection) -> None:
    body = json.dumps(REPLY).encode()
    answer = (
        b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: %d\r\n\r\n"
        % len(body)
        + body
    )
    account, loop = Account([], []), asyncio.get_running_loop()
    server = await loop.create_server(lambda: _Call(account, seconds, answer), "127.0.0.1", 0)
    wire.send(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}")

    def tell() -> None:
        wire.recv()
        wire.send((account.came[:], account.went[:]))
        account.came.clear()
        account.went.clear()

    loop.add_reader(wire.fileno(), tell)
    await asyncio.Event().wait()


def _main(seconds: float, wire: Connection) -> None:
    asyncio.run(_serve(seconds, wire))


class Upstream:
    """A running stand-in."""

    def __init__(self, url: str, wire: Connection) -> None:
        self.url = url
        self._wire = wire

    def account(self) -> Account:
        """Give the account of the calls since the last time this was asked."""
        self._wire.send(None)
        return Account(*self._wire.recv())


@contextmanager
def upstream(seconds: float) -> Iterator[Upstream]:
    """Run a stand-in that answers every call after `seconds`."""
    ours, theirs = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(
        target=_main, args=(seconds, theirs), daemon=True
    )
    process.start()
    theirs.close()  # so that its end is noticed
    try:
        yield Upstream(ours.recv(), ours)
    finally:
        process.kill()
        process.join()
