"""The application from inside: what cannot be brought about from outside."""

from __future__ import annotations

import asyncio
import io
import json
import socket
import subprocess
import sys
import tracemalloc
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from naming.healthcheck import is_live
from naming.observability import Log
from naming.settings import Settings
from naming.text import romanization
from naming.web import app as web
from naming.web import request_body
from naming.web.errors import BadRequest
from naming.web.middleware import RequestMiddleware
from tests.running_service import Service

SECRET = "correct-horse-battery-staple-9-q"


async def call(
    app: RequestMiddleware, path: str, body: bytes = b"", method: str = "POST"
) -> tuple[int, bytes]:
    """Send one request to an application that has not been started, and give its status and body."""
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body, "more_body": False}

    async def send(message: Any) -> None:
        sent.append(message)

    headers = [(b"content-type", b"application/json"), (b"content-length", str(len(body)).encode())]
    scope: Any = {
        "type": "http",
        "http_version": "1.1",
        "method": method,
        "scheme": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "root_path": "",
        "headers": headers,
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 2),
        "extensions": {},
    }
    await app(scope, receive, send)  # type: ignore[arg-type]
    start = next(message for message in sent if message["type"] == "http.response.start")
    return start["status"], b"".join(message.get("body", b"") for message in sent)


def test_a_bug_is_a_bare_500_and_one_log_line_that_tells_where_and_not_what(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async def broken(prompt: str, *_: object) -> None:
        raise RuntimeError(prompt)

    monkeypatch.setattr("naming.web.endpoints.name_task", broken)
    stream = io.StringIO()
    app = web.create_app(Settings(), Log("debug", stream))
    status, body = asyncio.run(call(app, "/v1/names", json.dumps({"prompt": SECRET}).encode()))
    assert (status, json.loads(body)["title"]) == (500, "Internal Server Error")
    assert SECRET not in body.decode() + stream.getvalue()
    bug, request = (json.loads(line) for line in stream.getvalue().splitlines())
    assert (bug["event"], bug["error"]) == ("bug", "RuntimeError")
    assert any("test_app.py" in place for place in bug["at"])
    assert (request["event"], request["status"]) == ("request", 500)


def test_before_it_has_started_the_service_is_not_ready() -> None:
    app = web.create_app(Settings(), Log("critical", io.StringIO()))
    status, body = asyncio.run(call(app, "/health/ready", method="GET"))
    assert (status, json.loads(body)) == (503, {"status": "not ready"})


def test_what_is_no_http_request_passes_through_unmarked() -> None:
    passed = []

    async def inner(scope: Any, _receive: Any, _send: Any) -> None:
        passed.append(scope["type"])

    app = web.create_app(Settings(), Log("critical", io.StringIO()))
    app.inner = inner  # type: ignore[assignment]
    asyncio.run(app({"type": "lifespan"}, None, None))  # type: ignore[arg-type]
    assert passed == ["lifespan"]


def test_a_string_cut_inside_an_emoji_is_read_and_checked_like_any_other() -> None:
    assert request_body.decode(b'{"prompt": "fix \\ud83d"}').prompt == "fix "
    for body, said in [
        (b'{"prompt": "\\ud83d", "deadline_ms": true}', "deadline_ms"),
        (b'{"prompt": "\\ud83d", "x": 1}', "unknown field"),
        (b'{"prompt": "\\ud83d \xff"}', "UTF-8"),
    ]:
        with pytest.raises(BadRequest, match=said):
            request_body.decode(body)


ESCAPES = [
    "\\ud83d",
    "\\uDE00",
    "\\ud83D\\ude00",
    "\\\\",
    "\\n",
    "\\u0041",
    "u",
    "d83d",
    "\\\\ud83d",
    "é",
]


@given(st.lists(st.sampled_from(ESCAPES)).map("".join))
def test_half_a_surrogate_pair_is_left_out_and_nothing_else_is_changed(text: str) -> None:
    read = request_body.decode(f'{{"prompt": "{text}"}}'.encode()).prompt
    strict = json.loads(f'"{text}"').encode("utf-16", "surrogatepass").decode("utf-16", "ignore")
    assert read == strict


def test_what_is_no_json_is_not_made_into_json() -> None:
    for body in (b'{"prompt": "\0\0 \\ud83d"}', b'{"prompt": "\\ud83d', b"\\ud83d", b"\0"):
        with pytest.raises(BadRequest, match="JSON"):
            request_body.decode(body)
    request_body.decode(b'{"prompt": "%s"}' % (b"\\ud83d-" * request_body.MAX_HALVES))
    with pytest.raises(BadRequest, match="JSON"):
        request_body.decode(b'{"prompt": "%s"}' % (b"\\ud83d-" * (request_body.MAX_HALVES + 1)))


@pytest.mark.parametrize(
    "begin", [b'{"deadline_ms": 1.5, "prompt": [', b'{"prompt": [', b'{"prompt": "x", "taken": [[']
)
def test_nothing_is_made_of_a_body_that_is_wrong(begin: bytes) -> None:
    body = begin + b"[]," * 300_000
    tracemalloc.start()
    with pytest.raises(BadRequest):
        request_body.decode(body)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 4 * len(body)  # as lists it would be twenty times as much


@pytest.mark.parametrize(
    ("written", "read"), [("300.0", 300), ("3e2", 300), ("0.0", 0), ("6E+4", 60_000)]
)
def test_a_whole_number_may_be_written_as_json_schema_allows(written: str, read: int) -> None:
    assert (
        request_body.decode(b'{"prompt": "x", "deadline_ms": %s}' % written.encode()).deadline_ms
        == read
    )


@pytest.mark.parametrize("written", ["0.5", "60000.5", "6.1e4", "1e400", "-1.0", "NaN"])
def test_another_number_is_none_of_milliseconds(written: str) -> None:
    with pytest.raises(BadRequest, match=r"deadline_ms|JSON"):
        request_body.decode(b'{"prompt": "x", "deadline_ms": %s}' % written.encode())


def test_a_byte_order_mark_is_ignored() -> None:
    assert request_body.decode(b'\xef\xbb\xbf{"prompt": "x"}').prompt == "x"


def test_a_list_of_taken_names_at_the_limit_is_read() -> None:
    body = msgspec.json.encode({"prompt": "x", "taken": ["a"] * request_body.MAX_TAKEN})
    assert len(request_body.decode(body).taken or ()) == request_body.MAX_TAKEN


def test_the_health_check_of_the_image_tells_a_live_service_from_none(service: Service) -> None:
    for host in ("127.0.0.1", "0.0.0.0", "localhost", ""):  # noqa: S104
        assert is_live(host, str(service.port))
    assert not is_live("::", str(service.port))
    with socket.socket() as nobody:  # bound, so nobody else is there, and not listening
        nobody.bind(("127.0.0.1", 0))
        assert not is_live("127.0.0.1", str(nobody.getsockname()[1]))
    assert not is_live("127.0.0.1", "x")


def test_without_a_key_the_service_imports_nothing_that_only_claude_needs() -> None:
    code = (
        "import sys; from naming.web.app import create_app; from naming.settings import Settings\n"
        "create_app(Settings())\n"
        "print([m for m in ('anthropic', 'aiohttp', 'redis', 'naming.claude.ask', 'naming.validation') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_without_arguments_it_is_a_factory_that_reads_the_environment() -> None:
    code = "from naming.web.app import create_app; print(create_app().receive_seconds)"
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={"NAMING_RECEIVE_TIMEOUT_MS": "5000"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "5.0\n"


def test_what_the_first_prompt_needs_is_compiled_before_it() -> None:
    romanization._korean_patterns.cache_clear()

    async def start() -> None:
        async with web.create_app(Settings(log_level="error")).inner.lifespan():
            assert romanization._korean_patterns.cache_info().currsize == 1

    asyncio.run(start())
