"""A Messages API on a loopback socket that misbehaves on demand. It knows HTTP and nothing of the package."""

from __future__ import annotations

import asyncio
import gzip
import json
import socket
import struct
import threading
import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Any, TypeAlias

GOOD = {"name": "fix-login-button", "display_name": "Fix login button"}


@dataclass
class Request:
    """One request as it came in."""

    headers: dict[str, str]
    body: dict[str, Any]
    path: str = ""
    raw: bytes = b""

    @property
    def user_text(self) -> str:
        content = self.body["messages"][-1]["content"]
        return content if isinstance(content, str) else "".join(block["text"] for block in content)

    @property
    def system_text(self) -> str:
        system = self.body["system"]
        return system if isinstance(system, str) else "".join(block["text"] for block in system)


Behaviour: TypeAlias = Callable[[Request, asyncio.StreamWriter], Awaitable[None]]


def http(status: int, body: bytes, *headers: str, content_type: str = "application/json") -> bytes:
    head = [
        f"HTTP/1.1 {status} X",
        f"content-type: {content_type}",
        f"content-length: {len(body)}",
        *headers,
    ]
    return "\r\n".join(head).encode() + b"\r\n\r\n" + body


def message(text: str | None, *, stop_reason: str = "end_turn", **extra: Any) -> dict[str, Any]:
    content = [] if text is None else [{"type": "text", "text": text}]
    return {
        "id": "msg_1",
        "type": "message",
        "role": "assistant",
        "model": "fake",
        "content": content,
        "stop_reason": stop_reason,
        "stop_sequence": None,
        "usage": {"input_tokens": 500, "output_tokens": 20},
    } | extra


