"""Traces: one span a request and one a call, in the caller's trace, silent about prompts, and free when off."""

from __future__ import annotations

import asyncio
import io
import json
import os
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import asynccontextmanager
from typing import Any
from unittest import mock

import pytest
from opentelemetry.sdk.trace import ReadableSpan
from opentelemetry.sdk.trace.export import SpanExportResult
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import SpanKind, StatusCode

from naming.claude.message import Call, Reply, Tokens
from naming.observability import Log, Metrics
from naming.observability.traces import TracedCalls, Traces
from naming.settings import read_settings
from naming.web import server
from naming.web.app import create_app
from tests.fake_claude import FakeClaude, fails, names
from tests.running_service import running_service

SECRET = "correct-horse-battery-staple-9-q"
CALLER = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01"


class Service:
    """The traced application inside this process, with what it has traced and logged."""

    def __init__(self, **settings: str) -> None:
        self.exporter = InMemorySpanExporter()
        self.stream = io.StringIO()
        log = Log("debug", self.stream)
        self.traces = Traces(log, self.exporter)
        read = read_settings({"NAMING_TRACES": "otlp"} | settings)
        with mock.patch("naming.observability.traces.Traces", return_value=self.traces):
            self.app = create_app(read, log)

    @asynccontextmanager
    async def running(self) -> Any:
        async with self.app.inner.lifespan():
            yield self

    async def post(
        self,
        body: Any,
        headers: Mapping[str, str] | None = None,
        path: str = "/v1/names",
    ) -> int:
        raw = json.dumps(body).encode()
        given = {"content-type": "application/json", "content-length": str(len(raw))} | dict(
            headers or {},
        )
        statuses: list[int] = []

        async def receive() -> Any:
            return {"type": "http.request", "body": raw, "more_body": False}

        async def send(message: Any) -> None:
            statuses.extend([message["status"]] if "status" in message else [])

        scope: Any = {
            "type": "http",
            "http_version": "1.1",
            "method": "POST",
            "scheme": "http",
            "path": path,
            "raw_path": path.encode(),
            "query_string": b"",
            "root_path": "",
            "headers": [(key.encode(), value.encode("latin-1")) for key, value in given.items()],
            "client": ("127.0.0.1", 1),
            "server": ("127.0.0.1", 2),
            "extensions": {},
        }
        await self.app(scope, receive, send)
        return statuses[0]

    def spans(self) -> Sequence[ReadableSpan]:
        return self.exporter.get_finished_spans()


def trace_posts(*posts: Mapping[str, Any], **settings: str) -> tuple[Service, list[int]]:
    service = Service(**settings)

    async def scene() -> list[int]:
        async with service.running():
            return [await service.post(**post) for post in posts]

    return service, asyncio.run(scene())


def attributes(span: ReadableSpan) -> dict[str, Any]:
    return dict(span.attributes or {})


def upstream(claude: FakeClaude) -> dict[str, str]:
    return {"ANTHROPIC_API_KEY": "sk-test", "ANTHROPIC_BASE_URL": claude.url}


def test_a_request_and_its_call_are_two_spans_of_the_callers_trace(claude: FakeClaude) -> None:
    claude.behave = names(delay=0.05)
    post = {
        "body": {"prompt": f"fix the login {SECRET}"},
        "headers": {"traceparent": CALLER, "tracestate": "v=1"},
    }
    service, statuses = trace_posts(post, **upstream(claude))
    assert statuses == [200]
    call, request = service.spans()
    assert (request.name, request.kind) == ("POST /v1/names", SpanKind.SERVER)
    assert request.parent is not None
    assert f"{request.context.trace_id:032x}-{request.parent.span_id:016x}" == CALLER[3:-3]
    assert attributes(request) == {
        "http.request.method": "POST",
        "http.route": "/v1/names",
        "http.response.status_code": 200,
        "naming.source": "claude",
    }
    assert (call.name, call.kind) == ("chat claude-haiku-5-5", SpanKind.CLIENT)
    assert call.parent is not None
    assert (call.parent.span_id, call.context.trace_id) == (
        request.context.span_id,
        request.context.trace_id,
    )
    assert attributes(call) == {
        "gen_ai.operation.name": "chat",
        "gen_ai.provider.name": "anthropic",
        "gen_ai.request.model": "claude-haiku-5-5",
        "gen_ai.usage.input_tokens": 500,
        "gen_ai.usage.output_tokens": 20,
    }
    assert call.start_time is not None
    assert call.end_time is not None
    assert call.end_time - call.start_time >= 0.04e9
    assert request.start_time is not None
    assert abs(call.start_time - request.start_time) < 5e9


