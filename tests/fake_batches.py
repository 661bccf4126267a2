"""A Message Batches API on a loopback socket that keeps its rules and misbehaves on demand. It knows HTTP, not us."""

from __future__ import annotations

import asyncio
import json
import random
import re
import socket
import struct
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

import msgspec

from tests.fake_claude import serving

CUSTOM_ID = re.compile(r"[a-zA-Z0-9_-]{1,64}")
FENCED = re.compile(r"<(task_prompt_[0-9a-f]{8})>\n(.*?)\n</\1>", re.DOTALL)
WORD = re.compile(r"[a-z0-9]+")


class Turn(msgspec.Struct):
    content: str


class Params(msgspec.Struct):
    model: str
    max_tokens: int
    messages: list[Turn]


class Asked(msgspec.Struct):
    custom_id: str
    params: Params

    @property
    def question(self) -> str:
        return self.custom_id.rpartition("_")[2]


class Creation(msgspec.Struct):
    requests: list[Asked]


def prompt_of(content: str) -> str:
    found = FENCED.search(content)
    assert found is not None
    return found[2]


def named(prompt: str) -> dict[str, Any]:
    """What Claude says of most prompts: their first words."""
    words = WORD.findall(prompt.lower())[:5] or ["something"]
    return says(json.dumps({"name": "-".join(words), "display_name": " ".join(words).capitalize()}))


def says(text: str, stop_reason: str = "end_turn") -> dict[str, Any]:
    return {
        "id": "msg_1",
        "type": "message",
        "role": "assistant",
        "model": "fake",
        "content": [{"type": "text", "text": text}],
        "stop_reason": stop_reason,
        "stop_sequence": None,
        "usage": {"input_tokens": 1000, "output_tokens": 30},
    }


def succeeded(message: dict[str, Any]) -> dict[str, Any]:
    return {"type": "succeeded", "message": message}


def errored(kind: str = "api_error", said: str = "no") -> dict[str, Any]:
    return {"type": "errored", "error": {"type": "error", "error": {"type": kind, "message": said}}}


EXPIRED = {"type": "expired"}
CANCELED = {"type": "canceled"}


@dataclass
class Made:
    """A batch as the API keeps it."""

    id: str
    asked: list[Asked]
    times: list[int]
    created_at: float
    ends_at: float
    cancelled_at: float | None = None
    archived: bool = False
    cancels: int = 0
    """How many of its requests a cancellation still reached."""

    @property
    def ended(self) -> bool:
        return time.time() >= self.ends_at