def sends(raw: bytes, delay: float = 0.0) -> Behaviour:
    async def behave(_request: Request, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(delay)
        writer.write(raw)

    return behave


def says(text: str | None, *, delay: float = 0.0, **kwargs: Any) -> Behaviour:
    return sends(http(200, json.dumps(message(text, **kwargs)).encode()), delay)


def names(
    name: str = GOOD["name"], display_name: str = GOOD["display_name"], *, delay: float = 0.0
) -> Behaviour:
    return says(json.dumps({"name": name, "display_name": display_name}), delay=delay)


def fails(
    status: int, kind: str = "api_error", said: str = "no", *headers: str, **details: Any
) -> Behaviour:
    error: dict[str, Any] = {"type": kind, "message": said}
    if details:
        error["details"] = details
    return sends(http(status, json.dumps({"type": "error", "error": error}).encode(), *headers))


async def hangs(_request: Request, _writer: asyncio.StreamWriter) -> None:
    await asyncio.sleep(3600)


async def drips(_request: Request, writer: asyncio.StreamWriter) -> None:
    raw = http(200, json.dumps(message(json.dumps(GOOD))).encode())
    for at in range(len(raw)):
        writer.write(raw[at : at + 1])
        await writer.drain()
        await asyncio.sleep(0.2)


async def resets(_request: Request, writer: asyncio.StreamWriter) -> None:
    _reset(writer)


async def resets_inside_the_body(_request: Request, writer: asyncio.StreamWriter) -> None:
    writer.write(http(200, json.dumps(message(json.dumps(GOOD))).encode())[:-40])
    await writer.drain()
    await asyncio.sleep(0.01)
    _reset(writer)


async def ends_inside_the_body(_request: Request, writer: asyncio.StreamWriter) -> None:
    writer.write(http(200, json.dumps(message(json.dumps(GOOD))).encode())[:-40])
    writer.close()


async def never_ends(
    _request: Request, writer: asyncio.StreamWriter, status: bytes = b"200"
) -> None:
    writer.write(
        b"HTTP/1.1 " + status + b" X\r\ncontent-type: application/json\r\n"
        b"transfer-encoding: chunked\r\n\r\n"
    )
    while True:
        writer.write(b"10000\r\n" + b" " * 65536 + b"\r\n")
        await writer.drain()


async def limits_without_end(request: Request, writer: asyncio.StreamWriter) -> None:
    await never_ends(request, writer, b"429")


def _reset(writer: asyncio.StreamWriter) -> None:
    sock = writer.get_extra_info("socket")
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()


def gzip_bomb() -> Behaviour:
    return sends(http(200, gzip.compress(b" " * (200 << 20), 9), "content-encoding: gzip"))


def gzipped() -> Behaviour:
    return sends(
        http(
            200,
            gzip.compress(json.dumps(message(json.dumps(GOOD))).encode()),
            "content-encoding: gzip",
        )
    )


HTML = sends(
    http(200, b"<html><body>Sign in to the hotel's wifi</body></html>", content_type="text/html")
)
TRUNCATED = sends(http(200, json.dumps(message(json.dumps(GOOD))).encode()[:-30]))


def gives(body: Any, status: int = 200) -> Behaviour:
    return sends(http(status, json.dumps(body).encode()))


def streams(*events: Any) -> Behaviour:
    """Answer with events of a stream, though nobody asked for one."""
    lines = [f"event: {each.get('type')}\ndata: {json.dumps(each)}\n\n" for each in events]
    body = f": waiting\n\n{''.join(lines)}data: [DONE]\n\n".encode()
    return sends(http(200, body, content_type="text/event-stream"))


UNMENDABLE: dict[str, tuple[Behaviour, str]] = {
    "credits used up in a 200": (
        gives({"error": {"code": 402, "message": "Insufficient credits"}}),
        "spend_limit",
    ),
    "a wrong key in a 200": (gives({"error": {"code": "401", "message": "no"}}), "authentication"),
    "an account that is not logged in": (
        gives({"base_resp": {"status_code": 1004, "status_msg": "login fail: no secret key"}}),
        "authentication",
    ),
    "a key refused in words": (gives({"detail": "Unauthorized"}), "authentication"),
    "an account without money": (
        gives({"error": {"message": "Insufficient Balance", "type": "unknown_error"}}),
        "spend_limit",
    ),
    "an account that is suspended": (
        gives({"error": {"message": "suspended", "type": "exceeded_current_quota_error"}}, 429),
        "spend_limit",
    ),
    "a budget used up": (
        gives({"error": {"message": "Budget has been exceeded! Max: 5", "code": "400"}}, 400),
        "spend_limit",
    ),
    "a key refused with 400": (
        gives({"error": {"code": 400, "message": "API key not valid. Pass another."}}, 400),
        "authentication",
    ),
    "a model unknown to a proxy": (
        gives({"error": {"message": "Invalid model name passed in model=fake"}}, 400),
        "model_not_found",
    ),
    "a model that is not there": (
        gives({"error": {"message": "The model `fake` does not exist", "code": "model_not_found"}}),
        "model_not_found",
    ),
    "a model that a cloud does not know": (
        gives({"message": "The provided model identifier is invalid."}, 400),
        "model_not_found",
    ),
    "a field of every question": (
        gives({"error": {"message": "Unsupported parameter: 'max_tokens' is not supported"}}, 400),
        "bad_request",
    ),
    "the same in a 200": (
        gives({"error": {"message": "Unsupported parameter: 'max_tokens'", "code": 400}}),
        "bad_request",
    ),
    "a wrong key in a list": (gives([{"error": {"code": 401, "message": "no"}}]), "authentication"),
    "a budget used up before a stream": (
        streams({"error": {"message": "Budget has been exceeded!", "code": "400"}}),
        "spend_limit",
    ),
}
"""What gateways and clouds say of what only a person can mend."""

PASSING: dict[str, tuple[Behaviour, str]] = {
    "overloaded in a 200": (
        gives({"type": "error", "error": {"type": "overloaded_error", "message": "Overloaded"}}),
        "overloaded",
    ),
    "limited in a 200": (gives({"code": 429, "msg": "slow down"}), "rate_limited"),
    "limited in other words": (
        gives({"success": False, "errors": [{"code": 10_000, "message": "Too many requests"}]}),
        "rate_limited",
    ),
    "limited by a code of its own": (
        gives({"error": {"code": "1302", "message": "Rate limit reached for requests"}}),
        "rate_limited",
    ),
    "a type alone in a 200": (
        gives({"type": "error", "error": {"type": "timeout_error"}}),
        "overloaded",
    ),
    "broken inside in a 200": (gives({"status": 502, "message": "no"}), "overloaded"),
    "an error that says nothing": (gives({"error": "oh dear"}), "overloaded"),
    "limited in a list": (
        gives([{"error": {"code": 429, "message": "no", "status": "RESOURCE_EXHAUSTED"}}]),
        "rate_limited",
    ),
    "overloaded inside a stream": (
        streams(
            {"type": "message_start", "message": {"content": []}},
            {"type": "content_block_delta", "delta": {"text": "Fix the rate limit"}},
            {"type": "error", "error": {"type": "overloaded_error", "message": "no"}},
        ),
        "overloaded",
    ),
}
"""What gateways say of what ends by itself."""

BEHAVIOURS: dict[str, tuple[Behaviour, str | None]] = {
    **UNMENDABLE,
    **PASSING,
    "content as text": (says(None, content=json.dumps(GOOD)), None),
    "a tool's input alone": (
        says(None, content=[{"type": "tool_use", "name": "t", "input": GOOD}]),
        None,
    ),
    "whole though cut": (says(json.dumps(GOOD), stop_reason="max_tokens"), None),
    "an error beside a reply": (
        says(json.dumps(GOOD), error={"type": "rate_limit_error"}),
        "rate_limited",
    ),
    "names": (names(), None),
    "gzipped": (gzipped(), None),
    "hangs": (hangs, "deadline"),
    "drips": (drips, "deadline"),
    "resets": (resets, "unreachable"),
    "resets inside the body": (resets_inside_the_body, "unreachable"),
    "ends inside the body": (ends_inside_the_body, "unreachable"),
    "never ends": (never_ends, "unreadable"),
    "gzip bomb": (gzip_bomb(), "unreadable"),
    "unknown encoding": (sends(http(200, b"x", "content-encoding: zstd")), "unreadable"),
    "broken gzip": (sends(http(200, b"not gzip", "content-encoding: gzip")), "unreadable"),
    "html": (HTML, "unreadable"),
    "truncated reply": (TRUNCATED, "unreadable"),
    "not utf-8": (sends(http(200, b'{"content": "\xff"}')), "unreadable"),
    "a list": (sends(http(200, b"[]")), "unreadable"),
    "a list of blocks": (gives([{"type": "text", "text": json.dumps(GOOD)}, 1]), "unreadable"),
    "a stream": (
        streams(
            {"type": "message_start", "message": {"content": []}},
            {"type": "content_block_delta", "delta": {"text": 'Fix "error": rate limit'}},
        ),
        "unreadable",
    ),
    "a list that limits": (gives([{"error": {"code": 429, "message": "no"}}], 429), "rate_limited"),
    "null": (sends(http(200, b"null")), "unreadable"),
    "empty body": (sends(http(200, b"")), "unreadable"),
    "no content": (
        sends(http(200, json.dumps(message(None, content=None)).encode())),
        "unreadable",
    ),
    "empty content": (says(None), "unreadable"),
    "only thinking": (says(None, content=[{"type": "thinking", "thinking": "{}"}]), "unreadable"),
    "truncated json": (says('{"name": "fix-login", "display_na'), "unreadable"),
    "prose": (says("Sure! I would call this one something nice."), "unreadable"),
    "a refusal in json": (
        says('{"name": "sorry", "display_name": "I\'m sorry, but I can\'t help with that"}'),
        "not_a_name",
    ),
    "refusal": (says("{}", stop_reason="refusal"), "refused"),
    "cut short": (says('{"name": "fix', stop_reason="max_tokens"), "cut_short"),
    "redirect": (sends(http(302, b"", "location: http://127.0.0.1:9/")), "unreachable"),
    "spend limit 400": (
        fails(400, "invalid_request_error", "You have reached your specified API usage limits."),
        "spend_limit",
    ),
    "spend limit 429": (
        fails(429, "rate_limit_error", "no", error_code="enforced_spend_limit_reached"),
        "spend_limit",
    ),
    "payment required": (fails(402, "billing_error"), "spend_limit"),
    "bad request": (fails(400, "invalid_request_error", "messages: too odd"), "bad_request"),
    "wrong key": (fails(401, "authentication_error"), "authentication"),
    "forbidden": (fails(403, "permission_error"), "authentication"),
    "no such model": (fails(404, "not_found_error", "model: fake"), "model_not_found"),
    "too large": (fails(413, "request_too_large"), "bad_request"),
    "rate limited": (fails(429, "rate_limit_error", "slow down"), "rate_limited"),
    "rate limited for an hour": (
        fails(429, "rate_limit_error", "slow down", "retry-after: 3600"),
        "rate_limited",
    ),
    "rate limited till a date": (
        fails(429, "rate_limit_error", "slow down", "retry-after: Wed, 21 Oct 2099 07:28:00 GMT"),
        "rate_limited",
    ),
    "broken inside": (fails(500), "overloaded"),
    "broken inside in an unknown encoding": (
        sends(http(500, b"x", "content-encoding: br")),
        "overloaded",
    ),
    "limited without end": (limits_without_end, "rate_limited"),
    "bad gateway": (sends(http(502, b"<html>", content_type="text/html")), "overloaded"),
    "overloaded": (fails(529, "overloaded_error"), "overloaded"),
}
"""Every misbehaviour by name, and the reason that a caller should hear with it."""


@dataclass
class FakeClaude:
    """The server; assign `behave` at any time."""

    behave: Behaviour = field(default_factory=names)
    requests: list[Request] = field(default_factory=list)
    model: dict[str, Any] = field(default_factory=dict)
    """What is told of a model to whoever looks it up; no lookup counts as a request."""
    model_path: str = "/v1/models/"
    connections: set[asyncio.StreamWriter] = field(default_factory=set)
    busy: int = 0
    most_busy: int = 0
    url: str = ""
    behave_is_bad: bool = False

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections.add(writer)
        try:
            while (request := await _read(reader)) is not None:
                if request.path.startswith(self.model_path):
                    await gives(self.model)(request, writer)
                    continue
                self.requests.append(request)
                self.busy += 1
                self.most_busy = max(self.most_busy, self.busy)
                try:
                    if not await self._until_gone(self.behave(request, writer), reader):
                        return
                    await writer.drain()
                finally:
                    self.busy -= 1
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            self.connections.discard(writer)
            writer.close()

    @staticmethod
    async def _until_gone(behaving: Awaitable[None], reader: asyncio.StreamReader) -> bool:
        """Behave until done, or until the client has closed its side."""
        work = asyncio.ensure_future(behaving)
        while not work.done():
            await asyncio.wait([work], timeout=0.02)
            if reader.at_eof() and not work.done():
                work.cancel()
                return False
        await work
        return True

    def wait_until_idle(self, seconds: float = 2.0) -> bool:
        """Wait for the calls in progress to end; False when some still run after `seconds`."""
        until = time.monotonic() + seconds
        while self.busy and time.monotonic() < until:
            time.sleep(0.01)
        return self.busy == 0


async def _read(reader: asyncio.StreamReader) -> Request | None:
    try:
        head = await reader.readuntil(b"\r\n\r\n")
    except asyncio.IncompleteReadError:
        return None
    lines = head.decode("latin-1").split("\r\n")[1:]
    headers = {
        key.strip().lower(): value.strip()
        for key, _, value in (line.partition(":") for line in lines if line)
    }
    body = await reader.readexactly(int(headers.get("content-length", "0")))
    parsed = json.loads(body) if body.startswith(b"{") else {}
    return Request(headers, parsed, head.split(b" ")[1].decode(), body)


@contextmanager
def fake_claude() -> Iterator[FakeClaude]:
    """Run a server on a free loopback port."""
    fake = FakeClaude()
    with serving(fake.serve) as fake.url:
        yield fake


@contextmanager
def serving(
    serve: Callable[[asyncio.StreamReader, asyncio.StreamWriter], Awaitable[None]],
) -> Iterator[str]:
    """Serve connections in a thread of its own; gives the address, and leaves none of them open."""
    loop = asyncio.new_event_loop()
    started, stopping = threading.Event(), asyncio.Event()
    writers: list[asyncio.StreamWriter] = []
    urls: list[str] = []

    async def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writers.append(writer)
        with suppress(asyncio.CancelledError):  # which asyncio would log
            await serve(reader, writer)

    async def run() -> None:
        server = await asyncio.start_server(connected, "127.0.0.1", 0, limit=1 << 22)
        urls.append(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}")
        started.set()
        await stopping.wait()
        server.close()
        for writer in writers:
            writer.transport.abort()  # to close it would wait for unsent bytes to be read
        tasks = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    thread = threading.Thread(target=loop.run_until_complete, args=(run(),), daemon=True)
    thread.start()
    assert started.wait(60)
    try:
        yield urls[0]
    finally:
        loop.call_soon_threadsafe(stopping.set)
        thread.join(60)
        loop.close()