def test_a_failed_call_is_an_error_with_its_reason_and_the_request_is_none(
    claude: FakeClaude,
) -> None:
    claude.behave = fails(429, "rate_limit_error")
    service, _ = trace_posts(
        {"body": {"prompt": "fix the login", "deadline_ms": 300}},
        **upstream(claude),
    )
    call, request = service.spans()
    assert attributes(call)["error.type"] == "rate_limited"
    assert call.status.status_code is StatusCode.ERROR
    assert request.status.status_code is StatusCode.UNSET
    assert (attributes(request)["naming.source"], attributes(request)["naming.reason"]) == (
        "prompt",
        "rate_limited",
    )


def test_a_name_that_was_known_is_a_span_without_a_call(claude: FakeClaude) -> None:
    post = {"body": {"prompt": "fix the login"}}
    service, _ = trace_posts(post, post, **upstream(claude))
    assert [span.kind for span in service.spans()] == [
        SpanKind.CLIENT,
        SpanKind.SERVER,
        SpanKind.SERVER,
    ]
    assert attributes(service.spans()[-1])["naming.reused"] == "cache"


def test_no_prompt_name_or_key_is_in_a_trace(claude: FakeClaude) -> None:
    claude.behave = names("hunter-door", "Hunter door")
    prompt = f"fix the hunter door {SECRET}"
    service, statuses = trace_posts(
        {"body": {"prompt": prompt}},
        {"body": {"prompt": prompt, "wrong": SECRET}},
        {"body": {"prompt": prompt}, "path": f"/{SECRET}"},
        **upstream(claude),
    )
    assert statuses == [200, 400, 404]
    told = "".join(span.to_json() for span in service.spans())
    assert SECRET not in told
    assert "hunter" not in told
    assert "sk-test" not in told
    assert [attributes(span)["http.route"] for span in service.spans()[1:]] == [
        "/v1/names",
        "/v1/names",
        "other",
    ]


def test_a_bug_is_an_error_without_its_message(monkeypatch: pytest.MonkeyPatch) -> None:
    async def broken(prompt: str, *_: object) -> None:
        raise RuntimeError(prompt)

    monkeypatch.setattr("naming.web.endpoints.name_task", broken)
    service, statuses = trace_posts({"body": {"prompt": SECRET}})
    (request,) = service.spans()
    assert (statuses, request.status.status_code) == ([500], StatusCode.ERROR)
    assert SECRET not in request.to_json()


@pytest.mark.parametrize(
    "headers",
    [
        {"traceparent": bad}
        for bad in ("", "x", "00-0-0-01", "\xff" * 300, f"ff{CALLER[2:]}", f"{CALLER}-more")
    ]
    + [{"traceparent": CALLER, "tracestate": "=,=" * 500}],
)
def test_a_broken_trace_header_never_harms_a_request(headers: dict[str, str]) -> None:
    service, statuses = trace_posts({"body": {"prompt": "fix the login"}, "headers": headers})
    assert statuses == [200]
    assert len(service.spans()) == 1


def test_a_caller_that_does_not_sample_is_believed() -> None:
    service, _ = trace_posts(
        {"body": {"prompt": "fix"}, "headers": {"traceparent": f"{CALLER[:-2]}00"}},
    )
    assert service.spans() == ()


def test_health_checks_and_odd_methods_are_not_worth_a_name_of_their_own() -> None:
    service, _ = trace_posts({"body": {}, "path": "/health/live"})
    assert service.spans() == ()