@dataclass
class FakeBatches:
    """The server. Assign any of the first fields at any time."""

    answer: Callable[[str, int], dict[str, Any]] = lambda prompt, _time: succeeded(named(prompt))
    """Gives the result of a request: of its prompt, asked for the how-manieth time."""
    batch_seconds: float = 0.05
    cancel_seconds: float = 0.05
    meddle: Callable[[str, int], str | None] = lambda _what, _nth: None
    """Hears what is asked (message, create, list, look, results, cancel) and for the how-manieth time; says what goes
    wrong."""
    watch: Callable[[str, str], None] = lambda _what, _when: None
    """Is called before and after each request is worked on."""
    say: dict[str, Any] | None = None
    """What an ordinary question is answered with, if not with a name."""
    most_requests: int = 100_000
    most_bytes: int = 256_000_000
    retry_after: str = "0"
    skew_seconds: float = 0.0
    """How far the API's clock is behind."""
    batches: list[Made] = field(default_factory=list)
    messages: list[dict[str, Any]] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)
    bodies: list[int] = field(default_factory=list)
    params: list[dict[str, Any]] = field(default_factory=list)
    """What the first request of each small batch asked for, beside its message."""
    url: str = ""

    def asked(self) -> list[str]:
        """The question of every request that was ever taken into a batch."""
        return [request.question for made in self.batches for request in made.asked]

    def add_foreign(self, requests: int, ids: str = "row-", seconds: float = 0.05) -> Made:
        """Somebody else's program creates a batch."""
        params = Params("x", 5, [Turn("hello")])
        return self._make([Asked(f"{ids}{n}", params) for n in range(requests)], seconds)

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
                headers = {
                    k.lower(): v.strip()
                    for k, _, v in (line.partition(":") for line in head[1:] if line)
                }
                body = await reader.readexactly(int(headers.get("content-length", "0")))
                method, target, _ = head[0].split(" ")
                await self._respond(method, target, body, writer)
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    async def _respond(
        self, method: str, target: str, body: bytes, writer: asyncio.StreamWriter
    ) -> None:
        parts = urlsplit(target)
        what = _what(method, parts.path)
        self.calls.append(what)
        wrong = self.meddle(what, self.calls.count(what)) or ""
        self.watch(what, "before")
        if wrong == "reset before":
            _reset(writer)
        elif wrong[:3].isdecimal():
            await _send(writer, *_error(int(wrong[:3])), f"retry-after: {self.retry_after}")
        else:
            status, reply = self._work(what, parts.path, parse_qs(parts.query), body)
            self.watch(what, "after")
            if wrong == "reset after":
                _reset(writer)
            elif wrong == "silent":
                pass  # until the other side hangs up
            elif wrong.startswith("after "):
                await _send(writer, *_error(int(wrong[6:9])))
            elif wrong == "huge":
                await _send(writer, 200, b" " * (4 << 20))
            elif wrong == "html":
                await _send(writer, 200, b"<html>Sign in to the hotel's wifi</html>")
            else:
                if what == "results" and wrong:
                    reply = _spoilt(reply, wrong)
                await _send(writer, status, reply, cut=wrong == "cut")

    def _work(
        self, what: str, path: str, query: dict[str, list[str]], body: bytes
    ) -> tuple[int, bytes]:
        if what == "message":
            asked = json.loads(body)
            self.messages.append(asked)
            return 200, json.dumps(
                self.say or named(prompt_of(asked["messages"][-1]["content"]))
            ).encode()
        if what == "create":
            return self._create(body)
        if what == "list":
            return self._list(query)
        made = next((made for made in self.batches if f"/{made.id}" in path), None)
        if made is None:
            return _error(404)
        if what == "cancel":
            self._cancel(made)
        if what == "results":
            return self._results(made) if made.ended and not made.archived else _error(404)
        return 200, json.dumps(self._shown(made)).encode()

    def _create(self, body: bytes) -> tuple[int, bytes]:
        self.bodies.append(len(body))
        if len(body) > self.most_bytes:
            return _error(413)
        if len(body) < 1 << 20:
            self.params.append(json.loads(body)["requests"][0]["params"])
        requests = msgspec.json.decode(body, type=Creation).requests
        ids = [asked.custom_id for asked in requests]
        fine = 1 <= len(ids) <= self.most_requests and len(set(ids)) == len(ids)
        if not fine or not all(CUSTOM_ID.fullmatch(custom_id) for custom_id in ids):
            return _error(400)
        return 200, json.dumps(self._shown(self._make(requests, self.batch_seconds))).encode()

    def _make(self, requests: list[Asked], seconds: float) -> Made:
        now = time.time()
        before = Counter(self.asked())
        times = [before[asked.question] + 1 for asked in requests]
        made = Made(f"msgbatch_{len(self.batches):04}", requests, times, now, now + seconds)
        self.batches.append(made)
        return made

    def _cancel(self, made: Made) -> None:
        if not made.ended and made.cancelled_at is None:
            made.cancelled_at = time.time()
            made.cancels = (len(made.asked) + 1) // 2
            made.ends_at = time.time() + self.cancel_seconds

    def _list(self, query: dict[str, list[str]]) -> tuple[int, bytes]:
        limit = int(query.get("limit", ["20"])[0])
        if not 1 <= limit <= 1000:
            return _error(400)
        newest = [self._shown(made) for made in reversed(self.batches)]
        if "after_id" in query:
            at = next(n for n, shown in enumerate(newest) if shown["id"] == query["after_id"][0])
            newest = newest[at + 1 :]
        page = newest[:limit]
        ends = (
            {"first_id": page[0]["id"], "last_id": page[-1]["id"]}
            if page
            else {"first_id": None, "last_id": None}
        )
        return 200, json.dumps({"data": page, "has_more": len(newest) > limit, **ends}).encode()

    def _results(self, made: Made) -> tuple[int, bytes]:
        rows = [
            {"custom_id": asked.custom_id, "result": self._result(made, n)}
            for n, asked in enumerate(made.asked)
        ]
        random.Random(made.id).shuffle(rows)
        return 200, b"".join(json.dumps(row, ensure_ascii=False).encode() + b"\n" for row in rows)

    def _result(self, made: Made, at: int) -> dict[str, Any]:
        if at < made.cancels:
            return CANCELED
        asked = made.asked[at]
        found = FENCED.search(asked.params.messages[-1].content)
        return self.answer(found[2], made.times[at]) if found else succeeded(says("hello"))

    def _shown(self, made: Made) -> dict[str, Any]:
        counts = dict.fromkeys(("processing", "succeeded", "errored", "canceled", "expired"), 0)
        if made.ended:
            for at in range(len(made.asked)):
                kind = self._result(made, at)["type"]
                counts[kind if kind in counts else "errored"] += 1
        else:
            counts["processing"] = len(made.asked)
        status = (
            "ended" if made.ended else "in_progress" if made.cancelled_at is None else "canceling"
        )
        return {
            "id": made.id,
            "type": "message_batch",
            "processing_status": status,
            "request_counts": counts,
            "created_at": self._time(made.created_at),
            "expires_at": self._time(made.created_at + 86_400),
            "ended_at": self._time(made.ends_at) if made.ended else None,
            "archived_at": self._time(made.ends_at) if made.archived else None,
            "cancel_initiated_at": None,
            "results_url": f"{self.url}/v1/messages/batches/{made.id}/results"
            if made.ended
            else None,
        }

    def _time(self, moment: float) -> str:
        return (
            datetime.fromtimestamp(moment - self.skew_seconds, UTC)
            .isoformat()
            .replace("+00:00", "Z")
        )


def _what(method: str, path: str) -> str:
    if path == "/v1/messages":
        return "message"
    if path == "/v1/messages/batches":
        return "create" if method == "POST" else "list"
    return {"results": "results", "cancel": "cancel"}.get(path.rpartition("/")[2], "look")


def _error(status: int) -> tuple[int, bytes]:
    kinds = {
        400: "invalid_request_error",
        401: "authentication_error",
        404: "not_found_error",
        429: "rate_limit_error",
    }
    kind = kinds.get(status, "api_error")
    return status, json.dumps({"type": "error", "error": {"type": kind, "message": "no"}}).encode()


def _spoilt(reply: bytes, wrong: str) -> bytes:
    lines = reply.splitlines(keepends=True)
    if wrong == "duplicates":
        return b"".join(lines + lines[:1] + lines[::-1])
    if wrong == "short":
        return b"".join(lines[:-1])
    if wrong == "half a line":
        return reply[:-20]
    return reply


async def _send(
    writer: asyncio.StreamWriter, status: int, body: bytes, *headers: str, cut: bool = False
) -> None:
    head = [
        f"HTTP/1.1 {status} X",
        "content-type: application/json",
        f"content-length: {len(body)}",
        *headers,
    ]
    writer.write("\r\n".join(head).encode() + b"\r\n\r\n")
    if cut:
        writer.write(body[: len(body) // 2])
        await writer.drain()
        await asyncio.sleep(0.01)
        _reset(writer)
        return
    for at in range(0, len(body), 1 << 16):
        writer.write(body[at : at + (1 << 16)])
        await writer.drain()


def _reset(writer: asyncio.StreamWriter) -> None:
    sock = writer.get_extra_info("socket")
    sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()
    raise ConnectionAbortedError


@contextmanager
def fake_batches() -> Iterator[FakeBatches]:
    """Run a server on a free loopback port."""
    fake = FakeBatches()
    with serving(fake.serve) as fake.url:
        yield fake