def test_the_log_line_of_a_request_tells_its_trace() -> None:
    service, _ = trace_posts({"body": {"prompt": "fix"}, "headers": {"traceparent": CALLER}})
    (line,) = [json.loads(line) for line in service.stream.getvalue().splitlines()]
    assert line["trace_id"] == CALLER[3:35]
    assert (line["event"], line["source"]) == ("request", "prompt")


def test_the_service_names_itself_unless_it_is_given_a_name(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    service, _ = trace_posts({"body": {"prompt": "fix"}})
    assert service.spans()[0].resource.attributes["service.name"] == "task-naming"
    monkeypatch.setenv("OTEL_SERVICE_NAME", "our-names")
    service, _ = trace_posts({"body": {"prompt": "fix"}})
    assert service.spans()[0].resource.attributes["service.name"] == "our-names"


def test_a_collector_that_is_away_is_said_once_and_once_more_when_it_is_back() -> None:
    results = [
        SpanExportResult.SUCCESS,
        *[SpanExportResult.FAILURE] * 3,
        *[SpanExportResult.SUCCESS] * 2,
    ]

    class Moody(InMemorySpanExporter):
        def export(self, _spans: Sequence[ReadableSpan]) -> SpanExportResult:
            return results.pop(0)

    stream = io.StringIO()
    traces = Traces(Log("info", stream), Moody())
    while results:
        traces.tracer.start_span("x").end()
        traces._provider.force_flush()
    traces.close()
    assert [json.loads(line)["event"] for line in stream.getvalue().splitlines()] == [
        "traces_lost",
        "traces_sent_again",
    ]


def test_what_was_read_from_the_cache_is_told_and_a_collector_that_is_away_not_waited_for() -> None:
    results = [SpanExportResult.SUCCESS, SpanExportResult.FAILURE]

    class Leaving(InMemorySpanExporter):
        def export(self, spans: Sequence[ReadableSpan]) -> SpanExportResult:
            super().export(spans)
            return results.pop(0)

    exporter, log = Leaving(), Log("critical", io.StringIO())
    traces = Traces(log, exporter)
    calls = TracedCalls(Metrics(), log, traces)
    for _ in range(2):
        calls.called(Call(None, 0.1, Reply("", Tokens(1, 2, 0, 7))))
        traces._provider.force_flush()
    calls.called(Call(None, 0.1))
    traces.close()
    told = [
        attributes(span).get("gen_ai.usage.cache_read.input_tokens")
        for span in exporter.get_finished_spans()
    ]
    assert told == [7, 7]


@pytest.mark.system
def test_with_no_collector_there_names_still_come_and_the_log_says_it_in_one_line() -> None:
    if os.environ.get("SYSTEM_TEST_COMMAND"):
        pytest.skip("the image is built without the extra")
    nowhere = {"OTEL_EXPORTER_OTLP_ENDPOINT": "http://127.0.0.1:9", "OTEL_BSP_SCHEDULE_DELAY": "50"}
    with running_service(NAMING_TRACES="otlp", **nowhere) as service:
        for _ in range(3):
            assert service.name(f"fix the {SECRET} door")["source"] == "prompt"
    lines = service.log_lines()
    assert [line["event"] for line in lines if line["event"] != "request"] in (["traces_lost"], [])
    assert len(service.log) == 2 + len(lines)
    assert SECRET not in "".join(service.log)


def test_when_off_nothing_of_it_is_imported() -> None:
    code = (
        "import sys; from naming.web.app import create_app; from naming.settings import Settings\n"
    )
    code += "watched = ['opentelemetry.sdk', 'opentelemetry.trace', 'naming.observability.traces', 'naming.web.tracing']\n"
    code += "create_app(Settings()); print([m for m in sys.modules if m in watched])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_without_the_extra_one_line_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    from naming.cli import main

    monkeypatch.setenv("NAMING_TRACES", "otlp")
    for missing in ("opentelemetry.none", "none.at.all"):
        monkeypatch.setattr(server, "TRACES", missing)
        assert main(["serve", "--port", "0"]) == 2
        written = capsys.readouterr()
        assert written.out == ""
        assert (
            written.err
            == "naming: NAMING_TRACES: traces need an extra: pip install 'task-naming[otel]'\n"
        )
